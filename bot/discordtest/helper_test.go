package discordtest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"enlace/bot/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const botIntents = discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages |
	discordgo.IntentGuildMessageReactions | discordgo.IntentDirectMessageReactions

// session is a discordgo session against d, not yet open.
func session(t *testing.T, d *discordtest.Discord) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &http.Client{Timeout: 10 * time.Second, Transport: d.Transport()}
	s.Dialer = &websocket.Dialer{HandshakeTimeout: 5 * time.Second, NetDialContext: d.Dial}
	s.Identify.Intents = botIntents
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.LogLevel = -1
	return s
}

// connect opens a session that ends with the test.
func connect(t *testing.T, d *discordtest.Discord, handlers ...any) *discordgo.Session {
	t.Helper()
	s := session(t, d)
	for _, h := range handlers {
		s.AddHandler(h)
	}
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.CloseWithCode(4000) })
	d.Gateway().WaitReady(1)
	return s
}

// collected lets a test look at what the description says without failing over it.
func collected(o *discordtest.Options) { o.OnViolation = func(discordtest.Violation) {} }
