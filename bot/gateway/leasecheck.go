package gateway

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// CheckLeases tries whether a store does what Leases promises, from two places at once, and returns what it does not. It takes three
// times ttl, at least, which it passes with wait; late is how much later than told an entry may expire, and how long news may take.
// It leaves nothing behind that does not expire.
func CheckLeases(ctx context.Context, a, b Leases, ttl, late time.Duration, wait func(time.Duration)) error {
	c := &leaseCheck{a: a, b: b, ttl: ttl, late: late, wait: wait, prefix: fmt.Sprintf("check-%x.", rand.Uint32()), seen: map[string][]uint64{}}
	watching, cancel := context.WithCancel(ctx)
	var watch sync.WaitGroup
	watch.Go(func() {
		err := b.WatchLeases(watching, c.note)
		c.mu.Lock()
		c.ended, c.why = true, err
		c.mu.Unlock()
	})
	wait(late) // until it watches
	err := c.run(ctx)
	cancel()
	watch.Wait()
	return err
}

type leaseCheck struct {
	a, b      Leases
	ttl, late time.Duration
	wait      func(time.Duration)
	prefix    string

	mu    sync.Mutex
	seen  map[string][]uint64 // what the watch told, by name
	ended bool
	why   error
}

func (c *leaseCheck) note(name, _ string, revision uint64) {
	c.mu.Lock()
	c.seen[name] = append(c.seen[name], revision)
	c.mu.Unlock()
}

