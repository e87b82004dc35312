package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Draft is a message that a user writes; the zero values are the usual case.
type Draft struct {
	Content     string
	ReplyTo     *Message
	NoPing      bool // a reply that does not ping
	Attachments []Attachment
	Embeds      []Embed
	// Components are raw JSON, so that they may be of types that the bot's library does not know.
	Components []json.RawMessage
	// Webhook makes it a message of a webhook of that name, not of the user.
	Webhook string
}

// Send writes a message. The error says what the user may not do, or that a webhook has no name.
func (u *User) Send(c *Channel, w Draft) (*Message, error) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	if err := u.mayWrite(c); err != nil {
		return nil, err
	}
	m := &Message{Channel: c, Author: u, Content: w.Content, Embeds: w.Embeds, Attachments: slices.Clone(w.Attachments)}
	for i := range m.Attachments {
		a := &m.Attachments[i]
		a.ID = u.d.newID()
		a.URL = u.d.base + "/attachments/" + c.ID + "/" + a.ID + "/" + a.Name
	}
	if err := m.take(w); err != nil {
		return nil, err
	}
	if w.Webhook != "" {
		m.Author = &User{ID: u.d.newID(), Name: w.Webhook, Bot: true, d: u.d, locale: "en-US"}
		m.foreign = true
	}
	allowed := defaultMentions(false)
	if w.ReplyTo != nil {
		m.Type, m.ReplyTo, allowed.RepliedUser = TypeReply, w.ReplyTo.ID, !w.NoPing
	}
	u.d.mention(m, allowed)
	return u.d.add(m), nil
}

// take copies the draft's embeds and components.
func (m *Message) take(w Draft) error {
	for _, e := range w.Embeds {
		o := object{"type": "rich"}
		if err := retype(e, &o); err != nil {
			return err
		}
		m.rawEmbeds = append(m.rawEmbeds, o)
	}
	for _, raw := range w.Components {
		v, err := decodeJSON(raw)
		if err != nil {
			return fmt.Errorf("component: %w", err)
		}
		m.rawComponents = append(m.rawComponents, v)
	}
	return retype(nonNil(m.rawComponents), &m.Components)
}

func (u *User) mayWrite(c *Channel) error {
	need := PermSendMessages
	if c.Kind.Thread() {
		need = PermSendInThreads
	}
	switch {
	case c.gone:
		return fmt.Errorf("%s cannot write in #%s, which is deleted", u.Name, c.Name)
	case !c.seenBy(u):
		return fmt.Errorf("%s does not see #%s", u.Name, c.Name)
	case c.guild != nil && !u.d.permissions(u, c).Has(need):
		return fmt.Errorf("%s may not write in #%s", u.Name, c.Name)
	case c.archived && c.locked && !u.d.permissions(u, c).Has(PermManageThreads):
		return fmt.Errorf("the thread %q is locked", c.Name)
	}
	return nil
}

// Says writes a text.
func (u *User) Says(c *Channel, text string) *Message {
	m, err := u.Send(c, Draft{Content: text})
	u.d.must(err)
	return m
}

// Asks mentions the bot and says text.
func (u *User) Asks(c *Channel, text string) *Message {
	return u.Says(c, u.d.bot.Mention()+" "+text)
}

// Replies answers a message and pings its author, as the client does unless told otherwise.
func (u *User) Replies(to *Message, text string) *Message {
	m, err := u.Send(to.Channel, Draft{Content: text, ReplyTo: to})
	u.d.must(err)
	return m
}

// Edits changes the text of the user's own message.
func (u *User) Edits(m *Message, text string) *Message {
	u.d.mu.Lock()
	now := u.d.messages[m.ID]
	var err error
	if now == nil || now.Author != u {
		err = fmt.Errorf("%s can only edit messages of their own that exist", u.Name)
	} else {
		now = u.d.change(now, true, func(next *Message) { next.Content = text; u.d.mention(next, nil) })
	}
	u.d.mu.Unlock()
	u.d.must(err)
	return now
}

// Deletes removes a message: the user's own, any with MANAGE_MESSAGES, or an ephemeral one that they dismiss.
func (u *User) Deletes(m *Message) {
	u.d.mu.Lock()
	now := u.d.messages[m.ID]
	may := now != nil && (now.Author == u || now.VisibleTo == u || u.d.permissions(u, now.Channel).Has(PermManageMessages) && now.Channel.guild != nil)
	if may {
		u.d.remove(now)
	}
	u.d.mu.Unlock()
	if !may {
		u.d.must(fmt.Errorf("%s may not delete this message", u.Name))
	}
}

// Reacts adds an emoji to a message.
func (u *User) Reacts(m *Message, emoji string) {
	u.d.mu.Lock()
	now := u.d.messages[m.ID]
	if now != nil {
		u.d.react(u, now, emoji)
	}
	u.d.mu.Unlock()
	if now == nil {
		u.d.must(errors.New("there is no such message to react to"))
	}
}

// Unreacts takes the emoji back.
func (u *User) Unreacts(m *Message, emoji string) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	if now := u.d.messages[m.ID]; now != nil {
		u.d.unreact(u, now, emoji)
	}
}

// StartsThread opens a public thread: from a message, or (nil) without one.
func (u *User) StartsThread(c *Channel, from *Message, name string) *Channel {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	return u.d.startThread(u, c, from, name, KindPublicThread, 4320)
}

// StartsPrivateThread opens a thread that the bot sees only when it is a moderator or when invite is true.
func (u *User) StartsPrivateThread(c *Channel, name string, invite bool) *Channel {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	t := &Channel{Name: name, Kind: KindPrivateThread, guild: c.guild, parent: c, owner: u, autoAfter: 4320}
	u.d.addChannel(t)
	t.joined[u.ID], t.joined[botID] = true, invite
	if t.seenBy(u.d.bot) {
		u.d.dispatchChannel("THREAD_CREATE", t, object{"newly_created": true})
	}
	return t
}

// With is the private conversation of two people, which the bot is not in; commands reach it through a user install only.
func (u *User) With(other *User) *Channel {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	for _, c := range u.d.channels {
		if c.private != nil && slices.Contains(c.private, u) && slices.Contains(c.private, other) {
			return c
		}
	}
	return u.d.addChannel(&Channel{Name: u.Name + " and " + other.Name, Kind: KindDM, private: []*User{u, other}})
}
