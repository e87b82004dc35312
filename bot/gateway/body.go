package gateway

import (
	"encoding/json"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// Message flags (Discord docs, resources/message, "message flags").
const (
	flagSuppressEmbeds = int(discordgo.MessageFlagsSuppressEmbeds)
	flagEphemeral      = int(discordgo.MessageFlagsEphemeral)
	flagComponentsV2   = int(discordgo.MessageFlagsIsComponentsV2)
)

// noMentions is in every message and every edit, because without it Discord pings what the text
// names, and an edit forgets what the create said (Discord docs, resources/message, "allowed mentions").
var noMentions = json.RawMessage(`{"parse":[],"replied_user":false}`)

type object map[string]json.RawMessage

// encodeBody marshals a body and applies the rules for messages, whoever built it.
func encodeBody(req Request, seg []string) ([]byte, error) {
	body, err := json.Marshal(req.Body)
	if err != nil {
		return nil, err
	}
	message, callback := isMessage(req.Method, seg), isCallback(req.Method, seg)
	if !message && !callback {
		return body, nil
	}
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		return nil, err
	}
	if o == nil {
		o = object{}
	}
	if callback {
		err = o.callback(req.KeepEmbeds)
	} else {
		o.message(req.Method == http.MethodPatch, req.KeepEmbeds)
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(o)
}

// isMessage reports whether the path creates or edits a message.
func isMessage(method string, seg []string) bool {
	switch {
	case len(seg) < 3:
		return false
	case seg[0] == "channels" && seg[2] == "messages":
		return method == http.MethodPost && len(seg) == 3 || method == http.MethodPatch && len(seg) == 4
	case seg[0] == "webhooks":
		return method == http.MethodPost && len(seg) == 3 || method == http.MethodPatch && len(seg) == 5
	}
	return false
}

func isCallback(method string, seg []string) bool {
	return method == http.MethodPost && len(seg) == 4 && seg[0] == "interactions" && seg[3] == "callback"
}

// message applies the rules to a message: no mentions; link previews suppressed unless it has embeds;
// with components V2 neither content nor embeds; nothing that discordgo adds without being asked.
func (o object) message(edit, keepEmbeds bool) {
	delete(o, "ID") // discordgo.MessageEdit has no tags there
	delete(o, "Channel")
	if string(o["tts"]) == "false" {
		delete(o, "tts")
	}
	if !edit {
		o.dropNulls()
	}
	flags := o.flags()
	switch {
	case flags&flagComponentsV2 != 0:
		if !edit {
			delete(o, "content")
			delete(o, "embeds")
		}
	case keepEmbeds || o.filled("embeds"):
	case !edit || o.has("content"):
		flags |= flagSuppressEmbeds
	}
	o.setFlags(flags)
	o["allowed_mentions"] = noMentions
}

// callback applies the rules to an interaction's first response, by its type (Discord docs,
// interactions/receiving-and-responding, "interaction callback type").
func (o object) callback(keepEmbeds bool) error {
	var kind int
	if err := json.Unmarshal(o["type"], &kind); err != nil {
		return err
	}
	var data object
	if o.has("data") {
		if err := json.Unmarshal(o["data"], &data); err != nil {
			return err
		}
	}
	if data == nil {
		data = object{}
	}
	switch discordgo.InteractionResponseType(kind) {
	case discordgo.InteractionResponseChannelMessageWithSource:
		data.message(false, keepEmbeds)
	case discordgo.InteractionResponseUpdateMessage:
		data.dropNulls()
		if string(data["content"]) == `""` && !o.filled("embeds") {
			delete(data, "content")
		}
		data.message(true, keepEmbeds)
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		data = object{}.setFlags(data.flags() & flagEphemeral) // the only one a defer accepts
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		data = object{"choices": data["choices"]}
		if !data.has("choices") {
			data["choices"] = json.RawMessage("[]") // discordgo leaves an empty list out
		}
	case discordgo.InteractionResponseModal:
		data = object{"custom_id": data["custom_id"], "title": data["title"], "components": data["components"]}
	default:
		data = object{}
	}
	delete(o, "data")
	if len(data) > 0 {
		b, err := json.Marshal(data)
		if err != nil {
			return err
		}
		o["data"] = b
	}
	return nil
}

func (o object) has(key string) bool {
	v := o[key]
	return len(v) > 0 && string(v) != "null"
}

func (o object) filled(key string) bool {
	var list []json.RawMessage
	return json.Unmarshal(o[key], &list) == nil && len(list) > 0
}

func (o object) dropNulls() {
	for k, v := range o {
		if string(v) == "null" {
			delete(o, k)
		}
	}
}

func (o object) flags() int {
	var f int
	_ = json.Unmarshal(o["flags"], &f) // absent or unusable is none
	return f
}

func (o object) setFlags(f int) object {
	delete(o, "flags")
	if f != 0 {
		o["flags"] = mustJSON(f)
	}
	return o
}
