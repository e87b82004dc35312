package verify

// kept compares what stands before paired units: prepositions that carry roles, auxiliaries that carry time, and 's.
func (p *prover) kept(a *alignment) Verdict {
	for i, j := range a.to {
		c, f := a.claim.at(i), a.fact.at(int(j))
		turned := a.claim.voice != a.fact.voice
		if (a.claim.voice || a.fact.voice) && (c.passive || f.passive) {
			if activeForm(c, a.claim.voice) != activeForm(f, a.fact.voice) {
				return p.tense(a, c, f)
			}
			continue
		}
		if form := p.formOf(a, int(j)); c.form != form && !(turned && edge(a, i)) {
			return p.tense(a, c, f)
		}
		if i > 0 && p.inherits(a, i) {
			return refuse(Order, "in the fact it belongs to what is left out", a.claim.raw[c.start:c.end])
		}
		if i > 0 && p.merged(a, i) {
			return refuse(Order, "the fact says this in another clause", a.claim.raw[c.start:c.end])
		}
		prepBefore := claimPrep(&a.claim, i)
		bothTurned := a.claim.voice && a.fact.voice
		if before := p.prepOf(a, int(j)); !(c.poss && !f.poss) && !(prepBefore == "as" && before == noPrep && f.afterDet) && (!samePrep(prepBefore, before) || c.prep == weakPrep && before == noPrep && c.kind != valueUnit && !p.nextTo(a, i)) &&
			!(turned && (edge(a, i) || agentPrep(prepBefore) || agentPrep(before))) && !(bothTurned && agentPrep(prepBefore) && before == noPrep) {
			return refuse(Order, "the fact relates it in another way", a.claim.raw[c.start:c.end])
		}
		if c.poss != f.poss && !p.genitive(a, i, int(j)) {
			return refuse(Order, "the fact relates it in another way", a.claim.raw[c.start:c.end])
		}
		if c.possessive != f.possessive && c.kind == pronounUnit && f.kind == pronounUnit {
			return refuse(Pronoun, "it is not certain whom it means", a.claim.raw[c.start:c.end])
		}
	}
	return Verdict{}
}

// claimPrep is the preposition before a unit, which stands before its possessor where it has one: over Fito's escape.
func claimPrep(v *view, i int) prep {
	for i > 0 && v.at(i).prep == noPrep && v.at(i-1).poss && v.at(i).seg == v.at(i-1).seg {
		i--
	}
	return v.at(i).prep
}

// inherits reports whether a phrase comes to hang on another noun, since the noun that it hangs on in the fact is left out: "the
// mission of [the liaison at] the NTC", "the mission [of the liaison] at the NTC".
func (p *prover) inherits(a *alignment, i int) bool {
	c, j := a.claim.at(i), int(a.to[i])
	f := a.fact.at(j)
	if j == 0 || a.from[j-1] >= 0 || f.prep != weakPrep || f.seg != a.fact.at(j-1).seg || isTime(&a.fact, j, j+1) {
		return false
	}
	if c.prep == weakPrep && c.place != f.place {
		return true
	}
	n := j - 1
	for n > 0 && a.from[n-1] < 0 && !a.fact.at(n).anchor {
		n--
	}
	head := a.fact.at(j - 1)
	return f.place && ofNoun(a.fact.at(n)) && head.kind == wordUnit && n > 0 && a.from[n-1] >= 0
}

// merged reports whether the sentence goes on without a break where the fact begins another clause.
func (p *prover) merged(a *alignment, i int) bool {
	c := a.claim.at(i)
	before, here := a.fact.at(int(a.to[i-1])), a.fact.at(int(a.to[i]))
	return before.clause != here.clause && c.seg == a.claim.at(i-1).seg && !c.afterConj && !p.elided(&a.fact, int(a.to[i]))
}

// nextTo reports whether "of" may stand before a unit that the fact has without: it was moved there, or has 's in the fact.
func (p *prover) nextTo(a *alignment, i int) bool {
	f := a.fact.at(int(a.to[i]))
	return f.poss || i > 0 && a.to[i] < a.to[i-1]
}

