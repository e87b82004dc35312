package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

const nonceKept = 3 * time.Minute // "a few minutes"; resources/message, "enforce_nonce"

type nonceUse struct {
	message string
	at      time.Time
}

func (c *call) createMessage() reply {
	ch, rep := c.channel(c.sendPermission())
	if ch == nil {
		return rep
	}
	switch {
	case ch.recipient != nil && ch.recipient.noDM:
		return fail(http.StatusForbidden, 50007, "Cannot send messages to this user")
	case ch.Kind == KindForum:
		return fail(http.StatusBadRequest, 50008, "Cannot send messages in a non-text channel")
	case ch.archived && ch.locked && !c.d.permissions(c.d.bot, ch).Has(PermManageThreads):
		return fail(http.StatusBadRequest, 50083, "Thread is archived")
	}
	b, rep := c.readDraft(c.obj)
	if rep.status != 0 {
		return rep
	}
	if rep := c.checkSend(ch, b); rep.status != 0 {
		return rep
	}
	key := ch.ID + " " + b.nonce()
	if b.EnforceNonce && b.nonce() != "" {
		if m := c.d.firstWith(key); m != nil {
			return ok(c.d.withReply(m, false, m.json(false)))
		}
	}
	m := &Message{Channel: ch, Author: c.d.bot, Nonce: b.nonce(), Flags: b.flags() & (FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2)}
	if b.Reference != nil && c.d.messages[b.Reference.MessageID] != nil {
		m.ReplyTo, m.Type = b.Reference.MessageID, TypeReply
	}
	m = c.d.add(c.d.compose(m, b))
	if m.Nonce != "" {
		c.d.nonces[key] = nonceUse{m.ID, m.Created}
	}
	return ok(c.d.withReply(m, false, m.json(false)))
}

// firstWith returns the message that was sent with this nonce lately.
func (d *Discord) firstWith(key string) *Message {
	now := d.opts.Clock.Now()
	if len(d.nonces) > d.opts.Keep {
		for k, use := range d.nonces {
			if now.Sub(use.at) > nonceKept {
				delete(d.nonces, k)
			}
		}
	}
	use, found := d.nonces[key]
	if !found || now.Sub(use.at) > nonceKept {
		return nil
	}
	return d.messages[use.message]
}

