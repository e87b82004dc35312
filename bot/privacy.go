package bot

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

// doForget erases what is kept of a person; its subject is the person's id, and only they may press it.
const doForget = "forget"

// forgetTime bounds the erasing of a person: a store looks through everything it has for it.
const forgetTime = 2 * time.Minute

var (
	wordPrivacy = []knowledge.Text{
		{
			EN: "**Kept for %d days:** your questions to me, the texts that you have checked, my answers, where and when they were asked, and your user id, so that follow-ups, buttons and corrections work.",
			ES: "**Se guarda %d días:** tus preguntas, los textos que contrastas, mis respuestas, dónde y cuándo se hicieron, y tu identificador de usuario, para que funcionen los seguimientos, los botones y las correcciones.",
		},
		{
			EN: "**Kept until it is erased:** your 👍 and 👎 with the reasons that you give.",
			ES: "**Se guarda hasta que se borre:** tus 👍 y 👎 con los motivos que das.",
		},
		{
			EN: "**Kept for a minute:** how often you ask. **Not kept:** your name, and messages that are not for me.",
			ES: "**Se guarda un minuto:** con qué frecuencia preguntas. **No se guarda:** tu nombre ni los mensajes que no son para mí.",
		},
		{
			EN: "**Who reads it:** the people who run me see questions, answers and votes, private ones too, without your name, to find what is missing; administrators of a server see those that were asked there for all to see.",
			ES: "**Quién lo lee:** quienes me administran ven preguntas, respuestas y votos, también los privados, sin tu nombre, para saber qué falta; los administradores de un servidor ven los que se hicieron ahí a la vista de todos.",
		},
		{
			EN: "The log has times, outcomes and ids of places and questions, and no word of what you write.",
			ES: "El registro tiene horas, resultados e identificadores de lugares y preguntas, y ni una palabra de lo que escribes.",
		},
	}
	wordPrivacyModel = knowledge.Text{
		EN: "A language model%s words answers: it is given your question, the last few turns of the conversation and facts, and never who you are.",
		ES: "Un modelo de lenguaje%s redacta las respuestas: recibe tu pregunta, los últimos turnos de la conversación y hechos, y nunca quién eres.",
	}
	wordPrivacyQuotes = knowledge.Text{EN: "No language model is given anything of yours.", ES: "Ningún modelo de lenguaje recibe nada tuyo."}
	wordPrivacyErase  = knowledge.Text{EN: "%s erases all of it at once. Only what administrators do with the bot stays on record, and attempts at it that are refused.", ES: "%s lo borra todo de inmediato. Solo queda registrado lo que los administradores hacen con el bot y los intentos que se rechazan."}
	wordForgetAsk     = knowledge.Text{
		EN: "This erases my answers to you with your questions, your conversations with me and your votes. It cannot be undone. Buttons under those answers stop working, and they are no longer corrected. The messages themselves stay in Discord until somebody deletes them.",
		ES: "Esto borra mis respuestas a ti con tus preguntas, tus conversaciones conmigo y tus votos. No se puede deshacer. Los botones de esas respuestas dejan de funcionar y ya no se corrigen. Los mensajes siguen en Discord hasta que alguien los borre.",
	}
	wordForgetDo   = knowledge.Text{EN: "Erase it all", ES: "Borrarlo todo"}
	wordForgetDone = knowledge.Text{EN: "Erased. Answers with their questions: %d. Votes: %d. Conversations: %d.", ES: "Borrado. Respuestas con sus preguntas: %d. Votos: %d. Conversaciones: %d."}
	wordForgetNone = knowledge.Text{EN: "There was nothing to erase.", ES: "No había nada que borrar."}
)

// privacyCommand answers a use of /privacy.
func (b *Bot) privacyCommand(ctx context.Context, u use) {
	var lines []string
	for i, text := range wordPrivacy {
		line := text.In(u.lang)
		if i == 0 {
			line = fmt.Sprintf(line, int(state.KeepAnswers.Hours()/24))
		}
		lines = append(lines, "- "+line)
	}
	model := wordPrivacyQuotes.In(u.lang)
	if s := b.status(); s.Mode == knowledge.Model {
		name := ""
		if s.Model != "" {
			name = " (" + Escape(shorten(s.Model, 80)) + ")"
		}
		model = fmt.Sprintf(wordPrivacyModel.In(u.lang), name)
	}
	lines = append(lines, "- "+model, "- "+fmt.Sprintf(wordPrivacyErase.In(u.lang), b.mention(u, forgetName)))
	b.whisper(ctx, u, strings.Join(lines, "\n"))
}

// forgetCommand answers a use of /forget with a button that does it.
func (b *Bot) forgetCommand(ctx context.Context, u use) {
	p := renderNotice(wordForgetAsk.In(u.lang))[0]
	p.Rows = row([]discordgo.MessageComponent{discordgo.Button{Label: wordForgetDo.In(u.lang), Style: discordgo.DangerButton, CustomID: customID(doForget, u.user)}})
	_, _ = b.reply(ctx, u, []Part{p}, true) // it is logged there
}

// forgetButton erases what is kept of its user.
func (b *Bot) forgetButton(ctx context.Context, u use) {
	if u.subject() != u.user || u.event.Message == nil || u.event.Message.Flags&discordgo.MessageFlagsEphemeral == 0 {
		b.refused(ctx, u, wordForeign)
		return
	}
	brief, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := b.discord.DeferUpdate(brief, u.event); err != nil {
		b.log.Warn("nobody is forgotten: the button's use is too old", slog.String("interaction", u.event.ID), slog.Any("error", err))
		return
	}
	store, cancel := context.WithTimeout(ctx, forgetTime)
	defer cancel()
	gone, err := b.store.Erase(store, u.user)
	if err != nil {
		b.log.Error("a person is not forgotten", slog.String("interaction", u.event.ID), slog.Any("error", err))
		_, err = b.discord.FollowUp(ctx, u.event, renderNotice(wordFailed.In(u.lang))[0], true) // the button stays
	} else {
		text := fmt.Sprintf(wordForgetDone.In(u.lang), gone.Answers, gone.Votes, gone.Conversations)
		if gone == (state.Erased{}) {
			text = wordForgetNone.In(u.lang)
		}
		b.log.Info("a person is forgotten", slog.Int("answers", gone.Answers), slog.Int("votes", gone.Votes), slog.Int("conversations", gone.Conversations))
		_, err = b.discord.EditResponse(ctx, u.event, Part{Content: text})
	}
	if err != nil {
		b.log.Warn("a person is not told whether they are forgotten", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}
