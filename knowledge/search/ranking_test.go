package search_test

import (
	"math"
	"slices"
	"testing"

	"enlace/knowledge/search"
)

func TestTheScoreIsAWeightedSum(t *testing.T) {
	base := smallBase()
	table := search.DefaultWeights()
	table.Reranker = nil
	for i, name := range search.RankingNames() {
		values := table.Ranking()
		values[i] += 0.5
		changed := table
		changed.SetRanking(values)
		a, b := search.NewWith(base, search.Options{Weights: &table}), search.NewWith(base, search.Options{Weights: &changed})
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

func TestARerankerOrdersTheBestAnewAndKeepsTheRestBehind(t *testing.T) {
	base := smallBase()
	plain, table := search.DefaultWeights(), search.DefaultWeights()
	plain.Reranker, table.Reranker = nil, new(search.Reranker)
	for j := range table.Reranker.Deviation {
		table.Reranker.Deviation[j] = 1
	}
	x, y := search.NewWith(base, search.Options{Weights: &plain}), search.NewWith(base, search.Options{Weights: &table})
	const q = "who signed the memorandum in july 2025"
	if a, b := ask(x, q, "en"), ask(y, q, "en"); !slices.Equal(ids(a), ids(b)) {
		t.Errorf("a reranker that adds nothing orders %v, not %v", ids(b), ids(a))
	}
	share := 2 * search.RankingInputs // the share of the best score
	table.Reranker.Hidden[0][share], table.Reranker.Output[0] = -1, 100
	a, b := ask(x, q, "en"), ask(search.NewWith(base, search.Options{Weights: &table}), q, "en")
	if ids(a)[0] == ids(b)[0] {
		t.Errorf("a reranker against high scores leaves %s first", ids(a)[0])
	}
	for i, p := range b.Passages {
		if i > 0 && p.Score > b.Passages[i-1].Score {
			t.Errorf("passage %d scores %v after %v", i+1, p.Score, b.Passages[i-1].Score)
		}
	}
	if len(ids(a)) > search.RerankDepth && !slices.Equal(ids(a)[search.RerankDepth:], ids(b)[search.RerankDepth:]) {
		t.Errorf("behind the first ones are %v, not %v", ids(b)[search.RerankDepth:], ids(a)[search.RerankDepth:])
	}
}
