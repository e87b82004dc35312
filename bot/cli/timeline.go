package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/picture"
)

// timeline is what `enlace timeline --json` prints.
type timeline struct {
	Topic        knowledge.TopicID `json:"topic,omitempty"`
	From         knowledge.Date    `json:"from,omitzero"`
	To           knowledge.Date    `json:"to,omitzero"`
	Language     knowledge.Lang    `json:"language"`
	Events       []answer.Event    `json:"events"`
	FactsVersion string            `json:"facts_version"`
}

func (a *app) timelineCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "timeline",
		Short: "Tell the dated facts in order",
		Long: `Tell the dated facts in order, oldest first. Dates are YYYY, YYYY-MM or YYYY-MM-DD, and both ends are included.

--png and --svg draw them instead: to scale, with a lane for each topic and a mark for every fact. A tall picture tells more
facts in words; a wide one fits a channel. A file is replaced only when its picture is complete; - is stdout.`,
		Example: `  enlace timeline
  enlace timeline --topic mou --from 2025-07
  enlace timeline --from 2024 --to 2025 --json
  enlace timeline --topic mou --png memorandum.png --theme dark`,
		Args: cobra.NoArgs,
		RunE: run(a.timeline),
	}
	cmd.Flags().String("topic", "", "only facts of this `TOPIC`: an id, a title or an alias")
	cmd.Flags().String("from", "", "first `DATE`")
	cmd.Flags().String("to", "", "last `DATE`")
	pictureFlags(cmd)
	jsonFlag(cmd, "the events")
	return cmd
}

func (a *app) timeline(cmd *cobra.Command, _ []string) error {
	from, err := dateFlag(cmd, "from")
	if err != nil {
		return err
	}
	to, err := dateFlag(cmd, "to")
	if err != nil {
		return err
	}
	if !from.IsZero() && !to.IsZero() && from.First().After(to.Last()) {
		return misuse(cmd, "--from %s is after --to %s (swap them)", from, to)
	}
	drawn, err := readPictureFlags(cmd)
	if err != nil {
		return err
	}
	b, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	span := answer.Span{From: from, To: to}
	if typed := cmd.Flag("topic").Value.String(); typed != "" {
		t, err := topic(cmd, b, typed)
		if err != nil {
			return err
		}
		span.Topic = t.ID
	}
	l := a.spoken(c)
	events := answer.Timeline(b, span, l)
	if drawn.wanted() {
		return a.draw(events, drawn, picture.Options{Lang: l, Base: b})
	}
	if given(cmd, "json") {
		if events == nil {
			events = []answer.Event{}
		}
		return writeJSON(a.out, timeline{span.Topic, from, to, l, events, b.Version}, true)
	}
	a.page().timeline(events, l)
	return nil
}

// dateFlag returns the date of a flag, absent where the flag is not given.
func dateFlag(cmd *cobra.Command, name string) (knowledge.Date, error) {
	text := cmd.Flag(name).Value.String()
	if text == "" && !cmd.Flags().Changed(name) {
		return knowledge.Date{}, nil
	}
	d, err := knowledge.ParseDate(text)
	if err != nil {
		return d, misuse(cmd, "--%s: %v", name, err)
	}
	return d, nil
}

// timeline writes events grouped by year.
func (p *page) timeline(events []answer.Event, l knowledge.Lang) {
	if len(events) == 0 {
		p.line(0, 0, wordUndated.In(l))
	}
	year := 0
	for i, e := range events {
		if e.Date.Year != year {
			if i > 0 {
				p.gap()
			}
			year = e.Date.Year
			p.line(0, 0, p.bold(fmt.Sprint(year)))
		}
		when := e.Date.String()
		if !e.Until.IsZero() {
			when += " – " + e.Until.String()
		}
		p.line(2, 2, p.bold(when)+" "+p.status(e.Status, l)+" · "+cleanLine(e.Text)+" "+p.dim("["+string(e.Fact)+"]"))
	}
}
