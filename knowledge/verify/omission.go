package verify

import "enlace/knowledge/wording"

// omitted checks every run of the fact's units that the sentence leaves out: it must fall apart into pieces that nothing
// told depends on.
func (p *prover) omitted(a *alignment) Verdict {
	for j := 0; j < len(a.from); {
		if p.told(a, j) {
			j++
			continue
		}
		end := j
		for end < len(a.from) && a.from[end] < 0 {
			end++
		}
		for p.told(a, end-1) {
			end--
		}
		if v := p.run(a, j, end); v.Check != Passed {
			return v
		}
		j = end
	}
	return Verdict{}
}

// told reports whether a unit is in the sentence, or need not be: pronouns say nothing of their own.
func (p *prover) told(a *alignment, j int) bool {
	return a.from[j] >= 0 || a.fact.at(j).kind == pronounUnit || p.isKnown(a, j)
}

func (p *prover) run(a *alignment, j, end int) Verdict {
	for j < end {
		if e := p.certain(a, j, end); e > j {
			for ; j < e; j++ {
				p.known[a.fact.order[j]] = true
			}
			continue
		}
		next := p.piece(a, j, end)
		if next <= j || p.orphans(a, j, next) {
			return p.leftOut(a, j, end)
		}
		if v := p.guarded(a, j, next); v.Check != Passed {
			return v
		}
		j = next
	}
	return Verdict{}
}

// orphans reports whether what follows the piece behind a comma may belong to it: "flown to Guayaquil [and held in La
// Roca], a prison". A whole segment takes nothing along.
func (p *prover) orphans(a *alignment, j, next int) bool {
	f := &a.fact
	if next >= len(f.order) || a.from[next] < 0 || f.at(next).seg == f.at(next-1).seg || f.at(next).clause != f.at(next-1).clause {
		return false
	}
	if titled(f, j, next) == next || f.at(next-1).seg == f.at(0).seg && f.at(0).anchor {
		return false
	}
	seg := f.at(next - 1).seg
	if p.opens(a, j, func(x *unit) bool { return x.seg == seg }) || f.at(j).seg != seg {
		return f.at(next).afterRel
	}
	u := f.at(next)
	return u.afterRel || !u.anchor && !u.afterConj && !u.paren && !f.at(next-1).paren && u.form == 0 && !isTime(f, next, next+1)
}

// leftOut names the check for a run that is no loose piece.
func (p *prover) leftOut(a *alignment, j, end int) Verdict {
	var words []string
	check, detail := Omission, "what is told depends on it"
	for ; j < end; j++ {
		u := a.fact.at(j)
		words = append(words, a.fact.raw[u.start:u.end])
		if v := dropped(u); v.Check != Passed && check == Omission {
			check, detail = v.Check, v.Detail
		}
	}
	return refuse(check, detail, words...)
}

// dropped names what is lost with a guard word.
func dropped(u *unit) Verdict {
	switch {
	case u.has(wording.Negation):
		return refuse(Negation, "the fact denies this")
	case u.has(wording.Allegation, wording.Report, wording.Dispute, wording.Uncertainty):
		return refuse(Hedge, "the fact only says so with this")
	case limiting(u):
		return refuse(GuardWord, "the fact limits it with this")
	}
	return Verdict{}
}
