package llmtest

import (
	"regexp"
	"slices"
	"strings"
)

// name is a run of capitalised words, with the small words inside Spanish names.
var name = regexp.MustCompile(`\p{Lu}[\p{L}’']+(?: (?:(?:de|del|la|of|the) )*\p{Lu}[\p{L}’']+)*`)

// namesIn returns the names of a text but for its first word, months and repetitions.
func namesIn(text string) []string {
	var out []string
	for _, at := range name.FindAllStringIndex(text, -1) {
		n := text[at[0]:at[1]]
		first, rest, more := strings.Cut(n, " ")
		if at[0] == 0 && isOpening(first) {
			if !more {
				continue
			}
			n = rest
		}
		if !isMonth(n) && !slices.Contains(out, n) && !weekdays[n] {
			out = append(out, n)
		}
	}
	return out
}

func isOpening(w string) bool {
	switch w {
	case "The", "A", "An", "In", "On", "At", "El", "La", "Los", "Las", "En", "Un", "Una", "No", "It", "He", "She", "According", "Según":
		return true
	}
	return false
}

var weekdays = map[string]bool{"Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true}

func swapNames(text, _ string) string {
	names := namesIn(text)
	for i, a := range names {
		for _, b := range names[i+1:] {
			if !strings.Contains(a, b) && !strings.Contains(b, a) {
				return strings.NewReplacer(a, b, b, a).Replace(text)
			}
		}
	}
	return text
}

// siblings calls take for each fact and each other one until it makes something new of the first one's text.
func siblings(q Request, take func(text, other string) string) []Sentence {
	facts, _ := ranked(q)
	for _, f := range facts {
		for _, other := range facts {
			if other.Handle == f.Handle {
				continue
			}
			if text := take(f.Text, other.Text); text != f.Text {
				return []Sentence{{Text: text, Facts: []string{f.Handle}}}
			}
		}
	}
	return invent(q, facts)
}

func siblingNumber(q Request) []Sentence {
	return siblings(q, func(text, other string) string {
		for _, n := range digits.FindAllString(other, -1) {
			if !strings.Contains(text, n) {
				return firstMatch(digits, text, func([]string) string { return n })
			}
		}
		return text
	})
}

func siblingName(q Request) []Sentence {
	return siblings(q, func(text, other string) string {
		mine := namesIn(text)
		for _, n := range namesIn(other) {
			if len(mine) > 0 && !strings.Contains(text, n) {
				return strings.Replace(text, mine[0], n, 1)
			}
		}
		return text
	})
}

// otherAlias writes an alias of one listed name for another name of the fact.
func otherAlias(q Request) []Sentence {
	facts, _ := ranked(q)
	for _, f := range facts {
		for _, n := range q.Names {
			for _, other := range q.Names {
				if n.Name != other.Name && len(other.Aliases) > 0 && strings.Contains(f.Text, n.Name) && !strings.Contains(f.Text, other.Aliases[0]) {
					return []Sentence{{Text: strings.Replace(f.Text, n.Name, other.Aliases[0], 1), Facts: []string{f.Handle}}}
				}
			}
		}
	}
	return siblingName(q)
}

// joined joins the two best facts by words that claim more than both.
func joined(en, es string) writer {
	return func(q Request) []Sentence {
		facts, _ := ranked(q)
		if len(facts) < 2 {
			return invent(q, facts)
		}
		text := strings.TrimRight(facts[0].Text, ".") + choose(q.Lang, en, es) + lowerArticle(facts[1].Text)
		return []Sentence{{Text: text, Facts: []string{facts[0].Handle, facts[1].Handle}}}
	}
}

// otherHandle says a true sentence under the fact that is most like it.
func otherHandle(q Request) []Sentence {
	facts, _ := ranked(q)
	if len(facts) < 2 {
		return handles("f99")(q)
	}
	return []Sentence{{Text: facts[0].Text, Facts: []string{facts[1].Handle}}}
}

// handles says a true sentence under the given handles.
func handles(list ...string) writer {
	return func(q Request) []Sentence {
		facts, _ := ranked(q)
		if len(facts) == 0 {
			return commonKnowledge(q)
		}
		return []Sentence{{Text: facts[0].Text, Facts: list}}
	}
}

// handled says a fixed text under the best fact.
func handled(en, es string) writer {
	return func(q Request) []Sentence {
		return []Sentence{{Text: choose(q.Lang, en, es), Facts: firstHandle(q)}}
	}
}

func firstHandle(q Request) []string {
	facts, _ := ranked(q)
	if len(facts) == 0 {
		return []string{"f1"}
	}
	return []string{facts[0].Handle}
}

func commonKnowledge(q Request) []Sentence {
	return handled("Quito is the capital of Ecuador.", "Quito es la capital del Ecuador.")(q)
}

func otherLanguage(q Request) []Sentence {
	return handled("El memorando lo firmaron los dos gobiernos ese mismo año.", "The memorandum was signed by the two governments that same year.")(q)
}

// wrongPronoun says one fact, and then another with a pronoun that points to the first.
func wrongPronoun(q Request) []Sentence {
	facts, _ := ranked(q)
	for _, f := range facts[min(1, len(facts)):] {
		if names := namesIn(f.Text); len(names) > 0 && strings.Index(f.Text, names[0]) < 8 {
			_, rest, _ := strings.Cut(f.Text, names[0])
			return []Sentence{{Text: facts[0].Text, Facts: []string{facts[0].Handle}}, {Text: choose(q.Lang, "She", "Ella") + rest, Facts: []string{f.Handle}}}
		}
	}
	return invent(q, facts)
}

// misleadingOrder says two facts, the later one first, and lets "then" imply the rest.
func misleadingOrder(q Request) []Sentence {
	facts, _ := ranked(q)
	if len(facts) < 2 {
		return invent(q, facts)
	}
	return []Sentence{{Text: facts[1].Text, Facts: []string{facts[1].Handle}}, {Text: choose(q.Lang, "Then ", "Luego ") + lowerArticle(facts[0].Text), Facts: []string{facts[0].Handle}}}
}

// premise turns the question into a statement.
func premise(q Request) []Sentence {
	said := strings.Trim(q.Question, "¿? ")
	return handled("Yes, it is true: "+said+".", "Sí, es cierto: "+said+".")(q)
}

func namesake(q Request) []Sentence {
	return handled("José Adolfo Macías Rendón is a footballer from Guayaquil.", "José Adolfo Macías Rendón es un futbolista de Guayaquil.")(q)
}
