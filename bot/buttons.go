package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// What the buttons of answers do; their subject is the answer's id, which the store knows or not.
const (
	doSources = "sources" // and a page
	doUp      = "up"
	doDown    = "down"
	doShare   = "share"
)

// shareTime is how long it is known that an answer was shared: as long as answers are kept.
const shareTime = state.KeepAnswers

var (
	wordShare  = knowledge.Text{EN: "Share", ES: "Compartir"}
	wordShared = knowledge.Text{EN: "Shared", ES: "Compartida"}
	wordBy     = knowledge.Text{EN: "Shared by %s", ES: "Compartido por %s"}
	wordPage   = knowledge.Text{EN: "Page %d of %d", ES: "Página %d de %d"}

	wordForgotten = knowledge.Text{
		EN: "I do not know this answer any more: answers are kept for 30 days, and are gone when they are erased. Please ask again.",
		ES: "Ya no conozco esta respuesta: se guardan 30 días y desaparecen si se borran. Vuelve a preguntar, por favor.",
	}
	wordForeign = knowledge.Text{
		EN: "This button does not belong here, so I did nothing.",
		ES: "Este botón no corresponde a este lugar, así que no hice nada.",
	}
	wordSharedBefore = knowledge.Text{EN: "This is shared already.", ES: "Esto ya está compartido."}
	wordNotShared    = knowledge.Text{EN: "This could not be posted here.", ES: "No se pudo publicar aquí."}
	wordNoRoom       = knowledge.Text{EN: "(The rest does not fit here.)", ES: "(El resto no cabe aquí.)"}
	wordNoSources    = knowledge.Text{EN: "This answer cites no facts.", ES: "Esta respuesta no cita hechos."}
	wordThen         = knowledge.Text{EN: "The facts as they were when this was answered, %s.", ES: "Los hechos tal como estaban al responder, %s."}
)

// shown is everything that the messages of an answer show, with its buttons.
func (b *Bot) shown(a *state.Answer) []Part {
	var parts []Part
	switch {
	case a.Checked != nil:
		parts = plain(renderChecked(a.Checked))
		parts[0].Content = checkedMessage(a) + parts[0].Content
	case isFact(a):
		parts = plain(renderFact(&a.Cited[0], b.base(), a.Answer.Language))
	default:
		parts = plain(render(&a.Answer, b.heading(a)))
	}
	parts[len(parts)-1].Rows = answerRows(a)
	return parts
}

// answerRows are the buttons under an answer, in its language; nil for an answer that is none.
func answerRows(a *state.Answer) []discordgo.MessageComponent { return buttonsOf(a, false) }

// buttonsOf are the buttons under an answer. One that is shared cannot be shared again.
func buttonsOf(a *state.Answer, wasShared bool) []discordgo.MessageComponent {
	l, citations := a.Answer.Language, a.Answer.Citations
	if a.Checked != nil {
		l, citations = a.Checked.Language, a.Checked.Citations
	} else if a.Answer.Outcome != knowledge.Answered {
		return nil
	}
	var list []discordgo.MessageComponent
	if len(citations) > 0 {
		list = append(list, discordgo.Button{Label: wordSources.In(l), Style: discordgo.SecondaryButton, CustomID: customID(doSources, a.ID)})
	}
	list = append(list,
		discordgo.Button{Emoji: &discordgo.ComponentEmoji{Name: "👍"}, Style: discordgo.SecondaryButton, CustomID: customID(doUp, a.ID)},
		discordgo.Button{Emoji: &discordgo.ComponentEmoji{Name: "👎"}, Style: discordgo.SecondaryButton, CustomID: customID(doDown, a.ID)})
	if a.Private {
		share := discordgo.Button{Label: wordShare.In(l), Style: discordgo.PrimaryButton, CustomID: customID(doShare, a.ID)}
		if wasShared {
			share.Label, share.Style, share.Disabled = wordShared.In(l), discordgo.SecondaryButton, true
		}
		list = append(list, share)
	}
	return row(list)
}

// about returns the answer that a button or a form is about, and what else its id says. Where the id is not known, or does not belong
// to the message with the button, or to the user, the user is told so and ok is false.
func (b *Bot) about(ctx context.Context, u use) (a state.Answer, rest string, ok bool) {
	id, rest, _ := strings.Cut(u.subject(), ":")
	if !isID(id) {
		b.refused(ctx, u, wordForeign)
		return a, "", false
	}
	brief, cancel := b.inTime(ctx, u)
	defer cancel()
	a, known, err := b.store.Answer(brief, b.now(), id)
	switch {
	case err != nil:
		b.log.Warn("an answer is not found", slog.String("question", id), slog.Any("error", err))
		b.whisper(ctx, u, wordFailed.In(u.lang))
	case !known:
		b.whisper(ctx, u, wordForgotten.In(u.lang))
	case a.Private && a.User != u.user, !b.under(brief, u, &a):
		b.refused(ctx, u, wordForeign)
	default:
		return a, rest, true
	}
	return a, "", false
}

