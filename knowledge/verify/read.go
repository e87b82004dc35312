package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// reader cuts one text.
type reader struct {
	*side
	text
	tokens  []lang.Token
	classes []uint32 // by token
	stages  []wording.Stage
	told    []bool
	values  []int16 // by token: 1 + the value that covers it, -1-n for code n
	codes   []literal.Span
	moods   []bool // by token: an "is to be" ends here
	first   bool   // no word yet
	next    unit   // what has been seen before the unit to come
	any     bool   // something since the last unit, other than white space
	listed  func(entity int32) bool
}

// read cuts a text into units. listed says which entities a fact lists; nil for sentences.
func (s *side) read(raw string, listed func(int32) bool) *text {
	if s.lang == knowledge.English {
		raw = s.expand(raw)
	}
	r := reader{side: s, text: text{raw: raw}, first: true, listed: listed}
	r.units = make([]unit, 0, len(raw)/6+4)
	r.tokens = lang.Tokens(make([]lang.Token, 0, len(raw)/4+8), raw)
	r.mark()
	r.quotes = quotedSpans(raw)
	r.next.afterDet = true
	for i := 0; i < len(r.tokens); {
		i = r.step(i)
	}
	r.broken = r.broken || r.next.prep != noPrep || r.next.afterDet && !r.possessed() || r.next.afterConj || r.next.afterRel || r.next.form != 0
	r.resolve()
	return &r.text
}

// step reads what begins at token i and returns where the next begins.
func (r *reader) step(i int) int {
	t := &r.tokens[i]
	if v := r.values[i]; v != 0 {
		return r.value(i, v)
	}
	if t.Kind == lang.Punct {
		r.punct(t)
		return i + 1
	}
	if t.Kind == lang.Word && (t.Folded == "'s" || t.Folded == "s" && t.Start > 0 && !isLetter(r.raw[t.Start-1])) && len(r.units) > 0 && r.units[len(r.units)-1].end == t.Start {
		r.units[len(r.units)-1].poss = true
		r.next.afterDet, r.any = true, true
		return i + 1
	}
	if e, n := r.names.find(r.tokens, i); n > 0 && r.free(i, n) {
		return r.name(i, n, e)
	}
	if e, n := r.phrases.find(r.tokens, i); n > 0 && r.free(i, n) {
		r.push(unit{kind: wordUnit, start: t.Start, end: r.tokens[i+n-1].End, key: e.key, exact: e.key}, i, i+n)
		return i + n
	}
	return r.word(i)
}

// free reports whether no token of a phrase belongs to a value.
func (r *reader) free(i, n int) bool {
	for _, v := range r.values[i : i+n] {
		if v != 0 {
			return false
		}
	}
	return true
}

func (r *reader) value(i int, v int16) int {
	j := i
	for j < len(r.tokens) && r.values[j] == v {
		j++
	}
	u := unit{kind: valueUnit, start: r.tokens[i].Start, end: r.tokens[j-1].End, lit: v - 1}
	if v < 0 {
		u.lit = -1
		u.key = r.in.add("#" + r.raw[u.start:u.end])
	} else {
		u.start, u.end = r.lits[v-1].Start, r.lits[v-1].End
	}
	r.push(u, i, j)
	return j
}

func (r *reader) name(i, n int, e ending) int {
	t := &r.tokens[i]
	u := unit{kind: nameUnit, start: t.Start, end: r.tokens[i+n-1].End, key: e.key, exact: e.surface, entity: e.entity, capital: !r.first}
	if e.weak {
		u.alt[0] = e.surface
		if r.listed != nil && !r.listed(e.entity) {
			u.key, u.entity = e.surface, 0
		}
	}
	if n == 1 {
		if k := r.in.add(exactKey(strings.ToLower(t.Text), r.lang)); k != 0 {
			u.alt[2] = k
		}
	}
	u.alt[1] = r.country(e)
	r.push(u, i, i+n)
	return i + n
}

// country returns the key of a country's adjectives for an entity that is one, else 0.
func (r *reader) country(e ending) int32 {
	if e.entity == 0 {
		return 0
	}
	ent := &r.base.Entities[e.entity-1]
	if ent.Kind != knowledge.Place || !countryNames[lang.Fold(ent.Name)] {
		return 0
	}
	return r.in.add("country " + lang.Fold(ent.Name))
}

// push adds a unit that covers the tokens from i to before end.
func (r *reader) push(u unit, i, end int) {
	n := &r.next
	u.prep, u.form, u.seg, u.clause, u.afterDet, u.afterConj, u.afterRel = n.prep, n.form, n.seg, n.clause, n.afterDet, n.afterConj, n.afterRel
	u.afterComma, u.paren, u.clitic, u.anchor, u.place, u.article = n.afterComma, n.paren, n.clitic, n.anchor, n.place, n.article
	u.adjacent = !r.any && len(r.units) > 0
	u.hyphen, u.dative = n.hyphen, n.dative
	r.voice(&u, n)
	for j := i; j < end; j++ {
		u.classes |= r.classes[j]
		if r.stages[j] != wording.NoStage {
			u.stage, u.told = r.stages[j], r.told[j]
		}
	}
	if u.kind == valueUnit {
		u.classes &^= 1<<wording.Approximator | 1<<wording.Comparison
	}
	if u.kind == nameUnit {
		u.classes, u.stage = 0, wording.NoStage
	}
	if u.has(wording.Temporal) && u.kind == wordUnit && temporalPrepositions[lower(r.raw[u.start:u.end])] || u.has(wording.Report, wording.Allegation) && startsAttribution(r.raw[u.start:u.end]) {
		u.anchor = true
	}
	for _, q := range r.quotes {
		u.quoted = u.quoted || u.start >= q.start && u.end <= q.end
	}
	r.first, r.any = false, false
	r.next = unit{seg: n.seg, clause: n.clause, paren: n.paren}
	if u.kind == nameUnit && (r.collapse(&u) || r.absorb(&u)) {
		return
	}
	if u.kind == nameUnit {
		r.entitle(&u)
	}
	r.units = append(r.units, u)
}
