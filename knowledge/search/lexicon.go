package search

import (
	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/thesaurus"
)

// none stands for "no surface" and "no term".
const none = ^uint32(0)

// lexicon numbers the words of one language's facts: surfaces are folded words, terms their stems. Evidence that is no
// word (entities, dates, numbers) has terms too, under keys that no word can be.
type lexicon struct {
	lang     knowledge.Lang
	surfaces wordTable
	words    []string // by surface
	term     []uint32 // by surface
	stem     []string // by surface; of a stop word too
	count    []uint32 // by surface: how often it occurs
	stop     []bool   // by surface
	stated   []bool   // by surface, as far as it goes: a text or a name of an entity has it, and not only phrasings
	stems    map[string]uint32
	reserved uint32 // terms before the first stem: the concepts
}

func newLexicon(l knowledge.Lang, size, reserved int) *lexicon {
	return &lexicon{lang: l, surfaces: newWordTable(size), stems: make(map[string]uint32, size), reserved: uint32(reserved)}
}

// terms returns how many terms there are.
func (x *lexicon) terms() int { return int(x.reserved) + len(x.stems) }

// learn returns the surface of a folded word, which it adds where it is new.
func (x *lexicon) learn(folded []byte, k lang.Kind) uint32 {
	s, hash, ok := x.surfaces.find(folded, x.words)
	if !ok {
		s = x.add(string(folded), hash, k)
	}
	x.count[s]++
	return s
}

func (x *lexicon) add(folded string, hash uint32, k lang.Kind) uint32 {
	s := uint32(len(x.words))
	x.surfaces.add(s, hash)
	x.words = append(x.words, folded)
	x.count = append(x.count, 0)
	stem, stop := folded, false
	if k == lang.Word {
		stem, stop = lang.Stem(folded, x.lang), lang.IsStop(folded, x.lang)
	}
	x.stem = append(x.stem, stem)
	x.term = append(x.term, x.key(termKey(folded, stem, stop)))
	x.stop = append(x.stop, stop)
	return s
}

// termKey returns under what a word is known: a stop word stays as it is, under a key that no stem can be.
func termKey(folded, stem string, stop bool) string {
	if stop {
		return stopKey + folded
	}
	return stem
}

// key returns the term of a stem or evidence key, which it adds where it is new.
func (x *lexicon) key(stem string) uint32 {
	t, ok := x.stems[stem]
	if !ok {
		t = x.reserved + uint32(len(x.stems))
		x.stems[stem] = t
	}
	return t
}

// meaning is what a word of a question is to the lexicon: none for what is not known.
type meaning struct {
	surface, term uint32
	stop          bool
	thesaurus.Word
}

// find looks a folded word up by itself and then by its stem.
func (x *lexicon) find(folded []byte, k lang.Kind, seen *memory) meaning {
	if s, _, ok := x.surfaces.find(folded, x.words); ok {
		return meaning{s, x.term[s], x.stop[s], thesaurus.Word{Folded: x.words[s], Stem: x.stem[s]}}
	}
	if k == lang.Number {
		return meaning{surface: none, term: none}
	}
	if m, ok := seen.words[string(folded)]; ok {
		return m
	}
	m := x.derive(string(folded))
	seen.keep(string(folded), m)
	return m
}

func (x *lexicon) derive(word string) meaning {
	m := meaning{surface: none, term: none, stop: lang.IsStop(word, x.lang)}
	m.Word = thesaurus.Word{Folded: word, Stem: lang.Stem(word, x.lang)}
	if t, ok := x.stems[termKey(word, m.Stem, m.stop)]; ok {
		m.term = t
	}
	return m
}

// memory keeps words that the facts do not have, since stemming costs more than the rest of reading a question.
type memory struct{ words map[string]meaning }

// maxRemembered bounds a memory; it starts anew when it is full.
const maxRemembered = 1024

func (m *memory) keep(word string, what meaning) {
	if len(m.words) >= maxRemembered {
		clear(m.words)
	}
	m.words[word] = what
}

// sequences are texts as surfaces, one after the other.
type sequences struct {
	surfaces []uint32
	ends     []uint32
}

func (q *sequences) at(i uint32) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = q.ends[i-1]
	}
	return q.surfaces[from:q.ends[i]]
}

// add appends text as a sequence of its own.
func (q *sequences) add(text string, x *lexicon, buf []byte) []byte {
	buf = q.extend(text, x, buf)
	q.close()
	return buf
}

// extend appends the words of text to the open sequence.
func (q *sequences) extend(text string, x *lexicon, buf []byte) []byte {
	for t, ok := lang.Next(text, 0); ok; t, ok = lang.Next(text, t.End) {
		if t.Kind == lang.Punct {
			continue
		}
		buf = appendKey(buf[:0], t)
		q.surfaces = append(q.surfaces, x.learn(buf, t.Kind))
	}
	return buf
}

// until returns how many words the first n sequences have.
func (q *sequences) until(n int) int {
	if n == 0 {
		return 0
	}
	return int(q.ends[n-1])
}

func (q *sequences) close() { q.ends = append(q.ends, uint32(len(q.surfaces))) }

// appendKey appends what a token is known by: words folded and without dots ("U.S." is us), numbers without the
// separators of thousands ("1,000" is 1000).
func appendKey(dst []byte, t lang.Token) []byte {
	from := len(dst)
	if t.Kind == lang.Number {
		return appendNumber(dst, t.Text)
	}
	if plain(t.Text) {
		return append(dst, t.Text...)
	}
	dst = lang.AppendFold(dst, t.Text)
	out := dst[:from]
	for _, c := range dst[from:] {
		if c != '.' && c != ' ' {
			out = append(out, c)
		}
	}
	return out
}

// plain reports whether a word is its own key.
func plain(word string) bool {
	for i := range len(word) {
		if c := word[i]; (c < 'a' || c > 'z') && c != '\'' {
			return false
		}
	}
	return true
}

func appendNumber(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c != ',' && c != '.':
			dst = append(dst, c)
		case digitsFrom(s, i+1) != 3:
			dst = append(dst, '.')
		}
	}
	return dst
}

func digitsFrom(s string, i int) int {
	n := 0
	for i+n < len(s) && '0' <= s[i+n] && s[i+n] <= '9' {
		n++
	}
	return n
}

// state notes that a text or a name has words.
func (x *lexicon) state(surfaces []uint32) {
	for len(x.stated) < len(x.words) {
		x.stated = append(x.stated, false)
	}
	for _, s := range surfaces {
		x.stated[s] = true
	}
}
