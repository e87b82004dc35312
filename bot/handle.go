package bot

import (
	"context"
	"log/slog"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// admitTime bounds what the store is asked before a command is accepted, which is owed its first response within 3 s however slow
// the store is.
const admitTime = 1200 * time.Millisecond

// message answers a message, if it asks something.
func (b *Bot) message(ctx context.Context, m *discordgo.Message) {
	start := b.now()
	a, ok := b.asked(ctx, m)
	if !ok || !b.claim(ctx, "message:"+m.ID) {
		return
	}
	p := &channelPage{to: b.discord, channel: a.channel, question: a.id}
	defer b.contain("message", func() {
		if len(p.seen) == 0 {
			b.tell(ctx, a, p, failure(a), start)
		}
	})
	b.take(ctx, a, p, start, m)
}

func failure(a ask) refusal {
	return refusal{knowledge.Failed, answer.OutcomeText(knowledge.Failed, a.lang, nil, 0)}
}

// claim reports whether an event is this process's. Where the store does not answer it is: a question answered twice is better
// than none.
func (b *Bot) claim(ctx context.Context, key string) bool { return b.isOurs(ctx, key, b.store.Claim) }

// claimUse is claim for an interaction: no process gets it again that starts when all others have ended. Discord waits for its first
// response for seconds, and a session is resumed only where other processes share the store.
func (b *Bot) claimUse(ctx context.Context, i *discordgo.Interaction) bool {
	return b.isOurs(ctx, "interaction:"+i.ID, b.store.ClaimBriefly)
}

func (b *Bot) isOurs(ctx context.Context, key string, claim func(context.Context, time.Time, string, time.Duration) (bool, error)) bool {
	ctx, cancel := context.WithTimeout(ctx, admitTime/3)
	defer cancel()
	first, err := claim(ctx, b.now(), key, claimTime)
	if err != nil {
		b.log.Warn("an event is not claimed", slog.Any("error", err))
		return true
	}
	return first
}

// take answers an ask in messages of its channel, or refuses it there.
func (b *Bot) take(ctx context.Context, a ask, p *channelPage, start time.Time, m *discordgo.Message) {
	if r, refused := b.unfit(ctx, a); refused {
		b.tell(ctx, a, p, r, start)
		return
	}
	quoted := b.quoted(m.ReferencedMessage)
	if b.inbox != nil {
		if b.accept(ctx, &job{ask: a, quoted: quoted, received: start}) != nil {
			b.tell(ctx, a, p, b.noRoom(a), start)
		}
		return
	}
	b.work(ctx, a, p, start, func(r *run) {
		b.overtaken(r)
		r.typing = func(ctx context.Context) error { return b.discord.Typing(ctx, a.channel) }
		r.history = func(ctx context.Context) []state.Answer { return b.history(ctx, &r.ask, quoted) }
	})
}

// unfit returns why the ask in a message is not to be answered, and false where it is.
func (b *Bot) unfit(ctx context.Context, a ask) (refusal, bool) {
	b.log.Info("question", slog.String("question", a.id), slog.String("by", string(a.origin)), slog.String("guild", a.guild), slog.String("channel", a.channel))
	if a.text == "" && a.origin == byReply && b.toCommand(ctx, a) {
		return refusal{knowledge.Empty, wordUnreadable.In(a.lang)}, true
	}
	return b.refuse(ctx, a)
}

// toCommand reports whether an ask replies to the answer of a command, whose replies Discord does not show.
func (b *Bot) toCommand(ctx context.Context, a ask) bool {
	to, ok, _ := b.store.AnswerIn(ctx, b.now(), a.replyTo)
	return ok && to.Command
}

// work opens a run, prepares it and answers, or says that there is no room for it.
func (b *Bot) work(ctx context.Context, a ask, p page, start time.Time, prepare func(*run)) {
	r, ok := b.open(ctx, a, p, nil, start)
	if !ok {
		b.tell(ctx, a, p, b.noRoom(a), start)
		return
	}
	prepare(r)
	b.answer(r)
}

func (b *Bot) noRoom(a ask) refusal {
	if b.stopping() {
		return refusal{knowledge.Busy, wordRestart.In(a.lang)}
	}
	return refusal{knowledge.Busy, answer.OutcomeText(knowledge.Busy, a.lang, nil, 0)}
}

// tell shows a refusal on a page.
func (b *Bot) tell(ctx context.Context, a ask, p page, r refusal, start time.Time) {
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	var err error
	if r.text != "" {
		err = p.show(ctx, renderNotice(r.text))
	}
	b.told(a, r, err, start)
}

// told counts and logs a refusal.
func (b *Bot) told(a ask, r refusal, err error, start time.Time) {
	b.meter.Question(string(r.outcome), string(a.lang), string(knowledge.Quotes))
	attrs := []any{slog.String("question", a.id), slog.String("outcome", string(r.outcome)), slog.Bool("told", r.text != "" && err == nil)}
	if err != nil {
		b.log.Warn("a refusal is not told", append(attrs, slog.Any("error", err))...)
		return
	}
	if r.text != "" {
		b.meter.Took("ack", b.now().Sub(start))
	}
	b.log.Info("refused", attrs...)
}

// askCommand answers a use of /ask.
func (b *Bot) askCommand(ctx context.Context, u use) {
	i, start := u.event, u.start
	brief, cancel := context.WithTimeout(ctx, max(admitTime-b.now().Sub(start), admitTime/10))
	defer cancel()
	a, ok := b.commandAsked(i)
	if !ok {
		return
	}
	a.conversation, a.wait = u.ahead.conversation, u.ahead.wait
	acked := false
	defer b.contain("interaction", func() {
		if !acked {
			b.respond(ctx, i, a, failure(a), start)
		}
	})
	b.log.Info("question", slog.String("question", a.id), slog.String("by", string(a.origin)), slog.String("guild", a.guild), slog.String("channel", a.channel))
	if !hasWord(a.text) {
		a.private = true // a mistake is nobody else's business
	}
	if r, refused := b.refuse(brief, a); refused {
		b.respond(ctx, i, a, r, start)
		return
	}
	if b.inbox != nil {
		j := &job{ask: a, received: start, event: i}
		mine := b.taken.add(a.id)
		if err := b.accept(ctx, j); err != nil {
			mine.tell(err)
			b.respond(ctx, i, a, b.noRoom(a), start)
			return
		}
		acked = true // or it will be, by whoever works on it
		b.ackAccepted(ctx, j, mine)
		return
	}
	p := &responsePage{to: b.discord, event: i, private: a.private}
	r, ok := b.open(ctx, a, p, nil, start)
	if !ok {
		b.respond(ctx, i, a, b.noRoom(a), start)
		return
	}
	r.history = func(ctx context.Context) []state.Answer { return b.history(ctx, &r.ask, "") }
	if err := b.ack(ctx, i, a); err != nil {
		b.close(r)
		b.log.Warn("an interaction is not acknowledged", slog.String("question", a.id), slog.Any("error", err))
		b.meter.Dropped("interaction")
		return
	}
	acked = true
	b.acked(r)
	b.answer(r)
}

// ack tells that an answer is coming, while that can still be told.
func (b *Bot) ack(ctx context.Context, i *discordgo.Interaction, a ask) error {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	return b.discord.Defer(ctx, i, a.private)
}

// respond tells a refusal to the asker of a command alone.
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, a ask, r refusal, start time.Time) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	b.told(a, r, b.discord.Respond(ctx, i, renderNotice(r.text)[0], true), start)
}
