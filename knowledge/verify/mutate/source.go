package mutate

import (
	"cmp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// source is a fact in one language with what can be changed in it.
type source struct {
	fact     *knowledge.Fact
	text     string
	literals []literal.Literal
	mentions []mention
	stems    map[string]bool
}

// mention is an entity's name in a text.
type mention struct {
	entity     *knowledge.Entity
	start, end int
}

// collect reads the facts in service that have a text in the language.
func (g *generator) collect() {
	for i := range g.base.Facts {
		f := &g.base.Facts[i]
		text := f.Text.In(g.lang)
		if text == "" || !f.InService() {
			continue
		}
		g.facts = append(g.facts, source{
			fact: f, text: text, literals: literal.Parse(text, g.lang), mentions: mentions(g.base, text), stems: stems(text, g.lang),
		})
	}
}

// mentions finds the names of entities, the longest first where several begin together.
func mentions(b *knowledge.Base, text string) (out []mention) {
	for i := range b.Entities {
		e := &b.Entities[i]
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if strings.ContainsAny(name, "0123456789") {
				continue // "Article 79" is a number, too
			}
			for at := 0; ; {
				n := strings.Index(text[at:], name)
				if n < 0 {
					break
				}
				start, end := at+n, at+n+len(name)
				if wordEdge(text, start) && wordEdge(text, end) {
					out = append(out, mention{e, start, end})
				}
				at = end
			}
		}
	}
	slices.SortFunc(out, func(a, b mention) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	kept := out[:0]
	for _, m := range out {
		if len(kept) == 0 || m.start >= kept[len(kept)-1].end {
			kept = append(kept, m)
		}
	}
	return kept
}

func wordEdge(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return true
	}
	return !isLetter(text[at-1]) || !isLetter(text[at])
}

func isLetter(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c >= 0x80
}

func stems(text string, l knowledge.Lang) map[string]bool {
	m := map[string]bool{}
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind == lang.Word && !lang.IsStop(t.Folded, l) {
			m[lang.Stem(t.Folded, l)] = true
		}
	}
	return m
}

// similar returns the facts that share most words with the one at i, the most similar first.
func (g *generator) similar(i, n int) (out []*source) {
	type scored struct {
		f *source
		n float64
	}
	var all []scored
	for j := range g.facts {
		if j == i {
			continue
		}
		shared := 0
		for s := range g.facts[i].stems {
			if g.facts[j].stems[s] {
				shared++
			}
		}
		all = append(all, scored{&g.facts[j], float64(shared) / float64(len(g.facts[j].stems)+4)})
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.n, a.n) })
	for _, s := range all[:min(n, len(all))] {
		out = append(out, s.f)
	}
	return out
}

// edit replaces text[start:end].
func edit(text string, start, end int, with string) string { return text[:start] + with + text[end:] }
