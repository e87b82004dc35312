package verify

// coordinated checks that "and" stands where the fact has it: moved or dropped, it makes a source of a convict and one person
// of two.
func (p *prover) coordinated(a *alignment) Verdict {
	for i, j := range a.to {
		c, f := a.claim.at(i), a.fact.at(int(j))
		if i > 0 && j > 0 && c.clause != a.claim.at(i-1).clause && f.seg == a.fact.at(int(j)-1).seg && !f.afterConj && a.to[i-1] == j-1 {
			return refuse(Order, "the fact goes on without a break here", a.claim.raw[c.start:c.end])
		}
		if c.hyphen || f.hyphen || i == 0 || j == 0 || c.afterConj == f.afterConj {
			continue
		}
		word := a.claim.raw[c.start:c.end]
		if c.afterConj && !p.addsUp(a, i, int(j)) {
			return refuse(Order, "the fact does not join it by \"and\"", word)
		}
		if f.afterConj && !p.apart(a, i, int(j)) {
			return refuse(Order, "the fact joins it by \"and\"", word)
		}
	}
	return Verdict{}
}

// addsUp reports whether "and" may stand before the claim's unit i, which the fact has at j without: the fact begins another
// clause there, has the "and" on a unit left out before it, or ends its list later.
func (p *prover) addsUp(a *alignment, i, j int) bool {
	f := &a.fact
	if f.at(j).clause != f.at(j-1).clause || a.claim.voice != f.voice {
		return true
	}
	for n := j - 1; n >= 0 && a.from[n] < 0; n-- {
		if f.at(n).afterConj && f.at(n).kind == nameUnit && f.at(j).kind == wordUnit && p.finite(f, f.at(j)) {
			return false // "the United States and [Ecuador] signed"
		}
		if f.at(n).afterConj || f.at(n).clause != f.at(j).clause {
			return true
		}
	}
	if !f.at(j).afterComma {
		return false
	}
	last := j
	for last+1 < len(f.order) && a.from[last+1] >= 0 && f.at(last+1).seg == f.at(j).seg {
		last++
	}
	for n := last + 1; n < len(f.order) && a.from[n] < 0; n++ {
		if f.at(n).afterConj {
			return true
		}
	}
	return false
}

// apart reports whether the claim's unit i may do without the "and" that the fact has at j: what it is joined to is left out,
// or the claim begins another clause with it.
func (p *prover) apart(a *alignment, i, j int) bool {
	c := a.claim.at(i)
	if c.clause != a.claim.at(i-1).clause || a.claim.voice != a.fact.voice {
		return true
	}
	return a.from[j-1] < 0 && !c.afterComma
}
