package answer

import (
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// pleasantry is what people say to a bot that is no question about anything, folded and without punctuation, and what it replies.
type pleasantry struct {
	said    map[knowledge.Lang]map[string]bool
	reply   knowledge.Text
	invites bool // to ask something
}

var pleasantries = [...]pleasantry{
	{
		invites: true,
		said: map[knowledge.Lang]map[string]bool{
			knowledge.English: phrases("hi, hello, hey, yo, hi there, hello there, hey there, good morning, good afternoon, good evening, help, help me, who are you, what are you, what can you do, what do you do, how are you, ok, okay, nice, cool, great, test, ping, are you a bot"),
			knowledge.Spanish: phrases("hola, holi, buenas, buenos dias, buenas tardes, ayuda, ayudame, quien eres, que eres, que puedes hacer, que haces, como estas, que tal, vale, bacan, chevere, prueba, eres un bot"),
		},
		reply: knowledge.Text{
			EN: "Hello! I answer questions in English or Spanish with checked facts, and name the source of every sentence.",
			ES: "¡Hola! Respondo preguntas en español o en inglés con hechos comprobados y cito la fuente de cada frase.",
		},
	},
	{
		said: map[knowledge.Lang]map[string]bool{
			knowledge.English: phrases("thanks, thank you, thank you so much, thanks a lot, many thanks, thx, ty, tysm, ok thanks, great thanks"),
			knowledge.Spanish: phrases("gracias, muchas gracias, mil gracias, ok gracias, gracias bot, listo gracias"),
		},
		reply: knowledge.Text{EN: "You're welcome! Ask me anything else about it.", ES: "¡Con gusto! Pregúntame lo que quieras saber del tema."},
	},
	{
		said: map[knowledge.Lang]map[string]bool{
			knowledge.English: phrases("bye, bye bye, goodbye, good night, see you, see ya, cya"),
			knowledge.Spanish: phrases("chao, chau, adios, buenas noches, hasta luego, nos vemos"),
		},
		reply: knowledge.Text{EN: "Goodbye!", ES: "¡Hasta luego!"},
	},
}

func phrases(list string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(list, ", ") {
		m[p] = true
	}
	return m
}

// pleasantryIn returns the small talk that a text is and the language in which it was said, or nil.
func pleasantryIn(text string) (*pleasantry, knowledge.Lang) {
	said := plainWords(text)
	for i := range pleasantries {
		for _, l := range knowledge.Langs {
			if pleasantries[i].said[l][said] {
				return &pleasantries[i], l
			}
		}
	}
	return nil, ""
}

// plainWords returns the words of a text, folded, without punctuation and apostrophes.
func plainWords(text string) string {
	var words []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct {
			words = append(words, strings.ReplaceAll(t.Folded, "'", ""))
		}
	}
	return strings.Join(words, " ")
}
