package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge/lang"
)

// preambles are what people begin with that says nothing of what they ask, in lower case, longer ones first. Words that may belong to the
// question ("so", "ya", "does anyone know") are not among them.
var preambles = byLength(
	"hey", "hi", "hello", "hiya", "heya", "good morning", "good evening", "ok", "okay", "wait", "hmm", "hm", "thanks", "thank you", "thx", "cheers", "sorry", "excuse me", "please", "pls", "plz", "bot",
	"btw", "lol", "quick question", "one more thing", "one question", "just wondering", "just curious", "can you tell me", "could you tell me", "can u tell me", "please tell me", "pls tell me", "i'd like to know", "i would like to know",
	"hola", "oye", "oiga", "buenas", "buenos dias", "buenos días", "buenas tardes", "buenas noches", "gracias", "muchas gracias", "mil gracias", "a ver", "una pregunta", "una preguntita", "una consulta", "otra preguntita", "por favor", "porfa",
	"disculpa", "disculpe", "perdon", "perdón", "jaja", "jajaja", "por cierto", "me puedes decir", "puedes decirme", "me podrias decir", "me podrías decir", "me dices", "quisiera saber", "quiero saber", "mmm",
)

// hinges join thanks and the like to a question.
var hinges = []string{"but", "pero", "y", "so", "and"}

func byLength(list ...string) []string {
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// leastAsked is how many words a question has at least; shorter ones keep their preamble.
const leastAsked = 2

// withoutPreamble cuts what only leads up to a question from its beginning.
func withoutPreamble(text string) string {
	rest := text
	for cut := true; cut; {
		cut = false
		for _, p := range preambles {
			if after, ok := cutWords(rest, p); ok {
				rest, cut = after, true
				break
			}
		}
	}
	if rest == text {
		return text
	}
	for _, h := range hinges {
		if after, ok := cutWords(rest, h); ok {
			rest = after
			break
		}
	}
	words := 0
	for _, t := range lang.Tokens(nil, rest) {
		if t.Kind != lang.Punct {
			words++
		}
	}
	if words < leastAsked {
		return text
	}
	return rest
}

// cutWords cuts words and the punctuation after them from the beginning of a text.
func cutWords(text, words string) (rest string, ok bool) {
	if len(text) <= len(words) || !strings.EqualFold(text[:len(words)], words) {
		return text, false
	}
	next, _ := utf8.DecodeRuneInString(text[len(words):])
	if unicode.IsLetter(next) || unicode.IsDigit(next) || next == '\'' || next == '’' {
		return text, false
	}
	return strings.TrimLeft(text[len(words):], " ,.:;!?-–—…)("), true
}
