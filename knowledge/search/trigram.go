package search

import (
	"math"
	"unicode/utf8"

	"enlace/knowledge/lang"
)

// Trigrams are of folded letters and digits, five bits each; everything else is a boundary, and several are one. Digits
// share codes, since numbers are compared elsewhere.
const (
	codeBits = 5
	digits   = 27 // code of 0 and 5, the first of five
	other    = 31 // any letter that does not fold to a–z
	trigrams = 1 << (3 * codeBits)
)

// codeOf maps characters below 0x180 to codes.
var codeOf = func() (t [0x180]uint8) {
	for r := range t {
		folded := lang.Fold(string(rune(r)))
		c, _ := utf8.DecodeRuneInString(folded)
		switch {
		case 'a' <= c && c <= 'z':
			t[r] = uint8(c-'a') + 1
		case '0' <= c && c <= '9':
			t[r] = digits + uint8(c-'0')%5
		case c >= 0xc0 && c != '×' && c != '÷':
			t[r] = other
		}
	}
	return t
}()

func code(r rune) uint8 {
	switch {
	case r < 0x180:
		return codeOf[r]
	case r < 0x370 || r >= 0x2000 && r < 0x2c00: // marks, punctuation, symbols
		return 0
	}
	return other
}

// window is the last three codes of a text that is read on.
type window uint32

// push reads one code and returns the trigram that it completes; 0 inside a boundary and at the first letter.
func (w *window) push(c uint8) uint32 {
	if c == 0 && *w&(1<<codeBits-1) == 0 {
		return 0
	}
	*w = (*w<<codeBits | window(c)) & (trigrams - 1)
	if *w < 1<<codeBits {
		return 0 // the first letter alone
	}
	return uint32(*w)
}

// trigramStats counts in how many texts each trigram is.
type trigramStats struct {
	docs   int
	with   []uint32
	seenIn []uint32 // by trigram: the last text that has it
	words  int      // length of all texts together, in bytes
}

func newTrigramStats() *trigramStats {
	return &trigramStats{with: make([]uint32, trigrams), seenIn: make([]uint32, trigrams)}
}

func (s *trigramStats) count(text string) {
	s.docs++
	s.words += len(text)
	each(text, func(g uint32) {
		if s.seenIn[g] != uint32(s.docs) {
			s.seenIn[g] = uint32(s.docs)
			s.with[g]++
		}
	})
}

// each calls visit with every trigram of text.
func each(text string, visit func(uint32)) {
	var w window
	for _, r := range text {
		if g := w.push(code(r)); g != 0 {
			visit(g)
		}
	}
	if g := w.push(0); g != 0 {
		visit(g)
	}
}

// average returns the mean length of the texts in bytes, at least 1.
func (s *trigramStats) average() float64 { return max(1, float64(s.words)/float64(max(1, s.docs))) }

// maxTrigrams bounds how many different trigrams of a question count.
const maxTrigrams = 255

// questionTrigrams are the trigrams of a question's content words with their idf.
type questionTrigrams struct {
	slot *[trigrams]uint8 // by trigram: its number from 1, 0 = not in the question
	list []uint32
	idf  [maxTrigrams + 1]float32
	sum  float64
	seen [4]uint64 // by number, of the text being measured
}

func newQuestionTrigrams() questionTrigrams { return questionTrigrams{slot: new([trigrams]uint8)} }

// forget clears the question.
func (q *questionTrigrams) forget() {
	for _, g := range q.list {
		q.slot[g] = 0
	}
	q.list, q.sum = q.list[:0], 0
}

// add brings in a word, folded or not.
func (q *questionTrigrams) add(word string, s *trigramStats, idfs []float32) {
	each(word, func(g uint32) { q.addOne(g, s, idfs) })
}

func (q *questionTrigrams) addOne(g uint32, s *trigramStats, idfs []float32) {
	if q.slot[g] != 0 || len(q.list) == maxTrigrams {
		return
	}
	q.list = append(q.list, g)
	q.slot[g] = uint8(len(q.list))
	weight := float64(idfs[s.with[g]])
	q.idf[len(q.list)] = float32(weight)
	q.sum += weight
}

// coverage returns the share, by idf, of the question's trigrams that text has. Texts longer than the average lose
// worth as damping says, since they hold more by chance.
func (q *questionTrigrams) coverage(text string, average, damping float64) float64 {
	if q.sum == 0 {
		return 0
	}
	q.seen = [4]uint64{}
	var w window
	var sum float32
	for i := 0; i < len(text); {
		c, n := uint8(0), 1
		if text[i] < utf8.RuneSelf {
			c = codeOf[text[i]]
		} else {
			var r rune
			r, n = utf8.DecodeRuneInString(text[i:])
			c = code(r)
		}
		i += n
		if g := w.push(c); q.slot[g] != 0 {
			sum += q.hit(g)
		}
	}
	sum += q.hit(w.push(0))
	longer := math.Max(0, float64(len(text))/average-1)
	return float64(sum) / q.sum / (1 + damping*longer)
}

// hit returns what a trigram adds: its idf at its first sight.
func (q *questionTrigrams) hit(g uint32) float32 {
	n := q.slot[g]
	if n == 0 || q.seen[n>>6]&(1<<(n&63)) != 0 {
		return 0
	}
	q.seen[n>>6] |= 1 << (n & 63)
	return q.idf[n]
}
