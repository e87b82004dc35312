package discordtest

import (
	"net/http"
	"slices"
)

// threadForm reads what is common to both ways of starting a thread.
func (c *call) threadForm() (name string, minutes int, rep reply) {
	var f formErrors
	name, _ = c.obj["name"].(string)
	f.length("name", name, 1, 100)
	minutes = 4320
	if given, has := number(c.obj["auto_archive_duration"]); has {
		minutes = given
		if !slices.Contains([]int{60, 1440, 4320, 10080}, minutes) {
			f.add("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.")
		}
	}
	if slow, has := number(c.obj["rate_limit_per_user"]); has && (slow < 0 || slow > 21600) {
		f.add("rate_limit_per_user", "NUMBER_TYPE_MAX", "int value should be between 0 and 21600.")
	}
	if f.bad() {
		rep = f.reply()
	}
	return name, minutes, rep
}

func (c *call) startThreadFromMessage() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	m := c.d.messages[c.params["message_id"]]
	switch {
	case m == nil || m.Channel != ch || m.VisibleTo != nil:
		return unknownMessage
	case ch.guild == nil || ch.Kind.Thread() || ch.Kind == KindForum:
		return fail(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case !c.d.permissions(c.d.bot, ch).Has(PermCreatePublicThreads):
		return missingPerms
	case m.Thread != nil:
		return fail(http.StatusBadRequest, 160004, "A thread has already been created for this message")
	}
	name, minutes, rep := c.threadForm()
	if rep.status != 0 {
		return rep
	}
	t := c.d.startThread(c.d.bot, ch, m, name, KindPublicThread, minutes)
	return reply{status: http.StatusCreated, body: t.json()}
}

// startThread opens a thread without a message, or a post in a forum.
func (c *call) startThread() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	kind := KindPrivateThread // the documented default
	if given, has := number(c.obj["type"]); has {
		kind = ChannelKind(given)
	}
	need := PermCreatePrivThreads
	if kind == KindPublicThread {
		need = PermCreatePublicThreads
	}
	if ch.Kind == KindForum {
		kind, need = KindPublicThread, PermSendMessages
	}
	switch {
	case ch.guild == nil || ch.Kind.Thread():
		return fail(http.StatusBadRequest, 50024, "Cannot execute action on this channel type")
	case !c.d.permissions(c.d.bot, ch).Has(need):
		return missingPerms
	}
	name, minutes, rep := c.threadForm()
	if rep.status != 0 {
		return rep
	}
	first, rep := c.forumPost(ch)
	if rep.status != 0 {
		return rep
	}
	t := c.d.startThread(c.d.bot, ch, nil, name, kind, minutes)
	body := t.json()
	if first != nil {
		m := c.d.compose(&Message{Channel: t, Author: c.d.bot}, first)
		body["message"] = c.d.add(m).json(false)
	}
	return reply{status: http.StatusCreated, body: body}
}

// forumPost reads the first message of a forum post, nil in other channels.
func (c *call) forumPost(ch *Channel) (*draft, reply) {
	if ch.Kind != KindForum {
		return nil, reply{}
	}
	o, _ := c.obj["message"].(object)
	if o == nil {
		return nil, invalidForm("message", "BASE_TYPE_REQUIRED", "This field is required")
	}
	b, rep := c.readDraft(o)
	if rep.status != 0 {
		return nil, rep
	}
	if rep := b.check(b.flags()&FlagComponentsV2 != 0); rep.status != 0 {
		return nil, rep
	}
	if b.empty() {
		return nil, emptyMessage
	}
	return b, reply{}
}

// startThread makes a thread; with a message the thread has the message's id.
func (d *Discord) startThread(by *User, parent *Channel, from *Message, name string, kind ChannelKind, minutes int) *Channel {
	t := &Channel{Name: name, Kind: kind, guild: parent.guild, parent: parent, owner: by, autoAfter: minutes}
	if from != nil {
		t.ID, t.starter = from.ID, from.ID
	}
	d.addChannel(t)
	t.joined[by.ID] = true
	if from != nil {
		d.change(d.messages[from.ID], false, func(m *Message) { m.Thread = t; m.Flags |= FlagHasThread })
	}
	d.dispatchChannel("THREAD_CREATE", t, object{"newly_created": true})
	d.changed.fire()
	d.emit(Event{Kind: EventThread, Channel: t, User: by})
	return t
}

func (c *call) joinThread() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	ch.joined[botID] = true
	return noContent()
}

func (c *call) leaveThread() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	delete(ch.joined, botID)
	return noContent()
}
