package discordtest

import (
	"net/http"
	"slices"
)

// token finds the interaction of a webhook route, whose token must live and which must have been acknowledged.
func (c *call) token() (*Interaction, reply) {
	i := c.d.interactions[c.params["webhook_token"]]
	switch {
	case i == nil || c.params["webhook_id"] != applicationID:
		return nil, unknownWebhook
	case c.d.opts.Clock.Now().Sub(i.Created) > tokenLives:
		return nil, deadToken
	case i.acked.IsZero():
		return nil, unknownWebhook
	}
	return i, reply{}
}

// ownMessage finds the message of the path, which must belong to the token.
func (c *call) ownMessage() (*Interaction, *Message, reply) {
	i, rep := c.token()
	if i == nil {
		return nil, nil, rep
	}
	id, given := c.params["message_id"]
	if !given {
		id = i.original
	} else if id != i.original && !slices.Contains(i.followups, id) {
		return nil, nil, unknownMessage
	}
	m := c.d.messages[id]
	if m == nil {
		return nil, nil, unknownMessage
	}
	return i, m, reply{}
}

func (c *call) getResponse() reply {
	_, m, rep := c.ownMessage()
	if m == nil {
		return rep
	}
	return ok(m.json(false))
}

func (c *call) editResponse() reply {
	i, m, rep := c.ownMessage()
	if m == nil {
		return rep
	}
	return c.editOf(i, m, c.obj)
}

func (c *call) editOf(i *Interaction, m *Message, o object) reply {
	b, rep := c.readDraft(o)
	if rep.status != 0 {
		return rep
	}
	next, rep := c.d.edit(m, b, c.version)
	if rep.status != 0 {
		return rep
	}
	if m.ID == i.original {
		i.deferred = false
	}
	i.changed.fire()
	return ok(next.json(false))
}

func (c *call) deleteResponse() reply {
	i, m, rep := c.ownMessage()
	if m == nil {
		return rep
	}
	if m.ID == i.original {
		i.deferred = false
	}
	c.d.remove(m)
	return noContent()
}

// followUp sends another message; right after a defer it still edits the original (deprecated).
func (c *call) followUp() reply {
	i, rep := c.token()
	if i == nil {
		return rep
	}
	if m := c.d.messages[i.original]; i.deferred && m != nil {
		return c.editOf(i, m, c.obj)
	}
	if i.userOnly && len(i.followups) >= maxUserFollow {
		return fail(http.StatusBadRequest, 40094, "This interaction has reached the maximum number of follow-up messages.")
	}
	m, rep := i.newMessage(c, c.obj)
	if rep.status != 0 {
		return rep
	}
	i.followups = append(i.followups, m.ID)
	i.changed.fire()
	return ok(m.json(false))
}
