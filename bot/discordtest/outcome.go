package discordtest

import (
	"sort"
	"time"
)

// Acked waits until the bot has responded, and returns how long it took. It fails the test when the three seconds pass.
func (i *Interaction) Acked() time.Duration {
	i.wait("an answer to "+i.String(), func() bool { return !i.acked.IsZero() || i.failed })
	took, responded := i.Ack()
	if !responded {
		i.d.opts.Fail(i.String() + ": the application did not respond")
	}
	return took
}

// Ack returns how long the bot took to respond, and false if it has not (yet).
func (i *Interaction) Ack() (took time.Duration, responded bool) {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	if i.acked.IsZero() {
		return 0, false
	}
	return i.acked.Sub(i.Created), true
}

// Unanswered waits until the three seconds are over or the bot has responded, and reports the former.
func (i *Interaction) Unanswered() bool {
	i.wait("the end of "+i.String(), func() bool { return !i.acked.IsZero() || i.failed })
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.failed
}

// Deferred reports whether the answer still is "thinking…".
func (i *Interaction) Deferred() bool {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.deferred
}

// Response is the type of the bot's first response, 0 if there is none yet.
func (i *Interaction) Response() int {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.response
}

// Reply waits for the answer as a message: the response itself, or what replaces "thinking…".
func (i *Interaction) Reply() *Message {
	return i.WaitFor("a reply to "+i.String(), func(m *Message) bool { return !m.Loading() })
}

// Original is the response as it is now: nil before the response, and after it has been deleted.
func (i *Interaction) Original() *Message {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.d.messages[i.original]
}

// Followups are the further messages of the interaction that still exist, in order.
func (i *Interaction) Followups() []*Message {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	var list []*Message
	for _, id := range i.followups {
		if m := i.d.messages[id]; m != nil {
			list = append(list, m)
		}
	}
	return list
}

// WaitFollowups waits until the interaction has n follow-ups, and returns them.
func (i *Interaction) WaitFollowups(n int) []*Message {
	i.wait(itoa(n)+" follow-ups of "+i.String(), func() bool { return len(i.followups) >= n })
	return i.Followups()
}

// WaitFor waits until the original response satisfies fits, and returns it.
func (i *Interaction) WaitFor(what string, fits func(*Message) bool) *Message {
	var found *Message
	i.wait(what, func() bool {
		m := i.d.messages[i.original]
		if m != nil && fits(m) {
			found = m
		}
		return found != nil
	})
	return found
}

// Choices waits for autocompletion and returns it.
func (i *Interaction) Choices() []Choice {
	i.wait("choices for "+i.String(), func() bool { return i.choices != nil })
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.choices
}

// Modal waits for the form that the bot opens.
func (i *Interaction) Modal() *Modal {
	i.wait("a modal for "+i.String(), func() bool { return i.modal != nil })
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.modal
}

func (i *Interaction) wait(what string, cond func() bool) {
	i.d.must(i.d.await(&i.changed, what, cond))
}

// Messages returns the messages of the channel that viewer sees, oldest first; nil sees all.
func (c *Channel) Messages(viewer *User) []*Message {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.visible(viewer)
}

func (c *Channel) visible(viewer *User) []*Message {
	var list []*Message
	for _, id := range c.messages {
		if m := c.d.messages[id]; m != nil && m.seenBy(viewer) {
			list = append(list, m)
		}
	}
	return list
}

// WaitFor waits until a message of the channel satisfies fits, and returns the first that does. fits runs under the
// server's lock: it may read the message and nothing else.
func (c *Channel) WaitFor(what string, fits func(*Message) bool) *Message {
	return c.waitAfter("", what, fits)
}

// waitAfter looks at messages that are not older than the one with id after only.
func (c *Channel) waitAfter(after, what string, fits func(*Message) bool) *Message {
	var found *Message
	c.d.must(c.d.await(&c.changed, what, func() bool {
		from := sort.Search(len(c.messages), func(i int) bool { return !older(c.messages[i], after) })
		for _, id := range c.messages[from:] {
			if m := c.d.messages[id]; m != nil && fits(m) {
				found = m
				return true
			}
		}
		return false
	}))
	return found
}

// Answer waits until the bot has replied to m in m's channel, and returns the first reply.
func (m *Message) Answer() *Message {
	bot := m.Channel.d.bot
	return m.Channel.waitAfter(m.ID, "a reply to "+m.Author.Name+"'s "+quote(m.Content), func(r *Message) bool {
		return r.Author == bot && r.ReplyTo == m.ID
	})
}

// Answers returns the bot's replies to m so far.
func (m *Message) Answers() []*Message {
	var list []*Message
	for _, r := range m.Channel.Messages(nil) {
		if r.Author == m.Channel.d.bot && r.ReplyTo == m.ID {
			list = append(list, r)
		}
	}
	return list
}

// WaitUntil waits until the message, as it changes, satisfies fits, and returns it.
func (m *Message) WaitUntil(what string, fits func(*Message) bool) *Message {
	return m.Channel.waitAfter(m.ID, what, func(now *Message) bool { return now.ID == m.ID && fits(now) })
}

// WaitGone waits until the message has been deleted.
func (m *Message) WaitGone() {
	d := m.Channel.d
	d.must(d.await(&m.Channel.changed, "the end of a message", func() bool { return d.messages[m.ID] == nil }))
}

// WaitThread waits until the channel has a thread of which fits is true, and returns it; nil takes any.
func (c *Channel) WaitThread(fits func(*Channel) bool) *Channel {
	var found *Channel
	c.d.must(c.d.await(&c.d.changed, "a thread in #"+c.Name, func() bool {
		for _, t := range c.guild.channels {
			if t.parent == c && !t.gone && (fits == nil || fits(t)) {
				found = t
				return true
			}
		}
		return false
	}))
	return found
}

func quote(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "“" + s + "”"
}
