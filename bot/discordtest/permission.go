package discordtest

import (
	"maps"
	"slices"
	"strconv"
)

// Permissions is Discord's bit set (topics/permissions).
type Permissions int64

// The permissions that the local Discord looks at.
const (
	PermCreateInvite        Permissions = 1 << 0
	PermAdministrator       Permissions = 1 << 3
	PermManageChannels      Permissions = 1 << 4
	PermManageGuild         Permissions = 1 << 5
	PermAddReactions        Permissions = 1 << 6
	PermViewChannel         Permissions = 1 << 10
	PermSendMessages        Permissions = 1 << 11
	PermManageMessages      Permissions = 1 << 13
	PermEmbedLinks          Permissions = 1 << 14
	PermAttachFiles         Permissions = 1 << 15
	PermReadMessageHistory  Permissions = 1 << 16
	PermMentionEveryone     Permissions = 1 << 17
	PermUseExternalEmojis   Permissions = 1 << 18
	PermUseCommands         Permissions = 1 << 31
	PermManageThreads       Permissions = 1 << 34
	PermCreatePublicThreads Permissions = 1 << 35
	PermCreatePrivThreads   Permissions = 1 << 36
	PermSendInThreads       Permissions = 1 << 38
	PermUseExternalApps     Permissions = 1 << 50

	permAll Permissions = 1<<53 - 1
)

// PermBot is what an invite of a question-answering bot asks for, and what the bot's own role has in a new guild.
const PermBot = PermViewChannel | PermSendMessages | PermEmbedLinks | PermAttachFiles | PermReadMessageHistory |
	PermCreatePublicThreads | PermSendInThreads | PermAddReactions

// PermEveryone is what @everyone may do in a new guild, as in Discord.
const PermEveryone = PermCreateInvite | PermAddReactions | PermViewChannel | PermSendMessages | PermEmbedLinks | PermAttachFiles |
	PermReadMessageHistory | PermMentionEveryone | PermUseExternalEmojis | PermUseCommands | PermCreatePublicThreads |
	PermCreatePrivThreads | PermSendInThreads | PermUseExternalApps

const permDM = PermViewChannel | PermSendMessages | PermEmbedLinks | PermAttachFiles | PermReadMessageHistory |
	PermAddReactions | PermUseCommands | PermUseExternalEmojis | PermMentionEveryone | PermUseExternalApps

// Has reports whether every bit of want is set; Administrator has them all.
func (p Permissions) Has(want Permissions) bool {
	return p&PermAdministrator != 0 || p&want == want
}

func (p Permissions) String() string { return strconv.FormatInt(int64(p), 10) }

// Overwrite is what a channel allows or denies to one role or member.
type overwrite struct {
	id          string
	member      bool
	allow, deny Permissions
}

// Role is a role of a guild.
type Role struct {
	ID, Name string
	guild    *Guild
	perms    Permissions
	position int
	managed  bool
}

// Set replaces the role's permissions.
func (r *Role) Set(p Permissions) *Role {
	r.guild.d.mu.Lock()
	defer r.guild.d.mu.Unlock()
	r.perms = p
	r.guild.d.dispatch(event{name: "GUILD_ROLE_UPDATE", guild: r.guild.ID, intents: IntentGuilds, data: object{"guild_id": r.guild.ID, "role": r.json()}})
	return r
}

func (r *Role) json() object {
	return object{"id": r.ID, "name": r.Name, "permissions": r.perms.String(), "position": r.position, "color": 0,
		"colors": object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist":  false, "managed": r.managed, "mentionable": false, "flags": 0}
}

// permissions computes what u may do in c (topics/permissions, "Permission Overwrites"). A thread has its parent's.
func (d *Discord) permissions(u *User, c *Channel) Permissions {
	if c.guild == nil {
		return permDM
	}
	m := c.guild.members[u.ID]
	if m == nil {
		return 0
	}
	p := m.base()
	if p&PermAdministrator != 0 {
		return permAll
	}
	at := c
	if c.parent != nil && c.Kind.Thread() {
		at = c.parent
	}
	return at.apply(p, m)
}

// base is what a member may do in the guild as a whole.
func (m *Member) base() Permissions {
	g := m.guild
	if g.owner == m.User {
		return permAll
	}
	p := g.everyone.perms
	for _, r := range m.roles {
		p |= r.perms
	}
	if p&PermAdministrator != 0 {
		return permAll
	}
	return p
}

func (c *Channel) apply(p Permissions, m *Member) Permissions {
	if o, ok := c.overwrites[c.guild.everyone.ID]; ok {
		p = p&^o.deny | o.allow
	}
	var allow, deny Permissions
	for _, r := range m.roles {
		if o, ok := c.overwrites[r.ID]; ok && r != c.guild.everyone {
			allow, deny = allow|o.allow, deny|o.deny
		}
	}
	p = p&^deny | allow
	if o, ok := c.overwrites[m.ID]; ok {
		p = p&^o.deny | o.allow
	}
	if p&PermViewChannel == 0 {
		return 0
	}
	if !c.Kind.Thread() && p&PermSendMessages == 0 { // implicit denials; topics/permissions
		p &^= PermMentionEveryone | PermAttachFiles | PermEmbedLinks
	}
	return p
}

// Allow gives who (a *Role, *Member or *User) permissions in the channel, whatever the roles say.
func (c *Channel) Allow(who any, p Permissions) *Channel { return c.overwrite(who, p, 0) }

// Deny takes permissions in the channel from who (a *Role, *Member or *User).
func (c *Channel) Deny(who any, p Permissions) *Channel { return c.overwrite(who, 0, p) }

func (c *Channel) overwrite(who any, allow, deny Permissions) *Channel {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	var o overwrite
	switch who := who.(type) {
	case *Role:
		o.id = who.ID
	case *Member:
		o.id, o.member = who.ID, true
	case *User:
		o.id, o.member = who.ID, true
	default:
		panic("discordtest: permissions belong to a *Role, *Member or *User")
	}
	old := c.overwrites[o.id]
	o.allow, o.deny = old.allow&^deny|allow, old.deny&^allow|deny
	c.overwrites[o.id] = o
	c.d.dispatchChannel("CHANNEL_UPDATE", c)
	return c
}

func (c *Channel) overwritesJSON() []object {
	list := []object{}
	for _, id := range slices.Sorted(maps.Keys(c.overwrites)) {
		o := c.overwrites[id]
		kind := 0
		if o.member {
			kind = 1
		}
		list = append(list, object{"id": id, "type": kind, "allow": o.allow.String(), "deny": o.deny.String()})
	}
	return list
}
