package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"enlace/config"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// shownFact is everything about a fact, for `enlace facts show --json`.
type shownFact struct {
	ID         knowledge.FactID        `json:"id"`
	Topic      knowledge.TopicID       `json:"topic,omitempty"`
	Text       knowledge.Text          `json:"text"`
	Status     knowledge.Status        `json:"status"`
	Dates      []knowledge.Date        `json:"dates"`
	AsOf       knowledge.Date          `json:"as_of,omitzero"`
	Note       knowledge.Text          `json:"note,omitzero"`
	Entities   []shownEntity           `json:"entities"`
	Sources    []knowledge.CitedSource `json:"sources"`
	Asks       knowledge.Texts         `json:"asks"`
	Corrects   knowledge.Texts         `json:"corrects"`
	Replaces   []knowledge.FactID      `json:"replaces,omitempty"`
	ReplacedBy knowledge.FactID        `json:"replaced_by,omitempty"`
	Withdrawn  string                  `json:"withdrawn,omitempty"`
	Key        int                     `json:"key,omitempty"`
	Position   knowledge.Position      `json:"position"`
}

type shownEntity struct {
	ID    knowledge.EntityID   `json:"id"`
	Kind  knowledge.EntityKind `json:"kind"`
	Name  string               `json:"name"`
	About knowledge.Text       `json:"about,omitzero"`
}

func (a *app) showFact(cmd *cobra.Command, args []string) error {
	b, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	f := b.Fact(knowledge.FactID(args[0]))
	if f == nil {
		ids := make([]string, len(b.Facts))
		for i := range b.Facts {
			ids[i] = string(b.Facts[i].ID)
		}
		if near, ok := config.Nearest(args[0], ids); ok {
			return misuse(cmd, "there is no fact %q (did you mean %s?)", args[0], near)
		}
		return misuse(cmd, "there is no fact %q (`enlace facts list` lists them)", args[0])
	}
	s := show(b, f)
	if place := a.place(c).name; place != "" {
		s.Position.File = place + "/" + s.Position.File
	}
	if given(cmd, "json") {
		return writeJSON(a.out, s, true)
	}
	a.page().fact(&s, a.spoken(c))
	return nil
}

func show(b *knowledge.Base, f *knowledge.Fact) shownFact {
	s := shownFact{
		ID: f.ID, Topic: f.Topic, Text: f.Text, Status: f.Status, Dates: append([]knowledge.Date{}, f.Dates...), AsOf: f.AsOf, Note: f.Note,
		Entities: []shownEntity{}, Sources: answer.Cite(b, f, 1, knowledge.English).Sources, Asks: f.Asks, Corrects: f.Corrects,
		Replaces: f.Replaces, ReplacedBy: f.ReplacedBy, Withdrawn: f.Withdrawn, Key: f.Key, Position: f.Pos,
	}
	for _, id := range f.Entities {
		if e := b.Entity(id); e != nil {
			s.Entities = append(s.Entities, shownEntity{e.ID, e.Kind, e.Name, e.About})
		}
	}
	return s
}

// fact writes all that is known of a fact, a labelled line each; what is absent is left out.
func (p *page) fact(f *shownFact, l knowledge.Lang) {
	field := func(label, value string) {
		if value != "" {
			p.line(0, 10, p.bold(label)+strings.Repeat(" ", max(1, 10-len(label)))+value)
		}
	}
	var dates, ids []string
	for _, d := range f.Dates {
		dates = append(dates, d.String())
	}
	for _, id := range f.Replaces {
		ids = append(ids, string(id))
	}
	field("fact", string(f.ID))
	field("en", cleanLine(f.Text.EN))
	field("es", cleanLine(f.Text.ES))
	field("status", p.status(f.Status, l))
	field("topic", string(f.Topic))
	field("dates", strings.Join(dates, ", "))
	field("checked", f.AsOf.String())
	field("note en", cleanLine(f.Note.EN))
	field("note es", cleanLine(f.Note.ES))
	for _, s := range f.Sources {
		field("source", p.source(s)+" "+p.dim("["+string(s.ID)+", "+string(s.Kind)+"]"))
	}
	for _, e := range f.Entities {
		about, _ := e.About.Best(l)
		if about != "" {
			about = ": " + about
		}
		field("entity", cleanLine(e.Name+about)+" "+p.dim("["+string(e.ID)+", "+string(e.Kind)+"]"))
	}
	for _, one := range knowledge.Langs {
		for _, ask := range f.Asks.In(one) {
			field("ask "+string(one), cleanLine(ask))
		}
		for _, wrong := range f.Corrects.In(one) {
			field("wrong "+string(one), cleanLine(wrong))
		}
	}
	field("replaces", strings.Join(ids, ", "))
	field("replaced", string(f.ReplacedBy))
	field("withdrawn", cleanLine(f.Withdrawn))
	field("place", cleanLine(fmt.Sprintf("%s:%d", f.Position.File, f.Position.Line)))
}
