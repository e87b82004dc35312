package answer

import (
	"fmt"
	"strings"
	"time"

	"enlace/knowledge"
)

// line is one fact to be quoted, with words of ours in front of it.
type line struct {
	lead string // "" or words that introduce the quotation, such as "The facts say otherwise:"
	fact *knowledge.Fact
}

// text builds what a reader sees: sentences, each followed by the marks of the facts that prove it.
type text struct {
	strings.Builder
	answer  *knowledge.Answer
	base    *knowledge.Base
	numbers map[knowledge.FactID]int
}

func newText(a *knowledge.Answer, b *knowledge.Base) *text {
	return &text{answer: a, base: b, numbers: map[knowledge.FactID]int{}}
}

// add appends a sentence with words of ours before it and gives every fact that is new a number.
func (t *text) add(lead, sentence string, facts ...*knowledge.Fact) {
	if lead != "" {
		sentence = lead + " " + sentence
	}
	if t.Len() > 0 {
		t.WriteByte(' ')
	}
	t.WriteString(sentence)
	ids := make([]knowledge.FactID, len(facts))
	for i, f := range facts {
		ids[i] = f.ID
		if t.numbers[f.ID] == 0 {
			t.numbers[f.ID] = len(t.numbers) + 1
			t.answer.Citations = append(t.answer.Citations, Cite(t.base, f, len(t.numbers), t.answer.Language))
		}
		fmt.Fprintf(t, " [%d]", t.numbers[f.ID])
	}
	t.answer.Sentences = append(t.answer.Sentences, knowledge.Sentence{Text: sentence, Citations: ids})
}

// compose fills the text, the sentences and the citations of a from lines: each fact in its own words, followed by its mark.
// A fact that lacks the answer's language is quoted in the other one, and the reader is told.
func (s *Service) compose(a *knowledge.Answer, b *knowledge.Base, lines []line) {
	t := newText(a, b)
	foreign := false
	for _, l := range lines {
		if t.numbers[l.fact.ID] > 0 {
			continue
		}
		quoted, in := l.fact.Text.Best(a.Language)
		foreign = foreign || in != a.Language
		t.add(l.lead, quoted, l.fact)
	}
	a.Text = t.String() + s.notices(a, foreign)
}

// notices returns what else a reader must know about an answer, a line each.
func (s *Service) notices(a *knowledge.Answer, foreign bool) (out string) {
	for _, notice := range []string{s.foreignNotice(foreign, a.Language), s.ageNotice(a.Citations, a.Language)} {
		if notice != "" {
			out += "\n" + notice
		}
	}
	return out
}

// Cite returns the citation numbered n of a fact, in l where the fact has that language, with every source that b knows of it.
func Cite(b *knowledge.Base, f *knowledge.Fact, n int, l knowledge.Lang) knowledge.Citation {
	text, _ := f.Text.Best(l)
	note, _ := f.Note.Best(l)
	c := knowledge.Citation{
		N: n, ID: f.ID, Text: text, Status: f.Status, Dates: append([]knowledge.Date{}, f.Dates...),
		AsOf: f.AsOf, Note: note, Sources: []knowledge.CitedSource{},
	}
	for _, id := range f.Sources {
		if src := b.Source(id); src != nil {
			c.Sources = append(c.Sources, knowledge.CitedSource{
				ID: src.ID, Publisher: src.Publisher, Title: src.Title, URL: src.URL, Published: src.Published, Kind: src.Kind,
			})
		}
	}
	return c
}

func (s *Service) foreignNotice(foreign bool, l knowledge.Lang) string {
	switch {
	case !foreign:
		return ""
	case l == knowledge.Spanish:
		return "(Parte de esto solo consta en inglés y se cita tal cual.)"
	}
	return "(Part of this is on record in Spanish only and is quoted as it stands.)"
}

// ageNotice tells when the oldest cited fact was last checked, if that is longer ago than the service allows for.
func (s *Service) ageNotice(cited []knowledge.Citation, l knowledge.Lang) string {
	var oldest knowledge.Date
	for _, c := range cited {
		if !c.AsOf.IsZero() && (oldest.IsZero() || c.AsOf.Compare(oldest) < 0) {
			oldest = c.AsOf
		}
	}
	if oldest.IsZero() || s.now().Sub(oldest.Last()) <= s.maxAge {
		return ""
	}
	if l == knowledge.Spanish {
		return "(Comprobado por última vez: " + FormatDate(oldest, l) + ".)"
	}
	return "(Last checked: " + FormatDate(oldest, l) + ".)"
}

var months = map[knowledge.Lang][12]string{
	knowledge.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	knowledge.Spanish: {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// FormatDate writes a date as people of the language write it in a sentence, as precise as it is: "July 31, 2025",
// "julio de 2025". An absent date is "".
func FormatDate(d knowledge.Date, l knowledge.Lang) string {
	if d.IsZero() {
		return ""
	}
	if d.Month == 0 {
		return fmt.Sprint(d.Year)
	}
	month := months[l][d.Month-time.January]
	switch {
	case l == knowledge.Spanish && d.Day > 0:
		return fmt.Sprintf("%d de %s de %d", d.Day, month, d.Year)
	case l == knowledge.Spanish:
		return fmt.Sprintf("%s de %d", month, d.Year)
	case d.Day > 0:
		return fmt.Sprintf("%s %d, %d", month, d.Day, d.Year)
	}
	return fmt.Sprintf("%s %d", month, d.Year)
}
