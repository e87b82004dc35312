package verify

import (
	"sync"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// Verifier proves sentences against the facts of one base. It is immutable and safe for concurrent use.
type Verifier struct {
	base   *knowledge.Base
	en, es *side
	tables sync.Pool // of *table
}

// whole says how much of a fact a sentence must tell.
type whole uint8

const (
	partly whole = iota
	nearly       // alleged, conditional and contrasting facts: minCoverage of the units
	entire       // disputed facts
)

// minCoverage is the share of an alleged fact that a sentence must tell: with less, the half that clears somebody can be
// left out (verification notes, check 13).
const minCoverage = 0.85

// factText is a fact in one language, ready to prove sentences.
type factText struct {
	fact  *knowledge.Fact
	text  *text // nil where the fact has no text in the language
	views []view
	whole whole
}

// New reads every fact of a base in both languages. It takes some milliseconds for a few hundred facts.
func New(b *knowledge.Base) *Verifier {
	v := &Verifier{base: b, en: newSide(b, knowledge.English), es: newSide(b, knowledge.Spanish)}
	v.tables.New = func() any { return new(table) }
	return v
}

func (v *Verifier) side(l knowledge.Lang) *side {
	if l == knowledge.Spanish {
		return v.es
	}
	return v.en
}

func newSide(b *knowledge.Base, l knowledge.Lang) *side {
	s := &side{
		lang: l, base: b, functions: functionsOf(l), names: &nameTree{}, phrases: &nameTree{},
		in: &interner{numbers: map[string]int32{}}, canon: map[string]string{}, facts: make([]factText, len(b.Facts)), places: map[knowledge.FactID]int{},
	}
	s.readers.New = func() any { return new(literal.Reader) }
	s.names.addNames(b, s.in)
	s.offices, s.titled = offices(b, s.names), titlesOf(b)
	s.addSynonyms()
	for i := range b.Facts {
		s.places[b.Facts[i].ID] = i
		s.facts[i] = s.readFact(&b.Facts[i])
	}
	s.in.frozen = true
	return s
}

func (s *side) readFact(f *knowledge.Fact) factText {
	ft := factText{fact: f}
	raw := lang.Normalize(f.Text.In(s.lang))
	if raw == "" {
		return ft
	}
	ft.text = s.read(raw, func(e int32) bool {
		for _, id := range f.Entities {
			if id == s.base.Entities[e-1].ID {
				return true
			}
		}
		return false
	})
	ft.views = s.views(ft.text, true)
	switch {
	case f.Status == knowledge.Disputed:
		ft.whole = entire
	case f.Status == knowledge.Alleged || len(wording.Find(raw, s.lang, wording.Contrast, wording.Condition)) > 0:
		ft.whole = nearly
	}
	return ft
}

// addSynonyms enters the synonym table: words under the key of their group, phrases into a tree.
func (s *side) addSynonyms() {
	for _, g := range groups(s.lang) {
		name := wordKeys(exactKey(g[0], s.lang), s.lang)[0]
		for _, member := range g {
			tokens := lang.Tokens(nil, member)
			if len(tokens) == 1 {
				s.canon[wordKeys(exactKey(member, s.lang), s.lang)[0]] = name
				continue
			}
			s.addPhrase(tokens, name)
		}
	}
	for _, c := range compounds[s.lang] {
		s.addPhrase(lang.Tokens(nil, c), c)
	}
}

// compounds are phrases that are one unit wherever they stand.
var compounds = map[knowledge.Lang][]string{
	knowledge.English: {"not guilty", "as well as", "such as", "due to", "each other"},
	knowledge.Spanish: {"no culpable", "así como", "tales como", "sin embargo"},
}

func (s *side) addPhrase(tokens []lang.Token, key string) {
	path := make([]string, len(tokens))
	for i := range tokens {
		path[i] = tokenKey(&tokens[i])
	}
	s.phrases.add(path, ending{key: s.in.add(key)})
}

// find returns the fact with the id in a language, or nil.
func (s *side) find(id knowledge.FactID) *factText {
	if i, ok := s.places[id]; ok {
		return &s.facts[i]
	}
	return nil
}
