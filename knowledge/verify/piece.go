package verify

import "enlace/knowledge/wording"

// piece returns the end of the loose piece that begins at j, or j.
func (p *prover) piece(a *alignment, j, end int) int {
	f := &a.fact
	u := f.at(j)
	clause := func(x *unit) bool { return x.clause == u.clause }
	segment := func(x *unit) bool { return x.seg == u.seg }
	if u.paren {
		return p.while(f, j, end, func(x *unit) bool { return x.paren })
	}
	if e := p.agentPiece(a, j, end); e > j {
		return e
	}
	if e := p.rest(f, j, end, clause); e > j && p.opens(a, j, clause) {
		return e
	}
	aside := u.anchor || adverbial(f, j, p) || !p.opens(a, j, clause)
	if e := p.rest(f, j, end, segment); e > j && (u.afterRel && p.wordy(f, j, e) || aside && p.opens(a, j, segment) && !p.main(f, u)) {
		return e
	}
	if u.afterRel {
		return j
	}
	return p.within(a, j, end)
}

// wordy reports whether a piece has a common word: the name behind "that" alone is no clause, but the subject of one.
func (p *prover) wordy(f *view, j, end int) bool {
	for ; j < end; j++ {
		if f.at(j).kind == wordUnit {
			return true
		}
	}
	return false
}

// within returns the end of a loose piece inside a segment.
func (p *prover) within(a *alignment, j, end int) int {
	f := &a.fact
	u := f.at(j)
	if e := titled(f, j, end); e > j {
		return e
	}
	if u.anchor && !u.has(wording.Negation) || u.kind == valueUnit && adverbial(f, j, p) {
		if e := p.phrase(f, j, end); e > j {
			return e
		}
		return p.modifier(a, j, end)
	}
	for _, find := range [...]func(*alignment, int, int) int{p.orTail, p.conjunct, p.event, p.listItem, p.joinedItem} {
		if e := find(a, j, end); e > j {
			return e
		}
	}
	return p.modifier(a, j, end)
}

// event is the noun of a dated phrase: in the April 2024 [vote].
func (p *prover) event(a *alignment, j, _ int) int {
	f := &a.fact
	u := f.at(j)
	if j > 0 && p.told(a, j-1) && isTime(f, j-1, j) && f.at(j-1).place && u.adjacent && u.kind == wordUnit && (boundary(f, j+1) || f.at(j+1).anchor) {
		return j + 1
	}
	return j
}

// joinedItem is what "and" adds up to the end of a segment, and in Spanish an adjective that it adds: "acuerdos de fuerzas [y
// marítimo] con".
func (p *prover) joinedItem(a *alignment, j, end int) int {
	f := &a.fact
	u := f.at(j)
	switch {
	case !u.afterConj:
		return j
	case p.spanish() && p.adjectives(f, j, j+1) && !limiting(u) && j+1 < len(f.order) && f.at(j+1).anchor:
		return j + 1
	}
	return p.rest(f, j, end, func(x *unit) bool { return x.seg == u.seg })
}

// rest returns the end of the units that are the same, if all of them up to where they end in the fact are left out, else j.
func (p *prover) rest(f *view, j, end int, same func(*unit) bool) int {
	if e := p.while(f, j, end, same); e > j && p.ends(f, e, same) {
		return e
	}
	return j
}

// while returns where the units that are the same, and follow each other in the fact as it is written, end.
func (p *prover) while(f *view, j, end int, same func(*unit) bool) int {
	for from := j; j < end && same(f.at(j)) && int(f.order[j])-int(f.order[from]) == j-from; {
		j++
	}
	return j
}

// opens reports whether a piece begins at j in the fact as it is written, pronouns that are left out aside.
func (p *prover) opens(a *alignment, j int, same func(*unit) bool) bool {
	at := int(a.fact.order[j]) - 1
	for at >= 0 && a.fact.units[at].kind == pronounUnit && !p.toldUnit(a, at) {
		at--
	}
	return at < 0 || !same(&a.fact.units[at])
}

// main reports whether a segment that begins with the unit goes on with the clause's own verb: ", was captured in Tena".
func (p *prover) main(f *view, u *unit) bool {
	if u.afterConj || u.afterRel {
		return false
	}
	return u.form != 0 || p.spanish() && u.kind == wordUnit && p.verbal(f, u)
}

// toldUnit reports whether the sentence has the fact's unit, given by its place in the text.
func (p *prover) toldUnit(a *alignment, unit int) bool {
	for j, u := range a.fact.order {
		if int(u) == unit {
			return a.from[j] >= 0
		}
	}
	return false
}

// ends reports whether the piece before the place e of the fact is followed by something that is no longer of it, in the
// fact as it is written.
func (p *prover) ends(f *view, e int, same func(*unit) bool) bool {
	next := int(f.order[e-1]) + 1
	for next < len(f.units) && f.units[next].kind == pronounUnit {
		next++
	}
	return next >= len(f.units) || !same(&f.units[next])
}
