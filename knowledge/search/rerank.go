package search

import (
	_ "embed"
	"io"
	"math"
	"sync"
)

// rerankText is the shipped Reranker, in lines like a Network. Package train learns it.
//
//go:embed reranking.txt
var rerankText string

const (
	RerankDepth  = 10 // how many passages a Reranker orders
	RerankUnits  = 12 // its hidden units; their number was chosen by cross-validation
	RerankInputs = 2*RankingInputs + rerankMore + kindCount
	rerankMore   = 3
)

// Reranker corrects the weighted sum by which passages are ordered, for evidence that counts more or less beside other evidence
// and beside what the other passages have: a layer of tanh units over standardised inputs. What it adds is in the unit of the score.
type Reranker struct {
	Mean, Deviation [RerankInputs]float64
	Hidden          [RerankUnits][RerankInputs]float64
	Bias, Output    [RerankUnits]float64
}

// RerankRow returns the inputs of one passage: its evidence, how far each kind is behind the most that any of the passages has,
// its share of the best score, and what the question asks for.
func RerankRow(f, most *[RankingInputs]float64, share, inText, covered float64, asked Asked) (in [RerankInputs]float64) {
	for j, v := range f {
		in[2*j], in[2*j+1] = v, v-most[j]
	}
	at := 2 * RankingInputs
	in[at], in[at+1], in[at+2] = share, inText, covered
	for k := range kindCount {
		in[at+rerankMore+k] = truth(asked&(1<<k) != 0)
	}
	return in
}

// Standardise returns inputs in deviations from their means, four at most.
func (n *Reranker) Standardise(in *[RerankInputs]float64) (z [RerankInputs]float64) {
	for j, v := range in {
		z[j] = max(-4, min(4, (v-n.Mean[j])/n.Deviation[j]))
	}
	return z
}

// Add returns what standardised inputs add to the score, and what the hidden units made of them.
func (n *Reranker) Add(z *[RerankInputs]float64) (sum float64, hidden [RerankUnits]float64) {
	for h := range hidden {
		v := n.Bias[h]
		for j, x := range z {
			v += n.Hidden[h][j] * x
		}
		hidden[h] = math.Tanh(v)
		sum += n.Output[h] * hidden[h]
	}
	return sum, hidden
}

// rerank orders the best candidates anew; those behind them stay behind.
func (s *scratch) rerank(x *side, asked Asked) {
	n := x.weights.Reranker
	if n == nil || len(s.places) < 2 {
		return
	}
	places := s.places[:min(RerankDepth, len(s.places))]
	best := s.candidates[places[0]].features.Score
	if best <= 0 {
		return
	}
	var rows [RerankDepth][RankingInputs]float64
	var most [RankingInputs]float64
	for i, place := range places {
		rows[i] = Ranking(&s.candidates[place].features)
		for j, v := range rows[i] {
			if i == 0 || v > most[j] {
				most[j] = v
			}
		}
	}
	var add [RerankDepth]float64
	mean := 0.0
	for i, place := range places {
		f := &s.candidates[place].features
		in := RerankRow(&rows[i], &most, f.Score/best, f.InText, f.Covered, asked)
		z := n.Standardise(&in)
		add[i], _ = n.Add(&z)
		mean += add[i] / float64(len(places))
	}
	for i, place := range places { // the order does not depend on the mean, and scores stay comparable with those of lists
		s.candidates[place].features.Score += add[i] - mean
	}
	s.order(places)
	last := s.candidates[places[len(places)-1]].features.Score
	for _, place := range s.places[len(places):] {
		f := &s.candidates[place].features
		f.Score = min(f.Score, last)
	}
}

func (n *Reranker) table() (names []string, rows [][]*float64) {
	add := func(name string, values ...*float64) { names, rows = append(names, name), append(rows, values) }
	for j := range n.Mean {
		row := []*float64{&n.Mean[j], &n.Deviation[j]}
		for h := range n.Hidden {
			row = append(row, &n.Hidden[h][j])
		}
		add(rerankName(j), row...)
	}
	var bias, output []*float64
	for h := range n.Bias {
		bias, output = append(bias, &n.Bias[h]), append(output, &n.Output[h])
	}
	add("=bias", bias...)
	add("=output", output...)
	return names, rows
}

// rerankName names an input.
func rerankName(j int) string {
	if j < 2*RankingInputs {
		return rankingNames[j/2] + [...]string{"", "-behind"}[j%2]
	}
	if j -= 2 * RankingInputs; j < rerankMore {
		return [...]string{"share", "in-text", "covered"}[j]
	}
	return askedNames[j-rerankMore]
}

// WriteText writes the reranker as it stands in reranking.txt.
func (n *Reranker) WriteText(w io.Writer) error {
	names, rows := n.table()
	return writeTable(w, names, rows)
}

// ParseReranker reads what WriteText wrote.
func ParseReranker(text string) (*Reranker, error) {
	n := new(Reranker)
	names, rows := n.table()
	return n, parseTable(text, names, rows)
}

// shippedReranker returns nil where there is none.
var shippedReranker = sync.OnceValue(func() *Reranker {
	n, err := ParseReranker(rerankText)
	if err != nil {
		return nil
	}
	return n
})
