package verify

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// kind is what a unit is.
type kind uint8

const (
	wordUnit kind = iota
	nameUnit
	valueUnit
	pronounUnit
)

// unit is one piece of a text that says something. What stands between the unit before and it (articles, auxiliaries,
// prepositions, punctuation) is kept as its properties.
type unit struct {
	kind       kind
	start, end int // bytes
	key        int32
	alt        [3]int32
	exact      int32 // words: the same word only; names: the name as it is written
	entity     int32 // names: 1 + its place in the base
	lit        int16 // values: its place in text.lits
	classes    uint32
	stage      wording.Stage
	told       bool // the stage is told, not only named
	prep       prep
	form       form
	seg        int16 // pieces between commas, brackets, colons and semicolons
	clause     int16 // pieces between semicolons
	capital    bool  // written with a capital that does not come from the beginning of a sentence
	poss       bool  // followed by 's
	adjacent   bool  // nothing but a space before it
	afterDet   bool  // an article, a possessive, a preposition or the beginning before it
	afterConj  bool  // "and" or a dash before it
	article    bool  // an article before it
	hyphen     bool  // a hyphen or a dash joins it to the unit before
	afterRel   bool  // who, which, that before it
	afterComma bool
	clitic     bool // Spanish lo, la, los, las before it
	reflexive  bool // se before it
	dative     bool // le, les before it
	passive    bool // a verb in the passive
	paren      bool
	quoted     bool
	possessive bool // of pronouns: his, its, su
	place      bool // the preposition before it is in, on or at
	attributes bool // according, según: says by other means
	reports    bool // says, said, allege: what "according to" stands for
	anchor     bool // a preposition, a temporal word or an attribution begins a phrase here
}

func (u *unit) has(c ...wording.Class) bool {
	for _, x := range c {
		if u.classes&(1<<x) != 0 {
			return true
		}
	}
	return false
}

// orBit marks "or", which no class of package wording holds.
const orBit = 1 << 31

// text is a sentence or a fact cut into units.
type text struct {
	raw    string
	units  []unit
	lits   []literal.Literal
	quotes []span // what stands between quotation marks, marks excluded
	broken bool   // it ends in a preposition, an article or another word that cannot be last
}

type span struct{ start, end int }

// sameUnit reports whether claim unit c says the same as fact unit f.
func sameUnit(ct *text, c *unit, ft *text, f *unit) bool {
	switch {
	case c.kind == valueUnit || f.kind == valueUnit:
		return c.kind == f.kind && sameValue(ct, c, ft, f)
	case c.kind == pronounUnit || f.kind == pronounUnit:
		return samePronoun(c, f)
	case c.kind == nameUnit && f.kind == nameUnit:
		return c.key == f.key || c.key != 0 && c.key == f.alt[0] || c.alt[0] != 0 && (c.alt[0] == f.key || c.alt[0] == f.alt[0]) || c.exact != 0 && c.exact == f.exact
	case c.exact != 0 && c.exact == f.exact, c.attributes && f.reports, c.reports && f.attributes:
		return true
	case c.kind == nameUnit || f.kind == nameUnit:
		return demonym(c, f)
	case c.capital || f.capital:
		return false
	}
	return sameWord(c, f)
}

// sameWord reports whether two common words share a key.
func sameWord(c, f *unit) bool {
	if c.key != 0 && (c.key == f.key || c.key == f.alt[0] || c.key == f.alt[1] || c.key == f.alt[2]) {
		return true
	}
	for _, a := range c.alt {
		if a != 0 && (a == f.key || a == f.alt[0] || a == f.alt[1] || a == f.alt[2]) {
			return true
		}
	}
	return false
}

// samePronoun compares where one side is a pronoun: two of a kind, or a person's name that the pronoun stands for, which
// was resolved into the pronoun's entity before.
func samePronoun(c, f *unit) bool {
	if c.kind == pronounUnit && f.kind == pronounUnit {
		return c.key == f.key
	}
	return c.entity != 0 && c.entity == f.entity
}

// demonym reports whether a name and an adjective mean the same country: Ecuador's or of Ecuador, and Ecuadorian.
func demonym(c, f *unit) bool {
	name, word := c, f
	if f.kind == nameUnit {
		name, word = f, c
	}
	return name.alt[1] != 0 && name.alt[1] == word.alt[1] && (name.poss || name.prep == weakPrep || name.adjacent || name.afterDet)
}

// sameValue reports whether the fact's value warrants the claim's.
func sameValue(ct *text, c *unit, ft *text, f *unit) bool {
	if c.lit < 0 || f.lit < 0 { // codes are compared letter by letter
		return c.lit == f.lit && c.key != 0 && c.key == f.key
	}
	return literal.Entails(ft.lits[f.lit], ct.lits[c.lit])
}
