package bot

import (
	"context"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// maxEditAge is how old a message may be that becomes a question by being edited.
const maxEditAge = 2 * time.Minute

// edits are the edits of one question, which are worked on one after another: only the newest one that waits counts.
type edits struct {
	next *discordgo.Message
	page *channelPage // where the answer is, once that is known; it belongs to the one who works
}

// edited answers an edited question anew, in the messages that show the old answer.
func (b *Bot) edited(ctx context.Context, m *discordgo.Message) {
	if m == nil || m.EditedTimestamp == nil {
		return // Discord added a preview or the like
	}
	e := &edits{next: m}
	b.mu.Lock()
	if waiting := b.editing[m.ID]; waiting != nil {
		waiting.next = m
		if r := b.running[m.ID]; r != nil && b.inbox == nil && r.ask.text != question(m.Content) {
			r.stop(errReplaced)
		}
		b.mu.Unlock()
		return
	}
	b.editing[m.ID] = e
	b.mu.Unlock()
	for m := b.nextEdit(e, m.ID); m != nil; m = b.nextEdit(e, m.ID) {
		b.again(ctx, e, m)
	}
}

// nextEdit takes the edit that waits; where none does, the question is no longer being edited.
func (b *Bot) nextEdit(e *edits, id string) *discordgo.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := e.next
	e.next = nil
	if m == nil {
		delete(b.editing, id)
	}
	return m
}

// overtaken stops a run that has just begun when its question has been edited already.
func (b *Bot) overtaken(r *run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e := b.editing[r.ask.id]; e != nil && e.next != nil && question(e.next.Content) != r.ask.text {
		r.stop(errReplaced)
	}
}

// again takes one edit: it stops the run that answers the old text, or finds the messages of the old answer.
func (b *Bot) again(ctx context.Context, e *edits, m *discordgo.Message) {
	start := b.now()
	a, ok := b.asked(ctx, m)
	if !ok {
		return
	}
	if m.EditedTimestamp != nil { // an edit is asked like another question
		a.call = a.id + "." + strconv.FormatInt(m.EditedTimestamp.UnixMicro(), 10)
	}
	if b.inbox != nil {
		b.renew(ctx, a, start, m)
		return
	}
	if e.page == nil && !b.find(ctx, e, a, m) {
		return
	}
	b.take(ctx, a, e.page, start, m)
}

// find finds the page of an edited question: that of the run which answers the old text, after it has stopped, that of the old answer,
// or a new one. It returns false where the edit changes nothing, or comes too late to ask anything.
func (b *Bot) find(ctx context.Context, e *edits, a ask, m *discordgo.Message) bool {
	p := &channelPage{to: b.discord, channel: a.channel, question: a.id}
	running, same := b.replace(a)
	switch old, known, _ := b.store.Answer(ctx, b.now(), a.id); {
	case same, running == nil && known && old.Asked == a.text:
		return false
	case running != nil:
		<-running.done
		p = running.page.(*channelPage)
	case known:
		for _, id := range old.Messages {
			p.seen = append(p.seen, seen{id: id})
		}
		p.posts = len(p.seen)
	case !b.young(m.ID) || !b.claim(ctx, "message:"+m.ID):
		return false
	}
	e.page = p
	return true
}

// replace stops the run of a question whose text is another now, and returns it; same is true where the text is the same.
func (b *Bot) replace(a ask) (r *run, same bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	r = b.running[a.id]
	if r == nil {
		return nil, false
	}
	if r.ask.text == a.text {
		return nil, true
	}
	r.stop(errReplaced)
	return r, false
}

// young reports whether a message was written a short time ago, as its id tells.
func (b *Bot) young(id string) bool {
	at, err := discordgo.SnowflakeTimestamp(id)
	return err == nil && b.now().Sub(at) < maxEditAge
}
