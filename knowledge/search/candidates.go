package search

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

const (
	longStop   = 4096 // facts from which on a stop word or a concept does not help to pick candidates
	poolSize   = 28   // how many candidates their words bring
	beyondSize = 8    // how many come for what they score beyond their own words
	refineSize = 24   // how many of them stage 2 looks at
)

// weightUnit is what one point of idf is worth in the integer scores of stage 1.
const weightUnit = 256

// candidate is a fact in stage 2.
type candidate struct {
	doc      uint32
	phrasing uint32  // the best one, or none
	fit      float64 // of that phrasing
	anywhere uint64  // by slot: text, headings or phrasings have the word
	met      uint64  // by slot: they have a concept of the word
	cover    float64 // share of the question's mass that the one phrasing meets which meets most
	first    float64 // score of stage 1
	features Features
}

// search runs both stages.
func (x *side) search(q Query, r *Result) {
	r.reset()
	r.Lang = x.lang
	s := x.scratch()
	defer x.free(s)
	s.read(x, q, r)
	s.classify(x, q)
	s.collect(x)
	facts := len(s.candidates)
	s.collectLists(x)
	if len(s.candidates) == 0 {
		return
	}
	s.likelihoods(x)
	for i := range s.candidates {
		s.measure(x, &s.candidates[i])
		if i < facts {
			s.places = append(s.places, int32(i))
		} else {
			s.listPlaces = append(s.listPlaces, int32(i))
		}
	}
	s.order(s.places)
	if !x.options.NoSecondStage {
		s.places = s.places[:min(refineSize, len(s.places))]
		s.refine(x, q, r)
		s.order(s.places)
		if !x.options.NoLearned {
			s.rerank(x, r.Asked)
		}
	}
	s.order(s.listPlaces)
	s.report(x, depth(q.Depth), r)
}

func depth(d int) int {
	if d <= 0 {
		return DefaultDepth
	}
	return min(d, MaxDepth)
}

// collect runs stage 1: the best facts by all their words together, and by evidence.
func (s *scratch) collect(x *side) {
	s.pick(x, &x.pool, poolSize)
	if !x.options.NoLearned {
		s.associate(x)
	}
	s.repay(x)
	s.bestBeyond(x.weights)
	s.bringClassified(x)
}

// collectLists picks the lists in the same way as the facts.
func (s *scratch) collectLists(x *side) {
	if x.facts < len(x.docs) {
		s.pick(x, &x.lists, MaxLists)
	}
}

// pick brings in the best documents of a field.
func (s *scratch) pick(x *side, field *postings, limit int) {
	s.ranker.start(limit)
	for i := range s.slots {
		sl := &s.slots[i]
		if from, to := x.pool.list(sl.term); to-from < longStop || s.content&(1<<i) != 0 {
			s.ranker.add(field, sl.term, uint32(sl.idf*sl.credit*weightUnit))
		}
	}
	for i := range s.meant {
		id := uint32(s.meant[i].id)
		if from, to := x.pool.list(id); to-from < longStop {
			s.ranker.add(field, id, uint32(s.meant[i].idf*x.weights.PickConcept*weightUnit))
		}
	}
	for _, e := range s.wants {
		if e.term != none {
			s.ranker.add(field, e.term, uint32(max(0, e.idf*x.weights.worth(e)*weightUnit)))
		}
	}
	s.ranker.run(field)
	for _, f := range s.ranker.best.heap {
		s.candidates = append(s.candidates, candidate{doc: f.doc, phrasing: none})
	}
}

// worth is the weight of evidence that is no word.
func (w *Weights) worth(e wanted) float64 {
	if e.entity >= 0 {
		return w.Entity
	}
	return w.Literal
}

// order puts places of candidates in order, best first, ties by id.
func (s *scratch) order(places []int32) {
	slices.SortFunc(places, func(a, b int32) int {
		p, q := &s.candidates[a], &s.candidates[b]
		return cmp.Or(cmp.Compare(q.features.Score, p.features.Score), cmp.Compare(p.doc, q.doc))
	})
}

// report writes the best candidates into r.
func (s *scratch) report(x *side, depth int, r *Result) {
	for _, i := range s.places[:min(depth, len(s.places))] {
		c := &s.candidates[i]
		r.Passages = append(r.Passages, knowledge.Passage{Fact: x.docs[c.doc].fact, Score: c.features.Score})
		r.Features = append(r.Features, c.features)
	}
	s.calibrate(x, r)
	s.reportLists(x, r)
}

// reportLists writes the lists into r, each with its place among all facts that were found.
func (s *scratch) reportLists(x *side, r *Result) {
	for _, i := range s.listPlaces {
		c := &s.candidates[i]
		above := 0
		for _, j := range s.places {
			if s.candidates[j].features.Score > c.features.Score {
				above++
			}
		}
		r.Lists = append(r.Lists, ListPassage{List: x.docs[c.doc].list, Score: c.features.Score, Features: c.features, Above: above})
	}
}
