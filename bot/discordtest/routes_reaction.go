package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func (c *call) addReaction() reply {
	_, m, rep := c.message(PermReadMessageHistory)
	if m == nil {
		return rep
	}
	emoji := c.params["emoji_name"]
	exists := slices.ContainsFunc(m.Reactions, func(r Reaction) bool { return r.Emoji == emoji })
	if !exists && !c.d.permissions(c.d.bot, m.Channel).Has(PermAddReactions) {
		return missingPerms
	}
	if !isEmoji(emoji) {
		return fail(http.StatusBadRequest, 10014, "Unknown Emoji")
	}
	c.d.react(c.d.bot, m, emoji)
	return noContent()
}

// isEmoji is a rough test: no ASCII text, except keycaps and name:id of custom emoji.
func isEmoji(s string) bool {
	if name, id, custom := strings.Cut(s, ":"); custom {
		_, err := strconv.ParseUint(id, 10, 64)
		return name != "" && err == nil
	}
	for _, r := range s {
		if r > 0x7f {
			return len(s) <= 64
		}
	}
	return false
}

func (c *call) removeOwnReaction() reply {
	_, m, rep := c.message(0)
	if m == nil {
		return rep
	}
	c.d.unreact(c.d.bot, m, c.params["emoji_name"])
	return noContent()
}

func (c *call) removeReaction() reply {
	_, m, rep := c.message(PermManageMessages)
	if m == nil {
		return rep
	}
	if u := c.d.userByID(c.params["user_id"]); u != nil {
		c.d.unreact(u, m, c.params["emoji_name"])
	}
	return noContent()
}

func (c *call) listReactions() reply {
	_, m, rep := c.message(PermReadMessageHistory)
	if m == nil {
		return rep
	}
	for _, r := range m.Reactions {
		if r.Emoji == c.params["emoji_name"] {
			return ok(usersJSON(r.Users))
		}
	}
	return ok([]object{})
}

// react adds a reaction, once per user and emoji.
func (d *Discord) react(u *User, m *Message, emoji string) {
	at := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Emoji == emoji })
	if at >= 0 && slices.Contains(m.Reactions[at].Users, u) {
		return
	}
	next := *m
	next.Reactions = slices.Clone(m.Reactions)
	if at < 0 {
		next.Reactions = append(next.Reactions, Reaction{Emoji: emoji, Users: []*User{u}})
	} else {
		next.Reactions[at].Users = append(slices.Clone(next.Reactions[at].Users), u)
	}
	d.reacted("MESSAGE_REACTION_ADD", u, &next, emoji)
}

func (d *Discord) unreact(u *User, m *Message, emoji string) {
	at := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Emoji == emoji && slices.Contains(r.Users, u) })
	if at < 0 {
		return
	}
	next := *m
	next.Reactions = slices.Clone(m.Reactions)
	next.Reactions[at].Users = slices.DeleteFunc(slices.Clone(m.Reactions[at].Users), func(other *User) bool { return other == u })
	if len(next.Reactions[at].Users) == 0 {
		next.Reactions = slices.Delete(next.Reactions, at, at+1)
	}
	d.reacted("MESSAGE_REACTION_REMOVE", u, &next, emoji)
}

func (d *Discord) reacted(name string, u *User, m *Message, emoji string) {
	d.messages[m.ID] = m
	data := object{"user_id": u.ID, "channel_id": m.Channel.ID, "message_id": m.ID, "message_author_id": m.Author.ID, "emoji": object{"id": nil, "name": emoji}, "burst": false, "type": 0}
	intent := IntentDirectMessageReactions
	if g := m.Channel.guild; g != nil {
		data["guild_id"], intent = g.ID, IntentGuildMessageReactions
		if member := g.members[u.ID]; member != nil && name == "MESSAGE_REACTION_ADD" {
			data["member"] = member.full()
		}
	}
	if m.VisibleTo == nil {
		d.dispatch(event{name: name, guild: m.Channel.guildID(), intents: intent, data: data})
	}
	m.Channel.changed.fire()
	d.emit(Event{Kind: EventReaction, Channel: m.Channel, User: u, Message: m, VisibleTo: m.VisibleTo})
}
