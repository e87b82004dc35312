package mutate

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// Kind is a way of wording a fact anew without changing what it says.
type Kind string

// The kinds of honest rewrites.
const (
	Verbatim    Kind = "verbatim"
	Joined      Kind = "joined by and"          // two facts, both cited
	PronounFor  Kind = "pronoun for name"       // the subject of the sentence before
	NameFor     Kind = "name for pronoun"       // and back, inside a fact
	Alias       Kind = "alias for name"         //
	DateFormat  Kind = "date format"            // 31 July 2025, 2025-07-31, 31/07/2025
	LessPrecise Kind = "less precise date"      // in July 2025
	AddWeekday  Kind = "right weekday"          // Thursday, July 31, 2025
	Digits      Kind = "digits and words"       // seven and 7
	Glue        Kind = "glue"                   // Also, / According to the facts,
	Parenthesis Kind = "dropped parenthesis"    //
	TimeMoved   Kind = "moved time"             // front to end and back
	Voice       Kind = "active and passive"     //
	Agreement   Kind = "singular and plural"    //
	Contraction Kind = "contraction"            // did not and didn't
	Country     Kind = "US and United States"   //
	Punctuation Kind = "quotation marks"        // typographic and plain, capitals of a beginning
	Attribution Kind = "moved attribution"      // According to X, … and …, according to X
	ClauseAlone Kind = "clause after semicolon" // the first of two independent clauses alone
)

// Kinds lists every kind.
var Kinds = [...]Kind{
	Verbatim, Joined, PronounFor, NameFor, Alias, DateFormat, LessPrecise, AddWeekday, Digits, Glue, Parenthesis, TimeMoved, Voice, Agreement,
	Contraction, Country, Punctuation, Attribution, ClauseAlone,
}

// Rewrite is an honest sentence with the facts that prove it, and the sentence before it where it has a pronoun.
type Rewrite struct {
	Kind   Kind
	Lang   knowledge.Lang
	Facts  []knowledge.FactID
	Text   string
	Before *Rewrite
}

// String writes the rewrite for a list.
func (r Rewrite) String() string { return fmt.Sprintf("%s %s %v: %s", r.Lang, r.Kind, r.Facts, r.Text) }

// Rewrites returns the honest rewrites of a base's facts in a language, in the order of the facts.
func Rewrites(b *knowledge.Base, l knowledge.Lang) []Rewrite {
	g := &generator{base: b, lang: l, words: wordsOf(l), seen: map[string]bool{}, random: rand.New(rand.NewPCG(4, 2026))}
	g.collect()
	w := &rewriter{generator: g, seen: map[string]bool{}}
	for i := range g.facts {
		w.fact(i)
	}
	return w.out
}

type rewriter struct {
	*generator
	seen map[string]bool
	out  []Rewrite
}

func (w *rewriter) add(k Kind, f *source, text string) {
	if key := string(k) + text; !w.seen[key] && (k == Verbatim || text != f.text) {
		w.seen[key] = true
		w.out = append(w.out, Rewrite{Kind: k, Lang: w.lang, Facts: []knowledge.FactID{f.fact.ID}, Text: text})
	}
}

func (w *rewriter) fact(i int) {
	f := &w.facts[i]
	w.add(Verbatim, f, f.text)
	w.join(f, &w.facts[(i+1)%len(w.facts)])
	w.join(f, &w.facts[(i+37)%len(w.facts)])
	w.pronouns(i)
	w.names(f)
	w.aliases(f)
	w.values(f)
	w.times(f)
	w.glue(f)
	w.drops(f)
	w.forms(f)
}

// join joins two facts by "and" or a semicolon.
func (w *rewriter) join(f, o *source) {
	and := map[knowledge.Lang][]string{knowledge.English: {", and ", " and ", "; "}, knowledge.Spanish: {", y ", " y ", "; "}}[w.lang]
	for _, a := range and {
		second := uncapitalised(o.text)
		w.out = append(w.out, Rewrite{
			Kind: Joined, Lang: w.lang, Facts: []knowledge.FactID{f.fact.ID, o.fact.ID}, Text: strings.TrimSuffix(f.text, ".") + a + second,
		})
	}
}

