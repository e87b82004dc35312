package bot

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

var (
	_ gateway.Handler = (*Bot)(nil)
	_ gateway.Shedder = (*Bot)(nil)
	_ Rest            = (*gateway.Rest)(nil)
)

// Discord's codes that mean something here; docs, topics/opcodes-and-status-codes.
const (
	codeArchived  = 50083  // an edit in an archived thread
	codeLocked    = 160005 // a message in a locked thread
	codeReference = 160002 // a reply where the history may not be read
)

// gone reports whether an error says that a page is out of reach for good: its channel, message or token is gone, or the bot may
// not write there any longer. Nobody can be told then.
func gone(err error) bool {
	for _, kind := range []error{gateway.ErrExpired, gateway.ErrForbidden, gateway.ErrNotFound, gateway.ErrUnauthorized} {
		if errors.Is(err, kind) {
			return true
		}
	}
	code := gateway.Code(err)
	return code == codeArchived || code == codeLocked
}

// Shed tells the asker in an event that nobody works on it. Exactly one of i and m is not nil.
func (b *Bot) Shed(ctx context.Context, reason gateway.Reason, i *discordgo.Interaction, m *discordgo.Message) {
	start, why := b.now(), knowledge.Busy
	if reason == gateway.Panicked {
		why = knowledge.Failed
	}
	b.in(ctx, "shed", func(ctx context.Context) {
		if i != nil {
			if a, ok := b.commandAsked(i); ok && i.Type == discordgo.InteractionApplicationCommand {
				b.respond(ctx, i, a, refusal{why, answer.OutcomeText(why, a.lang, nil, 0)}, start)
			} else if u, ok := b.used(i, start); ok && i.Type != discordgo.InteractionApplicationCommandAutocomplete && i.Type != discordgo.InteractionPing {
				b.whisper(ctx, u, answer.OutcomeText(why, u.lang, nil, 0))
			}
			return
		}
		if a, ok := b.asked(ctx, m); ok && b.speaksIn(ctx, a) && b.claim(ctx, "shed:"+a.user) {
			b.tell(ctx, a, &channelPage{to: b.discord, channel: a.channel, question: a.id}, refusal{why, answer.OutcomeText(why, a.lang, nil, 0)}, start)
		}
	})
}
