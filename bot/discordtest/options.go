package discordtest

import (
	"fmt"
	"time"
)

// Options are the choices of a local Discord. The zero value works: a loopback server with the system clock, one bot
// without privileged intents, and Discord's own limits.
type Options struct {
	// Bot is the bot's user name; "" means "bot".
	Bot string
	// Token is the bot's secret; "" makes one that has the shape of a real one, so that a search for it in logs means something.
	Token string
	// Listen is the loopback address to serve on; "" means 127.0.0.1:0.
	Listen string
	// Memory serves on in-memory connections only, reached through Dial, Transport and Client. It is what makes a
	// testing/synctest bubble possible, where sockets are not.
	Memory bool
	// Clock tells the time of limits, tokens and timestamps; nil means the system's (virtual inside a synctest bubble).
	Clock Clock
	// Wait is how long the waiting helpers wait before they fail; 0 means 10 s, measured by package time.
	Wait time.Duration
	// Heartbeat is the interval told in Hello; 0 means Discord's usual 41.25 s.
	Heartbeat time.Duration
	// Privileged are the privileged intents switched on in the portal; others asked for end in close code 4014.
	Privileged Intents
	// Shards is the number that GET /gateway/bot recommends; 0 means 1.
	Shards int
	// MaxConcurrency is how many identifies per 5 s are taken (0 means 1, below 0 any number), SessionStarts how many
	// per day (0 means 1000).
	MaxConcurrency, SessionStarts int
	// RateLimits replaces the limits of REST; nil means [DefaultRateLimits]. An empty, non-nil value switches them off.
	RateLimits *RateLimits
	// Keep bounds what is remembered: messages per channel, requests, interactions, events to replay. At most twice as
	// many are held. 0 means 10,000.
	Keep int
	// OpenAPI is the file of Discord's OpenAPI description. "" looks in the environment variable DISCORD_OPENAPI and then,
	// for [New] only, in shared/discord/openapi.json beside the working directory or beside any folder above it. Without a
	// file requests are checked against the documented limits only.
	OpenAPI string
	// OnViolation is told of every request that breaks Discord's description. nil fails the test ([New]) or only
	// records it ([Start]); see [REST.Violations].
	OnViolation func(Violation)
	// Fail ends a test helper that cannot go on. nil fails the test ([New]) or panics ([Start]).
	Fail func(message string)
	// Logf prints what the server wants to say, such as a skipped validation; nil is silent.
	Logf func(format string, args ...any)
}

// TB is the part of testing.TB that [New] needs.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

const (
	botID           = "100000000000000001"
	applicationID   = "100000000000000002"
	discordEpoch    = 1420070400000 // ms; Discord docs, reference, "Snowflakes"
	defaultWait     = 10 * time.Second
	defaultBeat     = 41250 * time.Millisecond
	defaultKeep     = 10000
	defaultStarts   = 1000 // per day; Discord docs, events/gateway
	defaultTokenFmt = "%s.GdtLoc.local-discord-secret-%s"
)

// withDefaults fills what the caller left open.
func (o Options) withDefaults() Options {
	set(&o.Bot, "bot")
	set(&o.Token, fmt.Sprintf(defaultTokenFmt, base64ID(botID), "d41d8cd98f00b204"))
	set(&o.Listen, "127.0.0.1:0")
	set(&o.Wait, defaultWait)
	set(&o.Heartbeat, defaultBeat)
	set(&o.Shards, 1)
	set(&o.MaxConcurrency, 1)
	set(&o.SessionStarts, defaultStarts)
	set(&o.Keep, defaultKeep)
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.RateLimits == nil {
		limits := DefaultRateLimits()
		o.RateLimits = &limits
	}
	if o.Logf == nil {
		o.Logf = func(string, ...any) {}
	}
	if o.Fail == nil {
		o.Fail = func(message string) { panic("discordtest: " + message) }
	}
	return o
}

func set[T comparable](v *T, def T) {
	var zero T
	if *v == zero {
		*v = def
	}
}
