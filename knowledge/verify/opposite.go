package verify

import (
	"slices"

	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// opposites are words that exclude each other, both languages together.
var opposites = pairs(`lifted kept, ally rival, allied rival, opened closed, arrived departed, left returned, opposed approved, permanent temporary, secret public,
	levantó mantuvo, aliado rival, aliada rival, aliados rival, abrió cerró, salió llegó, permanente temporal, secreto público, smallest largest, domestic foreign`)

// opposite returns the fact's word that excludes a word of the sentence.
func opposite(t *text, u *unit, f *text, used []bool) *unit {
	word := lower(t.raw[u.start:u.end])
	for j := range f.units {
		o := &f.units[j]
		if other := lower(f.raw[o.start:o.end]); !used[j] && (opposites[word] == other || opposites[other] == word) && word != "" {
			return o
		}
	}
	return nil
}

func checkOf(t *text, u *unit) Check {
	if u.lit >= 0 && (t.lits[u.lit].Kind == literal.Date || t.lits[u.lit].Kind == literal.Decade) {
		return Date
	}
	return Number
}

// otherValue returns a value of the fact that stands where the sentence has another of the same kind and unit; a date that
// is only more precise is no other.
func otherValue(t *text, u *unit, f *text, used []bool) *unit {
	if u.lit < 0 {
		return nil
	}
	v := t.lits[u.lit]
	for j := range f.units {
		o := &f.units[j]
		if used[j] || o.kind != valueUnit || o.lit < 0 {
			continue
		}
		w := f.lits[o.lit]
		if w.Kind == v.Kind && (w.Unit == v.Unit || v.Kind == literal.Date) && w.Label == v.Label && !literal.Entails(v, w) {
			return o
		}
	}
	return nil
}

// otherName returns a name of the fact that the sentence does not have, of the same kind.
func (s *side) otherName(u *unit, f *text, used []bool) *unit {
	for j := range f.units {
		o := &f.units[j]
		if used[j] || o.kind != nameUnit {
			continue
		}
		if u.entity == 0 || o.entity == 0 || s.base.Entities[u.entity-1].Kind == s.base.Entities[o.entity-1].Kind {
			return o
		}
	}
	return nil
}

// ladderGroups are the stages that exclude each other as answers to one question.
var ladderGroups = [...][]wording.Stage{
	{wording.Investigated, wording.Suspected, wording.Accused, wording.Charged, wording.Indicted, wording.OnTrial, wording.PleadedGuilty, wording.PleadedNotGuilty, wording.Convicted, wording.Sentenced, wording.Acquitted, wording.Dismissed},
	{wording.Requested, wording.Proposed, wording.Consented, wording.Approved, wording.Granted, wording.Ordered, wording.Rejected, wording.Announced, wording.Agreed, wording.Signed, wording.Ratified, wording.InForce},
	{wording.Surrendered, wording.Extradited, wording.Deported, wording.Expelled, wording.Released, wording.Escaped},
	{wording.Memorandum, wording.Agreement, wording.Treaty},
	{wording.Arrested, wording.Captured, wording.Recaptured, wording.Detained, wording.Imprisoned, wording.Escaped, wording.Fugitive, wording.Released},
	{wording.Designated, wording.Sanctioned},
}

// otherStage returns a step that the fact tells where the sentence tells another of the same ladder.
func otherStage(u *unit, f *text, used []bool) *unit {
	for _, g := range ladderGroups {
		if !slices.Contains(g, u.stage) {
			continue
		}
		for j := range f.units {
			o := &f.units[j]
			if !used[j] && o.stage != u.stage && slices.Contains(g, o.stage) {
				return o
			}
		}
	}
	return nil
}
