package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"enlace/bot/gateway"
)

// pageOf returns where the question is answered, with what earlier tries left there; nil = nobody can be told.
func (b *Bot) pageOf(ctx context.Context, d *delivery) (page, error) {
	if d.event == nil {
		return b.replyPage(ctx, d)
	}
	late := d.kept.Plain || !b.now().Before(d.deadline())
	if !late {
		err := b.ackedBy(ctx, d)
		if late = errors.Is(err, gateway.ErrExpired); err != nil && !late {
			return nil, err
		}
	}
	if late {
		return b.lateOrNone(d), nil
	}
	before, err := b.alreadySeen(ctx, d)
	if err != nil {
		return nil, err
	}
	return &responsePage{to: b.discord, event: d.event, private: d.ask.private, seen: before}, nil
}

func seenBefore(ids []string) (list []seen) {
	for _, id := range ids {
		list = append(list, seen{id: id})
	}
	return list
}

// ackedBy makes sure that the asker of a command was told that an answer is coming: without that it cannot be filled in.
func (b *Bot) ackedBy(ctx context.Context, d *delivery) error {
	if mine := b.taken.of(d.ask.id); mine != nil {
		select {
		case <-mine.acked:
			if mine.err == nil || errors.Is(mine.err, gateway.ErrExpired) {
				return mine.err
			}
		case <-time.After(2 * ackTime):
		}
	}
	return b.deferred(ctx, d.job)
}

// lateOrNone returns the page of a command whose token is dead: its channel, unless the answer is for its asker alone.
func (b *Bot) lateOrNone(d *delivery) page {
	if d.ask.private {
		return nil
	}
	p := &channelPage{to: b.discord, channel: d.ask.channel, question: d.ask.id, alone: true}
	if d.kept.Plain {
		p.seen, p.posts = seenBefore(d.kept.Messages), len(d.kept.Messages)
	}
	return latePage{p, fmt.Sprintf(wordLate.In(d.ask.lang), d.ask.user)}
}

// replyPage returns the page of a message.
func (b *Bot) replyPage(ctx context.Context, d *delivery) (page, error) {
	if d.turn.page != nil {
		return d.turn.page, nil
	}
	before, err := b.alreadySeen(ctx, d)
	if err != nil {
		return nil, err
	}
	p := &channelPage{to: b.discord, channel: d.ask.channel, question: d.ask.id, seen: before, posts: len(before)}
	if d.version > 0 && len(before) > 0 {
		p.last = d.kept.At
	}
	return p, nil
}

// alreadySeen returns the messages that show something of the answer already: those that were noted, and those that an earlier try has
// posted without being able to note it. The error is errDeleted where the question is gone. A history that cannot be read has no
// messages; then the nonce keeps a post from being a second one, for a few minutes.
func (b *Bot) alreadySeen(ctx context.Context, d *delivery) ([]seen, error) {
	known := d.kept.Messages
	if len(known) == 0 && d.event == nil && (d.try > 1 || d.version > 0) {
		if old, ok, _ := b.store.Answer(ctx, b.now(), d.ask.id); ok {
			known = old.Messages
		}
	}
	list := seenBefore(known)
	if d.try == 1 {
		return list, nil
	}
	written, self := b.written(ctx, d.job)
	if d.event == nil && len(written) > 0 && written[0].ID != d.ask.id {
		return nil, errDeleted
	}
	for i := range written {
		w := &written[i]
		if at := slices.Index(known, w.ID); at >= 0 {
			list[at].stands = w
		} else if w.Author == self && (d.event == nil && w.ReplyTo == d.ask.id || d.event != nil && w.Interaction == d.ask.id) {
			list = append(list, seen{id: w.ID, stands: w})
		}
	}
	slices.SortStableFunc(list, func(a, b seen) int { return cmp.Or(cmp.Compare(len(a.id), len(b.id)), cmp.Compare(a.id, b.id)) })
	return list, nil
}

// written returns what was written since a question, and who the bot is.
func (b *Bot) written(ctx context.Context, j *job) (list []Written, self string) {
	ctx, cancel := context.WithTimeout(ctx, knownTime)
	defer cancel()
	select {
	case <-b.known:
	case <-ctx.Done():
		return nil, ""
	}
	list, err := b.discord.Since(ctx, j.ask.channel, j.ask.id)
	if err != nil {
		b.log.Info("what was written since a question is not known", slog.String("question", j.ask.id), slog.Any("error", err))
		return nil, ""
	}
	return list, b.self.Load().user
}
