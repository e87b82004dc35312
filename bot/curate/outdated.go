package curate

import (
	"slices"
	"strings"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
)

// Reachable reports whether the messages of an answer can be edited as far as is known: what only its asker sees cannot, once the
// interaction is over.
func Reachable(a *state.Answer) bool { return !a.Private && !a.Unreachable }

// Outdated returns what the base says otherwise than an answer does, as its messages stand: the facts that it cites and that were
// changed in text or status, withdrawn, superseded or removed since, and are not corrected in it yet. Notes, phrasings, dates of
// checks and sources are no matter of the answer's truth, and neither is a text in a language that the answer does not speak.
func Outdated(a *state.Answer, b *knowledge.Base, now time.Time) (list []state.Correction) {
	for _, c := range a.Cited {
		if !c.Fact.InService() {
			continue // it was told as what it is
		}
		was := state.Correction{Fact: c.Fact.ID, Now: c.Fact.Text, Status: c.Fact.Status}
		for _, done := range a.Corrections {
			if done.Fact == c.Fact.ID {
				was = done
			}
		}
		if is := standing(b, c.Fact.ID); differ(a, is, was) {
			is.At, is.Version = now, b.Version
			list = append(list, is)
		}
	}
	return list
}

// Standing returns the corrections of an answer that have to be seen in it: of each cited fact the last one, unless the fact says
// again what it said when the answer was given.
func Standing(a *state.Answer) (list []state.Correction) {
	for _, c := range a.Cited {
		for _, done := range slices.Backward(a.Corrections) {
			if done.Fact != c.Fact.ID {
				continue
			}
			if differ(a, done, state.Correction{Now: c.Fact.Text, Status: c.Fact.Status}) {
				list = append(list, done)
			}
			break
		}
	}
	return list
}

// bilingual begins what was asked where the answer shows a fact in both languages.
const bilingual = "/fact "

// differ reports whether two states of a fact read differently in an answer.
func differ(a *state.Answer, x, y state.Correction) bool {
	l := a.Answer.Language
	if a.Checked != nil {
		l = a.Checked.Language
	}
	if l == "" || strings.HasPrefix(a.Asked, bilingual) {
		return x.Now != y.Now || x.Status != y.Status
	}
	old, _ := x.Now.Best(l)
	now, _ := y.Now.Best(l)
	return old != now || x.Status != y.Status
}

// standing is what a base says of a fact.
func standing(b *knowledge.Base, id knowledge.FactID) state.Correction {
	f := b.Fact(id)
	for f != nil && f.Withdrawn == "" && f.ReplacedBy != "" && b.Fact(f.ReplacedBy) != nil {
		f = b.Fact(f.ReplacedBy) // a base has no circles
	}
	switch {
	case f == nil:
		return state.Correction{Fact: id}
	case f.InService():
		return state.Correction{Fact: id, Now: f.Text, Status: f.Status}
	}
	return state.Correction{Fact: id, Reason: f.Withdrawn}
}
