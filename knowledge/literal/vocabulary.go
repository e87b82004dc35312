package literal

import (
	"strings"

	"enlace/knowledge"
)

// word is what a vocabulary knows of one folded word. A word can have several jobs ("second", "may").
type word struct {
	name      string
	cardinal  int64 // 0–900, of the words that numbers are made of; see isCardinal
	power     int   // of thousand, million, …: the power of ten
	ordinal   int64
	month     int
	weekday   int
	dozen     int64 // of collectives: dozen 12, docena 12, veintena 20
	decade    int64 // of nineties, noventa: 90
	unit      string
	currency  string // of words and codes of money: also before the number ("USD 5")
	label     string
	denom     int64 // of half, third, tercio: the denominator
	jobs      jobs
	monthAbbr bool // jan, ene: a month only beside a day or year
	plural    bool // of labels and denominators
}

type jobs uint16

const (
	isCardinal  jobs = 1 << iota
	isArticle        // a, an; un, una, uno, one: 1 only where something says so
	isFunction       // prepositions, conjunctions and the like: what may follow a complete number
	isMonthLike      // april, may, march, august, june: also other words
	isPerson         // people, police, votes: what years are not the number of
	isLabelLink      // stands between a label and its number: ejecutivo, no
	isStreet         // street, avenida
	isPrefix         // may stand before "-2024": mid, pre
	isSuffix         // may be glued to digits: st, th, k, km
	isSuffixed       // ordinal suffix: st, nd, er, ro
	isMonthPrep      // in, of, since, …: a month may follow
)

func (w *word) is(j jobs) bool { return w != nil && w.jobs&j != 0 }

// phrase is a run of words with what it means.
type phrase struct {
	words  []string
	approx Approx
}

// vocabulary is what the parser knows of one language. It does not change once it is made.
type vocabulary struct {
	words    map[string]*word
	before   map[string][]phrase // approximators before a value, by first word, longest first
	after    map[string][]phrase // and after it
	thousand rune                // the sign between groups of three digits
	point    rune                // the decimal sign
	spanish  bool
}

// vocabularyOf returns the vocabulary of a language; every other language is read as English.
func vocabularyOf(l knowledge.Lang) *vocabulary {
	if l == knowledge.Spanish {
		return spanish
	}
	return english
}

// entry returns the word with a name, made on first use.
func (v *vocabulary) entry(name string) *word {
	w := v.words[name]
	if w == nil {
		w = &word{name: name}
		v.words[name] = w
	}
	return w
}

// each calls set for every word of a list separated by blanks, with its place.
func (v *vocabulary) each(list string, set func(w *word, i int)) {
	for i, name := range strings.Fields(list) {
		if name != "_" {
			set(v.entry(name), i)
		}
	}
}

func (v *vocabulary) mark(j jobs, list string) {
	v.each(list, func(w *word, _ int) { w.jobs |= j })
}

// cardinals names numbers from first on, step apart.
func (v *vocabulary) cardinals(first, step int64, list string) {
	v.each(list, func(w *word, i int) {
		w.jobs |= isCardinal
		w.cardinal = first + step*int64(i)
	})
}

func (v *vocabulary) ordinals(first, step int64, list string) {
	v.each(list, func(w *word, i int) { w.ordinal = first + step*int64(i) })
}

func (v *vocabulary) months(abbr bool, list string) {
	v.each(list, func(w *word, i int) { w.month, w.monthAbbr = i+1, abbr })
}

func (v *vocabulary) weekdays(list string) {
	v.each(list, func(w *word, i int) { w.weekday = i + 1 })
}

func (v *vocabulary) unit(name, list string) {
	v.each(list, func(w *word, _ int) { w.unit = name })
}

func (v *vocabulary) currency(name, list string) {
	v.each(list, func(w *word, _ int) { w.currency = name })
}

// label gives a name to the first word of the list and, as plurals, to the rest.
func (v *vocabulary) label(name, singular, plural string) {
	v.each(singular, func(w *word, _ int) { w.label = name })
	v.each(plural, func(w *word, _ int) { w.label, w.plural = name, true })
}

// approximators adds phrases, separated by "|", before or after a value.
func (v *vocabulary) approximators(to map[string][]phrase, a Approx, list string) {
	for text := range strings.SplitSeq(list, "|") {
		words := strings.Fields(text)
		for _, name := range words {
			v.entry(name)
		}
		p := phrase{words: words, approx: a}
		known := to[words[0]]
		at := 0
		for at < len(known) && len(known[at].words) >= len(words) {
			at++
		}
		to[words[0]] = append(known[:at:at], append([]phrase{p}, known[at:]...)...)
	}
}

func newVocabulary(spanish bool, thousand, point rune) *vocabulary {
	v := &vocabulary{
		words: make(map[string]*word, 512), before: map[string][]phrase{}, after: map[string][]phrase{},
		thousand: thousand, point: point, spanish: spanish,
	}
	// Codes and signs that both languages use.
	v.currency("usd", "usd")
	v.currency("eur", "eur")
	v.currency("gbp", "gbp")
	v.unit("km", "km kms")
	v.unit("metre", "m mt mts")
	v.unit("cm", "cm")
	v.unit("mm", "mm")
	v.unit("kg", "kg kgs")
	v.unit("gram", "g gr")
	v.unit("hectare", "ha")
	v.unit("hour", "h hr hrs hs")
	v.unit("minute", "min")
	v.mark(isSuffix, "km kms m mt mts cm mm kg kgs g gr ha h hr hrs hs min k bn b am pm a p")
	v.entry("ecu")
	v.entry("us")
	v.each("k bn", func(w *word, i int) { w.power = [...]int{3, 9}[i] })
	return v
}
