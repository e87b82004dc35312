package train

import (
	"math/rand/v2"
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// smallSizes are how many facts the small bases have on which the answer probability is learned too: most bases begin small.
var smallSizes = [...]int{4, 5, 6, 8, 10, 12, 14, 17, 20, 25, 30, 40, 50, 60, 80, 100}

// How many examples a small base gives.
const (
	smallHeldOut    = 300
	smallLeftOuts   = 150
	smallOthers     = 50
	smallUnanswered = 12 // one in so many of the questions without an answer
)

// smallBase is a sample of the facts of a few topics, with a sample of their phrasings, and what else can be asked.
type smallBase struct {
	base        *knowledge.Base
	held        []held // phrasings that were taken out
	left, other []held // phrasings of facts that it has not: of its topics and of others
}

// newSmallBase takes n facts at most of one to three topics with keep phrasings each.
func newSmallBase(b *knowledge.Base, all []held, n, keep int, random *rand.Rand) smallBase {
	var s smallBase
	in := map[knowledge.TopicID]bool{}
	var topics []knowledge.Topic
	few := 1 + random.IntN(3)
	for _, t := range random.Perm(len(b.Topics))[:min(few, len(b.Topics))] {
		in[b.Topics[t].ID] = true
		topics = append(topics, b.Topics[t])
	}
	var facts []knowledge.Fact
	has := map[knowledge.FactID]bool{}
	for _, i := range random.Perm(len(b.Facts)) {
		f := b.Facts[i]
		if len(facts) == n || !f.InService() || len(in) > 0 && !in[f.Topic] {
			continue
		}
		f.Asks = knowledge.Texts{EN: s.hold(f.Asks.EN, knowledge.English, f.ID, keep, random), ES: s.hold(f.Asks.ES, knowledge.Spanish, f.ID, keep, random)}
		facts, has[f.ID] = append(facts, f), true
	}
	for _, i := range random.Perm(len(all)) {
		h := all[i]
		switch f := b.Fact(h.fact); {
		case h.claim || has[h.fact]:
		case in[f.Topic] && len(s.left) < smallLeftOuts:
			s.left = append(s.left, h)
		case !in[f.Topic] && len(s.other) < smallOthers:
			s.other = append(s.other, h)
		}
	}
	s.base = knowledge.NewBase(b.Version, topics, b.Sources, b.Entities, facts)
	return s
}

// hold keeps some of a fact's phrasings and takes a few others out.
func (s *smallBase) hold(list []string, l knowledge.Lang, fact knowledge.FactID, keep int, random *rand.Rand) (kept []string) {
	for n, at := range random.Perm(len(list)) {
		switch {
		case n < keep:
			kept = append(kept, list[at])
		case n < keep+6:
			s.held = append(s.held, held{lang: l, text: list[at], fact: fact})
		}
	}
	return kept
}

// small asks small bases.
func (x *exampler) small(b *knowledge.Base, w *search.Weights, all []held, questions []Question) {
	random := rand.New(rand.NewPCG(seed, 4))
	for i, n := range smallSizes {
		s := newSmallBase(b, all, n, [...]int{2, 4, 8, 24}[i%4], random)
		index := search.NewWith(s.base, search.Options{Weights: w})
		random.Shuffle(len(s.held), func(i, j int) { s.held[i], s.held[j] = s.held[j], s.held[i] })
		for n, h := range s.held[:min(smallHeldOut, len(s.held))] {
			h.fold = n % folds
			x.askFor(index, &h, smallHeld, smallBehind)
		}
		for n, h := range slices.Concat(s.left, s.other) {
			g := smallLeftOut
			if n >= len(s.left) {
				g = smallOther
			}
			x.ask(index, h.text, h.lang, g, n%folds)
		}
		for n, q := range questions {
			if random.IntN(smallUnanswered) != 0 {
				continue
			}
			g := smallMiss
			if q.Outcome == knowledge.OffTopic {
				g = smallOff
			}
			x.ask(index, q.Text, q.Lang, g, n%folds)
		}
	}
}

// sampleSmall asks held-out phrasings of small bases, for the reranker.
func (t *trainer) sampleSmall() {
	random := rand.New(rand.NewPCG(seed, 7))
	w := t.start
	w.PoolAbroad = 0
	var r search.Result
	for i, n := range smallSizes {
		s := newSmallBase(t.base, t.all, n, [...]int{2, 4, 8, 24}[i%4], random)
		x := search.NewWith(s.base, search.Options{Weights: &w})
		random.Shuffle(len(s.held), func(i, j int) { s.held[i], s.held[j] = s.held[j], s.held[i] })
		for n, h := range s.held[:min(smallHeldOut, len(s.held))] {
			h.fold = n % folds
			t.small = append(t.small, newSample(x, &w, h, &r))
		}
	}
}