// elided reports whether a clause begins at j without a subject of its own: with its verb in Spanish, with "it" or "they" in
// English. Its subject is that of the clause before.
func (p *prover) elided(f *view, j int) bool {
	if j == 0 || f.at(j).anchor {
		return false
	}
	if !p.spanish() {
		it := f.at(j - 1)
		return it.kind == pronounUnit && !it.possessive && it.entity == 0 && it.clause == f.at(j).clause && j > 1 && f.at(j-2).clause != it.clause
	}
	return f.at(j).clause != f.at(j-1).clause && p.finite(f, f.at(j))
}

func (p *prover) tense(a *alignment, c, f *unit) Verdict {
	return refuse(Tense, "the fact has another time or mood before it", a.claim.raw[c.start:c.end])
}

// edge reports whether the unit of a turned sentence begins the subject or the agent, whose prepositions change.
func edge(a *alignment, i int) bool {
	c := a.claim.at(i)
	f := a.fact.at(int(a.to[i]))
	return agentPrep(c.prep) || agentPrep(f.prep) || i == 0 || c.passive || a.claim.at(i-1).passive || a.to[i] > 0 && a.fact.at(int(a.to[i])-1).passive
}

// agentPrep reports whether a preposition may mark the agent of a passive, or a person as the object of a Spanish verb.
func agentPrep(p prep) bool { return p == "by" || p == "por" || p == "a" }

// activeForm is the auxiliaries that a passive keeps when it is told actively: the form of be goes, the time stays.
func activeForm(u *unit, turned bool) form {
	if !turned || !u.passive || u.clitic {
		return u.form
	}
	return u.form &^ (bePast | been)
}

// formOf is the auxiliaries before the fact's unit j: its own, or those of a modifier left out right before it.
func (p *prover) formOf(a *alignment, j int) form {
	u := a.fact.at(j)
	for u.form == 0 && j > 0 && a.from[j-1] < 0 && (u.adjacent || u.afterConj) && a.fact.order[j] == a.fact.order[j-1]+1 {
		if u.afterConj && p.finite(&a.fact, u) {
			return p.conjoined(&a.fact, j)
		}
		j--
		u = a.fact.at(j)
	}
	return u.form
}

// finite reports whether a word tells something: a past, or a participle that shares an auxiliary.
func (p *prover) finite(f *view, u *unit) bool {
	if u.kind != wordUnit {
		return false
	}
	w := lower(f.raw[u.start:u.end])
	return u.form != 0 || p.verbal(f, u) || p.spanish() && (spanishParticiple(w) || irregularPast[w])
}

// conjoined is the auxiliary that a participle behind "and" shares with the verb before: was taken and handed.
func (p *prover) conjoined(f *view, j int) form {
	u := f.at(j)
	w := lower(f.raw[u.start:u.end])
	if u.form != 0 || !englishParticiple(w) && !p.spanish() || p.spanish() && !spanishParticiple(w) {
		return u.form
	}
	for n := j - 1; n >= 0 && f.at(n).seg == u.seg; n-- {
		if f.at(n).form != 0 {
			return f.at(n).form
		}
	}
	return u.form
}

// prepOf is the preposition before the fact's unit j, found in the same way.
func (p *prover) prepOf(a *alignment, j int) prep {
	for j > 0 && a.fact.at(j).prep == noPrep && a.fact.at(j-1).poss && a.fact.at(j).seg == a.fact.at(j-1).seg {
		j-- // as claimPrep does
	}
	u := a.fact.at(j)
	for u.prep == noPrep && j > 0 && a.from[j-1] < 0 && (u.adjacent || u.afterConj && a.fact.at(j-1).kind == valueUnit) && a.fact.order[j] == a.fact.order[j-1]+1 {
		j--
		u = a.fact.at(j)
	}
	return u.prep
}

func samePrep(c, f prep) bool {
	if c == weakPrep {
		c = noPrep
	}
	if f == weakPrep {
		f = noPrep
	}
	return c == f
}

// genitive reports whether 's on one side is "of", an adjective or a noun before a noun on the other.
func (p *prover) genitive(a *alignment, i, j int) bool {
	c, f := a.claim.at(i), a.fact.at(j)
	if c.kind == wordUnit && c.alt[1] != 0 || f.kind == wordUnit && f.alt[1] != 0 {
		return true
	}
	other, view, at := f, &a.fact, j
	if f.poss {
		other, view, at = c, &a.claim, i
	}
	if other.prep == weakPrep && !other.place || c.poss && p.prepOf(a, j) == weakPrep {
		return true
	}
	return at+1 < len(view.order) && view.at(at+1).adjacent && view.at(at+1).kind == nameUnit
}
