package webhook_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/bot/gateway"
	"enlace/bot/webhook"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

const url = "http://enlace.test" + webhook.Path

var base = sync.OnceValue(func() *knowledge.Base {
	b, err := facts.Load(os.DirFS("../testdata/facts"))
	if err != nil {
		panic(err)
	}
	return b
})

// world is a bot whose interactions come by HTTP, in a bubble. Its gateway is connected for messages.
type world struct {
	*testing.T
	discord *discordtest.Discord
	bot     *bot.Bot
	rest    *gateway.Rest
	client  *http.Client // of its endpoint
	general *discordtest.Channel
	mu      sync.Mutex
	refused map[webhook.Reason]int
	log     *desk // only as a writer
}

// setup is what a test chooses; the zero value is a bot with a gateway for messages.
type setup struct {
	handler func(w *world) webhook.Handler // in place of the bot
	offline bool                           // the gateway never connects: the bot is told nothing of itself
}

func inWorld(t *testing.T, choice setup, f func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, refused: map[webhook.Reason]int{}, log: &desk{}}
		w.discord = discordtest.New(t, func(o *discordtest.Options) { o.Memory, o.Bot, o.Wait = true, "enlace", 5*time.Minute })
		lg := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		service := answer.New(search.NewLive(search.New(base())), answer.Options{})
		b, err := bot.New(bot.Options{Answerer: service, Facts: base, Log: lg})
		if err != nil {
			t.Fatal(err)
		}
		g, err := gateway.New(gateway.Options{Token: w.discord.Token(), HTTP: w.discord.Transport(), Dial: w.discord.Dial, Log: lg}, b)
		if err != nil {
			t.Fatal(err)
		}
		b.Connect(bot.Over(g.Rest()))
		w.bot, w.rest = b, g.Rest()
		var handler webhook.Handler = b
		if choice.handler != nil {
			handler = choice.handler(w)
		}
		p := newPipes()
		s, err := webhook.New(p, webhook.Options{
			PublicKey: w.discord.PublicKeyHex(), Handler: handler, Log: lg,
			Refused: func(r webhook.Reason) { w.mu.Lock(); w.refused[r]++; w.mu.Unlock() },
		})
		if err != nil {
			t.Fatal(err)
		}
		served, connected := make(chan error, 1), make(chan error, 1)
		go func() { served <- s.Serve() }()
		ctx, disconnect := context.WithCancel(context.Background())
		if choice.offline {
			connected <- nil
			w.register()
		} else {
			go func() { connected <- g.Run(ctx) }()
			w.discord.Gateway().WaitReady(1)
		}
		w.discord.WaitCommand("ask")
		w.client = p.client()
		if err := w.discord.UseEndpoint(url, w.client); err != nil {
			t.Fatal(err)
		}
		w.general = w.discord.Guild("lighthouse keepers").Channel("general")
		defer func() { // a test that fails ends as orderly
			drain, cancel := context.WithTimeout(ctx, 10*time.Second)
			defer cancel()
			for _, err := range []error{b.Drain(drain), s.Close(drain), b.Drain(drain), <-served} {
				if err != nil {
					t.Error(err)
				}
			}
			disconnect()
			if err := <-connected; err != nil {
				t.Error(err)
			}
			w.orderly()
		}()
		f(w)
	})
}

// settle lets time pass until nothing happens any more.
func (w *world) settle() {
	time.Sleep(10 * time.Second)
	synctest.Wait()
}

// register makes /ask known to Discord, as another process of the bot would.
func (w *world) register() {
	w.Helper()
	question := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What you want to know", Required: true}
	_, err := w.rest.RegisterCommands(w.Context(), w.discord.ApplicationID(), "", []*discordgo.ApplicationCommand{{
		Type: discordgo.ChatApplicationCommand, Name: "ask", Description: "Ask a question", Options: []*discordgo.ApplicationCommandOption{question},
	}})
	if err != nil {
		w.Fatal(err)
	}
}

