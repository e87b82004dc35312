package gateway

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Intents that need no review by Discord. Interactions need none at all.
const (
	// IntentsMinimal is guilds, guild messages and direct messages (4609).
	IntentsMinimal = int(discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages)
	// IntentMessageContent is privileged: only for channels where the bot answers without a mention.
	IntentMessageContent = int(discordgo.IntentMessageContent)
)

// DialFunc opens a network connection; net.Dialer.DialContext is one.
type DialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// Options are the choices of a Gateway. Only Token is required.
type Options struct {
	Token   string // bot token, with or without "Bot "
	APIBase string // "" = https://discord.com
	Shards  int    // 0 = as many as Discord recommends
	Intents int    // 0 = IntentsMinimal
	Log     *slog.Logger
	HTTP    http.RoundTripper // nil = a transport of its own
	Dial    DialFunc          // for the gateway's websocket; nil = net.Dialer
	TLS     *tls.Config       // for the gateway's websocket, e.g. the roots of a proxy; nil = the system's
	// Rand returns numbers in [0,1) for jitter; nil = math/rand/v2.
	Rand func() float64
	// UserAgent must keep Discord's form "DiscordBot (url, version)"; "" = a default.
	UserAgent string

	Workers    int           // handlers at the same time; 0 = 256
	Queue      int           // events waiting for a worker; 0 = 1024
	MaxWait    time.Duration // an event that waited longer is shed; 0 = 1.5 s
	Drain      time.Duration // how long handlers may finish when Run's context ends; 0 = 10 s
	OpenWithin time.Duration // the watchdog around one connection attempt; 0 = 45 s, at most 60 s

	// Leases, where not nil, shares the shards with other replicas of the bot: this one runs those whose leases it has. See the
	// package comment.
	Leases Leases
	// Replica names this process in leases and logs, such as its host; something random is added. "" = "replica".
	Replica string
	// LeaseTimes is the timing of Leases.
	LeaseTimes LeaseTimes

	// Finish, where not nil, is called once when Run's context has ended and the shards are handed over, while everything can still
	// be sent and, without Leases, events still arrive. Run goes on when it returns.
	Finish  func()
	OnReady func(shard int) // after READY and after RESUMED
	Hooks   Hooks
}

// Hooks are told of what happens, for metrics. Each may be nil; they must be quick and safe for
// concurrent use.
type Hooks struct {
	Event   func(name string)                               // an event for a handler arrived
	State   func(shard int, phase Phase)                    // a shard's phase changed
	REST    func(route string, status int, d time.Duration) // one attempt ended; status 0 = no answer
	Invalid func(route string, status, inTenMinutes int)    // a 401, 403 or 429 that counts
	Shed    func(event string, why Reason)                  // an event was not handled
	Panic   func(event string)                              // a handler panicked
	Alert   func(what string)                               // a person should look: "unauthorized", "invalid_requests", "lease_lost", …
	Close   func(shard int, code int, reason string)        // a connection ended
}

// Handler is told of events. Its methods run on workers, many at the same time and not in order. The
// context lives on while Run drains and ends at the latest when the drain is over.
type Handler interface {
	Ready(ctx context.Context, r *discordgo.Ready) // once per identify and shard; guilds carry only their ids
	Interaction(ctx context.Context, i *discordgo.Interaction)
	MessageCreate(ctx context.Context, m *discordgo.Message)
	MessageUpdate(ctx context.Context, m *discordgo.Message) // Author may be nil: updates can be partial
	MessageDelete(ctx context.Context, channelID, messageID string)
}

// Reason says why an event was not handled to its end.
type Reason string

const (
	Busy     Reason = "busy"     // no room in the queue
	Late     Reason = "late"     // waited longer than MaxWait
	Draining Reason = "draining" // Run's context has ended
	Panicked Reason = "panicked" // the handler panicked while it worked on the event
)

// Shedder is what a Handler may be as well: it gets the interactions and new messages that no worker
// took or whose handler panicked, on a few workers of their own, to say so to the person who asked.
// Exactly one of i and m is not nil. The context ends after two and a half seconds.
type Shedder interface {
	Shed(ctx context.Context, why Reason, i *discordgo.Interaction, m *discordgo.Message)
}

// withDefaults fills in what was left open.
func (o Options) withDefaults() Options {
	if !strings.HasPrefix(o.Token, "Bot ") {
		o.Token = "Bot " + o.Token
	}
	o.APIBase = strings.TrimRight(cmp.Or(o.APIBase, "https://discord.com"), "/")
	o.UserAgent = cmp.Or(o.UserAgent, "DiscordBot (https://github.com/bwmarrin/discordgo, v"+discordgo.VERSION+") Enlace")
	o.Intents = cmp.Or(o.Intents, IntentsMinimal)
	o.Workers = cmp.Or(o.Workers, 256)
	o.Queue = cmp.Or(o.Queue, 1024)
	o.MaxWait = cmp.Or(o.MaxWait, 1500*time.Millisecond)
	o.Drain = cmp.Or(o.Drain, 10*time.Second)
	o.Replica = cmp.Or(o.Replica, "replica")
	o.LeaseTimes = o.LeaseTimes.withDefaults()
	o.OpenWithin = min(cmp.Or(o.OpenWithin, 45*time.Second), time.Minute)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.Dial == nil {
		d := &net.Dialer{Timeout: upgradeWithin, KeepAlive: 15 * time.Second}
		o.Dial = d.DialContext
	}
	if o.TLS == nil {
		o.TLS = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if o.HTTP == nil {
		o.HTTP = &http.Transport{
			Proxy: http.ProxyFromEnvironment, MaxIdleConns: 128, MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second,
			TLSHandshakeTimeout: 10 * time.Second, ExpectContinueTimeout: time.Second, ForceAttemptHTTP2: true,
		}
	}
	return o
}

// check refuses options that can never work.
func (o Options) check() error {
	token := strings.TrimPrefix(o.Token, "Bot ")
	if token == "" {
		return errors.New("discord.token is missing: put the bot's token from Discord's developer portal there")
	}
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("discord.token holds characters that no token has: copy it again")
	}
	if u, err := url.Parse(o.APIBase); o.APIBase != "" &&
		(err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil) {
		return errors.New("discord.api_base is not a web address: use https://discord.com")
	}
	if o.Shards < 0 {
		return errors.New("discord.shards is negative: use auto or a number from 1")
	}
	return o.LeaseTimes.check()
}

func (h Hooks) event(name string) {
	if h.Event != nil {
		h.Event(name)
	}
}

func (h Hooks) state(shard int, p Phase) {
	if h.State != nil {
		h.State(shard, p)
	}
}

func (h Hooks) rest(route string, status int, d time.Duration) {
	if h.REST != nil {
		h.REST(route, status, d)
	}
}

func (h Hooks) invalid(route string, status, n int) {
	if h.Invalid != nil {
		h.Invalid(route, status, n)
	}
}

func (h Hooks) shed(event string, why Reason) {
	if h.Shed != nil {
		h.Shed(event, why)
	}
}

func (h Hooks) panic(event string) {
	if h.Panic != nil {
		h.Panic(event)
	}
}

func (h Hooks) alert(what string) {
	if h.Alert != nil {
		h.Alert(what)
	}
}

func (h Hooks) close(shard, code int, reason string) {
	if h.Close != nil {
		h.Close(shard, code, reason)
	}
}
