package gateway

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	apiPath = "/api/v" + apiVersion
	// apiVersion is the one discordgo v0.29.0 decodes.
	apiVersion = "9"

	maxRetries     = 2
	attemptWithin  = 10 * time.Second
	uploadWithin   = 30 * time.Second
	maxAnswer      = 8 << 20
	unknownBlock   = 5 * time.Second  // a 429 that does not say how long
	banBlock       = 30 * time.Second // the same from Cloudflare
	maxUpload      = 25 << 20         // Discord docs, reference, "uploading files"
	firstRetry     = 400 * time.Millisecond
	interactionTTL = 4096 // dead interaction tokens remembered
)

// Rest sends requests to Discord's REST API. It is safe for concurrent use.
//
// A request waits for its rate limit and for the global one as long as its context allows; a wait that
// is longer than that, or than 30 s, fails at once with ErrRateLimited. It is repeated at most twice:
// after 429 when Retry-After allows, after 5xx and failures of the network where repeating cannot do
// a thing twice. 401, 403 and 404 are never repeated: a 401 stops everything, a 403 cools the place
// down, an interaction that is unknown is not tried again.
type Rest struct {
	base, auth, agent string
	client            *http.Client
	log               *slog.Logger
	hooks             Hooks
	random            func() float64

	buckets *buckets
	global  *gate // the bot's own limit
	wall    *gate // a ban of our address: holds everybody back
	brake   *brake
	cool    *cooldowns
	dead    *recent // interaction tokens that no longer work

	once    sync.Once
	stopped chan struct{} // closed at the first 401
}

// NewRest returns a client without a gateway. It uses Token, APIBase, Log, HTTP, Rand, UserAgent and
// Hooks of the options.
func NewRest(o Options) (*Rest, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	return &Rest{
		base: o.APIBase + apiPath, auth: o.Token, agent: o.UserAgent,
		client: &http.Client{
			Transport:     o.HTTP,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		log: o.Log, hooks: o.Hooks, random: o.Rand,
		buckets: newBuckets(), global: &gate{}, wall: &gate{}, brake: newBrake(),
		cool: &cooldowns{m: map[string]*cooldown{}}, dead: newRecent(interactionTTL),
		stopped: make(chan struct{}),
	}, nil
}

// Request is one request. Route and Path begin after /api/v9, for example "/channels/{channel}/typing"
// and "/channels/1/typing"; ids in Path must be escaped.
type Request struct {
	Method string
	Route  string // template, for limits, metrics and errors
	Path   string
	Query  string // without "?"
	Body   any    // marshalled as JSON; nil = none
	Files  []*discordgo.File
	Bucket string // major parameter; "" = the channel, guild or interaction token in Path
	// Once says that repeating could do the thing twice, so only what surely did not arrive is repeated.
	Once bool
	// KeepEmbeds leaves link previews on; without it messages without embeds of their own suppress them.
	KeepEmbeds bool
}

// Response is an answer with status 2xx.
type Response struct {
	Status  int
	Header  http.Header
	Body    []byte
	Retries int // how many attempts failed before
}

// Unauthorized reports whether Discord refused the token, so that nothing is sent any more.
func (r *Rest) Unauthorized() bool {
	select {
	case <-r.stopped:
		return true
	default:
		return false
	}
}

// Invalid returns how many requests of the last ten minutes count for Discord's ban (401, 403, 429).
func (r *Rest) Invalid() int { return r.brake.total() }

// Buckets returns how many rate limits are remembered; at most 2,048.
func (r *Rest) Buckets() int { return r.buckets.count() }

// Close lets go of idle connections. The client can still be used.
func (r *Rest) Close() { r.client.CloseIdleConnections() }

// Do sends a request and returns its answer. Errors are *APIError, or the context's error.
func (r *Rest) Do(ctx context.Context, req Request) (Response, error) {
	c, err := newCall(req, r.auth)
	if err != nil {
		return Response{}, err
	}
	for try := 0; ; try++ {
		if err := r.admit(ctx, c); err != nil {
			return Response{}, err
		}
		resp, pause, err := r.attempt(ctx, c)
		resp.Retries = try
		if err == nil || pause < 0 || try >= maxRetries || pause > patience(ctx) {
			return resp, err
		}
		r.log.Debug("request is repeated", "route", c.route, "in", pause, "why", err)
		if !sleep(ctx, pause) {
			return resp, ctx.Err()
		}
	}
}

// admit waits until a request may be sent, or says why it must not be.
func (r *Rest) admit(ctx context.Context, c *call) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.refuse(c); err != nil {
		return err
	}
	wait, refused := r.brake.hold(c.essential)
	if refused {
		return c.local(ErrBraked, 0, "too many invalid requests in ten minutes")
	}
	if wait > patience(ctx) {
		return c.limited(wait)
	}
	if !sleep(ctx, wait) {
		return ctx.Err()
	}
	wait, err := r.buckets.acquire(ctx, c.key, c.major)
	if wait > 0 || err != nil {
		return c.held(wait, err)
	}
	wait, err = r.pass(ctx, c)
	if wait > 0 || err != nil {
		r.buckets.release(c.key, c.major, nil, 0)
		return c.held(wait, err)
	}
	return nil
}

