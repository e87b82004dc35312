package verify

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// isDate reports whether a unit is a date or a time of day.
func isDate(t *text, u *unit) bool {
	return u.kind == valueUnit && u.lit >= 0 && (t.lits[u.lit].Kind == literal.Date || t.lits[u.lit].Kind == literal.Time)
}

// active turns "X was signed by Y …" into "Y signed X …", and "X was signed" into "signed X". A long agent takes the "of"
// phrases behind it along.
func (s *side) active(t *text, long bool) (view, bool) {
	p := s.passive(t)
	if p < 0 {
		return view{}, false
	}
	subject := s.subjectStart(t, p)
	if subject >= p {
		return view{}, false
	}
	by, end := s.agent(t, p, long)
	v := view{text: t, voice: true}
	v.add(0, subject)
	if by >= 0 {
		v.add(by, end)
	} else {
		v.agentless = len(v.order) + 1
	}
	v.add(p, p+1)
	v.add(subject, p)
	if by >= 0 {
		v.add(p+1, by)
		v.add(end, len(t.units))
	} else {
		v.add(p+1, len(t.units))
	}
	return v, true
}

// passive returns the first verb in the passive, or -1.
func (s *side) passive(t *text) int {
	for i := range t.units {
		if i > 0 && t.units[i].passive {
			return i
		}
	}
	return -1
}

// subjectStart returns where the subject of the verb at p begins: after what stands in front of its clause, up to a comma.
func (s *side) subjectStart(t *text, p int) int {
	from := p
	for from > 0 && t.units[from-1].clause == t.units[p].clause {
		from--
	}
	if u := &t.units[from]; u.anchor && u.seg != t.units[p].seg {
		for seg := u.seg; from < p && t.units[from].seg == seg; {
			from++
		}
	}
	return from
}

// agent returns the units of "by …" after the verb at p, or -1. The agent ends before a preposition other than of, a time,
// or a word that begins another phrase.
func (s *side) agent(t *text, p int, long bool) (from, to int) {
	by := prep("by")
	if s.spanish() {
		by = "por"
	}
	from = -1
	for i := p + 1; i < len(t.units) && t.units[i].clause == t.units[p].clause; i++ {
		if t.units[i].prep == by && !isDate(t, &t.units[i]) {
			from = i
			break
		}
	}
	if t.units[p].clitic {
		from = p + 1 // "lo firmaron A y B": the subject follows
	}
	if from < 0 || from >= len(t.units) {
		return -1, -1
	}
	for to = from + 1; to < len(t.units); to++ {
		u := &t.units[to]
		if u.prep != noPrep && u.prep != weakPrep || u.has(wording.Temporal, wording.Report, wording.Negation, wording.Causal) ||
			isDate(t, u) || u.clause != t.units[p].clause || u.afterRel || u.form != 0 {
			break
		}
		if u.afterComma && !u.afterConj && u.kind != nameUnit {
			break
		}
		if u.place || ofNoun(u) && !long {
			break
		}
	}
	return from, to
}
