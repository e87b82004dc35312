package train

import (
	"math"

	"enlace/knowledge/search"
)

// fit returns the weights that give the right candidates the most probability, where the candidates of a question are
// chosen by the softmax of their scores (listwise logistic regression: Cao and others 2007, "Learning to rank: from
// pairwise approach to listwise approach", ICML), by gradient descent (Adam: Kingma and Ba 2015). Weights are never
// negative, those of kept do not change, and the others are held to those of start by a ridge. The samples of a fold are left out.
func fit(samples []sample, without int, start features) features {
	w := start
	names := search.RankingNames()
	var first, second features
	for round := 1; round <= rounds; round++ {
		gradient := slope(samples, without, &w)
		for j := range w {
			if kept[names[j]] {
				continue
			}
			g := gradient[j] + rankingRidge*(w[j]-start[j])
			first[j] = 0.9*first[j] + 0.1*g
			second[j] = 0.99*second[j] + 0.01*g*g
			mean := first[j] / (1 - math.Pow(0.9, float64(round)))
			size := math.Sqrt(second[j]/(1-math.Pow(0.99, float64(round)))) + 1e-8
			w[j] = max(0, w[j]-0.03*mean/size/math.Sqrt(1+float64(round)/50))
		}
	}
	return w
}

// slope is the mean gradient of -log P(right).
func slope(samples []sample, without int, w *features) (gradient features) {
	n := 0.0
	for i := range samples {
		if s := &samples[i]; s.right >= 0 && (s.fold != without || without == none) {
			s.descend(w, &gradient)
			n++
		}
	}
	for j := range gradient {
		gradient[j] /= max(1, n)
	}
	return gradient
}

func (s *sample) descend(w, gradient *features) {
	var scores [search.MaxDepth]float64
	most := math.Inf(-1)
	for i := range s.candidates {
		scores[i] = steepness * s.score(w, i)
		most = max(most, scores[i])
	}
	sum := 0.0
	for i := range s.candidates {
		scores[i] = math.Exp(scores[i] - most)
		sum += scores[i]
	}
	for i := range s.candidates {
		p := scores[i] / sum
		if i == s.right {
			p--
		}
		for j, v := range s.candidates[i] {
			gradient[j] += steepness * p * v
		}
	}
}

func (s *sample) score(w *features, i int) float64 {
	sum := s.rest[i]
	for j, v := range s.candidates[i] {
		sum += w[j] * v
	}
	return sum
}

// rank returns the place of the right candidate from 1, 0 where it was not found.
func (s *sample) rank(w *features) int {
	if s.right < 0 {
		return 0
	}
	own, place := s.score(w, s.right), 1
	for i := range s.candidates {
		if v := s.score(w, i); v > own || v == own && i < s.right {
			place++
		}
	}
	return place
}

// rounded returns weights as they stand in a table.
func rounded(a features) features {
	for i := range len(a) {
		a[i] = round(a[i])
	}
	return a
}

// round keeps two decimals, which is more than can be known.
func round(v float64) float64 { return math.Round(v*100) / 100 }
