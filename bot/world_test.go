package bot_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"enlace/bot"
	"enlace/bot/discordtest"
	"enlace/bot/gateway"
	"enlace/bot/ops"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/llm"
	"enlace/knowledge/llm/llmtest"
	"enlace/knowledge/search"
)

var throughInbox = flag.Bool("inbox", false, "have an inbox in every world")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// base is the small fact base of testdata/facts.
var base = sync.OnceValue(func() *knowledge.Base {
	b, err := facts.Load(os.DirFS("testdata/facts"))
	if err != nil {
		panic(err)
	}
	return b
})

// setup is what a test chooses; the zero value is a bot without a model and without limits.
type setup struct {
	settings bot.Settings
	channels func(g *discordtest.Guild, set *bot.Settings) // settings that name channels; may be nil
	base     *knowledge.Base
	model    http.Handler // of an OpenAI-compatible endpoint; nil = none
	answerer bot.Answerer // instead of a service over base
	store    state.Store
	commands state.Registrations
	latency  time.Duration // of Discord's API
	options  []func(*discordtest.Options)
	debug    bool
	now      func() time.Time // the bot's clock; nil = the world's
	invalid  bool             // invalid requests are part of the test
	inbox    bool             // questions wait in an inbox, as they do with every engine
	status   func() bot.Status
	budget   func() (used, limit int64)
	draw     bot.Draw
	also     func(w *world, o *bot.Options) // what else the bot is made with; may be nil
	then     func(w *world)                 // what begins once it is ready; may be nil
}

// world is a bot that is connected to a local Discord over a websocket. All of it lives in a bubble of virtual time.
type world struct {
	*testing.T
	discord *discordtest.Discord
	guild   *discordtest.Guild
	bot     *bot.Bot
	gateway *gateway.Gateway
	live    *search.Live
	metrics *ops.Metrics
	log     *logged
	stop    func() // ends the connection, which must end well
}

type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// inWorld runs a test in a bubble with a bot that is ready. At the end everything has to be orderly: nothing is left running, no
// request was invalid, every message had its mentions switched off, and no log has the token.
func inWorld(t *testing.T, s setup, f func(w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, s)
		f(w)
		w.stop()
		w.orderly(s)
	})
}

func newWorld(t *testing.T, s setup) *world {
	t.Helper()
	w := &world{T: t, log: &logged{}, metrics: ops.NewMetrics(ops.Build{}, time.Now())}
	w.discord = discordtest.New(t, append([]func(*discordtest.Options){func(o *discordtest.Options) {
		o.Memory, o.Bot, o.Wait = true, "enlace", 5*time.Minute
	}}, s.options...)...)
	w.guild = w.discord.Guild("lighthouse keepers")
	if s.channels != nil {
		s.channels(w.guild, &s.settings)
	}
	level := slog.LevelInfo
	if s.debug {
		level = slog.LevelDebug
	}
	lg := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: level}))
	if s.base == nil {
		s.base = base()
	}
	w.live = search.NewLive(search.New(s.base))
	answerer := s.answerer
	if answerer == nil {
		answerer = answer.New(w.live, w.wording(s.model, lg))
	}
	var err error
	o := bot.Options{Answerer: answerer, Store: s.store, Commands: s.commands, Settings: s.settings, Meter: w.metrics, Log: lg, Now: s.now,
		Facts: func() *knowledge.Base { return w.live.Load().Base() }, Status: s.status, Budget: s.budget, Draw: s.draw}
	if s.also != nil {
		s.also(w, &o)
	}
	if o.Inbox == nil && (s.inbox || *throughInbox) {
		engine := state.NewMemory() // of this bubble
		o.Inbox, o.Outbox = engine, engine
	}
	w.bot, err = bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	intents := gateway.IntentsMinimal
	if len(s.settings.AutoAnswer) > 0 {
		intents |= gateway.IntentMessageContent
	}
	w.gateway, err = gateway.New(gateway.Options{
		Token: w.discord.Token(), HTTP: w.discord.Transport(), Dial: w.discord.Dial, Intents: intents, Log: lg, Hooks: gateway.Hooks{REST: w.metrics.REST},
	}, w.bot)
	if err != nil {
		t.Fatal(err)
	}
	w.bot.Connect(bot.Over(w.gateway.Rest()))
	ctx, cancel := context.WithCancel(context.Background())
	done, worked := make(chan error, 1), make(chan error, 1)
	go func() { done <- w.gateway.Run(ctx) }()
	go func() { worked <- w.bot.Work(ctx) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := errors.Join(<-done, <-worked); err != nil {
			t.Errorf("the connection ends with %v", err)
		}
	})
	t.Cleanup(w.stop)
	w.discord.Gateway().WaitReady(1)
	w.settle(time.Second)
	w.discord.REST().Latency(s.latency)
	if s.then != nil {
		s.then(w)
	}
	return w
}

// wording is how answers are worded: by a model behind a connection in memory, or not at all.
func (w *world) wording(model http.Handler, lg *slog.Logger) answer.Options {
	if model == nil {
		return answer.Options{}
	}
	dial, stop := llmtest.Serve(model)
	client, err := llm.New("http://model.test/v1", "scripted", llm.Options{Dial: dial, Log: lg, MaxConcurrent: 64})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { client.Close(); stop() })
	return answer.Options{Writer: client, WriterVersion: "scripted"}
}

// settle lets time pass until nothing happens any more.
func (w *world) settle(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (w *world) general() *discordtest.Channel { return w.guild.Channel("general") }

// orderly checks what holds after every test.
func (w *world) orderly(s setup) {
	w.Helper()
	for _, r := range w.discord.REST().Requests("") {
		writes := strings.Contains(r.Route, "/messages") || strings.Contains(r.Route, "/callback") || strings.Contains(r.Route, "POST /webhooks")
		if r.Method == http.MethodGet || r.Method == http.MethodDelete || !writes {
			continue
		}
		mentions := r.Field("allowed_mentions")
		if strings.Contains(r.Route, "/callback") {
			if slices.Contains([]string{"5", "6", "8", "9"}, fmt.Sprint(r.Field("type"))) {
				continue // a defer says nothing yet, and takes no other flag than EPHEMERAL; suggestions and forms are no messages
			}
			mentions = r.Field("data", "allowed_mentions")
		}
		if m, ok := mentions.(map[string]any); !ok || len(m["parse"].([]any)) != 0 {
			w.Errorf("%s does not switch mentions off: %s", r.Route, r.Raw)
		}
	}
	if w.discord.REST().Invalid() > 0 && !s.invalid {
		w.Errorf("%d invalid requests", w.discord.REST().Invalid())
	}
	for _, secret := range []string{w.discord.Token(), strings.SplitN(w.discord.Token(), ".", 3)[2]} {
		if strings.Contains(w.log.String(), secret) {
			w.Error("the token is in the log")
		}
	}
	if w.bot.Open() != 0 {
		w.Errorf("%d answers are still open", w.bot.Open())
	}
}

func TestTheBotAnswersAMention(t *testing.T) {
	inWorld(t, setup{}, func(w *world) {
		q := w.guild.Member("ana").Asks(w.general(), "How high is the lighthouse?")
		if got := q.Answer().Content; !strings.HasPrefix(got, "The lighthouse is 41 metres high. [1]\n-# [1] ✓ official · Port Gazette · <t:") {
			t.Errorf("%q", got)
		}
	})
}
