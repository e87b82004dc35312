package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// Codes of the JetStream API (nats-server, server/errors.json).
const (
	codeUnavailable = 10008 // the cluster has no leader at the moment
	codeNoResources = 10023
	codeNoStorage   = 10047
	codeNoStore     = 10049 // a stream's directory cannot be made
	codeTooLarge    = 10054
	codeWrongLast   = 10071
	codeNotRestored = 10062
	codeNotStored   = 10077 // a bound of the stream with DiscardNew, or of its disk
	codeInProcess   = 10158 // the same id is being written at this moment, in a cluster: soon it is known what came of it
	codeWrongLastR  = 10164 // the same as codeWrongLast, of a replicated stream
)

func code(err error) int {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return int(api.ErrorCode)
	}
	return 0
}

// lost reports whether a write was refused because somebody else wrote before.
func lost(err error) bool { c := code(err); return c == codeWrongLast || c == codeWrongLastR }

// away reports whether an error says that the engine is out of reach, perhaps for a moment.
func away(err error) bool {
	for _, kind := range []error{
		nats.ErrTimeout, nats.ErrNoResponders, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrReconnectBufExceeded, nats.ErrStaleConnection,
		jetstream.ErrNoStreamResponse, jetstream.ErrNoHeartbeat, jetstream.ErrServerShutdown, context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	c := code(err)
	return c == codeUnavailable || c == codeInProcess
}

// again does something that may be done twice, until it succeeds or fails for good, in tries of tryTime. The error says what was to
// be done.
func (s *Store) again(ctx context.Context, what string, do func(context.Context) error) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	return s.named(what, s.repeat(ctx, tryTime, do))
}

// patiently is again for what takes long in a cluster.
func (s *Store) patiently(ctx context.Context, do func(context.Context) error) error {
	return s.repeat(ctx, 10*time.Second, do)
}

func (s *Store) repeat(ctx context.Context, each time.Duration, do func(context.Context) error) error {
	for wait := 5 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		try, cancel := context.WithTimeout(ctx, each)
		err := do(try)
		cancel()
		s.went(err)
		if err == nil || !away(err) || ctx.Err() != nil || s.nc.IsClosed() || pause(ctx, wait) != nil {
			return err
		}
	}
}

// deafTime is how long nothing may be answered over a line that is there before another server is tried.
const deafTime = 3 * time.Second

// went notes how a request went. A server that is cut off from the others of its cluster takes requests and answers none: then the
// connection goes to another one.
func (s *Store) went(err error) {
	if err == nil || !away(err) {
		s.deafSince.Store(nil)
		return
	}
	now := time.Now()
	since := s.deafSince.Load()
	if since == nil {
		s.deafSince.CompareAndSwap(nil, &now)
		return
	}
	if s.server != nil || now.Sub(*since) < deafTime || !s.nc.IsConnected() || !s.deafSince.CompareAndSwap(since, nil) {
		return
	}
	s.opts.Log.Warn("the server of the cluster answers nothing; another one is tried", slog.String("server", s.nc.ConnectedServerName()))
	if err := s.nc.ForceReconnect(); err != nil {
		s.opts.Log.Warn("no other server is tried", slog.Any("error", err))
	}
}

// bounded gives a context without a deadline one.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if _, ok := ctx.Deadline(); ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, opTime)
}

// named makes an error one of package state's, and says what was to be done.
func (s *Store) named(what string, err error) error {
	c := code(err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", what, err)
	case c == codeTooLarge, errors.Is(err, nats.ErrMaxPayload):
		return fmt.Errorf("%s: %w", what, state.ErrTooLarge)
	case away(err), c == codeNoResources, c == codeNoStorage, errors.Is(err, nats.ErrConnectionClosed), errors.Is(err, nats.ErrConnectionDraining):
		return fmt.Errorf("%s: %w (%s): %w", what, state.ErrDown, s.place(), err)
	}
	return fmt.Errorf("%s: %w", what, err)
}
