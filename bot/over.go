package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

// Rest is the part of the gateway's REST client that the bot uses.
type Rest interface {
	CreateMessageOnce(ctx context.Context, channelID, nonce string, m *discordgo.MessageSend) (*discordgo.Message, error)
	EditMessage(ctx context.Context, channelID, messageID string, e *discordgo.MessageEdit) (*discordgo.Message, error)
	DeleteMessage(ctx context.Context, channelID, messageID string) error
	Typing(ctx context.Context, channelID string) error
	Channel(ctx context.Context, channelID string) (*discordgo.Channel, error)
	Do(ctx context.Context, req gateway.Request) (gateway.Response, error)
	InteractionCallback(ctx context.Context, i *discordgo.Interaction, resp *discordgo.InteractionResponse) error
	Original(ctx context.Context, i *discordgo.Interaction) (*discordgo.Message, error)
	EditOriginal(ctx context.Context, i *discordgo.Interaction, e *discordgo.WebhookEdit, flags ...discordgo.MessageFlags) (*discordgo.Message, error)
	FollowUp(ctx context.Context, i *discordgo.Interaction, p *discordgo.WebhookParams) (*discordgo.Message, error)
	EditFollowUp(ctx context.Context, i *discordgo.Interaction, messageID string, e *discordgo.WebhookEdit, flags ...discordgo.MessageFlags) (*discordgo.Message, error)
	DeleteFollowUp(ctx context.Context, i *discordgo.Interaction, messageID string) error
	RegisterCommands(ctx context.Context, appID, guildID string, cmds []*discordgo.ApplicationCommand) ([]*discordgo.ApplicationCommand, error)
	Commands(ctx context.Context, appID, guildID string) ([]*discordgo.ApplicationCommand, error)
}

// Over returns a Discord that sends with r. Every body says that nobody is mentioned and that links have no previews.
func Over(r Rest) Discord { return over{r} }

type over struct{ rest Rest }

// nobody is who messages of the bot ping. The empty list is not the same as none, which pings everybody.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

func (o over) Post(ctx context.Context, channel string, p Post) (string, error) {
	m := &discordgo.MessageSend{Content: p.Content, Components: p.Rows, Files: p.Files, AllowedMentions: nobody(), Flags: discordgo.MessageFlagsSuppressEmbeds}
	if p.ReplyTo != "" {
		no := false
		m.Reference = &discordgo.MessageReference{ChannelID: channel, MessageID: p.ReplyTo, FailIfNotExists: &no}
	}
	sent, err := o.rest.CreateMessageOnce(ctx, channel, p.Nonce, m)
	if gateway.Code(err) == codeReference {
		m.Reference = nil
		sent, err = o.rest.CreateMessageOnce(ctx, channel, p.Nonce, m)
	}
	sentID, err := id(sent, err)
	if err == nil && sent.Author != nil && (sent.Content != strings.TrimSpace(p.Content) || len(sent.Components) != len(p.Rows)) {
		err = o.Edit(ctx, channel, sentID, p.Part) // the nonce is that of an earlier post, which says something else
	}
	return sentID, err
}

// id returns the id of a message that was sent. A message that Discord does not show can be neither edited nor found again.
func id(m *discordgo.Message, err error) (string, error) {
	if err == nil && m == nil {
		err = errors.New("Discord does not say which message it made")
	}
	if err != nil {
		return "", err
	}
	return m.ID, nil
}

func (o over) Edit(ctx context.Context, channel, message string, p Part) error {
	_, err := o.rest.EditMessage(ctx, channel, message, &discordgo.MessageEdit{
		ID: message, Channel: channel, Content: &p.Content, Components: rows(p), AllowedMentions: nobody(), Flags: discordgo.MessageFlagsSuppressEmbeds,
	})
	return err
}

func (o over) Delete(ctx context.Context, channel, message string) error {
	return o.rest.DeleteMessage(ctx, channel, message)
}

