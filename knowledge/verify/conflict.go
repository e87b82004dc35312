package verify

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/wording"
)

// How much of a sentence a fact must share, and how many units at least, before what differs is a conflict.
const (
	sameMatter  = 0.7
	sharedUnits = 2
)

// conflicts returns what the nearest fact speaks against, nil where no fact that speaks of the same does.
func (c *checker) conflicts(t *text) []Conflict {
	var best *likeness
	all := make([]likeness, 0, len(c.facts))
	for _, f := range c.facts {
		k := c.side.compare(t, f)
		c.side.oppose(t, &k)
		all = append(all, k)
	}
	for i := range all {
		k := &all[i]
		if k.score() < sameMatter || k.shared < sharedUnits || !k.name && k.shared < sharedUnits+1 {
			continue
		}
		k.conflicts = slices.DeleteFunc(k.conflicts, func(x Conflict) bool { return c.settledElsewhere(t, k, all, x) })
		if len(k.conflicts) > 0 && (best == nil || k.score() > best.score() || k.score() == best.score() && k.shared > best.shared) {
			best = k
		}
	}
	if best == nil {
		return nil
	}
	return best.conflicts
}

// settledElsewhere reports whether another fact about the same matter has what this one speaks against.
func (c *checker) settledElsewhere(t *text, k *likeness, all []likeness, x Conflict) bool {
	if x.Word == "" {
		return false
	}
	for i := range all {
		o := &all[i]
		if o == k || o.score() < k.score() || o.shared < k.shared {
			continue
		}
		lone := false
		for _, list := range [...][]*unit{o.loneValues, o.loneNames, o.loneStages, o.loneNegations, o.loneGuards, o.loneWords} {
			lone = lone || slices.ContainsFunc(list, func(u *unit) bool { return t.raw[u.start:u.end] == x.Word })
		}
		if !lone {
			return true
		}
	}
	return false
}

// oppose lists what the fact has instead of the sentence's lone units.
func (s *side) oppose(t *text, k *likeness) {
	f := k.fact.text
	add := func(c Check, word, against string) {
		k.conflicts = append(k.conflicts, Conflict{Check: c, Word: word, Against: against, Fact: k.fact.fact.ID})
	}
	word := func(u *unit) string { return t.raw[u.start:u.end] }
	for _, u := range k.loneValues {
		if o := otherValue(t, u, f, k.used); o != nil {
			add(checkOf(t, u), word(u), f.raw[o.start:o.end])
		} else {
			k.rest++
		}
	}
	for _, u := range k.loneNames {
		if o := s.otherName(u, f, k.used); o != nil {
			add(Name, word(u), f.raw[o.start:o.end])
		} else {
			k.rest++
		}
	}
	for _, u := range k.loneStages {
		if o := otherStage(u, f, k.used); o != nil {
			add(LegalStage, word(u), f.raw[o.start:o.end])
		} else {
			k.rest++
		}
	}
	for _, u := range k.loneWords {
		if o := opposite(t, u, f, k.used); o != nil {
			add(NovelWord, word(u), f.raw[o.start:o.end])
		} else {
			k.rest++
		}
	}
	for _, u := range k.loneNegations {
		if len(wording.Find(f.raw, s.lang, wording.Negation)) > 0 {
			k.rest++ // it denies in other words
			continue
		}
		add(Negation, word(u), "")
	}
	s.lost(t, k, add)
	for _, u := range k.loneGuards {
		s.guard(t, u, k, add)
	}
}

// guard opposes a lone "only", "all" or upgrade; other guard words only make the sentence another one.
func (s *side) guard(t *text, u *unit, k *likeness, add func(Check, string, string)) {
	word := t.raw[u.start:u.end]
	f := k.fact.text
	switch {
	case u.has(wording.Upgrade):
		add(Upgrade, word, "")
		return
	case u.has(wording.Exclusive, wording.Comparison, wording.Temporal):
		for j := range f.units {
			o := &f.units[j]
			if !k.used[j] && o.classes&u.classes&(1<<wording.Exclusive|1<<wording.Comparison|1<<wording.Temporal) != 0 {
				add(GuardWord, word, f.raw[o.start:o.end])
				return
			}
		}
		if closedWords[lower(word)] {
			add(GuardWord, word, "")
			return
		}
	}
	k.rest++
}

// lost lists the fact's negations and hedges that the sentence lacks though it has what they stand for.
func (s *side) lost(t *text, k *likeness, add func(Check, string, string)) {
	f := k.fact.text
	hedged := len(wording.Find(t.raw, s.lang, wording.Allegation, wording.Report, wording.Uncertainty, wording.Dispute)) > 0
	negated := len(wording.Find(t.raw, s.lang, wording.Negation)) > 0
	for j := range f.units {
		o := &f.units[j]
		if k.used[j] || j+1 >= len(f.units) {
			continue
		}
		if o.has(wording.Negation) && !negated && !o.has(wording.Dispute) && s.headShared(k, j) {
			add(Negation, "", f.raw[o.start:o.end])
			return
		}
	}
	told := 0
	for _, u := range k.used {
		if u {
			told++
		}
	}
	if hedged || told*2 < len(k.used) || k.fact.fact.Status != knowledge.Alleged && k.fact.fact.Status != knowledge.Disputed {
		return
	}
	for j := range f.units {
		o := &f.units[j]
		if !k.used[j] && o.has(wording.Allegation, wording.Dispute, wording.Uncertainty) {
			add(Hedge, "", f.raw[o.start:o.end])
			return
		}
	}
}

// headShared reports whether the sentence has what the negation at j denies first.
func (s *side) headShared(k *likeness, j int) bool { return k.used[j+1] }

// String writes a conflict for people: `"34" against "18 months"`.
func (x Conflict) String() string {
	var b strings.Builder
	b.WriteString(string(x.Check))
	if x.Word != "" {
		b.WriteString(" \"" + x.Word + "\"")
	}
	if x.Against != "" {
		b.WriteString(" against \"" + x.Against + "\"")
	}
	return b.String() + " (" + string(x.Fact) + ")"
}
