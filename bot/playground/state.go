package playground

// state is everything that a person sees.
type state struct {
	Person    selfView                 `json:"person"`
	Bot       personView               `json:"bot"`
	Guild     string                   `json:"guild"`
	Connected bool                     `json:"connected"`
	Channels  []channelView            `json:"channels"`
	People    []personView             `json:"people"`
	Messages  map[string][]messageView `json:"messages"`
	Commands  []commandView            `json:"commands"`
}

// maxShown is how many messages of a channel a page gets; older ones are not shown.
const maxShown = 200

func (h *hub) state(who session) state {
	p := h.page
	s := state{
		Person: selfOf(who), Bot: personOf(p.discord.Bot()), Guild: p.guild.Name,
		Messages: map[string][]messageView{}, Commands: p.commandsFor(who),
	}
	h.mu.Lock()
	s.Connected = h.connected
	for _, u := range p.discord.Users() {
		if u != p.guild.Owner().User {
			h.known[u.ID] = true
			s.People = append(s.People, personOf(u))
		}
	}
	h.mu.Unlock()
	for _, c := range append(p.guild.Channels(), who.user.DM()) {
		s.Channels = append(s.Channels, p.channelOf(c))
		list := c.Messages(who.user)
		views := []messageView{}
		for _, m := range list[max(0, len(list)-maxShown):] {
			views = append(views, p.messageOf(m, who.user))
		}
		s.Messages[c.ID] = views
	}
	return s
}

func selfOf(who session) selfView {
	return selfView{personView: personOf(who.user), Locale: who.locale, Admin: who.admin}
}
