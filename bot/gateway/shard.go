package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	// steady is how long a connection must have been ready to count as a success.
	steady = time.Minute
	// maxResumes is how many resumes in a row may fail before the session is given up.
	maxResumes = 3
	// maxDials is how many dials of the resume address may fail before the main one is tried.
	maxDials = 2
	// maxAbandoned is how many wedged attempts we leave behind: each keeps a goroutine.
	maxAbandoned = 5
)

// settleWithin is how long a connection that we end may take to hand on what it has read.
const settleWithin = 500 * time.Millisecond

// shard keeps one shard connected. Its run method is the only place that starts connections, so
// there is never more than one at a time.
type shard struct {
	id, count int
	g         *Gateway
	log       *slog.Logger

	changed  func()   // called when the shard is or was Ready; nil = nobody wants to know
	session  *session // nil: the next connection identifies; written under mu
	failures int      // connections in a row that were not steady
	resumes  int      // resumes in a row that failed after HELLO
	dials    int      // connections in a row that did not get as far as HELLO
	invalid  int      // closes with 4003 in a row before READY

	mu        sync.Mutex
	state     ShardState
	attempt   *attempt // the connection that there is, nil = none
	announced string   // the id of the session that the handler was told of
}

// run connects again and again until ctx ends (nil) or an ending is fatal.
func (s *shard) run(ctx context.Context) error {
	defer s.phase(Stopped)
	for ctx.Err() == nil {
		e := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		s.note(e)
		if fatal := s.fatal(e); fatal != nil {
			return fatal
		}
		s.phase(Waiting)
		if !sleep(ctx, s.pause(e)) {
			return nil
		}
	}
	return nil
}

// fatal returns why the process should end, nil to go on.
func (s *shard) fatal(e ending) error {
	if f := e.fatal(); f != nil {
		return f
	}
	if s.g.rest.Unauthorized() {
		return errRefusedToken
	}
	s.mu.Lock()
	abandoned := s.state.Abandoned
	s.mu.Unlock()
	if abandoned >= maxAbandoned {
		return &FatalError{Reason: "connection attempts hang for ever; restart the program"}
	}
	return nil
}

// pause is how long to wait after an ending.
func (s *shard) pause(e ending) time.Duration {
	d := backoff(s.failures, s.g.o.Rand)
	s.failures++
	if e.cause == invalidated || e.cause == retryLater {
		// 1–5 s, at random (Discord docs, events/gateway, "resuming").
		d = max(d, time.Second+time.Duration(s.g.o.Rand()*float64(4*time.Second)))
	}
	d = max(d, e.after)
	s.log.Info("connecting again", "in", d.Round(time.Millisecond), "resume", s.session != nil)
	return d
}

// note keeps the books after a connection ended.
func (s *shard) note(e ending) {
	s.log.Warn("gateway connection ended", "why", e.String())
	s.g.o.Hooks.close(s.id, e.code, causeNames[e.cause])
	s.mu.Lock()
	s.state.LastClose = e.String()
	if e.cause == wedged {
		s.state.Abandoned++
	}
	s.mu.Unlock()
	if e.endsSession() || s.resumes >= maxResumes {
		s.keep(nil)
		s.resumes = 0
	}
	if e.code != 4003 {
		s.invalid = 0
	} else if s.invalid++; s.invalid == 3 {
		s.log.Error("Discord keeps ending new sessions with 4003; a privileged intent that is not enabled can look like this")
	}
}

// connect makes one connection and returns how it ended.
func (s *shard) connect(ctx context.Context) ending {
	s.phase(Waiting)
	t, address, err := s.address(ctx)
	if err != nil {
		return s.unreachable(err)
	}
	defer t.back()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.phase(Connecting)
	c := &connection{shard: s, turn: t, resuming: s.session != nil}
	a := &attempt{
		ctx: ctx, dial: s.g.o.Dial, tls: s.g.o.TLS, token: s.g.o.Token, url: address, resume: s.session, intents: s.g.o.Intents,
		shard: s.id, shards: s.count, on: c.events(), event: s.event, gone: make(chan struct{}),
	}
	defer s.g.sessions.Go(a.release)
	s.use(a)
	defer s.use(nil)
	s.announce()
	e := a.open(s.g.o.OpenWithin)
	if e == nil {
		e = s.watch(ctx, a)
	}
	s.after(a, c, *e)
	return *e
}

// farewell is the close code for our own end: 1000, so that Discord shows the bot as offline at once, unless another replica may
// resume the session.
func farewell(ctx context.Context) int {
	if why := context.Cause(ctx); errors.Is(why, errHandOver) || errors.Is(why, errLost) {
		return closeResumable
	}
	return websocket.CloseNormalClosure
}

// watch waits for the end of an open connection, or ends it.
func (s *shard) watch(ctx context.Context, a *attempt) *ending {
	w := a.current()
	select {
	case <-w.done:
	case <-ctx.Done():
		w.finish(ending{cause: stopped}, farewell(ctx))
		<-w.done
		if !w.settled(settleWithin) {
			s.log.Warn("an event may be lost: the connection did not come to rest", "within", settleWithin)
		}
	}
	return &w.end
}

