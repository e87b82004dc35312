package gateway

import (
	"context"
	"sync"
	"time"
)

// perSecond stays below Discord's 50 requests a second for a bot (Discord docs, topics/rate-limits).
const perSecond = 45

// gate holds back all requests after a global 429, and never lets more than perSecond go within any
// second.
type gate struct {
	mu    sync.Mutex
	until time.Time
	sent  [perSecond]time.Time
	next  int
}

// close keeps the gate shut for d.
func (g *gate) close(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if until := time.Now().Add(d); until.After(g.until) {
		g.until = until
	}
}

// pass waits for a place. Like buckets.acquire, it returns at once when the wait would be too long.
// counted is false for routes that only a ban holds back.
func (g *gate) pass(ctx context.Context, counted bool) (tooLong time.Duration, err error) {
	for {
		wait := g.try(counted)
		switch {
		case wait == 0:
			return 0, nil
		case wait > patience(ctx):
			return wait, nil
		case !sleep(ctx, wait):
			return 0, ctx.Err()
		}
	}
}

func (g *gate) try(counted bool) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if now.Before(g.until) {
		return g.until.Sub(now)
	}
	if !counted {
		return 0
	}
	if free := g.sent[g.next].Add(time.Second); !g.sent[g.next].IsZero() && now.Before(free) {
		return free.Sub(now)
	}
	g.sent[g.next] = now
	g.next = (g.next + 1) % perSecond
	return 0
}
