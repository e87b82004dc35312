package facts

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// reading is a fact with its texts taken apart.
type reading struct {
	fact  *knowledge.Fact
	sides []*side // English, then Spanish; those that the fact has
}

// side is a fact's text in one language.
type side struct {
	lang     knowledge.Lang
	text     string
	tokens   []lang.Token
	literals []literal.Literal
	mentions []mention
}

func (l *linter) read(f *knowledge.Fact) *reading {
	r := &reading{fact: f}
	for _, language := range knowledge.Langs {
		text := f.Text.In(language)
		if text == "" {
			continue
		}
		s := &side{lang: language, text: text, tokens: lang.Tokens(nil, text), literals: literal.Parse(text, language)}
		s.mentions = l.names.find(s.tokens)
		r.sides = append(r.sides, s)
	}
	return r
}

// in returns the fact's text in a language, or nil.
func (r *reading) in(l knowledge.Lang) *side {
	for _, s := range r.sides {
		if s.lang == l {
			return s
		}
	}
	return nil
}

func (s *side) path() []string { return []string{"text", string(s.lang)} }

// entities returns the entities that the text names, sorted, each once.
func (s *side) entities() []knowledge.EntityID {
	ids := make([]knowledge.EntityID, len(s.mentions))
	for i, m := range s.mentions {
		ids[i] = m.id
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// frame returns the stems of what a text says apart from its values and names, sorted and each once: two facts with the same frame
// say the same of different values.
func (s *side) frame() []string {
	var stems []string
	for i, t := range s.tokens {
		if t.Kind != lang.Word || lang.IsStop(t.Folded, s.lang) || s.inLiteral(t) || s.inMention(i) {
			continue
		}
		stems = append(stems, lang.Stem(t.Folded, s.lang))
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

func (s *side) inLiteral(t lang.Token) bool {
	return slices.ContainsFunc(s.literals, func(l literal.Literal) bool { return t.Start >= l.Start && t.End <= l.End })
}

func (s *side) inMention(i int) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return i >= m.first && i <= m.last })
}

// span returns the text of a literal.
func (s *side) span(l literal.Literal) string { return s.text[l.Start:l.End] }

// plainWords returns a text as folded words with single spaces, without punctuation: what two texts share that differ only in
// how they are typed.
func plainWords(s string) string {
	var words []string
	for _, t := range lang.Tokens(nil, s) {
		if t.Kind != lang.Punct {
			words = append(words, t.Folded)
		}
	}
	return strings.Join(words, " ")
}
