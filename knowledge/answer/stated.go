package answer

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// particular are the kinds of question that a fact without such a thing cannot answer.
const particular = search.AskedWho | search.AskedWhen | search.AskedWhere

// said reports whether the best fact, or one phrasing of it, has every word of the question that carries meaning, and the kind of
// thing that is asked for. Then the fact answers, however the scores lie: they are calibrated on a large base, and a small one
// knows few words. A question needs least words of its own for the text to count: a single one says little, unless a conversation
// says the rest.
func said(text string, l knowledge.Lang, r *search.Result, least int) bool {
	asked := contentStems(text, l)
	if len(asked) == 0 || r.Lang != l {
		return false
	}
	f := r.Passages[0].Fact
	if !r.Asked.Has(search.AskedWho) && slices.ContainsFunc(f.Asks.In(l), func(ask string) bool { return sameWords(ask, text) }) {
		return true // its curator says so; times and places have more forms than can be recognised
	}
	if r.Asked.Has(particular) && r.Features[0].AskedFor == 0 {
		return false
	}
	if r.Classified.Known { // the phrasings of this base are known well enough
		return false
	}
	if len(asked) >= least && covers(textStems(f.Text.In(l), l), asked) {
		return true
	}
	return slices.ContainsFunc(f.Asks.In(l), func(ask string) bool {
		phrasing := contentStems(ask, l)
		return covers(phrasing, asked) && covers(asked, phrasing)
	})
}

// sameWords reports whether two texts have the same words in the same order, whatever their case, accents and punctuation.
func sameWords(a, b string) bool {
	words := func(text string) (out []string) {
		for _, t := range lang.Tokens(nil, text) {
			if t.Kind != lang.Punct {
				out = append(out, t.Folded)
			}
		}
		return out
	}
	return slices.Equal(words(a), words(b))
}

func covers(has, wanted []string) bool {
	for _, w := range wanted {
		if !slices.Contains(has, w) {
			return false
		}
	}
	return true
}
