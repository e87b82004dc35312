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

// TestTheShippedClassifierKnowsTheShippedFacts says when to train anew: facts and lists that it does not know are found without it.
func TestTheShippedClassifierKnowsTheShippedFacts(t *testing.T) {
	b, err := facts.Load(os.DirFS("../facts/data"))
	if err != nil {
		t.Fatal(err)
	}
	c := search.DefaultWeights().Classifier
	if c == nil {
		t.Fatal("there is no classifier (train it anew: go test ./knowledge/search/train -run Table -long -update)")
	}
	known := map[uint64]bool{}
	for _, f := range c.Facts {
		known[f] = true
	}
	for i := range b.Facts {
		if f := &b.Facts[i]; f.InService() && !known[search.Fingerprint(f.ID)] {
			t.Errorf("the classifier does not know the fact %s (train it anew)", f.ID)
		}
	}
	for i := range b.Lists {
		if l := &b.Lists[i]; !known[search.ListFingerprint(l.ID)] {
			t.Errorf("the classifier does not know the list %s (train it anew)", l.ID)
		}
	}
}