// pronouns replaces the name that begins a fact after another fact that begins with it.
func (w *rewriter) pronouns(i int) {
	f := &w.facts[i]
	name := opening(f)
	if name == nil {
		return
	}
	for j := range w.facts {
		o := &w.facts[(i+1+j)%len(w.facts)]
		before := opening(o)
		if o == f || before == nil || before.entity != name.entity {
			continue
		}
		p := w.pronoun(name.entity)
		if p == "" {
			return
		}
		rest := f.text[name.end:]
		if strings.HasPrefix(rest, "'s ") || strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, "' is the alias") {
			return
		}
		rest = strings.TrimPrefix(rest, "'")
		w.out = append(w.out, Rewrite{
			Kind: PronounFor, Lang: w.lang, Facts: []knowledge.FactID{f.fact.ID}, Text: p + rest,
			Before: &Rewrite{Kind: Verbatim, Lang: w.lang, Facts: []knowledge.FactID{o.fact.ID}, Text: o.text},
		})
		return
	}
}

// named is a pronoun that begins a second clause.
var named = regexp.MustCompile(`(; |, and )(he|she) `)

// names replaces a pronoun inside a fact by the only person that the fact names before it.
func (w *rewriter) names(f *source) {
	at := named.FindStringSubmatchIndex(f.text)
	if at == nil {
		return
	}
	var person *knowledge.Entity
	for _, m := range f.mentions {
		if m.start < at[0] && m.entity.Kind == knowledge.Person {
			if person != nil && person != m.entity {
				return
			}
			person = m.entity
		}
	}
	if person != nil {
		w.add(NameFor, f, edit(f.text, at[4], at[5], person.Name))
	}
}

// opening returns the name that a fact begins with, or nil.
func opening(f *source) *mention {
	if len(f.mentions) == 0 {
		return nil
	}
	m := &f.mentions[0]
	switch lead := strings.ToLower(strings.TrimSpace(f.text[:m.start])); lead {
	case "", "'", "the", "el", "la", "los", "las":
		return m
	}
	return nil
}

var feminine = map[string]bool{"Kristi": true, "Gabriela": true, "Carolina": true, "Daniella": true, "Vera": true}

func (w *rewriter) pronoun(e *knowledge.Entity) string {
	first, _, _ := strings.Cut(e.Name, " ")
	switch {
	case e.Kind == knowledge.Person && w.lang == knowledge.Spanish:
		return map[bool]string{true: "Ella", false: "Él"}[feminine[first]]
	case e.Kind == knowledge.Person:
		return map[bool]string{true: "She", false: "He"}[feminine[first]]
	case w.lang == knowledge.English && e.Kind == knowledge.Organisation && !strings.HasPrefix(e.Name, "Los "):
		return "It"
	}
	return ""
}

// aliases puts the other names of an entity in a name's place.
func (w *rewriter) aliases(f *source) {
	for n, m := range f.mentions {
		if n > 2 || m.entity.Kind == knowledge.Place || partOfName(f, m) {
			continue
		}
		for _, name := range append([]string{m.entity.Name}, m.entity.Aliases...) {
			if name == f.text[m.start:m.end] || !w.fits(name, f.text[m.start:m.end]) {
				continue
			}
			w.add(Alias, f, edit(f.text, m.start, m.end, name))
		}
	}
}

// fits reports whether a name may stand in a text of the language: names that another language's words are part of, or
// that lower case makes a description, do not.
func (w *rewriter) fits(name, now string) bool {
	foreign := map[knowledge.Lang][]string{
		knowledge.English: {" de ", " del ", "Nacional", "alias ", "presidente", "ministro", "secretari", "jue", "Oficina", "Aduanas", "Corte", "Policía", "Cancillería", "Asamblea", "Fiscalía", "Departamento", "Ministerio", "Seguridad", "cárcel", "prisión", "servicio", "provincia", "palacio", "Palacio", "Comando", "Fuerza", "Armada", "Registro", "Ley", "Centro", "centro", "Constitución", "Consejo", "Embajada", "Distrito", "tribunal", "corte", "Escudo", "Programa", "unidad", "aeropuerto"},
		knowledge.Spanish: {" of ", "'s", "National ", "President ", "Minister", "Secretary", "Judge", "Department", "Court", "Police", "Ministry", "Assembly", "prison", "Office", "U.S.", "US ", "the ", "service", "navy", "force", "Law", "Register", "Command", "Center", "Constitution", "council", "Council", "Embassy", "District", "Shield", "Program", "Unit", "Airport", "Palace", "palace", "Armed"},
	}[w.lang]
	for _, x := range foreign {
		if strings.Contains(name, x) {
			return false
		}
	}
	return !strings.ContainsAny(name, "0123456789") && name[0] >= 'A' && name[0] <= 'Z' && !strings.Contains(now, "'s ") && !strings.Contains(name, "(")
}

