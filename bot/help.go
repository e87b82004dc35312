package bot

import (
	"context"
	"fmt"
	"strings"

	"enlace/knowledge"
)

// wordHelp is what the bot can do, a line each; the names stand for commands.
var wordHelp = []struct {
	text     knowledge.Text
	commands []string
}{
	{knowledge.Text{
		EN: "**Ask** in English or Spanish: mention me, reply to an answer to go on, write me a direct message, or use %s.",
		ES: "**Pregunta** en español o en inglés: mencióname, responde a una respuesta para seguir, escríbeme un mensaje directo o usa %s.",
	}, []string{askName}},
	{knowledge.Text{EN: "Every sentence is proved by facts on file, and says which. What they do not say, I do not say.", ES: "Cada frase se apoya en hechos registrados y dice en cuáles. Lo que no dicen, no lo digo."}, nil},
	{knowledge.Text{EN: "%s sums up a topic, or everything.", ES: "%s resume un tema, o todo."}, []string{summaryName}},
	{knowledge.Text{EN: "%s tells what happened when, within dates if you like.", ES: "%s cuenta qué pasó y cuándo, entre fechas si quieres."}, []string{timelineName}},
	{knowledge.Text{EN: "%s shows one fact with all its sources, in both languages; %s lists all sources.", ES: "%s muestra un hecho con todas sus fuentes, en ambos idiomas; %s enumera todas las fuentes."}, []string{factName, sourcesName}},
	{knowledge.Text{
		EN: "%s checks a text sentence by sentence, for you alone. Or right-click a message → Apps → **Check facts**.",
		ES: "%s contrasta un texto frase por frase, solo para ti. O haz clic derecho en un mensaje → Aplicaciones → **Verificar hechos**.",
	}, []string{checkName}},
	{knowledge.Text{EN: "**Sources** under an answer shows the facts behind it and what has changed since; **Share** posts what only you see.", ES: "**Fuentes**, bajo una respuesta, muestra los hechos en que se apoya y qué ha cambiado desde entonces; **Compartir** publica lo que solo tú ves."}, nil},
	{knowledge.Text{EN: "👍 and 👎 tell us how good an answer was; 👎 asks why. You can change your mind.", ES: "👍 y 👎 nos dicen qué tal fue una respuesta; 👎 pregunta por qué. Puedes cambiar de opinión."}, nil},
	{knowledge.Text{EN: "%s: how fresh the facts are. %s: how much you can still ask.", ES: "%s: cuán recientes son los hechos. %s: cuánto puedes preguntar todavía."}, []string{statusName, quotaName}},
	{knowledge.Text{EN: "%s: what I keep of you. %s erases it.", ES: "%s: qué guardo de ti. %s lo borra."}, []string{privacyName, forgetName}},
}

// helpCommand answers a use of /help.
func (b *Bot) helpCommand(ctx context.Context, u use) {
	lines := make([]string, len(wordHelp))
	for i, h := range wordHelp {
		names := make([]any, len(h.commands))
		for k, name := range h.commands {
			names[k] = b.mention(u, name)
		}
		lines[i] = "- " + fmt.Sprintf(h.text.In(u.lang), names...)
	}
	b.whisper(ctx, u, strings.Join(lines, "\n"))
}
