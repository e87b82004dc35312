package verify

import "enlace/knowledge"

// Pair reports whether a text in language l is proved by one fact alone. Pronouns must have their antecedent in the text.
func (v *Verifier) Pair(text string, fact knowledge.FactID, l knowledge.Lang) Verdict {
	s := v.side(l)
	ft := s.find(fact)
	if verdict := usable(ft, fact); verdict.Check != Passed {
		return verdict
	}
	clean, verdict := s.admit(text, ft.text.raw)
	if verdict.Check != Passed {
		verdict.Fact = fact
		return verdict
	}
	return v.prove(s, s.read(clean, nil), ft, antecedents{})
}

// usable refuses facts that prove nothing.
func usable(ft *factText, id knowledge.FactID) Verdict {
	switch {
	case ft == nil:
		return Verdict{Check: UnknownFact, Fact: id, Detail: "there is no such fact"}
	case !ft.fact.InService():
		return Verdict{Check: Withdrawn, Fact: id, Detail: "the fact is kept for history only"}
	case ft.text == nil:
		return Verdict{Check: UnknownFact, Fact: id, Detail: "the fact has no text in this language; quote the other one"}
	}
	return Verdict{}
}

// prove decides one sentence against one fact. Pronouns that the sentence leaves open are taken from the sentence before.
func (v *Verifier) prove(s *side, c *text, ft *factText, before antecedents) Verdict {
	m := v.tables.Get().(*table)
	defer v.tables.Put(m)
	p := prover{side: s, table: m, fact: ft}
	best := p.prove(c)
	if !best.OK && before.text != nil {
		best = p.withAntecedents(c, before, best)
	}
	best.Fact = ft.fact.ID
	if best.OK {
		best.Proof = []knowledge.FactID{ft.fact.ID}
	}
	return best
}

// prove runs the checks on one reading of the sentence.
func (p *prover) prove(c *text) Verdict {
	if c.broken && !p.fact.text.broken || len(c.units) < 2 && len(p.fact.text.units) > 1 {
		return refuse(Structure, "it is no sentence")
	}
	if v := inQuotes(c, p.fact.text); v.Check != Passed {
		return v
	}
	if v := p.novel(c); v.Check != Passed {
		return v
	}
	var asWritten Verdict
	for i, cv := range p.views(c, false) {
		for j, fv := range p.fact.views {
			v := p.judge(cv, fv)
			if v.OK {
				return v
			}
			if i == 0 && j == 0 {
				asWritten = v
			}
		}
	}
	return asWritten
}
