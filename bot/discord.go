package bot

import (
	"context"
	"reflect"

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
	// Commands returns the commands of an application in a guild, or the global ones for "", with their ids.
	Commands(ctx context.Context, app, guild string) ([]*discordgo.ApplicationCommand, error)
}

// Messages are what bots write in channels. A second Post with the same nonce within a few minutes is the first one's message.
type Messages interface {
	Post(ctx context.Context, channel string, p Post) (id string, err error)
	Edit(ctx context.Context, channel, message string, p Part) error
	Delete(ctx context.Context, channel, message string) error
	Typing(ctx context.Context, channel string) error
	// Since returns the messages of a channel from one on, which is the first if it is still there: at most 100, oldest first. Where
	// the history may not be read there are none.
	Since(ctx context.Context, channel, message string) ([]Written, error)
}

// Written is a message that somebody wrote.
type Written struct {
	ID, Author  string
	ReplyTo     string // the message that it replies to; "" = none
	Interaction string // that it answers; "" = none
	Content     string
	Buttons     []string // their custom ids, in order
}

// Part is one message as it is to be seen.
type Part struct {
	Content string
	Rows    []discordgo.MessageComponent // rows of buttons; nil = none
	Files   []*discordgo.File            // sent with a new message only; nil = none
}

// same reports whether nothing has to be sent to make p of q.
func (p Part) same(q Part) bool { return p.Content == q.Content && reflect.DeepEqual(p.Rows, q.Rows) }

// Post is a new message.
type Post struct {
	Part
	ReplyTo string // a message in the same channel; "" = none. Where it is gone, the post is no reply.
	Nonce   string // at most 25 characters
}

// Responses answer interactions.
type Responses interface {
	// Respond answers at once.
	Respond(ctx context.Context, i *discordgo.Interaction, p Part, private bool) error
	// Defer shows that an answer is coming.
	Defer(ctx context.Context, i *discordgo.Interaction, private bool) error
	// EditResponse fills what was deferred, or changes it.
	EditResponse(ctx context.Context, i *discordgo.Interaction, p Part) (id string, err error)
	// Response returns the id of the message that is the response.
	Response(ctx context.Context, i *discordgo.Interaction) (id string, err error)
	FollowUp(ctx context.Context, i *discordgo.Interaction, p Part, private bool) (id string, err error)
	EditFollowUp(ctx context.Context, i *discordgo.Interaction, message string, p Part) error
	DeleteFollowUp(ctx context.Context, i *discordgo.Interaction, message string) error
	// Update changes the message whose button was pressed.
	Update(ctx context.Context, i *discordgo.Interaction, p Part) error
	// DeferUpdate says that a pressed button is being worked on; EditResponse then changes its message.
	DeferUpdate(ctx context.Context, i *discordgo.Interaction) error
	// Suggest answers what somebody types into an option.
	Suggest(ctx context.Context, i *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error
	// Form shows a form.
	Form(ctx context.Context, i *discordgo.Interaction, f Form) error
}

// Form is a dialogue with choices, which come first, and text inputs; at most five together.
type Form struct {
	ID      string // comes back when it is sent in; at most 100 characters
	Title   string // at most 45 characters
	Choices []Choice
	Fields  []discordgo.TextInput // each with a label of at most 45 characters
}

// Choice is a list of which one line is chosen, or none.
type Choice struct {
	ID      string
	Label   string // at most 45 characters
	Options []ChoiceOption
	Chosen  string // the value that is chosen at first; "" = none
}

// ChoiceOption is a line of a Choice: what is read, and what comes back.
type ChoiceOption struct{ Label, Value string }
