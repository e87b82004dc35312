package facts

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// nearLimit is the number of words from which a text is called long: nine tenths of what is allowed.
const nearLimit = maxWords * 9 / 10

// How sure Detect has to be before a text or a title is called another language. Titles are short and full of names.
const (
	sureOfText  = 0.3
	sureOfTitle = 0.6
)

// wording reports words that do not go with a fact's status.
func (l *linter) wording(f *knowledge.Fact, s *side) {
	switch f.Status {
	case knowledge.Alleged:
		if !wording.Has(s.text, s.lang, wording.Allegation) {
			l.finding(Error, "hedge", f, s.path(), "say who alleges it, or that it is alleged: "+hedges[s.lang], "is alleged, but its text (%s) is worded as certain", s.lang)
		}
		for _, m := range upgrades(s) {
			l.warn("upgrade", f, s.path(), "take the word out or attribute it", "is alleged, but its text (%s) says %q as if it were settled", s.lang, m.Text)
		}
	case knowledge.Disputed:
		if !wording.Has(s.text, s.lang, wording.Dispute) {
			l.warn("dispute", f, s.path(), "tell both versions, or that it is not settled: "+disputes[s.lang], "is disputed, but its text (%s) tells one version", s.lang)
		}
	}
}

var (
	hedges   = map[knowledge.Lang]string{knowledge.English: "alleged, accused of, charged with, according to prosecutors …", knowledge.Spanish: "presunto, acusado de, habría, según la Fiscalía …"}
	disputes = map[knowledge.Lang]string{knowledge.English: "while, but, denies, reports differ, unclear …", knowledge.Spanish: "mientras, pero, niega, difieren, no está claro …"}
)

// upgrades returns the words of a text that settle what is only alleged. A word after an allegation in its sentence is part of what
// is alleged ("charged with murder"), and one after a negation is denied ("has not been convicted").
func upgrades(s *side) []wording.Match {
	var out []wording.Match
	covered := 0 // bytes up to here, and from here on in this sentence, are attributed
	for _, m := range wording.FindIn(s.tokens, s.text, s.lang, wording.Allegation, wording.Negation, wording.Upgrade) {
		if m.Class != wording.Upgrade {
			covered = max(covered, m.Start+1)
			continue
		}
		attributed := covered > 0 && !strings.Contains(s.text[covered-1:m.Start], ". ")
		if !attributed && !laterAllegation(s, m) && !victims[lang.Fold(m.Text)] {
			out = append(out, m)
		}
	}
	return out
}

// victims are words of what was done to somebody: that a murder happened may be certain when who did it is not.
var victims = map[string]bool{"murdered": true, "asesinado": true, "asesinada": true, "asesinados": true, "asesinadas": true, "murder": true, "murders": true}

// laterAllegation reports whether the rest of an upgrade's clause attributes it: "murder charges", "the murder suspect".
func laterAllegation(s *side, m wording.Match) bool {
	rest := s.text[m.End:]
	if i := strings.IndexAny(rest, ",;."); i >= 0 {
		rest = rest[:i]
	}
	return wording.Has(rest, s.lang, wording.Allegation)
}

// form reports what a text looks like.
func (l *linter) form(f *knowledge.Fact, s *side) {
	at := s.path()
	if is, margin := lang.Detect(s.text); is != s.lang && margin > sureOfText {
		l.warn("text-language", f, at, "swap the texts or translate it", "the text under %s reads as %s", s.lang, is)
	}
	if n := countWords(s.text); n > nearLimit {
		l.warn("length", f, at, "make two facts of it, or move details to the note", "the text (%s) has %d of %d words", s.lang, n, maxWords)
	}
	if n := len(lang.Sentences(s.text)); n > 1 && f.Status != knowledge.Disputed {
		l.warn("one-sentence", f, at, "one claim in one sentence: make a fact of each", "the text (%s) has %d sentences", s.lang, n)
	}
	if !ended(s.text) {
		l.warn("full-stop", f, at, "end it with a full stop", "the text (%s) does not end like a sentence", s.lang)
	}
	if word := danglingPronoun(s); word != "" {
		l.warn("pronoun", f, at, "name who or what is meant: a fact is read alone", "the text (%s) begins with %q", s.lang, word)
	}
	for _, lit := range s.literals {
		if lit.WeekdayWrong() {
			l.warn("weekday", f, at, "correct the weekday or the date", "%q (%s): that day is a %s", s.span(lit), s.lang, lit.Date.First().Weekday())
		}
	}
	for _, t := range [...]struct {
		key  string
		text knowledge.Text
	}{{"text", f.Text}, {"note", f.Note}} {
		text := t.text.In(s.lang)
		at := []string{t.key, string(s.lang)}
		if mark := unbalanced(text); mark != "" {
			l.warn("unbalanced", f, at, "open and close every pair", "the %s (%s) has an odd %s", t.key, s.lang, mark)
		}
		if odd := spacing(text); odd != "" {
			l.warn("spacing", f, at, "one space between words, none before a comma or full stop", "the %s (%s) has odd spaces, %q", t.key, s.lang, odd)
		}
	}
}

