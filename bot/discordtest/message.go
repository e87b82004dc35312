package discordtest

import (
	"encoding/json"
	"slices"
	"time"
)

// Flags are message flags (resources/message).
type Flags int

// The flags that exist here.
const (
	FlagSuppressEmbeds        Flags = 1 << 2
	FlagHasThread             Flags = 1 << 5
	FlagEphemeral             Flags = 1 << 6
	FlagLoading               Flags = 1 << 7 // "thinking…"
	FlagSuppressNotifications Flags = 1 << 12
	FlagVoice                 Flags = 1 << 13
	FlagComponentsV2          Flags = 1 << 15
)

// Message types (resources/message).
const (
	TypeDefault       = 0
	TypeThreadCreated = 18
	TypeReply         = 19
	TypeChatInput     = 20
	TypeThreadStarter = 21
	TypeContextMenu   = 23
)

// Message is one message as it stood when it was asked for: it never changes, so it may be read without care. A later
// state is a new value; see [Discord.Message].
type Message struct {
	ID      string
	Channel *Channel
	Author  *User
	Type    int
	Content string
	Flags   Flags
	Nonce   string
	Created time.Time
	Edited  time.Time // zero if never

	Embeds      []Embed
	Components  []Component
	Attachments []Attachment
	Reactions   []Reaction

	// Mentions are the users whom the message pings, MentionRoles the roles (ids); a mention that allowed_mentions forbids is in neither.
	Mentions        []*User
	MentionRoles    []string
	MentionEveryone bool

	// ReplyTo is the message that this one answers, "" if none.
	ReplyTo string
	// VisibleTo is the only one who sees an ephemeral message, nil for ordinary ones.
	VisibleTo *User
	// Interaction is what a response responds to, nil for ordinary messages.
	Interaction *Interaction
	// Thread is the thread that was started from the message.
	Thread *Channel
	// Versions are the earlier states, oldest first (at most the last 50).
	Versions []Version
	Deleted  bool

	rawEmbeds, rawComponents []any
	webhook                  bool
	foreign                  bool // of a webhook that is not ours
	addressed                bool // the text mentions the bot
	pinged                   bool // a reply that pings the author replied to
}

// Version is an earlier state of a message, until At.
type Version struct {
	Content    string
	Components []Component
	Flags      Flags
	At         time.Time
}

// Embed is the part of an embed that has words and links.
type Embed struct {
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Author      EmbedName    `json:"author,omitzero"`
	Footer      EmbedName    `json:"footer,omitzero"`
	Fields      []EmbedField `json:"fields,omitempty"`
	Image       EmbedMedia   `json:"image,omitzero"`
	Thumbnail   EmbedMedia   `json:"thumbnail,omitzero"`
}

// EmbedField is a name and a value.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline"`
}

// EmbedName is the author (Name, URL) or the footer (Text) of an embed.
type EmbedName struct {
	Name string `json:"name,omitempty"`
	Text string `json:"text,omitempty"`
	URL  string `json:"url,omitempty"`
}

// EmbedMedia is a picture or file by its address.
type EmbedMedia struct {
	URL string `json:"url"`
}

// Attachment is a file of a message. Data is its content.
type Attachment struct {
	ID, Name, Description, ContentType, URL string
	Data                                    []byte
}

// Reaction is an emoji and those who reacted with it, in order.
type Reaction struct {
	Emoji string
	Users []*User
}

// Message returns the present state of a message, nil when there is none (any more).
func (d *Discord) Message(id string) *Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.messages[id]
}

// Now returns the present state of m; a deleted message has Deleted set.
func (m *Message) Now() *Message {
	now := m.Channel.d.Message(m.ID)
	if now == nil {
		gone := *m
		gone.Deleted = true
		return &gone
	}
	return now
}

