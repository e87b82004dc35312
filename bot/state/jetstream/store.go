// Package jetstream keeps what the bot remembers on NATS JetStream: in this process by default, in a cluster when its address is
// given. The code is the same for both, but for what a process knows by itself that is alone.
//
// In this process the engine has no port. Every write of what matters is on disk before it counts as done; what is cheap (claims,
// limits, conversations) may lose the last moment at a crash. What nobody but this process can change it also knows by itself: limits
// are counted in it and written behind, and claims of interactions end with it. Values are streams and key-value buckets with a bound
// on each, named after a prefix, so that one cluster can serve several bots; `nats stream ls` and `nats kv ls` show them. Whoever
// changes the layout changes the table in layout.go alone: what exists is brought to it at start.
package jetstream

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// Options say where the engine is. Dir or URL is needed; the zero value of everything else is a good choice.
type Options struct {
	Dir         string        // of the embedded engine; it is made where it is missing
	URL         string        // of a cluster, several with commas: then nothing is embedded
	Credentials string        // for the cluster: a .creds file, or a token; "" = none
	Replicas    int           // of everything in the cluster: 1, 3 or 5; 0 = 1. An embedded engine has 1.
	Prefix      string        // of every name; "" = enlace
	MaxStore    int64         // bytes that the embedded engine may take on disk; 0 = 2 GiB
	Timing      state.Timing  // an AckWait of 0 leaves that of an inbox that is there as it is
	Watch       time.Duration // between two looks at the embedded engine's health; 0 = 10 s, less than 0 = none
	Log         *slog.Logger  // nil = silent
	// Progress is told how many streams of a backup are written or restored. May be nil.
	Progress func(done, all int)

	filling bool // the embedded engine need not write what it is given to the disk at once
}

// tryTime bounds one request to the engine, and opTime everything that a method does for a caller without a deadline.
const (
	tryTime    = time.Second
	opTime     = 5 * time.Second
	setUpTime  = 30 * time.Second
	healthTime = time.Second
)

// Store is a state.Engine on JetStream. It is safe for concurrent use.
type Store struct {
	opts   Options
	server *embedded // nil in a cluster
	nc     *nats.Conn
	js     jetstream.JetStream
	layout layout
	token  string // tells this process from others
	calls  sequence
	taken  memo          // in a cluster
	ledger *ledger       // nil in a cluster
	brief  *state.Memory // claims that end with this process; nil in a cluster

	keepWait  bool                      // AckWait is as whoever works has set it
	deafSince atomic.Pointer[time.Time] // when a request was first not answered since one was; nil = the last one was

	claims, limits, conversations, answers, shown, votes, marks, facts, jobs, leases, replicas *bucket
	inbox, budget, audits                                                                      jetstream.Stream
	bundles                                                                                    jetstream.ObjectStore
	workers                                                                                    jetstream.Consumer

	ended   chan struct{} // closed when the store is
	going   sync.WaitGroup
	closing sync.Once
	closed  error
}

var _ state.Engine = (*Store)(nil)

var validPrefix = regexp.MustCompile(`^[A-Za-z0-9_-]{1,32}$`)

// Open starts the embedded engine, or connects to the cluster, and makes what is missing there. Until ctx ends it waits for a
// cluster that is not ready. Close it in the end.
func Open(ctx context.Context, opts Options) (*Store, error) {
	ctx, cancel := context.WithTimeout(ctx, setUpTime)
	defer cancel()
	s, err := connect(ctx, opts)
	if err != nil {
		return nil, err
	}
	if err := s.setUp(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("the state engine cannot be set up: %w", err), s.Close())
	}
	if s.server != nil {
		s.ledger, s.brief = newLedger(s.limits, s.opts.Log), state.NewMemory()
		s.going.Go(func() { s.ledger.writeBehind(s.ended) })
	}
	s.watchOver()
	return s, nil
}

