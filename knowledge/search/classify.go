package search

import (
	"math"
	"slices"
)

// Bounds of what a Classifier says, in nats.
const (
	leastLikely = -8. // log-probability of a class
	mostMargin  = 8.
)

// enoughFacts is the share of a classifier's facts that a base must have to be asked by it: in another base a question for a fact that
// is not there would look like one for its neighbours.
const enoughFacts = 0.9

// Classified is what a Classifier says of a question. It is zero where there is none for the base, or the classifier knows no word, or
// not the first passage.
type Classified struct {
	Known  bool
	Margin float64 // log odds of the best fact against no fact: near misses, other subjects and facts that are not there
	First  float64 // log-probability that the first passage is asked for
	Off    float64 // log odds of another subject against a near miss
}

// classes maps documents to classes of a classifier.
type classes struct {
	classifier *Classifier
	of         []int32   // by document, facts first: its class, or -1
	present    []bool    // by class
	lists      [][]int32 // by list: its class and those of its facts
}

// newClasses returns no classes for a base that has too few of a classifier's facts.
func newClasses(c *Classifier, x *side) (k classes) {
	if c == nil || len(c.Facts) == 0 {
		return k
	}
	number := make(map[uint64]int32, len(c.Facts))
	for i, f := range c.Facts {
		number[f] = int32(i + FirstClass)
	}
	k = classes{classifier: c, of: make([]int32, x.facts), present: make([]bool, len(c.Facts)+FirstClass)}
	there := 0
	find := func(fingerprint uint64) int32 {
		class, ok := number[fingerprint]
		if !ok {
			return -1
		}
		if !k.present[class] {
			there++
		}
		k.present[class] = true
		return class
	}
	for doc := range k.of {
		f := x.docs[doc].fact
		k.of[doc] = find(Fingerprint(f.ID))
		for _, old := range f.Replaces {
			if k.of[doc] < 0 {
				k.of[doc] = find(Fingerprint(old))
			}
		}
	}
	for _, d := range x.docs[x.facts:] {
		var list []int32
		if class := find(ListFingerprint(d.list.ID)); class >= 0 {
			list = append(list, class)
		}
		k.lists = append(k.lists, list)
	}
	if float64(there) < enoughFacts*float64(len(c.Facts)) {
		return classes{}
	}
	for i, d := range x.docs[x.facts:] {
		for doc, class := range k.of {
			if class >= 0 && slices.Contains(d.list.Facts, x.docs[doc].fact.ID) {
				k.lists[i] = append(k.lists[i], class)
			}
		}
	}
	return k
}

// classify computes the log-probability of every class, in a conversation also what it is without it.
func (s *scratch) classify(x *side, q Query) {
	s.logits, s.alone = s.logits[:0], s.alone[:0]
	c := x.classes.classifier
	if c == nil || x.options.NoLearned {
		return
	}
	r := &s.features
	r.start()
	for i := range s.words {
		if w := &s.words[i]; w.start < q.ownBytes {
			r.word(w.in(s.folded), w.Stem)
		}
	}
	var hidden [ClassifierUnits]float32
	known := c.Hidden(r.end(), 1, &hidden)
	if len(q.After) > 0 {
		s.alone = c.logProbabilities(s.alone, &hidden)
		known = c.Hidden(s.context.read(x.base, q.After, x.lang), ContextScale, &hidden) || known
	}
	if known {
		s.logits = c.logProbabilities(s.logits, &hidden)
	}
}

// logProbabilities appends the log-probability of every class.
func (c *Classifier) logProbabilities(dst []float32, hidden *[ClassifierUnits]float32) []float32 {
	dst = c.Logits(dst, hidden)
	most, total := slices.Max(dst), 0.0
	for _, v := range dst {
		total += math.Exp(float64(v - most))
	}
	all := float64(most) + math.Log(total)
	for i := range dst {
		dst[i] -= float32(all)
	}
	return dst
}

// classBest is how many facts a classifier brings in as candidates.
const classBest = 3

// bringClassified brings in the likeliest facts, where nothing else found them.
func (s *scratch) bringClassified(x *side) {
	if len(s.logits) == 0 {
		return
	}
	best := topK{heap: s.ranker.best.heap[:0], limit: classBest}
	for doc, class := range x.classes.of {
		if class >= 0 && s.logits[class] > leastLikely {
			best.offer(found{score: uint32((float64(s.logits[class]) - leastLikely) * weightUnit), doc: uint32(doc)})
		}
	}
	for _, f := range best.heap {
		if !slices.ContainsFunc(s.candidates, func(c candidate) bool { return c.doc == f.doc }) {
			s.candidates = append(s.candidates, candidate{doc: f.doc, phrasing: none})
		}
	}
	s.ranker.best.heap = best.heap
}

// likelihoods writes what the classifier says into the features of the candidates. A fact that it does not know gets the most that one
// of those has which it knows, so that the other evidence decides: the classifier takes a question for a new fact for one for a neighbour.
func (s *scratch) likelihoods(x *side) {
	if len(s.logits) == 0 {
		return
	}
	most, mostAlone := 0.0, 0.0
	for i := range s.candidates {
		if class, ok := x.classOf(s.candidates[i].doc); ok {
			f := &s.candidates[i].features
			f.Class = scaled(float64(s.logits[class]))
			if len(s.alone) > 0 {
				f.Alone = scaled(float64(s.alone[class]))
			}
			most, mostAlone = max(most, f.Class), max(mostAlone, f.Alone)
		}
	}
	for i := range s.candidates {
		c := &s.candidates[i]
		if int(c.doc) >= x.facts {
			c.features.Class = s.likelihoodOf(x.classes.lists[int(c.doc)-x.facts])
		} else if _, ok := x.classOf(c.doc); !ok {
			c.features.Class, c.features.Alone = most, mostAlone
		}
	}
}

// classOf returns the class of a document, and false where it has none.
func (x *side) classOf(doc uint32) (int32, bool) {
	if int(doc) >= len(x.classes.of) || x.classes.of[doc] < 0 {
		return 0, false
	}
	return x.classes.of[doc], true
}

// likelihoodOf is that of a list and its facts together.
func (s *scratch) likelihoodOf(list []int32) float64 {
	p := 0.0
	for _, class := range list {
		p += math.Exp(float64(s.logits[class]))
	}
	return scaled(math.Log(max(p, 1e-9)))
}

// scaled maps a log-probability to [0,1].
func scaled(v float64) float64 { return 1 - max(leastLikely, v)/leastLikely }

// classified sums up what the classifier says of the question.
func (s *scratch) classified(x *side) (c Classified) {
	class, known := x.classOf(s.candidates[s.places[0]].doc)
	if len(s.logits) == 0 || !known {
		return c
	}
	best, no := math.Inf(-1), 0.0
	for class, v := range s.logits {
		if class >= FirstClass && x.classes.present[class] {
			best = max(best, float64(v))
		} else {
			no += math.Exp(float64(v))
		}
	}
	bound := func(v float64) float64 { return max(-mostMargin, min(mostMargin, v)) }
	c = Classified{Known: true, Margin: bound(best - math.Log(max(no, 1e-9))), Off: bound(float64(s.logits[ClassOffTopic] - s.logits[ClassNearMiss]))}
	c.First = max(leastLikely, float64(s.logits[class]))
	return c
}
