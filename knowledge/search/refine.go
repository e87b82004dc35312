package search

import "math/bits"

// measureFine computes the evidence of stage 2 for one candidate.
func (s *scratch) measureFine(x *side, c *candidate) {
	f := &c.features
	average := x.trigrams.average()
	f.Trigram = s.trigrams.coverage(x.docs[c.doc].text, average, x.weights.Damping)
	m := s.walk(x, x.texts.at(c.doc))
	f.InText = s.covered(m.seen)
	f.Surface, f.Bigram, f.Proximity = m.surface, m.bigram, m.proximity
	if c.phrasing != none {
		f.AskTrigram = c.fit * s.trigrams.coverage(x.phrasing(c.doc, f.Phrasing), average, x.weights.Damping)
		m = s.walk(x, x.phrasings.at(c.phrasing))
		f.AskSurface, f.AskBigram, f.Focus = c.fit*m.surface, c.fit*m.bigram, c.fit*m.focus
	}
	f.Covered = s.covered(c.anywhere)
	f.Rarest = s.rarestIn(c.anywhere)
	f.Entity, f.Literal = s.evidenceShares(x, c.doc)
	f.AskedFor = s.statesAsked(x, c.doc)
}

// phrasing returns the text of a fact's nth phrasing: asks first, then corrects.
func (x *side) phrasing(doc uint32, n int) string {
	d := &x.docs[doc]
	if n < len(d.asks) {
		return d.asks[n]
	}
	return d.corrects[n-len(d.asks)]
}

// match is how the words of a question stand in a text.
type match struct {
	seen      uint64  // by slot
	surface   float64 // share of the idf mass found in exactly its form
	bigram    float64 // share of neighbouring pairs found as neighbours
	proximity float64 // the same, nearer pairs counting more, in any order
	focus     float64 // share of the text's own content words that the question says
}

// walk runs along a text once.
func (s *scratch) walk(x *side, words []uint32) (m match) {
	var exact, pairs uint64
	last, lastAt, content, matched := -1, 0, 0, 0
	near := 0.0
	for at, w := range words {
		if x.words.stop[w] {
			continue
		}
		t := x.words.term[w]
		content++
		if s.slotOf[t] == 0 {
			continue
		}
		matched++
		i := int(s.slotOf[t]) - 1
		m.seen |= 1 << i
		if s.slots[i].surface == w {
			exact |= 1 << i
		}
		if last >= 0 && last != i {
			near += 1 / float64(at-lastAt)
			if i > last && s.content>>(last+1)&(1<<(i-last-1)-1) == 0 {
				pairs |= 1 << last
			}
		}
		last, lastAt = i, at
	}
	m.surface = s.covered(exact)
	m.focus = share(float64(matched), float64(content))
	if n := bits.OnesCount64(s.content) - 1; n > 0 {
		m.bigram = share(float64(bits.OnesCount64(pairs)), float64(n))
		m.proximity = share(near, float64(n))
	}
	return m
}

// covered returns the share of the question's idf mass that a set of slots holds.
func (s *scratch) covered(set uint64) float64 {
	part := 0.0
	for set &= s.content; set != 0; set &= set - 1 {
		sl := &s.slots[bits.TrailingZeros64(set)]
		part += sl.idf * sl.credit
	}
	return share(part, s.most)
}

func (s *scratch) rarestIn(set uint64) bool {
	rarest := -1
	for i := range s.slots {
		if s.content&(1<<i) != 0 && (rarest < 0 || s.slots[i].idf > s.slots[rarest].idf) {
			rarest = i
		}
	}
	return rarest >= 0 && set&(1<<rarest) != 0
}

// evidenceShares returns which shares of the question's entities and of its dates and numbers a fact has, by idf.
func (s *scratch) evidenceShares(x *side, doc uint32) (entities, literals float64) {
	var part, whole [2]float64
	for _, e := range s.wants {
		n := 0
		if e.entity < 0 {
			n = 1
		}
		whole[n] += e.idf
		if e.term != none && x.fieldOf(doc).find(e.term, doc) > 0 {
			part[n] += e.idf
		}
	}
	return share(part[0], whole[0]), share(part[1], whole[1])
}

// statesAsked returns 1 when the fact has the kind of thing asked for beyond what the question itself names, and less
// when it has only that or something less precise.
func (s *scratch) statesAsked(x *side, doc uint32) float64 {
	facet := &x.facets[doc]
	wanted := s.asked
	if rest := wanted &^ (AskedWho | AskedWhere); facet.states.Has(rest) {
		return 1
	}
	if wanted.Has(AskedWhen) && facet.states.Has(statesVaguely) {
		return 0.25
	}
	if !facet.states.Has(wanted) {
		return 0
	}
	for _, e := range facet.entities {
		if statesKind(x.base.Entities[e].Kind).Has(wanted) && !s.names(e) {
			return 1
		}
	}
	return 0.3
}

// names reports whether the question names an entity.
func (s *scratch) names(entity int32) bool {
	for _, e := range s.wants {
		if e.entity == entity {
			return true
		}
	}
	return false
}

// refine scores the candidates with the evidence of stage 2.
func (s *scratch) refine(x *side, q Query, r *Result) {
	for i := range s.words {
		if w := &s.words[i]; w.slot >= 0 && !w.stop {
			s.addTrigrams(x, q.Text, w)
		}
	}
	for _, i := range s.places {
		s.measureFine(x, &s.candidates[i])
		s.candidates[i].features.Key = importance(x.docs[s.candidates[i].doc].fact.Key) * s.thinness()
	}
	if r.Asked.Has(AskedNow) {
		s.rateRecency(x)
	}
	for _, i := range s.listPlaces {
		s.measureFine(x, &s.candidates[i])
	}
	for i := range s.candidates {
		c := &s.candidates[i]
		c.features.Score = c.first + x.weights.fine(&c.features)
	}
}

// thinness is 1 for a question of common words, which fits many facts, and falls with what it says.
func (s *scratch) thinness() float64 {
	const thin = 4 // idf mass of two common words
	return (thin * thin) / max(thin*thin, s.most*s.most)
}

// importance maps the key of a fact to 1 for what a topic stands on, 0 for what no summary needs.
func importance(key int) float64 {
	if key < 1 || key > 9 {
		return 0
	}
	return float64(10-key) / 9
}

func (s *scratch) addTrigrams(x *side, text string, w *questionWord) {
	if w.surface != none {
		s.trigrams.add(x.words.words[w.surface], x.trigrams, x.idfs)
		return
	}
	s.trigrams.add(text[w.start:w.end], x.trigrams, x.idfs)
}

// fine is the score of stage 2.
func (w *Weights) fine(f *Features) float64 {
	return w.Trigram*f.Trigram + w.AskTrigram*f.AskTrigram + w.Surface*f.Surface + w.AskSurface*f.AskSurface +
		w.Bigram*f.Bigram + w.AskBigram*f.AskBigram + w.Proximity*f.Proximity + w.Focus*f.Focus +
		w.EntityShare*f.Entity + w.LiteralShare*f.Literal + w.AnswerType*f.AskedFor + w.Recency*f.Recency + w.Key*f.Key
}

// rateRecency ranks the candidates by their newest date: 1 for the newest, 0 for the oldest.
func (s *scratch) rateRecency(x *side) {
	n := len(s.places) - 1
	for _, i := range s.places {
		older := 0
		for _, j := range s.places {
			if x.facets[s.candidates[j].doc].newest < x.facets[s.candidates[i].doc].newest {
				older++
			}
		}
		s.candidates[i].features.Recency = share(float64(older), float64(n))
	}
}
