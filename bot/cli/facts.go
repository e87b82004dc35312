package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/facts"
)

func (a *app) factsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "facts COMMAND",
		Short: "Check, list, show, search and compare facts",
		Long:  "The curator's tools. They work on the built-in fact base, or on the directory that --facts names.",
		Example: `  enlace facts lint --facts my-facts
  enlace facts show mou-who-signed
  enlace facts diff my-facts`,
		Args: cobra.ArbitraryArgs,
		RunE: run(chooseCommand),
	}
	list := &cobra.Command{
		Use: "list", Short: "List the facts", Args: cobra.NoArgs, RunE: run(a.listFacts),
		Long:    "List the facts: id, status and text. Withdrawn and superseded ones are left out unless --all is given.",
		Example: "  enlace facts list --topic mou\n  enlace facts list --json --all",
	}
	list.Flags().String("topic", "", "only facts of this `TOPIC`: an id, a title or an alias")
	list.Flags().Bool("all", false, "withdrawn and superseded facts, too")
	search := &cobra.Command{
		Use: "search QUERY…", Short: "Show what a question finds, with scores", Args: cobra.MinimumNArgs(1), RunE: run(a.searchFacts),
		Long:    "Show which facts a question finds, best first, with scores: what an answer would be chosen from.",
		Example: "  enlace facts search who signed\n  enlace facts search --limit 3 --json quién firmó",
	}
	search.Flags().Int("limit", 10, fmt.Sprintf("how many facts at most, 1 to %d", mostFound))
	lint := &cobra.Command{
		Use: "lint [DIR]", Short: "Find what is wrong with fact files", Args: cobra.MaximumNArgs(1), RunE: run(a.lint),
		Long:    "Find everything that is wrong with fact files, a line each: file:line:column: what is wrong (how to fix it). Errors exit with 3.",
		Example: "  enlace facts lint\n  enlace facts lint my-facts --min-asks 10",
	}
	lint.Flags().Int("min-asks", 0, "how many phrasings a fact needs in each of its languages")
	commands := []*cobra.Command{
		lint,
		list,
		{
			Use: "show ID", Short: "Show all that is known of a fact", Args: cobra.ExactArgs(1), RunE: run(a.showFact),
			Example: "  enlace facts show mou-who-signed",
		},
		search,
		{
			Use: "diff DIR", Short: "Compare the fact base with another", Args: cobra.ExactArgs(1), RunE: run(a.diffFacts),
			Long:    "Tell what would change if the fact base in DIR took the place of the present one.",
			Example: "  enlace facts diff my-facts\n  enlace facts diff --facts old new",
		},
		{Use: "stats", Short: "Count facts, sources and entities", Args: cobra.NoArgs, RunE: run(a.factStats)},
	}
	for _, c := range commands {
		jsonFlag(c, "the result")
		cmd.AddCommand(c)
	}
	cmd.AddCommand(&cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of fact files", Args: cobra.NoArgs,
		Long:    "Print the JSON Schema of fact files. Editors use it where a file begins with\n# yaml-language-server: $schema=facts.schema.json",
		Example: "  enlace facts schema > facts.schema.json",
		RunE: run(func(*cobra.Command, []string) error {
			_, err := a.out.Write(facts.Schema())
			return err
		}),
	})
	return cmd
}

// lint prints problems on stdout, since they are the result.
func (a *app) lint(cmd *cobra.Command, args []string) error {
	c, err := a.config(cmd)
	if err != nil {
		return err
	}
	where := a.place(c)
	if len(args) == 1 {
		if where, err = a.directory(cmd, args[0]); err != nil {
			return err
		}
	}
	asks, err := cmd.Flags().GetInt("min-asks")
	if err != nil || asks < 0 {
		return misuse(cmd, "--min-asks is %d (write 0 or more)", asks)
	}
	y, m, d := a.Now().UTC().Date()
	b, problems := facts.CheckWith(where.fs, facts.LintOptions{MinAsks: asks, Now: knowledge.Date{Year: y, Month: m, Day: d}})
	problems = problems.In(where.name)
	found := fmt.Sprintf("%d errors, %d warnings", problems.Count(facts.Error), problems.Count(facts.Warning))
	if given(cmd, "json") {
		if problems == nil {
			problems = facts.Problems{}
		}
		err = writeJSON(a.out, struct {
			Errors   int            `json:"errors"`
			Warnings int            `json:"warnings"`
			Problems facts.Problems `json:"problems"`
		}{problems.Count(facts.Error), problems.Count(facts.Warning), problems}, true)
	} else {
		for _, p := range problems {
			fmt.Fprintln(a.out, cleanLine(p.String()))
		}
	}
	if err != nil {
		return err
	}
	if problems.Err() != nil {
		return &failure{code: invalid, err: errors.New(found)}
	}
	if !given(cmd, "json") {
		fmt.Fprintf(a.out, "%s in %d facts\n", found, len(b.Facts))
	}
	return nil
}

// factLine is a fact in a list.
type factLine struct {
	ID        knowledge.FactID  `json:"id"`
	Topic     knowledge.TopicID `json:"topic,omitempty"`
	Status    knowledge.Status  `json:"status"`
	Dates     []knowledge.Date  `json:"dates"`
	Text      knowledge.Text    `json:"text"`
	InService bool              `json:"in_service"`
	Score     *float64          `json:"score,omitempty"` // of a search
}

func newFactLine(f *knowledge.Fact) factLine {
	return factLine{ID: f.ID, Topic: f.Topic, Status: f.Status, Dates: append([]knowledge.Date{}, f.Dates...), Text: f.Text, InService: f.InService()}
}

func (a *app) listFacts(cmd *cobra.Command, _ []string) error {
	b, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	var only knowledge.TopicID
	if typed := cmd.Flag("topic").Value.String(); typed != "" {
		t, err := topic(cmd, b, typed)
		if err != nil {
			return err
		}
		only = t.ID
	}
	lines := []factLine{}
	for i := range b.Facts {
		f := &b.Facts[i]
		if (only == "" || f.Topic == only) && (f.InService() || given(cmd, "all")) {
			lines = append(lines, newFactLine(f))
		}
	}
	return a.printFacts(cmd, lines, a.spoken(c))
}

// printFacts prints facts as JSON, as a paragraph each on a terminal, or as a line each: score, id, status and text, with
// tabs between them.
func (a *app) printFacts(cmd *cobra.Command, lines []factLine, l knowledge.Lang) error {
	if given(cmd, "json") {
		return writeJSON(a.out, lines, true)
	}
	p := a.page()
	for _, f := range lines {
		text, _ := f.Text.Best(l)
		text = cleanLine(text)
		score := ""
		if f.Score != nil {
			score = fmt.Sprintf("%.3f", *f.Score)
		}
		if p.width > 0 {
			head := p.bold(string(f.ID)) + " " + p.status(f.Status, l)
			if score != "" {
				head += " " + p.dim(score)
			}
			p.line(0, 2, head)
			p.line(2, 0, text)
			continue
		}
		if score != "" {
			score += "\t"
		}
		fmt.Fprintf(a.out, "%s%s\t%s\t%s\n", score, f.ID, statusWords[f.Status].In(l), text)
	}
	return nil
}
