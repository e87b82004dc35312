package gateway

import (
	"context"
	"hash/maphash"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	// stripes: the buckets of an interaction are found by hash(token) mod 64, those of channels alike.
	stripes = 64
	// stripeRoom bounds the buckets of a stripe, so there are never more than 2,048.
	stripeRoom = 32
	// maxPatience is the longest wait for a limit that a request without a deadline accepts.
	maxPatience = 30 * time.Second
	// freeFor is how long a route that told no limit counts as unlimited.
	freeFor = time.Minute
)

// buckets are Discord's rate limits per route and major parameter (Discord docs, topics/rate-limits).
// Requests of one bucket go out together as far as the limit allows; only the first one of an
// unknown limit goes alone. Tokens are not kept, only hashes.
type buckets struct {
	seed    maphash.Seed
	stripes [stripes]stripe

	mu    sync.Mutex
	names map[string]string // route → Discord's bucket name, which several routes may share
}

type stripe struct {
	mu sync.Mutex
	m  map[uint64]*bucket
}

type bucket struct {
	limited   bool // limit, remaining and reset are known
	remaining int
	reset     time.Time
	freeUntil time.Time
	flying    int
	probe     chan struct{} // closed when the first request of an unknown limit has its answer
	used      time.Time
}

func newBuckets() *buckets {
	b := &buckets{seed: maphash.MakeSeed(), names: map[string]string{}}
	for i := range b.stripes {
		b.stripes[i].m = map[uint64]*bucket{}
	}
	return b
}

// key finds the bucket of a route for a major parameter.
func (b *buckets) key(route, major string) (*stripe, uint64) {
	b.mu.Lock()
	name, ok := b.names[route]
	b.mu.Unlock()
	if !ok {
		name = route
	}
	return &b.stripes[maphash.String(b.seed, major)%stripes], maphash.String(b.seed, name+"\x00"+major)
}

// learn remembers Discord's name for a route's bucket.
func (b *buckets) learn(route, name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if name != "" && (len(b.names) < 256 || b.names[route] != "") {
		b.names[route] = name
	}
}

// count returns how many buckets there are.
func (b *buckets) count() int {
	n := 0
	for i := range b.stripes {
		s := &b.stripes[i]
		s.mu.Lock()
		n += len(s.m)
		s.mu.Unlock()
	}
	return n
}

// acquire waits until a request may go. When that would be too late for ctx, it returns at once how
// long the wait would be. Each success needs a release.
func (b *buckets) acquire(ctx context.Context, route, major string) (tooLong time.Duration, err error) {
	for {
		s, key := b.key(route, major)
		wait, probe := s.try(key, time.Now())
		switch {
		case probe != nil:
			select {
			case <-probe:
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		case wait == 0:
			return 0, nil
		case wait > patience(ctx):
			return wait, nil
		case !sleep(ctx, wait):
			return 0, ctx.Err()
		}
	}
}

// patience is how long a request may wait before it is sent.
func patience(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return min(time.Until(deadline), maxPatience)
	}
	return maxPatience
}

// try takes a place, or returns what to wait for: a time, or another request's answer.
func (s *stripe) try(key uint64, now time.Time) (time.Duration, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.get(key, now)
	switch {
	case k.limited && now.Before(k.reset) && k.remaining <= 0:
		return k.reset.Sub(now), nil
	case k.limited && now.Before(k.reset):
		k.remaining--
	case now.Before(k.freeUntil):
	case k.probe != nil:
		return 0, k.probe
	default:
		k.limited, k.probe = false, make(chan struct{})
	}
	k.flying++
	return 0, nil
}

// get finds or makes a bucket. The caller holds mu.
func (s *stripe) get(key uint64, now time.Time) *bucket {
	k := s.m[key]
	if k == nil {
		if len(s.m) >= stripeRoom {
			s.evict(now)
		}
		k = &bucket{}
		s.m[key] = k
	}
	k.used = now
	return k
}

// evict drops what nobody needs; if all are in use, the one that was idle longest.
func (s *stripe) evict(now time.Time) {
	var oldest uint64
	var when time.Time
	for key, k := range s.m {
		if k.flying == 0 && !now.Before(k.reset) {
			delete(s.m, key)
			continue
		}
		if when.IsZero() || k.used.Before(when) {
			oldest, when = key, k.used
		}
	}
	if len(s.m) >= stripeRoom {
		s.drop(oldest)
	}
}

func (s *stripe) drop(key uint64) {
	if k := s.m[key]; k.probe != nil {
		close(k.probe)
	}
	delete(s.m, key)
}

// release ends a request that acquire let go; header is nil when there was no answer, and block is
// how long a 429 told to wait.
func (b *buckets) release(route, major string, header http.Header, block time.Duration) {
	now := time.Now()
	s, key := b.key(route, major)
	s.mu.Lock()
	if k := s.m[key]; k != nil {
		k.flying = max(k.flying-1, 0)
		if k.probe != nil {
			defer close(k.probe) // after the limit is known
			k.probe = nil
		}
	}
	s.mu.Unlock()
	if header == nil && block == 0 {
		return
	}
	b.learn(route, header.Get("X-RateLimit-Bucket"))
	s, key = b.key(route, major)
	s.mu.Lock()
	s.get(key, now).update(now, header, block)
	s.mu.Unlock()
}

// update takes over what an answer told. Within a window the smaller remainder counts, since answers
// overtake each other.
func (k *bucket) update(now time.Time, header http.Header, block time.Duration) {
	remaining, reset, ok := limits(header, now)
	switch {
	case block > 0:
		k.limited, k.remaining = true, 0
		if until := now.Add(block); until.After(k.reset) {
			k.reset = until
		}
	case !ok:
		if !k.limited {
			k.freeUntil = now.Add(freeFor)
		}
	case k.limited && now.Before(k.reset):
		k.remaining = min(k.remaining, remaining)
		if reset.After(k.reset) {
			k.reset = reset
		}
	default:
		k.limited, k.remaining, k.reset = true, max(remaining-k.flying, 0), reset
	}
}

// limits reads the headers that count without a clock in common: never X-RateLimit-Reset.
func limits(h http.Header, now time.Time) (remaining int, reset time.Time, ok bool) {
	remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || err2 != nil || remaining < 0 {
		return 0, time.Time{}, false
	}
	return remaining, now.Add(seconds(after)), true
}
