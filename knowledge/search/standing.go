package search

import "math/bits"

// Standing is how the first passage stands among the others. Of a result without passages it is zero.
type Standing struct {
	Agreement float64 // share of the passages behind it that are of its topic
	Elsewhere float64 // share of the question's mass that one of them meets and the first does not
	Together  float64 // share of the question's mass that none of them meets
	Third     float64 // distance to the third, as a share of the best
	Fifth     float64 // distance to the fifth
	Foreign   float64 // words of the other language, in shares of the question's mass
	Words     float64 // how many words the question has: 1/n
	Content   float64 // share of them that carry meaning
}

// rivals is how many passages the first is compared with.
const rivals = 5

// stand compares the first passage with those behind it.
func (s *scratch) stand(x *side, r *Result) Standing {
	var t Standing
	first := &s.candidates[s.places[0]]
	best := first.features.Score
	met := first.anywhere | first.met
	any, same, n := met, 0, 0
	for i, place := range s.places[1:min(len(s.places), rivals+1)] {
		c := &s.candidates[place]
		n++
		if x.docs[c.doc].topic == x.docs[first.doc].topic {
			same++
		}
		there := c.anywhere | c.met
		any |= there
		t.Elsewhere = max(t.Elsewhere, s.massIn(there&^met))
		switch i {
		case 1:
			t.Third = (best - c.features.Score) / best
		case 3:
			t.Fifth = (best - c.features.Score) / best
		}
	}
	t.Agreement = share(float64(same), float64(n))
	t.Together = s.massIn(^any)
	for i := range s.slots {
		if s.slots[i].loan != none {
			t.Foreign += s.massIn(1 << i)
		}
	}
	words := float64(max(1, len(s.words)))
	t.Words, t.Content = 1/words, float64(bits.OnesCount64(s.content))/words
	return t
}

// massIn returns the share of the question's mass that a set of slots holds.
func (s *scratch) massIn(set uint64) float64 {
	part, all := 0.0, 0.0
	for rest := s.content; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		mass := s.massOf(&s.slots[i])
		all += mass
		if set&(1<<i) != 0 {
			part += mass
		}
	}
	return share(part, all)
}

// tellMet writes which words and concepts of the question the first passage has into r; of stop words it needs none.
func (s *scratch) tellMet(r *Result) {
	c := &s.candidates[s.places[0]]
	met := c.anywhere | c.met
	for i := range s.words {
		w := &s.words[i]
		r.Met = append(r.Met, w.stop || w.slot < 0 || met&(1<<w.slot) != 0)
	}
	for i := range s.meant {
		r.ConceptsMet = append(r.ConceptsMet, met&s.conceptSlots[s.meant[i].id] != 0)
	}
}
