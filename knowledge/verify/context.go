package verify

import (
	"regexp"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// carry returns what the sentence after a proved one may refer to: its pronouns are bound, and where it leaves its subject
// out in Spanish, that of the sentence before stays.
func carry(s *side, t *text, before antecedents) antecedents {
	bound := *t
	bound.units = append([]unit(nil), t.units...)
	s.bind(&bound, before)
	a := antecedentsOf(s, &bound)
	a.earlier = before.text
	if v := s.openVerb(written(&bound)); v >= 0 && before.who() != 0 {
		a.subject, a.of = before.subject, before.of
	}
	return a
}

// openVerb returns the place of the finite verb that a Spanish text begins with, after a phrase up to a comma and a negation,
// or -1.
func (s *side) openVerb(v view) int {
	if !s.spanish() || len(v.order) == 0 {
		return -1
	}
	i := 0
	if first := v.at(0); first.anchor || isTime(&v, 0, 1) {
		for i < len(v.order) && v.at(i).seg == first.seg {
			i++
		}
	}
	for i < len(v.order) && v.at(i).has(wording.Negation) {
		i++
	}
	p := prover{side: s}
	if i == len(v.order) || !p.tells(&v, v.at(i)) || v.at(i).article && v.at(i).form == 0 {
		return -1
	}
	return i
}

// tells reports whether a Spanish word is a finite verb, in the present as well.
func (p *prover) tells(f *view, u *unit) bool {
	return p.finite(f, u) || u.kind == wordUnit && !u.afterDet && presentTense[lower(f.raw[u.start:u.end])]
}

var presentTense = wordSet(`tiene tienen incluye permite excluye sigue enfrenta trabaja dirige administra va dura sirve dice señala describe sostiene ofrece
	debe puede prevé exige usa corre vence habla otorga`)

// sameSubject reports whether a fact's subject is the one of the sentence before: all its words are in that, and both have
// the same head.
func (p *prover) sameSubject(own, before antecedents) bool {
	if len(own.subject) == 0 || len(before.subject) == 0 {
		return false
	}
	for i := range own.subject {
		if !holds(before.of, before.subject, own.of, &own.subject[i]) {
			return false
		}
	}
	return sameUnit(before.of, head(before.subject), own.of, head(own.subject))
}

// head is the last unit before the first phrase that hangs on it.
func head(subject []unit) *unit {
	for i := 1; i < len(subject); i++ {
		if subject[i].anchor || subject[i].afterComma {
			return &subject[i-1]
		}
	}
	return &subject[len(subject)-1]
}

// holds reports whether a unit is among others.
func holds(t *text, units []unit, ot *text, u *unit) bool {
	for i := range units {
		if u.kind == nameUnit && u.alt[1] != 0 && units[i].kind == nameUnit && strings.Contains(t.raw[units[i].start:units[i].end], ot.raw[u.start:u.end]) {
			return true // Ecuador, in Ecuador's Constitution
		}
		if sameUnit(ot, u, t, &units[i]) || sameUnit(t, &units[i], ot, u) || u.alt[1] != 0 && u.alt[1] == units[i].alt[1] && u.kind != valueUnit {
			return true
		}
	}
	return false
}

func (p *prover) isKnown(a *alignment, j int) bool {
	return p.known != nil && p.known[a.fact.order[j]]
}

// certain returns the end of a piece that begins at j, is left out, and is certain from the context, or j.
func (p *prover) certain(a *alignment, j, end int) int {
	e := j
	switch {
	case p.unnamed(a, j, end) || p.dative(a, j, end):
		e = j + 1
	case p.before != nil && p.qualifier(a, j, end):
		e = end
	}
	if e > j && p.known == nil {
		p.known = make([]bool, len(a.fact.units))
	}
	return e
}

// unnamed reports whether the name at j is a Spanish subject left out before its verb, and the one that the verb must be
// understood of.
func (p *prover) unnamed(a *alignment, j, end int) bool {
	f := &a.fact
	u := f.at(j)
	if !p.spanish() || u.kind != nameUnit || u.entity == 0 || u.prep != noPrep || u.poss || j+1 != end || end >= len(a.from) || a.from[end] < 0 {
		return false
	}
	verb := end
	for verb+1 < len(a.from) && f.at(verb).has(wording.Negation) {
		verb++
	}
	i := int(a.from[end])
	c := a.claim.at(i)
	if !p.tells(f, f.at(verb)) || f.at(verb).seg != u.seg || i > 0 && !c.afterRel && c.seg == a.claim.at(i-1).seg {
		return false
	}
	return p.understood(a, i, u.entity)
}

// understood reports whether a verb without a subject at the claim's i speaks of an entity: of the only person in it, where
// that stands in the subject, else of the subject of the sentence before, where the claim has no subject of its own.
func (p *prover) understood(a *alignment, i int, entity int32) bool {
	person := p.base.Entities[entity-1].Kind == knowledge.Person
	verb, inSubject := false, false
	for n := range i {
		u := a.claim.at(n)
		verb = verb || u.form != 0 || u.kind == wordUnit && (p.verbal(&a.claim, u) || presentTense[lower(a.claim.raw[u.start:u.end])])
		if u.entity == 0 || p.base.Entities[u.entity-1].Kind != knowledge.Person {
			continue
		}
		if u.entity != entity {
			return false
		}
		inSubject = inSubject || !verb
	}
	if inSubject {
		return person
	}
	open := p.openVerb(a.claim)
	return p.before != nil && p.before.who() == entity && open >= 0 && open <= i
}

// dative reports whether the name at j is whom "le" before the verb stands for.
func (p *prover) dative(a *alignment, j, end int) bool {
	u := a.fact.at(j)
	if !p.spanish() || p.before == nil || u.kind != nameUnit || u.entity == 0 || u.prep != "a" || j+1 != end || j == 0 || a.from[j-1] < 0 {
		return false
	}
	return a.claim.at(int(a.from[j-1])).dative && !a.fact.at(j-1).dative && p.before.who() == u.entity
}

// qualifier reports whether the run is what the sentence before says of the same thing: "the 18 months [of the July 2025
// agreement]".
func (p *prover) qualifier(a *alignment, j, end int) bool {
	f := &a.fact
	at := j - 1
	if !f.at(j).anchor {
		at = end
	}
	if at < 0 || at >= len(a.from) || a.from[at] < 0 || f.at(at).seg != f.at(j).seg {
		return false
	}
	compound := at == end && at+1 < len(a.from) && a.from[at+1] >= 0 && f.at(at+1).adjacent && p.mentioned(f, f.at(at+1))
	if !compound && !p.mentioned(f, f.at(at)) {
		return false
	}
	switch of := f.at(j).anchor; {
	case of && !ofNoun(f.at(j)) || !p.definite(a, at):
		return false
	case !of && (p.spanish() || f.at(end).form != 0 || !f.at(end).adjacent):
		return false
	}
	for n := j; n < end; n++ {
		u := f.at(n)
		if limiting(u) && !p.stillAlleged(a, u) || u.afterRel || u.seg != f.at(j).seg || n > j && p.finite(f, u) || u.kind == pronounUnit || !p.heard(f, u) {
			return false
		}
		if u.kind == nameUnit && u.entity != 0 && p.base.Entities[u.entity-1].Kind == knowledge.Person || isTime(f, n, n+1) && !p.onlyDate(f, u) {
			return false
		}
	}
	return true
}

// stillAlleged reports whether a word only names an accusation, of which the sentence keeps another word: count six [of the
// indictment] alleges.
func (p *prover) stillAlleged(a *alignment, u *unit) bool {
	if u.classes&^(1<<wording.LegalStage|1<<wording.Upgrade|1<<wording.Allegation) != 0 {
		return false
	}
	for n := range a.from {
		if a.from[n] >= 0 && a.fact.at(n).has(wording.Allegation) {
			return true
		}
	}
	return false
}

// heard reports whether the sentence before, or the one before that, has the unit.
func (p *prover) heard(f *view, u *unit) bool {
	b := p.before
	return holds(b.text, b.text.units, f.text, u) || b.earlier != nil && holds(b.earlier, b.earlier.units, f.text, u)
}

// definite reports whether the noun at j of the fact has an article in the sentence, or is a label.
func (p *prover) definite(a *alignment, j int) bool {
	i := int(a.from[j])
	if u := a.fact.at(j); u.kind == valueUnit && a.fact.label(int(a.fact.order[j])) {
		return true
	}
	for i > 0 && !a.claim.at(i).article && a.claim.at(i).adjacent {
		i--
	}
	before := strings.Fields(lower(a.claim.raw[:a.claim.at(i).start]))
	return a.claim.at(i).article && len(before) > 0 && !indefinite[before[len(before)-1]]
}

var indefinite = wordSet("a an un una")

// mentioned reports whether the sentence before has the unit with an article, or a label of its kind: count one, count six.
func (p *prover) mentioned(f *view, u *unit) bool {
	for i := range p.before.text.units {
		b := &p.before.text.units[i]
		if sameUnit(f.text, u, p.before.text, b) && u.kind != nameUnit {
			return true
		}
		if u.kind == valueUnit && b.kind == valueUnit && u.lit >= 0 && b.lit >= 0 && f.lits[u.lit].Label != "" && f.lits[u.lit].Label == p.before.text.lits[b.lit].Label {
			return true
		}
	}
	return false
}

// onlyDate reports whether the sentence before has no other date.
func (p *prover) onlyDate(f *view, u *unit) bool {
	if u.lit < 0 {
		return false
	}
	for _, l := range p.before.text.lits {
		if l.Kind == literal.Date && !literal.Entails(f.lits[u.lit], l) && !literal.Entails(l, f.lits[u.lit]) {
			return false
		}
	}
	return true
}

// subjectless refuses a Spanish sentence that begins with its verb where the fact says before it of whom it speaks, unless the
// sentence before is about the same.
func (p *prover) subjectless(a *alignment) Verdict {
	i := p.openVerb(a.claim)
	if i < 0 || a.claim.voice {
		return Verdict{}
	}
	j := int(a.to[i])
	if p.before != nil && p.before.who() != 0 && p.before.who() == p.subjectAt(a, j) {
		return Verdict{}
	}
	for n := j - 1; n >= 0; n-- {
		u := a.fact.at(n)
		if !p.told(a, n) && !u.paren && !(u.anchor && u.seg == a.fact.at(0).seg && a.fact.at(0).anchor && u.seg != a.fact.at(j).seg) {
			return refuse(Pronoun, "it is not certain of whom it speaks", a.claim.raw[a.claim.at(i).start:a.claim.at(i).end])
		}
	}
	return Verdict{}
}

// subjectAt returns the entity that the fact's verb at j speaks of: the name before it, else the fact's subject.
func (p *prover) subjectAt(a *alignment, j int) int32 {
	own := antecedentsOf(p.side, a.fact.text)
	if e := own.who(); e != 0 {
		for n := range j {
			u := a.fact.at(n)
			if u.kind == nameUnit && u.entity != 0 && u.entity != e && u.prep == noPrep && u.clause == a.fact.at(j).clause && n+1 == j {
				return u.entity
			}
		}
		return e
	}
	return 0
}

// thatDay is how a sentence takes up the day of the one before.
var thatDay = map[knowledge.Lang]*regexp.Regexp{
	knowledge.English: regexp.MustCompile(`\b(?:[Oo]n )?(?:[Tt]hat|[Tt]he) (?:very |same )?day\b`),
	knowledge.Spanish: regexp.MustCompile(`\b(?:[Ee]se|[Aa]quel) (?:mismo )?día\b`),
}

// dated writes the day in the place of "that day".
func (s *side) dated(text, day string) string {
	if day == "" {
		return text
	}
	at := thatDay[s.lang].FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	word := map[knowledge.Lang]string{knowledge.English: "on ", knowledge.Spanish: "el "}[s.lang]
	if at[0] == 0 {
		word = map[knowledge.Lang]string{knowledge.English: "On ", knowledge.Spanish: "El "}[s.lang]
	}
	return text[:at[0]] + word + day + text[at[1]:]
}
