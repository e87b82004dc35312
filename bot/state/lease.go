package state

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// LeaseTimes is the timing of leases. A lease that is renewed every Renew ends by itself for its holder when the last renewal that
// worked began Fence ago, and for the others TTL after it: TTL must outlast the time that a cluster needs for the choice of another
// leader, 8 s, with room.
type LeaseTimes struct{ TTL, Renew, Fence time.Duration }

func (t LeaseTimes) orDefault() LeaseTimes {
	return LeaseTimes{cmp.Or(t.TTL, 30*time.Second), cmp.Or(t.Renew, 5*time.Second), cmp.Or(t.Fence, 22*time.Second)}
}

// Leases gives what only one process may do at a time to one of them. A lease is no fence: a process that was paused may hold one
// for a moment longer than it knows, until it looks at Held.
type Leases interface {
	// Acquire takes a lease, and renews it until it is lost or released; false = somebody else has it. Two holders with one name
	// are two.
	Acquire(ctx context.Context, name, holder string) (*Lease, bool, error)
	// Holders returns who holds what, of the leases whose names begin with a prefix.
	Holders(ctx context.Context, prefix string) (map[string]string, error)
	// WatchHolders calls changed with what Holders returns, at first and after every change, until ctx ends; that is not an error.
	// The last change is always told.
	WatchHolders(ctx context.Context, prefix string, changed func(map[string]string)) error
}

// ShardLease names the lease of a shard of the gateway.
func ShardLease(shard int) string { return fmt.Sprintf("shard.%d", shard) }

// IdentifyLease names the lease that serialises identifying, of the bucket that a shard belongs to: shard modulo max_concurrency
// (Discord docs, events/gateway, "sharding: max concurrency").
func IdentifyLease(shard, maxConcurrency int) string {
	return fmt.Sprintf("identify.%d", shard%max(maxConcurrency, 1))
}

// Lease is a lease that this process has. It is safe for concurrent use.
type Lease struct {
	Name, Holder string

	times   LeaseTimes
	renew   func(context.Context) (bool, error)
	release func(context.Context) error
	lost    chan struct{}
	done    chan struct{} // the renewing has ended
	stop    context.CancelFunc
	mu      sync.Mutex
	since   time.Time // when the last renewal that worked began
	over    bool
}

// NewLease returns a lease that was taken by a request sent at a time, and renews it. What renew says: true = it is still this
// holder's, false = it is not, an error = unknown. Release is called once, and not for a lease that was lost.
func NewLease(name, holder string, sent time.Time, times LeaseTimes, renew func(context.Context) (bool, error), release func(context.Context) error) *Lease {
	ctx, stop := context.WithCancel(context.Background())
	l := &Lease{
		Name: name, Holder: holder, times: times.orDefault(), renew: renew, release: release,
		lost: make(chan struct{}), done: make(chan struct{}), stop: stop, since: sent,
	}
	go l.keep(ctx)
	return l
}

// Lost returns a channel that is closed when the lease is not held any longer.
func (l *Lease) Lost() <-chan struct{} { return l.lost }

// Held reports whether the lease is held now. It is right after a pause of the process too.
func (l *Lease) Held() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.over && time.Since(l.since) < l.times.Fence
}

// Release gives the lease back, so that another process can have it at once. To release one that is lost or released does nothing.
func (l *Lease) Release(ctx context.Context) error {
	l.stop()
	<-l.done
	if !l.end() {
		return nil
	}
	return l.release(ctx)
}

// end closes Lost, and reports whether it was open.
func (l *Lease) end() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return false
	}
	l.over = true
	close(l.lost)
	return true
}

func (l *Lease) keep(ctx context.Context) {
	defer close(l.done)
	tick := time.NewTicker(l.times.Renew)
	defer tick.Stop()
	fence := time.NewTimer(time.Until(l.fence()))
	defer fence.Stop()
	for l.Held() {
		select {
		case <-ctx.Done():
			return
		case <-fence.C:
		case <-tick.C:
			if !l.Held() || !l.again(ctx) {
				if ctx.Err() != nil {
					return
				}
				l.end()
				return
			}
			fence.Reset(time.Until(l.fence()))
		}
	}
	l.end()
}

func (l *Lease) fence() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.since.Add(l.times.Fence)
}

// again renews the lease, and reports whether it may still be held.
func (l *Lease) again(ctx context.Context) bool {
	sent := time.Now() // before the request: what the engine counts from is never earlier
	ctx, cancel := context.WithDeadline(ctx, l.fence())
	defer cancel()
	held, err := l.renew(ctx)
	if err != nil {
		return true
	}
	if held {
		l.mu.Lock()
		l.since = sent
		l.mu.Unlock()
	}
	return held
}

// Await takes a lease as soon as it is free. The error is ctx's.
func Await(ctx context.Context, leases Leases, name, holder string) (*Lease, error) {
	watching, cancel := context.WithCancel(ctx)
	defer cancel()
	freed := make(chan struct{}, 1)
	go func() {
		_ = leases.WatchHolders(watching, name, func(held map[string]string) {
			if _, taken := held[name]; !taken {
				select {
				case freed <- struct{}{}:
				default:
				}
			}
		})
	}()
	for {
		if l, ok, err := leases.Acquire(ctx, name, holder); ok && err == nil {
			return l, nil
		}
		poll := time.NewTimer(time.Second + rand.N(time.Second))
		select {
		case <-freed:
		case <-poll.C:
		case <-ctx.Done():
			poll.Stop()
			return nil, ctx.Err()
		}
		poll.Stop()
	}
}
