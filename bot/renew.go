package bot

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
)

// mayWait reports whether a message may be a question that is accepted and not answered yet.
func (b *Bot) mayWait(id string) bool {
	return b.taken.of(id) != nil || b.isNew() && b.young(id)
}

// isNew reports whether this process has started a short time ago, so that it does not know what was accepted before.
func (b *Bot) isNew() bool { return b.now().Sub(b.started) < claimTime }

// renew accepts an edited question as a job of its own, in the place of the one with the older text, which ends without a word.
func (b *Bot) renew(ctx context.Context, a ask, start time.Time, m *discordgo.Message) {
	text, asked := b.newest(ctx, a.id)
	switch {
	case asked && text == a.text:
		return
	case !asked && !b.mayWait(a.id) && (!b.young(a.id) || !b.claim(ctx, "message:"+a.id)):
		return
	}
	j := &job{ask: a, quoted: b.quoted(m.ReferencedMessage), received: start, version: m.EditedTimestamp.UnixMicro()}
	r, refused := b.unfit(ctx, a)
	if !refused && b.accept(ctx, j) != nil {
		r, refused = b.noRoom(a), true
	}
	_ = b.putNote(ctx, a.id, a.user, note{Version: j.version, Text: a.text})
	b.replaceOlder(j)
	if refused {
		b.tell(ctx, a, b.lastPage(ctx, a), r, start)
	}
}

// newest returns the newest text of a question that is known of.
func (b *Bot) newest(ctx context.Context, id string) (text string, known bool) {
	if n, err := b.note(ctx, id); err == nil && n.Version > 0 {
		return n.Text, true
	}
	b.mu.Lock()
	r := b.running[id]
	b.mu.Unlock()
	if r != nil {
		return r.ask.text, true
	}
	old, known, _ := b.store.Answer(ctx, b.now(), id)
	return old.Asked, known
}

// lastPage returns where a question was answered whose work has ended or is about to.
func (b *Bot) lastPage(ctx context.Context, a ask) page {
	t := b.turns.take(a.id)
	defer b.turns.give(a.id, t)
	if t.page != nil {
		return t.page
	}
	p := &channelPage{to: b.discord, channel: a.channel, question: a.id}
	kept, _ := b.result(ctx, a.id)
	shown := kept.Messages
	if old, known, _ := b.store.Answer(ctx, b.now(), a.id); known && len(shown) == 0 {
		shown = old.Messages
	}
	p.seen, p.posts = seenBefore(shown), len(shown)
	return p
}
