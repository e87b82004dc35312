package verify

import (
	"strings"

	"enlace/knowledge/wording"
)

// maxModifiers is how many modifiers of one noun may be left out.
const maxModifiers = 3

// modifier is a run of common words or values that describe the noun right behind them, a country before a noun, and in
// Spanish the adjectives right behind a noun.
func (p *prover) modifier(a *alignment, j, end int) int {
	f := &a.fact
	if e := titled(f, j, end); e > j {
		return e
	}
	if e := p.adjectivesEnd(f, j, end); e > j {
		return e
	}
	if end-j > maxModifiers || end >= len(f.order) {
		return j
	}
	next := f.at(end)
	if u := f.at(j); end == j+1 && u.kind == valueUnit && u.afterDet && next.afterConj && next.seg == u.seg && !labelled(f, u) {
		return end // "the [third and] final stop"
	}
	for n := j; n < end; n++ {
		u := f.at(n)
		country := u.kind != valueUnit && u.alt[1] != 0 && !u.poss
		if u.kind == nameUnit && !country || u.kind == valueUnit && labelled(f, u) || u.kind == pronounUnit || u.capital && !country || n > j && !u.adjacent && !u.afterConj && !u.hyphen || limiting(u) || p.predicate(f, u, n == j) {
			return j
		}
	}
	if !next.adjacent || next.seg != f.at(j).seg || next.form != 0 || next.anchor || limiting(next) {
		return j
	}
	if u := f.at(j); end == j+1 && u.alt[1] != 0 && u.kind != valueUnit && !u.poss && !u.afterConj && !p.spanish() && (next.kind == wordUnit || next.kind == nameUnit) && !p.finite(f, next) {
		return end // "the [US] case"
	}
	if p.described(a, j) && next.kind == wordUnit && !p.finite(f, next) {
		return end
	}
	return j
}

// adjectivesEnd returns where a run of Spanish adjectives behind a told noun ends, if a phrase, a comma or a verb follows.
func (p *prover) adjectivesEnd(f *view, j, end int) int {
	if !p.spanish() || j == 0 || !f.at(j).adjacent || f.at(j-1).kind != wordUnit {
		return j
	}
	e := j
	for e < end && e-j < maxModifiers && f.at(e).adjacent && !limiting(f.at(e)) && !f.at(e).capital && p.adjectives(f, e, e+1) {
		e++
	}
	if e == j || e >= len(f.order) {
		return e
	}
	if next := f.at(e); next.anchor || next.afterComma || next.afterConj || next.afterRel || next.form != 0 || next.seg != f.at(j).seg || next.kind == nameUnit && next.adjacent {
		return e
	}
	return j
}

// labelled reports whether a value is a name: count one, article 79.
func labelled(f *view, u *unit) bool { return u.lit < 0 || f.lits[u.lit].Label != "" }

// predicate reports whether a word among modifiers may be the verb of the nouns before it.
func (p *prover) predicate(f *view, u *unit, first bool) bool {
	if p.spanish() || u.kind != wordUnit {
		return false
	}
	return strings.HasSuffix(f.raw[u.start:u.end], "s") || !first && p.verbal(f, u)
}

// limiting reports whether a unit is a guard word, which never is a mere modifier.
func limiting(u *unit) bool { return u.classes&^(1<<wording.LegalStage|1<<wording.Upgrade) != 0 }

// described reports whether a noun phrase is open before unit j: an article, a preposition other than to, or such a
// phrase's value.
func (p *prover) described(a *alignment, j int) bool {
	u := a.fact.at(j)
	for j > 0 && u.adjacent && (a.fact.at(j-1).kind == valueUnit || a.fact.at(j - 1).alt[1] != 0) {
		j--
		u = a.fact.at(j)
	}
	if u.prep == "to" || u.form != 0 && !u.afterDet || j > 0 && a.fact.at(j-1).poss {
		return false
	}
	return u.afterDet
}

var adjectiveEndings = []string{"o", "a", "os", "as", "al", "ales", "ar", "ares", "ivo", "iva", "ente", "entes", "ible", "ibles", "able", "ables", "or", "oras", "és", "esa", "il", "iles"}

func (p *prover) adjectives(f *view, j, end int) bool {
	for ; j < end; j++ {
		w := lower(f.raw[f.at(j).start:f.at(j).end])
		if f.at(j).kind != wordUnit || accentedEnd(w) || preterite(w) != w || !hasSuffix(w, adjectiveEndings) {
			return false
		}
	}
	return true
}
