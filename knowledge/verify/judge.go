package verify

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// judge decides whether one reading of the sentence follows from one reading of the fact.
func (p *prover) judge(c, f view) Verdict {
	a := p.table.align(c, f)
	p.known = nil
	for _, check := range [...]func(*alignment) Verdict{p.moved, p.kept, p.coordinated, p.omitted, p.subjectless, p.scopes, p.covered} {
		if v := check(&a); v.Check != Passed {
			return v
		}
	}
	return Verdict{OK: true}
}

// moved accounts for the sentence's units that do not stand in the fact's order: each run of them must be a phrase that
// may move.
func (p *prover) moved(a *alignment) Verdict {
	for i := 0; i < len(a.to); {
		if a.to[i] >= 0 {
			i++
			continue
		}
		end := i
		for end < len(a.to) && a.to[end] < 0 {
			end++
		}
		if v := p.move(a, i, end); v.Check != Passed {
			return v
		}
		i = end
	}
	return Verdict{}
}

// move finds the place of the claim's units from i to before end in the fact, and takes it if the move is licensed.
func (p *prover) move(a *alignment, i, end int) Verdict {
	for q := 0; q+(end-i) <= len(a.from); q++ {
		if p.sits(a, i, end, q) && p.mayMove(a, i, end, q) {
			for n := range end - i {
				a.to[i+n], a.from[q+n] = int16(q+n), int16(i+n)
			}
			return Verdict{}
		}
	}
	return p.misplaced(a, i, end)
}

// sits reports whether the fact has the units at q, one after the other, not used yet.
func (p *prover) sits(a *alignment, i, end, q int) bool {
	for n := range end - i {
		if a.from[q+n] >= 0 || !sameUnit(a.claim.text, a.claim.at(i+n), a.fact.text, a.fact.at(q+n)) {
			return false
		}
	}
	return true
}

// misplaced names what is wrong with units that the fact has, but elsewhere.
func (p *prover) misplaced(a *alignment, i, end int) Verdict {
	var words []string
	check, detail := Order, "the fact has it in another place"
	for n := i; n < end; n++ {
		u := a.claim.at(n)
		words = append(words, a.claim.raw[u.start:u.end])
		switch {
		case u.has(wording.Negation):
			check, detail = Negation, "the fact denies something else"
		case u.has(wording.Allegation, wording.Report, wording.Dispute, wording.Uncertainty) && check != Negation:
			check, detail = HedgeScope, "the fact says this of something else"
		case u.classes&^(1<<wording.LegalStage) != 0 && check == Order:
			check, detail = GuardWord, "the fact says this of something else"
		case u.kind == valueUnit && check == Order:
			check, detail = Binding, "in the fact it belongs to something else"
		case u.kind == pronounUnit && check == Order:
			check, detail = Pronoun, "it is not certain whom it means"
		}
	}
	return refuse(check, detail, words...)
}

// covered demands that alleged and conditional facts are told nearly whole, disputed ones whole and unrounded.
func (p *prover) covered(a *alignment) Verdict {
	if p.fact.whole == partly {
		return Verdict{}
	}
	total, told := 0, 0
	var left []string
	for j := range a.from {
		u := a.fact.at(j)
		if u.kind == pronounUnit || u.paren && p.fact.whole == nearly {
			continue
		}
		total++
		if a.from[j] >= 0 || p.fact.whole == nearly && p.isKnown(a, j) {
			told++
		} else {
			left = append(left, a.fact.raw[u.start:u.end])
		}
	}
	if p.fact.whole == entire {
		for i, j := range a.to {
			c, f := a.claim.at(i), a.fact.at(int(j))
			if c.kind == valueUnit && c.lit >= 0 && !c.equal(a.claim.lits, f, a.fact.lits) {
				return refuse(VerbatimRequired, "a disputed fact must be told whole", a.claim.raw[c.start:c.end])
			}
		}
		if told < total {
			return refuse(VerbatimRequired, "a disputed fact must be told whole; missing here", left...)
		}
	}
	if float64(told) < minCoverage*float64(total) {
		return refuse(VerbatimRequired, "this fact must be told nearly whole; missing here", left...)
	}
	return Verdict{}
}

func (u *unit) equal(lits []literal.Literal, f *unit, flits []literal.Literal) bool {
	return f.lit >= 0 && lits[u.lit].Equal(flits[f.lit])
}
