package playground

import (
	"maps"
	"slices"
	"sync"

	"enlace/bot/discordtest"
)

// Kinds of events, as the page knows them.
const (
	onState    = "state"    // everything that the person sees; what came before does not count any more
	onMessage  = "message"  // a message is new, or different
	onGone     = "gone"     // a message was deleted
	onTyping   = "typing"   // somebody types
	onChannel  = "channel"  // a channel or thread is new
	onPerson   = "person"   // somebody is new
	onCommands = "commands" // the commands are different
	onUse      = "use"      // what came of a use: acknowledged, or not in time
	onModal    = "modal"    // a form for the person
	onTrace    = "trace"    // it can be looked up how an answer came about
	onBot      = "bot"      // the bot is there, or not
)

// hub tells the tabs what happens, each what its person sees, in order. It is safe for concurrent use.
type hub struct {
	page *Playground

	mu        sync.Mutex
	streams   map[*stream]bool
	connected bool
	closed    bool
	known     map[string]bool // people, by id
}

func newHub(p *Playground) *hub {
	return &hub{page: p, streams: map[*stream]bool{}, known: map[string]bool{}, connected: len(p.discord.Commands(nil)) > 0}
}

// join opens a stream; nil where there are too many.
func (h *hub) join(token string) *stream {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || len(h.streams) >= maxStreams {
		return nil
	}
	s := &stream{token: token, frames: make(chan frame, waitingFrames), gone: make(chan struct{})}
	h.streams[s] = true
	return s
}

func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.streams, s)
	s.end()
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for s := range h.streams {
		s.end()
	}
}

// send gives every tab the frame that is made for its person, if any. A tab that does not take them loses its stream: it comes back, and
// gets everything anew.
func (h *hub) send(frameFor func(who session) (frame, bool)) {
	h.mu.Lock()
	list := slices.Collect(maps.Keys(h.streams))
	h.mu.Unlock()
	for _, s := range list {
		who, ok := h.page.people.peek(s.token)
		if !ok {
			s.end()
			continue
		}
		f, ok := frameFor(who)
		if !ok {
			continue
		}
		select {
		case s.frames <- f:
		default:
			s.end()
		}
	}
}

// all is a frame for everybody.
func all(kind string, data any) func(session) (frame, bool) {
	return func(session) (frame, bool) { return frame{kind, data}, true }
}

// happened takes what happens on the local Discord.
func (h *hub) happened(e discordtest.Event) {
	switch e.Kind {
	case discordtest.EventMessageCreate, discordtest.EventMessageUpdate, discordtest.EventReaction, discordtest.EventMessageDelete:
		h.message(e.Message)
	case discordtest.EventTyping:
		h.typing(e.Channel, e.User)
	case discordtest.EventThread:
		v := h.page.channelOf(e.Channel)
		h.send(func(who session) (frame, bool) { return frame{onChannel, v}, h.page.enters(who.user, e.Channel) })
	case discordtest.EventAcknowledged, discordtest.EventUnanswered:
		h.used(e.Interaction, e.Kind == discordtest.EventAcknowledged)
	case discordtest.EventModal:
		h.modal(e.Interaction)
	case discordtest.EventCommands:
		h.send(func(who session) (frame, bool) { return frame{onCommands, h.page.commandsFor(who)}, true })
	case discordtest.EventConnected, discordtest.EventDisconnected:
		h.mu.Lock()
		h.connected = e.Kind == discordtest.EventConnected
		h.mu.Unlock()
		h.send(all(onBot, e.Kind == discordtest.EventConnected))
	}
}

// message tells of a message as it is now, which may be later than what happened: a page never goes back.
func (h *hub) message(m *discordtest.Message) {
	h.meet(m.Author)
	now := h.page.discord.Message(m.ID)
	h.send(func(who session) (frame, bool) {
		if !h.page.sees(who.user, m) {
			return frame{}, false
		}
		if now == nil {
			return frame{onGone, map[string]string{"id": m.ID, "channel": m.Channel.ID}}, true
		}
		return frame{onMessage, h.page.messageOf(now, who.user)}, true
	})
}

// meet tells of a person whom the pages do not know yet.
func (h *hub) meet(u *discordtest.User) {
	h.mu.Lock()
	known := h.known[u.ID]
	h.known[u.ID] = true
	h.mu.Unlock()
	if !known {
		h.send(all(onPerson, personOf(u)))
	}
}

func (h *hub) typing(c *discordtest.Channel, u *discordtest.User) {
	v := map[string]any{"channel": c.ID, "person": personOf(u)}
	h.send(func(who session) (frame, bool) {
		return frame{onTyping, v}, who.user != u && h.page.enters(who.user, c)
	})
}

func (h *hub) used(i *discordtest.Interaction, answered bool) {
	v := map[string]any{"id": i.ID, "channel": i.Channel.ID, "answered": answered, "bot": personOf(h.page.discord.Bot())}
	h.send(func(who session) (frame, bool) { return frame{onUse, v}, who.user == i.User })
}

func (h *hub) modal(i *discordtest.Interaction) {
	m := i.Modal() // it is there: the event says so
	if m == nil {
		return
	}
	h.page.people.open(i.User, i.ID, m)
	v := map[string]any{"id": i.ID, "title": m.Title, "components": m.Components}
	h.send(func(who session) (frame, bool) { return frame{onModal, v}, who.user == i.User })
}

// traced tells that an answer can be looked into.
func (h *hub) traced(id string) { h.send(all(onTrace, map[string]string{"question": id})) }
