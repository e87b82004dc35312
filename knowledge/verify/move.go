package verify

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// near is over how many units a genitive or a date may change sides with the noun that it belongs to.
const near = 4

// mayMove reports whether the claim's units from i to before end may stand where they do, being at q in the fact.
func (p *prover) mayMove(a *alignment, i, end, q int) bool {
	c, f := a.claim.at(i), a.fact.at(q)
	n := end - i
	switch {
	case isTime(&a.claim, i, end) && adverbial(&a.claim, i, p) && adverbial(&a.fact, q, p):
		return samePrep(c.prep, f.prep) && p.timeMayMove(a, i, end, q)
	case c.has(wording.Report, wording.Allegation) && c.anchor && f.anchor:
		return (i == 0 && boundary(&a.claim, end) || end == len(a.to) && boundary(&a.claim, i)) && a.fact.at(0).clause == a.fact.at(len(a.from)-1).clause
	case n == 1 && c.poss != f.poss && c.kind != pronounUnit:
		return c.poss && (ofNoun(f) || p.prepOf(a, q) == weakPrep) && before(a, i, q) || f.poss && ofNoun(c) && behind(a, i, q)
	case n == 1 && c.kind == wordUnit && p.noun(a, i, q):
		return true
	case n == 1 && c.kind == valueUnit && c.lit >= 0:
		return premodifies(&a.claim, i, p) && ofNoun(f) && before(a, i, q) || premodifies(&a.fact, q, p) && ofNoun(c) && behind(a, i, q)
	case c.anchor && f.anchor && samePrep(c.prep, f.prep):
		front := a.fact.at(q).seg == a.fact.at(0).seg && a.fact.at(0).anchor && (boundary(&a.fact, q+n) || a.fact.at(q+n).anchor)
		last := q+n == len(a.from)
		between := end < len(a.to) && i > 0 && c.kind == valueUnit && a.claim.at(end).afterConj && p.finite(&a.claim, a.claim.at(end)) && !p.subordinate(a, i)
		return front && (end == len(a.to) || between) && oneClause(a) || i == 0 && boundary(&a.claim, end) && last && oneClause(a)
	}
	return false
}

// ofNoun reports whether a unit stands behind its noun with "of".
func ofNoun(u *unit) bool { return u.prep == weakPrep && !u.place }

// noun reports whether the word that moved is the noun of such a pair, and the other half stayed: "Fito's [capture]" of "the
// capture of Fito", "a [reward] of one million" of "a one-million reward".
func (p *prover) noun(a *alignment, i, q int) bool {
	c, f := &a.claim, &a.fact
	if i > 0 && c.at(i-1).poss && q+1 < len(a.from) && int(a.to[i-1]) == q+1 && ofNoun(f.at(q+1)) {
		return true
	}
	if i+1 >= len(a.to) || q == 0 || int(a.to[i+1]) != q-1 || !ofNoun(c.at(i+1)) {
		return false
	}
	return f.at(q-1).poss || f.at(q-1).kind == valueUnit && premodifies(f, q-1, p) && f.at(q).adjacent
}

// before reports whether the units right behind the claim's i are, whole and in order, those right before the fact's q:
// "Fito's extradition" of "the extradition of Fito".
func before(a *alignment, i, q int) bool {
	for q > 0 && a.from[q-1] < 0 && a.fact.at(q).adjacent {
		q-- // a modifier that is left out
	}
	for k := 1; k <= near && i+k < len(a.to); k++ {
		if a.to[i+k] < 0 || int(a.to[i+k])-int(a.to[i+1]) != k-1 || k > 1 && !a.claim.at(i+k).adjacent {
			return false
		}
		if int(a.to[i+k]) == q-1 {
			return true
		}
	}
	return false
}

// behind is before with the sides changed: "the extradition of Fito" of "Fito's extradition".
func behind(a *alignment, i, q int) bool {
	for k := 1; k <= near && q+k < len(a.from); k++ {
		if a.from[q+k] < 0 || int(a.from[q+k])-int(a.from[q+1]) != k-1 || k > 1 && !a.fact.at(q+k).adjacent {
			return false
		}
		if int(a.from[q+k]) == i-1 {
			return true
		}
	}
	return false
}

// isTime reports whether units are a time phrase: a date or a clock time with its temporal words.
func isTime(v *view, i, end int) bool {
	found := false
	for ; i < end; i++ {
		u := v.at(i)
		if u.kind == valueUnit && u.lit >= 0 {
			switch v.lits[u.lit].Kind {
			case literal.Date, literal.Time, literal.Decade:
				found = true
				continue
			}
		}
		if !u.has(wording.Temporal) && !(u.kind == wordUnit && timeWords[lower(v.raw[u.start:u.end])]) {
			return false
		}
	}
	return found
}

