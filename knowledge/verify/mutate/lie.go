package mutate

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"enlace/knowledge"
)

// Class is a way of lying.
type Class string

// The classes of lies.
const (
	Number         Class = "number"           // a number changed
	NumberWord     Class = "number word"      // two becomes seven
	Magnitude      Class = "magnitude"        // million becomes billion
	Unit           Class = "unit"             // months become years, dollars euros, percent is dropped
	Day            Class = "day"              // another day
	Month          Class = "month"            // another month
	Year           Class = "year"             // another year
	Precision      Class = "date precision"   // a day where the fact has a month
	Weekday        Class = "weekday"          // a wrong weekday added or exchanged
	Approximator   Class = "approximator"     // about, nearly, more than: dropped or exchanged
	SiblingNumber  Class = "sibling number"   // a number of a similar fact
	SiblingName    Class = "sibling name"     // a name of a similar fact
	SwappedNames   Class = "swapped names"    // two names of the fact changed places
	SwappedNumbers Class = "swapped numbers"  // two values of the fact changed places
	Role           Class = "role"             // another office
	NegationIn     Class = "negation in"      // not, never inserted
	NegationOut    Class = "negation out"     // not, no, without deleted
	ExclusiveIn    Class = "only in"          // only, all, first inserted
	ExclusiveOut   Class = "quantifier"       // some becomes all, "one of the" becomes "the", only is dropped
	BeforeAfter    Class = "before and after" // a temporal word exchanged
	Tense          Class = "tense"            // past becomes future
	Modal          Class = "modal"            // may becomes will, would becomes did
	HedgeOut       Class = "hedge out"        // alleged, said, according to deleted
	HedgeMoved     Class = "hedge moved"      // the hedge stands elsewhere
	Upgraded       Class = "upgrade"          // said becomes confirmed
	LegalStage     Class = "legal stage"      // charged becomes convicted, memorandum treaty
	CausalJoin     Class = "causal join"      // two true facts joined by because
	Adjunct        Class = "invented adjunct" // something added
	Evaluation     Class = "evaluation"       // an adjective that judges
	WrongID        Class = "wrong id"         // a true sentence that cites another fact
	ConditionOut   Class = "condition out"    // if, unless, although and what follows dropped
	QuoteAltered   Class = "quote altered"    // a word of a quotation changed
	QuoteInvented  Class = "quote invented"   // quotation marks around other words
	Antonym        Class = "antonym"          // the opposite verb or adjective
	Preposition    Class = "preposition"      // from becomes to
	OtherLanguage  Class = "other language"   // the fact's text in the other language
	AndOut         Class = "and out"          // "and" becomes a comma
	AndMoved       Class = "and moved"        // "and" stands at another comma
	HeadOut        Class = "head out"         // the mission of the liaison at the NTC becomes the mission of the NTC
	DateBehind     Class = "date behind"      // a date in front of the main clause stands behind a subordinate one
	SubjectOut     Class = "subject out"      // a Spanish clause without its subject, and nothing before it
)

// Classes lists every class.
var Classes = [...]Class{
	Number, NumberWord, Magnitude, Unit, Day, Month, Year, Precision, Weekday, Approximator, SiblingNumber, SiblingName, SwappedNames,
	SwappedNumbers, Role, NegationIn, NegationOut, ExclusiveIn, ExclusiveOut, BeforeAfter, Tense, Modal, HedgeOut, HedgeMoved, Upgraded,
	LegalStage, CausalJoin, Adjunct, Evaluation, WrongID, ConditionOut, QuoteAltered, QuoteInvented, Antonym, Preposition, OtherLanguage,
	AndOut, AndMoved, HeadOut, DateBehind, SubjectOut,
}

// Lie is a false or unproved sentence with the facts that it cites.
type Lie struct {
	Class Class
	Lang  knowledge.Lang
	Facts []knowledge.FactID // the first is the fact that it was made from, except for WrongID
	Text  string
}

// String writes the lie for a list: class, facts, text.
func (l Lie) String() string { return fmt.Sprintf("%s %s %v: %s", l.Lang, l.Class, l.Facts, l.Text) }

// Excluded is a change that is no lie, and why.
type Excluded struct {
	Lie
	Reason string
}

// Lies returns the lies that a base's facts make in a language, in the order of the facts, and the changes that are none.
func Lies(b *knowledge.Base, l knowledge.Lang) ([]Lie, []Excluded) {
	g := &generator{base: b, lang: l, words: wordsOf(l), seen: map[string]bool{}, random: rand.New(rand.NewPCG(4, 2026))}
	g.collect()
	for i := range g.facts {
		g.values(&g.facts[i])
		g.guards(&g.facts[i])
		g.names(&g.facts[i])
		g.additions(&g.facts[i])
		g.siblings(i)
	}
	for i := range g.facts {
		g.structure(&g.facts[i])
	}
	return g.lies, g.excluded
}

// generator makes the lies of one language.
type generator struct {
	base     *knowledge.Base
	lang     knowledge.Lang
	words    *words
	facts    []source
	lies     []Lie
	excluded []Excluded
	seen     map[string]bool
	random   *rand.Rand
}

// lie adds a sentence made from a fact, unless it is the fact's own text or was made already.
func (g *generator) lie(c Class, f *source, text string, also ...knowledge.FactID) {
	text = tidy(text)
	key := string(c) + string(f.fact.ID) + text + fmt.Sprint(also)
	if text == tidy(f.text) && c != WrongID || g.seen[key] || strings.TrimSpace(text) == "" {
		return
	}
	g.seen[key] = true
	l := Lie{Class: c, Lang: g.lang, Facts: append([]knowledge.FactID{f.fact.ID}, also...), Text: text}
	if reason := g.harmless(l, f); reason != "" {
		g.excluded = append(g.excluded, Excluded{l, reason})
		return
	}
	g.lies = append(g.lies, l)
}

// tidy repairs what a deletion leaves: double spaces, spaces before commas, a small first letter.
func tidy(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, p := range [...][2]string{{" ,", ","}, {" .", "."}, {" ;", ";"}, {",,", ","}, {", .", "."}, {",.", "."}, {" :", ":"}} {
		s = strings.ReplaceAll(s, p[0], p[1])
	}
	s = strings.TrimLeft(s, ",; ")
	return capitalised(s)
}

func capitalised(s string) string {
	if s != "" && 'a' <= s[0] && s[0] <= 'z' {
		return string(s[0]-32) + s[1:]
	}
	return s
}
