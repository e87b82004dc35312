package gateway

import (
	"sync"
	"time"
)

// Discord bans an address after 10,000 invalid requests (401, 403, 429 that are not shared) in ten
// minutes (Discord docs, topics/rate-limits). We stay two orders of magnitude below it.
const (
	invalidNormal = 100  // above: requests that are not essential go one at a time, with pauses
	invalidStop   = 1000 // from here: they are not sent
	invalidEnd    = 5000 // from here: nothing is sent
	brakeSpacing  = 2 * time.Second

	binLength = 30 * time.Second
	bins      = 20
)

// brake counts invalid requests over ten minutes and slows down.
type brake struct {
	mu    sync.Mutex
	start time.Time
	count [bins]int
	bin   [bins]int64
	next  time.Time
}

func newBrake() *brake { return &brake{start: time.Now()} }

// add counts one and returns how many there were within ten minutes.
func (b *brake) add() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := int64(time.Since(b.start) / binLength)
	i := n % bins
	if b.bin[i] != n {
		b.bin[i], b.count[i] = n, 0
	}
	b.count[i]++
	return b.sum(n)
}

// total returns how many there were within ten minutes.
func (b *brake) total() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sum(int64(time.Since(b.start) / binLength))
}

func (b *brake) sum(n int64) int {
	total := 0
	for i := range b.count {
		if n-b.bin[i] < bins {
			total += b.count[i]
		}
	}
	return total
}

// hold returns how long a request must wait, and whether it must not be sent at all.
func (b *brake) hold(essential bool) (wait time.Duration, refused bool) {
	total := b.total()
	switch {
	case total >= invalidEnd, total >= invalidStop && !essential:
		return 0, true
	case total < invalidNormal, essential:
		return 0, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if b.next.Before(now) {
		b.next = now
	}
	wait = b.next.Sub(now)
	if wait > maxPatience {
		return 0, true // too many stand in line already
	}
	b.next = b.next.Add(brakeSpacing)
	return wait, false
}
