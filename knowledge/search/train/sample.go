package train

import (
	"math/rand/v2"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// none is the fold of what is in no fold.
const none = -1

// held is a phrasing that is taken out of the base and asked: a question whose answer is known.
type held struct {
	lang  knowledge.Lang
	text  string
	fact  knowledge.FactID
	fold  int
	claim bool             // from corrects
	apart bool             // no phrasing of the base
	list  knowledge.ListID // instead of a fact
}

// split deals the phrasings of every fact into folds, so that each fold holds about the same share of every fact.
func split(b *knowledge.Base) []held {
	random := rand.New(rand.NewPCG(seed, 0))
	var all []held
	for i := range b.Facts {
		f := &b.Facts[i]
		if !f.InService() {
			continue
		}
		for _, l := range knowledge.Langs {
			for n, list := range [...][]string{f.Asks.In(l), f.Corrects.In(l)} {
				first := random.IntN(folds)
				for at, p := range random.Perm(len(list)) {
					all = append(all, held{lang: l, text: list[p], fact: f.ID, fold: (first + at) % folds, claim: n == 1})
				}
			}
		}
	}
	return all
}

// phrasing names one phrasing of a base.
type phrasing struct {
	fact knowledge.FactID
	lang knowledge.Lang
	text string
}

// without returns the base without the phrasings of a fold.
func without(b *knowledge.Base, all []held, fold int) *knowledge.Base {
	out := make(map[phrasing]bool)
	for _, h := range all {
		if h.fold == fold {
			out[phrasing{h.fact, h.lang, h.text}] = true
		}
	}
	facts := make([]knowledge.Fact, len(b.Facts))
	for i, f := range b.Facts {
		keep := func(t knowledge.Texts) (kept knowledge.Texts) {
			for _, p := range t.EN {
				if !out[phrasing{f.ID, knowledge.English, p}] {
					kept.EN = append(kept.EN, p)
				}
			}
			for _, p := range t.ES {
				if !out[phrasing{f.ID, knowledge.Spanish, p}] {
					kept.ES = append(kept.ES, p)
				}
			}
			return kept
		}
		f.Asks, f.Corrects = keep(f.Asks), keep(f.Corrects)
		facts[i] = f
	}
	return with(b, facts)
}

// with returns the base with other facts.
func with(b *knowledge.Base, facts []knowledge.Fact) *knowledge.Base {
	other := knowledge.NewBase(b.Version, b.Topics, b.Sources, b.Entities, facts)
	other.Lists = b.Lists
	return other
}

// features are those of one candidate that the score is a weighted sum of.
type features [search.RankingInputs]float64

// sample is what retrieval finds for one phrasing.
type sample struct {
	held
	candidates []features
	rest       []float64    // by candidate: what the score has besides the weighted sum
	more       [][2]float64 // by candidate: what a Reranker looks at besides, InText and Covered
	right      int          // which candidate is the phrasing's fact, -1 = none
	asked      search.Asked
}

// sample asks the phrasings of a fold. Curators write phrasings for both languages side by side, so concepts of the other
// language, which the translation of a held-out phrasing has too, do not count.
func (t *trainer) sample(fold int) {
	w := t.start
	w.PoolAbroad, w.Classifier = 0, t.classifier[fold]
	x := search.NewWith(t.reduced[fold], search.Options{Weights: &w})
	var r search.Result
	for _, h := range t.all {
		if h.fold == fold {
			t.samples = append(t.samples, newSample(x, &w, h, &r))
		}
	}
}

// sampleRetold asks every other phrasing as somebody would who half remembers it, while the base still has it.
func (t *trainer) sampleRetold() {
	random := rand.New(rand.NewPCG(seed, 1))
	indexes, w := t.whole()
	var r search.Result
	for i, h := range t.all {
		if i%2 == 0 {
			x := indexes[h.fold]
			h.text, h.fold = retell(h.text, random), none
			t.samples = append(t.samples, newSample(x, &w, h, &r))
		}
	}
}

// whole returns indexes of the whole base, by the fold that their classifier has not seen, and their weights but for it.
func (t *trainer) whole() (indexes [folds]*search.Index, w search.Weights) {
	w = t.start
	w.PoolAbroad = 0
	for k := range indexes {
		own := w
		own.Classifier = t.classifier[k]
		indexes[k] = search.NewWith(t.base, search.Options{Weights: &own})
	}
	return indexes, w
}

// sampleAsked asks the questions that were written apart.
func (t *trainer) sampleAsked() {
	indexes, w := t.whole()
	var r search.Result
	for _, h := range t.asked {
		t.samples = append(t.samples, newSample(indexes[h.fold], &w, h, &r))
	}
}

// newSample asks an index.
func newSample(x *search.Index, w *search.Weights, h held, r *search.Result) sample {
	x.Search(search.Query{Text: h.text, Lang: h.lang, Depth: search.MaxDepth}, r)
	s := sample{held: h, right: -1, asked: r.Asked}
	weights := w.Ranking()
	for i := range r.Passages {
		in := search.Ranking(&r.Features[i])
		rest := r.Passages[i].Score
		for j, v := range in {
			rest -= weights[j] * v
		}
		s.candidates = append(s.candidates, in)
		s.rest = append(s.rest, rest)
		s.more = append(s.more, [2]float64{r.Features[i].InText, r.Features[i].Covered})
		if r.Passages[i].Fact.ID == h.fact {
			s.right = i
		}
	}
	return s
}
