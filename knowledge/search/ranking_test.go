package search_test

import (
	"math"
	"testing"

	"enlace/knowledge/search"
)

func TestTheScoreIsAWeightedSum(t *testing.T) {
	base := smallBase()
	table := search.DefaultWeights()
	for i, name := range search.RankingNames() {
		values := table.Ranking()
		values[i] += 0.5
		changed := table
		changed.SetRanking(values)
		a, b := search.New(base), search.NewWith(base, search.Options{Weights: &changed})
		for _, q := range []string{"who signed the memorandum in july 2025", "did noboa sign it", "is fito still in brooklyn now"} {
			r, s := ask(a, q, "en"), ask(b, q, "en")
			for j, p := range r.Passages {
				for k := range s.Passages {
					if s.Passages[k].Fact != p.Fact {
						continue
					}
					want := p.Score + 0.5*search.Ranking(&r.Features[j])[i]
					if search.Ranking(&r.Features[j]) == search.Ranking(&s.Features[k]) && math.Abs(s.Passages[k].Score-want) > 1e-9 {
						t.Errorf("%s: %s scores %v with half a point more, want %v", name, p.Fact.ID, s.Passages[k].Score, want)
					}
				}
			}
		}
	}
}
