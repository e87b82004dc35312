package train

import (
	"math/rand/v2"
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// inputs are what the answer probability is computed from.
type inputs = [search.CalibrationInputs]float64

// group says where an example is from.
type group uint8

const (
	heldOut   group = iota // a held-out phrasing whose fact stands first
	behind                 // a held-out phrasing whose fact stands second or third: the facts answer, but the first does not
	asked                  // a question written apart from the phrasings, whose fact is among the first
	worded                 // heldOut with typos or in two languages
	leftOut                // a phrasing whose fact was taken out of the base
	nearMiss               // a question of our topics that no fact answers
	offTopic               // a question about something else
	smallHeld              // the same of small bases
	smallBehind
	smallLeftOut
	smallOther // a phrasing of a topic that the small base has not
	smallMiss  // a question that the whole base does not answer either
	smallOff
	groups
)

// groupWeights say how much an example of each group counts. Another fact may well answer a phrasing whose fact is left out.
var groupWeights = [groups]float64{
	heldOut: 0.5, behind: 0.25, asked: 2, worded: 0.5, leftOut: 0.15, nearMiss: 2, offTopic: 2,
	smallHeld: 0.3, smallBehind: 0.15, smallLeftOut: 0.15, smallOther: 0.15, smallMiss: 0.3, smallOff: 0.6,
}

// leftOutOf is of how many facts one is left out at a time.
const leftOutOf = 12

// example is a question of which it is known whether the facts answer it.
type example struct {
	inputs inputs
	group  group
	lang   knowledge.Lang
	fold   int
	weight float64
	cues   []int32
}

// target returns the ending that an example should have. A question that a small base does not answer may be about its topics or
// not: p divides what it counts.
func (e *example) target(p *[search.Endings]float64) (t [search.Endings]float64) {
	switch e.group {
	case heldOut, behind, asked, worded, smallHeld, smallBehind:
		t[search.EndsAnswered] = 1
	case leftOut, nearMiss, smallLeftOut:
		t[search.EndsNearMiss] = 1
	case offTopic, smallOther, smallOff:
		t[search.EndsOffTopic] = 1
	case smallMiss:
		unanswered := max(1e-9, p[search.EndsNearMiss]+p[search.EndsOffTopic])
		t[search.EndsNearMiss], t[search.EndsOffTopic] = p[search.EndsNearMiss]/unanswered, p[search.EndsOffTopic]/unanswered
	}
	return t
}

// exampler makes examples.
type exampler struct {
	numbers numbering
	list    []example
	result  search.Result
}

// ask makes an example of a question, unless nothing is found, which needs no probability.
func (x *exampler) ask(index *search.Index, text string, l knowledge.Lang, g group, fold int) {
	r := &x.result
	index.Search(search.Query{Text: text, Lang: l}, r)
	x.take(l, g, fold)
}

// askFor makes an example of a phrasing, unless its fact is not among the first three.
func (x *exampler) askFor(index *search.Index, h *held, first, second group) {
	r := &x.result
	index.Search(search.Query{Text: h.text, Lang: h.lang}, r)
	for i := range r.Passages[:min(3, len(r.Passages))] {
		if r.Passages[i].Fact.ID == h.fact {
			x.take(h.lang, [...]group{first, second, second}[i], h.fold)
			return
		}
	}
}

// askForList makes an example of a question for a list, unless none of its facts is among the first three.
func (x *exampler) askForList(index *search.Index, h *held, facts []knowledge.FactID) {
	r := &x.result
	index.Search(search.Query{Text: h.text, Lang: h.lang}, r)
	if slices.ContainsFunc(r.Passages[:min(3, len(r.Passages))], func(p knowledge.Passage) bool { return slices.Contains(facts, p.Fact.ID) }) {
		x.take(h.lang, asked, h.fold)
	}
}

func (x *exampler) take(l knowledge.Lang, g group, fold int) {
	r := &x.result
	if len(r.Passages) == 0 {
		return
	}
	x.list = append(x.list, example{
		inputs: search.Inputs(r), group: g, lang: l, fold: fold, weight: groupWeights[g], cues: x.numbers.of(search.CuesOf(r)),
	})
}

// heldOut asks the questions of a fold as they are, some also with typos, some in two languages, and some after a preamble.
func (x *exampler) heldOut(index *search.Index, all []held, fold int) {
	random := rand.New(rand.NewPCG(seed, 2+uint64(fold)))
	abroad := map[phrasing][]string{}
	for _, h := range all {
		if h.fold == fold && !h.claim {
			key := phrasing{fact: h.fact, lang: h.lang}
			abroad[key] = append(abroad[key], h.text)
		}
	}
	for i, h := range all {
		if h.fold != fold {
			continue
		}
		if h.claim {
			x.askFor(index, &h, worded, worded)
			continue
		}
		x.askFor(index, &h, heldOut, behind)
		again := h
		switch i % 6 {
		case 0, 3:
			again.text = misspell(h.text, random)
		case 1:
			again.text = misspell(misspell(h.text, random), random)
		case 4:
			again.text = preambled(h.text, h.lang, random)
		case 2:
			again.text = mix(h.text, abroad[phrasing{fact: h.fact, lang: h.lang.Other()}], random)
		}
		if again.text != h.text {
			x.askFor(index, &again, worded, worded)
		}
	}
}

// leftOut asks for facts that are taken out of the base, so few of them at a time that the base is still that of its classifier, with
// phrasings that this has not seen.
func (x *exampler) leftOut(b *knowledge.Base, w *search.Weights, all []held, fold int) {
	facts := make([]knowledge.Fact, 0, len(b.Facts))
	gone := map[knowledge.FactID]bool{}
	for i := range b.Facts {
		if i%leftOutOf == fold {
			gone[b.Facts[i].ID] = true
		} else {
			facts = append(facts, b.Facts[i])
		}
	}
	index := search.NewWith(with(b, facts), search.Options{Weights: w})
	for _, h := range all {
		if h.fold == fold && !h.claim && gone[h.fact] {
			x.ask(index, h.text, h.lang, leftOut, fold)
		}
	}
}

// unanswered asks the questions of a fold that have no answer.
func (x *exampler) unanswered(index *search.Index, questions []Question, fold int) {
	random := rand.New(rand.NewPCG(seed, 10+uint64(fold)))
	for i, q := range questions {
		if i%folds != fold {
			continue
		}
		g := nearMiss
		if q.Outcome == knowledge.OffTopic {
			g = offTopic
		}
		x.ask(index, q.Text, q.Lang, g, fold)
		if random.IntN(again) == 0 {
			x.ask(index, preambled(q.Text, q.Lang, random), q.Lang, g, fold)
		}
	}
}
