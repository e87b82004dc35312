package mutate

import (
	"regexp"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// structure lies by what hangs on what: coordinators, genitive heads, the place of a date, the subject of a clause.
func (g *generator) structure(f *source) {
	g.coordinators(f)
	g.heads(f)
	g.dateBehind(f)
	if g.lang == knowledge.Spanish {
		g.subjects(f)
	}
}

var coordinators = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(`,? and `),
	knowledge.Spanish: regexp.MustCompile(`,? (y|e) `),
}

// coordinators drops every "and", or moves it to a comma near it.
func (g *generator) coordinators(f *source) {
	and := map[knowledge.Lang]string{knowledge.English: " and ", knowledge.Spanish: " y "}[g.lang]
	for _, at := range coordinators[g.lang].FindAllStringIndex(f.text, -1) {
		if insideLiteral(f, at[0]) {
			continue
		}
		without := edit(f.text, at[0], at[1], ", ")
		g.lie(AndOut, f, without)
		if next := strings.Index(f.text[at[1]:], ", "); next >= 0 && !insideLiteral(f, at[1]+next) && !strings.HasPrefix(f.text[at[1]+next+1:], and) {
			n := at[1] + next
			g.andMoved(f, edit(edit(f.text, n, n+2, and), at[0], at[1], ", "))
		}
		if last := strings.LastIndex(f.text[:at[0]], ", "); last >= 0 && !insideLiteral(f, last) && !strings.HasPrefix(f.text[last+1:], and) {
			g.andMoved(f, edit(without, last, last+2, and))
		}
	}
	for at := 0; ; at++ {
		n := strings.Index(f.text[at:], ", ")
		if n < 0 {
			return
		}
		at += n
		rest := f.text[at+2:]
		if !insideLiteral(f, at) && !strings.HasPrefix(rest, strings.TrimSpace(and)+" ") && !strings.HasPrefix(rest, "e ") && !g.listed(rest) {
			g.andMoved(f, edit(f.text, at, at+2, and))
		}
	}
}

func (g *generator) andMoved(f *source, text string) {
	for _, twice := range [...]string{" and and", " y y", " y, y", " y e "} {
		if strings.Contains(text, twice) {
			return
		}
	}
	g.lie(AndMoved, f, text)
}

// listed reports whether a list goes on behind a comma, up to its own "and": one more "and" in it changes nothing.
func (g *generator) listed(rest string) bool {
	at := coordinators[g.lang].FindStringIndex(rest)
	return at != nil && !strings.ContainsAny(rest[:at[0]], ";:(")
}

func insideLiteral(f *source, at int) bool {
	for _, l := range f.literals {
		if l.Start <= at && at <= l.End {
			return true
		}
	}
	return false
}

// genitives are a preposition, the noun that it governs, and the phrase that hangs on that noun.
var genitives = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(` (of|by|with|for|against|from) ((?:(?:the|a|an|its|his) )?(?:[A-Za-z]+ ){0,2}[a-z]{4,} (?:of|at|in|for|with|from|on) )(?:the )?[A-Z]`),
	knowledge.Spanish: regexp.MustCompile(` (de|del|por|con|para|contra|desde) ((?:(?:el|la|los|las|un|una|su) )?[a-záéíóúñ]{4,} (?:[A-Za-záéíóúñ]+ )?(?:de|del|en|para|con|por|contra) )(?:el |la |los |las )?[A-Z]`),
}

// heads leaves out the noun that a name hangs on: "the mission of the liaison at the NTC" becomes "the mission of the NTC".
func (g *generator) heads(f *source) {
	for at := 0; ; {
		m := genitives[g.lang].FindStringSubmatchIndex(f.text[at:])
		if m == nil {
			return
		}
		if !insideLiteral(f, at+m[1]) {
			g.lie(HeadOut, f, edit(f.text, at+m[4], at+m[5], ""))
		}
		at += m[2]
	}
}

var leads = map[knowledge.Lang][]string{knowledge.English: {"On ", "In "}, knowledge.Spanish: {"El ", "En "}}

var subordinators = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(`\b(that|who|which|whose|when|while|after|before|until|because)\b`),
	knowledge.Spanish: regexp.MustCompile(`\b(que|quien|quienes|cuando|mientras|después|antes|hasta|porque|donde)\b`),
}

// dateBehind moves the date in front of a clause to its end, behind a subordinate clause.
func (g *generator) dateBehind(f *source) {
	for _, lead := range leads[g.lang] {
		if !strings.HasPrefix(f.text, lead) || len(f.literals) == 0 {
			continue
		}
		d := f.literals[0]
		rest, ok := strings.CutPrefix(f.text[d.End:], ", ")
		if d.Start > len(lead) || d.Kind != literal.Date || !ok {
			continue
		}
		clause, more, _ := strings.Cut(strings.TrimSuffix(rest, "."), ";")
		if more == "" && subordinators[g.lang].MatchString(clause) {
			g.lie(DateBehind, f, clause+" "+strings.ToLower(lead)+f.text[len(lead):d.End]+".")
			g.lie(DateBehind, f, clause+", "+strings.ToLower(lead)+f.text[len(lead):d.End]+".")
		}
	}
}

var finite = regexp.MustCompile(`^(?:(?:no|se|lo|la|le|los) )*(?:[a-záéíóúñ]+(?:ó|aron|ieron|ía|ían|aba|aban)|es|fue|fueron|está|tiene|dijo|hizo|vino|tuvo|ha|había|será|habla|incluye|excluye|permite) `)

// subjects leaves out whom a Spanish clause speaks of: its subject, or the clause before that has it.
func (g *generator) subjects(f *source) {
	for _, cut := range [...]string{"; ", ", y ", " y ", ". ", ": "} {
		for at := 0; ; {
			n := strings.Index(f.text[at:], cut)
			if n < 0 {
				break
			}
			at += n + len(cut)
			if finite.MatchString(f.text[at:]) {
				g.lie(SubjectOut, f, capitalised(f.text[at:]))
			}
		}
	}
	for _, m := range f.mentions {
		if rest := strings.TrimLeft(f.text[m.end:], "' "); finite.MatchString(rest) {
			g.lie(SubjectOut, f, capitalised(rest))
			if lead := f.text[:m.start]; strings.HasSuffix(lead, ", ") {
				g.lie(SubjectOut, f, lead+rest)
			}
		}
	}
}
