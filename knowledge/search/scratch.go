package search

import "enlace/knowledge/literal"

// scratch is the memory of one running query.
type scratch struct {
	memory        memory
	literalReader literal.Reader
	folded        []byte
	surfaces      []uint32 // of words
	asked         Asked    // the answerable kinds that the question asks for
	words         []questionWord
	slots         []slot
	slotOf        []uint8 // by term: its slot from 1, 0 = none
	wants         []wanted

	ranker     ranker
	beyond     []beyond // by document
	beyondDocs []uint32 // those that score
	foreign    memory   // of its words
	sum, one   bag      // while a word is being learned
	candidates []candidate
	places     []int32 // of candidates, best first
	content    uint64  // by slot: no stop word
	most       float64 // idf mass of the content words
	trigrams   questionTrigrams
	result     Result // of the other language
}

func newScratch(x *side) *scratch {
	return &scratch{
		memory: memory{map[string]meaning{}}, foreign: memory{map[string]meaning{}}, slotOf: make([]uint8, x.words.terms()), trigrams: newQuestionTrigrams(),
	}
}

func (x *side) scratch() *scratch { return x.scratches.Get().(*scratch) }

// free clears what the query marked and gives the memory back.
func (x *side) free(s *scratch) {
	for i := range s.slots {
		if t := s.slots[i].term; t != none {
			s.slotOf[t] = 0
		}
	}
	s.folded, s.words, s.slots, s.wants, s.candidates = s.folded[:0], s.words[:0], s.slots[:0], s.wants[:0], s.candidates[:0]
	s.places, s.content, s.most = s.places[:0], 0, 0
	for _, doc := range s.beyondDocs {
		s.beyond[doc] = beyond{}
	}
	s.beyondDocs, s.surfaces = s.beyondDocs[:0], s.surfaces[:0]
	s.trigrams.forget()
	x.scratches.Put(s)
}
