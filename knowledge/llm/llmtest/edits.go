package llmtest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// lexicon holds pairs of words, what is replaced and by what, for each language. A phrase stands before the word that it holds.
type lexicon struct{ en, es [][2]string }

// words replaces the first pair that a text holds.
func words(x lexicon) edit {
	return func(text, l string) string {
		if l == "es" {
			return swapWord(text, x.es)
		}
		return swapWord(text, x.en)
	}
}

// drop takes out the first word or phrase that a text holds.
func drop(x lexicon) edit { return words(x) }

// both makes pairs of a list that is read in a circle.
func both(list ...string) [][2]string {
	var out [][2]string
	for i, w := range list {
		out = append(out, [2]string{w, list[(i+1)%len(list)]})
	}
	return out
}

// none makes pairs that delete.
func none(list ...string) [][2]string {
	var out [][2]string
	for _, w := range list {
		out = append(out, [2]string{w, ""})
	}
	return out
}

var (
	numberWords = lexicon{both("two", "seven", "three", "nine", "four", "six", "five", "eight"), both("dos", "siete", "tres", "nueve", "cuatro", "seis", "cinco", "ocho")}
	magnitudes  = lexicon{both("million", "billion"), [][2]string{{"mil millones", "billones"}, {"millones", "mil millones"}, {"millón", "billón"}, {"billones", "millones"}}}
	units       = lexicon{
		[][2]string{{"percent", "degrees"}, {"dollars", "euros"}, {"$", "€"}, {"years", "months"}, {"months", "weeks"}, {"days", "weeks"}, {"hours", "days"}, {"metres", "feet"}, {"kilometres", "miles"}, {"members", "families"}, {"counts", "years"}},
		[][2]string{{"por ciento", "grados"}, {"dólares", "euros"}, {"años", "meses"}, {"meses", "semanas"}, {"días", "semanas"}, {"horas", "días"}, {"metros", "pies"}, {"kilómetros", "millas"}, {"integrantes", "familias"}, {"cargos", "años"}},
	}
	months = lexicon{
		both("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
		both("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
	}
	approximators = lexicon{none("about", "around", "approximately", "nearly", "almost", "at least", "at most", "more than", "up to", "roughly"),
		none("aproximadamente", "alrededor de", "cerca de", "casi", "al menos", "más de", "hasta", "unos", "unas")}
	negations    = lexicon{[][2]string{{"did not", "did"}, {"does not", "does"}, {"not", ""}, {"never", ""}, {"without", "with"}, {"no", "a"}}, [][2]string{{"no", ""}, {"nunca", ""}, {"sin", "con"}, {"ningún", "un"}, {"ninguna", "una"}}}
	quantifiers  = lexicon{[][2]string{{"one of the", "the"}, {"some", "all"}, {"several", "all"}, {"most", "all"}, {"many", "all"}}, [][2]string{{"uno de los", "el"}, {"una de las", "la"}, {"algunos", "todos"}, {"varios", "todos"}, {"la mayoría", "todos"}, {"muchos", "todos"}}}
	superlatives = lexicon{[][2]string{{"second-largest", "largest"}, {"second largest", "largest"}, {"first", "second"}, {"last", "first"}, {"largest", "only"}},
		[][2]string{{"segundo mayor", "mayor"}, {"segunda mayor", "mayor"}, {"primer", "segundo"}, {"primera", "segunda"}, {"último", "primer"}}}
	orders = lexicon{[][2]string{{"before", "after"}, {"after", "before"}, {"until", "since"}, {"since", "until"}}, [][2]string{{"antes de", "después de"}, {"después de", "antes de"}, {"tras", "antes de"}, {"hasta", "desde"}, {"desde", "hasta"}}}
	modals = lexicon{[][2]string{{"may", "will"}, {"might", "will"}, {"could", "will"}, {"would", "will"}, {"can", "must"}, {"should", "will"}},
		[][2]string{{"podría", "podrá"}, {"podrían", "podrán"}, {"puede", "debe"}, {"pueden", "deben"}, {"habría", "ha"}, {"habrían", "han"}, {"sería", "es"}}}
	tenses = lexicon{[][2]string{{"signed", "will sign"}, {"said", "will say"}, {"announced", "will announce"}, {"was", "will be"}, {"were", "will be"}, {"had", "will have"}, {"is", "was"}},
		[][2]string{{"firmó", "firmará"}, {"firmaron", "firmarán"}, {"dijo", "dirá"}, {"anunció", "anunciará"}, {"fue", "será"}, {"fueron", "serán"}, {"era", "será"}, {"es", "será"}}}
	hedges = lexicon{none("allegedly", "alleged", "reportedly", "purportedly", "apparently", "suspected", "accused"),
		none("presuntamente", "presuntos", "presuntas", "presunto", "presunta", "supuestamente", "supuesto", "supuesta", "al parecer", "aparentemente")}
	upgrades = lexicon{[][2]string{{"alleged", "proved"}, {"alleges", "proved"}, {"allege", "proved"}, {"said", "confirmed"}, {"says", "confirms"}, {"reported", "proved"}, {"according to", "as proved by"}, {"announced", "ratified"}},
		[][2]string{{"presuntos", "probados"}, {"presunto", "probado"}, {"presunta", "probada"}, {"dijo", "confirmó"}, {"acusa", "demostró"}, {"según", "como demostró"}, {"informó", "comprobó"}, {"anunció", "ratificó"}}}
	stages = lexicon{[][2]string{{"charged", "convicted"}, {"accused", "convicted"}, {"indicted", "sentenced"}, {"approved", "ordered"}, {"requested", "obtained"}, {"memorandum", "treaty"}, {"agreement", "treaty"}, {"signed", "ratified"}, {"extradited", "deported"}, {"recaptured", "arrested"}, {"arrested", "sentenced"}},
		[][2]string{{"imputado", "condenado"}, {"acusado", "condenado"}, {"procesado", "sentenciado"}, {"acusa", "condena"}, {"aprobó", "ordenó"}, {"solicitó", "obtuvo"}, {"memorando", "tratado"}, {"convenio", "tratado"}, {"firmó", "ratificó"}, {"firmaron", "ratificaron"}, {"extraditado", "deportado"}, {"recapturado", "detenido"}, {"detenido", "sentenciado"}}}
)

var (
	digits    = regexp.MustCompile(`\d+`)
	thousands = regexp.MustCompile(`\b(\d{1,3})[.,](\d{3})\b`)
	year      = regexp.MustCompile(`\b(?:19|20)\d{2}\b`)
	dayEN     = regexp.MustCompile(`\b([A-Z][a-z]+) (\d{1,2})\b`)
	dayES     = regexp.MustCompile(`\b(\d{1,2}) de (\p{Ll}+)\b`)
	monthYear = regexp.MustCompile(`\b(?i:in|en) (\p{L}+) (?:de )?(\d{4})\b`)
	quotation = regexp.MustCompile(`["“«]([^"”»]+)["”»]`)
)

// firstMatch replaces the first match of re.
func firstMatch(re *regexp.Regexp, text string, with func(groups []string) string) string {
	at := re.FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	return text[:at[0]] + with(re.FindStringSubmatch(text)) + text[at[1]:]
}

func plusOne(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return "1"
	}
	return strconv.Itoa(n + 1)
}

func numberPlusOne(text, _ string) string {
	return firstMatch(digits, text, func(g []string) string { return plusOne(g[0]) })
}

func localeTrap(text, _ string) string {
	return firstMatch(thousands, text, func(g []string) string { return g[1] + "." + strings.TrimRight(g[2], "0") + "0" })
}

func otherYear(text, _ string) string {
	return firstMatch(year, text, func(g []string) string { return plusOne(g[0]) })
}

func otherDay(text, l string) string {
	next := func(s string) string {
		n, _ := strconv.Atoi(s) // one or two digits
		return strconv.Itoa(n%28 + 1)
	}
	if l == "es" {
		return firstMatch(dayES, text, func(g []string) string { return next(g[1]) + " de " + g[2] })
	}
	return firstMatch(dayEN, text, func(g []string) string {
		if !isMonth(g[1]) {
			return g[0]
		}
		return g[1] + " " + next(g[2])
	})
}

func isMonth(word string) bool {
	return slices.ContainsFunc(slices.Concat(months.en, months.es), func(p [2]string) bool { return strings.EqualFold(p[0], word) })
}

func morePrecise(text, l string) string {
	return firstMatch(monthYear, text, func(g []string) string {
		switch {
		case !isMonth(g[1]):
			return g[0]
		case l == "es":
			return "el 14 de " + g[1] + " de " + g[2]
		}
		return "on " + g[1] + " 14, " + g[2]
	})
}

func addApproximator(text, l string) string {
	return firstMatch(digits, text, func(g []string) string { return choose(l, "about ", "unos ") + g[0] })
}

// negate puts a not behind the first auxiliary, or before the first verb known.
func negate(text, l string) string {
	if l == "es" {
		return swapWord(text, [][2]string{{"firmaron", "no firmaron"}, {"firmó", "no firmó"}, {"fue", "no fue"}, {"fueron", "no fueron"}, {"es", "no es"}, {"era", "no era"}, {"dijo", "no dijo"}, {"anunció", "no anunció"}, {"ha", "no ha"}, {"tiene", "no tiene"}, {"está", "no está"}, {"acusa", "no acusa"}, {"informó", "no informó"}})
	}
	return swapWord(text, [][2]string{{"is", "is not"}, {"was", "was not"}, {"were", "were not"}, {"are", "are not"}, {"has", "has not"}, {"have", "have not"}, {"had", "had not"}, {"will", "will not"}, {"signed", "did not sign"}, {"said", "did not say"}, {"announced", "did not announce"}})
}

func addOnly(text, l string) string {
	first, rest, ok := strings.Cut(text, " ")
	if !ok || len(first) > 5 && l != "es" {
		return choose(l, "Only ", "Solo ") + text
	}
	return choose(l, "Only ", "Solo ") + strings.ToLower(first) + " " + rest
}

func dropAttribution(text, l string) string {
	marks := []string{", according to ", ", prosecutors say", ", police said", ", said "}
	if l == "es" {
		marks = []string{", según ", ", de acuerdo con ", ", dijo ", ", informó "}
	}
	for _, m := range marks {
		if head, _, ok := strings.Cut(text, m); ok {
			return head + "."
		}
	}
	for _, m := range []string{" said that ", " said ", " alleges that ", " dijo que ", " informó que ", " señaló que ", " sostiene que "} {
		if _, tail, ok := strings.Cut(text, m); ok {
			return capital(tail)
		}
	}
	return text
}

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func moveHedge(text, l string) string {
	without := drop(hedges)(text, l)
	if without == text {
		return text
	}
	return addition(without, l, ", allegedly on purpose", ", presuntamente a propósito")
}

func oneVersion(text, l string) string {
	marks := []string{", although ", ", while ", "; others ", " but ", "; "}
	if l == "es" {
		marks = []string{", aunque ", ", mientras ", "; otros ", " pero ", "; "}
	}
	return headBefore(text, marks)
}

func dropCondition(text, l string) string {
	marks := []string{", unless ", " unless ", " only if ", ", if ", " if ", ", provided ", ", although ", ", but ", " but "}
	if l == "es" {
		marks = []string{", salvo ", " salvo ", " siempre que ", ", si ", " si ", ", aunque ", ", pero ", " pero "}
	}
	return headBefore(text, marks)
}

func headBefore(text string, marks []string) string {
	for _, m := range marks {
		if head, _, ok := strings.Cut(text, m); ok {
			return head + "."
		}
	}
	return text
}

func inventQuote(text, l string) string {
	return addition(text, l, `, which officials called "a total victory"`, `, lo que las autoridades llamaron "una victoria total"`)
}

func changeQuote(text, l string) string {
	return firstMatch(quotation, text, func(g []string) string {
		list := strings.Fields(g[1])
		list[len(list)-1] = choose(l, "forever", "siempre")
		return `"` + strings.Join(list, " ") + `"`
	})
}

func otherSpeaker(text, l string) string {
	if !quotation.MatchString(text) {
		return text
	}
	return choose(l, "Donald Trump said: ", "Donald Trump dijo: ") + text
}

func evaluate(text, l string) string {
	if l == "es" {
		return swapWord(text, [][2]string{{"memorando", "polémico memorando"}, {"acuerdo", "histórico acuerdo"}, {"Gobierno", "polémico Gobierno"}, {"el", "el polémico"}, {"la", "la histórica"}})
	}
	return swapWord(text, [][2]string{{"memorandum", "controversial memorandum"}, {"agreement", "historic agreement"}, {"the", "the controversial"}, {"a", "a historic"}})
}

func halfLanguage(text, l string) string {
	list := strings.Fields(text)
	head := strings.Join(list[:(len(list)+1)/2], " ")
	return head + choose(l, " según las autoridades de ese país.", " according to the authorities of that country.")
}
