package discordtest

import (
	"encoding/json"
)

// event is something to tell the bot.
type event struct {
	name    string
	guild   string  // "" goes to shard 0
	intents Intents // any of them is enough; 0 needs none
	data    any
	blank   any // what sessions without MESSAGE_CONTENT get; nil is data
}

// dispatch tells every session that is to hear of e; the lock is held.
func (d *Discord) dispatch(e event) {
	if d.gateway == nil || len(d.gateway.sessions) == 0 {
		return
	}
	var full, blank json.RawMessage
	now := d.opts.Clock.Now()
	for id, s := range d.gateway.sessions {
		if s.conn == nil && now.Sub(s.lost) > resumable {
			delete(d.gateway.sessions, id)
			continue
		}
		if shardOf(e.guild, s.shards) != s.shard || e.intents != 0 && s.intents&e.intents == 0 {
			continue
		}
		if e.blank != nil && s.intents&IntentMessageContent == 0 {
			s.dispatchRaw(e.name, encodeOnce(&blank, e.blank))
		} else {
			s.dispatchRaw(e.name, encodeOnce(&full, e.data))
		}
		s.trim(d.opts.Keep)
	}
}

func encodeOnce(raw *json.RawMessage, v any) json.RawMessage {
	if *raw == nil {
		data, err := json.Marshal(v)
		if err != nil {
			panic("discordtest: " + err.Error())
		}
		*raw = data
	}
	return *raw
}

// dispatchChannel tells of a channel or thread that the bot can see.
func (d *Discord) dispatchChannel(name string, c *Channel, extra ...object) {
	if c.guild == nil || d.gateway == nil || !d.permissions(d.bot, c).Has(PermViewChannel) {
		return
	}
	o := c.json()
	for _, more := range extra {
		merge(o, more)
	}
	d.dispatch(event{name: name, guild: c.guild.ID, intents: IntentGuilds, data: o})
}

// dispatchMessage tells of a message that the bot can see: not of ephemeral ones.
func (d *Discord) dispatchMessage(name string, m *Message) {
	c := m.Channel
	if m.VisibleTo != nil || !c.seenBy(d.bot) {
		return
	}
	extra := object{}
	intent := IntentDirectMessages
	if c.guild != nil {
		intent = IntentGuildMessages
		extra["guild_id"] = c.guild.ID
		if member := c.guild.members[m.Author.ID]; member != nil && !m.webhook {
			extra["member"] = member.json()
		}
	}
	extra["channel_type"] = int(c.Kind)
	e := event{name: name, guild: c.guildID(), intents: intent, data: merge(d.withReply(m, false, m.json(false)), extra)}
	if blank := d.blanked(m); blank || m.ReplyTo != "" {
		e.blank = merge(d.withReply(m, true, m.json(blank)), extra)
	}
	d.dispatch(e)
}
