package bot

import (
	"context"
	"log/slog"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// The form that asks why somebody votes against an answer; its subject is the answer's id.
const (
	doWhy     = "why"
	fieldWhy  = "why"
	fieldText = "text"
	// maxWhy is the longest comment, in characters.
	maxWhy = 500
)

// reasons are what can be wrong with an answer, in the order in which they are offered.
var reasons = []struct {
	value string
	word  knowledge.Text
}{
	{"wrong", knowledge.Text{EN: "It is wrong", ES: "Es incorrecta"}},
	{"outdated", knowledge.Text{EN: "It is outdated", ES: "Está desactualizada"}},
	{"not_asked", knowledge.Text{EN: "It is not what I asked", ES: "No es lo que pregunté"}},
	{"other", knowledge.Text{EN: "Something else", ES: "Otra cosa"}},
}

var (
	wordUp       = knowledge.Text{EN: "Thank you: your 👍 counts.", ES: "Gracias: tu 👍 cuenta."}
	wordUpAgain  = knowledge.Text{EN: "Your 👍 counts already.", ES: "Tu 👍 ya cuenta."}
	wordUpNow    = knowledge.Text{EN: "Changed: your 👎 is now a 👍.", ES: "Cambiado: tu 👎 ahora es un 👍."}
	wordDown     = knowledge.Text{EN: "Thank you: your 👎 counts, with the reason. Administrators can read it.", ES: "Gracias: tu 👎 cuenta, con el motivo. Los administradores pueden leerlo."}
	wordDownOnly = knowledge.Text{EN: "Thank you: your 👎 counts.", ES: "Gracias: tu 👎 cuenta."}
	wordWhyTitle = knowledge.Text{EN: "Your 👎 counts. What is wrong?", ES: "Tu 👎 cuenta. ¿Qué falla?"}
	wordWhyLabel = knowledge.Text{EN: "Why", ES: "Motivo"}
	wordWhyText  = knowledge.Text{EN: "In your words (if you like)", ES: "Con tus palabras (si quieres)"}
	wordWhyHint  = knowledge.Text{EN: "A source that says otherwise helps most.", ES: "Lo que más ayuda es una fuente que diga otra cosa."}
)

// upButton takes a vote for an answer.
func (b *Bot) upButton(ctx context.Context, u use) {
	a, _, ok := b.about(ctx, u)
	if !ok {
		return
	}
	before, voted, ok := b.vote(ctx, u, &a, state.Vote{Up: true})
	switch {
	case !ok:
	case voted && before.Up:
		b.whisper(ctx, u, wordUpAgain.In(u.lang))
	case voted:
		b.whisper(ctx, u, wordUpNow.In(u.lang))
	default:
		b.whisper(ctx, u, wordUp.In(u.lang))
	}
}

// downButton takes a vote against an answer, and asks why. The vote counts even if the form is not sent in.
func (b *Bot) downButton(ctx context.Context, u use) {
	a, _, ok := b.about(ctx, u)
	if !ok {
		return
	}
	before, _, ok := b.vote(ctx, u, &a, state.Vote{})
	if !ok {
		return
	}
	f := Form{ID: customID(doWhy, a.ID), Title: wordWhyTitle.In(u.lang)}
	why := Choice{ID: fieldWhy, Label: wordWhyLabel.In(u.lang), Chosen: before.Why}
	for _, r := range reasons {
		why.Options = append(why.Options, ChoiceOption{r.word.In(u.lang), r.value})
	}
	f.Choices = []Choice{why}
	f.Fields = []discordgo.TextInput{{
		CustomID: fieldText, Label: wordWhyText.In(u.lang), Placeholder: wordWhyHint.In(u.lang), Value: before.Text, Style: discordgo.TextInputParagraph, MaxLength: maxWhy,
	}}
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := b.discord.Form(ctx, u.event, f); err != nil {
		b.log.Warn("nobody is asked why", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}

// whyForm takes why somebody votes against an answer. It is a vote too: the form may come after the vote was changed or erased.
func (b *Bot) whyForm(ctx context.Context, u use) {
	a, _, ok := b.about(ctx, u)
	if !ok {
		return
	}
	v := state.Vote{Why: reasonOf(u.field(fieldWhy)), Text: comment(u.field(fieldText))}
	if v.Why == "" && v.Text != "" {
		v.Why = "other"
	}
	if _, _, ok := b.vote(ctx, u, &a, v); !ok {
		return
	}
	if v.Why == "" {
		b.whisper(ctx, u, wordDownOnly.In(u.lang))
		return
	}
	b.whisper(ctx, u, wordDown.In(u.lang))
}

// reasonOf is one of the reasons, or "": what a form says can be anything.
func reasonOf(s string) string {
	if i := slices.IndexFunc(reasons, func(r struct {
		value string
		word  knowledge.Text
	}) bool {
		return r.value == s
	}); i >= 0 {
		return reasons[i].value
	}
	return ""
}

// comment is what a voter wrote, on one line, without invisible characters, and bounded. It stays data.
func comment(s string) string {
	s = lang.Normalize(s)
	if r := []rune(s); len(r) > maxWhy {
		s = strings.TrimSpace(string(r[:maxWhy]))
	}
	return s
}

// vote keeps the vote of a person for an answer in the place of an earlier one, which it returns. A vote against without a reason
// keeps the reason of an earlier one. Where the vote is not kept, the user is told so and ok is false.
func (b *Bot) vote(ctx context.Context, u use, a *state.Answer, v state.Vote) (before state.Vote, voted, ok bool) {
	store, cancel := b.inTime(ctx, u)
	defer cancel()
	before, voted, err := b.store.Vote(store, a.ID, u.user)
	if err == nil {
		v.Answer, v.User, v.Guild, v.Channel, v.At = a.ID, u.user, u.guild, u.channel, b.now()
		if !v.Up && v.Why == "" {
			v.Why, v.Text = before.Why, before.Text
		}
		err = b.store.PutVote(store, v)
	}
	if err != nil {
		b.log.Warn("a vote is not kept", slog.String("question", a.ID), slog.Any("error", err))
		b.whisper(ctx, u, wordFailed.In(u.lang))
	}
	return before, voted, err == nil
}
