package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"enlace/bot/state"
)

const (
	// behindTime is how long what was counted waits to be written: while the engine takes what it is given, a process that is killed
	// forgets little more than that.
	behindTime = 250 * time.Millisecond
	// restTime is how long an engine that took nothing is left alone.
	restTime = time.Second
)

// ledger counts for limits where nobody but this process does. What counted since it started it knows, so that a question waits for
// nothing; the engine is asked only for what may have counted before, and written to behind.
type ledger struct {
	bucket  *bucket
	log     *slog.Logger
	changed chan struct{}

	writing sync.Mutex // held while what has changed is written

	mu      sync.Mutex
	since   time.Time // what is not in the list has not counted since
	list    map[string]*account
	erasing []string // persons whose limits are being removed from the engine
	erased  int      // how often somebody was
}

// account is one limit.
type account struct {
	quota   state.Quota
	uses    state.Uses
	changed time.Time // by the clock of this process
	dirty   bool      // it is not written yet
	going   bool      // it is being written
}

func newLedger(b *bucket, log *slog.Logger) *ledger {
	return &ledger{bucket: b, log: log, changed: make(chan struct{}, 1), since: time.Now(), list: map[string]*account{}}
}

// take is state.Limits' Take.
func (l *ledger) take(ctx context.Context, now time.Time, call string, quotas []state.Quota) (wait time.Duration, err error) {
	if err := l.lock(ctx, now, quotas); err != nil {
		return 0, err
	}
	defer l.mu.Unlock()
	return state.TakeAll(now, call, quotas, func(q state.Quota) state.Uses { return l.within(now, q) }, func(q state.Quota, u state.Uses) { l.put(now, q, u) }), nil
}

// used is state.Limits' Used.
func (l *ledger) used(ctx context.Context, now time.Time, q state.Quota) (int, error) {
	if err := l.lock(ctx, now, []state.Quota{q}); err != nil {
		return 0, err
	}
	defer l.mu.Unlock()
	return len(l.within(now, q)), nil
}

func (l *ledger) within(now time.Time, q state.Quota) state.Uses {
	if a := l.list[limitKey(q)]; a != nil {
		return a.uses.Within(now, q.Every)
	}
	return nil
}

// lock locks the ledger when it knows all that counts for limits, which it may have to read.
func (l *ledger) lock(ctx context.Context, now time.Time, quotas []state.Quota) error {
	for {
		l.mu.Lock()
		unknown := slices.DeleteFunc(slices.Clone(quotas), func(q state.Quota) bool { return l.knows(now, q) })
		if len(unknown) == 0 {
			return nil
		}
		erased := l.erased
		l.mu.Unlock()
		if err := together(len(unknown), func(i int) error { return l.learn(ctx, now, unknown[i], erased) }); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

func (l *ledger) knows(now time.Time, q state.Quota) bool {
	return l.list[limitKey(q)] != nil || now.Sub(l.since) >= q.Every || slices.ContainsFunc(l.erasing, func(user string) bool { return state.Names(q.Key, user) })
}

// learn reads a limit. What was read before somebody was erased is not believed.
func (l *ledger) learn(ctx context.Context, now time.Time, q state.Quota, erased int) error {
	e, err := l.bucket.get(ctx, limitKey(q))
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.erased == erased && !l.knows(now, q) {
		l.add(now, &account{quota: q, uses: uses(e, now, q), changed: time.Now()})
	}
	return nil
}

// put notes the uses of a limit, to be written.
func (l *ledger) put(now time.Time, q state.Quota, uses state.Uses) {
	l.add(now, &account{quota: q, uses: uses, changed: time.Now(), dirty: true})
	l.wake()
}

func (l *ledger) wake() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// add puts an account in the place of the one before.
func (l *ledger) add(now time.Time, a *account) {
	key := limitKey(a.quota)
	old := l.list[key]
	if old == nil && len(l.list) >= state.MaxQuotas {
		l.makeRoom(now)
	}
	a.going = old != nil && old.going
	l.list[key] = a
}

// makeRoom forgets what counts no more; where that is too little, what is written, which can be read again; and where that is too
// little, everything: an engine that takes nothing limits nobody.
func (l *ledger) makeRoom(now time.Time) {
	const enough = state.MaxQuotas * 3 / 4
	for key, a := range l.list {
		if len(a.uses.Within(now, a.quota.Every)) == 0 && !a.going {
			delete(l.list, key)
		}
	}
	if len(l.list) < enough {
		return
	}
	for key, a := range l.list {
		if !a.dirty && !a.going {
			delete(l.list, key)
			l.since = now
		}
	}
	if len(l.list) >= enough {
		l.log.Warn("limits are forgotten: too many cannot be written", slog.Int("limits", len(l.list)))
		clear(l.list)
	}
}

// writeBehind writes what changes until ended is closed, and then what is left.
func (l *ledger) writeBehind(ended <-chan struct{}) {
	for rest := behindTime; ; {
		select {
		case <-l.changed:
		case <-ended:
			l.writeLast()
			return
		}
		select {
		case <-time.After(rest):
		case <-ended:
			l.writeLast()
			return
		}
		rest = behindTime
		if err := l.write(tryTime); err != nil {
			l.log.Debug("limits are not written", slog.Any("error", err))
			rest = restTime
		}
	}
}

func (l *ledger) writeLast() {
	if err := l.write(opTime); err != nil {
		l.log.Warn("limits are not written; after the next start some people may ask more than they should", slog.Any("error", err))
	}
}

// write writes what has changed. When the engine is away the rest waits for the next time.
func (l *ledger) write(within time.Duration) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	for key, a := range l.begin() {
		raw, err := json.Marshal(a.uses)
		if err == nil {
			err = l.bucket.put(ctx, key, raw, lasting(a.quota.Every+state.Skew))
		}
		if l.end(key, err); errors.Is(err, state.ErrDown) {
			l.giveUp()
			return err
		} else if err != nil {
			l.log.Warn("a limit is not written", slog.Any("error", err))
		}
	}
	return nil
}

// begin returns what is to be written, and marks it.
func (l *ledger) begin() map[string]account {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := map[string]account{}
	for key, a := range l.list {
		if a.dirty && time.Since(a.changed) < a.quota.Every+state.Skew { // else it counts no more
			list[key] = *a
			a.going = true
		}
		a.dirty = false
	}
	return list
}

// end notes what came of writing an account, which may have changed meanwhile.
func (l *ledger) end(key string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.list[key]; a != nil {
		a.going = false
		a.dirty = a.dirty || errors.Is(err, state.ErrDown)
	}
}

// giveUp leaves what was not written for the next time.
func (l *ledger) giveUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range l.list {
		if a.going {
			a.going, a.dirty = false, true
		}
	}
	l.wake()
}

// erase forgets the limits of a person, and has purge remove what is written.
func (l *ledger) erase(user string, purge func() error) error {
	l.mu.Lock()
	for key, a := range l.list {
		if state.Names(a.quota.Key, user) {
			delete(l.list, key)
		}
	}
	l.erasing = append(l.erasing, user)
	l.erased++
	l.mu.Unlock()
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		at := slices.Index(l.erasing, user)
		l.erasing = slices.Delete(l.erasing, at, at+1)
		l.erased++
	}()
	l.settle() // what is being written at this moment is there before it is removed
	return purge()
}

// settle waits until what is being written is.
func (l *ledger) settle() {
	l.writing.Lock()
	defer l.writing.Unlock()
}