var timeWords = wordSet("night morning afternoon evening day noche mañana tarde día madrugada beginning end middle principios finales mediados year año")

// adverbial reports whether the unit begins a phrase of its own ("on July 31", "el 31 de julio"), rather than describing
// the noun behind or before it ("the July 31 meeting", "la reunión del 31 de julio").
func adverbial(v *view, i int, p *prover) bool {
	u := v.at(i)
	if u.article && !p.spanish() && i+1 < len(v.order) && v.at(i+1).adjacent && !isTime(v, i+1, i+2) && !u.place {
		return false
	}
	if u.place || u.has(wording.Temporal) || u.prep != noPrep && u.prep != weakPrep {
		return true
	}
	if p.spanish() {
		return u.prep == noPrep && u.afterDet && isTime(v, i, i+1)
	}
	return false
}

func premodifies(v *view, i int, p *prover) bool {
	u := v.at(i)
	return u.kind == valueUnit && u.article && !p.spanish()
}

// shift is how far the unit at i of the claim has gone from where its fact's place q would put it.
func (p *prover) shift(a *alignment, i, q int) int {
	best := len(a.from)
	for n, j := range a.to {
		if j < 0 || n < i-1 || n > i+1 {
			continue
		}
		best = min(best, max(int(j)-q, q-int(j)))
	}
	return best
}

func boundary(v *view, i int) bool { return i >= len(v.order) || v.at(i).seg != v.at(i-1).seg }

func oneClause(a *alignment) bool {
	return a.fact.units[0].clause == a.fact.units[len(a.fact.units)-1].clause
}

// timeMayMove allows a time to go where it still dates the same: from the front of the fact, which dates all of it, to the
// end of its last clause, unless that has a time of its own; from elsewhere only where it is the fact's only time and no
// second verb begins before it.
func (p *prover) timeMayMove(a *alignment, i, end, q int) bool {
	n := end - i
	others := p.otherTimes(a, q, n)
	if q == 0 {
		if i > 0 && (p.subordinate(a, i) || p.datesSaying(a, i, end) || end < len(a.to) && p.shift(a, i, q) > near) {
			return false
		}
		last := a.fact.at(len(a.from) - 1).clause
		return others == 0 || end == len(a.to) && p.timesIn(a, q, n, last) == 0
	}
	if others > 0 || a.fact.at(q).clause != 0 {
		return false
	}
	for j := range q {
		u := a.fact.at(j)
		if (u.afterConj && u.kind == wordUnit || u.afterRel) && a.from[j] >= 0 {
			return false
		}
	}
	if i == 0 {
		return true
	}
	if end < len(a.to) {
		return false
	}
	for j := q + n; j < len(a.from); j++ {
		u := a.fact.at(j)
		if a.from[j] >= 0 && int(a.from[j]) < i && (u.clause != 0 || (u.afterConj || u.afterRel) && u.kind == wordUnit) {
			return false
		}
	}
	return true
}

// datesSaying reports whether the time at the front of the fact says when something was said, and would come to say when it
// happens: "In July Reimberg said the officer would go" is not "Reimberg said the officer would go in July".
func (p *prover) datesSaying(a *alignment, i, end int) bool {
	if end < len(a.to) && a.claim.at(i-1).has(wording.Report) && a.claim.at(end).afterRel {
		return false // said in July that …
	}
	said, modal := false, false
	for n := range a.to {
		c := a.claim.at(n)
		if n < i {
			said = said || c.has(wording.Report)
		}
		modal = modal || c.has(wording.Modal)
	}
	return said && (modal || end < len(a.to))
}

// subordinate reports whether the claim's unit i stands behind a "that", a "who" or a temporal conjunction, in whose clause a
// time from the front would date something else: "found that he had escaped on January 7".
func (p *prover) subordinate(a *alignment, i int) bool {
	for n := 0; n <= i && n < len(a.to); n++ {
		u := a.claim.at(n)
		if u.afterRel || n > 0 && n < i && u.kind == wordUnit && subordinators[lower(a.claim.raw[u.start:u.end])] {
			return true
		}
	}
	return false
}

var subordinators = wordSet("after before when while until once since because although después cuando mientras hasta antes tras luego porque aunque")

// otherTimes counts the fact's adverbial times outside the n units from q.
func (p *prover) otherTimes(a *alignment, q, n int) (count int) {
	for j := range a.from {
		if (j < q || j >= q+n) && isTime(&a.fact, j, j+1) && adverbial(&a.fact, j, p) {
			count++
		}
	}
	return count
}

func (p *prover) timesIn(a *alignment, q, n int, clause int16) (count int) {
	for j := range a.from {
		if (j < q || j >= q+n) && a.fact.at(j).clause == clause && a.fact.at(q).clause != clause && isTime(&a.fact, j, j+1) && adverbial(&a.fact, j, p) {
			count++
		}
	}
	return count
}
