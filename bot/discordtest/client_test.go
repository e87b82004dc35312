package discordtest_test

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

// TestDiscordgoResumesByItself runs discordgo with its own reconnecting and its State, through op 7 and a cut.
func TestDiscordgoResumesByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, many, func(o *discordtest.Options) { o.Memory, o.Wait = true, time.Minute })
		g := d.Guild("Library")
		seen := make(chan string, 8)
		s := session(t, d)
		s.StateEnabled, s.ShouldReconnectOnError = true, true
		s.AddHandler(func(s *discordgo.Session, m *discordgo.MessageCreate) { seen <- m.Content })
		if err := s.Open(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if c, err := s.State.Channel(g.Channel("general").ID); err != nil || c.Name != "general" {
			t.Errorf("State has %v (%v)", c, err)
		}
		d.Gateway().Reconnect()
		d.Gateway().WaitResumed(1)
		synctest.Wait()
		d.Gateway().Drop()
		d.Gateway().WaitClosed()
		m := g.Member("ana").Asks(g.Channel("general"), "did you miss this?")
		d.Gateway().WaitResumed(2)
		if got := <-seen; got != m.Content {
			t.Errorf("after two resumes the bot saw %q", got)
		}
		if n := d.Gateway().Stats().Identifies; n != 1 {
			t.Errorf("%d identifies, want 1", n)
		}
		synctest.Wait() // discordgo's heartbeat takes the lock that Close sleeps with
		s.ShouldReconnectOnError = false
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		d.Gateway().WaitClosed()
	})
}

// TestUnknownComponentsBreakTheDecoding shows the trap that a message command has to survive with discordgo v0.29.0.
func TestUnknownComponentsBreakTheDecoding(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	ana, general := g.Member("ana"), g.Channel("general")
	registered(t, d, obj{"name": "Check facts", "type": 3})
	got := make(chan bool, 1)
	connect(t, d, func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		got <- i.Interaction == nil || i.Data == nil
	})
	m, err := ana.Send(general, discordtest.Draft{Webhook: "news", Components: []json.RawMessage{json.RawMessage(`{"type":20}`)}})
	if err != nil {
		t.Fatal(err)
	}
	ana.UseOn(m, "Check facts")
	if !<-got {
		t.Error("the interaction was decoded: the trap is gone, and the guards against it too may go")
	}
}

// TestGlobalBanPage is what ten thousand invalid requests lead to.
func TestGlobalBanPage(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, discordtest.NoRateLimits, func(o *discordtest.Options) { o.Clock, o.Memory, o.Keep = clock, true, 10 })
	d.REST().Fail("GET /users/@me", 403, discordtest.Forever())
	for range 10001 {
		send(t, d, "GET", "/users/@me", nil)
	}
	d.REST().Heal()
	if status, raw, _ := send(t, d, "GET", "/users/@me", nil); status != 429 || raw[0] != '<' {
		t.Errorf("after 10,001 invalid requests: %d %s", status, raw)
	}
	clock.Advance(11 * time.Minute)
	if status, _, _ := send(t, d, "GET", "/users/@me", nil); status != 200 {
		t.Errorf("after eleven minutes: %d", status)
	}
}
