package search

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
)

// networkText is the shipped Network: a line per input with its name, mean, deviation and weights, then the lines of the
// hidden units and of the biases. Package train learns it.
//
//go:embed calibration.txt
var networkText string

// HiddenUnits is how many hidden units a Network has; its size was chosen by cross-validation.
const HiddenUnits = 16

// Ending is what a question ends in, as a Network tells it.
type Ending int

// The endings: the first passage answers; our topic, but no passage answers; something else.
const (
	EndsAnswered Ending = iota
	EndsNearMiss
	EndsOffTopic
	Endings
)

// Network tells from the inputs of a result how probable each ending is: the softmax of a linear model plus one layer of
// tanh units over standardised inputs.
type Network struct {
	Mean, Deviation [CalibrationInputs]float64
	Hidden          [HiddenUnits][CalibrationInputs]float64
	HiddenBias      [HiddenUnits]float64
	Direct          [Endings][CalibrationInputs]float64
	Output          [Endings][HiddenUnits]float64
	OutputBias      [Endings]float64
}

// Standardise returns the inputs in deviations from their means, four at most.
func (n *Network) Standardise(in *[CalibrationInputs]float64) (z [CalibrationInputs]float64) {
	for j, v := range in {
		z[j] = max(-4, min(4, (v-n.Mean[j])/n.Deviation[j]))
	}
	return z
}

// Activate returns what the hidden units make of standardised inputs.
func (n *Network) Activate(z *[CalibrationInputs]float64) (hidden [HiddenUnits]float64) {
	for h := range hidden {
		sum := n.HiddenBias[h]
		for j, v := range z {
			sum += n.Hidden[h][j] * v
		}
		hidden[h] = math.Tanh(sum)
	}
	return hidden
}

// Conclude returns the probability of each ending.
func (n *Network) Conclude(z *[CalibrationInputs]float64, hidden *[HiddenUnits]float64) (p [Endings]float64) {
	most := math.Inf(-1)
	for k := range p {
		sum := n.OutputBias[k]
		for j, v := range z {
			sum += n.Direct[k][j] * v
		}
		for h, v := range hidden {
			sum += n.Output[k][h] * v
		}
		p[k] = sum
		most = max(most, sum)
	}
	total := 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		total += p[k]
	}
	for k := range p {
		p[k] /= total
	}
	return p
}

// Probabilities returns the probability of each ending of a result with these inputs.
func (n *Network) Probabilities(in *[CalibrationInputs]float64) [Endings]float64 {
	z := n.Standardise(in)
	hidden := n.Activate(&z)
	return n.Conclude(&z, &hidden)
}

// rows returns the numbers of the network by line, in the order of the text.
func (n *Network) rows() (names []string, rows [][]*float64) {
	add := func(name string, values ...*float64) { names, rows = append(names, name), append(rows, values) }
	for j, name := range inputNames {
		row := []*float64{&n.Mean[j], &n.Deviation[j]}
		for k := range n.Direct {
			row = append(row, &n.Direct[k][j])
		}
		for h := range n.Hidden {
			row = append(row, &n.Hidden[h][j])
		}
		add(name, row...)
	}
	for k := range n.Output {
		row := []*float64{&n.OutputBias[k]}
		for h := range n.Output[k] {
			row = append(row, &n.Output[k][h])
		}
		add([...]string{"=answered", "=near-miss", "=off-topic"}[k], row...)
	}
	var row []*float64
	for h := range n.HiddenBias {
		row = append(row, &n.HiddenBias[h])
	}
	add("=hidden", row...)
	return names, rows
}

// WriteText writes the network as it stands in calibration.txt.
func (n *Network) WriteText(w io.Writer) error {
	names, rows := n.rows()
	return writeTable(w, names, rows)
}

// ParseNetwork reads what WriteText wrote.
func ParseNetwork(text string) (*Network, error) {
	n := new(Network)
	names, rows := n.rows()
	return n, parseTable(text, names, rows)
}

// writeTable writes numbers in lines, each after its name, with four digits.
func writeTable(w io.Writer, names []string, rows [][]*float64) error {
	var b strings.Builder
	for i, row := range rows {
		b.WriteString(names[i])
		for _, v := range row {
			b.WriteByte(' ')
			b.WriteString(strconv.FormatFloat(*v, 'g', 4, 64))
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// parseTable reads what writeTable wrote.
func parseTable(text string, names []string, rows [][]*float64) error {
	for i, row := range rows {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		fields := strings.Fields(line)
		if len(fields) != len(row)+1 || fields[0] != names[i] {
			return fmt.Errorf("line %d of the table is %.40q: want %s and %d numbers (train it anew)", i+1, line, names[i], len(row))
		}
		for j, v := range row {
			var err error
			if *v, err = strconv.ParseFloat(fields[j+1], 64); err != nil {
				return fmt.Errorf("line %d of the table: %w", i+1, err)
			}
		}
	}
	return nil
}

var shippedNetwork = sync.OnceValue(func() *Network {
	n, err := ParseNetwork(networkText)
	if err != nil {
		n = new(Network)
		for j := range n.Deviation {
			n.Deviation[j] = 1
		}
	}
	return n
})