// isID reports whether a text can be the id of an answer, so that nothing else is looked up in the store.
func isID(s string) bool {
	return s != "" && len(s) <= 40 && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

// under reports whether a button is under one of an answer's messages, or under a private message that shows no other answer, such as
// its sources.
func (b *Bot) under(ctx context.Context, u use, a *state.Answer) bool {
	m := u.event.Message
	switch {
	case m == nil || a.Channel != u.channel:
		return false
	case slices.Contains(a.Messages, m.ID):
		return true
	case len(a.Messages) == 0 && m.InteractionMetadata != nil && m.InteractionMetadata.ID == a.ID:
		return true // Discord did not say which message it made
	case m.Flags&discordgo.MessageFlagsEphemeral == 0:
		return false
	}
	_, other, err := b.store.AnswerIn(ctx, b.now(), m.ID)
	return err == nil && !other
}

// refused tells the user of a button or form that it is not what it pretends to be.
func (b *Bot) refused(ctx context.Context, u use, text knowledge.Text) {
	b.log.Warn("a button or form is refused: its id does not belong there", slog.String("interaction", u.event.ID), slog.String("guild", u.guild), slog.String("channel", u.channel))
	b.whisper(ctx, u, text.In(u.lang))
}

// sourcesButton shows the facts that an answer cites, to the user alone, and turns the pages of that.
func (b *Bot) sourcesButton(ctx context.Context, u use) {
	a, page, ok := b.about(ctx, u)
	if !ok {
		return
	}
	if len(a.Cited) == 0 {
		b.whisper(ctx, u, wordNoSources.In(u.lang))
		return
	}
	pages := citedPages(&a, b.base(), u.lang)
	n := leaf(page, len(pages))
	p := Part{Content: pages[n] + numbered(n, len(pages), u.lang)}
	p.Rows = row(turners(n, len(pages), func(n int) string { return customID(doSources, fmt.Sprintf("%s:%d", a.ID, n)) }))
	b.turn(ctx, u, p, page != "" && !slices.Contains(a.Messages, u.event.Message.ID))
}

// shareButton posts a private answer for everybody in the channel, once.
func (b *Bot) shareButton(ctx context.Context, u use) {
	a, _, ok := b.about(ctx, u)
	if !ok {
		return
	}
	if !a.Private {
		b.whisper(ctx, u, wordSharedBefore.In(u.lang))
		return
	}
	if !b.speaksIn(ctx, ask{guild: u.guild, channel: u.channel}) {
		b.whisper(ctx, u, answer.OutcomeText(knowledge.Blocked, u.lang, nil, 0))
		return
	}
	if !b.first(ctx, u, "share:"+a.ID, shareTime) {
		b.whisper(ctx, u, wordSharedBefore.In(u.lang))
		return
	}
	if b.desk != nil { // nobody else's copy begins outdated, and this one is no longer out of reach
		a.Corrections = append(slices.Clip(a.Corrections), curate.Outdated(&a, b.desk.Base(), b.now())...)
	}
	parts := b.standing(&a)
	last := parts[len(parts)-1]
	last.Rows = buttonsOf(&a, true)
	b.turn(ctx, u, last, true)
	b.publish(ctx, u, a)
}

// first reports whether something is done for the first time; where the store does not answer, it is not done.
func (b *Bot) first(ctx context.Context, u use, key string, keep time.Duration) bool {
	ctx, cancel := b.inTime(ctx, u)
	defer cancel()
	first, err := b.store.Claim(ctx, b.now(), key, keep)
	if err != nil {
		b.log.Warn("it is not known whether something was done before", slog.Any("error", err))
	}
	return err == nil && first
}

// publish posts a copy of an answer that everybody sees, with buttons of its own.
func (b *Bot) publish(ctx context.Context, u use, a state.Answer) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	a.ID, a.Answer.ID, a.Private, a.Command, a.SharedBy, a.Messages, a.Unreachable = u.event.ID, u.event.ID, false, true, u.user, nil, false
	for _, p := range within(b.standing(&a), u.followUps(), languageOf(&a)) {
		id, err := b.discord.FollowUp(ctx, u.event, p, false)
		if err != nil {
			b.log.Warn("an answer is not shared", slog.String("interaction", u.event.ID), slog.Any("error", err))
			b.add(ctx, u, wordNotShared.In(u.lang))
			break
		}
		a.Messages = append(a.Messages, id)
	}
	if len(a.Messages) > 0 {
		b.put(ctx, a)
	}
}

// withName says who shares an answer; the name does not ping.
func withName(user string, parts []Part, l knowledge.Lang) []Part {
	name := "-# " + fmt.Sprintf(wordBy.In(l), who(user))
	if length(name)+1+length(parts[0].Content) > maxContent {
		return append([]Part{{Content: name}}, parts...)
	}
	parts[0].Content = name + "\n" + parts[0].Content
	return parts
}
