package jetstream

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"enlace/bot/state"
)

// Limits of the embedded engine. The bounds of all streams together must fit into the store.
const (
	maxMemory       = 64 << 20
	defaultMaxStore = 2 << 30
	startTime       = 20 * time.Second
)

// embedded is a server in this process. It can be started anew: connections find the one that runs.
type embedded struct {
	opts Options
	lock *os.File
	mu   sync.RWMutex
	srv  *server.Server // nil while there is none
}

func startEmbedded(opts Options) (*embedded, error) {
	lock, err := prepare(opts.Dir, opts.Log)
	if err != nil {
		return nil, err
	}
	e := &embedded{opts: opts, lock: lock}
	if err := e.start(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return e, nil
}

// start starts a server on the directory, which must have none.
func (e *embedded) start() error {
	log := &serverLog{to: e.opts.Log}
	srv, err := server.NewServer(&server.Options{
		ServerName: e.opts.Prefix, DontListen: true, NoSigs: true, NoLog: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: filepath.Join(e.opts.Dir, storeFolder), SyncAlways: !e.opts.filling,
		JetStreamMaxMemory: maxMemory, JetStreamMaxStore: e.opts.MaxStore,
		LameDuckDuration: time.Second, LameDuckGracePeriod: time.Millisecond, // not used; the server wants them set
	})
	if err != nil {
		return fmt.Errorf("the state engine in %s: %w", e.opts.Dir, err)
	}
	srv.SetLoggerV2(log, false, false, false)
	srv.Start()
	if !srv.ReadyForConnections(startTime) || !srv.JetStreamEnabled() {
		srv.Shutdown()
		srv.WaitForShutdown()
		return fmt.Errorf("%w: it cannot start in %s: %s", state.ErrDown, e.opts.Dir, log.last())
	}
	e.mu.Lock()
	e.srv = srv
	e.mu.Unlock()
	return nil
}

// stop stops the server, if there is one.
func (e *embedded) stop() {
	e.mu.Lock()
	srv := e.srv
	e.srv = nil
	e.mu.Unlock()
	if srv != nil {
		srv.Shutdown()
		srv.WaitForShutdown()
	}
}

// running returns the server that runs now; nil = none.
func (e *embedded) running() *server.Server {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.srv
}

func (e *embedded) restart() error {
	e.stop()
	return e.start()
}

func (e *embedded) close() error {
	e.stop()
	return e.lock.Close()
}

// InProcessConn connects to the server that runs now.
func (e *embedded) InProcessConn() (net.Conn, error) {
	srv := e.running()
	if srv == nil {
		return nil, state.ErrDown
	}
	return srv.InProcessConn()
}

// serverLog hands what a server says to a logger: its notices are details here.
type serverLog struct {
	to   *slog.Logger
	mu   sync.Mutex
	said string
}

const fromServer = "state engine"

func (l *serverLog) keep(format string, v []any) slog.Attr {
	text := fmt.Sprintf(format, v...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = text
	return slog.String("said", text)
}

// last returns the last warning or error.
func (l *serverLog) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.said == "" {
		return "it says nothing of why"
	}
	return l.said
}

func (l *serverLog) Noticef(format string, v ...any) {
	l.to.Debug(fromServer, slog.String("said", fmt.Sprintf(format, v...)))
}
func (l *serverLog) Warnf(format string, v ...any)  { l.to.Warn(fromServer, l.keep(format, v)) }
func (l *serverLog) Fatalf(format string, v ...any) { l.to.Error(fromServer, l.keep(format, v)) }
func (l *serverLog) Errorf(format string, v ...any) { l.to.Error(fromServer, l.keep(format, v)) }
func (l *serverLog) Debugf(string, ...any)          {}
func (l *serverLog) Tracef(string, ...any)          {}
