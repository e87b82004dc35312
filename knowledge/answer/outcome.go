package answer

import (
	"fmt"
	"strings"

	"enlace/knowledge"
)

// OutcomeText returns what a reader sees when a question ends in o without an answer: what happened and what to do next, in
// the language asked for. topics are the titles to name (those nearest to the question, or all of them); limit is the number
// that the outcome speaks of (characters for TooLong), and 0 leaves it out. For Answered it returns "".
func OutcomeText(o knowledge.Outcome, l knowledge.Lang, topics []string, limit int) string {
	text, ok := outcomeTexts[o]
	if !ok {
		return ""
	}
	s := text.In(l)
	if strings.Contains(s, "%d") {
		s = fmt.Sprintf(s, limit)
	}
	if len(topics) == 0 {
		return s
	}
	switch o {
	case knowledge.NoMatch:
		return s + " " + choose(l, "Nearest topics: ", "Temas más cercanos: ") + strings.Join(topics, "; ") + "."
	case knowledge.OffTopic, knowledge.Empty:
		return s + " " + choose(l, "Ask me about: ", "Pregúntame sobre: ") + strings.Join(topics, "; ") + "."
	}
	return s
}

func choose(l knowledge.Lang, en, es string) string {
	if l == knowledge.Spanish {
		return es
	}
	return en
}

// outcomeTexts has every outcome but Answered; a test holds it complete.
var outcomeTexts = map[knowledge.Outcome]knowledge.Text{
	knowledge.NoMatch: {
		EN: "The facts on file do not say. Try other words, or ask for a summary of the topic.",
		ES: "Los hechos registrados no lo dicen. Prueba con otras palabras o pide un resumen del tema.",
	},
	knowledge.OffTopic: {
		EN: "That is outside what I have facts about.",
		ES: "Eso queda fuera de los temas sobre los que tengo hechos.",
	},
	knowledge.TooLong: {
		EN: "That question is too long: %d characters at most. Please ask it in a sentence or two.",
		ES: "Esa pregunta es demasiado larga: %d caracteres como máximo. Hazla en una o dos frases.",
	},
	knowledge.Empty: {
		EN: "There is no question in that. Ask in a sentence, in English or Spanish.",
		ES: "Ahí no hay ninguna pregunta. Pregunta con una frase, en español o en inglés.",
	},
	knowledge.Blocked: {
		EN: "I do not answer here. Ask an administrator which channels I may speak in.",
		ES: "Aquí no respondo. Pregunta a un administrador en qué canales puedo hablar.",
	},
	knowledge.RateLimited: {
		EN: "That was a lot of questions in a short time. Please wait a moment and ask again.",
		ES: "Han sido muchas preguntas en poco tiempo. Espera un momento y vuelve a preguntar.",
	},
	knowledge.OverBudget: {
		EN: "Today's budget is used up. Please ask again tomorrow.",
		ES: "El presupuesto de hoy está agotado. Vuelve a preguntar mañana.",
	},
	knowledge.Busy: {
		EN: "Too many questions at once. Please try again in a minute.",
		ES: "Hay demasiadas preguntas a la vez. Inténtalo de nuevo en un minuto.",
	},
	knowledge.Timeout: {
		EN: "Answering took too long, so I stopped. Please ask again.",
		ES: "Responder tardaba demasiado y lo dejé. Vuelve a preguntar.",
	},
	knowledge.Failed: {
		EN: "Something went wrong on our side. Please ask again; if it goes on, tell an administrator.",
		ES: "Algo falló por nuestra parte. Vuelve a preguntar; si sigue igual, avisa a un administrador.",
	},
}
