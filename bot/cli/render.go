package cli

import (
	"fmt"
	"strings"

	"enlace/knowledge"
)

// answer writes an answer for a person: its text with [n] marks, then the source list. Everything is in the answer's
// language.
func (p *page) answer(a *knowledge.Answer) {
	for one := range strings.SplitSeq(clean(a.Text), "\n") {
		p.line(0, 0, p.marks(one))
	}
	p.sources(a.Citations, a.Language)
}

// summary writes a summary: a title, and a line for every sentence.
func (p *page) summary(a *knowledge.Answer, title string) {
	points, rest := points(a)
	if len(points) == 0 {
		p.answer(a)
		return
	}
	p.line(0, 0, p.title(cleanLine(title)))
	p.gap()
	for _, point := range points {
		p.line(0, 2, "• "+p.marks(cleanLine(point)))
	}
	if rest != "" {
		p.gap()
		for one := range strings.SplitSeq(clean(rest), "\n") {
			p.line(0, 0, one)
		}
	}
	p.sources(a.Citations, a.Language)
}

// points cuts the text of an answer after each sentence and its marks; rest is what follows the last one.
func points(a *knowledge.Answer) (points []string, rest string) {
	rest = a.Text
	for _, s := range a.Sentences {
		at := strings.Index(rest, s.Text)
		if at < 0 {
			return nil, a.Text
		}
		end := at + len(s.Text)
		for strings.HasPrefix(rest[end:], " [") && strings.Contains(rest[end:], "]") {
			end += strings.IndexByte(rest[end:], ']') + 1
		}
		points = append(points, strings.TrimSpace(rest[:end]))
		rest = rest[end:]
	}
	return points, strings.TrimSpace(rest)
}

// sources writes the source list of an answer; an answer without citations has none.
func (p *page) sources(cited []knowledge.Citation, l knowledge.Lang) {
	if len(cited) == 0 {
		return
	}
	p.gap()
	p.line(0, 0, p.title(wordSources.In(l)))
	for _, c := range cited {
		mark := fmt.Sprintf("[%d]", c.N)
		indent := len(mark) + 1
		for i, src := range c.Sources {
			if i == 0 {
				p.line(0, indent, p.marks(mark)+" "+p.status(c.Status, l)+" · "+p.source(src))
			} else {
				p.line(indent, 2, p.dim(wordAlso.In(l)+":")+" "+p.source(src))
			}
		}
		if c.Note != "" {
			p.line(indent, 2, p.dim(wordNote.In(l)+": "+cleanLine(c.Note)))
		}
	}
}

// source is "publisher, date — title <address>", without what is unknown.
func (p *page) source(s knowledge.CitedSource) string {
	text := cleanLine(s.Publisher)
	if !s.Published.IsZero() {
		text += ", " + s.Published.String()
	}
	if s.Title != "" {
		text += " — " + cleanLine(s.Title)
	}
	if s.URL != "" {
		text += " " + p.dim("<"+cleanLine(s.URL)+">")
	}
	return text
}
