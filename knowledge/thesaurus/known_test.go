package thesaurus

import (
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

func TestKnownWordsMatchLikeOthers(t *testing.T) {
	th := Shipped()
	for _, l := range knowledge.Langs {
		for _, text := range []string{
			"so did they ship him off in the end or is the boss still behind bars", "what is his salary and who is he married to",
			"y ya lo mandaron para allá al capo o sigue tras las rejas", "xqz", "", "put pen to paper _ lock up",
		} {
			var words []Word
			var known []Known
			for _, tok := range lang.Tokens(nil, text) {
				w := Word{Folded: tok.Folded, Stem: lang.Stem(tok.Folded, l)}
				words, known = append(words, w), append(known, th.Look(w, l))
			}
			if a, b := th.MatchWords(nil, words, l), th.MatchKnown(nil, words, known, l); !slices.Equal(a, b) {
				t.Errorf("%q in %s: %v, looked up before %v", text, l, a, b)
			}
		}
	}
}
