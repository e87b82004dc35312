package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"
)

// Leases is a small store that all replicas of a bot share, with entries that expire. A lease is an entry that its holder writes
// anew in time. Revisions are numbers from 1; a name's revision is another one after every change, also after it was gone.
//
// Implementations are safe for concurrent use and return soon after ctx ends. After an error nobody knows whether the request was
// carried out. Names have letters, digits, "-", "_" and ".", at most 100 bytes; values are JSON of at most 4 KiB.
type Leases interface {
	// PutLease writes value under name for ttl, if the entry has this revision; 0 = if there is none, or it has expired or was
	// deleted. ok is false where that is not so, which is no error. A ttl begins anew with every write; it is at least 1 s, and the
	// entry may be gone sooner than it says, but not before the shorter one of it and LeaseTimes.TTL.
	PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (next uint64, ok bool, err error)
	// DeleteLease removes the entry if it has this revision, and does nothing otherwise.
	DeleteLease(ctx context.Context, name string, revision uint64) error
	// EachLease calls f with every entry as it is now, and sees all writes that have returned before.
	EachLease(ctx context.Context, f func(name, value string, revision uint64)) error
	// WatchLeases calls changed, one call at a time, with what is written from now on, and with revision 0 for what was deleted or
	// has expired, until ctx ends or the error. It may repeat something, or leave out what did not last; there is polling too.
	WatchLeases(ctx context.Context, changed func(name, value string, revision uint64)) error
}

// LeaseTimes is the timing of leases. Where one is 0, it is as said here.
type LeaseTimes struct {
	// TTL is how long a lease lasts in the store without being renewed, 30 s. It must outlast the 8 s that a cluster may need to
	// choose another leader, with room.
	TTL time.Duration
	// Renew is how often a lease is renewed, 5 s.
	Renew time.Duration
	// Fence is when the holder closes its session by itself: this long after it began the last renewal that worked, 22 s.
	Fence time.Duration
	// Poll is how often the leases are looked at, beside watching: every Poll to twice that, at random, 1 s.
	Poll time.Duration
	// Call is how long one request to the store may take, 2 s.
	Call time.Duration
	// Identify is how long others wait after an Identify, 5.25 s (Discord docs, events/gateway, "rate limiting").
	Identify time.Duration
	// Resume is how long somebody else may resume the session of a holder that is gone, 2 min: Discord keeps one for "a few
	// minutes" (Discord docs, events/gateway, "resuming").
	Resume time.Duration
}

func (t LeaseTimes) withDefaults() LeaseTimes {
	return LeaseTimes{
		TTL: cmp.Or(t.TTL, 30*time.Second), Renew: cmp.Or(t.Renew, 5*time.Second), Fence: cmp.Or(t.Fence, 22*time.Second),
		Poll: cmp.Or(t.Poll, time.Second), Call: cmp.Or(t.Call, 2*time.Second), Identify: cmp.Or(t.Identify, identifySpacing),
		Resume: cmp.Or(t.Resume, 2*time.Minute),
	}
}

// check refuses times with which two replicas would hold one lease.
func (t LeaseTimes) check() error {
	t = t.withDefaults()
	if t.Renew <= 0 || t.Renew >= t.Fence || t.Fence >= t.TTL || t.Poll <= 0 || t.Call <= 0 || t.Identify < 0 || t.Resume < 0 {
		return fmt.Errorf("the times of leases do not fit: renewing every %s, fence at %s, expiry after %s; each must be shorter than the next one", t.Renew, t.Fence, t.TTL)
	}
	return nil
}

// ask makes a request that is given up after a time, also where the store does not heed its context.
func ask[T any](ctx context.Context, within time.Duration, f func(context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	answered := make(chan result, 1)
	go func() {
		defer cancel()
		v, err := f(ctx)
		answered <- result{v, err}
	}()
	<-ctx.Done()
	select {
	case r := <-answered:
		return r.value, r.err
	default:
		var none T
		return none, errors.Join(errStore, context.Cause(ctx))
	}
}

// errStore says that the store did not answer.
var errStore = errors.New("the lease store does not answer")
