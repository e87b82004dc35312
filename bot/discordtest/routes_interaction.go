package discordtest

import (
	"net/http"
	"slices"
)

var (
	unknownInteraction = fail(http.StatusNotFound, 10062, "Unknown interaction")
	alreadyAcked       = fail(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	unknownWebhook     = fail(http.StatusNotFound, 10015, "Unknown Webhook")
	deadToken          = fail(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
)

// mayRespond lists the response types that each type of interaction takes.
var mayRespond = map[int][]int{
	InteractionPing:         {RespondPong},
	InteractionCommand:      {RespondMessage, RespondDeferred, RespondModal},
	InteractionComponent:    {RespondMessage, RespondDeferred, RespondDeferUpdate, RespondUpdateMessage, RespondModal},
	InteractionAutocomplete: {RespondChoices},
	InteractionModal:        {RespondMessage, RespondDeferred, RespondDeferUpdate, RespondUpdateMessage},
}

// respond is the callback route.
func (c *call) respond() reply {
	i := c.d.interactions[c.params["interaction_token"]]
	if i == nil || i.ID != c.params["interaction_id"] {
		return unknownInteraction
	}
	rep := i.take(c)
	if rep.status != 0 {
		return rep
	}
	if c.query.Get("with_response") != "true" && c.query.Get("with_response") != "1" {
		return noContent()
	}
	callback := object{"id": i.ID, "type": i.Type, "response_message_loading": i.deferred, "response_message_ephemeral": i.ephemeral}
	body := object{"interaction": callback, "resource": object{"type": i.response}}
	if m := c.d.messages[i.original]; m != nil && (i.response == RespondMessage || i.response == RespondDeferred || i.response == RespondUpdateMessage) {
		callback["response_message_id"] = m.ID
		body["resource"] = object{"type": i.response, "message": m.json(false)}
	}
	return ok(body)
}

// take accepts the first response to an interaction; a reply without status means that it did.
func (i *Interaction) take(c *call) reply {
	now := i.d.opts.Clock.Now()
	kind, given := number(c.obj["type"])
	data, _ := c.obj["data"].(object)
	switch {
	case !i.acked.IsZero():
		return alreadyAcked
	case i.failed || now.Sub(i.Created) > ackWithin:
		return unknownInteraction
	case !given:
		return invalidForm("type", "BASE_TYPE_REQUIRED", "This field is required")
	case !slices.Contains(mayRespond[i.Type], kind) || i.source == nil && (kind == RespondDeferUpdate || kind == RespondUpdateMessage):
		return invalidForm("type", "INTERACTION_RESPONSE_TYPE_INVALID", "This response type does not fit the interaction")
	}
	var rep reply
	switch kind {
	case RespondMessage:
		rep = i.respondMessage(c, data)
	case RespondDeferred:
		rep = i.respondDeferred(data)
	case RespondDeferUpdate:
		i.original = i.source.ID
	case RespondUpdateMessage:
		rep = i.respondUpdate(c, data)
	case RespondChoices:
		rep = i.respondChoices(data)
	case RespondModal:
		rep = i.respondModal(data)
	}
	if rep.status != 0 {
		return rep
	}
	i.acked, i.response = now, kind
	i.stopTimer()
	i.changed.fire()
	i.tellAcked()
	return reply{}
}

func (i *Interaction) tellAcked() {
	kinds := map[int]EventKind{RespondModal: EventModal, RespondChoices: EventChoices}
	kind, special := kinds[i.response]
	if !special {
		kind = EventAcknowledged
	}
	i.d.emit(Event{Kind: kind, Channel: i.Channel, User: i.User, Interaction: i, VisibleTo: i.User})
}

// responseFlags are the flags that a response may carry.
const responseFlags = FlagSuppressEmbeds | FlagEphemeral | FlagComponentsV2 | FlagVoice | FlagSuppressNotifications

func (i *Interaction) respondMessage(c *call, data object) reply {
	m, rep := i.newMessage(c, data)
	if rep.status != 0 {
		return rep
	}
	i.original, i.ephemeral = m.ID, m.Ephemeral()
	return reply{}
}

// newMessage sends a message of the interaction: a response or a follow-up.
func (i *Interaction) newMessage(c *call, data object) (*Message, reply) {
	b, rep := c.readDraft(data)
	if rep.status != 0 {
		return nil, rep
	}
	if rep := b.check(b.flags()&FlagComponentsV2 != 0); rep.status != 0 {
		return nil, rep
	}
	if b.empty() {
		return nil, emptyMessage
	}
	m := i.message(b.flags() & responseFlags)
	return i.d.add(i.d.compose(m, b)), reply{}
}

// message is an empty message of the interaction; only its user sees it when it is ephemeral, or when the guild denies external apps.
func (i *Interaction) message(flags Flags) *Message {
	m := &Message{Channel: i.Channel, Author: i.d.bot, Interaction: i, Flags: flags, webhook: true}
	switch i.Type {
	case InteractionCommand:
		m.Type = TypeChatInput
		if _, onTarget := i.data["target_id"]; onTarget {
			m.Type = TypeContextMenu
		}
	}
	if i.userOnly && i.Channel.guild != nil && !i.d.permissions(i.User, i.Channel).Has(PermUseExternalApps) {
		m.Flags |= FlagEphemeral
	}
	if m.Ephemeral() {
		m.VisibleTo = i.User
	}
	return m
}

// respondDeferred shows "thinking…"; of the flags only EPHEMERAL counts, and it is settled now.
func (i *Interaction) respondDeferred(data object) reply {
	flags, _ := number(data["flags"])
	m := i.d.add(i.message(Flags(flags)&FlagEphemeral | FlagLoading))
	i.original, i.ephemeral, i.deferred = m.ID, m.Ephemeral(), true
	return reply{}
}

func (i *Interaction) respondUpdate(c *call, data object) reply {
	m := i.d.messages[i.source.ID]
	if m == nil {
		return unknownMessage
	}
	b, rep := c.readDraft(data)
	if rep.status != 0 {
		return rep
	}
	if _, rep := i.d.edit(m, b, c.version); rep.status != 0 {
		return rep
	}
	i.original = m.ID
	return reply{}
}

func (i *Interaction) respondChoices(data object) reply {
	var in struct {
		Choices []Choice `json:"choices"`
	}
	if err := retype(data, &in); err != nil {
		return typeError(err)
	}
	var f formErrors
	f.count("data.choices", len(in.Choices), 0, 25)
	for n, choice := range in.Choices {
		at := "data.choices." + itoa(n)
		f.length(at+".name", choice.Name, 1, 100)
		if text, isText := choice.Value.(string); isText {
			f.length(at+".value", text, 0, 100)
		}
	}
	if f.bad() {
		return f.reply()
	}
	i.choices = nonNil(in.Choices)
	return reply{}
}

func (i *Interaction) respondModal(data object) reply {
	var in struct {
		CustomID   string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []Component `json:"components"`
	}
	if err := retype(data, &in); err != nil {
		return typeError(err)
	}
	var f formErrors
	f.length("data.custom_id", in.CustomID, 1, 100)
	f.length("data.title", in.Title, 1, 45)
	f.count("data.components", len(in.Components), 1, 5)
	for n, c := range in.Components {
		checkModalRow(&f, "data.components."+itoa(n), c)
	}
	checkCustomIDs(&f, in.Components)
	if f.bad() {
		return f.reply()
	}
	i.modal = &Modal{CustomID: in.CustomID, Title: in.Title, Components: in.Components, From: i}
	return reply{}
}

// checkModalRow wants a label with a component, a text, or (deprecated) a row with one text input.
func checkModalRow(f *formErrors, at string, c Component) {
	switch {
	case c.Type == CompLabel && c.Component != nil:
		f.length(at+".label", c.Label, 1, 45)
		f.length(at+".description", c.Description, 0, 100)
		checkInput(f, at+".component", *c.Component, false)
	case c.Type == CompActionRow && len(c.Components) == 1 && c.Components[0].Type == CompTextInput:
		checkInput(f, at+".components.0", c.Components[0], true)
	case c.Type != CompTextDisplay:
		f.add(at, "UNION_TYPE_CHOICES", "A modal takes labels, text displays, and rows with one text input.")
	}
}

func checkInput(f *formErrors, at string, c Component, labelled bool) {
	if c.CustomID == "" {
		f.required(at + ".custom_id")
	}
	if isSelect(c.Type) {
		checkSelect(f, at, c)
	}
	if c.Type != CompTextInput {
		return
	}
	if labelled {
		f.length(at+".label", c.Label, 1, 45)
	}
	f.length(at+".value", c.Value, 0, 4000)
	f.length(at+".placeholder", c.Placeholder, 0, 100)
	if c.Style != 1 && c.Style != 2 {
		f.add(at+".style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.")
	}
}
