package train

import (
	"math"
	"math/rand/v2"

	"enlace/knowledge/search"
)

// Choices for the network, found by cross-validation.
const (
	networkRounds = 12
	networkStep   = 0.005
	networkRidge  = 0.002
	batch         = 64
)

// parameters are those of a network that are learned, in one row: hidden units with their biases, then by ending the direct
// weights, those of the hidden units and the bias.
const (
	perHidden  = search.CalibrationInputs + 1
	perEnding  = search.CalibrationInputs + search.HiddenUnits + 1
	parameters = search.HiddenUnits*perHidden + int(search.Endings)*perEnding
)

// descent is one run of gradient descent (Adam: Kingma and Ba 2015).
type descent struct {
	network       *search.Network
	at            [parameters]*float64
	free          [parameters]bool // not held to 0
	gradient      [parameters]float64
	first, second [parameters]float64
	step, steps   int
}

// learnNetwork fits a network to the examples outside a fold.
func learnNetwork(examples []example, without int) *search.Network {
	var list []*example
	for i := range examples {
		if e := &examples[i]; e.fold != without || without == none {
			list = append(list, e)
		}
	}
	d := newDescent(list)
	random := rand.New(rand.NewPCG(seed, 5))
	d.scatter(random)
	d.steps = networkRounds * (len(list)/batch + 1)
	for range networkRounds {
		order := random.Perm(len(list))
		for len(order) > 0 {
			n := min(batch, len(order))
			weight := 0.0
			for _, i := range order[:n] {
				d.add(list[i])
				weight += list[i].weight
			}
			d.descend(max(1, weight))
			order = order[n:]
		}
	}
	return d.network
}

func newDescent(list []*example) *descent {
	d := &descent{network: new(search.Network)}
	n := d.network
	n.Mean, n.Deviation = moments(list)
	at := 0
	add := func(free bool, values ...*float64) {
		for _, v := range values {
			d.at[at], d.free[at] = v, free
			at++
		}
	}
	for h := range n.Hidden {
		for j := range n.Hidden[h] {
			add(false, &n.Hidden[h][j])
		}
		add(true, &n.HiddenBias[h])
	}
	for k := range n.Direct {
		for j := range n.Direct[k] {
			add(false, &n.Direct[k][j])
		}
		for h := range n.Output[k] {
			add(false, &n.Output[k][h])
		}
		add(true, &n.OutputBias[k])
	}
	return d
}

// scatter sets the weights that must not begin alike.
func (d *descent) scatter(random *rand.Rand) {
	n := d.network
	for h := range n.Hidden {
		for j := range n.Hidden[h] {
			n.Hidden[h][j] = random.NormFloat64() / math.Sqrt(search.CalibrationInputs)
		}
	}
	for k := range n.Output {
		for h := range n.Output[k] {
			n.Output[k][h] = 0.1 * random.NormFloat64()
		}
	}
}

// add brings the gradient of an example in.
func (d *descent) add(e *example) {
	n := d.network
	z := n.Standardise((*[search.CalibrationInputs]float64)(&e.inputs))
	hidden := n.Activate(&z)
	p := n.Conclude(&z, &hidden)
	target := e.target(&p)
	var back [search.HiddenUnits]float64
	at := search.HiddenUnits * perHidden
	for k := range p {
		off := e.weight * (p[k] - target[k])
		g := d.gradient[at : at+perEnding]
		for j, v := range z {
			g[j] += off * v
		}
		for h, v := range hidden {
			g[search.CalibrationInputs+h] += off * v
			back[h] += off * n.Output[k][h]
		}
		g[perEnding-1] += off
		at += perEnding
	}
	for h, v := range hidden {
		off := back[h] * (1 - v*v)
		g := d.gradient[h*perHidden : (h+1)*perHidden]
		for j, v := range z {
			g[j] += off * v
		}
		g[perHidden-1] += off
	}
}

// descend takes a step against the mean gradient; steps grow shorter.
func (d *descent) descend(weight float64) {
	d.step++
	rate := networkStep * (1 - float64(d.step)/float64(d.steps+1))
	early, late := 1-math.Pow(0.9, float64(d.step)), 1-math.Pow(0.99, float64(d.step))
	for i, w := range d.at {
		g := d.gradient[i] / weight
		if !d.free[i] {
			g += networkRidge * *w
		}
		d.first[i] = 0.9*d.first[i] + 0.1*g
		d.second[i] = 0.99*d.second[i] + 0.01*g*g
		*w -= rate * d.first[i] / early / (math.Sqrt(d.second[i]/late) + 1e-8)
	}
	d.gradient = [parameters]float64{}
}

// moments returns mean and standard deviation of each input; the latter is never 0.
func moments(examples []*example) (mean, deviation inputs) {
	total := 0.0
	for _, e := range examples {
		total += e.weight
		for j, v := range e.inputs {
			mean[j] += e.weight * v
		}
	}
	for j := range mean {
		mean[j] /= max(total, 1e-9)
	}
	for _, e := range examples {
		for j, v := range e.inputs {
			deviation[j] += e.weight * (v - mean[j]) * (v - mean[j])
		}
	}
	for j := range deviation {
		deviation[j] = max(math.Sqrt(deviation[j]/max(total, 1e-9)), 1e-6)
	}
	return mean, deviation
}
