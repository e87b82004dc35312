package verify

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// maxFacts is how many facts one sentence may cite.
const maxFacts = 2

// Verify decides every sentence of a draft by itself, in order; a proved sentence is what the pronouns of the next refer to.
// The verdicts depend on nothing but the base and the draft, and on the draft's facts only through the ids that a sentence
// cites: further retrieved facts never prove anything.
func (v *Verifier) Verify(d Draft) Report {
	var r Report
	s := v.side(d.Lang)
	var before antecedents
	for _, sentence := range d.Sentences {
		verdict, read := v.sentence(s, d, sentence, before)
		r.Verdicts = append(r.Verdicts, verdict)
		last := before
		before = antecedents{}
		if verdict.OK {
			before = carry(s, read, last)
		}
	}
	r.NamesMissing = v.namesMissing(s, d, r.Verdicts)
	return r
}

// sentence decides one sentence and returns it as it was read, nil where it was not.
func (v *Verifier) sentence(s *side, d Draft, in Sentence, before antecedents) (Verdict, *text) {
	facts, verdict := v.cited(s, d, in)
	if verdict.Check != Passed {
		return verdict, nil
	}
	known := make([]string, len(facts))
	for i, f := range facts {
		known[i] = f.text.raw
	}
	clean, verdict := s.admit(in.Text, known...)
	if verdict.Check != Passed {
		verdict.Fact = facts[0].fact.ID
		return verdict, nil
	}
	best, c := v.proveAny(s, clean, facts, before)
	if dated := s.dated(clean, before.day()); !best.OK && dated != clean {
		if again, read := v.proveAny(s, dated, facts, before); again.OK {
			return again, read
		}
	}
	return best, c
}

// proveAny proves a sentence by one of the facts, or its halves each by its own.
func (v *Verifier) proveAny(s *side, clean string, facts []*factText, before antecedents) (best Verdict, c *text) {
	c = s.read(clean, nil)
	for _, f := range facts {
		if best = better(best, v.prove(s, c, f, before)); best.OK {
			return best, c
		}
	}
	if len(facts) == maxFacts {
		best = better(best, v.joined(s, clean, facts, before, best))
	}
	return best, c
}

// cited returns the facts that a sentence cites, or why it may not.
func (v *Verifier) cited(s *side, d Draft, in Sentence) ([]*factText, Verdict) {
	if len(in.Facts) == 0 {
		return nil, refuse(Structure, "a sentence must cite the fact that proves it")
	}
	if len(in.Facts) > maxFacts {
		return nil, refuse(Structure, "a sentence cites two facts at most")
	}
	var out []*factText
	for _, id := range in.Facts {
		if !slices.Contains(d.Facts, id) {
			return nil, Verdict{Check: UnknownFact, Fact: id, Words: []string{string(id)}, Detail: "the fact was not retrieved for this question"}
		}
		f := s.find(id)
		if verdict := usable(f, id); verdict.Check != Passed {
			return nil, verdict
		}
		out = append(out, f)
	}
	return out, Verdict{}
}

// joined proves the two halves of a sentence, split at "and" or a semicolon, each by its own fact.
func (v *Verifier) joined(s *side, text string, facts []*factText, before antecedents, alone Verdict) Verdict {
	best := alone
	if best.Check.rank() < SingleFact.rank() {
		best.Detail += "; nor is it two facts joined by \"and\""
	}
	for _, cut := range s.cuts(text) {
		if !cut.joins {
			continue
		}
		if v := v.halves(s, s.read(cut.left, nil), cut.right, facts, before); v.OK {
			return v
		}
	}
	return best
}

// halves proves the first half by one of the facts and the second by the other. The second may leave the first's subject
// out.
func (v *Verifier) halves(s *side, left *text, right string, facts []*factText, before antecedents) Verdict {
	for i, f := range facts {
		if !v.prove(s, left, f, before).OK {
			continue
		}
		next := carry(s, left, before)
		second := v.prove(s, s.read(right, nil), facts[1-i], next)
		if !second.OK {
			second = v.prove(s, s.continued(next, right), facts[1-i], next)
		}
		if second.OK {
			second.Fact, second.Proof = f.fact.ID, []knowledge.FactID{f.fact.ID, facts[1-i].fact.ID}
			return second
		}
	}
	return Verdict{}
}

// namesMissing are the entities of the question that no proving fact mentions, in either language.
func (v *Verifier) namesMissing(s *side, d Draft, verdicts []Verdict) (out []knowledge.EntityID) {
	if d.Question == "" {
		return nil
	}
	told := map[int32]bool{}
	for _, verdict := range verdicts {
		for _, id := range verdict.Proof {
			f := s.find(id)
			for _, u := range f.text.units {
				told[u.entity] = true
			}
			for i := range v.base.Entities {
				if slices.Contains(f.fact.Entities, v.base.Entities[i].ID) {
					told[int32(i+1)] = true
				}
			}
		}
	}
	for _, u := range s.read(lang.Normalize(d.Question), nil).units {
		if u.entity != 0 && !told[u.entity] && !slices.Contains(out, v.base.Entities[u.entity-1].ID) {
			out = append(out, v.base.Entities[u.entity-1].ID)
		}
	}
	return out
}
