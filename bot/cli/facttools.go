package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"enlace/knowledge"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

// mostFound is how many facts a search returns at most.
const mostFound = search.MaxDepth

func (a *app) searchFacts(cmd *cobra.Command, args []string) error {
	limit, err := cmd.Flags().GetInt("limit")
	if err != nil || limit < 1 || limit > mostFound {
		return misuse(cmd, "--limit is %d (write 1 to %d)", limit, mostFound)
	}
	b, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	var found search.Result
	search.New(b).Search(search.Query{Text: strings.Join(args, " "), Lang: asked(c), Depth: limit}, &found)
	lines := []factLine{}
	for _, p := range found.Passages[:min(limit, len(found.Passages))] {
		line := newFactLine(p.Fact)
		line.Score = &p.Score
		lines = append(lines, line)
	}
	if len(lines) == 0 && !given(cmd, "json") {
		a.page().line(0, 0, wordNothing.In(found.Lang))
		return nil
	}
	return a.printFacts(cmd, lines, found.Lang)
}

// change is one line of a difference, for `enlace facts diff --json`.
type change struct {
	facts.Change
	Old *knowledge.Text `json:"old,omitempty"`
	New *knowledge.Text `json:"new,omitempty"`
}

func (a *app) diffFacts(cmd *cobra.Command, args []string) error {
	old, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	where, err := a.directory(cmd, args[0])
	if err != nil {
		return err
	}
	next, err := where.load()
	if err != nil {
		return err
	}
	changes := []change{}
	for _, d := range facts.Diff(old, next) {
		one := change{Change: d}
		if d.Old != nil {
			one.Old = &d.Old.Text
		}
		if d.New != nil {
			one.New = &d.New.Text
		}
		changes = append(changes, one)
	}
	if given(cmd, "json") {
		return writeJSON(a.out, struct {
			Old     string   `json:"old"`
			New     string   `json:"new"`
			Changes []change `json:"changes"`
		}{old.Version, next.Version, changes}, true)
	}
	a.page().changes(changes, a.spoken(c))
	return nil
}

func (p *page) changes(changes []change, l knowledge.Lang) {
	for _, c := range changes {
		head := string(c.Kind) + " " + p.bold(string(c.ID))
		if len(c.Fields) > 0 {
			head += " (" + strings.Join(c.Fields, ", ") + ")"
		}
		p.line(0, 2, head)
		var before, after string
		if c.Old != nil {
			before, _ = c.Old.Best(l)
		}
		if c.New != nil {
			after, _ = c.New.Best(l)
		}
		if before != "" && before != after {
			p.line(2, 2, "- "+cleanLine(before))
		}
		if after != "" && before != after {
			p.line(2, 2, "+ "+cleanLine(after))
		}
	}
	p.line(0, 0, fmt.Sprintf("%d changes", len(changes)))
}

// stats is what `enlace facts stats --json` prints.
type stats struct {
	Version    string                   `json:"facts_version"`
	Facts      int                      `json:"facts"` // in service
	Retired    int                      `json:"retired"`
	Statuses   map[knowledge.Status]int `json:"statuses"`
	English    int                      `json:"with_english"`
	Spanish    int                      `json:"with_spanish"`
	Dated      int                      `json:"dated"`
	AsksEN     int                      `json:"asks_en"`
	AsksES     int                      `json:"asks_es"`
	Sources    int                      `json:"sources"`
	Entities   int                      `json:"entities"`
	OldestAsOf knowledge.Date           `json:"oldest_as_of,omitzero"`
	NewestAsOf knowledge.Date           `json:"newest_as_of,omitzero"`
	Topics     []topicStats             `json:"topics"`
}

type topicStats struct {
	ID    knowledge.TopicID `json:"id"`
	Title knowledge.Text    `json:"title"`
	Facts int               `json:"facts"`
}

func (a *app) factStats(cmd *cobra.Command, _ []string) error {
	b, c, err := a.base(cmd)
	if err != nil {
		return err
	}
	s := count(b)
	if given(cmd, "json") {
		return writeJSON(a.out, s, true)
	}
	a.page().stats(&s, a.spoken(c))
	return nil
}

func count(b *knowledge.Base) stats {
	s := stats{Version: b.Version, Statuses: map[knowledge.Status]int{}, Sources: len(b.Sources), Entities: len(b.Entities), Topics: []topicStats{}}
	perTopic := map[knowledge.TopicID]int{}
	for i := range b.Facts {
		if f := &b.Facts[i]; f.InService() {
			perTopic[f.Topic]++
			s.add(f)
		} else {
			s.Retired++
		}
	}
	for _, t := range b.Topics {
		s.Topics = append(s.Topics, topicStats{t.ID, t.Title, perTopic[t.ID]})
	}
	return s
}

func (s *stats) add(f *knowledge.Fact) {
	s.Facts++
	s.Statuses[f.Status]++
	s.AsksEN += len(f.Asks.EN)
	s.AsksES += len(f.Asks.ES)
	for _, n := range []struct {
		count *int
		yes   bool
	}{{&s.English, f.Text.EN != ""}, {&s.Spanish, f.Text.ES != ""}, {&s.Dated, len(f.Dates) > 0}} {
		if n.yes {
			*n.count++
		}
	}
	if f.AsOf.IsZero() {
		return
	}
	if s.OldestAsOf.IsZero() || f.AsOf.Compare(s.OldestAsOf) < 0 {
		s.OldestAsOf = f.AsOf
	}
	if f.AsOf.Compare(s.NewestAsOf) > 0 {
		s.NewestAsOf = f.AsOf
	}
}

func (p *page) stats(s *stats, l knowledge.Lang) {
	row := func(label string, value any) { p.line(0, 21, fmt.Sprintf("%-20s %v", label, value)) }
	row("version", s.Version)
	row("facts", fmt.Sprintf("%d in service, %d retired", s.Facts, s.Retired))
	for _, status := range knowledge.Statuses {
		row("  "+statusWords[status].EN, s.Statuses[status])
	}
	row("with a date", s.Dated)
	row("languages", fmt.Sprintf("%d English, %d Spanish", s.English, s.Spanish))
	row("asks", fmt.Sprintf("%d English, %d Spanish", s.AsksEN, s.AsksES))
	row("sources", s.Sources)
	row("entities", s.Entities)
	if !s.OldestAsOf.IsZero() {
		row("checked", fmt.Sprintf("%s to %s", s.OldestAsOf, s.NewestAsOf))
	}
	row("topics", len(s.Topics))
	for _, t := range s.Topics {
		title, _ := t.Title.Best(l)
		row("  "+string(t.ID), fmt.Sprintf("%d facts: %s", t.Facts, cleanLine(title)))
	}
}
