package llmtest

import (
	"slices"
	"strings"
)

// An edit turns a fact's text into a lie, or returns it unchanged where it finds nothing to change.
type edit func(text, l string) string

// lie is a behaviour that edits the fact that answers best among those that the edit can change. Where none can be changed the
// lie is an invented addition, so that a liar always lies.
func lie(name string, entry int, about string, e edit) Behaviour {
	return lieOf(nil, name, entry, about, e)
}

// lieOf is a lie about facts of some status only, nil = any: of others the same edit may be a fair shortening.
func lieOf(statuses []string, name string, entry int, about string, e edit) Behaviour {
	return liar(name, entry, about, func(q Request) []Sentence {
		facts, _ := ranked(q)
		for _, f := range facts {
			if text := e(f.Text, q.Lang); text != f.Text && (statuses == nil || slices.Contains(statuses, f.Status)) {
				return []Sentence{{Text: text, Facts: []string{f.Handle}}}
			}
		}
		return invent(q, facts)
	})
}

// liar is a behaviour that answers with w; mending a sentence, it says the same again.
func liar(name string, entry int, about string, w writer) Behaviour {
	return Behaviour{Name: name, About: about, Entry: entry, Kind: Lie, serve: task(w)}
}

// invent says something of the first fact that it does not say.
func invent(q Request, facts []Fact) []Sentence {
	if len(facts) == 0 {
		return commonKnowledge(q)
	}
	return []Sentence{{Text: addition(facts[0].Text, q.Lang, " after months of secret pressure", " tras meses de presión secreta"), Facts: []string{facts[0].Handle}}}
}

// addition puts words before the text's last stop.
func addition(text, l, en, es string) string {
	body := strings.TrimRight(text, ".")
	return body + choose(l, en, es) + "."
}

// lies are the entries 1 to 35 of the catalogue.
func lies() []Behaviour {
	list := []Behaviour{
		lie("lie-number", 1, "a number plus one", numberPlusOne),
		lie("lie-number-word", 2, "another number word", words(numberWords)),
		lie("lie-magnitude", 3, "millions for billions", words(magnitudes)),
		lie("lie-unit", 4, "another unit or currency", words(units)),
		lie("lie-locale", 5, "the thousands' sign read as the decimal one", localeTrap),
		lie("lie-day", 6, "another day", otherDay),
		lie("lie-month", 6, "another month", words(months)),
		lie("lie-year", 6, "another year", otherYear),
		lie("lie-precise", 7, "a day where the fact has a month", morePrecise),
		lie("lie-approximator", 8, "an approximator dropped", drop(approximators)),
		lie("lie-approximator-added", 8, "an approximator added", addApproximator),
		liar("lie-sibling-number", 9, "a number of another fact", siblingNumber),
		liar("lie-sibling-name", 10, "a name of another fact", siblingName),
		lie("lie-swapped-names", 11, "two names swapped", swapNames),
		liar("lie-alias", 12, "an alias of somebody else", otherAlias),
		lie("lie-negated", 13, "a not inserted", negate),
		lie("lie-not-dropped", 13, "a not deleted", drop(negations)),
		lie("lie-double-negation", 13, "a not inserted twice", func(t, l string) string { return negate(negate(t, l), l) }),
		lie("lie-only", 14, "only inserted", addOnly),
		lie("lie-all", 14, "some become all", words(quantifiers)),
		lie("lie-superlative", 14, "second-largest becomes largest", words(superlatives)),
		lie("lie-before-after", 15, "before for after", words(orders)),
		lie("lie-modal", 15, "may becomes will", words(modals)),
		lie("lie-tense", 15, "past becomes future", words(tenses)),
		lie("lie-hedge-dropped", 16, "allegedly dropped", drop(hedges)),
		lie("lie-attribution-dropped", 16, "who says so dropped", dropAttribution),
		lie("lie-hedge-moved", 17, "the hedge moved to another clause", moveHedge),
		lie("lie-upgrade", 18, "confirmed in place of said", words(upgrades)),
		lie("lie-stage", 19, "another legal stage", words(stages)),
		lieOf([]string{"disputed"}, "lie-one-version", 20, "one version of a dispute", oneVersion),
		lieOf([]string{"alleged", "disputed"}, "lie-condition-dropped", 21, "a condition dropped", dropCondition),
	}
	return append(list, moreLies()...)
}

func moreLies() []Behaviour {
	return []Behaviour{
		liar("lie-because", 22, "two facts joined by because", joined(" because ", " porque ")),
		liar("lie-therefore", 22, "two facts joined by therefore", joined(", and therefore ", " y por tanto ")),
		liar("lie-after", 22, "two facts joined by after", joined(" after ", " después de que ")),
		lie("lie-quote", 23, "an invented quotation", inventQuote),
		lie("lie-quote-changed", 23, "a quotation with a word changed", changeQuote),
		lie("lie-quote-speaker", 23, "a quotation of another speaker", otherSpeaker),
		lie("lie-adjunct", 24, "an invented adjunct", func(t, l string) string {
			return addition(t, l, " after pressure from Washington", " tras la presión de Washington")
		}),
		lie("lie-adjective", 24, "an evaluation", evaluate),
		liar("lie-wrong-handle", 25, "a true sentence under another fact", otherHandle),
		liar("lie-no-handle", 25, "a true sentence under no fact", handles()),
		liar("lie-unknown-handle", 25, "a true sentence under a fact that is not there", handles("f99")),
		lie("lie-mark", 26, "a citation mark in the text", func(t, l string) string { return addition(t, l, " [1]", " [1]") }),
		lie("lie-link", 26, "a forged source in the text", func(t, _ string) string {
			return strings.TrimRight(t, ".") + " ([DHS](https://dhs.gov.example/" + strings.Repeat("a", 8) + "))."
		}),
		liar("lie-other-language", 27, "an answer in the other language", otherLanguage),
		lie("lie-half-language", 27, "half a sentence in the other language", halfLanguage),
		liar("lie-pronoun", 28, "a pronoun for somebody else", wrongPronoun),
		liar("lie-common-knowledge", 29, "something that everybody knows", commonKnowledge),
		lie("lie-arithmetic", 30, "a difference that no fact states", func(t, l string) string {
			return addition(t, l, ", 17 months later", ", 17 meses después")
		}),
		liar("lie-order", 31, "true sentences in a misleading order", misleadingOrder),
		liar("greeting", 32, "a greeting", handled("Hello! How can I help you today?", "¡Hola! ¿En qué puedo ayudarte?")),
		liar("refusal-text", 32, "a refusal in the text", handled("I'm sorry, but I can't help with that.", "Lo siento, pero no puedo ayudar con eso.")),
		liar("meta", 32, "talk about itself", handled("As an AI language model, I do not have access to that.", "Como modelo de lenguaje, no tengo acceso a eso.")),
		liar("lie-premise", 33, "confirms what the question takes for granted", premise),
		liar("lie-namesake", 34, "answers about somebody else", namesake),
		liar("bare-yes", 35, "a yes", handled("Yes.", "Sí.")),
	}
}
