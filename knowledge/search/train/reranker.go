package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"enlace/knowledge/search"
)

// Choices for the reranker, found by cross-validation.
const (
	rerankRounds = 6
	rerankStep   = 0.003
	rerankRidge  = 0.01
)

// lineup is the best candidates of one phrasing in the order of their scores, with its own fact among them.
type lineup struct {
	rows   [][search.RerankInputs]float64
	scores []float64
	right  int // -1 = not among them
}

// lineUp orders the candidates of a sample by weights.
func (s *sample) lineUp(w *features) (l lineup) {
	order := make([]int, len(s.candidates))
	scores := make([]float64, len(s.candidates))
	for i := range order {
		order[i], scores[i] = i, s.score(w, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	order = order[:min(search.RerankDepth, len(order))]
	l.right = slices.Index(order, s.right)
	var most features
	for i, c := range order {
		for j, v := range s.candidates[c] {
			if i == 0 || v > most[j] {
				most[j] = v
			}
		}
	}
	for _, c := range order {
		row := (*[search.RankingInputs]float64)(&s.candidates[c])
		share := scores[c] / max(1e-9, scores[order[0]])
		l.rows = append(l.rows, search.RerankRow(row, (*[search.RankingInputs]float64)(&most), share, s.more[c][0], s.more[c][1], s.asked))
		l.scores = append(l.scores, scores[c])
	}
	return l
}

// rank returns the place of the right candidate from 1, 0 where it is not among them.
func (l *lineup) rank(n *search.Reranker) int {
	if l.right < 0 {
		return 0
	}
	place, own := 1, 0.0
	scores := slices.Clone(l.scores)
	for i := range l.rows {
		z := n.Standardise(&l.rows[i])
		add, _ := n.Add(&z)
		scores[i] += add
	}
	own = scores[l.right]
	for i, v := range scores {
		if v > own || v == own && i < l.right {
			place++
		}
	}
	return place
}

// rerankParameters are those of a reranker in one row: by hidden unit its weights, its bias and what it puts out.
const (
	perUnit          = search.RerankInputs + 2
	rerankParameters = search.RerankUnits * perUnit
)

// reranking is one run of gradient descent (Adam) on the loss of fit.
type reranking struct {
	network       *search.Reranker
	at            [rerankParameters]*float64
	gradient      [rerankParameters]float64
	first, second [rerankParameters]float64
	step, steps   int
}

// learnReranker fits a reranker to the samples outside a fold, whose weights are w. Retold phrasings, which the base still has,
// teach nothing here.
func learnReranker(samples []sample, w *features, without int) *search.Reranker {
	var list []lineup
	for i := range samples {
		if s := &samples[i]; s.fold != none && s.fold != without && s.right >= 0 {
			if l := s.lineUp(w); l.right >= 0 {
				list = append(list, l)
			}
		}
	}
	r := newReranking(list)
	random := rand.New(rand.NewPCG(seed, 6))
	for h := range r.network.Hidden {
		for j := range r.network.Hidden[h] {
			r.network.Hidden[h][j] = random.NormFloat64() / math.Sqrt(search.RerankInputs)
		}
	}
	r.steps = rerankRounds * (len(list)/batch + 1)
	for range rerankRounds {
		order := random.Perm(len(list))
		for len(order) > 0 {
			n := min(batch, len(order))
			for _, i := range order[:n] {
				r.add(&list[i])
			}
			r.descend(float64(n))
			order = order[n:]
		}
	}
	return r.network
}

func newReranking(list []lineup) *reranking {
	r := &reranking{network: new(search.Reranker)}
	n, at := r.network, 0
	for h := range n.Hidden {
		for j := range n.Hidden[h] {
			r.at[at] = &n.Hidden[h][j]
			at++
		}
		r.at[at], r.at[at+1] = &n.Bias[h], &n.Output[h]
		at += 2
	}
	count := 0.0
	for i := range list {
		for _, row := range list[i].rows {
			count++
			for j, v := range row {
				n.Mean[j] += v
				n.Deviation[j] += v * v
			}
		}
	}
	for j := range n.Mean {
		n.Mean[j] /= max(1, count)
		n.Deviation[j] = max(math.Sqrt(max(0, n.Deviation[j]/max(1, count)-n.Mean[j]*n.Mean[j])), 1e-6)
	}
	return r
}

// add brings the gradient of a lineup in.
func (r *reranking) add(l *lineup) {
	var z [search.RerankDepth][search.RerankInputs]float64
	var hidden [search.RerankDepth][search.RerankUnits]float64
	var p [search.RerankDepth]float64
	most, total := math.Inf(-1), 0.0
	for i := range l.rows {
		z[i] = r.network.Standardise(&l.rows[i])
		var add float64
		add, hidden[i] = r.network.Add(&z[i])
		p[i] = steepness * (l.scores[i] + add)
		most = max(most, p[i])
	}
	for i := range l.rows {
		p[i] = math.Exp(p[i] - most)
		total += p[i]
	}
	for i := range l.rows {
		off := p[i] / total
		if i == l.right {
			off--
		}
		off *= steepness
		for h, v := range hidden[i] {
			g := r.gradient[h*perUnit : (h+1)*perUnit]
			back := off * r.network.Output[h] * (1 - v*v)
			for j, x := range z[i] {
				g[j] += back * x
			}
			g[search.RerankInputs] += back
			g[search.RerankInputs+1] += off * v
		}
	}
}

func (r *reranking) descend(n float64) {
	r.step++
	rate := rerankStep * (1 - float64(r.step)/float64(r.steps+1))
	early, late := 1-math.Pow(0.9, float64(r.step)), 1-math.Pow(0.99, float64(r.step))
	for i, w := range r.at {
		g := r.gradient[i]/n + rerankRidge**w
		r.first[i] = 0.9*r.first[i] + 0.1*g
		r.second[i] = 0.99*r.second[i] + 0.01*g*g
		*w -= rate * r.first[i] / early / (math.Sqrt(r.second[i]/late) + 1e-8)
	}
	r.gradient = [rerankParameters]float64{}
}