// Ephemeral reports whether only one user sees the message.
func (m *Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// Loading reports whether the message still shows "thinking…".
func (m *Message) Loading() bool { return m.Flags&FlagLoading != 0 }

// Pings reports whether the message notifies anybody.
func (m *Message) Pings() bool {
	return len(m.Mentions) > 0 || len(m.MentionRoles) > 0 || m.MentionEveryone
}

// Link is the address of the message in the client.
func (m *Message) Link() string {
	guild := m.Channel.guildID()
	set(&guild, "@me")
	return "https://discord.com/channels/" + guild + "/" + m.Channel.ID + "/" + m.ID
}

func (m *Message) seenBy(u *User) bool {
	return (m.VisibleTo == nil || m.VisibleTo == u || u == nil) && (u == nil || m.Channel.seenBy(u))
}

// add stores a new message and tells everybody. m has everything but ID and Created.
func (d *Discord) add(m *Message) *Message {
	m.ID, m.Created = d.newID(), d.opts.Clock.Now()
	c := m.Channel
	d.messages[m.ID] = m
	c.messages = append(c.messages, m.ID)
	if extra := len(c.messages) - d.opts.Keep; extra > d.opts.Keep/4 {
		for _, id := range c.messages[:extra] {
			delete(d.messages, id)
		}
		c.messages = slices.Clone(c.messages[extra:])
	}
	delete(c.typing, m.Author.ID)
	if c.Kind.Thread() {
		if c.archived && !c.locked {
			c.archived = false
			d.dispatchChannel("THREAD_UPDATE", c)
		}
		c.joined[m.Author.ID] = true
	}
	d.dispatchMessage("MESSAGE_CREATE", m)
	c.changed.fire()
	d.emit(Event{Kind: EventMessageCreate, Channel: c, User: m.Author, Message: m, VisibleTo: m.VisibleTo})
	return m
}

// change replaces a message by what alter makes of a copy, and tells everybody. counts says whether readers see "edited".
func (d *Discord) change(m *Message, counts bool, alter func(*Message)) *Message {
	next := *m
	if counts {
		next.Versions = append(slices.Clone(m.Versions), Version{Content: m.Content, Components: m.Components, Flags: m.Flags, At: d.opts.Clock.Now()})
		if len(next.Versions) > 50 {
			next.Versions = next.Versions[1:]
		}
		next.Edited = d.opts.Clock.Now()
	}
	alter(&next)
	d.messages[m.ID] = &next
	d.dispatchMessage("MESSAGE_UPDATE", &next)
	m.Channel.changed.fire()
	if next.Interaction != nil {
		next.Interaction.changed.fire()
	}
	d.emit(Event{Kind: EventMessageUpdate, Channel: m.Channel, User: m.Author, Message: &next, VisibleTo: m.VisibleTo})
	return &next
}

// remove deletes a message and tells everybody.
func (d *Discord) remove(m *Message) {
	delete(d.messages, m.ID)
	c := m.Channel
	c.messages = slices.DeleteFunc(slices.Clone(c.messages), func(id string) bool { return id == m.ID })
	if m.VisibleTo == nil {
		data := object{"id": m.ID, "channel_id": c.ID}
		intent := IntentDirectMessages
		if c.guild != nil {
			data["guild_id"], intent = c.guild.ID, IntentGuildMessages
		}
		d.dispatch(event{name: "MESSAGE_DELETE", guild: c.guildID(), intents: intent, data: data})
	}
	c.changed.fire()
	if m.Interaction != nil {
		m.Interaction.changed.fire()
	}
	gone := *m
	gone.Deleted = true
	d.emit(Event{Kind: EventMessageDelete, Channel: c, User: m.Author, Message: &gone, VisibleTo: m.VisibleTo})
}

// json is the message as the API tells it; blank leaves out what needs the MESSAGE_CONTENT intent.
func (m *Message) json(blank bool) object {
	o := object{"id": m.ID, "channel_id": m.Channel.ID, "type": m.Type, "content": m.Content, "author": m.Author.json(), "timestamp": stamp(m.Created),
		"edited_timestamp": nil, "tts": false, "mention_everyone": m.MentionEveryone, "mentions": usersJSON(m.Mentions), "mention_roles": nonNil(m.MentionRoles),
		"embeds": nonNil(m.rawEmbeds), "components": nonNil(m.rawComponents), "attachments": m.attachmentsJSON(), "flags": int(m.Flags), "pinned": false}
	if !m.Edited.IsZero() {
		o["edited_timestamp"] = stamp(m.Edited)
	}
	if m.Nonce != "" {
		o["nonce"] = m.Nonce
	}
	if len(m.Reactions) > 0 {
		o["reactions"] = m.reactionsJSON()
	}
	if m.webhook {
		o["webhook_id"], o["application_id"] = applicationID, applicationID
	}
	if m.foreign {
		o["webhook_id"] = m.Author.ID
	}
	if m.Interaction != nil {
		merge(o, m.Interaction.metadata())
	}
	if m.Thread != nil {
		o["thread"] = m.Thread.json()
	}
	if blank {
		o["content"], o["embeds"], o["components"], o["attachments"] = "", []any{}, []any{}, []any{}
	}
	return o
}

func (m *Message) attachmentsJSON() []object {
	list := []object{}
	for _, a := range m.Attachments {
		o := object{"id": a.ID, "filename": a.Name, "size": len(a.Data), "url": a.URL, "proxy_url": a.URL, "content_type": a.ContentType}
		if a.Description != "" {
			o["description"] = a.Description
		}
		list = append(list, o)
	}
	return list
}

func (m *Message) reactionsJSON() []object {
	list := []object{}
	for _, r := range m.Reactions {
		list = append(list, object{"count": len(r.Users), "me": slices.Contains(r.Users, m.Channel.d.bot), "emoji": object{"id": nil, "name": r.Emoji},
			"count_details": object{"burst": 0, "normal": len(r.Users)}, "me_burst": false, "burst_colors": []string{}})
	}
	return list
}

// withReply adds message_reference and the message replied to, as the API and MESSAGE_CREATE do.
func (d *Discord) withReply(m *Message, blank bool, o object) object {
	if m.ReplyTo == "" {
		return o
	}
	ref := object{"type": 0, "channel_id": m.Channel.ID, "message_id": m.ReplyTo}
	if m.Channel.guild != nil {
		ref["guild_id"] = m.Channel.guild.ID
	}
	o["message_reference"], o["referenced_message"] = ref, nil
	if to := d.messages[m.ReplyTo]; to != nil {
		o["referenced_message"] = to.json(blank && d.blanked(to))
	}
	return o
}

func usersJSON(list []*User) []object {
	out := []object{}
	for _, u := range list {
		out = append(out, u.json())
	}
	return out
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// retype turns decoded JSON into a typed value, and reports whether it fits.
func retype(from, into any) error {
	raw, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}
