package search_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// sizes are the shipped size and two that nobody has yet.
var sizes = []struct{ facts, asks, vocabulary int }{{300, 10, 3_000}, {1_000, 10, 6_000}, {10_000, 3, 20_000}, {100_000, 3, 60_000}}

func BenchmarkBuild(b *testing.B) {
	for _, size := range sizes[:3] {
		b.Run(fmt.Sprintf("facts=%d", size.facts), func(b *testing.B) {
			base := newSynthetic(1, size.vocabulary).base(size.facts, size.asks)
			b.ReportAllocs()
			for b.Loop() {
				search.New(base)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, size := range sizes {
		s := newSynthetic(1, size.vocabulary)
		base := s.base(size.facts, size.asks)
		questions := s.questions(base, 1000)
		x := search.New(base)
		b.Run(fmt.Sprintf("facts=%d/stage=first", size.facts), func(b *testing.B) {
			benchmarkSearch(b, questions, func(q search.Query, r *search.Result) { x.Candidates(q, r) })
		})
		b.Run(fmt.Sprintf("facts=%d/stage=both", size.facts), func(b *testing.B) {
			benchmarkSearch(b, questions, x.Search)
		})
	}
}

// benchmarkSearch reports median and 99th percentile over many questions besides the mean.
func benchmarkSearch(b *testing.B, questions []string, run func(search.Query, *search.Result)) {
	var r search.Result
	for _, q := range questions {
		run(search.Query{Text: q, Lang: knowledge.English}, &r)
	}
	b.ReportAllocs()
	took := make([]time.Duration, 0, 1<<20)
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		run(search.Query{Text: questions[i%len(questions)], Lang: knowledge.English}, &r)
		if len(took) < cap(took) {
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e3, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1e3, "p99-µs")
}
