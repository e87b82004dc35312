package jetstream

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// holding is the value of a lease.
type holding struct {
	Holder string
	By     string // the call that took it
}

// lease is a lease that this process took. Only its keeper uses it.
type lease struct {
	s        *Store
	key      string
	mine     holding
	raw      []byte
	revision uint64
}

// Acquire implements state.Leases.
func (s *Store) Acquire(ctx context.Context, name, holder string) (*state.Lease, bool, error) {
	l := &lease{s: s, key: key(name), mine: holding{holder, s.unique()}}
	l.raw, _ = json.Marshal(l.mine) // plain data
	sent, taken := time.Now(), false
	revision, err := s.leases.change(ctx, l.key, true, func(e entry) []byte {
		mine := l.holds(e)
		if taken = e.there() && !mine; taken || mine {
			return nil
		}
		return l.raw
	})
	if err != nil || taken {
		return nil, false, err
	}
	l.revision = revision
	return state.NewLease(name, holder, sent, s.opts.Timing.Lease, l.renew, l.release), true, nil
}

func (l *lease) holds(e entry) bool {
	var h holding
	return e.there() && json.Unmarshal(e.value, &h) == nil && h.By == l.mine.By
}

// renew writes the lease anew, which starts its time again. A write that was not answered may have been made: then the revision is
// another one, and the holder the same.
func (l *lease) renew(ctx context.Context) (bool, error) { return l.rewrite(ctx, l.raw) }

func (l *lease) release(ctx context.Context) error {
	_, err := l.rewrite(ctx, nil, with(headerOperation, "DEL"))
	return err
}

func (l *lease) rewrite(ctx context.Context, value []byte, opts ...option) (bool, error) {
	for {
		revision, err := l.s.leases.swap(ctx, l.key, value, l.revision, opts...)
		if err == nil {
			l.revision = revision
			return true, nil
		}
		if !errors.Is(err, errLost) {
			return false, err
		}
		e, err := l.s.leases.get(ctx, l.key)
		if err != nil {
			return false, err
		}
		if !l.holds(e) {
			return false, nil
		}
		l.revision = e.revision
	}
}

// Holders implements state.Leases.
func (s *Store) Holders(ctx context.Context, prefix string) (map[string]string, error) {
	held := map[string]string{}
	err := s.scan(ctx, s.leases.stream, s.leases.subject+">", false, func(m jetstream.Msg) {
		name := unkey(strings.TrimPrefix(m.Subject(), s.leases.subject))
		var h holding
		switch {
		case removed(m):
			delete(held, name)
		case strings.HasPrefix(name, prefix) && json.Unmarshal(m.Data(), &h) == nil && h.By != "":
			held[name] = h.Holder
		}
	})
	return held, err
}

func removed(m jetstream.Msg) bool {
	return m.Headers().Get(headerOperation) != "" || m.Headers().Get(headerMarker) != ""
}

// WatchHolders implements state.Leases.
func (s *Store) WatchHolders(ctx context.Context, prefix string, changed func(map[string]string)) error {
	var told map[string]string
	return s.leases.watch(ctx, func() {
		held, err := s.Holders(ctx, prefix)
		if err != nil || told != nil && maps.Equal(held, told) {
			return
		}
		told = held
		changed(maps.Clone(held))
	})
}

// PutReplica implements state.Presence.
func (s *Store) PutReplica(ctx context.Context, r state.Replica) error {
	return s.replicas.write(ctx, key(r.ID), r)
}

// RemoveReplica implements state.Presence.
func (s *Store) RemoveReplica(ctx context.Context, id string) error {
	return s.replicas.purge(ctx, key(id))
}

// Replicas implements state.Presence.
func (s *Store) Replicas(ctx context.Context) ([]state.Replica, error) {
	byID := map[string]state.Replica{}
	err := s.scan(ctx, s.replicas.stream, s.replicas.subject+">", false, func(m jetstream.Msg) {
		var r state.Replica
		if !removed(m) && json.Unmarshal(m.Data(), &r) == nil && r.ID != "" {
			byID[r.ID] = r
		}
	})
	return slices.SortedFunc(maps.Values(byID), func(a, b state.Replica) int { return cmp.Compare(a.ID, b.ID) }), err
}
