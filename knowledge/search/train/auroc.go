package train

import (
	"cmp"
	"slices"
)

// auroc returns the probability that a positive scores more than a negative, ties counting half.
func auroc(positives, negatives []float64) float64 {
	type scored struct {
		score    float64
		positive bool
	}
	all := make([]scored, 0, len(positives)+len(negatives))
	for _, s := range positives {
		all = append(all, scored{s, true})
	}
	for _, s := range negatives {
		all = append(all, scored{s, false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	ranks := 0.0
	for i := 0; i < len(all); {
		end := i
		for end < len(all) && all[end].score == all[i].score {
			end++
		}
		for j := i; j < end; j++ {
			if all[j].positive {
				ranks += float64(i+end+1) / 2
			}
		}
		i = end
	}
	n, m := float64(len(positives)), float64(len(negatives))
	return (ranks - n*(n+1)/2) / max(1, n*m)
}
