package eval

import (
	"fmt"
	"slices"
	"strings"

	"enlace/knowledge"
)

// sharedIDs finds ids that two suites use.
func sharedIDs(suites []*Suite) []error {
	var errs []error
	seen := map[string]*Suite{}
	for _, s := range suites {
		for q := range s.All {
			if o := seen[q.ID]; o != nil && o != s {
				errs = append(errs, fmt.Errorf("%s:%d: the id %q is also in %s (give it another)", s.Name, q.Line, q.ID, o.Name))
			}
			seen[q.ID] = s
		}
	}
	return errs
}

// complaints collects the problems of one suite.
type complaints struct {
	name string
	errs []error
}

func (c *complaints) add(line int, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s:%d: %s", c.name, line, fmt.Sprintf(format, args...)))
}

func (s *Suite) validate() []error {
	c := &complaints{name: s.Name}
	if !slices.Contains(Halves[:], s.Half) {
		c.add(1, "half is %q (write open or blind)", s.Half)
	}
	if len(s.Questions)+len(s.Dialogues)+len(s.Summaries) == 0 {
		c.add(1, "the suite asks nothing (write questions:)")
	}
	lines := map[string]int{}
	unique := func(id string, line int) {
		if at := lines[id]; at > 0 {
			c.add(line, "the id %q is already used in line %d (give it another)", id, at)
		}
		lines[id] = line
	}
	for i := range s.Questions {
		unique(s.Questions[i].ID, s.Questions[i].Line)
		s.Questions[i].validate(c)
	}
	for i := range s.Dialogues {
		d := &s.Dialogues[i]
		unique(d.ID, d.Line)
		if len(d.Turns) < 2 {
			c.add(d.Line, "%s has %d turns (a dialogue has at least two)", d.ID, len(d.Turns))
		}
		for j := range d.Turns {
			d.Turns[j].validate(c)
		}
	}
	s.validateSummaries(c)
	return c.errs
}

func (s *Suite) validateSummaries(c *complaints) {
	seen := map[knowledge.TopicID]bool{}
	for _, p := range s.Summaries {
		if seen[p.Topic] {
			c.add(p.Line, "the topic %q has two lists of points (join them)", p.Topic)
		}
		seen[p.Topic] = true
		if len(p.Points) == 0 {
			c.add(p.Line, "the topic %q has no points (name the facts that its summary needs)", p.Topic)
		}
		validGroups(c, p.Line, string(p.Topic), p.Points)
	}
}

// outcomes says in what each kind of question ends; every other kind ends in an answer.
var outcomes = map[Kind]knowledge.Outcome{NearMiss: knowledge.NoMatch, OffTopic: knowledge.OffTopic}

func (q *Question) validate(c *complaints) {
	if q.ID == ownID {
		c.add(q.Line, "a turn has an id or a lang of its own (leave both to the dialogue)")
		return
	}
	if q.ID == "" || strings.HasPrefix(q.ID, ".") {
		c.add(q.Line, "the id is missing (write one such as o-en-001)")
	}
	if !slices.Contains(knowledge.Langs[:], q.Lang) {
		c.add(q.Line, "%s: lang is %q (write en or es)", q.ID, q.Lang)
	}
	if strings.TrimSpace(q.Text) == "" {
		c.add(q.Line, "%s: the question is empty (write q:)", q.ID)
	}
	if !slices.Contains(Kinds[:], q.Kind) {
		c.add(q.Line, "%s: kind is %q (write one of %v)", q.ID, q.Kind, Kinds)
	}
	q.validateLabels(c)
}

func (q *Question) validateLabels(c *complaints) {
	want, fixed := outcomes[q.Kind]
	switch {
	case fixed && q.Outcome != want:
		c.add(q.Line, "%s: a question of kind %s ends in %s, not in %q (correct one of them)", q.ID, q.Kind, want, q.Outcome)
	case !fixed && q.Outcome != knowledge.Answered:
		c.add(q.Line, "%s: outcome is %q (a question of kind %s is answered; near_miss and off_topic are not)", q.ID, q.Outcome, q.Kind)
	}
	if (q.Outcome == knowledge.Answered) != (len(q.Facts) > 0) {
		c.add(q.Line, "%s: %d groups of facts for the outcome %s (answered questions have some, the others none)", q.ID, len(q.Facts), q.Outcome)
	}
	if (q.Kind == Premise) != (len(q.Corrects) > 0) {
		c.add(q.Line, "%s: corrects: and kind premise belong together (write both or neither)", q.ID)
	}
	if q.Outcome != knowledge.Answered && len(q.Also) > 0 {
		c.add(q.Line, "%s: also: names facts, but the question is not answered (remove them)", q.ID)
	}
	validGroups(c, q.Line, q.ID, q.Facts)
	for _, id := range q.Also {
		if slices.ContainsFunc(q.Facts, func(g Group) bool { return g.Has(id) }) {
			c.add(q.Line, "%s: also: repeats %s (its group says it already)", q.ID, id)
		}
	}
}

func validGroups(c *complaints, line int, id string, groups []Group) {
	for _, g := range groups {
		if len(g) == 0 {
			c.add(line, "%s: a group is empty (write a|b)", id)
		}
		for i, f := range g {
			if f == "" || slices.Contains(g[:i], f) {
				c.add(line, "%s: the group %q has an empty or repeated fact (write a|b)", id, g)
			}
		}
	}
}
