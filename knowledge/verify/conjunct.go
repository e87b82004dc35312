package verify

import "strings"

// orTail is an alternative under a negation: who denies both denies each. "names the officer [or gives the rank]"
func (p *prover) orTail(a *alignment, j, end int) int {
	f := &a.fact
	u := f.at(j)
	if u.classes != orBit || !p.denied(a, j) {
		return j
	}
	for e := j + 1; e <= end; e++ {
		if e >= len(f.order) || f.at(e).seg != u.seg || e >= j+2 && f.at(e).anchor {
			return e
		}
	}
	return j
}

// denied reports whether a negation of the whole clause, which is told, stands before j.
func (p *prover) denied(a *alignment, j int) bool {
	for n := j - 1; n >= 0 && a.fact.at(n).clause == a.fact.at(j).clause; n-- {
		g := a.fact.at(n)
		if a.from[n] >= 0 && wholeClause[lower(a.fact.raw[g.start:g.end])] {
			return true
		}
	}
	return false
}

// conjunct is the first of two predicates of one subject: "was [taken from La Roca and] handed to officials"; in Spanish
// also the rest of a clause whose subject the next one shares.
func (p *prover) conjunct(a *alignment, j, end int) int {
	f := &a.fact
	if end >= len(f.order) || j == 0 || f.at(j).afterDet && f.at(j).form == 0 {
		return j
	}
	next := f.at(end)
	if p.elided(f, end) && (f.at(j).form != 0 || f.at(end-1).clause != next.clause || end > j) && p.subjectOnly(a, j) {
		return end
	}
	if !next.afterConj || next.seg != f.at(j).seg || !p.finite(f, f.at(j)) || !p.finite(f, next) {
		return j
	}
	return end
}

// subjectOnly reports whether what is told before j in its clause is the clause's subject: names, values and nouns without an
// auxiliary.
func (p *prover) subjectOnly(a *alignment, j int) bool {
	f := &a.fact
	clause := f.at(j).clause
	for n := j - 1; n >= 0 && f.at(n).clause == clause; n-- {
		if u := f.at(n); a.from[n] >= 0 && (u.form != 0 || p.finite(f, u) || limiting(u)) {
			return false
		}
	}
	return f.at(j).form != 0 || p.finite(f, f.at(j)) || !p.spanish() && f.at(j).adjacent && strings.HasSuffix(f.raw[f.at(j).start:f.at(j).end], "s")
}

// agentPiece is who did it, in front of a verb that the sentence tells in the passive without an agent.
func (p *prover) agentPiece(a *alignment, j, end int) int {
	if a.claim.agentless == 0 || a.fact.agentless > 0 {
		return j
	}
	verb := int(a.to[a.claim.agentless-1])
	if verb != end || end == 0 || a.fact.at(verb).form != 0 && a.fact.at(verb).form&(bePast|bePresent) != 0 {
		return j
	}
	for n := j; n < end; n++ {
		if a.fact.at(n).clause != a.fact.at(verb).clause || a.fact.at(n).afterRel {
			return j
		}
	}
	return end
}

// listItem is a name in a list of names.
func (p *prover) listItem(a *alignment, j, end int) int {
	u := a.fact.at(j)
	isItem := func(n int) bool {
		return n >= 0 && n < len(a.from) && a.fact.at(n).kind == nameUnit && !a.fact.at(n).poss
	}
	if !isItem(j) || u.anchor {
		return j
	}
	goesOn := func(n int) bool { // "…, B and", "…, B, C"
		return isItem(n) && a.fact.at(n).seg == u.seg+1 && a.fact.at(n).afterComma && isItem(n+1) && (a.fact.at(n+1).afterConj || a.fact.at(n+1).afterComma)
	}
	behind := isItem(j-1) && (u.afterConj || u.afterComma && isItem(j+1) && (a.fact.at(j+1).afterConj || a.fact.at(j+1).afterComma))
	ahead := isItem(j+1) && a.fact.at(j+1).afterConj || goesOn(j+1)
	if behind || ahead {
		return j + 1
	}
	return j
}
