package gateway

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// AppInfo is what the bot's application is set to in the developer portal (Discord docs, resources/application).
type AppInfo struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Flags       int64  `json:"flags"`
	Public      bool   `json:"bot_public"`                // others than its owner may add it
	CodeGrant   bool   `json:"bot_require_code_grant"`    // a plain invite link does not work
	VerifyKey   string `json:"verify_key"`                // 64 hex digits
	EndpointURL string `json:"interactions_endpoint_url"` // "" = interactions come through the gateway
	Guilds      *int   `json:"approximate_guild_count"`   // nil = not told
}

// The flags of applications that may receive what the message content intent is for, at the latest with the second in up to a
// hundred guilds (Discord docs, resources/application, "application flags").
const (
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// MessageContent reports whether the message content intent is switched on.
func (a *AppInfo) MessageContent() bool {
	return a.Flags&(flagMessageContent|flagMessageContentLimited) != 0
}

// AppInfo returns the settings of the bot's application.
func (r *Rest) AppInfo(ctx context.Context) (*AppInfo, error) {
	return fetch[AppInfo](ctx, r, "/applications/@me", "/applications/@me")
}

// Member returns a member of a guild that the bot is in.
func (r *Rest) Member(ctx context.Context, guildID, userID string) (*discordgo.Member, error) {
	return fetch[discordgo.Member](ctx, r, "/guilds/{guild}/members/{user}", path("guilds", guildID, "members", userID))
}
