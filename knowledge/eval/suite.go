// Package eval asks the questions of a suite and scores the answers: whether they are right, whether they rest on the
// expected facts, whether the questions that the facts do not answer end in an abstention, and how long it took.
//
// A suite is one half of the questions. The open half is for tuning; the blind half is run too, but its misses stay hidden
// unless asked for, so that a gap between the halves shows what tuning has only learned by heart. Suites are written apart
// from the facts' asks, and [Copies] finds the questions that are not.
//
// The package reads no clock of its own: latency is measured with the one that [Options] bring.
package eval

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// Half says which part of the questions a suite is.
type Half string

// The halves: Open for tuning, Blind for the proof.
const (
	Open  Half = "open"
	Blind Half = "blind"
)

// Halves lists both halves in the order in which they are shown.
var Halves = [...]Half{Open, Blind}

// Kind says what sort of question it is.
type Kind string

// The kinds whose meaning is not in their name: Unknown questions are answered by a fact that says that it is not public,
// Premise questions take something false for granted, NearMiss questions are of our topics but no fact answers them.
const (
	Unknown  Kind = "unknown"
	Premise  Kind = "premise"
	NearMiss Kind = "near_miss"
	OffTopic Kind = "off_topic"
	Mixed    Kind = "mixed" // both languages in one question
)

// Kinds lists every kind in the order in which they are shown.
var Kinds = [...]Kind{"who", "when", "where", "how_many", "why", "what", "yes_no", "list", "conflict", Unknown, Premise,
	"typo", "slang", Mixed, "fragment", "status", NearMiss, OffTopic}

// Group is a set of facts any one of which will do. In a suite its facts are separated by "|".
type Group []knowledge.FactID

// UnmarshalYAML reads "a|b|c".
func (g *Group) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return fmt.Errorf("line %d: a group is one string (write the alternatives as a|b)", n.Line)
	}
	*g = nil
	for part := range strings.SplitSeq(n.Value, "|") {
		*g = append(*g, knowledge.FactID(strings.TrimSpace(part)))
	}
	return nil
}

// String writes the group as a suite does.
func (g Group) String() string {
	parts := make([]string, len(g))
	for i, id := range g {
		parts[i] = string(id)
	}
	return strings.Join(parts, "|")
}

// Has reports whether the fact is one of the group.
func (g Group) Has(id knowledge.FactID) bool { return slices.Contains(g, id) }

// Question is one question with the answer that it should get.
type Question struct {
	ID      string             `yaml:"id"`
	Lang    knowledge.Lang     `yaml:"lang"`
	Text    string             `yaml:"q"`
	Kind    Kind               `yaml:"kind"`
	Outcome knowledge.Outcome  `yaml:"outcome"` // answered, no_match or off_topic
	Facts   []Group            `yaml:"facts"`   // each must be covered by a cited fact; the first one is what retrieval should find
	Also    []knowledge.FactID `yaml:"also"`    // further facts that an answer may cite
	// Corrects are the facts that answer the false premise: one of them must be named as the correction or cited first.
	Corrects Group `yaml:"corrects"`
	Line     int   `yaml:"-"` // where it stands in its file, from 1
}

// fair reports whether an answer may cite the fact.
func (q *Question) fair(id knowledge.FactID) bool {
	return slices.Contains(q.Also, id) || q.Corrects.Has(id) || slices.ContainsFunc(q.Facts, func(g Group) bool { return g.Has(id) })
}

// Dialogue is a conversation: each turn is asked with the earlier ones and the answers that they really got as its history.
type Dialogue struct {
	ID    string         `yaml:"id"`
	Lang  knowledge.Lang `yaml:"lang"`
	Turns []Question     `yaml:"turns"` // their ids are the dialogue's with ".1", ".2" …
	Line  int            `yaml:"-"`
}

// Points are the key points of a summary, in both languages.
type Points struct {
	Topic  knowledge.TopicID `yaml:"topic"` // "" is the summary of everything
	Points []Group           `yaml:"points"`
	Line   int               `yaml:"-"`
}

// Suite is one half of the questions. It is read-only after loading and safe for concurrent use.
type Suite struct {
	Name      string     `yaml:"-"` // the file
	Half      Half       `yaml:"half"`
	Questions []Question `yaml:"questions"`
	Dialogues []Dialogue `yaml:"dialogues"`
	Summaries []Points   `yaml:"summaries"`
}

// All yields every question, the turns of the dialogues included.
func (s *Suite) All(yield func(*Question) bool) {
	for i := range s.Questions {
		if !yield(&s.Questions[i]) {
			return
		}
	}
	for i := range s.Dialogues {
		for j := range s.Dialogues[i].Turns {
			if !yield(&s.Dialogues[i].Turns[j]) {
				return
			}
		}
	}
}

// Check returns an error that names every fact and topic of the suite that the base does not have in service, or nil.
func (s *Suite) Check(b *knowledge.Base) error {
	var errs []error
	check := func(line int, id knowledge.FactID) {
		switch f := b.Fact(id); {
		case f == nil:
			errs = append(errs, fmt.Errorf("%s:%d: no fact has the id %q (correct the id)", s.Name, line, id))
		case !f.InService():
			errs = append(errs, fmt.Errorf("%s:%d: the fact %q is out of service (name the one that replaces it)", s.Name, line, id))
		}
	}
	for q := range s.All {
		for _, id := range slices.Concat(slices.Concat(q.Facts...), q.Corrects, q.Also) {
			check(q.Line, id)
		}
	}
	for _, p := range s.Summaries {
		if p.Topic != "" && b.Topic(p.Topic) == nil {
			errs = append(errs, fmt.Errorf("%s:%d: no topic has the id %q (correct the id)", s.Name, p.Line, p.Topic))
		}
		for _, id := range slices.Concat(p.Points...) {
			check(p.Line, id)
		}
	}
	return errors.Join(errs...)
}
