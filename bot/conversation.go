package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

// How much of a conversation an answer knows. A reply says itself what it goes on from; otherwise only what was said a short time
// ago does.
const (
	maxTurns      = 4
	maxTurnRunes  = 1200
	withinThread  = 24 * time.Hour
	withinDM      = 30 * time.Minute
	storeTime     = 2 * time.Second
	lookupTime    = 1500 * time.Millisecond
	maxThreads    = 1000
	settledAge    = time.Hour // of a message by which it is known whether it is an answer: none takes that long
	keepThread    = time.Hour
	threadsPrefix = "thread:"
	dmPrefix      = "dm:"
)

// conversation names the conversation that an ask belongs to, if what was said before counts without a reply to it: in a direct
// message and in a thread of the bot's.
func (b *Bot) conversation(ctx context.Context, a ask) string {
	switch {
	case a.guild == "":
		return dmPrefix + a.channel
	case a.origin == byThread || b.answered(ctx, a.channel):
		return threadsPrefix + a.channel
	}
	return ""
}

// answered reports whether a thread was started from an answer: it has the message's id. What is older than any answer that is still
// on its way, and is none, stays none; so it is asked once.
func (b *Bot) answered(ctx context.Context, channel string) bool {
	b.mu.Lock()
	plain := b.plain[channel]
	b.mu.Unlock()
	if plain {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	_, ok, err := b.store.AnswerIn(ctx, b.now(), channel)
	if at, bad := discordgo.SnowflakeTimestamp(channel); !ok && err == nil && bad == nil && b.now().Sub(at) > settledAge {
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.plain) >= maxThreads {
			clear(b.plain)
		}
		b.plain[channel] = true
	}
	return ok
}

// thread is what is known of a channel.
type thread struct {
	own    bool   // the bot opened it
	parent string // the channel that it belongs to; "" = it is no thread
	at     time.Time
}

// ownThread reports whether a channel is a thread that the bot opened, or that was started from an answer of the bot's.
func (b *Bot) ownThread(ctx context.Context, channel string) bool {
	return b.answered(ctx, channel) || b.thread(ctx, channel).own
}

// thread asks Discord what a channel is, once in a while. A channel that cannot be looked at counts as no thread for that time, so
// that the question is not repeated for every message.
func (b *Bot) thread(ctx context.Context, channel string) thread {
	b.mu.Lock()
	t, known := b.threads[channel]
	b.mu.Unlock()
	if known && b.now().Sub(t.at) < keepThread && !t.at.After(b.now()) {
		return t
	}
	whole := ctx
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	t = thread{at: b.now()}
	c, err := b.discord.Channel(ctx, channel)
	if err == nil && c.IsThread() {
		t.own, t.parent = c.OwnerID == b.self.Load().user, c.ParentID
	}
	if err != nil && whole.Err() != nil {
		return t // it was the caller who had no time
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.threads) >= maxThreads {
		clear(b.threads)
	}
	b.threads[channel] = t
	return t
}

// history returns the answers that an ask goes on from, oldest first, and notes the last one as its parent.
func (b *Bot) history(ctx context.Context, a *ask, quoted string) []state.Answer {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	last, ok := b.before(ctx, a)
	if !ok {
		return unknown(quoted)
	}
	a.parent = last.ID
	chain := []state.Answer{last}
	for len(chain) < maxTurns && last.Parent != "" && last.Parent != last.ID {
		if last, ok, _ = b.store.Answer(ctx, b.now(), last.Parent); !ok {
			break
		}
		chain = append(chain, last)
	}
	slices.Reverse(chain)
	return chain
}

// before returns the answer before an ask: the one that it replies to, else the last one of the conversation, else the one that the
// thread was started from. What only its asker could see stays with its asker.
func (b *Bot) before(ctx context.Context, a *ask) (last state.Answer, ok bool) {
	now := b.now()
	switch {
	case a.replyTo != "":
		last, ok, _ = b.store.AnswerIn(ctx, now, a.replyTo)
	case a.conversation != "":
		within := withinThread
		if strings.HasPrefix(a.conversation, dmPrefix) {
			within = withinDM
		}
		if last, ok, _ = b.store.Last(ctx, now, a.conversation, within); !ok {
			last, ok, _ = b.store.AnswerIn(ctx, now, a.channel)
			ok = ok && now.Sub(last.At) <= within
		}
	}
	if ok && (last.ID == a.id || last.Private && last.User != a.user) {
		return state.Answer{}, false
	}
	return last, ok
}

// quoted returns what an own message says, as far as Discord tells it; "" for anybody else's.
func (b *Bot) quoted(m *discordgo.Message) string {
	if m == nil || m.Author == nil || m.Author.ID != b.self.Load().user {
		return ""
	}
	return clip(m.Content)
}

// unknown is the conversation where the bot has forgotten the own message that is replied to.
func unknown(quoted string) []state.Answer {
	if quoted == "" {
		return nil
	}
	text, _, _ := strings.Cut(quoted, "\n-# ")
	return []state.Answer{{Answer: knowledge.Answer{Text: unescape(text)}}}
}

// unescape takes the backslashes of Escape away.
func unescape(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isSign(s[i+1]) {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// turns returns a conversation as the answerer takes it.
func turns(list []state.Answer) []knowledge.Turn {
	var out []knowledge.Turn
	for _, a := range list[max(0, len(list)-maxTurns):] {
		switch {
		case a.Checked != nil: // somebody's text is no answer
		case unasked(&a):
			out = append(out, knowledge.Turn{Answer: clip(a.Answer.Text), Cited: citedFacts(&a.Answer)})
		default:
			out = append(out, knowledge.Turn{Question: clip(a.Asked), Answer: clip(a.Answer.Text), Cited: citedFacts(&a.Answer)})
		}
	}
	return out
}

func citedFacts(a *knowledge.Answer) (ids []knowledge.FactID) {
	for _, c := range a.Citations {
		ids = append(ids, c.ID)
	}
	return ids
}

func clip(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxTurnRunes {
			return s[:i]
		}
	}
	return s
}
