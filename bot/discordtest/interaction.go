package discordtest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"time"
)

// Interaction types (interactions/receiving-and-responding).
const (
	InteractionPing         = 1
	InteractionCommand      = 2
	InteractionComponent    = 3
	InteractionAutocomplete = 4
	InteractionModal        = 5
)

// Interaction response types.
const (
	RespondPong          = 1
	RespondMessage       = 4
	RespondDeferred      = 5
	RespondDeferUpdate   = 6
	RespondUpdateMessage = 7
	RespondChoices       = 8
	RespondModal         = 9
)

const (
	ackWithin     = 3 * time.Second  // interactions/receiving-and-responding
	tokenLives    = 15 * time.Minute // the same page
	maxUserFollow = 5                // follow-ups of apps that only the user installed
)

// Interaction is one use of a command, component or modal by a user. Its methods wait for what the bot makes of it.
type Interaction struct {
	ID, Token string
	Type      int
	User      *User
	Channel   *Channel
	Command   string // the whole path, such as "admin reload"
	CustomID  string
	Created   time.Time

	d         *Discord
	source    *Message // what a component or modal came from
	data      object
	userOnly  bool // neither the guild nor the DM has the app: only its user
	acked     time.Time
	response  int
	failed    bool
	deferred  bool // "thinking…" has not been replaced
	ephemeral bool
	original  string
	followups []string
	choices   []Choice
	modal     *Modal
	stop      func() bool
	changed   signal
}

// Choice is one line of autocompletion.
type Choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

// Modal is a form that the bot opened.
type Modal struct {
	CustomID, Title string
	Components      []Component
	// From is the interaction that it answers.
	From *Interaction
}

// newInteraction gives the interaction its token, starts its three seconds and sends it to the bot.
func (d *Discord) newInteraction(i *Interaction) *Interaction {
	i.d, i.ID, i.Created = d, d.newID(), d.opts.Clock.Now()
	i.Token = d.interactionToken(i.ID)
	d.interactions[i.Token] = i
	d.interactSeq = append(d.interactSeq, i)
	if extra := len(d.interactSeq) - d.opts.Keep; extra > d.opts.Keep/4 {
		for _, old := range d.interactSeq[:extra] {
			delete(d.interactions, old.Token)
		}
		d.interactSeq = slices.Clone(d.interactSeq[extra:])
	}
	i.stop = d.opts.Clock.AfterFunc(ackWithin, i.timeOut)
	d.emit(Event{Kind: EventInteraction, Channel: i.Channel, User: i.User, Interaction: i, VisibleTo: i.User})
	d.deliver(i)
	return i
}

// interactionToken is unguessable for the bot under test and the same for the same id.
func (d *Discord) interactionToken(id string) string {
	mac := hmac.New(sha256.New, d.sign.Seed())
	_, _ = mac.Write([]byte(id))
	return "aW50ZXJhY3Rpb246" + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)) + base64.RawURLEncoding.EncodeToString([]byte(id))
}

// deliver sends the interaction over HTTP when an endpoint is set, else over the gateway.
func (d *Discord) deliver(i *Interaction) {
	payload := i.payload()
	if e := d.endpoint; e != nil {
		d.running.Go(func() { e.deliver(i, payload) })
		return
	}
	d.dispatch(event{name: "INTERACTION_CREATE", guild: i.Channel.guildID(), data: payload})
}

// timeOut is what happens three seconds later: "The application did not respond".
func (i *Interaction) timeOut() {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	if i.acked.IsZero() {
		i.failed = true
		i.changed.fire()
		i.d.emit(Event{Kind: EventUnanswered, Channel: i.Channel, User: i.User, Interaction: i, VisibleTo: i.User})
	}
}

func (i *Interaction) stopTimer() {
	if i.stop != nil {
		i.stop()
	}
}

// payload is the interaction as the bot gets it.
func (i *Interaction) payload() object {
	d, c := i.d, i.Channel
	o := object{"id": i.ID, "application_id": applicationID, "type": i.Type, "token": i.Token, "version": 1, "channel_id": c.ID, "channel": c.json(),
		"locale": i.User.locale, "context": i.context(), "authorizing_integration_owners": i.owners(), "entitlements": []any{},
		"attachment_size_limit": maxFile, "app_permissions": i.appPermissions().String()}
	if i.data != nil {
		o["data"] = i.data
	}
	if i.source != nil {
		o["message"] = d.withReply(i.source, false, i.source.json(false))
	}
	if c.guild == nil {
		o["user"] = i.User.json()
		return o
	}
	o["guild_id"], o["guild_locale"] = c.guild.ID, c.guild.locale
	o["guild"] = object{"id": c.guild.ID, "locale": c.guild.locale, "features": []string{}}
	member := object{"user": i.User.json(), "roles": []string{}, "permissions": d.permissions(i.User, c).String()}
	if m := c.guild.members[i.User.ID]; m != nil {
		member = merge(m.full(), object{"permissions": d.permissions(i.User, c).String()})
	}
	o["member"] = member
	return o
}

func (i *Interaction) appPermissions() Permissions {
	if i.userOnly && i.Channel.guild != nil {
		return i.d.permissions(i.User, i.Channel)
	}
	return i.d.permissions(i.d.bot, i.Channel)
}

// context is where it happens: 0 guild, 1 the bot's DM, 2 another private channel.
func (i *Interaction) context() int {
	switch {
	case i.Channel.guild != nil:
		return 0
	case i.Channel.Kind == KindDM && i.Channel.private == nil:
		return 1
	}
	return 2
}

func (i *Interaction) owners() object {
	o := object{}
	if i.User.app {
		o["1"] = i.User.ID
	}
	if i.userOnly {
		return o
	}
	o["0"] = "0"
	if i.Channel.guild != nil {
		o["0"] = i.Channel.guild.ID
	}
	return o
}

// metadata is what a response says about its interaction.
func (i *Interaction) metadata() object {
	meta := object{"id": i.ID, "type": i.Type, "user": i.User.json(), "authorizing_integration_owners": i.owners()}
	o := object{"interaction_metadata": meta}
	if i.Type == InteractionCommand {
		o["interaction"] = object{"id": i.ID, "type": i.Type, "name": i.Command, "user": i.User.json()}
	}
	if i.source != nil {
		meta["interacted_message_id"] = i.source.ID
	}
	return o
}

func (i *Interaction) String() string {
	switch i.Type {
	case InteractionComponent:
		return fmt.Sprintf("%s's click on %q", i.User.Name, i.CustomID)
	case InteractionModal:
		return fmt.Sprintf("%s's form %q", i.User.Name, i.CustomID)
	}
	return fmt.Sprintf("%s's /%s", i.User.Name, i.Command)
}
