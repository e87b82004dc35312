package picture

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
)

var (
	wordTimeline  = knowledge.Text{EN: "Timeline", ES: "Cronología"}
	wordAllTopics = knowledge.Text{EN: "all topics", ES: "todos los temas"}
	wordNoTopic   = knowledge.Text{EN: "Other", ES: "Otros"}
	wordNothing   = knowledge.Text{EN: "No dated facts in that span.", ES: "No hay hechos con fecha en ese período."}
	wordChecked   = knowledge.Text{EN: "as of %s", ES: "al %s"}
	wordFact      = knowledge.Text{EN: "1 dated fact", ES: "1 hecho con fecha"}
	wordFacts     = knowledge.Text{EN: "%s dated facts", ES: "%s hechos con fecha"}
	wordMore      = knowledge.Text{EN: "%s facts", ES: "%s hechos"}
	wordSpan      = knowledge.Text{EN: "date not exact", ES: "fecha no exacta"}
	wordCount     = knowledge.Text{EN: "several facts", ES: "varios hechos"}
	wordBreak     = knowledge.Text{EN: "empty time left out", ES: "tiempo vacío omitido"}
	wordSource    = knowledge.Text{EN: "Source", ES: "Fuente"}
	wordAnd       = knowledge.Text{EN: "and %s more", ES: "y %s más"}
)

var statusWords = map[knowledge.Status]knowledge.Text{
	knowledge.Official: {EN: "official", ES: "oficial"},
	knowledge.Reported: {EN: "reported", ES: "reportado"},
	knowledge.Alleged:  {EN: "alleged", ES: "presunto"},
	knowledge.Disputed: {EN: "disputed", ES: "en disputa"},
}

// sourceWord is how a kind of source is named and marked.
type sourceWord struct{ mark, name knowledge.Text }

var sourceWords = map[knowledge.SourceKind]sourceWord{
	knowledge.Primary:    {knowledge.Text{EN: "P", ES: "P"}, knowledge.Text{EN: "primary", ES: "primaria"}},
	knowledge.Wire:       {knowledge.Text{EN: "W", ES: "A"}, knowledge.Text{EN: "wire", ES: "agencia"}},
	knowledge.Press:      {knowledge.Text{EN: "N", ES: "M"}, knowledge.Text{EN: "news", ES: "medios"}},
	knowledge.Aggregator: {knowledge.Text{EN: "A", ES: "R"}, knowledge.Text{EN: "aggregator", ES: "réplica"}},
}

var monthNames = map[knowledge.Lang][12]string{
	knowledge.English: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	knowledge.Spanish: {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

// The Spanish ones are those of the Ortografía de la lengua española (2010), appendix 1.
var monthShort = map[knowledge.Lang][12]string{
	knowledge.English: {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	knowledge.Spanish: {"ene.", "febr.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sept.", "oct.", "nov.", "dic."},
}

func shortMonth(m time.Month, l knowledge.Lang) string { return monthShort[l][m-1] }

// shortDate writes a date as precisely as it is known: Jul 31, 2025; 31 jul. 2025.
func shortDate(d knowledge.Date, l knowledge.Lang) string {
	return writeDate(d, l, monthShort[l], " ")
}

// longDate writes a date in full: July 31, 2025; 31 de julio de 2025.
func longDate(d knowledge.Date, l knowledge.Lang) string {
	return writeDate(d, l, monthNames[l], " de ")
}

func writeDate(d knowledge.Date, l knowledge.Lang, months [12]string, of string) string {
	year := strconv.Itoa(d.Year)
	switch {
	case d.Month == 0:
		return year
	case l == knowledge.Spanish && d.Day == 0:
		return months[d.Month-1] + of + year
	case l == knowledge.Spanish:
		return strconv.Itoa(d.Day) + of + months[d.Month-1] + of + year
	case d.Day == 0:
		return months[d.Month-1] + " " + year
	}
	return fmt.Sprintf("%s %d, %s", months[d.Month-1], d.Day, year)
}

// when writes the dates of an event.
func (e *event) when(l knowledge.Lang, write func(knowledge.Date, knowledge.Lang) string) string {
	if e.until.IsZero() {
		return write(e.date, l)
	}
	return write(e.date, l) + " – " + write(e.until, l)
}

// telling is the text of an event beside its date: an opening that only repeats the date is left out.
func (e *event) telling(l knowledge.Lang) string {
	opening := "On "
	if l == knowledge.Spanish {
		opening = "El "
	}
	rest, ok := strings.CutPrefix(e.text, opening+longDate(e.date, l)+", ")
	if !ok || rest == "" || e.date.Day == 0 {
		return e.text
	}
	r, n := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(r)) + rest[n:]
}

// count writes a number with the separator of its language: 12,345; 12.345 (in Spanish from five digits on).
func count(n int, l knowledge.Lang) string {
	s := strconv.Itoa(n)
	sep, least := ",", 4
	if l == knowledge.Spanish {
		sep, least = ".", 5
	}
	if len(s) < least {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }

// summary says how much the story tells, and of when.
func (s *story) summary() string {
	n := fmt.Sprintf(wordFacts.In(s.lang), count(len(s.events), s.lang))
	if len(s.events) == 1 {
		n = wordFact.In(s.lang)
	}
	from, to := s.years()
	years := itoa(from)
	if to != from {
		years += "–" + itoa(to)
	}
	return n + " · " + years
}

func (s *story) checked(write func(knowledge.Date, knowledge.Lang) string) string {
	if s.asOf.IsZero() {
		return ""
	}
	return fmt.Sprintf(wordChecked.In(s.lang), write(s.asOf, s.lang))
}

func (s *story) years() (from, to int) {
	from, to = s.events[0].date.Year, s.events[0].date.Year
	for i := range s.events {
		e := &s.events[i]
		from, to = min(from, e.date.Year), max(to, e.date.Year, e.until.Year)
	}
	return from, to
}

// sentence ends text as a sentence.
func sentence(text string) string {
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

func (s *story) factsOf(n int) string { return fmt.Sprintf(wordMore.In(s.lang), count(n, s.lang)) }
