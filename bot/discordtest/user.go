package discordtest

import "slices"

// User is a person or a bot. What users do is in the methods of User: they speak, click, type commands.
type User struct {
	ID, Name string
	Bot      bool

	d      *Discord
	locale string
	noDM   bool
	dm     *Channel
	app    bool // has installed the bot's application for themselves
}

// User returns the person of that name, who is in no guild yet; the first call makes them.
func (d *Discord) User(name string) *User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.user(name, false)
}

// OtherBot returns another bot of that name.
func (d *Discord) OtherBot(name string) *User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.user(name, true)
}

// Users returns everybody, the bot first, then in the order of arrival.
func (d *Discord) Users() []*User {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.users)
}

func (d *Discord) user(name string, bot bool) *User {
	for _, u := range d.users {
		if u.Name == name && u.Bot == bot {
			return u
		}
	}
	u := &User{ID: d.newID(), Name: name, Bot: bot, d: d, locale: "en-US"}
	d.users = append(d.users, u)
	return u
}

func (d *Discord) userByID(id string) *User {
	for _, u := range d.users {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// Speaks sets the language of the user's client, such as "es-ES"; interactions carry it. The default is en-US.
func (u *User) Speaks(locale string) *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.locale = locale
	return u
}

// Locale is the language of the user's client.
func (u *User) Locale() string {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	return u.locale
}

// RefusesDMs makes the bot's attempts to write to the user end in 50007.
func (u *User) RefusesDMs() *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.noDM = true
	return u
}

// Installs installs the bot's application for the user, so that its commands work where the bot is not a member.
func (u *User) Installs() *User {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	u.app = true
	return u
}

// Mention is the text that mentions the user.
func (u *User) Mention() string { return "<@" + u.ID + ">" }

// DM is the channel between the user and the bot.
func (u *User) DM() *Channel {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	return u.d.directChannel(u)
}

func (d *Discord) directChannel(u *User) *Channel {
	if u.dm == nil {
		u.dm = d.addChannel(&Channel{Name: u.Name, Kind: KindDM, recipient: u})
	}
	return u.dm
}

func (u *User) json() object {
	return object{"id": u.ID, "username": u.Name, "global_name": u.Name, "discriminator": "0", "avatar": nil, "bot": u.Bot,
		"public_flags": 0, "flags": 0}
}

// Member is a user in a guild.
type Member struct {
	*User
	guild *Guild
	roles []*Role
	nick  string
}

// Guild is where the member is one.
func (m *Member) Guild() *Guild { return m.guild }

// Give adds roles to the member.
func (m *Member) Give(roles ...*Role) *Member {
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	for _, r := range roles {
		if !slices.Contains(m.roles, r) {
			m.roles = append(m.roles, r)
		}
	}
	return m
}

// Take removes roles from the member.
func (m *Member) Take(roles ...*Role) *Member {
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	m.roles = slices.DeleteFunc(m.roles, func(r *Role) bool { return slices.Contains(roles, r) })
	return m
}

// Nick sets the member's name in the guild.
func (m *Member) Nick(name string) *Member {
	m.d.mu.Lock()
	defer m.d.mu.Unlock()
	m.nick = name
	return m
}

// json is the member without its user, as in MESSAGE_CREATE; Discord calls it partial.
func (m *Member) json() object {
	roles := []string{}
	for _, r := range m.roles {
		roles = append(roles, r.ID)
	}
	o := object{"roles": roles, "joined_at": stamp(m.guild.created), "deaf": false, "mute": false, "flags": 0, "pending": false,
		"avatar": nil, "premium_since": nil, "communication_disabled_until": nil, "nick": nil}
	if m.nick != "" {
		o["nick"] = m.nick
	}
	return o
}

func (m *Member) full() object {
	o := m.json()
	o["user"] = m.User.json()
	return o
}
