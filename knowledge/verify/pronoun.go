package verify

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
)

// resolve gives the pronouns of a text the one person, or the one other name, that it has named before them.
func (r *reader) resolve() {
	for i := range r.units {
		u := &r.units[i]
		if u.kind != pronounUnit {
			continue
		}
		word := strings.ToLower(r.raw[u.start:u.end])
		for j := range i {
			n := &r.units[j]
			if n.kind != nameUnit || n.entity == 0 || !r.refers(word, n.entity) {
				continue
			}
			if u.entity != 0 && u.entity != n.entity {
				u.entity = 0
				break
			}
			u.entity = n.entity
		}
	}
}

// refers reports whether a pronoun can stand for an entity.
func (s *side) refers(word string, entity int32) bool {
	e := &s.base.Entities[entity-1]
	switch word {
	case "he", "him", "él":
		return e.Kind == knowledge.Person && gender(e.Name) != 'f'
	case "she", "ella":
		return e.Kind == knowledge.Person && gender(e.Name) != 'm'
	case "his":
		return e.Kind == knowledge.Person && gender(e.Name) != 'f'
	case "her":
		return e.Kind == knowledge.Person && gender(e.Name) != 'm'
	case "it", "its":
		return e.Kind != knowledge.Person
	case "they", "them", "their", "ellos", "ellas":
		return e.Kind == knowledge.Organisation
	}
	return true
}

// women and men are given names whose ending does not tell; other names in -a are women's, in -o men's.
var (
	women = map[string]bool{"kristi": true, "carmen": true, "isabel": true, "raquel": true, "beatriz": true, "luz": true, "ruth": true, "susan": true, "karen": true}
	men   = map[string]bool{"joshua": true, "luca": true, "jose": true, "john": true, "daniel": true, "frederic": true, "joseph": true, "alexei": true, "gian": true, "omar": true, "marco": true, "donald": true, "markwayne": true, "francisco": true, "jorge": true, "guillermo": true, "gustavo": true, "alejandro": true, "dario": true, "edison": true, "brayan": true, "fernando": true, "chand": true}
)

// gender guesses from a given name: 'f', 'm', or 0 where it cannot tell.
func gender(name string) byte {
	t, ok := lang.Next(name, 0)
	if !ok {
		return 0
	}
	given := lang.Fold(t.Text)
	switch {
	case women[given]:
		return 'f'
	case men[given]:
		return 'm'
	case strings.HasSuffix(given, "a"):
		return 'f'
	case strings.HasSuffix(given, "o"):
		return 'm'
	}
	return 0
}

// antecedents are what pronouns of the next sentence may stand for.
type antecedents struct {
	subject []unit  // the units of the sentence's subject, of a text of its own
	of      *text   // that the subject's units belong to
	text    *text   // the sentence itself
	earlier *text   // the sentence before it, where that was proved
	persons []int32 // the persons that the sentence names
	names   []int32 // other names
}

// who is the entity that is the whole subject, or 0.
func (a *antecedents) who() int32 {
	if len(a.subject) != 1 {
		return 0
	}
	return a.subject[0].entity
}

// day returns the one day that the sentence gives, as it is written there, or "".
func (a *antecedents) day() string {
	if a.text == nil {
		return ""
	}
	var found literal.Literal
	for _, l := range a.text.lits {
		switch {
		case l.Kind != literal.Date:
		case l.Date.Day == 0 || l.Date.Year == 0 || l.Range || l.Approx != literal.Exact || found.Kind == literal.Date && found.End > 0 && found.Date != l.Date:
			return ""
		default:
			found = l
		}
	}
	return a.text.raw[found.Start:found.End]
}

// antecedentsOf reads them from a proved sentence. Its subject is what stands before its first auxiliary or verb; a phrase
// in front of it, up to its comma, is left out.
func antecedentsOf(s *side, t *text) (a antecedents) {
	a.text, a.of = t, t
	from := 0
	if len(t.units) > 0 && t.units[0].anchor {
		for from < len(t.units) && t.units[from].seg == t.units[0].seg {
			from++
		}
	}
	to := from
	for to < len(t.units) && (to == from || t.units[to].form == 0 && !t.units[to].clitic) {
		if to > from && t.units[to].kind == wordUnit && (t.units[to-1].kind == nameUnit || t.label(to-1)) && t.units[to].adjacent {
			break // a name and then a verb
		}
		to++
	}
	if from < len(t.units) && to < len(t.units) {
		a.subject = t.units[from:to]
	}
	for i := range t.units {
		u := &t.units[i]
		if u.kind != nameUnit && u.kind != pronounUnit || u.entity == 0 {
			continue
		}
		if s.base.Entities[u.entity-1].Kind == knowledge.Person {
			a.persons = add(a.persons, u.entity)
		} else {
			a.names = add(a.names, u.entity)
		}
	}
	return a
}

// label reports whether the unit is a value that names something: article 79, count six.
func (t *text) label(i int) bool {
	u := &t.units[i]
	return u.kind == valueUnit && (u.lit < 0 || t.lits[u.lit].Label != "")
}

func add(list []int32, e int32) []int32 {
	for _, x := range list {
		if x == e {
			return list
		}
	}
	return append(list, e)
}

// bind puts entities to the pronouns of a sentence that it does not resolve itself: the subject of the sentence before,
// where that is one name, else the only person (or other name) that it mentions. It reports a pronoun that stays open.
func (s *side) bind(t *text, a antecedents) (open []int) {
	for i := range t.units {
		u := &t.units[i]
		if u.kind != pronounUnit || u.entity != 0 {
			continue
		}
		u.entity = s.antecedent(strings.ToLower(t.raw[u.start:u.end]), a)
		if u.entity == 0 {
			open = append(open, i)
		}
	}
	return open
}

func (s *side) antecedent(word string, a antecedents) int32 {
	if len(a.subject) == 1 && a.subject[0].entity != 0 && s.refers(word, a.subject[0].entity) {
		return a.subject[0].entity
	}
	if word == "it" || word == "they" {
		return 0 // a thing is taken up as the subject only: there are more things than the names
	}
	var found int32
	for _, list := range [...][]int32{a.persons, a.names} {
		for _, e := range list {
			if !s.refers(word, e) {
				continue
			}
			if found != 0 {
				return 0
			}
			found = e
		}
	}
	return found
}