// after carries over what the connection learned.
func (s *shard) after(a *attempt, c *connection, e ending) {
	helloSeen, readyAt := c.seen()
	switch {
	case !helloSeen:
		s.dials++
	case readyAt.IsZero() && c.resuming && e.cause != retryLater:
		s.dials = 0
		s.resumes++
	case readyAt.IsZero():
		s.dials = 0
	default:
		s.dials, s.resumes, s.invalid = 0, 0, 0
		if time.Since(readyAt) >= steady {
			s.failures = 0
		}
	}
	if w := a.current(); w != nil {
		s.keep(w.resumable())
	}
}

func (s *shard) keep(session *session) {
	s.mu.Lock()
	s.session = session
	s.mu.Unlock()
}

func (s *shard) use(a *attempt) {
	s.mu.Lock()
	s.attempt = a
	s.mu.Unlock()
}

// resumable returns the session as it stands, nil where there is none. It is safe for concurrent use.
func (s *shard) resumable() *session {
	s.mu.Lock()
	session, a := s.session, s.attempt
	s.mu.Unlock()
	if a != nil {
		if w := a.current(); w != nil {
			return w.resumable()
		}
	}
	return session
}

// announce tells the handler of a session that is to be resumed and began in another process, which had its READY. It does so before
// connecting, because the events that are replayed need it.
func (s *shard) announce() {
	s.mu.Lock()
	known := s.session == nil || s.session.id == s.announced
	if !known {
		s.announced = s.session.id
	}
	s.mu.Unlock()
	if known {
		return
	}
	s.g.identity(readyInfo{user: s.session.user, app: s.session.app})
	s.g.events.takenOver(s.id, s.count, s.session)
}

// address says where to connect. Identifying takes a turn; resuming does not.
func (s *shard) address(ctx context.Context) (*turn, string, error) {
	if s.session == nil {
		return s.g.starts.wait(ctx, s.id)
	}
	free := &turn{used: func() {}, release: func(time.Duration) {}}
	if main := s.g.mainURL(); s.dials >= maxDials || !resumeURL(s.session.url, main) {
		return free, main, nil
	}
	return free, s.session.url, nil
}

// resumeURL reports whether the address may get the token: a websocket address that is not less
// protected than the main one.
func resumeURL(address, main string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	return u.Scheme == "wss" || u.Scheme == "ws" && strings.HasPrefix(main, "ws:")
}

// unreachable turns a failure to learn the address into an ending.
func (s *shard) unreachable(err error) ending {
	e := ending{cause: lost, text: "gateway address: " + plain(err, s.g.o.Token)}
	var api *APIError
	if errors.As(err, &api) {
		e.code, e.after = api.Status, api.RetryAfter
	}
	return e
}

// event passes on what discordgo decoded.
func (s *shard) event(e *discordgo.Event) { s.g.events.take(s.id, e) }

func (s *shard) phase(p Phase) {
	s.mu.Lock()
	old := s.state.Phase
	changed := old != p
	if changed {
		s.state.Phase, s.state.Since = p, time.Now()
	}
	s.mu.Unlock()
	if changed {
		s.g.o.Hooks.state(s.id, p)
	}
	if changed && s.changed != nil && (p == Ready || old == Ready && p != Stopped) {
		s.changed()
	}
}

func (s *shard) snapshot() ShardState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// connection follows one connection for the shard.
type connection struct {
	shard    *shard
	turn     *turn
	resuming bool

	mu      sync.Mutex
	hello   bool
	readyAt time.Time
}

func (c *connection) seen() (hello bool, readyAt time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hello, c.readyAt
}

func (c *connection) events() wireEvents {
	s := c.shard
	return wireEvents{
		hello:      c.onHello,
		identified: c.turn.taken,
		ready:      c.onReady,
		frame: func() {
			s.mu.Lock()
			s.state.LastEvent = time.Now()
			s.mu.Unlock()
		},
		latency: func(d time.Duration) {
			s.mu.Lock()
			s.state.Latency = d
			s.mu.Unlock()
		},
		odd: func(what string) { s.log.Debug("swallowed", "what", what) },
	}
}

func (c *connection) onHello(resuming bool) {
	c.mu.Lock()
	c.hello = true
	c.mu.Unlock()
	if resuming {
		c.shard.phase(Resuming)
	} else {
		c.shard.phase(Identifying)
	}
}

func (c *connection) onReady(r readyInfo) {
	c.mu.Lock()
	c.readyAt = time.Now()
	c.mu.Unlock()
	s := c.shard
	s.mu.Lock()
	if s.state.Guilds = r.guilds; r.resumed {
		s.state.Resumes++
	} else {
		s.state.Identifies++
		s.announced = r.session
	}
	s.mu.Unlock()
	s.g.identity(r)
	s.log.Info("gateway ready", "resumed", r.resumed)
	s.phase(Ready)
	if s.g.o.OnReady != nil {
		s.g.o.OnReady(s.id)
	}
}
