package cli

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/eval"
	"enlace/knowledge/search"
	"enlace/knowledge/search/train"
)

// ablations are the searches that --ablation compares: the whole one, and each without a part.
var ablations = []struct {
	name string
	with search.Options
}{
	{"everything", search.Options{}},
	{"without asks", search.Options{NoAsks: true}},
	{"without concepts", search.Options{NoConcepts: true}},
	{"without the learned part", search.Options{NoLearned: true}},
	{"without the second stage", search.Options{NoSecondStage: true}},
	{"without spelling repair", search.Options{NoSpelling: true}},
}

// ablation prints what each part of the search earns, in both languages.
func (a *app) ablation(cmd *cobra.Command, suites []*eval.Suite, b *knowledge.Base) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "\t")
	for _, l := range knowledge.Langs {
		fmt.Fprintf(w, "%s correct\thit@1\thit@5\tabstained\trefused\t", l)
	}
	fmt.Fprintln(w)
	variants := append(ablations[:len(ablations):len(ablations)], struct {
		name string
		with search.Options
	}{"without the stated check", search.Options{}})
	for i, v := range variants {
		o := answer.Options{Now: a.Now, Unchecked: i == len(ablations)}
		service := answer.New(search.NewLive(search.NewWith(b, v.with)), o)
		report, err := eval.Run(cmd.Context(), service, suites, eval.Options{Now: a.Now, Progress: a.progress(v.name)})
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t", v.name)
		for _, l := range knowledge.Langs {
			s := report.Scores(eval.Scope{Lang: l})
			for _, r := range []eval.Ratio{s.Correct, s.Hit1, s.Hit5, s.AbstainRecall, s.FalseRefusals} {
				fmt.Fprintf(w, "%.1f\t", 100*r.Value())
			}
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// train learns the weights of the search anew and prints how good they are by cross-validation.
func (a *app) train(cmd *cobra.Command, b *knowledge.Base) error {
	examples, err := eval.Training()
	if err != nil {
		return err
	}
	questions := make([]train.Question, len(examples))
	for i, q := range examples {
		questions[i] = train.Question{Text: q.Text, Lang: q.Lang, Outcome: q.Outcome, Fact: q.Fact, List: q.List, Also: q.Also}
		for _, t := range q.After {
			said := search.Said{Question: t.Text}
			if t.Fact != "" {
				said.Facts = []knowledge.FactID{t.Fact}
			}
			questions[i].After = append(questions[i].After, said)
		}
	}
	report, err := train.Run(cmd.Context(), b, questions, a.progress("training"))
	if err != nil {
		return err
	}
	return report.WriteText(a.out)
}
