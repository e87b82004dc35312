package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

const gatewayBotPath = "/gateway/bot"

// GatewayBot returns where the gateway is, how many shards Discord recommends and how many sessions
// may still be started today.
func (r *Rest) GatewayBot(ctx context.Context) (GatewayInfo, error) {
	info, err := fetch[GatewayInfo](ctx, r, gatewayBotPath, gatewayBotPath)
	if err != nil {
		return GatewayInfo{}, err
	}
	if u, err := url.Parse(info.URL); err != nil || u.Host == "" || u.Scheme != "wss" && u.Scheme != "ws" {
		return GatewayInfo{}, &APIError{Route: "GET " + gatewayBotPath, Status: 200, Message: "the gateway's address is not usable", kind: ErrUnavailable}
	}
	return *info, nil
}

// Me returns the bot's own user.
func (r *Rest) Me(ctx context.Context) (*discordgo.User, error) {
	return fetch[discordgo.User](ctx, r, "/users/@me", "/users/@me")
}

// Application returns the bot's application.
func (r *Rest) Application(ctx context.Context) (*discordgo.Application, error) {
	return fetch[discordgo.Application](ctx, r, "/applications/@me", "/applications/@me")
}

// Channel returns a channel or thread.
func (r *Rest) Channel(ctx context.Context, channelID string) (*discordgo.Channel, error) {
	return fetch[discordgo.Channel](ctx, r, "/channels/{channel}", path("channels", channelID))
}

// Guild returns a server.
func (r *Rest) Guild(ctx context.Context, guildID string) (*discordgo.Guild, error) {
	return fetch[discordgo.Guild](ctx, r, "/guilds/{guild}", path("guilds", guildID))
}

// DM opens the direct messages with a user, or returns those that exist.
func (r *Rest) DM(ctx context.Context, userID string) (*discordgo.Channel, error) {
	resp, err := r.Do(ctx, Request{
		Method: http.MethodPost, Route: "/users/@me/channels", Path: "/users/@me/channels",
		Body: map[string]string{"recipient_id": userID},
	})
	return read[discordgo.Channel](resp, err)
}

// Typing shows "is typing" for ten seconds.
func (r *Rest) Typing(ctx context.Context, channelID string) error {
	_, err := r.Do(ctx, Request{
		Method: http.MethodPost, Route: "/channels/{channel}/typing", Path: path("channels", channelID, "typing"),
	})
	return err
}

// CreateMessage sends a message. Its repetitions cannot create a second one.
func (r *Rest) CreateMessage(ctx context.Context, channelID string, m *discordgo.MessageSend) (*discordgo.Message, error) {
	return r.CreateMessageOnce(ctx, channelID, strconv.FormatUint(rand.Uint64(), 36), m)
}

// CreateMessageOnce sends a message with a nonce of at most 25 characters: within a few minutes
// Discord creates only one message for it and returns that one again (Discord docs, resources/message,
// "create message"). Derive it from what is answered to survive a restart.
func (r *Rest) CreateMessageOnce(ctx context.Context, channelID, nonce string, m *discordgo.MessageSend) (*discordgo.Message, error) {
	if len(nonce) == 0 || len(nonce) > 25 {
		return nil, errors.New("a nonce has 1 to 25 characters")
	}
	body := struct {
		*discordgo.MessageSend
		Nonce        string `json:"nonce"`
		EnforceNonce bool   `json:"enforce_nonce"`
	}{m, nonce, true}
	resp, err := r.Do(ctx, Request{
		Method: http.MethodPost, Route: "/channels/{channel}/messages", Path: path("channels", channelID, "messages"),
		Body: body, Files: m.Files,
	})
	return message(resp, err)
}

// EditMessage edits a message of the bot.
func (r *Rest) EditMessage(ctx context.Context, channelID, messageID string, e *discordgo.MessageEdit) (*discordgo.Message, error) {
	resp, err := r.Do(ctx, Request{
		Method: http.MethodPatch, Route: "/channels/{channel}/messages/{message}",
		Path: path("channels", channelID, "messages", messageID), Body: e, Files: e.Files,
	})
	return message(resp, err)
}

// DeleteMessage deletes a message.
func (r *Rest) DeleteMessage(ctx context.Context, channelID, messageID string) error {
	return r.delete(ctx, "/channels/{channel}/messages/{message}", path("channels", channelID, "messages", messageID))
}

// Message returns a message. Its content is empty where the bot may not read it.
func (r *Rest) Message(ctx context.Context, channelID, messageID string) (*discordgo.Message, error) {
	return fetch[discordgo.Message](ctx, r, "/channels/{channel}/messages/{message}", path("channels", channelID, "messages", messageID))
}