// orderly checks what holds after every test.
func (w *world) orderly() {
	w.Helper()
	for _, secret := range []string{w.discord.Token(), "aW50ZXJhY3Rpb246"} { // the beginning of every interaction token
		if strings.Contains(w.log.logged(), secret) {
			w.Errorf("%q is in the log:\n%s", secret, w.log.logged())
		}
	}
	if n := w.discord.REST().Invalid(); n > 0 {
		w.Errorf("%d invalid requests", n)
	}
}

func (w *world) member(name string) *discordtest.Member {
	return w.discord.Guild("lighthouse keepers").Member(name)
}

// callbacks counts the first responses to interactions.
func (w *world) callbacks() (n int) {
	for _, r := range w.discord.REST().Requests("") {
		if strings.Contains(r.Route, "/callback") {
			n++
		}
	}
	return n
}

func TestABotBehindHTTPAnswersAsk(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		const starts = "The lighthouse is 41 metres high. [1]"
		question := discordtest.Opt("question", "How high is the lighthouse?")
		i := w.member("ana").Slash(w.general, "ask", question)
		i.WaitFor("the answer", func(m *discordtest.Message) bool { return strings.HasPrefix(m.Content, starts) })
		if took, ok := i.Ack(); !ok || took > time.Second {
			t.Errorf("acknowledged after %s", took)
		}
		ben := w.member("ben")
		direct := ben.Slash(ben.DM(), "ask", question)
		direct.WaitFor("the answer in a direct message", func(m *discordtest.Message) bool { return strings.HasPrefix(m.Content, starts) })
		if by := w.member("eva").Asks(w.general, "How high is the lighthouse?").Answer().Content; !strings.HasPrefix(by, starts) {
			t.Errorf("a mention is answered with %q", by) // these still come by the gateway
		}
		if err := w.discord.ProbeEndpoint(); err != nil {
			t.Errorf("the routine checks: %v", err)
		}
		if w.refused[webhook.Forged] != 2 || w.refused[webhook.Unsigned] != 2 || len(w.refused) != 2 {
			t.Errorf("refused: %v", w.refused) // the bad probes, at saving and now
		}
		if strings.Contains(w.log.logged(), "lighthouse?") {
			t.Error("a question is in the log")
		}
	})
}

func TestABotWithoutAGatewayAnswersByHTTP(t *testing.T) {
	inWorld(t, setup{offline: true}, func(w *world) {
		i := w.member("ana").Slash(w.general, "ask", discordtest.Opt("question", "How high is the lighthouse?"))
		i.WaitFor("the answer", func(m *discordtest.Message) bool {
			return strings.HasPrefix(m.Content, "The lighthouse is 41 metres high. [1]")
		})
	})
}

func TestABotBehindHTTPAnswersAReplayedRequestOnce(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		i := w.member("ana").Slash(w.general, "ask", discordtest.Opt("question", "How high is the lighthouse?"))
		i.WaitFor("the answer", func(m *discordtest.Message) bool { return strings.HasPrefix(m.Content, "The lighthouse") })
		w.settle()
		before := len(w.discord.REST().Requests(""))
		body := i.Payload()
		for _, later := range []time.Duration{0, time.Second, 200 * time.Second} {
			time.Sleep(later)
			if status := w.sends(w.discord.SignedRequestAt(url, body, i.Created)); status != http.StatusAccepted {
				t.Errorf("a replay after %s: %d", later, status)
			}
		}
		time.Sleep(10 * time.Minute)
		if status := w.sends(w.discord.SignedRequestAt(url, body, i.Created)); status != http.StatusUnauthorized {
			t.Errorf("a stale replay: %d", status)
		}
		synctest.Wait()
		if after := len(w.discord.REST().Requests("")); after != before || w.callbacks() != 1 {
			t.Errorf("%d requests more, %d callbacks", after-before, w.callbacks())
		}
		if w.refused[webhook.Replayed] != 3 || w.refused[webhook.Stale] != 1 {
			t.Errorf("refused: %v", w.refused)
		}
	})
}

func (w *world) sends(r *http.Request) int {
	w.Helper()
	resp, err := w.client.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode == http.StatusAccepted && len(body) != 0 {
		w.Errorf("202 with the body %q", body)
	}
	return resp.StatusCode
}

