package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
	"enlace/bot/gateway"
)

// echo answers each message and command, and counts.
type echo struct {
	rest *gateway.Rest
	t    *testing.T

	mu     sync.Mutex
	events []string
}

func (e *echo) add(s string) {
	e.mu.Lock()
	e.events = append(e.events, s)
	e.mu.Unlock()
}

func (e *echo) seen(s string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, v := range e.events {
		if strings.HasPrefix(v, s) {
			n++
		}
	}
	return n
}

func (e *echo) Ready(context.Context, *discordgo.Ready) { e.add("ready") }

func (e *echo) Interaction(ctx context.Context, i *discordgo.Interaction) {
	e.add("interaction")
	err := e.rest.InteractionCallback(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource})
	if err == nil {
		text := "answered"
		_, err = e.rest.EditOriginal(ctx, i, &discordgo.WebhookEdit{Content: &text})
	}
	if err == nil {
		_, err = e.rest.FollowUp(ctx, i, &discordgo.WebhookParams{Content: "and more", Flags: discordgo.MessageFlagsEphemeral})
	}
	if err != nil {
		e.t.Errorf("interaction: %v", err)
	}
}

func (e *echo) MessageCreate(ctx context.Context, m *discordgo.Message) {
	if m.Author.Bot {
		return
	}
	e.add("message " + m.Content)
	if err := e.rest.Typing(ctx, m.ChannelID); err != nil {
		e.t.Errorf("typing: %v", err)
	}
	sent, err := e.rest.CreateMessageOnce(ctx, m.ChannelID, m.ID+"-1", &discordgo.MessageSend{
		Content: "you said it, @everyone", Reference: m.SoftReference(),
	})
	if err != nil {
		e.t.Errorf("message: %v", err)
		return
	}
	text := "you said it better, @everyone"
	if _, err := e.rest.EditMessage(ctx, m.ChannelID, sent.ID, &discordgo.MessageEdit{Content: &text}); err != nil {
		e.t.Errorf("edit: %v", err)
	}
}

func (e *echo) MessageUpdate(context.Context, *discordgo.Message)    {}
func (e *echo) MessageDelete(_ context.Context, _, messageID string) { e.add("delete") }

// local runs a gateway against a local Discord in a bubble.
func local(t *testing.T, f func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway), choices ...func(*discordtest.Options)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := discordtest.New(t, append(choices, func(o *discordtest.Options) { o.Memory, o.Wait = true, time.Minute })...)
		d.Guild("Library")
		e := &echo{t: t}
		g, err := gateway.New(gateway.Options{
			Token: d.Token(), APIBase: d.URL(), HTTP: d.Transport(), Dial: d.Dial, Log: slog.New(slog.DiscardHandler),
		}, e)
		if err != nil {
			t.Fatal(err)
		}
		e.rest = g.Rest()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- g.Run(ctx) }()
		defer func() {
			cancel()
			if err := <-done; err != nil && !errors.As(err, new(*gateway.FatalError)) {
				t.Errorf("Run: %v", err)
			}
		}()
		f(t, d, e, g)
	})
}

func TestLocalDiscordConversation(t *testing.T) {
	local(t, func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway) {
		d.Gateway().WaitReady(1)
		app := d.ApplicationID()
		cmds, err := g.Rest().RegisterCommands(t.Context(), app, "", []*discordgo.ApplicationCommand{{
			Type: discordgo.ChatApplicationCommand, Name: "ask", Description: "Ask",
		}})
		if err != nil || len(cmds) != 1 || cmds[0].ID == "" {
			t.Fatalf("commands = %+v, %v", cmds, err)
		}
		guild := d.Guild("Library")
		ana, general := guild.Member("ana"), guild.Channel("general")
		ana.Says(general, "<@"+d.Bot().ID+"> hello")
		synctest.Wait()
		time.Sleep(5 * time.Second)
		ana.Slash(general, "ask")
		time.Sleep(5 * time.Second)
		synctest.Wait()
		got := general.Transcript(ana.User)
		for _, want := range []string{"you said it better", "answered", "and more"} {
			if !strings.Contains(got, want) {
				t.Errorf("transcript lacks %q:\n%s", want, got)
			}
		}
		if v := d.REST().Violations(); len(v) > 0 || d.REST().Invalid() > 0 {
			t.Errorf("violations %v, %d invalid requests", v, d.REST().Invalid())
		}
	})
}