func (o over) Since(ctx context.Context, channel, message string) ([]Written, error) {
	at, err := strconv.ParseUint(message, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is no message", message)
	}
	resp, err := o.rest.Do(ctx, gateway.Request{
		Method: http.MethodGet, Route: "/channels/{channel}/messages", Path: "/channels/" + url.PathEscape(channel) + "/messages",
		Query: fmt.Sprintf("limit=100&after=%d", at-1),
	})
	if err != nil {
		return nil, err
	}
	var raw []struct { // discordgo refuses messages with components that it does not know
		ID     string
		Author struct{ ID string }
		Ref    struct {
			ID string `json:"message_id"`
		} `json:"message_reference"`
		Interaction struct{ ID string } `json:"interaction_metadata"`
		Content     string
		Components  []struct {
			Components []struct {
				ID string `json:"custom_id"`
			}
		}
	}
	if err := json.Unmarshal(resp.Body, &raw); err != nil {
		return nil, errors.New("the list of messages cannot be read")
	}
	list := make([]Written, len(raw))
	for i, m := range raw { // newest first
		w := Written{ID: m.ID, Author: m.Author.ID, ReplyTo: m.Ref.ID, Interaction: m.Interaction.ID, Content: m.Content}
		for _, row := range m.Components {
			for _, c := range row.Components {
				w.Buttons = append(w.Buttons, c.ID)
			}
		}
		list[len(raw)-1-i] = w
	}
	return list, nil
}

func (o over) Typing(ctx context.Context, channel string) error { return o.rest.Typing(ctx, channel) }

func (o over) Channel(ctx context.Context, id string) (*discordgo.Channel, error) {
	c, err := o.rest.Channel(ctx, id)
	if err == nil && c == nil {
		err = errors.New("Discord does not describe the channel")
	}
	return c, err
}

func (o over) RegisterCommands(ctx context.Context, app, guild string, commands []*discordgo.ApplicationCommand) error {
	_, err := o.rest.RegisterCommands(ctx, app, guild, commands)
	return err
}

func (o over) Respond(ctx context.Context, i *discordgo.Interaction, p Part, private bool) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: p.Content, Components: p.Rows, Files: p.Files, AllowedMentions: nobody(), Flags: flags(private) | discordgo.MessageFlagsSuppressEmbeds},
	})
}

func (o over) Defer(ctx context.Context, i *discordgo.Interaction, private bool) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{AllowedMentions: nobody(), Flags: flags(private)}, // a defer takes no other flag
	})
}

func flags(private bool) discordgo.MessageFlags {
	if private {
		return discordgo.MessageFlagsEphemeral
	}
	return 0
}

func (o over) EditResponse(ctx context.Context, i *discordgo.Interaction, p Part) (string, error) {
	return id(o.rest.EditOriginal(ctx, i, &discordgo.WebhookEdit{Content: &p.Content, Components: rows(p), Files: p.Files, AllowedMentions: nobody()}, discordgo.MessageFlagsSuppressEmbeds))
}

func (o over) FollowUp(ctx context.Context, i *discordgo.Interaction, p Part, private bool) (string, error) {
	return id(o.rest.FollowUp(ctx, i, &discordgo.WebhookParams{
		Content: p.Content, Components: p.Rows, Files: p.Files, AllowedMentions: nobody(), Flags: flags(private) | discordgo.MessageFlagsSuppressEmbeds,
	}))
}

func (o over) EditFollowUp(ctx context.Context, i *discordgo.Interaction, message string, p Part) error {
	_, err := o.rest.EditFollowUp(ctx, i, message, &discordgo.WebhookEdit{Content: &p.Content, Components: rows(p), AllowedMentions: nobody()}, discordgo.MessageFlagsSuppressEmbeds)
	return err
}

func (o over) DeleteFollowUp(ctx context.Context, i *discordgo.Interaction, message string) error {
	return o.rest.DeleteFollowUp(ctx, i, message)
}

// rows are the buttons of an edit, which takes away those that it does not name.
func rows(p Part) *[]discordgo.MessageComponent {
	list := p.Rows
	if list == nil {
		list = []discordgo.MessageComponent{}
	}
	return &list
}

func (o over) Response(ctx context.Context, i *discordgo.Interaction) (string, error) {
	return id(o.rest.Original(ctx, i))
}

func (o over) Update(ctx context.Context, i *discordgo.Interaction, p Part) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseUpdateMessage,
		Data: &discordgo.InteractionResponseData{Content: p.Content, Components: *rows(p), AllowedMentions: nobody(), Flags: discordgo.MessageFlagsSuppressEmbeds},
	})
}

func (o over) DeferUpdate(ctx context.Context, i *discordgo.Interaction) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate})
}

func (o over) Suggest(ctx context.Context, i *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: choices},
	})
}

func (o over) Form(ctx context.Context, i *discordgo.Interaction, f Form) error {
	return o.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{CustomID: f.ID, Title: f.Title, Components: labels(f)},
	})
}

func (o over) Commands(ctx context.Context, app, guild string) ([]*discordgo.ApplicationCommand, error) {
	return o.rest.Commands(ctx, app, guild)
}
