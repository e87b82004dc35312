package jetstream

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"enlace/bot/state"
)

func limitKey(q state.Quota) string {
	return key(q.Key) + "." + strconv.FormatInt(int64(q.Every), 10)
}

// uses returns what counts for a limit now. Its value is never longer than the limit, and never written while there is no room, so
// that not even a flood of questions makes writers compete for long.
func uses(e entry, now time.Time, q state.Quota) state.Uses {
	var all state.Uses
	if e.there() && json.Unmarshal(e.value, &all) != nil {
		all = nil
	}
	return all.Within(now, q.Every)
}

// memo is what this process has last seen of limits, up to mostMemo of them. It is only ever a guess.
type memo struct {
	mu   sync.Mutex
	seen map[string]entry
}

const mostMemo = 2000

func (m *memo) get(key string) entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.seen[key]
}

func (m *memo) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.seen)
}

func (m *memo) put(key string, e entry) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen == nil || len(m.seen) >= mostMemo {
		m.seen = map[string]entry{}
	}
	m.seen[key] = e
}

// Take implements state.Limits. A question waits for it, so in a cluster all quotas are counted at the same time, each on top of what
// this process has last written of it: where that is still there, it need not be read.
func (s *Store) Take(ctx context.Context, now time.Time, call string, quotas ...state.Quota) (wait time.Duration, err error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	if s.ledger != nil {
		return s.ledger.take(ctx, now, call, quotas)
	}
	if call == "" {
		call = s.unique() // a request that is made again counts once
	}
	seen := make([]entry, len(quotas))
	for i, q := range quotas { // of most refusals nothing has to be taken back
		var more time.Duration
		if seen[i], more, err = s.glance(ctx, now, call, q); err != nil {
			return 0, err
		}
		wait = max(wait, more)
	}
	if wait > 0 {
		return wait, nil
	}
	waits, counted := make([]time.Duration, len(quotas)+1), make([]bool, len(quotas))
	err = together(len(quotas), func(i int) (err error) {
		waits[i], counted[i], err = s.takeOne(ctx, now, call, quotas[i], seen[i])
		return err
	})
	if wait = slices.Max(waits); wait > 0 || err != nil {
		_ = together(len(quotas), func(i int) error {
			if counted[i] { // what another delivery of the call has counted is not ours
				s.giveBack(ctx, call, quotas[i])
			}
			return nil
		})
	}
	return wait, err
}

// together calls do with 0 to n-1 at the same time, and returns one of their errors when all have ended.
func together(n int, do func(int) error) error {
	var g errgroup.Group
	for i := range n {
		g.Go(func() error { return do(i) })
	}
	return g.Wait()
}

// glance returns what is probably there of a limit, and how long a call has to wait where there is certainly no room for it.
func (s *Store) glance(ctx context.Context, now time.Time, call string, q state.Quota) (e entry, wait time.Duration, err error) {
	e = s.taken.get(limitKey(q))
	used := uses(e, now, q)
	if len(used) == 0 {
		return entry{}, 0, nil // its time is up
	}
	if used.Counts(call) || used.Wait(now, q) == 0 {
		return e, 0, nil
	}
	if e, err = s.limits.get(ctx, limitKey(q)); err != nil { // somebody may have given back
		return e, 0, err
	}
	if used = uses(e, now, q); used.Counts(call) {
		return e, 0, nil
	}
	return e, used.Wait(now, q), nil
}

// takeOne counts a call for a quota of which seen is probably there, unless it counts already; where that is not known, it may.
func (s *Store) takeOne(ctx context.Context, now time.Time, call string, q state.Quota, seen entry) (wait time.Duration, counted bool, err error) {
	key := limitKey(q)
	var written []byte
	revision, err := s.limits.change(ctx, key, &seen, func(e entry) []byte {
		used := uses(e, now, q)
		if wait = 0; !used.Counts(call) {
			wait = used.Wait(now, q)
		}
		if wait > 0 || used.Counts(call) {
			written, counted = e.value, counted && wait == 0 // a request that was not answered may have counted
			return nil
		}
		counted = true
		written, _ = json.Marshal(used.Add(now, call)) // plain data
		return written
	}, lasting(q.Every+state.Skew))
	if err == nil {
		s.taken.put(key, entry{value: written, revision: revision})
	}
	return wait, counted, err
}

// giveBack takes a use out again. Where that fails the limit is stricter than it should be, for its span.
func (s *Store) giveBack(ctx context.Context, call string, q state.Quota) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryTime)
	defer cancel()
	_, _ = s.limits.change(ctx, limitKey(q), nil, func(e entry) []byte {
		var list state.Uses
		if !e.there() || json.Unmarshal(e.value, &list) != nil {
			return nil
		}
		left := slices.DeleteFunc(slices.Clone(list), func(u state.Use) bool { return u.By == call })
		if len(left) == len(list) {
			return nil
		}
		raw, _ := json.Marshal(left)
		return raw
	}, lasting(q.Every+state.Skew))
}

// Used implements state.Limits.
func (s *Store) Used(ctx context.Context, now time.Time, q state.Quota) (int, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	if s.ledger != nil {
		return s.ledger.used(ctx, now, q)
	}
	e, err := s.limits.get(ctx, limitKey(q))
	if err != nil {
		return 0, err
	}
	return len(uses(e, now, q)), nil
}