// ended reports whether a text ends like a sentence, closing marks aside.
func ended(s string) bool {
	s = strings.TrimRight(s, `"'”’»)]`)
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…")
}

// pronouns point at something before the text, but nothing is before a fact.
var pronouns = map[knowledge.Lang][]string{
	knowledge.English: {"he", "she", "they", "it", "his", "her", "their", "its", "this", "these", "those"},
	knowledge.Spanish: {"el", "ella", "ellos", "ellas", "esto", "eso", "este", "esta", "estos", "estas", "su", "sus", "dicho", "dicha"},
}

// danglingPronoun returns a text's first word when it points at something outside of the text. The article "El" is no pronoun, only
// "Él" is; and the "it" of "it is not known" means nothing.
func danglingPronoun(s *side) string {
	if len(s.tokens) < 3 || !slices.Contains(pronouns[s.lang], s.tokens[0].Folded) {
		return ""
	}
	first := s.tokens[0]
	if first.Text == "El" || first.Folded == "it" && emptyIt(s) {
		return ""
	}
	if first.Folded == "el" && !strings.HasPrefix(first.Text, "É") {
		return ""
	}
	return first.Text
}

// emptyIt reports whether a text begins like "It is not publicly known": a form of to be, and soon a word about knowledge.
func emptyIt(s *side) bool {
	if !slices.Contains([]string{"is", "was", "remains", "has"}, s.tokens[1].Folded) {
		return false
	}
	for _, t := range s.tokens[2:min(7, len(s.tokens))] {
		switch t.Folded {
		case "known", "unknown", "clear", "unclear", "public", "possible", "impossible", "likely", "unlikely", "confirmed", "unconfirmed", "certain", "uncertain", "true", "false", "who", "that":
			return true
		}
	}
	return false
}

// pairs are the marks that come in twos.
var pairs = [...][2]string{{"(", ")"}, {"[", "]"}, {"“", "”"}, {"«", "»"}, {"¿", "?"}, {"¡", "!"}}

// unbalanced returns a mark of a text that has no partner, or "". In English the closing ? and ! stand alone, and the right single
// quotation mark is an apostrophe, so neither is looked for.
func unbalanced(s string) string {
	if strings.Count(s, `"`)%2 == 1 {
		return `"`
	}
	for _, p := range pairs {
		open, closed := strings.Count(s, p[0]), strings.Count(s, p[1])
		if open > closed {
			return p[0]
		}
		if closed > open && p[1] != "?" && p[1] != "!" {
			return p[1]
		}
	}
	return ""
}

// spacing returns a place in a text with two spaces, or with a space before a comma or full stop; or "".
func spacing(s string) string {
	for _, odd := range [...]string{"  ", " ,", " .", " ;"} {
		if i := strings.Index(s, odd); i >= 0 && !strings.HasPrefix(s[i:], " ...") && !dotNumber(s[i+1:]) {
			from, to := max(i-8, 0), min(i+8, len(s))
			for from > 0 && !utf8.RuneStart(s[from]) {
				from--
			}
			for to < len(s) && !utf8.RuneStart(s[to]) {
				to++
			}
			return s[from:to]
		}
	}
	return ""
}

// dotNumber reports whether s begins like ".38", a calibre.
func dotNumber(s string) bool { return len(s) > 1 && s[0] == '.' && unicode.IsDigit(rune(s[1])) }

// datesGiven reports days that a text names and the fact's dates do not have.
func (l *linter) datesGiven(f *knowledge.Fact, s *side) {
	for _, lit := range s.literals {
		if lit.Kind != literal.Date || lit.Date.Year == 0 || lit.Date.Day == 0 || len(f.Dates) == 0 && f.Status == knowledge.Disputed {
			continue
		}
		within := func(d knowledge.Date) bool { return d.Contains(lit.Date) || lit.Range && between(d, lit) }
		if !slices.ContainsFunc(f.Dates, within) {
			l.warn("date-missing", f, []string{"dates"}, fmt.Sprintf("add %s, or say why not", lit.Date), "the text (%s) names %s, which dates do not have", s.lang, lit.Date)
		}
	}
}

func between(d knowledge.Date, lit literal.Literal) bool {
	return !d.First().Before(lit.Date.First()) && !d.Last().After(lit.DateEnd.Last())
}
