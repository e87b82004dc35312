package cli

import "enlace/knowledge"

// statusWords are the statuses as a reader sees them; a test holds them complete.
var statusWords = map[knowledge.Status]knowledge.Text{
	knowledge.Official: {EN: "official", ES: "oficial"},
	knowledge.Reported: {EN: "reported", ES: "reportado"},
	knowledge.Alleged:  {EN: "alleged", ES: "presunto"},
	knowledge.Disputed: {EN: "disputed", ES: "en disputa"},
}

// The labels around facts.
var (
	wordSources   = knowledge.Text{EN: "Sources", ES: "Fuentes"}
	wordAlso      = knowledge.Text{EN: "also", ES: "también"}
	wordNote      = knowledge.Text{EN: "Note", ES: "Nota"}
	wordUndated   = knowledge.Text{EN: "No dated facts in that span.", ES: "No hay hechos con fecha en ese período."}
	wordFacts     = knowledge.Text{EN: "Facts", ES: "Hechos"}
	wordNothing   = knowledge.Text{EN: "Nothing found.", ES: "No se encontró nada."}
	wordAllTopics = knowledge.Text{EN: "Summary", ES: "Resumen"}
)
