package search

import (
	_ "embed"
	"fmt"
	"io"
	"math"
	"sync"
)

// followingText is the shipped Following, in lines like a Network. Package train learns it.
//
//go:embed following.txt
var followingText string

// The rows of Follow: what speaks for a passage.
const (
	rowClass       = iota // by the classifier
	rowAlone              // the same without what was said before
	rowScore              // together with the conversation's words
	rowOwn                // for the question alone
	rowAsked              // it has the kind of thing asked for
	rowTold               // the last answer quoted it
	rowToldEarlier        // one before did
	FollowInputs
)

// FollowEvidence is how many inputs the answer probability of such a question depends on.
const FollowEvidence = 14 + int(leans)

// Following reads questions that go on from what was said, in a base that the Classifier knows: the score of a passage is a weighted sum of
// its row, and the answer probability a logistic regression on the evidence for the first one.
type Following struct {
	Rows [leans][FollowInputs]float64 // by lean, in the unit of the score
	// Mean, Deviation and Weights are of the evidence, Bias of all.
	Mean, Deviation, Weights [FollowEvidence]float64
	Bias                     [1]float64
}

// read orders the passages of r, and says how likely the first one answers. own is what the question finds alone.
func (w *Following) read(r, own *Result) {
	weights := &w.Rows[r.Follow.Lean]
	r.reorder(func(i int) (score float64) {
		for j, v := range r.Follow.Rows[i] {
			score += weights[j] * v
		}
		return score
	})
	best := r.Passages[0].Score
	for i := range r.Lists {
		r.Lists[i].Above = 0
		for _, p := range r.Passages {
			if p.Score > r.Lists[i].Score {
				r.Lists[i].Above++
			}
		}
	}
	if len(r.Passages) > 1 {
		r.Margin = (best - r.Passages[1].Score) / max(best, 1e-9)
	}
	r.Classified.First = (r.Features[0].Class - 1) * -leastLikely
	r.Follow.Evidence = followEvidence(r, own)
	r.Probability, r.OnTopic = w.Probability(&r.Follow.Evidence), own.OnTopic
}

// Probability returns the probability that the first passage answers.
func (w *Following) Probability(in *[FollowEvidence]float64) float64 {
	sum := w.Bias[0]
	for j, v := range in {
		sum += w.Weights[j] * max(-4, min(4, (v-w.Mean[j])/w.Deviation[j]))
	}
	return 1 / (1 + math.Exp(-sum))
}

func followEvidence(r, own *Result) (in [FollowEvidence]float64) {
	f, row := &r.Features[0], &r.Follow.Rows[0]
	in = [...]float64{
		logit(r.Probability), logit(own.Probability), r.Classified.Margin, r.Classified.First, r.Classified.Off,
		own.Classified.Margin, own.Classified.Off, r.Margin, row[rowTold], truth(r.Asked.Has(answerable)) * (1 - min(1, f.AskedFor)),
		row[rowAlone], float64(len(own.Words)) / 5, coveredAlone(own), row[rowOwn],
		14 + int(leans) - 1: 0,
	}
	in[14+int(r.Follow.Lean)] = 1
	return in
}

func coveredAlone(own *Result) float64 {
	if len(own.Features) == 0 {
		return 0
	}
	return own.Features[0].Covered
}

// logit returns the log odds of a probability, 6 at most.
func logit(p float64) float64 {
	return max(-6, min(6, math.Log((p+1e-9)/(1-p+1e-9))))
}

func (w *Following) table() (names []string, rows [][]*float64) {
	add := func(name string, values []float64) {
		row := make([]*float64, len(values))
		for i := range values {
			row[i] = &values[i]
		}
		names, rows = append(names, name), append(rows, row)
	}
	for i := range w.Rows {
		add("rows", w.Rows[i][:])
	}
	add("mean", w.Mean[:])
	add("deviation", w.Deviation[:])
	add("weights", w.Weights[:])
	add("bias", w.Bias[:])
	return names, rows
}

// WriteText writes w in lines, each after its name.
func (w *Following) WriteText(to io.Writer) error {
	names, rows := w.table()
	return writeTable(to, names, rows)
}

// ParseFollowing reads what WriteText wrote.
func ParseFollowing(text string) (*Following, error) {
	w := new(Following)
	names, rows := w.table()
	if err := parseTable(text, names, rows); err != nil {
		return nil, err
	}
	for i, row := range rows {
		for _, v := range row {
			if math.IsNaN(*v) || math.IsInf(*v, 0) || names[i] == "deviation" && *v <= 0 {
				return nil, fmt.Errorf("line %d of the table: %v is no %s (train it anew)", i+1, *v, names[i])
			}
		}
	}
	return w, nil
}

// shippedFollowing returns nil where there is none.
var shippedFollowing = sync.OnceValue(func() *Following {
	w, err := ParseFollowing(followingText)
	if err != nil {
		return nil
	}
	return w
})
