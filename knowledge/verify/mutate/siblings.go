package mutate

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// neighbours are how many similar facts lend their values and names.
const neighbours = 8

// siblings takes values and names from similar facts, cites them instead, and joins them by causes.
func (g *generator) siblings(i int) {
	f := &g.facts[i]
	for n, o := range g.similar(i, neighbours) {
		g.siblingValues(f, o)
		g.siblingNames(f, o)
		g.wrongID(f, o)
		if n < 4 {
			g.causalJoin(f, o)
		}
	}
	if other := f.fact.Text.In(g.lang.Other()); other != "" {
		g.lie(OtherLanguage, f, other)
	}
}

func (g *generator) siblingValues(f, o *source) {
	for _, v := range f.literals {
		for _, w := range o.literals {
			if v.Kind != w.Kind || v.Unit != w.Unit && v.Kind != literal.Date || holds(f.literals, w) {
				continue
			}
			g.lie(SiblingNumber, f, edit(f.text, v.Start, v.End, o.text[w.Start:w.End]))
		}
	}
}

// holds reports whether a fact warrants a value.
func holds(values []literal.Literal, w literal.Literal) bool {
	for _, v := range values {
		if literal.Entails(v, w) {
			return true
		}
	}
	return false
}

func (g *generator) siblingNames(f, o *source) {
	for _, m := range f.mentions {
		for _, other := range o.mentions {
			if other.entity.Kind != m.entity.Kind || mentioned(f, other.entity) {
				continue
			}
			g.lie(SiblingName, f, edit(f.text, m.start, m.end, o.text[other.start:other.end]))
		}
	}
}

func mentioned(f *source, e *knowledge.Entity) bool {
	for _, m := range f.mentions {
		if m.entity == e {
			return true
		}
	}
	return false
}

// names swaps two names of a fact, and puts other entities of the base in a name's place.
func (g *generator) names(f *source) {
	for i, m := range f.mentions {
		for _, o := range f.mentions[i+1:] {
			if o.entity == m.entity {
				continue
			}
			g.lie(SwappedNames, f, f.text[:m.start]+f.text[o.start:o.end]+f.text[m.end:o.start]+f.text[m.start:m.end]+f.text[o.end:])
		}
		for range 4 {
			e := &g.base.Entities[g.random.IntN(len(g.base.Entities))]
			if e.Kind == m.entity.Kind && !mentioned(f, e) {
				g.lie(SiblingName, f, edit(f.text, m.start, m.end, e.Name))
			}
		}
	}
}

// wrongID cites a similar fact for a fact's own text.
func (g *generator) wrongID(f, o *source) {
	lie := *f
	lie.fact = o.fact
	g.lie(WrongID, &lie, f.text)
}

func (g *generator) causalJoin(f, o *source) {
	for _, c := range g.words.causes {
		joined := strings.TrimSuffix(f.text, ".") + ", " + c + " " + uncapitalised(o.text)
		g.lie(CausalJoin, f, joined, o.fact.ID)
	}
}

// uncapitalised makes the first letter small where it is not a name's.
func uncapitalised(s string) string {
	for _, w := range [...]string{"The", "A", "An", "In", "On", "No", "By", "At", "El", "La", "Los", "Las", "Un", "Una", "En", "Según", "According", "After", "Under", "Tras", "During", "Durante", "Some", "Algunos", "Until", "Hasta", "Ninguna", "Reports"} {
		if rest, ok := strings.CutPrefix(s, w+" "); ok && !(strings.HasPrefix(rest, "Choneros") || strings.HasPrefix(rest, "Lobos") || strings.HasPrefix(rest, "Roca")) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}

// additions puts invented things into a fact.
func (g *generator) additions(f *source) {
	body := strings.TrimSuffix(f.text, ".")
	for i, a := range g.words.adjuncts {
		g.lie(Adjunct, f, body+", "+a+".")
		if i < 4 {
			g.lie(Adjunct, f, capitalised(a)+", "+uncapitalised(f.text))
		}
	}
	for _, e := range g.words.evaluations {
		for _, det := range [...]string{"the ", "a ", "el ", "un "} {
			for n, at := range occurrences(f.text, strings.TrimSpace(det)) {
				if n < 2 {
					g.lie(Evaluation, f, edit(f.text, at+len(det), at+len(det), e+" "))
				}
			}
		}
	}
}
