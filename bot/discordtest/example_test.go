package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"enlace/bot/discordtest"
)

// dialled is a discordgo session that talks to d, whatever addresses discordgo uses.
func dialled(d *discordtest.Discord) *discordgo.Session {
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		panic(err)
	}
	s.Client = &http.Client{Transport: d.Transport()}
	s.Dialer = &websocket.Dialer{NetDialContext: d.Dial}
	s.Identify.Intents = discordgo.IntentGuilds | discordgo.IntentGuildMessages
	s.ShouldReconnectOnError = false
	return s
}

// A bot answers a mention; the transcript is the channel as ana reads it. In a test, New(t) takes the place of Start and Close.
func Example() {
	d, err := discordtest.Start(discordtest.Options{Bot: "Echo"})
	if err != nil {
		panic(err)
	}
	defer d.Close()
	guild := d.Guild("Library")
	ana, general := guild.Member("ana"), guild.Channel("general")

	s := dialled(d)
	s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author.Bot {
			return
		}
		text := strings.ToUpper(strings.TrimPrefix(m.Content, "<@"+d.Bot().ID+"> "))
		_, _ = s.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: text, Reference: m.Reference(),
			AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}})
	})
	if err := s.Open(); err != nil {
		panic(err)
	}
	defer s.Close()

	ana.Asks(general, "good morning").Answer()
	fmt.Print(general.Transcript(ana.User))
	// Output:
	// ana: @Echo good morning
	// Echo → ana “@Echo good morning”: GOOD MORNING
}

// A slash command, from its registration to the private answer.
func ExampleUser_Slash() {
	d, err := discordtest.Start(discordtest.Options{Bot: "Echo"})
	if err != nil {
		panic(err)
	}
	defer d.Close()
	guild := d.Guild("Library")
	ana, ben, general := guild.Member("ana"), guild.Member("ben"), guild.Channel("general")

	s := dialled(d)
	s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		text := i.ApplicationCommandData().Options[0].StringValue()
		_ = s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: "You said: " + text, Flags: discordgo.MessageFlagsEphemeral}})
	})
	if err := s.Open(); err != nil {
		panic(err)
	}
	defer s.Close()
	_, err = s.ApplicationCommandCreate(d.ApplicationID(), guild.ID, &discordgo.ApplicationCommand{Name: "say", Description: "Says it back",
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "text", Description: "What", Required: true}}})
	if err != nil {
		panic(err)
	}

	ana.Slash(general, "say", discordtest.Opt("text", "hush")).Reply()
	fmt.Print("ana reads: ", general.Transcript(ana.User))
	fmt.Printf("ben reads: %q\n", general.Transcript(ben.User))
	// Output:
	// ana reads: Echo (to ana's /say) (only ana sees this): You said: hush
	// ben reads: ""
}

// Faults are scripted: the first message is rate limited, and the bot that does not wait gets no second chance.
func ExampleREST_Fail() {
	d, err := discordtest.Start(discordtest.Options{})
	if err != nil {
		panic(err)
	}
	defer d.Close()
	general := d.Guild("Library").Channel("general")
	d.REST().Fail("POST /channels/{id}/messages", 429, discordtest.RetryAfter(1500*time.Millisecond))

	s := dialled(d)
	s.ShouldRetryOnRateLimit = false
	_, err = s.ChannelMessageSend(general.ID, "hello")
	fmt.Println(err != nil, len(general.Messages(nil)), d.REST().Invalid())
	// Output:
	// true 0 1
}

// On a manual clock the three seconds of an interaction are a method call.
func ExampleManualClock() {
	clock := discordtest.NewClock(time.Date(2026, 8, 6, 12, 0, 0, 0, time.UTC))
	d, err := discordtest.Start(discordtest.Options{Clock: clock})
	if err != nil {
		panic(err)
	}
	defer d.Close()
	s := dialled(d)
	if _, err := s.ApplicationCommandCreate(d.ApplicationID(), "", &discordgo.ApplicationCommand{Name: "ask", Description: "Asks"}); err != nil {
		panic(err)
	}
	ana := d.Guild("Library").Member("ana")
	i := ana.Slash(d.Guild("Library").Channel("general"), "ask")
	clock.Advance(4 * time.Second)
	fmt.Println("the application did not respond:", i.Unanswered())
	// Output:
	// the application did not respond: true
}
