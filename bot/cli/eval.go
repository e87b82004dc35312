package cli

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/eval"
	"enlace/knowledge/eval/report"
)

func (a *app) evalCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Score a suite of questions",
		Long: `Ask every question of a suite, without the network, and score the answers: right or wrong, found or not, cited well
or not, abstained rightly or not, and how long it took. Without --suite these are the built-in suites.

--min sets floors, separated by commas: a measure and the least it may be (the most, for false_refusals and latencies),
after an optional half, language and kind. Below any of them the exit code is 1.

--html writes the scores as a page with plots, too, which needs no other file and no network; it also tries the verifier with
false sentences and shows which check refuses them.

--ablation asks the suites again with one part of the search left out at a time. --train learns the weights of the search
from the phrasings of the facts, each held out once, and from questions with and without an answer and conversations. It
takes about twenty minutes.`,
		Example: `  enlace eval
  enlace eval --min correct=0.92,blind.es.hit1=88%,false_refusals=0.03,p99_ms=5
  enlace eval --suite my-questions.yaml --json
  enlace eval --html scores.html`,
		Annotations: map[string]string{quotesOnly: "yes"},
		Args:        cobra.NoArgs,
		RunE:        run(a.eval),
	}
	cmd.Flags().StringArray("suite", nil, "question suite `FILE` instead of the built-in ones; may be repeated")
	cmd.Flags().StringArray("min", nil, "`FLOORS` such as correct=0.92,es.hit1=88%; may be repeated")
	cmd.Flags().Bool("ablation", false, "print what each part of the search earns instead")
	cmd.Flags().Bool("train", false, "learn the weights of the search anew and print them with their cross-validated figures instead")
	cmd.Flags().Bool("show-blind", false, "list the misses of the blind half, too")
	cmd.Flags().String("html", "", "write the report with plots into this `FILE`, too")
	jsonFlag(cmd, "the report")
	return cmd
}

func (a *app) eval(cmd *cobra.Command, _ []string) error {
	written, _ := cmd.Flags().GetStringArray("min") // the flag is defined above
	floors, err := eval.ParseFloors(strings.Join(written, ","))
	if err != nil {
		return misuse(cmd, "--min: %w", err)
	}
	html := cmd.Flag("html").Value.String()
	switch {
	case cmd.Flags().Changed("html") && html == "":
		return misuse(cmd, "--html needs a file")
	case html == "-":
		return misuse(cmd, "--html - would mix with the scores on stdout (name a file)")
	case html != "" && (given(cmd, "ablation") || given(cmd, "train")):
		return misuse(cmd, "--html is for scores (leave out --ablation and --train)")
	}
	suites, err := a.suites(cmd)
	if err != nil {
		return err
	}
	service, b, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	for _, s := range suites {
		if err := s.Check(b); err != nil {
			if len(cmd.Flag("suite").Value.String()) <= len("[]") && c.Facts.Dir != "" {
				err = errors.New("the built-in suites ask about the built-in facts (give --suite FILE with questions about yours)")
			}
			return &failure{code: misused, err: err}
		}
	}
	switch {
	case given(cmd, "ablation"):
		return a.ablation(cmd, suites, b)
	case given(cmd, "train"):
		return a.train(cmd, b)
	}
	scores, err := eval.Run(cmd.Context(), service, suites, eval.Options{Now: a.Now, Progress: a.progress("questions")})
	if err != nil {
		return err
	}
	write, show := scores.WriteText, eval.Show{ShowBlind: given(cmd, "show-blind")}
	if given(cmd, "json") {
		write = scores.WriteJSON
	}
	if err := write(a.out, show); err != nil {
		return err
	}
	if html != "" {
		if err := a.evalPage(cmd, html, b, scores, show); err != nil {
			return err
		}
	}
	return floors.Check(scores)
}

// evalPage writes the scores as a page.
func (a *app) evalPage(cmd *cobra.Command, name string, b *knowledge.Base, scores *eval.Report, show eval.Show) error {
	refused, err := report.Refuse(cmd.Context(), b, a.progress("false sentences"))
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.Write(&page, report.Input{Report: scores, Refusals: refused, Show: show}); err != nil {
		return err
	}
	return a.writeFile(name, page.Bytes())
}

// suites reads the suites that --suite names, or returns those of the binary.
func (a *app) suites(cmd *cobra.Command) ([]*eval.Suite, error) {
	names, _ := cmd.Flags().GetStringArray("suite")
	if len(names) == 0 {
		return eval.Shipped()
	}
	var suites []*eval.Suite
	for _, name := range names {
		if !filepath.IsAbs(name) {
			name = filepath.Join(a.Dir, name)
		}
		s, err := eval.LoadFile(name)
		if err != nil {
			return nil, &failure{code: misused, err: err}
		}
		suites = append(suites, s)
	}
	return suites, nil
}

// progress returns what shows how far some work is, on stderr where that is a terminal; else nil.
func (a *app) progress(what string) func(done, total int) {
	if !a.StderrTerminal {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(a.Stderr), progressbar.OptionSetDescription(what),
				progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish())
			_ = bar.RenderBlank()
		}
		_ = bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
}
