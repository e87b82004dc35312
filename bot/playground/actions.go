package playground

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf16"

	"enlace/bot/discordtest"
)

// tokenHeader carries a tab's token. A page of another origin cannot send it.
const tokenHeader = "X-Playground-Session"

// maxText is the longest message, in UTF-16 units; Discord docs, resources/message, "content".
const maxText = 2000

// action is something that a person does. Fields that do not concern it are empty.
type action struct {
	Channel string            `json:"channel"`
	Message string            `json:"message"`
	Text    string            `json:"text"`
	ReplyTo string            `json:"reply_to"`
	Silent  bool              `json:"silent"` // the reply pings nobody
	Emoji   string            `json:"emoji"`
	On      bool              `json:"on"`
	Command string            `json:"command"`
	Options []value           `json:"options"`
	Custom  string            `json:"custom_id"`
	Values  []string          `json:"values"`
	Modal   string            `json:"modal"`
	Fields  map[string]string `json:"fields"`
}

// value is what somebody gives to an option.
type value struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Focused bool   `json:"focused"`
}

// deed does an action for somebody, and returns what the page is told.
type deed func(p *Playground, who session, a action) (any, error)

var deeds = map[string]deed{
	"say": (*Playground).say, "edit": (*Playground).edit, "delete": (*Playground).remove, "react": (*Playground).react, "type": (*Playground).typing,
	"thread": (*Playground).thread, "slash": (*Playground).slash, "complete": (*Playground).complete, "menu": (*Playground).menu,
	"press": (*Playground).press, "submit": (*Playground).submit,
}

// Errors that the page has words for.
var (
	errNoMessage = errors.New("no_message")
	errNoChannel = errors.New("no_channel")
	errTooLong   = errors.New("too_long")
	errEmpty     = errors.New("empty")
	errNoForm    = errors.New("no_form")
)

// act does what a person asks for.
func (p *Playground) act(w http.ResponseWriter, r *http.Request) {
	do := deeds[r.PathValue("deed")]
	token := r.Header.Get(tokenHeader)
	who, ok := p.people.peek(token)
	switch {
	case do == nil:
		refuse(w, http.StatusNotFound, "unknown")
		return
	case !ok:
		refuse(w, http.StatusUnauthorized, "unknown")
		return
	case !p.people.may(token, time.Now()):
		refuse(w, http.StatusTooManyRequests, "too_fast")
		return
	}
	var a action
	if !read(w, r, &a) {
		return
	}
	got, err := try(func() (any, error) { return do(p, who, a) })
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	tell(w, got)
}

// try turns what a local Discord's helpers panic with, where they have no error, into one.
func try(f func() (any, error)) (got any, err error) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case refusal:
			err = errors.New(string(x))
		default:
			panic(x)
		}
	}()
	return f()
}

// refusal is what the client of the local Discord does not let people do.
type refusal string

// Refuse is for Options.Fail of the local Discord: what people may not do is told on the page.
func Refuse(message string) { panic(refusal(message)) }

// channel is a channel that somebody may enter.
func (p *Playground) channel(who session, id string) (*discordtest.Channel, error) {
	for _, c := range append(p.guild.Channels(), who.user.DM()) {
		if c.ID == id {
			return c, nil
		}
	}
	return nil, errNoChannel
}

// message is a message that somebody sees.
func (p *Playground) message(who session, id string) (*discordtest.Message, error) {
	if m := p.discord.Message(id); m != nil && p.sees(who.user, m) {
		return m, nil
	}
	return nil, errNoMessage
}

// text is what somebody writes, within the bounds of a message.
func text(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return "", errEmpty
	case len(utf16.Encode([]rune(s))) > maxText:
		return "", errTooLong
	}
	return s, nil
}

func (p *Playground) say(who session, a action) (any, error) {
	c, err := p.channel(who, a.Channel)
	if err != nil {
		return nil, err
	}
	content, err := text(a.Text)
	if err != nil {
		return nil, err
	}
	d := discordtest.Draft{Content: content, NoPing: a.Silent}
	if a.ReplyTo != "" {
		if d.ReplyTo, err = p.message(who, a.ReplyTo); err != nil {
			return nil, err
		}
	}
	m, err := who.user.Send(c, d)
	if err != nil {
		return nil, err
	}
	return map[string]string{"message": m.ID}, nil
}

func (p *Playground) edit(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	if err != nil {
		return nil, err
	}
	content, err := text(a.Text)
	if err != nil {
		return nil, err
	}
	who.user.Edits(m, content)
	return nil, nil
}

func (p *Playground) remove(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	if err == nil {
		who.user.Deletes(m)
	}
	return nil, err
}

func (p *Playground) react(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	switch {
	case err != nil:
		return nil, err
	case a.Emoji == "" || len(a.Emoji) > 32:
		return nil, errEmpty
	case a.On:
		who.user.Reacts(m, a.Emoji)
	default:
		who.user.Unreacts(m, a.Emoji)
	}
	return nil, nil
}

func (p *Playground) typing(who session, a action) (any, error) {
	c, err := p.channel(who, a.Channel)
	if err == nil {
		who.user.Types(c)
	}
	return nil, err
}

func (p *Playground) thread(who session, a action) (any, error) {
	m, err := p.message(who, a.Message)
	if err != nil {
		return nil, err
	}
	name := cleanName(a.Text)
	switch {
	case name == "":
		return nil, errEmpty
	case m.Channel.Guild() == nil || m.Channel.Kind.Thread() || m.Ephemeral():
		return nil, errors.New("no_thread")
	case m.Thread != nil:
		return p.channelOf(m.Thread), nil
	}
	return p.channelOf(who.user.StartsThread(m.Channel, m, name)), nil
}

// enter makes a tab somebody, new or other than before.
func (p *Playground) enter(w http.ResponseWriter, r *http.Request) {
	var want wish
	if !read(w, r, &want) {
		return
	}
	who, err := p.people.enter(want, time.Now())
	if err != nil {
		refuse(w, http.StatusServiceUnavailable, "full")
		return
	}
	p.hub.meet(who.user)
	tell(w, map[string]any{"token": who.token, "person": selfOf(who)})
}
