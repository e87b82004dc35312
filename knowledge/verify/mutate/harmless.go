package mutate

import (
	"strings"

	"enlace/knowledge"
)

// harmless says why a change is no lie, or "".
func (g *generator) harmless(l Lie, f *source) string {
	switch l.Class {
	case QuoteInvented:
		if q := between(l.Text, "\""); q != "" && strings.Contains(f.text, q) {
			return "the fact has the quoted words in this order"
		}
	case Preposition:
		if g.lang == knowledge.Spanish && (strings.Contains(l.Text, "de mediados de") || strings.Contains(l.Text, "De marzo de")) {
			return "a and de mean the same before a part of a month"
		}
	}
	return ""
}

// between returns what stands between the first two marks.
func between(s, mark string) string {
	_, rest, _ := strings.Cut(s, mark)
	inner, _, ok := strings.Cut(rest, mark)
	if !ok {
		return ""
	}
	return inner
}