// partOfName reports whether capitals around a mention make it part of a longer name or a quoted second name.
func partOfName(f *source, m mention) bool {
	before := strings.TrimRight(f.text[:m.start], " ")
	after := f.text[m.end:]
	if strings.HasSuffix(before, "'") || strings.HasSuffix(before, "«") || strings.HasSuffix(before, "(") || strings.HasPrefix(after, "/") || strings.HasPrefix(after, "'") || strings.HasPrefix(after, "–") || strings.HasSuffix(before, "/") || strings.HasPrefix(after, "-") || strings.HasPrefix(after, ", '") || strings.HasPrefix(after, ", alias") || strings.HasPrefix(after, " (") || strings.HasPrefix(after, " ecuatorian") || strings.HasSuffix(before, "–") {
		return true
	}
	word := before[strings.LastIndexByte(before, ' ')+1:]
	next := strings.TrimSpace(after)
	return word != "" && strings.LastIndexByte(before, ' ') >= 0 && word[0] >= 'A' && word[0] <= 'Z' || len(after) > 1 && after[0] == ' ' && next[0] >= 'A' && next[0] <= 'Z'
}

// values rewrites dates and numbers.
func (w *rewriter) values(f *source) {
	for _, v := range f.literals {
		part := f.text[v.Start:v.End]
		put := func(k Kind, with string) { w.add(k, f, edit(f.text, v.Start, v.End, with)) }
		switch {
		case v.Kind == literal.Date && v.Date.Day != 0 && v.Date.Year != 0 && !v.Range && v.Approx == literal.Exact:
			w.dates(f, v, put)
		case v.Kind == literal.Number && v.Approx == literal.Exact && !v.Range || v.Kind == literal.Ordinal:
			w.digits(part, func(with string) { put(Digits, with) })
		}
	}
}

func (w *rewriter) dates(f *source, v literal.Literal, put func(Kind, string)) {
	d := v.Date
	month := w.words.months[d.Month-1]
	comma := ""
	if strings.HasPrefix(f.text[v.End:], ",") {
		comma = ""
	}
	if w.lang == knowledge.English {
		put(DateFormat, fmt.Sprintf("%d %s %d", d.Day, month, d.Year)+comma)
		put(DateFormat, fmt.Sprintf("%s %d, %d", month[:3], d.Day, d.Year)+comma)
		put(DateFormat, d.String())
	} else {
		put(DateFormat, fmt.Sprintf("%02d/%02d/%d", d.Day, int(d.Month), d.Year))
		put(DateFormat, fmt.Sprintf("%d de %s del %d", d.Day, month, d.Year))
		put(DateFormat, d.String())
	}
	if v.Weekday == 0 {
		put(AddWeekday, fmt.Sprintf(w.words.withWeekday, w.words.weekdays[(int(d.First().Weekday())+6)%7], f.text[v.Start:v.End]))
	}
	if f.fact.Status != knowledge.Disputed {
		w.lessPrecise(f, v, month)
	}
}

// lessPrecise leaves the day out: "on July 31, 2025" becomes "in July 2025".
func (w *rewriter) lessPrecise(f *source, v literal.Literal, month string) {
	on, in, of := "on ", "in ", " "
	if w.lang == knowledge.Spanish {
		on, in, of = "el ", "en ", " de "
	}
	before := f.text[:v.Start]
	vague := fmt.Sprintf("%s%s%d", month, of, v.Date.Year)
	switch {
	case strings.HasSuffix(before, " "+on) && !strings.HasSuffix(before, " para "+on) && !strings.HasSuffix(before, " desde "+on):
		w.add(LessPrecise, f, before[:len(before)-len(on)]+in+vague+f.text[v.End:])
	case strings.HasSuffix(before, capitalised(on)):
		w.add(LessPrecise, f, before[:len(before)-len(on)]+capitalised(in)+vague+f.text[v.End:])
	}
}

func (w *rewriter) digits(part string, put func(string)) {
	for _, t := range lang.Tokens(nil, part) {
		for i, word := range w.words.numbers {
			n := i + 2
			if i >= 12 {
				n = [...]int{15, 17, 20}[i-12]
			}
			if t.Folded == lang.Fold(word) {
				put(edit(part, t.Start, t.End, strconv.Itoa(n)))
			}
			if t.Text == strconv.Itoa(n) && !strings.Contains(part, "%") {
				put(edit(part, t.Start, t.End, word))
			}
		}
	}
}

func (w *rewriter) glue(f *source) {
	for _, g := range map[knowledge.Lang][]string{
		knowledge.English: {"Also, ", "In addition, ", "According to the facts, "},
		knowledge.Spanish: {"Además, ", "También, ", "Según los hechos, "},
	}[w.lang] {
		w.add(Glue, f, g+uncapitalised(f.text))
	}
}