// pass waits for what limits all routes: a ban of our address, and the bot's own limit, to which
// routes with an interaction token are not bound.
func (r *Rest) pass(ctx context.Context, c *call) (time.Duration, error) {
	wait, err := r.wall.pass(ctx, false)
	if wait > 0 || err != nil || c.token {
		return wait, err
	}
	return r.global.pass(ctx, true)
}

// refuse answers for Discord where the answer is known.
func (r *Rest) refuse(c *call) error {
	switch {
	case r.Unauthorized():
		return c.local(ErrUnauthorized, http.StatusUnauthorized, "the token was refused before")
	case c.token && r.dead.contains(c.major):
		return c.local(ErrExpired, http.StatusNotFound, "the interaction has expired")
	case c.place != "":
		if left := r.cool.left(c.place); left > 0 {
			e := c.local(ErrForbidden, http.StatusForbidden, "it was forbidden here a moment ago")
			e.RetryAfter = left
			return e
		}
	}
	return nil
}

// attempt sends once. pause < 0 means that repeating is of no use.
func (r *Rest) attempt(ctx context.Context, c *call) (resp Response, pause time.Duration, err error) {
	start := time.Now()
	answer, sent, err := r.send(ctx, c)
	if err != nil {
		r.buckets.release(c.key, c.major, nil, 0)
		r.hooks.rest(c.route, 0, time.Since(start))
		if ctx.Err() != nil {
			return Response{}, -1, ctx.Err()
		}
		if sent && c.once {
			return Response{}, -1, c.unavailable(err)
		}
		return Response{}, r.jitter(c), c.unavailable(err)
	}
	r.hooks.rest(c.route, answer.Status, time.Since(start))
	if answer.Status/100 == 2 {
		r.buckets.release(c.key, c.major, answer.Header, 0)
		if c.place != "" {
			r.cool.allowed(c.place)
		}
		return answer, 0, nil
	}
	pause, err = r.refused(c, answer)
	return Response{}, pause, err
}

// refused keeps the books about an answer that is not a success.
func (r *Rest) refused(c *call, a Response) (pause time.Duration, err error) {
	e := c.apiError(a.Status, a.Body)
	if a.Status == http.StatusTooManyRequests {
		return r.tooMany(c, a, e)
	}
	r.buckets.release(c.key, c.major, a.Header, 0)
	switch {
	case a.Status == http.StatusUnauthorized || a.Status == http.StatusForbidden:
		r.invalid(c, a.Status)
		if errors.Is(e, ErrUnauthorized) {
			r.stop()
		} else if c.place != "" {
			r.cool.forbidden(c.place)
		}
	case a.Status >= 500 && !c.once:
		return max(r.jitter(c), retryAfterHeader(a.Header)), e
	}
	if errors.Is(e, ErrExpired) {
		r.dead.before(c.major)
	}
	return -1, e
}

// stop ends all sending.
func (r *Rest) stop() {
	r.once.Do(func() {
		close(r.stopped)
		r.log.Error("Discord refuses the token (401); nothing is sent any more: " + fatalCodes[4004])
		r.hooks.alert("unauthorized")
	})
}

// invalid counts, and raises the alarm when the brake takes hold.
func (r *Rest) invalid(c *call, status int) {
	n := r.brake.add()
	r.hooks.invalid(c.route, status, n)
	if n == invalidNormal || n == invalidStop || n == invalidEnd {
		r.log.Error("too many invalid requests; slowing down", "in_ten_minutes", n, "route", c.route, "status", status)
		r.hooks.alert("invalid_requests")
	}
}

// jitter is the pause before the next attempt after a failure of the other side.
func (r *Rest) jitter(c *call) time.Duration {
	d := firstRetry << (2 * c.failures)
	c.failures++
	return d/2 + time.Duration(r.random()*float64(d))
}

// send makes one HTTP exchange. sent is false when the request surely did not reach Discord.
func (r *Rest) send(ctx context.Context, c *call) (_ Response, sent bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, c.method, r.base+c.path, bytes.NewReader(c.body))
	if err != nil {
		return Response{}, false, errors.New("the address is malformed")
	}
	if !c.token {
		req.Header.Set("Authorization", r.auth)
	}
	if c.contentType != "" {
		req.Header.Set("Content-Type", c.contentType)
	}
	req.Header.Set("User-Agent", r.agent)
	resp, err := r.client.Do(req)
	if err != nil {
		return Response{}, !neverSent(err), err
	}
	defer func() { _ = resp.Body.Close() }() // everything of use was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return Response{}, true, err
	}
	return Response{Status: resp.StatusCode, Header: resp.Header, Body: body}, true, nil
}

// neverSent reports whether the failure came before the first byte was sent.
func neverSent(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &op) && op.Op == "dial" || errors.As(err, &dns) || strings.Contains(err.Error(), "tls:")
}
