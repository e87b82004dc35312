package jetstream

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// Leases are package gateway's, which says what they promise: entries that expire, and are written by revision.

// PutLease implements gateway.Leases.
func (s *Store) PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (next uint64, ok bool, err error) {
	k, raw, ttl := key(name), []byte(value), min(ttl, maxLease)
	next, err = s.leases.swap(ctx, k, raw, revision, lasting(ttl))
	if errors.Is(err, errLost) && revision == 0 { // an entry that is gone leaves a trace for a while
		var e entry
		if e, err = s.leases.get(ctx, k); err == nil && e.there() {
			return 0, false, nil
		}
		if err == nil {
			next, err = s.leases.swap(ctx, k, raw, e.revision, lasting(ttl))
		}
	}
	if errors.Is(err, errLost) {
		return 0, false, nil
	}
	return next, err == nil, err
}

// DeleteLease implements gateway.Leases.
func (s *Store) DeleteLease(ctx context.Context, name string, revision uint64) error {
	_, err := s.leases.swap(ctx, key(name), nil, revision, with(headerOperation, "DEL"), lasting(markerTime))
	if errors.Is(err, errLost) {
		return nil
	}
	return err
}

// EachLease implements gateway.Leases.
func (s *Store) EachLease(ctx context.Context, f func(name, value string, revision uint64)) error {
	all, err := s.leases.all(ctx)
	if err != nil {
		return err
	}
	for k, e := range all {
		f(unkey(k), string(e.value), e.revision)
	}
	return nil
}

// WatchLeases implements gateway.Leases. It ends when the connection to the engine was cut, since something may have been missed.
func (s *Store) WatchLeases(ctx context.Context, changed func(name, value string, revision uint64)) error {
	back := s.nc.StatusChanged(nats.CONNECTED)
	defer s.nc.RemoveStatusListener(back)
	w, err := s.leases.watcher(ctx)
	if err != nil {
		return s.named("watching "+s.leases.name, err)
	}
	defer stopWatcher(w)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.ended:
			return fmt.Errorf("%w: it is closed", state.ErrDown)
		case <-back:
			return fmt.Errorf("%w: it was out of reach", state.ErrDown)
		case e, ok := <-w.Updates():
			switch {
			case !ok:
				return fmt.Errorf("%w: the watch is over", state.ErrDown)
			case e == nil: // all that was there before has been told
			case e.Operation() == jetstream.KeyValuePut:
				changed(unkey(e.Key()), string(e.Value()), e.Revision())
			case !strings.HasPrefix(e.Key(), canary):
				changed(unkey(e.Key()), "", 0)
			}
		}
	}
}
