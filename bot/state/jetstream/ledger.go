package jetstream

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"enlace/bot/state"
)

const (
	// behindTime is how long what was counted may wait to be written: a process that is killed forgets no more than that.
	behindTime = 50 * time.Millisecond
	// restTime is how long an engine that took nothing is left alone.
	restTime = time.Second
)

// ledger counts for limits where nobody but this process does. What counted since it started it knows, so that a question waits for
// nothing; the engine is asked only for what may have counted before, and written to behind.
type ledger struct {
	bucket  *bucket
	log     *slog.Logger
	changed chan struct{}

	// erasing is held while a person is erased, and shared by what reads from the engine and writes to it.
	erasing sync.RWMutex

	mu    sync.Mutex
	since time.Time // what is not in the list has not counted since
	list  map[string]*account
}

// account is one limit.
type account struct {
	quota state.Quota
	uses  state.Uses
	dirty bool // it is not written yet
}

func newLedger(b *bucket, log *slog.Logger) *ledger {
	return &ledger{bucket: b, log: log, changed: make(chan struct{}, 1), since: time.Now(), list: map[string]*account{}}
}

// take is state.Limits' Take.
func (l *ledger) take(ctx context.Context, now time.Time, call string, quotas []state.Quota) (wait time.Duration, err error) {
	if err := together(len(quotas), func(i int) error { return l.learn(ctx, now, quotas[i]) }); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range quotas {
		if used := l.within(now, q); !used.Counts(call) {
			wait = max(wait, used.Wait(now, q))
		}
	}
	if wait > 0 {
		return wait, nil
	}
	for _, q := range quotas {
		if used := l.within(now, q); !used.Counts(call) {
			l.put(now, q, used.Add(now, call))
		}
	}
	return 0, nil
}

// used is state.Limits' Used.
func (l *ledger) used(ctx context.Context, now time.Time, q state.Quota) (int, error) {
	if err := l.learn(ctx, now, q); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.within(now, q)), nil
}

func (l *ledger) within(now time.Time, q state.Quota) state.Uses {
	if a := l.list[limitKey(q)]; a != nil {
		return a.uses.Within(now, q.Every)
	}
	return nil
}

// learn reads a limit, unless all that may count for it is known.
func (l *ledger) learn(ctx context.Context, now time.Time, q state.Quota) error {
	key := limitKey(q)
	l.erasing.RLock()
	defer l.erasing.RUnlock()
	l.mu.Lock()
	known := l.list[key] != nil || now.Sub(l.since) >= q.Every
	l.mu.Unlock()
	if known {
		return nil
	}
	e, err := l.bucket.get(ctx, key)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.list[key] == nil {
		l.list[key] = &account{quota: q, uses: uses(e, now, q)}
	}
	return nil
}

// put notes the uses of a limit, to be written.
func (l *ledger) put(now time.Time, q state.Quota, uses state.Uses) {
	key := limitKey(q)
	if l.list[key] == nil && len(l.list) >= state.MaxQuotas {
		l.makeRoom(now)
	}
	l.list[key] = &account{quota: q, uses: uses, dirty: true}
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// makeRoom forgets what counts no more; where that is too little, what is written, which can be read again.
func (l *ledger) makeRoom(now time.Time) {
	for key, a := range l.list {
		if len(a.uses.Within(now, a.quota.Every)) == 0 {
			delete(l.list, key)
		}
	}
	if len(l.list) < state.MaxQuotas*3/4 {
		return
	}
	for key, a := range l.list {
		if !a.dirty {
			delete(l.list, key)
		}
	}
	l.since = now
}

// writeBehind writes what changes until ended is closed, and then what is left.
func (l *ledger) writeBehind(ended <-chan struct{}) {
	rest := behindTime
	for {
		select {
		case <-l.changed:
		case <-ended:
			_ = l.write()
			return
		}
		select {
		case <-time.After(rest):
		case <-ended:
		}
		if err := l.write(); err != nil {
			l.log.Debug("limits are not written", slog.Any("error", err))
			rest = restTime
		} else {
			rest = behindTime
		}
	}
}

// write writes what has changed. After an error the rest waits for the next time.
func (l *ledger) write() error {
	l.erasing.RLock()
	defer l.erasing.RUnlock()
	l.mu.Lock()
	dirty := map[string]account{}
	for key, a := range l.list {
		if a.dirty {
			dirty[key] = *a
			a.dirty = false
		}
	}
	l.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), tryTime)
	defer cancel()
	for key, a := range dirty {
		raw, err := json.Marshal(a.uses)
		if err == nil {
			err = l.bucket.put(ctx, key, raw, lasting(a.quota.Every+state.Skew))
		}
		if err == nil {
			delete(dirty, key)
			continue
		}
		l.again(dirty)
		return err
	}
	return nil
}

// again has limits written once more, unless they have changed since.
func (l *ledger) again(failed map[string]account) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for key := range failed {
		if a := l.list[key]; a != nil {
			a.dirty = true
		}
	}
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// erase forgets the limits of a person, and then has purge remove what is written.
func (l *ledger) erase(user string, purge func() error) error {
	l.erasing.Lock()
	defer l.erasing.Unlock()
	l.mu.Lock()
	for key, a := range l.list {
		if state.Names(a.quota.Key, user) {
			delete(l.list, key)
		}
	}
	l.mu.Unlock()
	return purge()
}
