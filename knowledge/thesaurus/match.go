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
			mask := uint64(0)
			dst, mask = tab.match(dst, words, i, tab.look(words[i]))
			covered |= mask
		}
		covered >>= 1
	}
	return dst
}

// Known is what a thesaurus knows about one word, for callers that meet the same words again and again.
type Known struct {
	senses     senses
	first, end int32 // the phrases that begin with it
}

// Look returns what is known about a word in l, for MatchKnown.
func (t *Thesaurus) Look(w Word, l knowledge.Lang) Known { return t.table(l).look(w) }

// MatchKnown is MatchWords for words that were looked up before: known holds what Look returned for each, in l.
func (t *Thesaurus) MatchKnown(dst []Match, words []Word, known []Known, l knowledge.Lang) []Match {
	tab := t.table(l)
	var covered uint64
	for i := range words {
		if k := &known[i]; covered&1 == 0 && (k.senses.n > 0 || k.first < k.end) {
			mask := uint64(0)
			dst, mask = tab.match(dst, words, i, known[i])
			covered |= mask
		}
		covered >>= 1
	}
	return dst
}

// look finds a word and the phrases that begin with it.
func (t *table) look(w Word) Known {
	k := Known{senses: t.word(w)}
	first, _ := slices.BinarySearch(t.phrases.keys, w.Stem)
	end := first
	for end < len(t.phrases.keys) && t.phrases.keys[end] == w.Stem {
		end++
	}
	k.first, k.end = int32(first), int32(end)
	return k
}

// match appends what the words from one on mean: the phrase of most words that begins there, else the word itself. The
// mask tells the places of a phrase's words, from the first on.
func (t *table) match(dst []Match, words []Word, at int, k Known) ([]Match, uint64) {
	s, end, mask := k.senses, 1, uint64(0)
	for i := k.first; i < k.end; i++ {
		if m, e := along(t.rest[i], words[at:], 1); e > 0 {
			s, end, mask = t.phrases.senses[i], e, m|1
			break
		}
	}
	for _, id := range s.ids[:s.n] {
		dst = append(dst, Match{Start: at, End: at + end, Concept: id})
	}
	return dst, mask
}

// along matches the rest of a phrase to words from at on. It returns the places of the phrase's words as a bit mask and
// the end, which is 0 where it does not match. Parse's maxPhrase bounds its depth and the mask.
func along(rest string, words []Word, at int) (mask uint64, end int) {
	for rest != "" {
		if strings.HasPrefix(rest, gap) {
			m, end := across(rest[len(gap)+1:], words, at)
			return mask | m, end
		}
		if at >= len(words) {
			return 0, 0
		}
		stem := words[at].Stem
		switch n := len(stem); {
		case len(rest) < n || rest[:n] != stem:
			return 0, 0
		case len(rest) == n:
			rest = ""
		case rest[n] != ' ':
			return 0, 0
		default:
			rest = rest[n+1:]
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
