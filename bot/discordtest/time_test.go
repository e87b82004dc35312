package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

// TestBubble runs discordgo and the local Discord in virtual time: minutes take none.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, func(o *discordtest.Options) { o.Memory, o.Wait = true, time.Hour })
		g := d.Guild("Library")
		began := time.Now()
		s := session(t, d)
		s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
			time.Sleep(2 * time.Second)
			if err := s.InteractionRespond(i.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}); err != nil {
				t.Error(err)
			}
			time.Sleep(10 * time.Minute)
			text := "slowly"
			if _, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text}); err != nil {
				t.Error(err)
			}
		})
		if err := s.Open(); err != nil {
			t.Fatal(err)
		}
		registered(t, d, obj{"name": "ask", "description": "Ask"})
		i := g.Member("ana").Slash(g.Channel("general"), "ask")
		if took := i.Acked(); took != 2*time.Second {
			t.Errorf("acknowledged after %v, want exactly 2s", took)
		}
		if m := i.Reply(); m.Content != "slowly" {
			t.Errorf("reply is %v", m)
		}
		if d.Gateway().Stats().Open != 1 || time.Since(began) < 10*time.Minute {
			t.Errorf("after %v of heartbeats the connection is gone", time.Since(began))
		}
		synctest.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		d.Gateway().WaitClosed()
	})
}

func TestLatencyInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, func(o *discordtest.Options) { o.Memory = true })
		d.REST().Latency(300 * time.Millisecond)
		began := time.Now()
		send(t, d, "GET", "/users/@me", nil)
		if took := time.Since(began); took != 300*time.Millisecond {
			t.Errorf("the request took %v", took)
		}
	})
}

func TestManualClockRunsWhatFallsDue(t *testing.T) {
	c := discordtest.NewClock(start)
	var ran []string
	note := func(name string) func() {
		return func() { ran = append(ran, name+" at "+c.Now().Sub(start).String()) }
	}
	c.AfterFunc(2*time.Second, note("second"))
	c.AfterFunc(time.Second, note("first"))
	stop := c.AfterFunc(time.Second, note("stopped"))
	c.AfterFunc(time.Hour, note("later"))
	if !stop() || stop() {
		t.Error("stop reports the wrong thing")
	}
	c.Advance(3 * time.Second)
	if got := strings.Join(ran, ", "); got != "first at 1s, second at 2s" {
		t.Errorf("ran %s", got)
	}
}

func TestTypingFades(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	general := d.Guild("Library").Channel("general")
	send(t, d, "POST", "/channels/"+general.ID+"/typing", nil)
	if who := general.Typing(); len(who) != 1 || who[0] != d.Bot() {
		t.Errorf("typing are %v", who)
	}
	clock.Advance(10 * time.Second)
	if who := general.Typing(); len(who) != 0 {
		t.Errorf("after ten seconds %v still type", who)
	}
}

// TestManyPeopleAtOnce is for the race detector: people, faults, observers and the bot at the same time.
func TestManyPeopleAtOnce(t *testing.T) {
	d := discordtest.New(t, discordtest.NoRateLimits, many, func(o *discordtest.Options) { o.Keep = 50 })
	g := d.Guild("Library")
	var mu sync.Mutex
	events := 0
	stop := d.Observe(func(e discordtest.Event) {
		mu.Lock()
		defer mu.Unlock()
		events++
		if e.Message != nil {
			_ = e.Message.String()
		}
	})
	defer stop()
	s := connect(t, d, func(s *discordgo.Session, m *discordgo.MessageCreate) {
		if m.Author == nil || m.Author.Bot || len(m.Mentions) == 0 {
			return
		}
		sent, err := s.ChannelMessageSendReply(m.ChannelID, "…", m.Reference())
		if err == nil {
			_, err = s.ChannelMessageEdit(m.ChannelID, sent.ID, "done")
		}
		if err != nil {
			t.Error(err)
		}
	})
	var people sync.WaitGroup
	for n := range 20 {
		people.Go(func() {
			who, c := g.Member(fmt.Sprint("user", n)), g.Channel(fmt.Sprint("channel", n%5))
			for range 5 {
				m := who.Asks(c, "now?")
				m.Answer().WaitUntil("the edit", func(m *discordtest.Message) bool { return m.Content == "done" })
				_ = c.Transcript(who.User)
			}
			who.Reacts(who.Says(c, "thanks"), "👍")
		})
	}
	people.Wait()
	if got := d.REST().Count("POST /channels/{id}/messages"); got != 100 {
		t.Errorf("%d replies, want 100", got)
	}
	if n := len(d.REST().Requests("")); n > 200 {
		t.Errorf("%d requests are remembered with Keep 50", n)
	}
	mu.Lock()
	defer mu.Unlock()
	if events == 0 {
		t.Error("the observer saw nothing")
	}
	_ = s
}

func TestStandingAlone(t *testing.T) {
	d, err := discordtest.Start(discordtest.Options{Bot: "Enlace"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	seen := make(chan discordtest.Event, 8)
	defer d.Observe(func(e discordtest.Event) { seen <- e })()
	ana := d.Guild("Library").Member("ana")
	if _, err := ana.Use(d.Guild("Library").Channel("general"), "nothing"); err == nil {
		t.Error("an unknown command was used")
	}
	ana.Says(d.Guild("Library").Channel("general"), "hello")
	if e := <-seen; e.Kind != discordtest.EventMessageCreate || e.Message.Content != "hello" || e.User != ana.User {
		t.Errorf("first event is %+v", e)
	}
	resp, err := http.Get(d.URL() + "/api/v10/gateway")
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if resp.StatusCode != 403 {
		t.Errorf("a request without User-Agent of a bot: %d", resp.StatusCode)
	}
	d.Close()
}

func TestBadOptions(t *testing.T) {
	if _, err := discordtest.Start(discordtest.Options{Listen: "nowhere:99999"}); err == nil {
		t.Error("a bad address was taken")
	}
	if _, err := discordtest.Start(discordtest.Options{OpenAPI: "doc.go"}); err == nil {
		t.Error("a Go file was taken for an OpenAPI description")
	}
}
