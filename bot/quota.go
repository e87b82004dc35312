package bot

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
)

var (
	wordQuotaYou     = knowledge.Text{EN: "You: %d of %d questions left this minute", ES: "Tú: te quedan %d de %d preguntas en este minuto"}
	wordQuotaChannel = knowledge.Text{EN: "This channel: %d of %d questions left this minute", ES: "Este canal: quedan %d de %d preguntas en este minuto"}
	wordQuotaAll     = knowledge.Text{EN: "You: as many questions as you like", ES: "Tú: todas las preguntas que quieras"}
	wordQuotaOpen    = knowledge.Text{EN: "This channel: no limit", ES: "Este canal: sin límite"}
	wordBudget       = knowledge.Text{
		EN: "Language model today: %d %% of the budget left. When it is used up, answers are the facts in their own words.",
		ES: "Modelo de lenguaje hoy: queda el %d %% del presupuesto. Cuando se agota, las respuestas son los hechos con sus propias palabras.",
	}
	wordQuotaNote = knowledge.Text{EN: "Summaries, timelines, facts and checks count as questions.", ES: "Los resúmenes, cronologías, hechos y verificaciones cuentan como preguntas."}
)

// quotaCommand answers a use of /quota. It counts nothing itself.
func (b *Bot) quotaCommand(ctx context.Context, u use) {
	brief, cancel := b.inTime(ctx, u)
	defer cancel()
	you, err := b.left(brief, "user:"+u.user, b.set.UserPerMinute, wordQuotaYou, wordQuotaAll, u.lang)
	lines := []string{"- " + you}
	if u.guild != "" && err == nil {
		var channel string
		channel, err = b.left(brief, "channel:"+u.channel, b.set.ChannelPerMinute, wordQuotaChannel, wordQuotaOpen, u.lang)
		lines = append(lines, "- "+channel)
	}
	if err != nil {
		b.log.Warn("what is left is not known", slog.Any("error", err))
		b.whisper(ctx, u, wordFailed.In(u.lang))
		return
	}
	if b.budget != nil {
		if used, limit := b.budget(); limit > 0 {
			lines = append(lines, "- "+fmt.Sprintf(wordBudget.In(u.lang), max(0, limit-used)*100/limit))
		}
	}
	if b.set.UserPerMinute > 0 || b.set.ChannelPerMinute > 0 {
		lines = append(lines, "-# "+wordQuotaNote.In(u.lang))
	}
	b.whisper(ctx, u, strings.Join(lines, "\n"))
}

// left says how much is left of a limit of so many in a minute; 0 is no limit.
func (b *Bot) left(ctx context.Context, key string, most int, some, all knowledge.Text, l knowledge.Lang) (string, error) {
	if most <= 0 {
		return all.In(l), nil
	}
	used, err := b.store.Used(ctx, b.now(), state.Quota{Key: key, Most: most, Every: time.Minute})
	return fmt.Sprintf(some.In(l), max(0, most-used), most), err
}
