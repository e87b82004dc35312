package thesaurus

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

const (
	gap    = "_"
	maxGap = 2 // words that a gap stands for at most
)

// Word is a word as Match wants it: folded, and its stem in the language that is asked for.
type Word struct{ Folded, Stem string }

// Match is one concept that words mean. Start and End are indices of the words or tokens, from the first to after the
// last one; a phrase may have other words inside: "ship our man off".
type Match struct {
	Start, End int
	Concept    ID
}

// Match appends to dst the concepts that the tokens mean in l, and returns it: at every word the longest phrase that
// begins there, else the word itself. Matches are in order of Start; a word of two concepts gives two matches. Words
// inside a phrase's gap count on their own as well. It stems every word; MatchWords is for callers that know the stems.
func (t *Thesaurus) Match(dst []Match, tokens []lang.Token, l knowledge.Lang) []Match {
	var buf [64]Word
	words := buf[:0]
	for _, tok := range tokens {
		w := Word{Folded: tok.Folded, Stem: tok.Folded}
		if tok.Kind == lang.Word {
			w.Stem = lang.Stem(tok.Folded, l)
		}
		words = append(words, w)
	}
	return t.MatchWords(dst, words, l)
}

// MatchWords is Match for words whose stems are known. It does not allocate when dst has room.
func (t *Thesaurus) MatchWords(dst []Match, words []Word, l knowledge.Lang) []Match {
	tab := t.table(l)
	var covered uint64 // bit i: the word i places ahead is part of an earlier phrase
	for i := range words {
		if covered&1 == 0 {
			s, mask, end := tab.longest(words[i:])
			if end == 0 {
				s, end = tab.word(words[i]), 1
			}
			covered |= mask
			for _, id := range s.ids[:s.n] {
				dst = append(dst, Match{Start: i, End: i + end, Concept: id})
			}
		}
		covered >>= 1
	}
	return dst
}

// longest returns the senses of the phrase of most words that words begin with, the places of its words as a bit mask,
// and its end, which is 0 where there is none.
func (t *table) longest(words []Word) (senses, uint64, int) {
	first := words[0].Stem
	i, _ := slices.BinarySearch(t.phrases.keys, first)
	for ; i < len(t.phrases.keys) && t.phrases.keys[i] == first; i++ {
		if mask, end := along(t.rest[i], words, 1); end > 0 {
			return t.phrases.senses[i], mask | 1, end
		}
	}
	return senses{}, 0, 0
}

// along matches the rest of a phrase to words from at on. It returns the places of the phrase's words as a bit mask and
// the end, which is 0 where it does not match. Parse's maxPhrase bounds its depth and the mask.
func along(rest string, words []Word, at int) (mask uint64, end int) {
	for rest != "" {
		var w string
		w, rest, _ = strings.Cut(rest, " ")
		if w == gap {
			m, end := across(rest, words, at)
			return mask | m, end
		}
		if at >= len(words) || words[at].Stem != w {
			return 0, 0
		}
		mask |= 1 << at
		at++
	}
	return mask, at
}

// across is along after a gap: the fewest words that it can stand for.
func across(rest string, words []Word, at int) (mask uint64, end int) {
	for skip := range min(maxGap, len(words)-at) + 1 {
		if mask, end = along(rest, words, at+skip); end > 0 {
			return mask, end
		}
	}
	return 0, 0
}
