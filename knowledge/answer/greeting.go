package answer

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// greetings are what people say to a bot that is no question about anything: folded, without punctuation.
var greetings = map[knowledge.Lang]map[string]bool{
	knowledge.English: phrases("hi, hello, hey, yo, hi there, hello there, hey there, good morning, good afternoon, good evening, thanks, thank you, thx, ty, help, help me, who are you, what are you, what can you do, what do you do, how are you, bye, goodbye, good night, ok, okay, nice, cool, test, ping, are you a bot"),
	knowledge.Spanish: phrases("hola, holi, buenas, buenos dias, buenas tardes, buenas noches, gracias, muchas gracias, ayuda, ayudame, quien eres, que eres, que puedes hacer, que haces, como estas, que tal, chao, adios, vale, bacan, prueba, eres un bot"),
}

func phrases(list string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(list, ", ") {
		m[p] = true
	}
	return m
}

// greeting reports whether a text is small talk, and in which language.
func greeting(text string) (knowledge.Lang, bool) {
	var words []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct {
			words = append(words, t.Folded)
		}
	}
	said := strings.Join(words, " ")
	for _, l := range knowledge.Langs {
		if greetings[l][said] {
			return l, true
		}
	}
	return "", false
}

var greetingText = knowledge.Text{
	EN: "Hello! I answer questions in English or Spanish with checked facts, and name the source of every sentence.",
	ES: "¡Hola! Respondo preguntas en español o en inglés con hechos comprobados y cito la fuente de cada frase.",
}