func (c *leaseCheck) run(ctx context.Context) error {
	for _, step := range []struct {
		what string
		try  func(context.Context) error
	}{
		{"writing by revision", c.revisions}, {"deleting", c.deletion}, {"expiry", c.expiry}, {"one winner", c.race},
		{"an end of the context", c.cancelled},
	} {
		if err := step.try(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return fmt.Errorf("watching ended too soon: %v", c.why)
	}
	return nil
}

// put writes and expects an outcome.
func (c *leaseCheck) put(ctx context.Context, l Leases, name, value string, revision uint64, ttl time.Duration, want bool) (uint64, error) {
	next, ok, err := l.PutLease(ctx, c.prefix+name, value, revision, ttl)
	switch {
	case err != nil:
		return 0, err
	case ok != want:
		return 0, fmt.Errorf("writing %s at revision %d: %t, want %t", name, revision, ok, want)
	case ok && (next == 0 || next == revision):
		return 0, fmt.Errorf("writing %s at revision %d made revision %d", name, revision, next)
	}
	return next, nil
}

// find expects a value in both places; "" = nothing.
func (c *leaseCheck) find(ctx context.Context, name, want string, revision uint64) error {
	for _, l := range []Leases{c.a, c.b} {
		value, at := "", uint64(0)
		if err := l.EachLease(ctx, func(n, v string, r uint64) {
			if n == c.prefix+name {
				value, at = v, r
			}
		}); err != nil {
			return err
		}
		if value != want || want != "" && at != revision {
			return fmt.Errorf("%s holds %q at revision %d, want %q at %d", name, value, at, want, revision)
		}
	}
	return nil
}

// told expects that the watch told of a revision.
func (c *leaseCheck) told(name string, revision uint64) error {
	c.wait(c.late)
	c.mu.Lock()
	defer c.mu.Unlock()
	if seen := c.seen[c.prefix+name]; !slices.Contains(seen, revision) {
		return fmt.Errorf("the watch told of revisions %v of %s, want %d (0 = gone)", seen, name, revision)
	}
	return nil
}

func (c *leaseCheck) revisions(ctx context.Context) error {
	one, err := c.put(ctx, c.a, "cas", `{"v":1}`, 0, c.ttl, true)
	if err != nil {
		return err
	}
	for _, wrong := range []uint64{0, one + 1000} {
		if _, err := c.put(ctx, c.b, "cas", `{"v":2}`, wrong, c.ttl, false); err != nil {
			return err
		}
	}
	if err := c.find(ctx, "cas", `{"v":1}`, one); err != nil {
		return err
	}
	two, err := c.put(ctx, c.b, "cas", `{"v":2}`, one, c.ttl, true)
	if err != nil {
		return err
	}
	if _, err := c.put(ctx, c.a, "cas", `{"v":3}`, one, c.ttl, false); err != nil {
		return err
	}
	if err := c.find(ctx, "cas", `{"v":2}`, two); err != nil {
		return err
	}
	return c.told("cas", two)
}

func (c *leaseCheck) deletion(ctx context.Context) error {
	one, err := c.put(ctx, c.a, "gone", `{"v":1}`, 0, c.ttl, true)
	if err != nil {
		return err
	}
	if err := c.told("gone", one); err != nil {
		return err
	}
	if err := c.b.DeleteLease(ctx, c.prefix+"gone", one+1000); err != nil {
		return fmt.Errorf("deleting another revision: %w, want nothing to happen", err)
	}
	if err := c.find(ctx, "gone", `{"v":1}`, one); err != nil {
		return err
	}
	if err := c.b.DeleteLease(ctx, c.prefix+"gone", one); err != nil {
		return err
	}
	if err := c.find(ctx, "gone", "", 0); err != nil {
		return err
	}
	if _, err := c.put(ctx, c.a, "gone", `{"v":2}`, one, c.ttl, false); err != nil {
		return err
	}
	if err := c.told("gone", 0); err != nil {
		return err
	}
	two, err := c.put(ctx, c.a, "gone", `{"v":3}`, 0, c.ttl, true)
	if err == nil && two == one {
		err = fmt.Errorf("revision %d came twice", one)
	}
	return err
}

// expiry lets one entry expire and renews another, across two ttls.
func (c *leaseCheck) expiry(ctx context.Context) error {
	short, err := c.put(ctx, c.a, "short", `{"v":1}`, 0, c.ttl, true)
	if err != nil {
		return err
	}
	long, err := c.put(ctx, c.a, "long", `{"v":1}`, 0, c.ttl, true)
	if err != nil {
		return err
	}
	for range 3 {
		c.wait(c.ttl * 6 / 10)
		if long, err = c.put(ctx, c.a, "long", `{"v":1}`, long, c.ttl, true); err != nil {
			return fmt.Errorf("an entry that was renewed in time: %w", err)
		}
	}
	c.wait(c.late)
	if err := c.find(ctx, "long", `{"v":1}`, long); err != nil {
		return err
	}
	if err := c.find(ctx, "short", "", 0); err != nil {
		return err
	}
	if err := c.told("short", 0); err != nil {
		return err
	}
	if _, err := c.put(ctx, c.b, "short", `{"v":2}`, short, c.ttl, false); err != nil {
		return err
	}
	if _, err = c.put(ctx, c.b, "short", `{"v":2}`, 0, c.ttl, true); err != nil {
		return err
	}
	// renewed entries must expire, too
	c.wait(c.ttl + c.late)
	return c.find(ctx, "long", "", 0)
}

// race lets many write the same entry: one wins, each time.
func (c *leaseCheck) race(ctx context.Context) error {
	for _, name := range []string{"fresh", "gone"} { // "gone" has a past
		var mu sync.Mutex
		var winners int
		var failed error
		var all sync.WaitGroup
		revision := uint64(0)
		if err := c.a.EachLease(ctx, func(n, _ string, r uint64) {
			if n == c.prefix+name {
				revision = r
			}
		}); err != nil {
			return err
		}
		for i := range 8 {
			all.Go(func() {
				_, ok, err := []Leases{c.a, c.b}[i%2].PutLease(ctx, c.prefix+name, `{"v":9}`, revision, c.ttl)
				mu.Lock()
				defer mu.Unlock()
				if ok {
					winners++
				}
				if err != nil {
					failed = err
				}
			})
		}
		all.Wait()
		if failed != nil || winners != 1 {
			return fmt.Errorf("%d of 8 wrote the same revision of %s, want one (error: %v)", winners, name, failed)
		}
	}
	return nil
}

func (c *leaseCheck) cancelled(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, ok, err := c.a.PutLease(ctx, c.prefix+"late", `{}`, 0, c.ttl); err == nil || ok {
		return fmt.Errorf("writing gave %t and no error", ok)
	}
	if err := c.a.EachLease(ctx, func(string, string, uint64) {}); err == nil {
		return fmt.Errorf("reading gave no error")
	}
	return nil
}
