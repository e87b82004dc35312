package search

import "math/bits"

// Lack is what speaks against answering a question from the first passage, in shares of the mass of the question's
// content words; a word's mass is its rarity. Of a result without passages it is zero.
type Lack struct {
	Unmet     float64 // words that text and phrasings of the fact meet neither by themselves nor by their concepts
	UnmetText float64 // the same for the text alone
	UnmetAsk  float64 // the same for the one phrasing that meets most
	Rarest    float64 // the rarest unmet word against the rarest that there can be
	Attribute float64 // unmet words for what somebody has or is to somebody: salary, age, wife
	Off       float64 // words that only questions about something else use
	Strange   float64 // words of no fact, phrasing or concept
	Repaired  float64 // words whose spelling was repaired
	Vague     float64 // how little the question says: 1 for nothing, towards 0 for many rare words
	Met       float64 // the other way round: how much text or one phrasing meet of it, in all
	Asked     float64 // 1: the fact has nothing of the kind of thing asked for
}

// lack computes what the candidate lacks.
func (s *scratch) lack(x *side, c *candidate, r *Result) Lack {
	var l Lack
	if r.Asked.Has(answerable) {
		l.Asked = 1 - min(1, c.features.AskedFor)
	}
	var unmet, attribute, off, strange, repaired, all float64
	marked := s.marked(x)
	for set := s.content; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set)
		sl, bit := &s.slots[i], uint64(1)<<i
		mass := s.massOf(sl)
		all += mass
		if sl.credit < 1 {
			repaired += mass
		}
		if marked.off&bit != 0 {
			off += mass
		}
		if sl.meant == 0 && sl.loan == none && !x.known(sl.term) {
			strange += mass
		}
		if (c.anywhere|c.met)&bit != 0 {
			continue
		}
		unmet += mass
		l.Rarest = max(l.Rarest, share(mass, x.idf(0)))
		if marked.attribute&bit != 0 {
			attribute += mass
		}
	}
	l.Unmet, l.Attribute, l.Off, l.Strange = share(unmet, all), share(attribute, all), share(off, all), share(strange, all)
	const clear = 10 // mass of a question that says something
	l.Repaired, l.Vague = share(repaired, all), clear/(clear+all)
	met := all * max(c.features.SoftText, c.cover)
	l.Met = met / (met + clear)
	l.UnmetText, l.UnmetAsk = 1-c.features.SoftText, 1-c.cover
	if s.mostSoft == 0 {
		l.UnmetText, l.UnmetAsk = 1-c.features.InText, 1-c.features.Ask
	}
	return l
}

// massOf returns what a word is worth, met by itself or by a concept.
func (s *scratch) massOf(sl *slot) float64 {
	if s.mostSoft == 0 {
		return sl.idf
	}
	return sl.soft
}

// marks are the words of a question whose concepts are marked.
type marks struct{ off, attribute uint64 }

func (s *scratch) marked(x *side) (m marks) {
	for i := range s.meant {
		switch c := x.concepts.known.Concept(s.meant[i].id); {
		case c.Off:
			m.off |= s.conceptSlots[s.meant[i].id]
		case c.Attribute:
			m.attribute |= s.conceptSlots[s.meant[i].id]
		}
	}
	return m
}
