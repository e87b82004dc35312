package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/verify"
	"enlace/knowledge/verify/mutate"
)

// mostLies is how many sentences of a language are tried.
const mostLies = 1500

// Refusals says which checks refused the false sentences of a language.
type Refusals struct {
	Lang        knowledge.Lang
	Made, Tried int
	Escaped     int // tried and proved all the same
	By          map[verify.Check]int
}

// Refuse makes false sentences from the facts of a base, by the fixed rules of package mutate, and counts which check of the
// verifier refuses them. Of each language it tries an even sample of at most 1,500, which takes about a second. The error is
// ctx's.
//
// Quotes, which is what a suite is answered in, have nothing to refuse; these sentences stand for what a model may draft.
func Refuse(ctx context.Context, b *knowledge.Base, progress func(done, total int)) ([]Refusals, error) {
	v := verify.New(b)
	var out []Refusals
	for i, l := range knowledge.Langs {
		lies, _ := mutate.Lies(b, l)
		step := (len(lies) + mostLies - 1) / mostLies
		r := Refusals{Lang: l, Made: len(lies), By: map[verify.Check]int{}}
		for at := 0; at < len(lies); at += step {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			lie := lies[at]
			verdict := v.Verify(verify.Draft{Lang: l, Facts: lie.Facts, Sentences: []verify.Sentence{{Text: lie.Text, Facts: lie.Facts}}}).Verdicts[0]
			r.Tried++
			if verdict.OK {
				r.Escaped++
			} else {
				r.By[verdict.Check]++
			}
			if progress != nil {
				progress(i*len(lies)+at, len(knowledge.Langs)*len(lies))
			}
		}
		out = append(out, r)
	}
	return out, nil
}

// refusals shows which checks refused how many sentences.
func refusals(in Input) (section, error) {
	s := section{ID: "refused", Title: "Refused sentences"}
	if len(in.Refusals) == 0 {
		return s, nil
	}
	total := map[verify.Check]int{}
	t := table{Caption: "Refused sentences by check", Head: []string{"check"}}
	s.Text = "Which check of the verifier refused sentences that are false. They are made from the facts by fixed rules (another number, a hedge dropped, names exchanged …) and stand for what a model may draft; the suite itself is answered in quotes, where there is nothing to refuse."
	for _, r := range in.Refusals {
		t.Head = append(t.Head, string(r.Lang))
		for c, n := range r.By {
			total[c] += n
		}
		s.Text += fmt.Sprintf(" %s: %d made, %d tried, %d proved all the same.", r.Lang, r.Made, r.Tried, r.Escaped)
	}
	var checks []verify.Check
	for c := range total {
		checks = append(checks, c)
	}
	slices.SortFunc(checks, func(x, y verify.Check) int { return cmp.Or(total[y]-total[x], cmp.Compare(x, y)) })
	var names []string
	series := make([]bars, len(in.Refusals))
	for _, c := range checks {
		names = append(names, string(c))
		row := []string{string(c)}
		for i, r := range in.Refusals {
			series[i].name = string(r.Lang)
			series[i].values = append(series[i].values, float64(r.By[c]))
			row = append(row, fmt.Sprint(r.By[c]))
		}
		t.add(row...)
	}
	s.Tables = []table{t}
	if len(checks) == 0 {
		return s, nil
	}
	p, err := rowPlot("Refused sentences by check", names, series)
	s.Plots = []drawn{p}
	return s, err
}
