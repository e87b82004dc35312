package discordtest

import (
	"net/http"
	"strings"
)

// restRoutes is the API: templates as in Discord's OpenAPI description. Literal paths stand before those with parameters.
func (d *Discord) restRoutes() []route {
	const (
		channel  = "/channels/{channel_id}"
		message  = channel + "/messages/{message_id}"
		guild    = "/guilds/{guild_id}"
		app      = "/applications/{application_id}"
		webhook  = "/webhooks/{webhook_id}/{webhook_token}"
		reaction = message + "/reactions/{emoji_name}"
	)
	table := []struct {
		route  string
		open   bool
		handle func(*call) reply
	}{
		{"GET /gateway", true, (*call).getGateway},
		{"GET /gateway/bot", false, (*call).getGatewayBot},
		{"GET /users/@me", false, (*call).getMe},
		{"GET /users/@me/guilds", false, (*call).getMyGuilds},
		{"DELETE /users/@me/guilds/{guild_id}", false, (*call).leaveGuild},
		{"POST /users/@me/channels", false, (*call).openDM},
		{"GET /users/{user_id}", false, (*call).getUser},
		{"GET /applications/@me", false, (*call).getApplication},
		{"GET /oauth2/applications/@me", false, (*call).getApplication},
		{"GET " + guild, false, (*call).getGuild},
		{"GET " + guild + "/channels", false, (*call).getGuildChannels},
		{"GET " + guild + "/roles", false, (*call).getGuildRoles},
		{"GET " + guild + "/members/{user_id}", false, (*call).getMember},
		{"GET " + channel, false, (*call).getChannel},
		{"PATCH " + channel, false, (*call).editChannel},
		{"DELETE " + channel, false, (*call).deleteChannel},
		{"POST " + channel + "/typing", false, (*call).startTyping},
		{"GET " + channel + "/messages", false, (*call).listMessages},
		{"POST " + channel + "/messages", false, (*call).createMessage},
		{"POST " + channel + "/messages/bulk-delete", false, (*call).bulkDelete},
		{"GET " + message, false, (*call).getMessage},
		{"PATCH " + message, false, (*call).editMessage},
		{"DELETE " + message, false, (*call).deleteMessage},
		{"PUT " + reaction + "/@me", false, (*call).addReaction},
		{"DELETE " + reaction + "/@me", false, (*call).removeOwnReaction},
		{"DELETE " + reaction + "/{user_id}", false, (*call).removeReaction},
		{"GET " + reaction, false, (*call).listReactions},
		{"POST " + message + "/threads", false, (*call).startThreadFromMessage},
		{"POST " + channel + "/threads", false, (*call).startThread},
		{"PUT " + channel + "/thread-members/@me", false, (*call).joinThread},
		{"DELETE " + channel + "/thread-members/@me", false, (*call).leaveThread},
		{"GET " + app + "/commands", false, (*call).listCommands},
		{"PUT " + app + "/commands", false, (*call).overwriteCommands},
		{"POST " + app + "/commands", false, (*call).createCommand},
		{"GET " + app + "/commands/{command_id}", false, (*call).getCommand},
		{"PATCH " + app + "/commands/{command_id}", false, (*call).editCommand},
		{"DELETE " + app + "/commands/{command_id}", false, (*call).deleteCommand},
		{"GET " + app + guild + "/commands", false, (*call).listCommands},
		{"PUT " + app + guild + "/commands", false, (*call).overwriteCommands},
		{"POST " + app + guild + "/commands", false, (*call).createCommand},
		{"GET " + app + guild + "/commands/{command_id}", false, (*call).getCommand},
		{"PATCH " + app + guild + "/commands/{command_id}", false, (*call).editCommand},
		{"DELETE " + app + guild + "/commands/{command_id}", false, (*call).deleteCommand},
		{"POST /interactions/{interaction_id}/{interaction_token}/callback", true, (*call).respond},
		{"POST " + webhook, true, (*call).followUp},
		{"GET " + webhook + "/messages/@original", true, (*call).getResponse},
		{"PATCH " + webhook + "/messages/@original", true, (*call).editResponse},
		{"DELETE " + webhook + "/messages/@original", true, (*call).deleteResponse},
		{"GET " + webhook + "/messages/{message_id}", true, (*call).getResponse},
		{"PATCH " + webhook + "/messages/{message_id}", true, (*call).editResponse},
		{"DELETE " + webhook + "/messages/{message_id}", true, (*call).deleteResponse},
	}
	var routes []route
	for _, row := range table {
		method, template, _ := strings.Cut(row.route, " ")
		routes = append(routes, route{method, template, strings.Split(strings.Trim(template, "/"), "/"), row.open, row.handle})
	}
	return routes
}