func TestABotBehindHTTPRefusesForgedUses(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		i := w.member("ana").Slash(w.general, "ask", discordtest.Opt("question", "How high is the lighthouse?"))
		i.WaitFor("the answer", func(m *discordtest.Message) bool { return strings.HasPrefix(m.Content, "The lighthouse") })
		w.settle()
		before := len(w.discord.REST().Requests(""))
		body := bytes.Replace(i.Payload(), []byte(i.ID), []byte("1"+i.ID[1:]+"7"), 1) // a use that never was
		for name, spoil := range map[string]func(r *http.Request){
			"unsigned":   func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") },
			"of another": func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", w.discord.Sign("1", body)) },
			"of another key": func(r *http.Request) {
				r.Header.Set("X-Signature-Ed25519", sign(r.Header.Get("X-Signature-Timestamp"), body))
			},
			"upper-case": func(r *http.Request) {
				r.Header.Set("X-Signature-Ed25519", strings.ToUpper(r.Header.Get("X-Signature-Ed25519")))
			},
		} {
			r := w.discord.SignedRequest(url, body)
			spoil(r)
			if status := w.sends(r); status != http.StatusUnauthorized {
				t.Errorf("%s: %d", name, status)
			}
		}
		synctest.Wait()
		if after := len(w.discord.REST().Requests("")); after != before {
			t.Errorf("%d requests were made for forged uses", after-before)
		}
	})
}

// pressing answers commands with a button, and the button by changing its message.
type pressing struct {
	to      bot.Discord
	testing *testing.T
}

func (p pressing) Interaction(ctx context.Context, i *discordgo.Interaction) {
	var err error
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		button := discordgo.Button{Label: "Press", CustomID: "enlace:press:1", Style: discordgo.SecondaryButton}
		err = p.to.Respond(ctx, i, bot.Part{Content: "not yet", Rows: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{button}}}}, false)
	case discordgo.MessageComponentInteractionData:
		err = p.to.Update(ctx, i, bot.Part{Content: "pressed " + data.CustomID + " of " + i.Message.ID})
	}
	if err != nil {
		p.testing.Error(err)
	}
}

func TestTheButtonsOfAnswersWorkByHTTP(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		ana := w.member("ana")
		i := ana.Slash(w.general, "ask", discordtest.Opt("question", "How high is the lighthouse?"))
		m := i.WaitFor("the answer with its buttons", func(m *discordtest.Message) bool { return slices.Contains(m.Buttons(), "Sources") })
		w.settle()
		sources := ana.Clicks(m, "Sources").Reply()
		if !sources.Ephemeral() || !strings.Contains(sources.Content, "Port Gazette") {
			t.Errorf("%v", sources)
		}
		form := ana.Clicks(m, "👎").Modal()
		if form == nil {
			t.Fatal("no form")
		}
		if text := ana.Submits(form, map[string]string{"why": "wrong", "text": "It is 42 metres."}).Reply(); !text.Ephemeral() || text.Content == "" {
			t.Errorf("%v", text)
		}
	})
}

func TestAMessageIsChangedByAButtonByHTTP(t *testing.T) {
	inWorld(t, setup{handler: func(w *world) webhook.Handler { return pressing{bot.Over(w.rest), t} }}, func(w *world) {
		m := w.member("ana").Slash(w.general, "ask", discordtest.Opt("question", "How high?")).Reply()
		w.member("ben").Clicks(m, "Press").Acked()
		if got := m.WaitUntil("is pressed", func(m *discordtest.Message) bool { return m.Content != "not yet" }).Content; got != "pressed enlace:press:1 of "+m.ID {
			t.Errorf("%q", got)
		}
	})
}

func TestTheLoadOfABusyServerIsAcknowledgedInTime(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		var used []*discordtest.Interaction
		for n := range 300 {
			used = append(used, w.member(fmt.Sprint("u", n)).Slash(w.discord.Guild("lighthouse keepers").Channel(fmt.Sprint("c", n%50)), "ask", discordtest.Opt("question", "How high is the lighthouse?")))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, i := range used {
			if took, ok := i.Ack(); !ok || took > 2*time.Second {
				t.Errorf("acknowledged %v after %s", ok, took)
			}
		}
		if len(w.refused) > 2 {
			t.Errorf("refused: %v", w.refused)
		}
	})
}