// connect does all of Open but the layout.
func connect(ctx context.Context, opts Options) (*Store, error) {
	opts.Prefix, opts.MaxStore = cmp.Or(opts.Prefix, "enlace"), cmp.Or(opts.MaxStore, defaultMaxStore)
	keepWait := opts.Timing.AckWait == 0
	opts.Timing, opts.Watch = opts.Timing.OrDefault(), cmp.Or(opts.Watch, 10*time.Second)
	opts.Replicas = max(opts.Replicas, 1)
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if !validPrefix.MatchString(opts.Prefix) {
		return nil, fmt.Errorf("%q cannot begin the names of streams (1 to 32 letters, digits, - and _)", opts.Prefix)
	}
	s := &Store{opts: opts, keepWait: keepWait, token: rand.Text()[:10], ended: make(chan struct{})}
	if opts.URL == "" {
		if opts.Replicas > 1 {
			return nil, fmt.Errorf("%d replicas need a cluster: set its address (state.url), or 1 replica", opts.Replicas)
		}
		server, err := startEmbedded(opts)
		if err != nil {
			return nil, err
		}
		s.server = server
	}
	if err := s.dial(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) dial(ctx context.Context) error {
	log, lost := s.opts.Log, func(why error) slog.Attr { return slog.Any("error", why) }
	options := []nats.Option{
		nats.Name("enlace"), nats.MaxReconnects(-1), nats.ReconnectWait(100 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 50*time.Millisecond),
		nats.ReconnectBufSize(-1), // what cannot be sent fails at once, and is tried again here
		// A line that is cut without a word is noticed after 6 s: well before a lease ends that cannot be renewed over it.
		nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2), nats.FlusherTimeout(5 * time.Second),
		nats.Timeout(2 * time.Second), nats.DrainTimeout(2 * time.Second),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("the state engine is out of reach", lost(err))
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) {
			log.Info("the state engine is back", slog.String("server", nc.ConnectedServerName()))
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Warn("the state engine complains", lost(err)) }),
	}
	url := s.opts.URL
	if s.server != nil {
		url = ""
		options = append(options, nats.InProcessServer(s.server), nats.ReconnectWait(10*time.Millisecond), nats.ReconnectJitter(0, 0))
	} else if s.opts.Credentials != "" {
		options = append(options, credentials(s.opts.Credentials))
	}
	for {
		nc, err := nats.Connect(url, options...)
		if err == nil {
			s.nc = nc
			s.js, err = jetstream.New(nc, jetstream.WithDefaultTimeout(opTime))
			return err
		}
		if s.server != nil || errors.Is(err, nats.ErrAuthorization) || pause(ctx, 200*time.Millisecond) != nil {
			return fmt.Errorf("%w: %s: %w", state.ErrDown, s.place(), err)
		}
	}
}

// credentials are a file where there is one of this name, otherwise a token.
func credentials(s string) nats.Option {
	if exists(s) || strings.HasSuffix(s, ".creds") {
		return nats.UserCredentials(s)
	}
	return nats.Token(s)
}

// place names the engine for people. Addresses may hold passwords.
func (s *Store) place() string {
	if s.server != nil {
		return "the embedded engine in " + s.opts.Dir
	}
	return "the cluster of state.url"
}

// pause waits, and returns ctx's error where that ended first.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends the store: everything that waits in it returns, and the embedded engine stops in order. Work and watches are to be
// ended before, by their contexts. Only the first call does something.
func (s *Store) Close() error {
	s.closing.Do(func() {
		close(s.ended)
		s.going.Wait()
		if s.nc != nil {
			s.drain()
		}
		if s.server != nil {
			s.closed = s.server.close()
		}
	})
	return s.closed
}

// drain sends what is under way, and ends the connection.
func (s *Store) drain() {
	done := make(chan struct{})
	s.nc.SetClosedHandler(func(*nats.Conn) { close(done) })
	if s.nc.IsConnected() && s.nc.Drain() == nil {
		select {
		case <-done:
		case <-time.After(3 * time.Second):
		}
	}
	s.nc.Close()
}
