// Package webhook takes Discord's interactions over HTTP: what the gateway would bring as INTERACTION_CREATE comes as a signed POST
// to an address of ours, so that any number of processes can stand behind a load balancer.
//
// A request has to pass these, in this order, and nothing in it is looked at before the third: its path and method; a body of at most
// MaxBody bytes within ReadTime; the Ed25519 signature over timestamp and body; a timestamp within Age of now; JSON that is an
// interaction; an id that was not taken before. What passes is answered with 202 and no body at once, and a Handler works on it in a
// goroutine of its own; it responds by the callback route (Discord docs, interactions/receiving-and-responding). PINGs are answered
// with a PONG. Everything else gets a status and one line, and runs nothing.
//
// The server speaks plain HTTP/1.1. Discord wants HTTPS, so a proxy with a certificate stands before it.
package webhook

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Bounds of a request and of a connection. Discord itself waits for 3 s (docs, interactions/receiving-and-responding), so whoever
// takes longer is not Discord, or is not waiting any more.
const (
	// Path is where interactions are taken.
	Path = "/interactions"
	// MaxBody bounds a body, in bytes. The largest interactions are message commands, which carry the message that they are used on:
	// 4,000 characters, ten embeds with 6,000 characters and up to 130 addresses of 2,048, ten attachments. That is half of this where
	// every character is written as a surrogate pair of \u escapes, and 64 KiB is reached by ordinary link previews.
	MaxBody = 1 << 20
	// MaxPending bounds the bytes of all bodies that are being read at a time.
	MaxPending = 32 << 20
	// MaxConns bounds the connections that are open at a time.
	MaxConns = 512
	// Age is how far a timestamp may be from now, in both directions.
	Age = 300 * time.Second
	// Memory is how long the id of an interaction is known to have been taken. A signature is good for at most 2 × Age.
	Memory = 15 * time.Minute
	// HeaderTime and ReadTime bound the reading of a request's header and of the whole request.
	HeaderTime = 2 * time.Second
	ReadTime   = 3 * time.Second

	writeTime = 3 * time.Second
	// idleTime is longer than the minute for which load balancers commonly keep a connection.
	idleTime  = 75 * time.Second
	maxHeader = 16 << 10
	// maxRunning is how many handlers run at a time unless Options say otherwise.
	maxRunning = 1024
	// maxIDs bounds the ids that are remembered: 70 a second for all of Memory.
	maxIDs = 1 << 16
)

// Handler is who interactions come to. Interaction is called from many goroutines; ctx ends when Close gives up waiting for it.
// *bot.Bot is one.
type Handler interface {
	Interaction(ctx context.Context, i *discordgo.Interaction)
}

// Reason says why a request was not taken. It is a label for metrics.
type Reason string

// The reasons. Everything from Unsigned to Stale is answered alike.
const (
	WrongPath   Reason = "path"         // 404
	WrongMethod Reason = "method"       // 405
	TooLarge    Reason = "too large"    // 413
	Slow        Reason = "slow"         // 408: the body did not come within ReadTime
	Broken      Reason = "broken"       // 400: the body ended early
	Unsigned    Reason = "unsigned"     // 401: no signature or timestamp, or none that can be one
	Forged      Reason = "forged"       // 401: the signature is not Discord's for this timestamp and body
	Stale       Reason = "stale"        // 401: signed, but too long ago, or in the future
	WrongType   Reason = "content type" // 415: signed, but not as application/json
	Malformed   Reason = "malformed"    // 400: signed, but not an interaction
	Replayed    Reason = "replayed"     // 202: signed, but taken before
	Busy        Reason = "busy"         // 503: too much at once; Discord tells the user
)

// Options are what a Server works with. PublicKey and Handler are required.
type Options struct {
	PublicKey string // of the application, as the developer portal shows it: 64 hexadecimal digits
	Handler   Handler
	Running   int              // handlers at the same time; 0 = 1024
	Log       *slog.Logger     // nil = no log
	Now       func() time.Time // nil = time.Now

	// For metrics; each may be nil, must be quick and safe for concurrent use.
	Accepted func()       // an interaction goes to the handler
	Refused  func(Reason) // a request was not taken
	Panicked func()       // a handler's panic was contained
}

// Server takes interactions over HTTP. It is safe for concurrent use.
type Server struct {
	key      ed25519.PublicKey
	handler  Handler
	log      *slog.Logger
	now      func() time.Time
	accepted func()
	refused  func(Reason)
	panicked func()

	listener *conns
	http     *http.Server
	bodies   budget
	seen     *seen
	running  chan struct{} // places for handlers
	ctx      context.Context
	stop     context.CancelFunc

	verified atomic.Bool  // a signature was right
	forged   atomic.Int64 // signatures that were wrong before that
}

// Listen opens the address, so that a wrong one is an error at once. Nothing is answered before Serve.
func Listen(address string, o Options) (*Server, error) {
	if _, err := parseKey(o.PublicKey); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (set discord.interactions.listen to a free address, or to nothing): %w", address, err)
	}
	s, err := New(l, o)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return s, nil
}

// New returns a server on a listener, which it closes in the end. The error is ErrKey where the key is none, or none that is safe.
func New(l net.Listener, o Options) (*Server, error) {
	key, err := parseKey(o.PublicKey)
	if err != nil {
		return nil, err
	}
	if o.Handler == nil {
		return nil, errors.New("webhook: a Handler is required")
	}
	s := &Server{
		key: key, handler: o.Handler, log: o.Log, now: o.Now, accepted: o.Accepted, refused: o.Refused, panicked: o.Panicked,
		listener: limit(l, MaxConns), bodies: newBudget(MaxPending), seen: newSeen(maxIDs, Memory), running: make(chan struct{}, cmp.Or(o.Running, maxRunning)),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.accepted == nil {
		s.accepted = func() {}
	}
	if s.refused == nil {
		s.refused = func(Reason) {}
	}
	if s.panicked == nil {
		s.panicked = func() {}
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.http = &http.Server{
		Handler: s, ReadHeaderTimeout: HeaderTime, ReadTimeout: ReadTime, WriteTimeout: ReadTime + writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		DisableGeneralOptionsHandler: true, ConnState: s.listener.state, ConnContext: connected, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// Address is where the server listens.
func (s *Server) Address() string { return s.listener.Addr().String() }

// Serve answers until Close, and returns nil then.
func (s *Server) Serve() error {
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Close takes no further requests and returns when every handler has. Once ctx ends it cuts the connections, ends the context of
// the handlers and returns ctx's error. Called again it does that for what is left.
func (s *Server) Close(ctx context.Context) error {
	defer s.stop()
	err := s.http.Shutdown(ctx)
	err = errors.Join(err, s.listener.Close()) // Shutdown does not know it before Serve
	for range cap(s.running) {
		select {
		case s.running <- struct{}{}: // when all places are taken by us, nobody else has one
			continue
		default:
		}
		select {
		case s.running <- struct{}{}:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), s.http.Close())
		}
	}
	return err
}
