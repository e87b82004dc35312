package thesaurus

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// builder collects the words of one language.
type builder struct {
	lang    knowledge.Lang
	words   map[string]senses
	stems   map[string]stemSenses
	phrases map[string]senses // by all stems
}

func newBuilder(l knowledge.Lang) builder {
	return builder{lang: l, words: map[string]senses{}, stems: map[string]stemSenses{}, phrases: map[string]senses{}}
}

// stemSenses are the senses of a stem. When one of its words is the base form, from which the forms that nobody listed
// come, it means what that word means: defended is defend and not defendant. A stem without a base form that stands for
// more than maxSenses concepts is vague and means nothing.
type stemSenses struct {
	senses
	vague bool
}

func (s *stemSenses) learn(id ID, base bool) {
	if base && !s.base {
		*s = stemSenses{senses: senses{base: true}}
	}
	if base == s.base && !s.add(id) {
		s.vague = true
	}
}

// isBase reports whether word is the form that all other forms of its stem come from: the stem itself, or with -e, -ate
// or its y in English, the infinitive in Spanish.
func isBase(word, stem string, l knowledge.Lang) bool {
	end, ok := strings.CutPrefix(word, stem)
	if l == knowledge.Spanish {
		end = strings.TrimSuffix(end, "se")
		return ok && (end == "ar" || end == "er" || end == "ir")
	}
	return ok && (end == "" || end == "e" || end == "ate") || strings.HasSuffix(word, "y") && word[:len(word)-1]+"i" == stem
}

// addWord adds one word, and its stem too unless it is to match exactly; it reports whether the word had room.
func (b *builder) addWord(word string, exact bool, id ID) bool {
	s := b.words[word]
	room := s.add(id)
	b.words[word] = s
	if !exact {
		stem := lang.Stem(word, b.lang)
		s := b.stems[stem]
		s.learn(id, isBase(word, stem, b.lang))
		b.stems[stem] = s
	}
	return room
}

// addPhrase adds the phrase of tokens, at least two, and reports whether it had room.
func (b *builder) addPhrase(tokens []lang.Token, id ID) bool {
	stems := make([]string, len(tokens))
	for i, tok := range tokens {
		stems[i] = tok.Folded
		if tok.Kind == lang.Word {
			stems[i] = lang.Stem(tok.Folded, b.lang)
		}
	}
	key := strings.Join(stems, " ")
	s := b.phrases[key]
	room := s.add(id)
	b.phrases[key] = s
	return room
}

// table sorts what was collected.
func (b *builder) table() table {
	t := table{lang: b.lang}
	for _, w := range slices.Sorted(maps.Keys(b.words)) {
		t.words.append(w, b.words[w])
	}
	for _, stem := range slices.Sorted(maps.Keys(b.stems)) {
		if s := b.stems[stem]; !s.vague {
			t.stems.append(stem, s.senses)
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(b.phrases), longerFirst) {
		first, rest, _ := strings.Cut(p, " ")
		t.phrases.append(first, b.phrases[p])
		t.rest = append(t.rest, rest)
	}
	return t
}

func (d *dict) append(key string, s senses) {
	d.keys, d.senses = append(d.keys, key), append(d.senses, s)
}

// longerFirst orders phrases by their first word; then those of more words come first, and then those of fewer gaps.
func longerFirst(a, b string) int {
	firstA, restA, _ := strings.Cut(a, " ")
	firstB, restB, _ := strings.Cut(b, " ")
	return cmp.Or(cmp.Compare(firstA, firstB), cmp.Compare(solid(restB), solid(restA)),
		cmp.Compare(strings.Count(restA, " "), strings.Count(restB, " ")), cmp.Compare(restA, restB))
}

// solid counts the words of a phrase that are no gaps.
func solid(rest string) int {
	n := 0
	for w := range strings.FieldsSeq(rest) {
		if w != gap {
			n++
		}
	}
	return n
}
