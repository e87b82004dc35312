package gateway

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// attempt is one connection of a shard: one discordgo session that is opened once, on one wire.
type attempt struct {
	ctx     context.Context // ends with the attempt
	dial    DialFunc
	tls     *tls.Config
	token   string // with "Bot "
	url     string // gateway address without query
	resume  *session
	intents int
	shard   int
	shards  int
	on      wireEvents
	event   func(*discordgo.Event)

	dialling context.Context

	mu   sync.Mutex
	wire *wire
	over bool
	gone chan struct{} // closed when the session has let go of its connection
	once sync.Once
}

// open runs discordgo's Open under the watchdog. It returns nil when the session is open, and how
// the attempt ended otherwise. A session that does not return in time is left behind: its network
// connection is closed, and nobody uses it again.
func (a *attempt) open(within time.Duration) *ending {
	ctx, cancel := context.WithCancel(a.ctx)
	defer cancel() // ends a dial that outlives the attempt
	a.dialling = ctx
	s := a.session()
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	watchdog := time.NewTimer(within)
	defer watchdog.Stop()
	select {
	case err := <-opened:
		if err == nil {
			return nil
		}
		a.letGo()
		e := a.failed(err)
		return &e
	case <-watchdog.C:
		return a.giveUp(opened, within)
	case <-a.ctx.Done():
		e := ending{cause: stopped}
		a.stop(e, farewell(a.ctx))
		a.returned(opened)
		return &e
	}
}

// giveUp closes the connection of an Open that takes too long. Usually that makes it return; if it
// does not, it is wedged.
func (a *attempt) giveUp(opened <-chan error, within time.Duration) *ending {
	e := ending{cause: silent, text: "not open within " + within.String()}
	a.stop(e, closeResumable)
	if !a.returned(opened) {
		e.cause = wedged
	}
	return &e
}

// returned reports whether Open came back soon after its connection was closed.
func (a *attempt) returned(opened <-chan error) bool {
	patience := time.NewTimer(2 * time.Second)
	defer patience.Stop()
	select {
	case err := <-opened:
		if err != nil {
			a.letGo()
		}
		return true
	case <-patience.C:
		return false
	}
}

// release waits until discordgo has let go of the connection, for which it takes a second.
func (a *attempt) release() {
	patience := time.NewTimer(5 * time.Second)
	defer patience.Stop()
	select {
	case <-a.gone:
	case <-patience.C:
	}
}

func (a *attempt) letGo() { a.once.Do(func() { close(a.gone) }) }

// failed explains an error of Open: the wire knows better, where there is one.
func (a *attempt) failed(err error) ending {
	w := a.current()
	if w == nil {
		return ending{cause: lost, text: plain(err, a.token)}
	}
	w.finish(ending{cause: broken, text: plain(err, a.token)}, closeResumable)
	<-w.done
	return w.end
}

func (a *attempt) current() *wire {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.wire
}

// stop ends the attempt for good, also while it still dials.
func (a *attempt) stop(e ending, code int) {
	a.mu.Lock()
	a.over = true
	w := a.wire
	a.mu.Unlock()
	if w != nil {
		w.finish(e, code)
	}
}

// session builds the discordgo session: no state, no reconnecting, no retries, no log of its own
// (at its level "warning" it prints whole events), handlers in the reading goroutine, since ours
// only hand the event on.
func (a *attempt) session() *discordgo.Session {
	s, _ := discordgo.New(a.token) // v0.29.0 returns no error
	s.LogLevel = -1
	s.StateEnabled = false
	s.Compress, s.Identify.Compress = false, false
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.SyncEvents = true
	s.ShardID, s.ShardCount = a.shard, a.shards
	s.Identify.Intents = discordgo.Intent(a.intents)
	s.Client = &http.Client{Transport: gatewayAddress(a.url)}
	s.Dialer = &websocket.Dialer{
		HandshakeTimeout:  upgradeWithin,
		NetDialContext:    a.dialPlain,
		NetDialTLSContext: a.dialTLS,
	}
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { a.event(e) })
	s.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) { a.letGo() })
	return s
}

// gatewayAddress answers the session's own request for the gateway's address, which is all the REST
// that the session does.
type gatewayAddress string

func (g gatewayAddress) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		_ = r.Body.Close() // a RoundTripper must
	}
	body := string(mustJSON(map[string]string{"url": string(g)}))
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)), Request: r,
	}, nil
}

func (a *attempt) dialPlain(ctx context.Context, network, addr string) (net.Conn, error) {
	ctx, cancel := a.bound(ctx)
	defer cancel()
	raw, err := a.dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return a.wrap(raw)
}

func (a *attempt) dialTLS(ctx context.Context, network, addr string) (net.Conn, error) {
	ctx, cancel := a.bound(ctx)
	defer cancel()
	raw, err := a.dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	config := a.tls.Clone()
	config.ServerName, config.NextProtos = host, []string{"http/1.1"}
	conn := tls.Client(raw, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		_ = raw.Close() // the handshake's error says more
		return nil, fmt.Errorf("TLS: %w", err)
	}
	return a.wrap(conn)
}

// bound ends the dialling with the attempt.
func (a *attempt) bound(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	release := context.AfterFunc(a.dialling, cancel)
	return ctx, func() { release(); cancel() }
}

func (a *attempt) wrap(raw net.Conn) (net.Conn, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over || a.wire != nil {
		_ = raw.Close() // nobody waits for it any more
		return nil, net.ErrClosed
	}
	a.wire = newWire(raw, a.token, a.resume, a.on)
	return a.wire, nil
}
