package search

import (
	"cmp"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// maxRepairs bounds how many words of one question are repaired.
const maxRepairs = 8

// spelling finds the known word that an unknown one was meant to be.
type spelling struct {
	words   []uint32 // surfaces, by length in bytes, then alphabetically
	letters []uint64 // by place in words: which letters the word has
	lengths []uint32 // by length: where its words end
}

// maxSpelled is the longest word that is repaired, in bytes.
const maxSpelled = 32

// newSpelling indexes the surfaces for which use is true.
func newSpelling(x *lexicon, use func(surface uint32) bool) *spelling {
	p := &spelling{lengths: make([]uint32, maxSpelled+1)}
	for s, w := range x.words {
		if len(w) >= 3 && len(w) <= maxSpelled && !hasDigit(w) && use(uint32(s)) {
			p.words = append(p.words, uint32(s))
		}
	}
	slices.SortFunc(p.words, func(a, b uint32) int {
		if d := len(x.words[a]) - len(x.words[b]); d != 0 {
			return d
		}
		return cmp.Compare(x.words[a], x.words[b])
	})
	p.letters = make([]uint64, len(p.words))
	for i, s := range p.words {
		p.letters[i] = letterSet([]byte(x.words[s]))
		p.lengths[len(x.words[s])] = uint32(i + 1)
	}
	for n := 1; n < len(p.lengths); n++ {
		p.lengths[n] = max(p.lengths[n], p.lengths[n-1])
	}
	return p
}

func hasDigit[T string | []byte](w T) bool {
	for i := range len(w) {
		if '0' <= w[i] && w[i] <= '9' {
			return true
		}
	}
	return false
}

// letterSet has a bit for every letter; an edit changes two at most.
func letterSet(word []byte) uint64 {
	var set uint64
	for _, c := range word {
		set |= 1 << (c & 63)
	}
	return set
}

// allowed returns how many edits a word of n letters may be away: 1 from four letters on, 2 from eight.
func allowed(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 8:
		return 1
	}
	return 2
}

// repair returns the surface that a folded word was meant to be and how many edits away it is: the nearest one, then the
// most frequent, then the first in the alphabet.
func (p *spelling) repair(word []byte, x *lexicon) (surface uint32, distance int, ok bool) {
	limit := allowed(utf8.RuneCount(word))
	if limit == 0 || len(word)+limit > maxSpelled || hasDigit(word) {
		return 0, 0, false
	}
	best, bestDistance := none, limit+1
	set := letterSet(word)
	pattern := newPattern(word)
	for i := p.lengths[max(0, len(word)-limit-1)]; i < p.lengths[len(word)+limit]; i++ {
		// An edit takes one letter away and brings one in, at most.
		if l := p.letters[i]; bits.OnesCount64(l&^set) > limit || bits.OnesCount64(set&^l) > limit {
			continue
		}
		s := p.words[i]
		d := pattern.edits(x.words[s])
		if d < bestDistance || d == bestDistance && d <= limit && preferred(x, s, best) {
			best, bestDistance = s, d
		}
	}
	return best, bestDistance, best != none
}

func preferred(x *lexicon, a, b uint32) bool {
	if x.count[a] != x.count[b] {
		return x.count[a] > x.count[b]
	}
	return x.words[a] < x.words[b]
}

// wordPattern says for every byte at which places of a word it stands.
type wordPattern struct {
	places [256]uint64
	length int
}

func newPattern(word []byte) *wordPattern {
	p := &wordPattern{length: len(word)}
	for i, c := range word {
		p.places[c] |= 1 << i
	}
	return p
}

// edits returns the optimal string alignment distance (insertion, deletion, substitution, transposition of neighbours) of
// the pattern's word to another, a column of the table at a time in the bits of a word: Hyyrö 2003, "A bit-vector algorithm
// for computing Levenshtein and Damerau edit distances", Nordic Journal of Computing 10.
func (p *wordPattern) edits(word string) int {
	distance, last := p.length, uint64(1)<<(p.length-1)
	up, down, zero, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	for i := range len(word) {
		here := p.places[word[i]]
		transposed := (^zero & here) << 1 & before
		zero = ((here & up) + up) ^ up | here | down | transposed
		right, left := down|^(zero|up), zero&up
		if right&last != 0 {
			distance++
		}
		if left&last != 0 {
			distance--
		}
		right, left = right<<1|1, left<<1
		up, down, before = left|^(zero|right), right&zero, here
	}
	return distance
}