// checkSend checks a new message against limits, permissions and what it replies to.
func (c *call) checkSend(ch *Channel, b *draft) reply {
	if rep := b.check(b.flags()&FlagComponentsV2 != 0); rep.status != 0 {
		return rep
	}
	p := c.d.permissions(c.d.bot, ch)
	if len(b.files) > 0 && !p.Has(PermAttachFiles) {
		return missingPerms
	}
	if !p.Has(PermEmbedLinks) {
		b.Embeds, b.rawEmbeds = nil, nil // Discord drops them without a word
	}
	if b.empty() {
		return emptyMessage
	}
	if b.Reference == nil || b.Reference.MessageID == "" {
		return reply{}
	}
	to := c.d.messages[b.Reference.MessageID]
	switch {
	case !p.Has(PermReadMessageHistory):
		return fail(http.StatusForbidden, 160002, "Cannot reply without permission to read message history")
	case (to == nil || to.Channel != ch) && (b.Reference.MustExist == nil || *b.Reference.MustExist):
		return invalidForm("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
	case to != nil && (to.Type == TypeThreadCreated || to.Type == TypeThreadStarter):
		return invalidForm("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
	}
	return reply{}
}

// compose puts a draft into a message that has a channel and an author.
func (d *Discord) compose(m *Message, b *draft) *Message {
	m.Content = b.text()
	m.Embeds, m.rawEmbeds = b.Embeds, b.rawEmbeds
	m.Components, m.rawComponents = b.Components, b.components
	m.Attachments = append(slices.Clone(m.Attachments), d.attach(m.Channel, b)...)
	d.mention(m, b.AllowedMentions)
	return m
}

// message finds the message of the path in its channel; ephemeral ones do not exist here.
func (c *call) message(need Permissions) (*Channel, *Message, reply) {
	ch, rep := c.channel(need)
	if ch == nil {
		return nil, nil, rep
	}
	m := c.d.messages[c.params["message_id"]]
	if m == nil || m.Channel != ch || m.VisibleTo != nil {
		return ch, nil, unknownMessage
	}
	return ch, m, reply{}
}

func (c *call) getMessage() reply {
	_, m, rep := c.message(PermReadMessageHistory)
	if m == nil {
		return rep
	}
	return ok(c.d.shown(m))
}

// shown is a message as REST tells it: the MESSAGE_CONTENT intent counts here too.
func (d *Discord) shown(m *Message) object {
	blank := d.opts.Privileged&IntentMessageContent == 0
	return d.withReply(m, blank, m.json(blank && d.blanked(m)))
}

func (c *call) listMessages() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	limit := 50
	if given := c.query.Get("limit"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > 100 {
			return invalidForm("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
		}
		limit = n
	}
	list := []object{}
	if !c.d.permissions(c.d.bot, ch).Has(PermReadMessageHistory) {
		return ok(list)
	}
	before, after := c.query.Get("before"), c.query.Get("after")
	ids := slices.DeleteFunc(slices.Clone(ch.messages), func(id string) bool {
		return c.d.messages[id].VisibleTo != nil || before != "" && !older(id, before) || after != "" && !older(after, id)
	})
	if after != "" {
		ids = ids[:min(limit, len(ids))]
	}
	for i := len(ids) - 1; i >= 0 && len(list) < limit; i-- {
		list = append(list, c.d.shown(c.d.messages[ids[i]]))
	}
	return ok(list)
}

// older compares snowflakes.
func older(a, b string) bool {
	return len(a) < len(b) || len(a) == len(b) && a < b
}

func (c *call) editMessage() reply {
	ch, m, rep := c.message(0)
	switch {
	case m == nil:
		return rep
	case m.Author != c.d.bot:
		return fail(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	case ch.archived:
		return fail(http.StatusBadRequest, 50083, "Thread is archived")
	}
	b, rep := c.readDraft(c.obj)
	if rep.status != 0 {
		return rep
	}
	next, rep := c.d.edit(m, b, c.version)
	if rep.status != 0 {
		return rep
	}
	return ok(c.d.withReply(next, false, next.json(false)))
}

// edit applies an edit by the bot: only fields that are given change, and mentions are read anew.
func (d *Discord) edit(m *Message, b *draft, version int) (*Message, reply) {
	v2 := (m.Flags|b.flags())&FlagComponentsV2 != 0
	merged := *b
	if !b.has("content") {
		merged.Content = &m.Content
	}
	if !b.has("embeds") {
		merged.Embeds, merged.rawEmbeds = m.Embeds, m.rawEmbeds
	}
	if !b.has("components") {
		merged.Components, merged.components = m.Components, m.rawComponents
	}
	if rep := merged.check(v2); rep.status != 0 {
		return nil, rep
	}
	kept := b.kept(m.Attachments, version)
	if merged.empty() && len(kept) == 0 {
		return nil, emptyMessage
	}
	loading := m.Loading()
	return d.change(m, !loading, func(next *Message) {
		next.Attachments = kept
		d.compose(next, &merged)
		next.Flags &^= FlagLoading
		if b.Flags != nil {
			next.Flags = next.Flags&^FlagSuppressEmbeds | b.flags()&FlagSuppressEmbeds
		}
		next.Flags |= b.flags() & FlagComponentsV2
	}), reply{}
}

func (c *call) deleteMessage() reply {
	ch, m, rep := c.message(0)
	if m == nil {
		return rep
	}
	if m.Author != c.d.bot && !c.d.permissions(c.d.bot, ch).Has(PermManageMessages) {
		if ch.guild == nil {
			return fail(http.StatusForbidden, 50003, "Cannot execute action on a DM channel")
		}
		return missingPerms
	}
	c.d.remove(m)
	return noContent()
}

func (c *call) bulkDelete() reply {
	ch, rep := c.channel(PermManageMessages)
	if ch == nil {
		return rep
	}
	ids, _ := c.obj["messages"].([]any)
	if len(ids) < 2 || len(ids) > 100 {
		return invalidForm("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.")
	}
	for _, id := range ids {
		text, _ := id.(string)
		if m := c.d.messages[text]; m != nil && m.Channel == ch {
			c.d.remove(m)
		}
	}
	return noContent()
}
