package gateway

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// keeper takes leases for one replica.
type keeper struct {
	store Leases
	id    string // of this replica's run; nobody else has it
	times LeaseTimes
	log   *slog.Logger
	asked sync.WaitGroup // requests under way
}

// lease is an entry that this replica has and renews. It is lost when somebody else has it, or when no renewal has worked for too
// long: then others may have it soon.
type lease struct {
	k     *keeper
	name  string
	value func() string // what a renewal writes; it may block for a moment

	mu       sync.Mutex
	revision uint64
	since    time.Time // when the last request that worked was sent
	unsure   bool      // what became of the last request is unknown

	poke chan struct{}
	stop context.CancelFunc
	lost chan struct{} // closed when it is lost
	done chan struct{} // closed when nothing renews it any more
}

// put writes a lease, and says when the request was sent.
func (k *keeper) put(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (next uint64, ok bool, sent time.Time, err error) {
	type answer struct {
		next uint64
		ok   bool
	}
	sent = time.Now() // before sending: the store counts from a later moment
	a, err := ask(ctx, k.times.Call, func(ctx context.Context) (answer, error) {
		next, ok, err := k.store.PutLease(ctx, name, value, revision, ttl)
		return answer{next, ok}, err
	})
	return a.next, a.ok, sent, err
}

// acquire takes a lease whose entry has this revision (0 = there is none), and renews it. nil without an error means that somebody
// else was first.
func (k *keeper) acquire(ctx context.Context, name string, revision uint64, value func() string) (*lease, error) {
	next, ok, sent, err := k.put(ctx, name, value(), revision, k.times.TTL)
	if err != nil || !ok {
		return nil, err
	}
	return k.keep(name, next, sent, value), nil
}

func (k *keeper) keep(name string, revision uint64, since time.Time, value func() string) *lease {
	ctx, stop := context.WithCancel(context.Background())
	l := &lease{
		k: k, name: name, value: value, revision: revision, since: since,
		poke: make(chan struct{}, 1), stop: stop, lost: make(chan struct{}), done: make(chan struct{}),
	}
	go l.run(ctx)
	return l
}

// entry is a lease as the store has it.
type entry struct {
	leaseValue
	revision uint64 // 0 = there is none
}

// entries returns everything in the store.
func (k *keeper) entries(ctx context.Context) (map[string]entry, error) {
	return ask(ctx, k.times.Call, func(ctx context.Context) (map[string]entry, error) {
		all := map[string]entry{}
		err := k.store.EachLease(ctx, func(name, value string, revision uint64) {
			all[name] = entry{readLease(value), revision}
		})
		return all, err
	})
}

// tell renews the lease soon, because its value has changed.
func (l *lease) tell() {
	select {
	case l.poke <- struct{}{}:
	default:
	}
}

// left is how long the lease may be believed in without another renewal.
func (l *lease) left() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.since.Add(l.k.times.Fence))
}

// run renews the lease until it is stopped or lost. It never waits for the store itself, so the fence holds also when a request
// hangs.
func (l *lease) run(ctx context.Context) {
	defer close(l.done)
	fence, next := time.NewTimer(l.left()), time.NewTimer(l.k.times.Renew)
	defer fence.Stop()
	defer next.Stop()
	var renewed chan renewal // not nil while a request is under way
	again := false           // the value has changed meanwhile
	for {
		select {
		case <-ctx.Done():
			if renewed != nil {
				<-renewed // within times.Call; one that is given up might be carried out later
			}
			return
		case <-fence.C:
			if left := l.left(); left > 0 {
				fence.Reset(left)
				continue
			}
			l.lose()
			return
		case <-l.poke:
			again = true
		case <-next.C:
			again = true
		case r := <-renewed:
			renewed = nil
			if r == gone {
				l.lose()
				return
			}
			next.Reset(r.pause(l.k.times))
		}
		if again && renewed == nil {
			again, renewed = false, make(chan renewal, 1)
			answer := renewed
			l.k.asked.Go(func() { answer <- l.renew() })
		}
	}
}

func (l *lease) lose() {
	l.stop()
	close(l.lost)
}

// renewal is how a renewal went.
type renewal uint8

const (
	held renewal = iota
	unknown
	gone
)

// pause is how long until the next try.
func (r renewal) pause(t LeaseTimes) time.Duration {
	if r == held {
		return t.Renew
	}
	return min(t.Poll, t.Renew)
}

// renew writes the lease anew. Where it is not clear whose it is, it looks: a request that seemed to fail may have been carried out.
func (l *lease) renew() renewal {
	ctx, cancel := context.WithTimeout(context.Background(), l.k.times.Call)
	defer cancel()
	for range 2 {
		l.mu.Lock()
		revision, unsure := l.revision, l.unsure
		l.mu.Unlock()
		if unsure {
			var r renewal
			if revision, r = l.look(ctx); r != held {
				return r
			}
		}
		next, ok, sent, err := l.k.put(ctx, l.name, l.value(), revision, l.k.times.TTL)
		l.mu.Lock()
		l.unsure = err != nil || !ok
		if !l.unsure {
			l.revision, l.since = next, sent
		}
		l.mu.Unlock()
		switch {
		case err != nil:
			l.k.log.Debug("a lease was not renewed", "lease", l.name, "error", err)
			return unknown
		case ok:
			return held
		}
	}
	return unknown
}

// look returns the revision with which this holder may write, 0 where the entry is gone and nobody has it.
func (l *lease) look(ctx context.Context) (uint64, renewal) {
	all, err := l.k.entries(ctx)
	switch e := all[l.name]; {
	case err != nil:
		return 0, unknown
	case e.revision != 0 && e.Holder != l.k.id:
		return 0, gone
	default:
		return e.revision, held
	}
}

// end stops renewing, and writes value for ttl in the lease's place, or deletes it where value is nil. Others can have it at once
// then.
func (l *lease) end(ctx context.Context, value *leaseValue, ttl time.Duration) error {
	l.stop()
	<-l.done
	var err error
	for range 3 {
		l.mu.Lock()
		revision, unsure := l.revision, l.unsure
		l.mu.Unlock()
		if unsure {
			r := held
			if revision, r = l.look(ctx); r == gone {
				return nil
			}
		}
		ok := false
		if ok, err = l.write(ctx, value, revision, ttl); ok && err == nil {
			return nil
		}
		l.mu.Lock()
		l.unsure = true
		l.mu.Unlock()
		if ctx.Err() != nil {
			break
		}
	}
	return err
}

func (l *lease) write(ctx context.Context, value *leaseValue, revision uint64, ttl time.Duration) (ok bool, err error) {
	if value != nil {
		_, ok, _, err = l.k.put(ctx, l.name, value.String(), revision, ttl)
		return ok, err
	}
	if revision == 0 {
		return true, nil
	}
	return ask(ctx, l.k.times.Call, func(ctx context.Context) (bool, error) {
		return true, l.k.store.DeleteLease(ctx, l.name, revision)
	})
}