func TestLocalDiscordFaults(t *testing.T) {
	local(t, func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway) {
		gw := d.Gateway()
		gw.WaitReady(1)
		guild := d.Guild("Library")
		ana, general := guild.Member("ana"), guild.Channel("general")
		for n, fault := range []func(){
			gw.Reconnect, gw.Drop, gw.DropMidFrame, func() { gw.CloseAll(4000) }, func() { gw.CloseAll(4009) }, func() { gw.Invalidate(true) },
			func() { gw.Invalidate(false) }, func() { gw.Acks(false) }, gw.Mute,
			func() {
				gw.Next(discordtest.ReconnectOp(), discordtest.Silent(), discordtest.NoReady(), discordtest.Refused(502))
				gw.Drop()
			},
			func() { gw.Next(discordtest.InvalidSession(false)); gw.Drop() },
		} {
			fault()
			time.Sleep(2 * time.Minute)
			gw.Acks(true)
			time.Sleep(4 * time.Minute)
			if !g.State().AllReady() {
				t.Fatalf("fault %d: state = %+v", n, g.State())
			}
			text := fmt.Sprintf("<@%s> still there after %d?", d.Bot().ID, n)
			ana.Says(general, text)
			time.Sleep(5 * time.Second)
			if e.seen("message "+text) != 1 {
				t.Errorf("fault %d: the message arrived %d times", n, e.seen("message "+text))
			}
		}
	})
}

func TestLocalDiscordReplaysWhatWasMissed(t *testing.T) {
	local(t, func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway) {
		d.Gateway().WaitReady(1)
		guild := d.Guild("Library")
		ana, general := guild.Member("ana"), guild.Channel("general")
		synctest.Wait() // READY has arrived
		d.Gateway().Drop()
		ana.Says(general, "<@"+d.Bot().ID+"> while you were away")
		time.Sleep(time.Minute)
		if n := e.seen("message "); n != 1 {
			t.Errorf("the message arrived %d times, want once", n)
		}
		if st := g.State().Shards[0]; st.Identifies != 1 || st.Resumes != 1 {
			t.Errorf("state = %+v, want one resume", st)
		}
	})
}

func TestLocalDiscordThreadsAndShards(t *testing.T) {
	shards := func(o *discordtest.Options) { o.Shards = 3 }
	local(t, func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway) {
		d.Gateway().WaitReady(3)
		time.Sleep(time.Second)
		if !g.State().AllReady() || len(g.State().Shards) != 3 {
			t.Errorf("state = %+v", g.State())
		}
		general := d.Guild("Library").Channel("general")
		m, err := g.Rest().CreateMessage(t.Context(), general.ID, &discordgo.MessageSend{Content: "a thread begins"})
		if err != nil {
			t.Fatal(err)
		}
		c, err := g.Rest().CreateThread(t.Context(), general.ID, m.ID, &discordgo.ThreadStart{Name: "thread", AutoArchiveDuration: 60})
		if err != nil || c.ID != m.ID {
			t.Fatalf("thread = %+v, %v", c, err)
		}
		if _, err := g.Rest().CreateMessage(t.Context(), c.ID, &discordgo.MessageSend{Content: "in it"}); err != nil {
			t.Error(err)
		}
		if err := g.Rest().React(t.Context(), general.ID, m.ID, "👍"); err != nil {
			t.Error(err)
		}
		if err := g.Rest().DeleteMessage(t.Context(), general.ID, m.ID); err != nil {
			t.Error(err)
		}
		me, err := g.Rest().Me(t.Context())
		if err != nil || me.ID != d.Bot().ID || g.State().User != me.ID {
			t.Errorf("me = %+v, %v", me, err)
		}
	}, shards)
}

func TestLocalDiscordFatalCode(t *testing.T) {
	local(t, func(t *testing.T, d *discordtest.Discord, e *echo, g *gateway.Gateway) {
		d.Gateway().WaitReady(1)
		d.Gateway().CloseAll(4014)
		time.Sleep(time.Minute)
		if p := g.State().Shards[0].Phase; p != gateway.Stopped {
			t.Errorf("phase = %s, want stopped", p)
		}
		if n := len(d.Gateway().Received(2)); n != 1 {
			t.Errorf("%d identifies, want no further one", n)
		}
	})
}

// Everything above runs in memory; this is one connection over real sockets, in real time.
func TestLoopback(t *testing.T) {
	d := discordtest.New(t)
	e := &echo{t: t}
	ready := make(chan int, 1)
	g, err := gateway.New(gateway.Options{Token: d.Token(), APIBase: d.URL(), OnReady: func(shard int) { ready <- shard }}, e)
	if err != nil {
		t.Fatal(err)
	}
	e.rest = g.Rest()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx) }()
	<-ready
	general := d.Guild("Library").Channel("general")
	d.Guild("Library").Member("ana").Says(general, "<@"+d.Bot().ID+"> hello").Answer()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
