package search

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

const (
	longStop   = 4096 // facts from which on a stop word does not help to pick candidates
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
	s.collect(x)
	if len(s.candidates) == 0 {
		return
	}
	for i := range s.candidates {
		s.measure(x, &s.candidates[i])
		s.places = append(s.places, int32(i))
	}
	s.order()
	if !x.options.NoSecondStage {
		s.places = s.places[:min(refineSize, len(s.places))]
		s.refine(x, q, r)
		s.order()
	}
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
	s.ranker.start(poolSize)
	for i := range s.slots {
		sl := &s.slots[i]
		if from, to := x.pool.list(sl.term); to-from < longStop || s.content&(1<<i) != 0 {
			s.ranker.add(&x.pool, sl.term, uint32(sl.idf*sl.credit*weightUnit))
		}
	}
	for _, e := range s.wants {
		if e.term != none {
			s.ranker.add(&x.pool, e.term, uint32(max(0, e.idf*x.weights.worth(e)*weightUnit)))
		}
	}
	s.ranker.run(&x.pool)
	for _, f := range s.ranker.best.heap {
		s.candidates = append(s.candidates, candidate{doc: f.doc, phrasing: none})
	}
	if !x.options.NoLearned {
		s.associate(x)
	}
	s.repay(x)
	s.bestBeyond(x.weights)
}

// measure takes the score of stage 1 apart and adds what text and phrasings score on their own.
func (s *scratch) measure(x *side, c *candidate) {
	w, f := x.weights, &c.features
	pool := 0.0
	for i := range s.slots {
		sl := &s.slots[i]
		if impact := x.impact(sl, c.doc); impact > 0 {
			pool += sl.idf * sl.credit * float64(impact) / 255
			c.anywhere |= 1 << i
		}
	}
	if len(s.beyondDocs) > 0 {
		f.Association = share(float64(s.beyond[c.doc].associated), s.most)
	}
	f.Pool = share(pool, s.most)
	s.measureText(x, c)
	s.measureAsks(x, c)
	c.first = w.Pool*f.Pool + w.Text*f.Text + w.Ask*f.Ask + w.AskSecond*f.AskSecond + w.Association*f.Association
	for _, e := range s.wants {
		if e.term != none && x.pool.find(e.term, c.doc) > 0 {
			c.first += w.worth(e) * e.idf / max(1, s.most)
		}
	}
	f.Score = c.first
}

// measureText computes BM25F of text and headings, raw and as a share of the most that the question could reach.
func (s *scratch) measureText(x *side, c *candidate) {
	var tf [maxSlots]float64
	words := x.texts.at(c.doc)
	s.tally(x, words, x.textWords.norm(len(words)), &tf)
	for _, e := range x.facets[c.doc].entities {
		s.tallyTerms(x.aliases.terms[e], x.weights.Heading, &tf)
	}
	s.tallyTerms(x.topic[c.doc], x.weights.Topic, &tf)
	for i := range s.slots {
		if tf[i] > 0 && s.content&(1<<i) != 0 {
			c.features.Raw += s.slots[i].idf * s.slots[i].credit * tf[i] / (tf[i] + x.textWords.k1)
		}
	}
	c.features.Text = share(c.features.Raw, s.most)
}

// tally counts the question's words in a text.
func (s *scratch) tally(x *side, words []uint32, weight float64, tf *[maxSlots]float64) {
	for _, w := range words {
		if t := x.words.term[w]; s.slotOf[t] != 0 {
			tf[s.slotOf[t]-1] += weight
		}
	}
}

func (s *scratch) tallyTerms(terms []uint32, weight float64, tf *[maxSlots]float64) {
	for _, t := range terms {
		if s.slotOf[t] != 0 {
			tf[s.slotOf[t]-1] += weight
		}
	}
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, part/whole)
}

// measureAsks scores every phrasing of a candidate as a short document.
func (s *scratch) measureAsks(x *side, c *candidate) {
	f, w := &c.features, x.weights
	f.Phrasing = -1
	from, to := x.firstAsk[c.doc], x.firstAsk[c.doc+1]
	for p := from; p < to; p++ {
		score, focus := s.scorePhrasing(x, p)
		fit := s.fit(x, p, focus)
		score = share(score, s.most) * fit
		if x.isCorrect[p] {
			f.Corrects = max(f.Corrects, score)
			score *= w.Corrects
		}
		if score > f.Ask {
			f.Ask, f.AskSecond = score, f.Ask
			f.Phrasing, c.phrasing, c.fit = int(p-from), p, fit
			continue
		}
		f.AskSecond = max(f.AskSecond, score)
	}
}

// fit returns how much a phrasing counts that says more than the question or asks for another kind of thing. A
// misstatement asks for nothing, so it fits claims and yes-or-no questions best.
func (s *scratch) fit(x *side, p uint32, focus float64) float64 {
	loss, asks := x.weights.AskFocus, x.asks[p]
	if x.isCorrect[p] {
		loss, asks = x.weights.CorrectsFocus, AskedYesNo
	}
	fit := 1 - loss + loss*focus
	if asks != 0 && s.asked != 0 && asks&s.asked == 0 {
		fit *= 1 - x.weights.AskMismatch
	}
	return fit
}

// scorePhrasing returns the BM25 score of a phrasing, in which a word counts once, and which share of the phrasing's own
// idf mass the question has: a question that lacks what a phrasing is about does not ask it.
func (s *scratch) scorePhrasing(x *side, p uint32) (score, focus float64) {
	words := x.phrasings.at(p)
	seen, content := uint64(0), 0.0
	for _, w := range words {
		t := x.words.term[w]
		if s.slotOf[t] == 0 {
			continue
		}
		i := s.slotOf[t] - 1
		if seen&(1<<i) != 0 {
			continue
		}
		seen |= 1 << i
		worth := s.slots[i].idf * s.slots[i].credit
		score += worth
		if s.content&(1<<i) != 0 {
			content += worth
		}
	}
	if seen == 0 {
		return 0, 0
	}
	norm := x.askWords.norm(len(words))
	return score * norm / (norm + x.askWords.k1), share(content, float64(x.mass[p]))
}

// worth is the weight of evidence that is no word.
func (w *Weights) worth(e wanted) float64 {
	if e.entity >= 0 {
		return w.Entity
	}
	return w.Literal
}

// order puts the places of the candidates in order, best first, ties by fact id.
func (s *scratch) order() {
	slices.SortFunc(s.places, func(a, b int32) int {
		p, q := &s.candidates[a], &s.candidates[b]
		return cmp.Or(cmp.Compare(q.features.Score, p.features.Score), cmp.Compare(p.doc, q.doc))
	})
}

// report writes the best candidates into r.
func (s *scratch) report(x *side, depth int, r *Result) {
	for _, i := range s.places[:min(depth, len(s.places))] {
		c := &s.candidates[i]
		r.Passages = append(r.Passages, knowledge.Passage{Fact: x.facts[c.doc], Score: c.features.Score})
		r.Features = append(r.Features, c.features)
	}
	s.calibrate(x, r)
}
