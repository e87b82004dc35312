package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// Discord is what the bot asks of Discord. The gateway's REST client, wrapped by [Over], is one.
type Discord interface {
	Messages
	Responses
	// Channel returns a channel or thread.
	Channel(ctx context.Context, id string) (*discordgo.Channel, error)
	// RegisterCommands makes the commands all there are of an application in a guild; "" = globally.
	RegisterCommands(ctx context.Context, app, guild string, commands []*discordgo.ApplicationCommand) error
}

// Messages are what bots write in channels. A second Post with the same nonce within a few minutes is the first one's message.
type Messages interface {
	Post(ctx context.Context, channel string, p Post) (id string, err error)
	Edit(ctx context.Context, channel, message, content string) error
	Delete(ctx context.Context, channel, message string) error
	Typing(ctx context.Context, channel string) error
}

// Post is a new message.
type Post struct {
	Content string
	ReplyTo string // a message in the same channel; "" = none. Where it is gone, the post is no reply.
	Nonce   string // at most 25 characters
}

// Responses answer interactions.
type Responses interface {
	// Respond answers at once.
	Respond(ctx context.Context, i *discordgo.Interaction, content string, private bool) error
	// Defer shows that an answer is coming.
	Defer(ctx context.Context, i *discordgo.Interaction, private bool) error
	// EditResponse fills what was deferred, or changes it.
	EditResponse(ctx context.Context, i *discordgo.Interaction, content string) (id string, err error)
	FollowUp(ctx context.Context, i *discordgo.Interaction, content string, private bool) (id string, err error)
	EditFollowUp(ctx context.Context, i *discordgo.Interaction, message, content string) error
	DeleteFollowUp(ctx context.Context, i *discordgo.Interaction, message string) error
}
