package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"
	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

func (a *app) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check TEXT…",
		Short: "Check a text against the facts, sentence by sentence",
		Long: `Check every sentence of a text against the facts: supported, contradicted (which word against which fact), or not
covered. "Not covered" says nothing about truth: the facts neither prove the sentence nor speak against it.

"-" reads the text from stdin. With --jsonl, stdin holds one text per line: plain text, a JSON string, or {"id","text"};
stdout gets one object per line in the same order. No model takes part.`,
		Example: `  enlace check "Noboa signed the memorandum. Fito was convicted in Brooklyn."
  enlace check - < article.txt
  enlace check --json - < article.txt`,
		Args:        cobra.ArbitraryArgs,
		Annotations: map[string]string{quotesOnly: "yes"},
		RunE:        run(a.check),
	}
	jsonFlag(cmd, "the check object")
	cmd.Flags().Bool("jsonl", false, "check a stream of texts, one per line")
	noModelFlag(cmd)
	return cmd
}

func (a *app) check(cmd *cobra.Command, args []string) error {
	switch stream := given(cmd, "jsonl"); {
	case stream && given(cmd, "json"):
		return misuse(cmd, "--json and --jsonl exclude each other (a stream is JSON already)")
	case stream && len(args) > 0:
		return misuse(cmd, "--jsonl reads its texts from stdin, not from arguments")
	case stream:
		return a.checkStream(cmd)
	}
	text, err := a.question(cmd, args)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return misuse(cmd, "check what? Write the text after the command, or - to read it from stdin")
	}
	service, _, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	got := service.Check(text, asked(c))
	if given(cmd, "json") {
		return writeJSON(a.out, got, true)
	}
	a.page().checked(&got)
	if utf8.RuneCountInString(text) > answer.MaxCheckChars {
		a.logger(c).Warn("the end of the text was left out", "limit", answer.MaxCheckChars)
	}
	return nil
}

func (a *app) checkStream(cmd *cobra.Command) error {
	service, _, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	return a.stream(cmd.Context(), func(line []byte) (any, *string, error) {
		text, id, err := parseText(line)
		if err != nil {
			return nil, id, err
		}
		got := service.Check(text, asked(c))
		if id != nil {
			got.ID = *id
		}
		return got, id, nil
	})
}

// parseText reads a line of a stream of texts: an object, a JSON string or plain text.
func parseText(line []byte) (text string, id *string, err error) {
	line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
	switch {
	case len(line) == 0:
		return "", nil, errors.New("the line is empty")
	case line[0] == '"':
		err = json.Unmarshal(line, &text)
		return text, nil, broken(err)
	case line[0] != '{':
		return strings.ToValidUTF8(string(line), "\ufffd"), nil, nil
	}
	var in struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return "", salvageID(line), broken(err)
	}
	id, bad := parseID(in.ID)
	switch {
	case bad:
		return "", nil, errors.New("id is neither a text nor a number")
	case in.Text == nil:
		return "", id, errors.New(`the object has no "text"`)
	}
	return *in.Text, id, nil
}

var findingWords = map[knowledge.Finding]knowledge.Text{
	knowledge.Supported:    {EN: "supported", ES: "respaldada"},
	knowledge.Contradicted: {EN: "contradicted", ES: "contradicha"},
	knowledge.NotCovered:   {EN: "not covered", ES: "sin cubrir"},
}

var findingMarks = map[knowledge.Finding]string{knowledge.Supported: "✓", knowledge.Contradicted: "✗", knowledge.NotCovered: "?"}

var findingColors = map[knowledge.Finding]lipgloss.Color{knowledge.Supported: "2", knowledge.Contradicted: "1", knowledge.NotCovered: "8"}

// checked writes a checked text: a line for each sentence with its verdict, then the facts with their sources.
func (p *page) checked(c *knowledge.Checked) {
	numbers := map[knowledge.FactID]string{}
	for _, x := range c.Citations {
		numbers[x.ID] = fmt.Sprintf("[%d]", x.N)
	}
	for _, s := range c.Sentences {
		style := p.style.NewStyle().Foreground(findingColors[s.Verdict])
		verdict := findingMarks[s.Verdict] + " " + findingWords[s.Verdict].In(c.Language)
		for _, id := range s.Citations {
			verdict += " " + numbers[id]
		}
		p.line(0, 2, cleanLine(s.Text))
		if s.Reason != "" {
			verdict += " — " + cleanLine(s.Reason)
		}
		p.line(2, 2, p.each(style, verdict))
	}
	if len(c.Citations) == 0 {
		return
	}
	p.gap()
	p.line(0, 2, p.title(wordFacts.In(c.Language)))
	for _, x := range c.Citations {
		p.line(0, 4, p.marks(numbers[x.ID])+" "+cleanLine(x.Text))
	}
	p.sources(c.Citations, c.Language)
}
