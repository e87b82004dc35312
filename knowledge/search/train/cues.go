package train

import (
	"math"
	"math/rand/v2"
	"slices"

	"enlace/knowledge/search"
)

// Choices for the cues, found by cross-validation.
const (
	leastSeen  = 8    // questions that a cue must stand in
	cueRidge   = 0.03 // how firmly weights are held to 0
	cueRounds  = 8
	cueStep    = 0.1
	leastTells = 0.1 // weights below say nothing
)

// cueModel is a logistic regression over cues, by number.
type cueModel struct {
	weights [][2]float64
	known   []bool // seen often enough
}

// learnCues fits weights by stochastic gradient descent with steps that shrink by weight (AdaGrad: Duchi and others 2011),
// on the examples outside some folds. Phrasings of facts that were left out say nothing about words.
func learnCues(examples []example, cues int, without ...int) *cueModel {
	m := &cueModel{weights: make([][2]float64, cues), known: make([]bool, cues)}
	seen := make([]int, cues)
	var list []*example
	for i := range examples {
		e := &examples[i]
		if e.group == leftOut || slices.Contains(without, e.fold) {
			continue
		}
		list = append(list, e)
		for _, c := range e.cues {
			seen[c]++
		}
	}
	for c, n := range seen {
		m.known[c] = n >= leastSeen
	}
	slopes := make([][2]float64, cues)
	random := rand.New(rand.NewPCG(seed, 3))
	for range cueRounds {
		for _, i := range random.Perm(len(list)) {
			m.descend(list[i], slopes)
		}
	}
	for c, w := range m.weights {
		m.known[c] = m.known[c] && max(math.Abs(w[0]), math.Abs(w[1])) >= leastTells
	}
	return m
}

func (m *cueModel) descend(e *example, slopes [][2]float64) {
	sum := m.tell(e)
	p := softmax([search.Endings]float64{0, sum[0], sum[1]})
	target := e.target(&p)
	for k := range sum {
		off := e.weight * (p[k+1] - target[k+1])
		for _, c := range e.cues {
			if m.known[c] {
				w, s := &m.weights[c][k], &slopes[c][k]
				g := off + cueRidge**w
				*s += g * g
				*w -= cueStep * g / math.Sqrt(*s+0.01)
			}
		}
	}
}

// tell sums the weights of an example's cues.
func (m *cueModel) tell(e *example) (sum [2]float64) {
	for _, c := range e.cues {
		if m.known[c] {
			sum[0] += m.weights[c][0]
			sum[1] += m.weights[c][1]
		}
	}
	return sum
}

// cues returns the weights by name, as they stand in a table.
func (m *cueModel) cues(names []string) search.Cues {
	table := search.Cues{}
	for c, w := range m.weights {
		if m.known[c] {
			table[names[c]] = [2]float64{round(w[0]), round(w[1])}
		}
	}
	return table
}

// numbering numbers cues in the order in which they come.
type numbering struct {
	number map[string]int32
	names  []string
}

func (n *numbering) of(cues []string) []int32 {
	list := make([]int32, len(cues))
	for i, name := range cues {
		c, ok := n.number[name]
		if !ok {
			c = int32(len(n.names))
			n.number[name] = c
			n.names = append(n.names, name)
		}
		list[i] = c
	}
	return list
}

// tellAll sets the inputs that depend on cues. Nothing is told by the example itself: what is known comes from other folds
// than its own, and from none of without.
func tellAll(examples []example, cues, without int) []example {
	var known [folds]*cueModel
	for k := range known {
		known[k] = learnCues(examples, cues, k, without)
	}
	list := slices.Clone(examples)
	for i := range list {
		told := search.Told(known[list[i].fold].tell(&list[i]))
		copy(list[i].inputs[search.CueInputs:], told[:])
	}
	return list
}

func softmax(z [search.Endings]float64) (p [search.Endings]float64) {
	most := max(z[0], z[1], z[2])
	total := 0.0
	for k := range z {
		p[k] = math.Exp(z[k] - most)
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}
