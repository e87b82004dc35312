package verify

import (
	"strings"

	"enlace/knowledge"
)

// job is what a function word does. Function words are no units: they leave a trace on the unit that follows.
type job uint8

const (
	skipped     job = iota + 1 // also, there, se: says nothing that matters
	determiner                 // the, a, this
	preposition                // of, to, by
	auxiliary                  // is, was, has
	conjunction                // and
	relative                   // who, which, that
	pronoun                    // he, she, it
	possessive                 // his, its, su
	clitic                     // lo, la before a verb
)

// form is the auxiliaries that stand before a unit, as bits.
type form uint16

const (
	bePresent form = 1 << iota
	bePast
	havePresent
	havePast
	been
	being
	doPresent
	doPast
	toBe // is to be, was to be
	subjunctive
	bare // be
)

// prep is a preposition as the verifier compares it. The weak ones are interchangeable.
type prep string

const (
	noPrep   prep = ""
	weakPrep prep = "of"
)

type function struct {
	job  job
	form form
	prep prep
}

// functions are the function words of a language, in lower case with their accents.
type functions map[string]function

func (f functions) add(j job, list string) {
	for w := range strings.FieldsSeq(list) {
		f[w] = function{job: j}
	}
}

func (f functions) auxiliaries(bits form, list string) {
	for w := range strings.FieldsSeq(list) {
		f[w] = function{job: auxiliary, form: bits}
	}
}

// prepositions adds words that all count as p.
func (f functions) prepositions(p prep, list string) {
	for w := range strings.FieldsSeq(list) {
		f[w] = function{job: preposition, prep: p}
	}
}

func functionsOf(l knowledge.Lang) functions {
	f := functions{}
	if l == knowledge.Spanish {
		spanishFunctions(f)
	} else {
		englishFunctions(f)
	}
	return f
}

func englishFunctions(f functions) {
	f.add(skipped, "also too there such itself himself herself themselves")
	f.add(determiner, "a an the this these those")
	f.add(conjunction, "and")
	f.add(relative, "who whom which whose that where")
	f.add(pronoun, "he she it they him them")
	f.add(possessive, "his her its their")
	f.prepositions(weakPrep, "of in on at within")
	f.prepositions("as", "as")
	for w := range strings.FieldsSeq("to from by against for with under into through between among over near beneath across toward towards through onto about") {
		f.prepositions(prep(w), w)
	}
	f.prepositions("with", "along")
	f.prepositions("to", "into onto toward towards")
	f.auxiliaries(bePresent, "is are am")
	f.auxiliaries(bePast, "was were")
	f.auxiliaries(havePresent, "has have")
	f.auxiliaries(havePast, "had")
	f.auxiliaries(been, "been")
	f.auxiliaries(being, "being having")
	f.auxiliaries(bare, "be")
	f.auxiliaries(doPresent, "do does")
	f.auxiliaries(doPast, "did")
}

func spanishFunctions(f functions) {
	f.add(skipped, "también además asimismo se le les nos")
	f.add(determiner, "el la los las un una este esta estos estas ese esa esos esas aquel aquella lo")
	f.add(conjunction, "y e")
	f.add(relative, "que quien quienes cual cuales cuyo cuya cuyos cuyas donde")
	f.add(pronoun, "él ella ellos ellas")
	f.add(possessive, "su sus")
	f.prepositions(weakPrep, "de del en")
	f.prepositions("as", "como")
	f.prepositions("a", "a al")
	f.prepositions("con", "junto")
	for w := range strings.FieldsSeq("por para con contra bajo sobre entre hacia ante mediante") {
		f.prepositions(prep(w), w)
	}
	f.auxiliaries(bePresent, "es son está están")
	f.auxiliaries(bePast, "fue fueron era eran estaba estaban estuvo estuvieron")
	f.auxiliaries(havePresent, "ha han")
	f.auxiliaries(havePast, "había habían hubo")
	f.auxiliaries(been, "sido estado")
	f.auxiliaries(being, "siendo estando")
	f.auxiliaries(bare, "ser estar haber")
	f.auxiliaries(subjunctive, "sea sean esté estén haya hayan fuera fueran hubiera hubieran")
}
