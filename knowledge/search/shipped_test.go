package search_test

import (
	"os"
	"testing"

	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

// BenchmarkBuildShipped builds the index of the shipped base.
func BenchmarkBuildShipped(b *testing.B) {
	base, err := facts.Load(os.DirFS("../facts/data"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		search.New(base)
	}
}