func (c *call) getGateway() reply { return ok(object{"url": c.d.GatewayURL()}) }

func (c *call) getGatewayBot() reply {
	d := c.d
	return ok(object{"url": d.GatewayURL(), "shards": d.opts.Shards, "session_start_limit": object{
		"total": d.opts.SessionStarts, "remaining": max(d.opts.SessionStarts-d.gateway.starts, 0),
		"reset_after": d.gateway.resetAfter().Milliseconds(), "max_concurrency": max(d.opts.MaxConcurrency, 1)}})
}

func (c *call) getMe() reply {
	return ok(merge(c.d.bot.json(), object{"verified": true, "mfa_enabled": true, "locale": "en-US", "email": nil}))
}

func (c *call) getApplication() reply {
	d := c.d
	return ok(object{"id": applicationID, "name": d.bot.Name, "description": "", "icon": nil, "flags": d.applicationFlags(), "bot_public": true,
		"bot_require_code_grant": false, "verify_key": d.publicKeyHex(), "bot": d.bot.json(), "interactions_endpoint_url": d.endpointURL(),
		"approximate_guild_count": len(d.guilds)})
}

func (c *call) getMyGuilds() reply {
	list := []object{}
	for _, g := range c.d.guilds {
		if !g.gone {
			list = append(list, object{"id": g.ID, "name": g.Name, "owner": false, "permissions": g.members[botID].base().String(), "icon": nil, "features": []string{}})
		}
	}
	return ok(list)
}

func (c *call) leaveGuild() reply {
	g := c.d.guildByID(c.params["guild_id"])
	if g == nil {
		return unknownGuild
	}
	g.gone = true
	delete(g.members, botID)
	c.d.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intents: IntentGuilds, data: object{"id": g.ID}})
	return noContent()
}

func (c *call) getUser() reply {
	if u := c.d.userByID(c.params["user_id"]); u != nil {
		return ok(u.json())
	}
	return unknownUser
}

func (c *call) openDM() reply {
	id, _ := c.obj["recipient_id"].(string)
	u := c.d.userByID(id)
	if u == nil {
		return unknownUser
	}
	if u == c.d.bot || u.Bot {
		return fail(http.StatusBadRequest, 50007, "Cannot send messages to this user")
	}
	return ok(c.d.directChannel(u).json())
}

// guild finds the guild of the path.
func (c *call) guild() (*Guild, reply) {
	g := c.d.guildByID(c.params["guild_id"])
	if g == nil {
		return nil, missingAccess
	}
	return g, reply{}
}

func (c *call) getGuild() reply {
	g, rep := c.guild()
	if g == nil {
		return rep
	}
	return ok(g.restJSON())
}

func (c *call) getGuildChannels() reply {
	g, rep := c.guild()
	if g == nil {
		return rep
	}
	list := []object{}
	for _, ch := range g.channels {
		if !ch.gone && !ch.Kind.Thread() {
			list = append(list, ch.json())
		}
	}
	return ok(list)
}

func (c *call) getGuildRoles() reply {
	g, rep := c.guild()
	if g == nil {
		return rep
	}
	return ok(g.restJSON()["roles"])
}

func (c *call) getMember() reply {
	g, rep := c.guild()
	if g == nil {
		return rep
	}
	m := g.members[c.params["user_id"]]
	if m == nil {
		return fail(http.StatusNotFound, 10007, "Unknown Member")
	}
	return ok(m.full())
}
