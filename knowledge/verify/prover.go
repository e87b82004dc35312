package verify

import "enlace/knowledge/literal"

// prover is one proof in progress.
type prover struct {
	*side
	table *table
	fact  *factText

	before *antecedents // of the sentence before, where it may be used
	known  []bool       // by unit of the fact: left out, but certain from the context
}

// better returns the verdict that is nearer to a proof: of two that miss words the one that misses fewer, else the one whose
// check comes later.
func better(a, b Verdict) Verdict {
	switch {
	case a.OK || a.Check == Passed && !b.OK && b.Check == Passed:
		return a
	case b.OK || a.Check == Passed:
		return b
	case a.Check.missing() && b.Check.missing() && len(a.Words) != len(b.Words):
		if len(b.Words) < len(a.Words) {
			return b
		}
		return a
	case b.Check.rank() > a.Check.rank():
		return b
	}
	return a
}

// withAntecedents tries the sentence with its open pronouns bound, by name and by the words of the subject before, and with
// what the sentence before makes certain left out.
func (p *prover) withAntecedents(c *text, before antecedents, best Verdict) Verdict {
	p.before = &before
	defer func() { p.before = nil }()
	open := -1
	bound := *c
	bound.units = append([]unit(nil), c.units...)
	for i := range c.units {
		if c.units[i].kind == pronounUnit && c.units[i].entity == 0 {
			open = i
			p.bind(&bound, before)
			break
		}
	}
	best = better(best, p.prove(&bound))
	if best.OK || open < 0 || c.units[open].possessive {
		return best
	}
	if open == 0 && len(before.subject) > 0 {
		best = better(best, p.prove(substitute(c, 0, before)))
	}
	if own := antecedentsOf(p.side, p.fact.text); !best.OK && p.sameSubject(own, before) {
		best = better(best, p.prove(substitute(c, open, own)))
	}
	return best
}

// substitute returns the sentence with the pronoun at i replaced by the subject of the sentence before.
func substitute(c *text, i int, before antecedents) *text {
	t := *c
	t.units = append([]unit(nil), c.units[:i]...)
	shift := int16(len(c.lits))
	t.lits = append(append([]literal.Literal(nil), c.lits...), before.of.lits...)
	for _, u := range before.subject {
		if u.kind == valueUnit && u.lit >= 0 {
			u.lit += shift
		}
		u.seg, u.clause, u.start, u.end, u.quoted = c.units[i].seg, c.units[i].clause, c.units[i].start, c.units[i].end, false
		t.units = append(t.units, u)
	}
	t.units = append(t.units, c.units[i+1:]...)
	return &t
}
