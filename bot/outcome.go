package bot

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"enlace/bot/gateway"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// equip gives a run what it needs to answer a delivery.
func (b *Bot) equip(d *delivery, r *run) *run {
	r.history = func(ctx context.Context) []state.Answer { return b.history(ctx, &r.ask, d.quoted) }
	if d.try > 1 {
		r.keeper.keep(r.sending, func(res *result) { res.Tries = d.try })
	}
	switch p := r.page.(type) {
	case *channelPage:
		d.turn.page, p.added, r.held = p, r.keeper.shows, d.try > 1 && unknownIn(p.seen)
		r.typing = func(ctx context.Context) error { return b.discord.Typing(ctx, d.ask.channel) }
	case latePage:
		r.late, p.added = true, r.keeper.shows
	case *responsePage:
		p.added, r.held = r.keeper.shows, d.try > 1 && (len(p.seen) == 0 || unknownIn(p.seen))
		r.ack.Do(func() {}) // it was, or it is too late to measure
	case nil:
		r.late, r.page = d.event != nil, nowhere{}
	}
	return r
}

// unknownIn reports whether it is not known what stands in a message.
func unknownIn(list []seen) bool {
	return slices.ContainsFunc(list, func(s seen) bool { return s.stands == nil })
}

// nowhere is the page of who cannot be told any more.
type nowhere struct{}

func (nowhere) show(context.Context, []Part) error { return nil }
func (nowhere) messages() []string                 { return nil }
func (nowhere) due() time.Duration                 { return 0 }
func (nowhere) changed()                           {}

// outcome brings a question to its outcome, and returns an error where that takes another try.
func (b *Bot) outcome(ctx context.Context, d *delivery, r *run) error {
	switch _, silent := r.page.(nowhere); {
	case silent:
		b.ended(r, knowledge.Answer{Outcome: knowledge.Failed, Language: d.ask.lang, Mode: knowledge.Quotes}, errGone)
		return nil
	case d.kept.Final:
		got, err := b.repost(d, r)
		return b.concluded(ctx, d, r, got, err)
	case d.last:
		got := knowledge.Answer{ID: d.ask.id, Language: d.ask.lang, Outcome: knowledge.Failed, Abstained: true, Mode: knowledge.Quotes}
		got.Text = answer.OutcomeText(knowledge.Failed, d.ask.lang, nil, 0)
		return b.concluded(ctx, d, r, got, b.showOnce(r, renderText(got.Text)))
	}
	got, err := b.compose(r)
	return b.concluded(ctx, d, r, got, err)
}

// repost makes sure that an answer is seen which an earlier try has kept.
func (b *Bot) repost(d *delivery, r *run) (knowledge.Answer, error) {
	r.ask.parent = d.kept.Answer.Parent
	got := d.kept.Answer.Answer
	parts, err := unpackParts(d.kept.Parts)
	if err != nil {
		parts = b.final(r, &got)
	}
	return got, b.showOnce(r, parts)
}

// showOnce shows something that is known already.
func (b *Bot) showOnce(r *run, parts []Part) error {
	ctx, cancel := context.WithTimeout(r.sending, sendTime)
	defer cancel()
	err := r.page.show(ctx, parts)
	if cause := context.Cause(r.sending); err != nil && cause != nil {
		return cause
	}
	return err
}

// concluded looks at what came of a try.
func (b *Bot) concluded(ctx context.Context, d *delivery, r *run, got knowledge.Answer, err error) error {
	switch {
	case errors.Is(err, errHandOver):
		return state.ErrHandOver
	case errors.Is(err, errReplaced):
		if shown := r.page.messages(); len(shown) > 0 { // whoever answers the newer text does it there
			r.keeper.shows(ctx, shown)
		}
	case errors.Is(err, gateway.ErrExpired) && d.event != nil && !r.late:
		err = b.tooLate(ctx, d, r, &got)
	case err != nil && !gone(err) && !errors.Is(err, errGone) && !errors.Is(err, errDeleted) && !d.last:
		b.log.Warn("an answer did not arrive yet", slog.String("question", d.ask.id), slog.Int("try", d.try), slog.Any("error", err))
		return err
	}
	b.ended(r, got, err)
	return nil
}

// tooLate shows the answer to a command whose token has died meanwhile in its channel.
func (b *Bot) tooLate(ctx context.Context, d *delivery, r *run, got *knowledge.Answer) error {
	r.late = true
	p := b.lateOrNone(d)
	if p == nil {
		r.page = nowhere{}
		return nil
	}
	r.page = p
	p.(latePage).added = r.keeper.shows
	parts := b.final(r, got)
	r.keeper.keep(ctx, func(res *result) { res.Plain, res.Messages = true, nil })
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return p.show(ctx, parts)
}
