package train

import (
	"cmp"
	"math"
	"slices"

	"enlace/knowledge/search"
)

// size is how many parameters a logistic has.
const size = search.CalibrationInputs + 1

// logistic is a fitted probability.
type logistic struct {
	bias    float64
	weights inputs
}

func (l *logistic) logit(in *inputs) float64 {
	sum := l.bias
	for i, v := range in {
		sum += l.weights[i] * v
	}
	return sum
}

func (l *logistic) probability(in *inputs) float64 { return 1 / (1 + math.Exp(-l.logit(in))) }

// regress fits a logistic regression by Newton's method on standardised inputs, with a ridge on the weights. The examples
// of a fold are left out.
func regress(all []example, without int) logistic {
	examples := slices.DeleteFunc(slices.Clone(all), func(e example) bool { return without != none && e.fold == without })
	mean, deviation := moments(examples)
	var w [size]float64
	for range 25 {
		var n newton
		for i := range examples {
			n.add(&examples[i], &w, &mean, &deviation)
		}
		step := n.step(&w)
		most := 0.0
		for j := range w {
			w[j] -= step[j]
			most = max(most, math.Abs(step[j]))
		}
		if most < 1e-9 {
			break
		}
	}
	l := logistic{bias: w[0]}
	for j := range l.weights {
		l.weights[j] = w[j+1] / deviation[j]
		l.bias -= l.weights[j] * mean[j]
	}
	return l
}

// newton is gradient and curvature of the loss; of the latter the lower half.
type newton struct {
	gradient  [size]float64
	curvature [size][size]float64
	total     float64
}

func (n *newton) add(e *example, w *[size]float64, mean, deviation *inputs) {
	var x [size]float64
	x[0] = 1
	logit := w[0]
	for j, v := range e.inputs {
		x[j+1] = (v - mean[j]) / deviation[j]
		logit += w[j+1] * x[j+1]
	}
	weight := groupWeights[e.group]
	p := 1 / (1 + math.Exp(-logit))
	off := p
	if e.answerable() {
		off--
	}
	n.total += weight
	for j := range size {
		n.gradient[j] += weight * off * x[j]
		for k := range j + 1 {
			n.curvature[j][k] += weight * p * (1 - p) * x[j] * x[k]
		}
	}
}

// step returns by how much the weights are too high.
func (n *newton) step(w *[size]float64) [size]float64 {
	for j := 1; j < size; j++ {
		n.gradient[j] += answerRidge * n.total * w[j]
		n.curvature[j][j] += answerRidge * n.total
	}
	return solve(&n.curvature, &n.gradient)
}

// moments returns mean and standard deviation of each input; the latter is never 0.
func moments(examples []example) (mean, deviation inputs) {
	total := 0.0
	for i := range examples {
		total += groupWeights[examples[i].group]
		for j, v := range examples[i].inputs {
			mean[j] += groupWeights[examples[i].group] * v
		}
	}
	for j := range mean {
		mean[j] /= max(total, 1e-9)
	}
	for i := range examples {
		for j, v := range examples[i].inputs {
			deviation[j] += groupWeights[examples[i].group] * (v - mean[j]) * (v - mean[j])
		}
	}
	for j := range deviation {
		deviation[j] = max(math.Sqrt(deviation[j]/max(total, 1e-9)), 1e-6)
	}
	return mean, deviation
}

// solve solves a symmetric positive definite system, of which the lower half is given, by Cholesky's method.
func solve(m *[size][size]float64, v *[size]float64) (x [size]float64) {
	var l [size][size]float64
	for i := range size {
		for j := range i + 1 {
			sum := m[i][j]
			for k := range j {
				sum -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(max(sum, 1e-12))
			} else {
				l[i][j] = sum / l[j][j]
			}
		}
	}
	for i := range size {
		x[i] = v[i]
		for k := range i {
			x[i] -= l[i][k] * x[k]
		}
		x[i] /= l[i][i]
	}
	for i := size - 1; i >= 0; i-- {
		for k := i + 1; k < size; k++ {
			x[i] -= l[k][i] * x[k]
		}
		x[i] /= l[i][i]
	}
	return x
}

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
