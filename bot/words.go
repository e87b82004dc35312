package bot

import "enlace/knowledge"

// statusMarks are the statuses as a source line shows them; a test holds them complete. The signs are text, not emoji, so that a
// quotation keeps them.
var statusMarks = map[knowledge.Status]knowledge.Text{
	knowledge.Official: {EN: "✓ official", ES: "✓ oficial"},
	knowledge.Reported: {EN: "○ reported", ES: "○ reportado"},
	knowledge.Alleged:  {EN: "△ alleged", ES: "△ presunto"},
	knowledge.Disputed: {EN: "≠ disputed", ES: "≠ en disputa"},
}

// What the bot says of itself.
var (
	wordMore     = knowledge.Text{EN: "%d more", ES: "%d más"}
	wordNote     = knowledge.Text{EN: "Note", ES: "Nota"}
	wordShort    = knowledge.Text{EN: "(There is more. Ask about a part of it.)", ES: "(Hay más. Pregunta por una parte.)"}
	wordAskAgain = knowledge.Text{EN: "You can ask again %s.", ES: "Puedes volver a preguntar %s."}
	wordHowTo    = knowledge.Text{
		EN: "Mention me with your question, reply to one of my answers to go on, write me a direct message, or use /ask.",
		ES: "Mencióname con tu pregunta, responde a una de mis respuestas para seguir, escríbeme un mensaje directo o usa /preguntar.",
	}
	wordUnreadable = knowledge.Text{
		EN: "Discord does not show me replies to the answers of commands. Mention me in the message, or use /ask again.",
		ES: "Discord no me muestra las respuestas a los resultados de comandos. Mencióname en el mensaje o usa /preguntar otra vez.",
	}
	wordFailed = knowledge.Text{
		EN: "Something went wrong on my side. Please try again in a moment.",
		ES: "Algo falló de mi lado. Vuelve a intentarlo en un momento.",
	}
	wordLate    = knowledge.Text{EN: "To <@%s>’s question:", ES: "A la pregunta de <@%s>:"}
	wordRestart = knowledge.Text{
		EN: "I am being restarted. Please ask again in a minute.",
		ES: "Me están reiniciando. Vuelve a preguntar en un minuto.",
	}
)
