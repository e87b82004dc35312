package verify

import (
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// cut is a sentence in two halves.
type cut struct {
	left, right string
	joins       bool // the halves are joined by "and" or a semicolon, which claims nothing of its own
}

// joins are the words that may stand between two facts' halves.
var joins = map[knowledge.Lang][]string{knowledge.English: {"and", ";"}, knowledge.Spanish: {"y", "e", ";"}}

// cuts returns the places where a sentence may be cut: at every "and", semicolon and comma, in order.
func (s *side) cuts(text string) (out []cut) {
	for t, ok := lang.Next(text, 0); ok; t, ok = lang.Next(text, t.End) {
		joined := slices.Contains(joins[s.lang], strings.ToLower(t.Text))
		if !joined && t.Text != "," || t.Start == 0 {
			continue
		}
		left, right := strings.TrimRight(text[:t.Start], " ,;"), strings.TrimLeft(text[t.End:], " ,")
		if t.Text == ";" {
			right = s.unglued(right)
		}
		if left != "" && right != "" {
			out = append(out, cut{left, right, joined})
		}
	}
	return out
}

// continued returns the right half with the subject of the left one in front of it: "Noem landed in Quito | and signed it".
func (s *side) continued(a antecedents, right string) *text {
	if len(a.subject) == 0 {
		return s.read(right, nil)
	}
	first, last := &a.subject[0], &a.subject[len(a.subject)-1]
	return s.read(a.of.raw[first.start:last.end]+" "+right, nil)
}
