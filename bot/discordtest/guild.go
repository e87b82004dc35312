package discordtest

import (
	"maps"
	"slices"
	"time"
)

// Guild is a Discord server that the bot is a member of (until Kicks).
type Guild struct {
	ID, Name string

	d           *Discord
	created     time.Time
	owner       *User
	locale      string
	everyone    *Role
	botRole     *Role
	roles       []*Role
	members     map[string]*Member
	order       []*Member
	channels    []*Channel
	unavailable bool
	gone        bool // the bot is no longer in it
}

// Guild returns the guild of that name; the first call makes it, with an owner, a channel #general and the bot in it.
// Guilds made one after another belong to successive shards.
func (d *Discord) Guild(name string) *Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, g := range d.guilds {
		if g.Name == name {
			return g
		}
	}
	g := &Guild{ID: d.ids.guild(), Name: name, d: d, created: d.opts.Clock.Now(), locale: "en-US", members: map[string]*Member{}}
	g.everyone = &Role{ID: g.ID, Name: "@everyone", guild: g, perms: PermEveryone}
	g.botRole = &Role{ID: d.newID(), Name: d.bot.Name, guild: g, perms: PermBot, position: 1, managed: true}
	g.roles = []*Role{g.everyone, g.botRole}
	g.owner = d.user("owner of "+name, false)
	g.join(g.owner)
	g.join(d.bot).roles = []*Role{g.botRole}
	d.guilds = append(d.guilds, g)
	g.channel("general", KindText)
	d.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intents: IntentGuilds, data: g.json()})
	return g
}

// Guilds returns the guilds in the order in which they were made.
func (d *Discord) Guilds() []*Guild {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.guilds)
}

func (d *Discord) guildByID(id string) *Guild {
	for _, g := range d.guilds {
		if g.ID == id && !g.gone {
			return g
		}
	}
	return nil
}

// Member returns the person of that name as a member; the first call lets them join.
func (g *Guild) Member(name string) *Member {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.join(g.d.user(name, false))
}

// Joins makes any user, another bot too, a member.
func (g *Guild) Joins(u *User) *Member {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.join(u)
}

func (g *Guild) join(u *User) *Member {
	m := g.members[u.ID]
	if m == nil {
		m = &Member{User: u, guild: g}
		g.members[u.ID] = m
		g.order = append(g.order, m)
		g.d.dispatch(event{name: "GUILD_MEMBER_ADD", guild: g.ID, intents: IntentGuildMembers, data: merge(m.full(), object{"guild_id": g.ID})})
	}
	return m
}

// Role returns the role of that name with these permissions; the first call makes it.
func (g *Guild) Role(name string, p Permissions) *Role {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for _, r := range g.roles {
		if r.Name == name {
			return r
		}
	}
	r := &Role{ID: g.d.newID(), Name: name, guild: g, perms: p, position: len(g.roles)}
	g.roles = append(g.roles, r)
	g.d.dispatch(event{name: "GUILD_ROLE_CREATE", guild: g.ID, intents: IntentGuilds, data: object{"guild_id": g.ID, "role": r.json()}})
	return r
}

// Everyone is the role that every member has.
func (g *Guild) Everyone() *Role { return g.everyone }

// BotRole is the bot's own role; set its permissions to see what the bot does without them.
func (g *Guild) BotRole() *Role { return g.botRole }

// Owner is the guild's owner, who may do everything.
func (g *Guild) Owner() *Member {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.members[g.owner.ID]
}

// Speaks sets the guild's preferred locale; the default is en-US.
func (g *Guild) Speaks(locale string) *Guild {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.locale = locale
	return g
}

// Channel returns the text channel of that name; the first call makes it.
func (g *Guild) Channel(name string) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.channel(name, KindText)
}

// Forum returns the forum channel of that name; the first call makes it.
func (g *Guild) Forum(name string) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return g.channel(name, KindForum)
}

// Channels returns the guild's channels and threads in the order in which they were made.
func (g *Guild) Channels() []*Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return slices.Clone(g.channels)
}

func (g *Guild) channel(name string, kind ChannelKind) *Channel {
	for _, c := range g.channels {
		if c.Name == name && c.Kind == kind && !c.gone {
			return c
		}
	}
	c := g.d.addChannel(&Channel{ID: g.d.ids.channel(), Name: name, Kind: kind, guild: g})
	g.d.dispatchChannel("CHANNEL_CREATE", c)
	return c
}

// Kicks removes the bot from the guild: GUILD_DELETE, and 50001 from then on.
func (g *Guild) Kicks() {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.gone = true
	delete(g.members, g.d.bot.ID)
	g.d.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intents: IntentGuilds, data: object{"id": g.ID}})
}

// Outage makes the guild unavailable, or available again: GUILD_DELETE with unavailable, later GUILD_CREATE.
func (g *Guild) Outage(on bool) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.unavailable = on
	if on {
		g.d.dispatch(event{name: "GUILD_DELETE", guild: g.ID, intents: IntentGuilds, data: object{"id": g.ID, "unavailable": true}})
		return
	}
	g.d.dispatch(event{name: "GUILD_CREATE", guild: g.ID, intents: IntentGuilds, data: g.json()})
}

// restJSON is the guild as GET /guilds/{id} tells it.
func (g *Guild) restJSON() object {
	roles := []object{}
	for _, r := range g.roles {
		roles = append(roles, r.json())
	}
	return object{"id": g.ID, "name": g.Name, "owner_id": g.owner.ID, "preferred_locale": g.locale, "roles": roles,
		"icon": nil, "description": nil, "features": []string{}, "emojis": []string{}, "stickers": []string{},
		"afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
		"mfa_level": 0, "system_channel_flags": 0, "premium_tier": 0, "nsfw_level": 0, "premium_progress_bar_enabled": false}
}

// json is the guild as GUILD_CREATE tells it.
func (g *Guild) json() object {
	channels, threads, members := []object{}, []object{}, []object{}
	for _, c := range g.channels {
		switch {
		case c.gone || c.archived || !g.d.permissions(g.d.bot, c).Has(PermViewChannel):
		case c.Kind.Thread():
			threads = append(threads, c.json())
		default:
			channels = append(channels, c.json())
		}
	}
	for _, m := range g.order {
		if g.members[m.ID] != nil && (m.User == g.d.bot || len(g.order) < 50) {
			members = append(members, m.full())
		}
	}
	return merge(g.restJSON(), object{"joined_at": stamp(g.created), "large": false, "unavailable": false, "member_count": len(g.order),
		"channels": channels, "threads": threads, "members": members, "presences": []object{}, "voice_states": []object{},
		"stage_instances": []object{}, "guild_scheduled_events": []object{}, "soundboard_sounds": []object{}})
}

// object is a JSON object.
type object = map[string]any

func merge(into, from object) object {
	maps.Copy(into, from)
	return into
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }
