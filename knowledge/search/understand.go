package search

import (
	"math/bits"

	"enlace/knowledge/lang"
	"enlace/knowledge/thesaurus"
)

// meant is a concept of a question.
type meant struct {
	id  thesaurus.ID
	idf float64
}

// understand finds the concepts of the question. Words that mean nothing in its language may do so in the other one.
func (s *scratch) understand(x *side) {
	t := x.concepts.known
	if t == nil {
		return
	}
	s.sense = s.sense[:0]
	for i := range s.words {
		s.sense = append(s.sense, s.words[i].Word)
	}
	s.matches = t.MatchWords(s.matches[:0], s.sense, x.lang)
	for i := range s.matches {
		s.mean(x, s.matches[i])
	}
	for i := range s.words {
		w := &s.words[i]
		if w.stop || w.kind != lang.Word || x.known(w.term) || w.slot < 0 || s.slots[w.slot].meant > 0 {
			continue
		}
		if m, ok := s.foreign.words[string(w.in(s.folded))]; ok {
			s.lookAbroad(x, i, m.Word)
		} else if own, _, ok := x.other.words.surfaces.find(w.in(s.folded), x.other.words.words); ok {
			s.lookAbroad(x, i, thesaurus.Word{Folded: x.other.words.words[own], Stem: x.other.words.stem[own]})
		}
	}
	for i := range s.slots {
		s.slots[i].weighConcepts(x)
		if s.content&(1<<i) != 0 {
			s.mostSoft += s.slots[i].soft
		}
	}
}

// means reports whether an unknown word means something in either language as it is written: then it is spelled right.
func (s *scratch) means(x *side, w *questionWord) bool {
	t := x.concepts.known
	if t == nil {
		return false
	}
	s.sense = append(s.sense[:0], thesaurus.Word{Folded: w.Word.Folded})
	s.matches = t.MatchWords(s.matches[:0], s.sense, x.lang)
	s.matches = t.MatchWords(s.matches, s.sense, x.other.lang)
	return len(s.matches) > 0
}

func (s *scratch) lookAbroad(x *side, at int, w thesaurus.Word) {
	s.sense[at] = w
	s.matches = x.concepts.known.MatchWords(s.matches[:0], s.sense[at:at+1], x.other.lang)
	for _, m := range s.matches {
		s.mean(x, thesaurus.Match{Start: at, End: at + 1, Concept: m.Concept})
	}
}

// mean notes a concept for the content words that mean it.
func (s *scratch) mean(x *side, m thesaurus.Match) {
	var mask uint64
	for i := m.Start; i < m.End; i++ {
		if w := &s.words[i]; w.slot >= 0 && !w.stop {
			mask |= 1 << w.slot
		}
	}
	if mask == 0 {
		return
	}
	rare, _ := x.rarity(uint32(m.Concept))
	for rest := mask; rest != 0; rest &= rest - 1 {
		sl := &s.slots[bits.TrailingZeros64(rest)]
		sl.meant = max(sl.meant, rare)
	}
	if s.conceptSlots[m.Concept] == 0 {
		s.meant = append(s.meant, meant{id: m.Concept, idf: rare})
	}
	s.conceptSlots[m.Concept] |= mask
	for _, id := range x.concepts.known.Concept(m.Concept).Near {
		s.nearSlots[id] |= mask
	}
}

// weighConcepts says what a word is worth where it is met by a concept, and in all.
func (sl *slot) weighConcepts(x *side) {
	sl.soft = sl.idf * sl.credit
	if sl.meant == 0 {
		return
	}
	sl.meant = min(sl.meant, sl.idf) * sl.credit
	if sl.loan == none && !x.known(sl.term) {
		sl.soft = sl.meant
	}
}

// forget clears what the question meant.
func (s *scratch) forget(x *side) {
	for _, m := range s.meant {
		s.conceptSlots[m.id] = 0
		for _, id := range x.concepts.known.Concept(m.id).Near {
			s.nearSlots[id] = 0
		}
	}
	s.meant, s.mostSoft = s.meant[:0], 0
}

// sense says which words of the question concepts meet.
type sense struct {
	met, near uint64
	focus     float64 // share of the concepts' own mass that the question means
}

// senseOf compares concepts with those of the question.
func (s *scratch) senseOf(x *side, ids []thesaurus.ID, mass float32) (m sense) {
	focus := 0.0
	for _, id := range ids {
		m.near |= s.nearSlots[id]
		if slots := s.conceptSlots[id]; slots != 0 {
			m.met |= slots
			rare, _ := x.rarity(uint32(id))
			focus += rare
		}
	}
	m.focus = share(focus, float64(mass))
	return m
}

// softly returns the share of the question's mass that words or, for less, concepts meet.
func (s *scratch) softly(w *Weights, exact uint64, m sense) float64 {
	if s.mostSoft == 0 {
		return 0
	}
	sum := 0.0
	for set := (exact | m.met | m.near) & s.content; set != 0; set &= set - 1 {
		i := bits.TrailingZeros64(set)
		sl := &s.slots[i]
		switch bit := uint64(1) << i; {
		case exact&bit != 0:
			sum += sl.soft
		case m.met&bit != 0:
			sum += sl.meant * w.ByConcept
		default:
			sum += sl.meant * w.ByNear
		}
	}
	return share(sum, s.mostSoft)
}
