package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

// kind returns the type of an interaction without reading the rest.
func kind(raw []byte) (discordgo.InteractionType, error) {
	var head struct {
		Type discordgo.InteractionType `json:"type"`
	}
	err := json.Unmarshal(raw, &head)
	return head.Type, err
}

// decode reads an interaction that can be worked on: with ids, a token, data of its type, and somebody whose use it is.
func decode(raw []byte) (i *discordgo.Interaction, err error) {
	defer func() {
		if p := recover(); p != nil { // discordgo has its own ways of reading JSON
			i, err = nil, fmt.Errorf("discordgo panics: %v", p)
		}
	}()
	if !json.Valid(raw) {
		return nil, errors.New("it is not JSON")
	}
	i = gateway.ReadInteraction(raw)
	return i, check(i)
}

// check reports what an interaction lacks.
func check(i *discordgo.Interaction) error {
	user := i.User
	if i.Member != nil && i.Member.User != nil {
		user = i.Member.User
	}
	if user == nil {
		return errors.New("it is nobody's")
	}
	for _, id := range []string{i.ID, i.AppID, user.ID} {
		if _, ok := snowflake(id); !ok {
			return errors.New("an id is missing or is none")
		}
	}
	if i.Token == "" {
		return errors.New("the token is missing")
	}
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		if data.Name == "" || !whole(data.Options) {
			return errors.New("the command has no name, or an option is null")
		}
	case discordgo.MessageComponentInteractionData:
		if data.CustomID == "" || i.Message == nil {
			return errors.New("the component has no custom id, or is on no message")
		}
	case discordgo.ModalSubmitInteractionData:
		if data.CustomID == "" {
			return errors.New("the form has no custom id")
		}
	default:
		return fmt.Errorf("the type %d is unknown", i.Type)
	}
	return nil
}

func whole(options []*discordgo.ApplicationCommandInteractionDataOption) bool {
	for _, o := range options {
		if o == nil || !whole(o.Options) {
			return false
		}
	}
	return true
}

// snowflake reads an id: 64 bits, in decimal; Discord docs, reference, "Snowflakes".
func snowflake(s string) (uint64, bool) {
	n, err := strconv.ParseUint(s, 10, 64)
	return n, err == nil && n > 0
}
