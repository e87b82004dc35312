package facts

import (
	"regexp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// languages compares a fact's two texts.
func (l *linter) languages(f *knowledge.Fact, r *reading) {
	for _, t := range [...]struct {
		key  string
		text knowledge.Text
	}{{"text", f.Text}, {"note", f.Note}} {
		for _, language := range knowledge.Langs {
			if t.text.In(language) == "" && t.text.In(language.Other()) != "" {
				l.warn("missing-language", f, []string{t.key}, "translate it; until then readers get the other language", "the %s has no %s", t.key, language)
			}
		}
	}
	en, es := r.in(knowledge.English), r.in(knowledge.Spanish)
	if en == nil || es == nil {
		return
	}
	l.values(f, en, es)
	l.codes(f, en, es)
	l.namesDiffer(f, en, es)
	if a, b := negations(en), negations(es); (len(a) == 0) != (len(b) == 0) {
		has, without := en, es
		if len(a) == 0 {
			has, without = es, en
		}
		l.warn("negation-differs", f, without.path(), "make both texts say yes, or both say no", "the %s text has %q and the %s text no negation", has.lang, strings.Join(append(a, b...), ", "), without.lang)
	}
}

// values reports literals of one text that the other does not have.
func (l *linter) values(f *knowledge.Fact, en, es *side) {
	onlyEN, onlyES := literal.Diff(en.literals, es.literals)
	for _, dated := range [...]bool{true, false} {
		a, b := spans(en, onlyEN, dated), spans(es, onlyES, dated)
		if len(a)+len(b) == 0 {
			continue
		}
		rule := "numbers-differ"
		if dated {
			rule = "dates-differ"
		}
		l.warn(rule, f, []string{"text"}, "make both texts say the same", "only in English: %s; only in Spanish: %s", listed(a), listed(b))
	}
}

// codes reports digits of case numbers and other codes that the other text does not have.
func (l *linter) codes(f *knowledge.Fact, en, es *side) {
	for _, s := range [...]struct{ has, other *side }{{en, es}, {es, en}} {
		for _, c := range literal.Codes(s.has.text, s.has.lang) {
			code := s.has.text[c.Start:c.End]
			if !strings.Contains(" "+digits(s.other.text)+" ", " "+digits(code)+" ") {
				l.warn("numbers-differ", f, s.other.path(), "make both texts say the same", "the %s text has %q and the %s text does not", s.has.lang, code, s.other.lang)
			}
		}
	}
}

// digits returns the digits of a text, each run followed by a space.
func digits(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			b.WriteByte(s[i])
		} else if n := b.Len(); n > 0 && b.String()[n-1] != ' ' {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// spans returns the texts of dates and times, or of all other literals.
func spans(s *side, literals []literal.Literal, dated bool) []string {
	var out []string
	for _, lit := range literals {
		if (lit.Kind == literal.Date || lit.Kind == literal.Time || lit.Kind == literal.Decade) == dated {
			out = append(out, `"`+s.span(lit)+`"`)
		}
	}
	return out
}

func listed(items []string) string {
	if len(items) == 0 {
		return "nothing"
	}
	return strings.Join(items, ", ")
}

// namesDiffer reports entities that one text names and the other does not. Countries are left aside where they only qualify
// something, as in "Ecuador's law" for "la ley ecuatoriana" or "a U.S. judge" for "un juez federal".
func (l *linter) namesDiffer(f *knowledge.Fact, en, es *side) {
	for _, s := range [...]struct{ has, other *side }{{en, es}, {es, en}} {
		var told []knowledge.EntityID
		for _, m := range s.has.mentions {
			e := l.base.Entity(m.id)
			if slices.Contains(told, m.id) || e.Kind == knowledge.Event || e.Kind == knowledge.Place && (m.short || s.has.possessive(m)) ||
				l.names.named(m.id, s.other.tokens) || hinted(e, s.other) {
				continue
			}
			told = append(told, m.id)
			l.warn("names-differ", f, s.other.path(), "name it in both texts, or add the name that is used here to its aliases", "the %s text names %s and the %s text does not", s.has.lang, e.ID, s.other.lang)
		}
	}
}

// possessive reports whether an English 's follows a mention.
func (s *side) possessive(m mention) bool {
	return m.last+1 < len(s.tokens) && (s.tokens[m.last+1].Folded == "'s" || s.tokens[m.last+1].Folded == "’s")
}

// hinted reports whether a text has a word that begins like a word of an entity's names: "ecuatoriano" for Ecuador, "the ministry"
// for the Ministry of the Interior. A person is named or not.
func hinted(e *knowledge.Entity, s *side) bool {
	if e.Kind == knowledge.Person {
		return false
	}
	for _, text := range append([]string{e.Name}, e.Aliases...) {
		for _, n := range lang.Tokens(nil, text) {
			if len(n.Folded) < 4 || lang.IsStop(n.Folded, s.lang) {
				continue
			}
			if slices.ContainsFunc(s.tokens, func(t lang.Token) bool { return strings.HasPrefix(t.Folded, n.Folded[:4]) }) {
				return true
			}
		}
	}
	return false
}

// quotations matches what stands in quotation marks: words that may stay untranslated.
var quotations = regexp.MustCompile(`«[^»]*»|“[^”]*”|"[^"]*"|(?:^|\s)['‘][^'’]*['’]`)

// negations returns the negations of a text outside of quotations. The second part of a double negation (no … ningún, neither … nor) counts no extra.
func negations(s *side) []string {
	var out []string
	last := -1
	quoted := quotations.FindAllStringIndex(s.text, -1)
	for _, m := range wording.FindIn(s.tokens, s.text, s.lang, wording.Negation) {
		if slices.ContainsFunc(quoted, func(q []int) bool { return m.Start >= q[0] && m.End <= q[1] }) {
			continue
		}
		if last >= 0 && secondary[lang.Fold(m.Text)] && !strings.ContainsAny(s.text[last:m.Start], ".;") {
			last = m.End
			continue
		}
		last = m.End
		out = append(out, m.Text)
	}
	return out
}

// secondary are the negations that go with another one before them.
var secondary = map[string]bool{"nor": true, "ni": true, "ningun": true, "ninguna": true, "ninguno": true, "nada": true, "nadie": true, "nunca": true, "jamas": true, "tampoco": true}
