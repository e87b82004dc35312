package discordtest

import (
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Limit is a number of requests in a time; the zero value is no limit.
type Limit struct {
	Requests int
	Per      time.Duration
}

// RateLimits are the limits of REST.
type RateLimits struct {
	// Global is the limit of the bot over all routes but those of interactions and webhooks.
	Global Limit
	// Routes are the limits of single routes, by "METHOD /template" with the parameter names of Discord's OpenAPI
	// description; each channel, guild or webhook has its own count. Other is that of all other routes.
	Routes map[string]Limit
	Other  Limit
	// Token is the limit of one interaction token, over follow-ups and edits; Channel that of all of them in one
	// channel, which headers do not tell beforehand.
	Token, Channel Limit
}

// DefaultRateLimits are Discord's: 50 per second globally and the webhook limits as documented or told by its staff, the
// limits of messages as users observe them. They are not promised by Discord.
func DefaultRateLimits() RateLimits {
	perChannel := Limit{5, 5 * time.Second}
	return RateLimits{
		Global: Limit{50, time.Second},
		Routes: map[string]Limit{
			"POST /channels/{channel_id}/messages":                                           perChannel,
			"PATCH /channels/{channel_id}/messages/{message_id}":                             perChannel,
			"DELETE /channels/{channel_id}/messages/{message_id}":                            {5, time.Second},
			"POST /channels/{channel_id}/typing":                                             perChannel,
			"PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me":    {4, time.Second},
			"POST /channels/{channel_id}/messages/{message_id}/threads":                      {10, 10 * time.Second},
			"POST /channels/{channel_id}/threads":                                            {10, 10 * time.Second},
			"POST /users/@me/channels":                                                       {10, 10 * time.Second},
			"PUT /applications/{application_id}/commands":                                    {5, 20 * time.Second},
			"PUT /applications/{application_id}/guilds/{guild_id}/commands":                  {5, 20 * time.Second},
			"DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": {4, time.Second},
		},
		Other:   Limit{50, time.Second},
		Token:   Limit{5, 2 * time.Second},
		Channel: Limit{30, time.Minute},
	}
}

// NoRateLimits switches all limits off.
func NoRateLimits(o *Options) { o.RateLimits = &RateLimits{} }

// window counts the requests of one bucket since its first one.
type window struct {
	used  int
	reset time.Time
}

type limiter struct {
	RateLimits
	windows map[string]*window
}

func newLimiter(l RateLimits) *limiter { return &limiter{RateLimits: l, windows: map[string]*window{}} }

// take counts a request against a limit; wait is how long to wait when there is no room.
func (l *limiter) take(key string, limit Limit, now time.Time) (w *window, wait time.Duration) {
	if limit.Requests == 0 {
		return nil, 0
	}
	l.sweep(now)
	w = l.windows[key]
	if w == nil || !now.Before(w.reset) {
		w = &window{reset: now.Add(limit.Per)}
		l.windows[key] = w
	}
	if w.used >= limit.Requests {
		return w, w.reset.Sub(now)
	}
	w.used++
	return w, 0
}

// sweep forgets windows that are over, now and then.
func (l *limiter) sweep(now time.Time) {
	if len(l.windows) < 4096 {
		return
	}
	for key, w := range l.windows {
		if !now.Before(w.reset) {
			delete(l.windows, key)
		}
	}
}

// limit counts the call against every limit that concerns it; it returns the headers of its bucket, or a 429.
func (d *Discord) limit(c *call) (http.Header, *reply) {
	now := d.opts.Clock.Now()
	name := c.method + " " + c.route.template
	token, byToken := c.params["webhook_token"]
	if !byToken && !c.route.open {
		if _, wait := d.limits.take("global", d.limits.Global, now); wait > 0 {
			rep := tooMany(now, wait, "global")
			return nil, &rep
		}
	}
	if strings.HasPrefix(c.route.template, "/interactions/") {
		return nil, nil
	}
	limit, known := d.limits.Routes[name]
	major := c.params["channel_id"] + c.params["guild_id"]
	if !known {
		limit = d.limits.Other
	}
	if byToken {
		limit, major, name = d.limits.Token, token, "webhook"
	}
	w, wait := d.limits.take(name+" "+major, limit, now)
	if wait == 0 && byToken && c.method != http.MethodGet {
		if _, hidden := d.limits.take("webhooks in "+d.channelOfToken(token), d.limits.Channel, now); hidden > 0 {
			rep := tooMany(now, hidden, "user")
			return nil, &rep
		}
	}
	if wait > 0 {
		rep := tooMany(now, wait, "user")
		rep.header.Set("X-RateLimit-Limit", strconv.Itoa(limit.Requests))
		rep.header.Set("X-RateLimit-Bucket", bucketHash(name))
		return nil, &rep
	}
	return headers(w, limit, name, now), nil
}

func headers(w *window, limit Limit, name string, now time.Time) http.Header {
	if w == nil {
		return nil
	}
	h := http.Header{}
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit.Requests))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(limit.Requests-w.used))
	h.Set("X-RateLimit-Reset", decimal(float64(w.reset.UnixMilli())/1000))
	h.Set("X-RateLimit-Reset-After", decimal(w.reset.Sub(now).Seconds()))
	h.Set("X-RateLimit-Bucket", bucketHash(name))
	return h
}

func bucketHash(name string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return strconv.FormatUint(h.Sum64(), 16)
}

func (d *Discord) channelOfToken(token string) string {
	if i := d.interactions[token]; i != nil {
		return i.Channel.ID
	}
	return token
}
