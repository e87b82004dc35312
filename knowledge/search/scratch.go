package search

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/thesaurus"
)

// scratch is the memory of one running query.
type scratch struct {
	memory        memory
	literalReader literal.Reader
	folded        []byte
	surfaces      []uint32 // of words
	kinds         Asked    // what the question asks for
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
	places     []int32 // of candidates that are facts, best first
	listPlaces []int32 // of candidates that are lists
	content    uint64  // by slot: no stop word
	most       float64 // idf mass of the content words
	trigrams   questionTrigrams
	result     Result // of the other language

	sense        []thesaurus.Word // the words
	matches      []thesaurus.Match
	meant        []meant
	conceptSlots []uint64 // by concept: the words that mean it
	nearSlots    []uint64 // by concept: the words that mean something near
	mostSoft     float64  // mass of the content words, met by words or concepts; 0 without concepts
	meantImpact  [maxSlots]float64
	cue          []byte
	features     featureReader
	logits       []float32 // by class; empty without a classifier
	alone        []float32 // the same without what was said before; empty where nothing was
	context      contextReader
}

func newScratch(x *side) *scratch {
	return &scratch{
		memory: memory{map[string]meaning{}}, foreign: memory{map[string]meaning{}}, slotOf: make([]uint8, x.words.terms()), trigrams: newQuestionTrigrams(),
		conceptSlots: make([]uint64, x.concepts.len()), nearSlots: make([]uint64, x.concepts.len()),
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
	s.places, s.listPlaces, s.content, s.most = s.places[:0], s.listPlaces[:0], 0, 0
	s.forget(x)
	for _, doc := range s.beyondDocs {
		s.beyond[doc] = beyond{}
	}
	s.beyondDocs, s.surfaces = s.beyondDocs[:0], s.surfaces[:0]
	s.trigrams.forget()
	x.scratches.Put(s)
}
