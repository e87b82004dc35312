package verify

import (
	"strings"

	"enlace/knowledge/lang"
)

// possessed reports whether the last unit has 's.
func (r *reader) possessed() bool { return len(r.units) == 0 || r.units[len(r.units)-1].poss }

// function notes a function word for the unit to come.
func (r *reader) function(f function, word string) {
	r.first = false
	switch f.job {
	case determiner:
		r.next.afterDet, r.next.article = true, true
		r.next.clitic = word == "lo" || word == "los" || word == "la" || word == "las"
	case skipped:
		r.next.reflexive = word == "se"
		r.next.dative = word == "le" || word == "les"
	case preposition:
		r.next.prep, r.next.afterDet, r.next.anchor = f.prep, true, true
		r.next.place = word == "in" || word == "on" || word == "at" || word == "en"
	case auxiliary:
		r.next.form |= f.form
		r.next.afterDet = false
	case conjunction:
		r.next.afterConj = true
	case relative:
		r.next.afterRel = true
	}
}

// punct notes a punctuation mark for the unit to come.
func (r *reader) punct(t *lang.Token) {
	if strings.ContainsAny(t.Text, ",;:)") && r.next.prep != noPrep {
		r.broken = true // "in, "
	}
	switch t.Text {
	case ",":
		if r.datesNoun(t) {
			return // "the July 31, 2025, meeting"
		}
		r.next.seg++
		r.next.afterComma = true
	case ";":
		r.next.seg++
		r.next.clause++
		r.next.afterComma = true
	case ":":
		r.next.seg++
		r.next.afterComma = true
	case "(", ")":
		r.next.seg++
		r.next.paren = t.Text == "("
	case "—":
		r.next.seg++
		r.next.afterComma = true
	case "–", "-":
		if t.Start > 0 && r.raw[t.Start-1] == ' ' {
			r.next.seg++
			r.next.afterComma = true
		} else {
			r.next.afterConj, r.next.hyphen = t.Text == "–", true
			return
		}
	case "'", "’", "‘", "\"", "“", "”", "«", "»":
		return
	}
	r.any = true
}

// datesNoun reports whether a comma only closes an American date that describes the noun behind it.
func (r *reader) datesNoun(t *lang.Token) bool {
	if r.spanish() || len(r.units) == 0 {
		return false
	}
	u := &r.units[len(r.units)-1]
	if u.end != t.Start || u.kind != valueUnit || !u.article {
		return false
	}
	next, ok := lang.Next(r.raw, t.End)
	return ok && next.Kind == lang.Word && !isCapital(next.Text) && isDate(&r.text, u)
}