// React adds the bot's reaction; emoji is a character or "name:id".
func (r *Rest) React(ctx context.Context, channelID, messageID, emoji string) error {
	_, err := r.Do(ctx, Request{
		Method: http.MethodPut, Route: "/channels/{channel}/messages/{message}/reactions/{emoji}/@me",
		Path: path("channels", channelID, "messages", messageID, "reactions", emoji, "@me"),
	})
	return err
}

// CreateThread starts a thread at a message. A message has at most one: when a repetition finds it
// there already, that one is returned.
func (r *Rest) CreateThread(ctx context.Context, channelID, messageID string, t *discordgo.ThreadStart) (*discordgo.Channel, error) {
	resp, err := r.Do(ctx, Request{
		Method: http.MethodPost, Route: "/channels/{channel}/messages/{message}/threads",
		Path: path("channels", channelID, "messages", messageID, "threads"),
		Body: threadBody{Name: t.Name, AutoArchive: t.AutoArchiveDuration, Slow: t.RateLimitPerUser},
	})
	if Code(err) == codeThreadExists && resp.Retries > 0 {
		return r.Channel(ctx, messageID) // a thread has its message's id
	}
	return read[discordgo.Channel](resp, err)
}

// threadBody is what the route takes; discordgo.ThreadStart adds "invitable", which it does not.
type threadBody struct {
	Name        string `json:"name"`
	AutoArchive int    `json:"auto_archive_duration,omitempty"`
	Slow        int    `json:"rate_limit_per_user,omitempty"`
}

// Commands returns the application's commands with all localisations; guildID "" = the global ones.
func (r *Rest) Commands(ctx context.Context, appID, guildID string) ([]*discordgo.ApplicationCommand, error) {
	req := commandsRequest(http.MethodGet, appID, guildID)
	req.Query = "with_localizations=true"
	return readList(r.Do(ctx, req))
}

// RegisterCommands overwrites all commands of the application and returns them with their ids;
// guildID "" = the global ones. Call it only when they changed.
func (r *Rest) RegisterCommands(ctx context.Context, appID, guildID string, cmds []*discordgo.ApplicationCommand) ([]*discordgo.ApplicationCommand, error) {
	req := commandsRequest(http.MethodPut, appID, guildID)
	req.Body = cmds
	if cmds == nil {
		req.Body = []struct{}{}
	}
	return readList(r.Do(ctx, req))
}

func readList(resp Response, err error) ([]*discordgo.ApplicationCommand, error) {
	list, err := read[[]*discordgo.ApplicationCommand](resp, err)
	if err != nil {
		return nil, err
	}
	return *list, nil
}

func commandsRequest(method, appID, guildID string) Request {
	if guildID == "" {
		return Request{Method: method, Route: "/applications/{application}/commands", Path: path("applications", appID, "commands")}
	}
	return Request{
		Method: method, Route: "/applications/{application}/guilds/{guild}/commands",
		Path: path("applications", appID, "guilds", guildID, "commands"), Bucket: guildID,
	}
}

// fetch gets a value; nil with an error.
func fetch[T any](ctx context.Context, r *Rest, route, p string) (*T, error) {
	resp, err := r.Do(ctx, Request{Method: http.MethodGet, Route: route, Path: p})
	return read[T](resp, err)
}

// delete counts as done when a repetition finds nothing left.
func (r *Rest) delete(ctx context.Context, route, p string) error {
	resp, err := r.Do(ctx, Request{Method: http.MethodDelete, Route: route, Path: p})
	if resp.Retries > 0 && Code(err) == codeUnknownMessage {
		return nil
	}
	return err
}

// read decodes an answer; nil with an error.
func read[T any](resp Response, err error) (*T, error) {
	if err != nil {
		return nil, err
	}
	v := new(T)
	if json.Unmarshal(resp.Body, v) != nil {
		return nil, &APIError{Route: "answer", Status: resp.Status, Message: "Discord's answer cannot be read", kind: ErrUnavailable}
	}
	return v, nil
}

// message decodes a message that was created or edited. What discordgo cannot decode does not make
// the success a failure: then only the ids are filled in.
func message(resp Response, err error) (*discordgo.Message, error) {
	if err != nil {
		return nil, err
	}
	if m, err := read[discordgo.Message](resp, nil); err == nil {
		return m, nil
	}
	ids, err := read[struct {
		ID        string `json:"id"`
		ChannelID string `json:"channel_id"`
	}](resp, nil)
	if err != nil {
		return nil, err
	}
	return &discordgo.Message{ID: ids.ID, ChannelID: ids.ChannelID}, nil
}
