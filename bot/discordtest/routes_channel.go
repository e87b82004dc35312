package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// channel finds the channel of the path, which the bot must see and have the permissions for.
func (c *call) channel(need Permissions) (*Channel, reply) {
	ch := c.d.channels[c.params["channel_id"]]
	switch {
	case ch == nil || ch.gone:
		return nil, unknownChannel
	case ch.guild != nil && ch.guild.gone || !ch.seenBy(c.d.bot):
		return nil, missingAccess
	case !c.d.permissions(c.d.bot, ch).Has(need):
		return nil, missingPerms
	}
	return ch, reply{}
}

func (c *call) getChannel() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	return ok(ch.json())
}

// editChannel changes a thread's name and state, or a channel's name and topic.
func (c *call) editChannel() reply {
	ch, rep := c.channel(0)
	if ch == nil {
		return rep
	}
	if rep := c.mayEdit(ch); rep.status != 0 {
		return rep
	}
	var f formErrors
	if name, given := c.obj["name"].(string); given {
		f.length("name", name, 1, 100)
		if !f.bad() {
			ch.Name = name
		}
	}
	if f.bad() {
		return f.reply()
	}
	if topic, given := c.obj["topic"].(string); given {
		ch.topic = topic
	}
	if archived, given := c.obj["archived"].(bool); given {
		ch.archived, ch.archivedAt = archived, c.d.opts.Clock.Now()
	}
	if locked, given := c.obj["locked"].(bool); given {
		ch.locked = locked
	}
	if minutes, given := number(c.obj["auto_archive_duration"]); given {
		ch.autoAfter = minutes
	}
	name := "CHANNEL_UPDATE"
	if ch.Kind.Thread() {
		name = "THREAD_UPDATE"
	}
	c.d.dispatchChannel(name, ch)
	c.d.emit(Event{Kind: EventThread, Channel: ch})
	return ok(ch.json())
}

func (c *call) mayEdit(ch *Channel) reply {
	p := c.d.permissions(c.d.bot, ch)
	if !ch.Kind.Thread() {
		if !p.Has(PermManageChannels) {
			return missingPerms
		}
		return reply{}
	}
	moderator := p.Has(PermManageThreads)
	if ch.owner != c.d.bot && !moderator {
		return missingPerms
	}
	if reopen, given := c.obj["archived"].(bool); ch.archived && !(given && !reopen) {
		return fail(http.StatusBadRequest, 50083, "Thread is archived")
	}
	if ch.locked && !moderator {
		return missingPerms
	}
	return reply{}
}

func (c *call) deleteChannel() reply {
	need := PermManageChannels
	if ch := c.d.channels[c.params["channel_id"]]; ch != nil && ch.Kind.Thread() {
		need = PermManageThreads
	}
	ch, rep := c.channel(need)
	if ch == nil {
		return rep
	}
	c.d.deleteChannel(ch)
	return ok(ch.json())
}

func (c *call) startTyping() reply {
	ch, rep := c.channel(c.sendPermission())
	if ch == nil {
		return rep
	}
	c.d.typing(c.d.bot, ch)
	return noContent()
}

// sendPermission is what writing in the path's channel needs; SEND_MESSAGES has no effect in threads.
func (c *call) sendPermission() Permissions {
	if ch := c.d.channels[c.params["channel_id"]]; ch != nil && ch.Kind.Thread() {
		return PermSendInThreads
	}
	return PermSendMessages
}

func number(v any) (int, bool) {
	n, isNumber := v.(json.Number)
	if !isNumber {
		return 0, false
	}
	i, err := strconv.Atoi(n.String())
	return i, err == nil
}
