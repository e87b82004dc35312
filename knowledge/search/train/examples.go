package train

import (
	"math/rand/v2"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// inputs are what the answer probability is computed from.
type inputs [search.CalibrationInputs]float64

// group says where an example is from.
type group uint8

const (
	heldOut  group = iota // a held-out phrasing whose fact stands first
	leftOut               // a phrasing whose fact was taken out of the base
	nearMiss              // a question of our topics that no fact answers
	offTopic              // a question about something else
	groups
)

// weights say how much an example of each group counts. Another fact may well answer a phrasing whose fact is left out.
var groupWeights = [groups]float64{heldOut: 1, leftOut: 0.1, nearMiss: 2, offTopic: 2}

// example is a question of which it is known whether the facts answer it.
type example struct {
	inputs
	group group
	lang  knowledge.Lang
	fold  int
	cues  []string // under which a Polarity may know the question: words, then concepts
	words int      // how many of them are words
}

func (e *example) answerable() bool { return e.group == heldOut }

// ask makes an example of a question; ok is false where nothing was found, which needs no probability.
func ask(x *search.Index, text string, l knowledge.Lang, r *search.Result) (e example, ok bool) {
	x.Search(search.Query{Text: text, Lang: l}, r)
	e = example{inputs: search.Inputs(r), lang: l, words: len(r.Stems)}
	for _, stem := range r.Stems {
		e.cues = append(e.cues, search.WordKey(r.Lang, stem))
	}
	e.cues = append(e.cues, r.Concepts...)
	return e, len(r.Passages) > 0
}

// heldOutExamples asks the questions of a fold, a quarter of them with a typo.
func heldOutExamples(x *search.Index, all []held, fold int) []example {
	random := rand.New(rand.NewPCG(seed, 2+uint64(fold)))
	var list []example
	var r search.Result
	for i, h := range all {
		if h.fold != fold || h.claim {
			continue
		}
		if i%4 == 1 {
			h.text = misspell(h.text, random)
		}
		if e, ok := ask(x, h.text, h.lang, &r); ok && r.Passages[0].Fact.ID == h.fact {
			e.group, e.fold = heldOut, fold
			list = append(list, e)
		}
	}
	return list
}

// leftOutExamples asks for facts that are taken out of the base, a fifth of them at a time.
func leftOutExamples(b *knowledge.Base, w *search.Weights, all []held, fold int) []example {
	facts := make([]knowledge.Fact, 0, len(b.Facts))
	gone := map[knowledge.FactID]bool{}
	for i := range b.Facts {
		if i%folds == fold {
			gone[b.Facts[i].ID] = true
		} else {
			facts = append(facts, b.Facts[i])
		}
	}
	x := search.NewWith(knowledge.NewBase(b.Version, b.Topics, b.Sources, b.Entities, facts), search.Options{Weights: w})
	var list []example
	var r search.Result
	for i, h := range all {
		if i%3 != 0 || h.claim || !gone[h.fact] {
			continue
		}
		if e, ok := ask(x, h.text, h.lang, &r); ok {
			e.group, e.fold = leftOut, fold
			list = append(list, e)
		}
	}
	return list
}

// questionExamples asks the questions that have no answer.
func questionExamples(x *search.Index, questions []Question) []example {
	var list []example
	var r search.Result
	for i, q := range questions {
		e, ok := ask(x, q.Text, q.Lang, &r)
		e.group, e.fold = nearMiss, i%folds
		if q.Outcome == knowledge.OffTopic {
			e.group = offTopic
		}
		if ok {
			list = append(list, e)
		}
	}
	return list
}
