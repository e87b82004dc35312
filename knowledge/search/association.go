package search

import (
	"cmp"
	"slices"
)

// What the phrasings teach about words: facts that are asked for with the same word share other words too, and these say
// what the word means. A question is then also a question for facts that nobody asked for with that word yet.
const (
	leastTeachers = 2   // facts that must have a word before it teaches anything
	mostTeachers  = 40  // a word of more facts means too many things
	mostMeanings  = 10  // words that one word stands for
	mostTaught    = 512 // facts that a meaning may have
)

// expansion is a word that another one stands for, and how much.
type expansion struct {
	term   uint32
	weight float32
}

// meanings returns what a term stands for, strongest first. The first caller for a term works it out; the result depends
// on the base alone.
func (x *side) meanings(term uint32, s *scratch) []expansion {
	if known := x.taught[term].Load(); known != nil {
		return *known
	}
	list := x.teach(term, s)
	x.taught[term].Store(&list)
	return list
}

func (x *side) teach(term uint32, s *scratch) []expansion {
	from, to := x.pool.list(term)
	if to-from < leastTeachers || to-from > mostTeachers {
		return nil
	}
	if s.sum.weight == nil {
		s.sum.weight = make([]float32, x.words.terms())
		s.one.weight = make([]float32, x.words.terms())
	}
	s.sum.clear()
	for _, doc := range x.pool.doc[from:to] {
		s.one.clear()
		x.fill(&s.one, int(doc))
		x.concepts.fill(&s.one, x, doc)
		for _, t := range s.one.terms {
			tf := s.one.weight[t]
			s.sum.add(t, tf/(tf+2)/float32(to-from))
		}
	}
	return x.strongest(term, &s.sum)
}

// strongest picks the words that the facts of a term have more often than chance, rare ones first.
func (x *side) strongest(term uint32, sum *bag) []expansion {
	var list []expansion
	for _, t := range sum.terms {
		rare, facts := x.rarity(t)
		if t == term || facts > mostTaught || x.stopTerm[t] {
			continue
		}
		chance := float64(facts) / float64(x.facts) / 2
		if w := (float64(sum.weight[t]) - chance) * rare; w > 0 {
			list = append(list, expansion{t, float32(w)})
		}
	}
	slices.SortFunc(list, func(a, b expansion) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	})
	return slices.Clone(list[:min(mostMeanings, len(list))])
}

// associate scores every fact by what the question's words stand for.
func (s *scratch) associate(x *side) {
	for i := range s.slots {
		if sl := &s.slots[i]; sl.term != none {
			s.associateTerm(x, sl.term, sl.idf*sl.credit)
		}
	}
}

func (s *scratch) associateTerm(x *side, term uint32, weight float64) {
	from, to := x.pool.list(term)
	for _, e := range x.meanings(term, s) {
		if !s.asks(e.term) {
			s.credit(x, x.pool.doc[from:to], e, float32(weight/mostMeanings))
		}
	}
}

// asks reports whether a word or concept is in the question.
func (s *scratch) asks(term uint32) bool {
	if int64(term) < int64(len(s.conceptSlots)) {
		return s.conceptSlots[term] != 0
	}
	return s.slotOf[term] != 0
}

// credit adds a meaning to the facts that have it, except to those that have the question's own word.
func (s *scratch) credit(x *side, own []uint32, e expansion, weight float32) {
	from, to := x.pool.list(e.term)
	for i := from; i < to; i++ {
		doc := x.pool.doc[i]
		for len(own) > 0 && own[0] < doc {
			own = own[1:]
		}
		if len(own) > 0 && own[0] == doc {
			continue
		}
		s.add(x, doc, weight*e.weight*float32(x.pool.impact[i])/255, 0)
	}
}

// beyond is what a fact scores beyond its own words.
type beyond struct{ associated, borrowed float32 }

func (s *scratch) add(x *side, doc uint32, associated, borrowed float32) {
	if s.beyond == nil {
		s.beyond = make([]beyond, x.facts)
	}
	b := &s.beyond[doc]
	if *b == (beyond{}) {
		s.beyondDocs = append(s.beyondDocs, doc)
	}
	b.associated += associated
	b.borrowed += borrowed
}

// bestBeyond brings in the facts that score best beyond their own words, where these did not find them.
func (s *scratch) bestBeyond(w *Weights) {
	best := topK{heap: s.ranker.best.heap[:0], limit: beyondSize}
	for _, doc := range s.beyondDocs {
		b := s.beyond[doc]
		score := w.Association*float64(b.associated) + w.Pool*float64(b.borrowed)
		best.offer(found{score: uint32(max(0, score*weightUnit)), doc: doc})
	}
	for _, f := range best.heap {
		if !slices.ContainsFunc(s.candidates, func(c candidate) bool { return c.doc == f.doc }) {
			s.candidates = append(s.candidates, candidate{doc: f.doc, phrasing: none})
		}
	}
	s.ranker.best.heap = best.heap
}
