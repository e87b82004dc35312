package discordtest

import (
	"slices"
	"time"
)

// ChannelKind is Discord's channel type.
type ChannelKind int

// The kinds of channels that exist here.
const (
	KindText          ChannelKind = 0
	KindDM            ChannelKind = 1
	KindGroup         ChannelKind = 3
	KindNews          ChannelKind = 5
	KindNewsThread    ChannelKind = 10
	KindPublicThread  ChannelKind = 11
	KindPrivateThread ChannelKind = 12
	KindForum         ChannelKind = 15
)

// Thread reports whether the channel is a thread.
func (k ChannelKind) Thread() bool { return k >= KindNewsThread && k <= KindPrivateThread }

// Channel is a text channel, a thread, a forum or a direct channel.
type Channel struct {
	ID, Name string
	Kind     ChannelKind

	d          *Discord
	guild      *Guild
	parent     *Channel
	recipient  *User   // KindDM
	private    []*User // a conversation without the bot
	owner      *User   // threads
	starter    string
	topic      string
	created    time.Time
	overwrites map[string]overwrite
	messages   []string // ids, oldest first
	typing     map[string]time.Time
	joined     map[string]bool // thread members
	archived   bool
	locked     bool
	autoAfter  int // minutes
	slowmode   int
	archivedAt time.Time
	gone       bool
	changed    signal
}

// Guild is the channel's guild, nil for a direct channel.
func (c *Channel) Guild() *Guild { return c.guild }

// Parent is the channel that a thread belongs to, nil for other channels.
func (c *Channel) Parent() *Channel { return c.parent }

// Mention is the text that links to the channel.
func (c *Channel) Mention() string { return "<#" + c.ID + ">" }

// addChannel gives c an id, unless it has one, and a place.
func (d *Discord) addChannel(c *Channel) *Channel {
	set(&c.ID, d.newID())
	c.d, c.created, c.overwrites, c.typing, c.joined = d, d.opts.Clock.Now(), map[string]overwrite{}, map[string]time.Time{}, map[string]bool{}
	d.channels[c.ID] = c
	if c.guild != nil {
		c.guild.channels = append(c.guild.channels, c)
	}
	return c
}

// Threads returns the threads of the channel, oldest first.
func (c *Channel) Threads() []*Channel {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	var list []*Channel
	if c.guild == nil {
		return nil
	}
	for _, t := range c.guild.channels {
		if t.parent == c && !t.gone {
			list = append(list, t)
		}
	}
	return list
}

// Archives closes or reopens a thread, as its owner does in the client; locked ones reopen for moderators only.
func (c *Channel) Archives(archived, locked bool) {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.archived, c.locked, c.archivedAt = archived, locked, c.d.opts.Clock.Now()
	c.d.dispatchChannel("THREAD_UPDATE", c)
}

// Deletes removes the channel with its messages.
func (c *Channel) Deletes() {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	c.d.deleteChannel(c)
}

func (d *Discord) deleteChannel(c *Channel) {
	c.gone = true
	for _, id := range c.messages {
		delete(d.messages, id)
	}
	delete(d.channels, c.ID)
	name := "CHANNEL_DELETE"
	if c.Kind.Thread() {
		name = "THREAD_DELETE"
	}
	d.dispatchChannel(name, c)
	c.changed.fire()
}

// Typing returns the users who are typing now; the sign lasts ten seconds.
func (c *Channel) Typing() []*User {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	now := c.d.opts.Clock.Now()
	var who []*User
	for _, u := range c.d.users {
		if until, ok := c.typing[u.ID]; ok && now.Before(until) {
			who = append(who, u)
		}
	}
	return who
}

// Types shows that the user is typing.
func (u *User) Types(c *Channel) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.d.typing(u, c)
}

func (d *Discord) typing(u *User, c *Channel) {
	const lasts = 10 * time.Second // resources/channel, "Trigger Typing Indicator"
	now := d.opts.Clock.Now()
	c.typing[u.ID] = now.Add(lasts)
	data := object{"channel_id": c.ID, "user_id": u.ID, "timestamp": now.Unix()}
	intent := IntentDirectMessageTyping
	if c.guild != nil {
		intent = IntentGuildMessageTyping
		data["guild_id"] = c.guild.ID
		if m := c.guild.members[u.ID]; m != nil {
			data["member"] = m.full()
		}
	}
	d.dispatch(event{name: "TYPING_START", guild: c.guildID(), intents: intent, data: data})
	c.changed.fire()
	d.emit(Event{Kind: EventTyping, Channel: c, User: u})
}

func (c *Channel) guildID() string {
	if c.guild == nil {
		return ""
	}
	return c.guild.ID
}

// members reports whether u can see the channel.
func (c *Channel) seenBy(u *User) bool {
	if c.gone {
		return false
	}
	if c.private != nil {
		return slices.Contains(c.private, u)
	}
	if c.guild == nil {
		return u == c.recipient || u == c.d.bot
	}
	p := c.d.permissions(u, c)
	if c.Kind == KindPrivateThread && !c.joined[u.ID] {
		return p.Has(PermViewChannel | PermManageThreads)
	}
	return p.Has(PermViewChannel)
}

func (c *Channel) json() object {
	o := object{"id": c.ID, "type": int(c.Kind), "flags": 0, "last_message_id": nil}
	if n := len(c.messages); n > 0 {
		o["last_message_id"] = c.messages[n-1]
	}
	if c.private != nil {
		return merge(o, object{"recipients": usersJSON(c.private)})
	}
	if c.guild == nil {
		return merge(o, object{"recipients": []object{c.recipient.json()}})
	}
	merge(o, object{"guild_id": c.guild.ID, "name": c.Name, "nsfw": false, "rate_limit_per_user": c.slowmode, "parent_id": nil})
	if !c.Kind.Thread() {
		return merge(o, object{"topic": nilIfEmpty(c.topic), "position": slices.Index(c.guild.channels, c), "permission_overwrites": c.overwritesJSON()})
	}
	at := c.archivedAt
	if at.IsZero() {
		at = c.created
	}
	return merge(o, object{"parent_id": c.parent.ID, "owner_id": c.owner.ID, "message_count": len(c.messages), "member_count": len(c.joined),
		"total_message_sent": len(c.messages),
		"thread_metadata": object{"archived": c.archived, "auto_archive_duration": c.autoAfter, "archive_timestamp": stamp(at),
			"locked": c.locked, "invitable": true, "create_timestamp": stamp(c.created)}})
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
