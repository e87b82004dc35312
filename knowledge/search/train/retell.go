package train

import (
	"math/rand/v2"
	"slices"
	"strings"

	"enlace/knowledge"
)

// retell leaves words of a phrasing out and drops letters.
func retell(text string, random *rand.Rand) string {
	var kept []string
	for word := range strings.FieldsSeq(text) {
		switch random.IntN(8) {
		case 0, 1, 2:
			continue
		case 3:
			if letters := []rune(word); len(letters) > 5 {
				at := 1 + random.IntN(len(letters)-2)
				word = string(slices.Delete(letters, at, at+1))
			}
		}
		kept = append(kept, word)
	}
	return strings.Join(kept, " ")
}

// misspell makes one typo in a word of five letters or more, if it finds one soon.
func misspell(text string, random *rand.Rand) string {
	words := strings.Fields(text)
	for range min(4, len(words)) {
		i := random.IntN(len(words))
		letters := []rune(words[i])
		if len(letters) < 5 {
			continue
		}
		at := 1 + random.IntN(len(letters)-2)
		switch random.IntN(3) {
		case 0:
			letters = slices.Delete(letters, at, at+1)
		case 1:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		case 2:
			letters = slices.Insert(letters, at, letters[at])
		}
		words[i] = string(letters)
		break
	}
	return strings.Join(words, " ")
}

// preambles are what people begin a question with that says nothing about it.
var preambles = map[knowledge.Lang][]string{
	knowledge.English: {
		"hey, ", "hi, ", "hello! ", "thanks, but ", "thx. ", "ok so ", "ok, ", "so ", "and ", "wait, ", "hmm ", "quick question: ", "one more thing, ", "please tell me ", "can you tell me ", "could you say ",
		"i'd like to know ", "do you know ", "yo ", "bot, ", "sorry, ", "just wondering, ", "for my homework: ", "not sure if you know but ", "lol ", "btw ",
	},
	knowledge.Spanish: {
		"hola, ", "oye, ", "buenas, ", "gracias, pero ", "ok y ", "ya, ", "y ", "a ver, ", "una pregunta: ", "otra cosita, ", "por favor dime ", "me puedes decir ", "sabes ", "quisiera saber ", "disculpa, ",
		"bot, ", "ñaño ", "perdón, ", "para mi tarea: ", "mmm ", "jaja ", "por cierto, ", "tengo una duda, ", "me dicen ", "ayuda, ",
	},
}

// preambled begins a question with a preamble.
func preambled(text string, l knowledge.Lang, random *rand.Rand) string {
	list := preambles[l]
	return list[random.IntN(len(list))] + text
}

// leads begin a question that goes on in the words of a fact.
var leads = map[knowledge.Lang][]string{
	knowledge.English: {"", "", "is it true that ", "tell me about ", "what about ", "so ", "i read that ", "how many ", "when was ", "who "},
	knowledge.Spanish: {"", "", "es verdad que ", "cuéntame de ", "qué hay de ", "o sea que ", "leí que ", "cuántos ", "cuándo fue ", "quién "},
}

// inItsWords asks for a fact in some of its own words, one after the other, as people do who copy them. Curators avoid these words, and
// those who write questions that no fact answers do not, so they would seem to say that there is no answer.
func inItsWords(text string, l knowledge.Lang, random *rand.Rand) string {
	words := strings.Fields(text)
	n := min(len(words), 4+random.IntN(5))
	from := random.IntN(len(words) - n + 1)
	return leads[l][random.IntN(len(leads[l]))] + strings.Trim(strings.Join(words[from:from+n], " "), ".,;:")
}

// mix begins with one text and ends with one of others in another language, as people do who live in two; without others it
// returns the text.
func mix(text string, others []string, random *rand.Rand) string {
	if len(others) == 0 {
		return text
	}
	a, b := strings.Fields(text), strings.Fields(others[random.IntN(len(others))])
	if len(a) < 3 || len(b) < 3 {
		return text
	}
	n := 1 + random.IntN(len(a)-1)
	from := min(max(1, len(b)*n/len(a)), len(b)-1)
	return strings.Join(append(slices.Clone(a[:n]), b[from:]...), " ")
}
