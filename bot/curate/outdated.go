package curate

import (
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
)

// Outdated returns what the base says otherwise than an answer does, as its messages stand: the facts that it cites and that were
// changed in text or status, withdrawn, superseded or removed since, and are not corrected in it yet. Notes, phrasings, dates of
// checks and sources are no matter of the answer's truth.
func Outdated(a *state.Answer, b *knowledge.Base, now time.Time) (list []state.Correction) {
	for _, c := range a.Cited {
		was := state.Correction{Fact: c.Fact.ID, Now: c.Fact.Text, Status: c.Fact.Status}
		for _, done := range a.Corrections {
			if done.Fact == c.Fact.ID {
				was = done
			}
		}
		is := standing(b, c.Fact.ID)
		if is.Now != was.Now || is.Status != was.Status {
			is.At, is.Version = now, b.Version
			list = append(list, is)
		}
	}
	return list
}

// standing is what a base says of a fact.
func standing(b *knowledge.Base, id knowledge.FactID) state.Correction {
	f := b.Fact(id)
	switch {
	case f == nil:
		return state.Correction{Fact: id}
	case f.InService():
		return state.Correction{Fact: id, Now: f.Text, Status: f.Status}
	case f.Withdrawn == "" && f.ReplacedBy != "" && b.Fact(f.ReplacedBy) != nil:
		next := standing(b, f.ReplacedBy)
		next.Fact = id
		return next
	}
	return state.Correction{Fact: id, Reason: f.Withdrawn}
}
