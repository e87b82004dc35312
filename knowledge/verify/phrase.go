package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/wording"
)

// phrase ends before the next phrase, comma or "and". A phrase that breaks off before a word is none: its head would stay
// without it; nor is one that has swallowed a verb. One with "as" is told or left out with all that follows.
func (p *prover) phrase(f *view, j, end int) int {
	from := f.at(j)
	if from.form != 0 || j > 0 && (from.prep == "against" || from.prep == "contra") && f.at(j-1).kind == wordUnit && p.finite(f, f.at(j-1)) {
		return j
	}
	if from.has(wording.Temporal) && from.kind == wordUnit {
		if e := p.while(f, j, end, func(x *unit) bool { return x.seg == from.seg }); p.ends(f, e, func(x *unit) bool { return x.seg == from.seg }) {
			return e
		}
	}
	if j > 0 && ofNoun(from) && from.alt[1] != 0 && f.at(j-1).kind == nameUnit && f.at(j-1).adjacentIn(f, j) {
		return j // the prosecution service of the United States is not that of Ecuador
	}
	e := j + 1
	for ; e < end; e++ {
		u := f.at(e)
		if u.seg != from.seg || u.anchor && !ofNoun(u) || u.afterRel || u.afterConj || u.afterDet && u.prep == noPrep && !f.at(e-1).poss {
			break
		}
		if from.prep != "as" && p.swallows(f, e, end) {
			return j
		}
	}
	if e >= len(f.order) || f.at(e).seg != from.seg {
		return e
	}
	next := f.at(e)
	if from.prep == "as" && !p.role(f, j) || ofNoun(next) && !next.afterConj || next.afterRel && e >= end {
		return j
	}
	if next.afterConj && e >= end && j > 0 && f.at(j-1).kind == valueUnit && !isTime(f, j-1, j) {
		return j // "13.5 million in aid and 6 million in drones"
	}
	if e >= end && next.kind == wordUnit && p.verbal(f, next) && f.at(e-1).kind == nameUnit && next.adjacent {
		return e // "the OFAC [of the Treasury] sanctioned"
	}
	if !next.anchor && !next.afterConj && !next.afterRel && next.form == 0 && !(next.afterDet && !f.at(e-1).poss) {
		return j
	}
	return e
}

// adjacentIn reports whether the fact's unit at j stands right behind the unit, in one segment.
func (u *unit) adjacentIn(f *view, j int) bool { return f.at(j).seg == u.seg && !f.at(j).afterConj }

// role reports whether the phrase with "as" only names an office: resigned as president.
func (p *prover) role(f *view, j int) bool {
	return j > 0 && roleVerbs[lower(f.raw[f.at(j-1).start:f.at(j-1).end])]
}

var roleVerbs = wordSet("replaced reemplazado reemplazada resigned office served acted renunció asumió ejerció")

// swallows reports whether the word at e of a phrase may be the verb behind it.
func (p *prover) swallows(f *view, e, end int) bool {
	u, before := f.at(e), f.at(e-1)
	if u.kind != wordUnit {
		return false
	}
	describes := e+1 < end && f.at(e+1).adjacent && (u.prep != noPrep || u.afterDet)
	if u.form != 0 || p.verbal(f, u) && !describes {
		return true
	}
	if u.prep != noPrep || u.afterDet || u.anchor {
		return false
	}
	if p.spanish() {
		return before.kind == nameUnit || !p.adjectives(f, e, e+1) && before.kind != valueUnit
	}
	return before.kind == valueUnit || before.kind == nameUnit && !before.poss && before.alt[1] == 0 ||
		before.kind == wordUnit && strings.HasSuffix(f.raw[before.start:before.end], "s") && !before.poss
}

// verbal reports whether a common word looks like a verb that tells something.
func (p *prover) verbal(f *view, u *unit) bool {
	w := lower(f.raw[u.start:u.end])
	if p.spanish() {
		x := exactKey(w, knowledge.Spanish)
		return accentedEnd(w) || irregularPast[w] || preterite(x) != x || len(w) > 5 && hasSuffix(w, []string{"aba", "aban", "ía", "ían", "ando", "iendo"})
	}
	return englishParticiple(w) || pastTense[w]
}

// pastTense are English pasts that do not end in -ed and are no participles.
var pastTense = wordSet(`began took gave went came wrote knew saw fell rose drew spoke chose broke stole flew hid drove grew wore swore became ran
	overturned fled sought remained`)
