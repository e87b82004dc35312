package bot

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"enlace/knowledge"
)

// renderChecked writes a checked text as the contents of messages, at most maxParts: each sentence, its verdict and why, and the facts
// that decide it with their best source. Where that is too much, sentences are left out, and the reader is told: those that the facts
// do not cover first, then supported ones, the last of them first.
func renderChecked(c *knowledge.Checked) []string {
	if parts, whole := renderSentences(c, c.Sentences); whole {
		return parts
	}
	covered := slices.DeleteFunc(slices.Clone(c.Sentences), func(s knowledge.CheckedSentence) bool { return verdict(&s) == verdicts[knowledge.NotCovered] })
	fits := func(supported int) bool {
		_, whole := renderSentences(c, firstSupported(covered, supported))
		return whole
	}
	supported := sort.Search(len(covered), func(n int) bool { return !fits(n + 1) })
	parts, _ := renderSentences(c, firstSupported(covered, supported))
	return parts
}

// firstSupported leaves out all supported sentences but the first n.
func firstSupported(list []knowledge.CheckedSentence, n int) []knowledge.CheckedSentence {
	return slices.DeleteFunc(slices.Clone(list), func(s knowledge.CheckedSentence) bool {
		if s.Verdict == knowledge.Supported {
			n--
		}
		return s.Verdict == knowledge.Supported && n < 0
	})
}

// renderSentences writes some sentences of a checked text; whole is false where not all of them fit.
func renderSentences(c *knowledge.Checked, list []knowledge.CheckedSentence) (parts []string, whole bool) {
	r := checkRenderer{of: c, cited: map[knowledge.FactID]*knowledge.Citation{}}
	for i := range c.Citations {
		r.cited[c.Citations[i].ID] = &c.Citations[i]
	}
	return r.render(list)
}

// checkRenderer fills one message after the other with checked sentences.
type checkRenderer struct {
	of    *knowledge.Checked
	cited map[knowledge.FactID]*knowledge.Citation
	parts []string
	body  string
	told  map[knowledge.FactID]bool // facts that are told in the message that is being filled
	shown int                       // sentences
}

// render writes sentences; whole is false where they are too many.
func (r *checkRenderer) render(list []knowledge.CheckedSentence) (parts []string, whole bool) {
	l := r.of.Language
	r.body, r.told = checkHead(r.of), map[knowledge.FactID]bool{}
	whole = true
	for i := range list {
		if whole = r.add(&list[i]); !whole {
			break
		}
		r.shown++
	}
	r.parts = append(r.parts, r.body)
	if left := len(r.of.Sentences) - r.shown; left > 0 {
		r.parts[len(r.parts)-1] += "\n-# " + fmt.Sprintf(wordCheckLess.In(l), left)
	}
	return r.parts, whole
}

// add puts a sentence into the message, or begins another one; false where there are to be no further ones.
func (r *checkRenderer) add(s *knowledge.CheckedSentence) bool {
	block := r.block(s)
	if length(r.body)+2+length(block) > maxContent-2*footerRoom {
		if len(r.parts) == maxParts-1 {
			return false
		}
		r.parts = append(r.parts, r.body)
		r.body, r.told = "", map[knowledge.FactID]bool{}
		block = r.block(s)
	}
	for _, id := range s.Citations {
		r.told[id] = true
	}
	if r.body != "" {
		r.body += "\n\n"
	}
	r.body += block
	return true
}

// block is a sentence with its verdict and the facts that the message does not tell yet, as far as they fit.
func (r *checkRenderer) block(s *knowledge.CheckedSentence) string {
	l := r.of.Language
	out := "> " + Escape(shorten(s.Text, maxQuote)) + "\n**" + verdict(s).In(l) + "**"
	for _, id := range s.Citations {
		if c := r.cited[id]; c != nil {
			out += fmt.Sprintf(" [%d]", c.N)
		}
	}
	if s.Reason != "" {
		out += " · " + Escape(shorten(s.Reason, maxReason))
	}
	for _, id := range s.Citations {
		c := r.cited[id]
		if c == nil || r.told[id] {
			continue
		}
		fact := "\n↳ " + Escape(shorten(c.Text, maxQuote)) + fmt.Sprintf(" [%d]", c.N) + "\n" + sourceLine(c, l)
		if length(out)+length(fact) <= maxContent-2*footerRoom {
			out += fact
		}
	}
	return out
}

// checkHead counts the verdicts.
func checkHead(c *knowledge.Checked) string {
	var items []string
	for _, word := range []knowledge.Text{verdicts[knowledge.Contradicted], wordPartly, verdicts[knowledge.Supported], verdicts[knowledge.NotCovered]} {
		n := 0
		for i := range c.Sentences {
			if verdict(&c.Sentences[i]) == word {
				n++
			}
		}
		if n > 0 {
			items = append(items, fmt.Sprintf("%d %s", n, word.In(c.Language)))
		}
	}
	out := fmt.Sprintf(wordCheckOne.In(c.Language), strings.Join(items, ", "))
	if n := len(c.Sentences); n != 1 {
		out = fmt.Sprintf(wordCheckHead.In(c.Language), n, strings.Join(items, ", "))
	}
	if slices.ContainsFunc(c.Sentences, func(s knowledge.CheckedSentence) bool { return verdict(&s) == verdicts[knowledge.NotCovered] }) {
		out += "\n-# " + wordCheckNote.In(c.Language)
	}
	return out
}
