package gateway

import (
	"context"
	"time"
)

const (
	firstDelay = time.Second
	maxDelay   = 2 * time.Minute
)

// backoff is the pause after the nth failure in a row, n from 0: doubling from a second to two
// minutes, and between half and all of that, so that many clients do not return at once.
func backoff(n int, random func() float64) time.Duration {
	d := maxDelay
	if n < 7 {
		d = min(firstDelay<<n, maxDelay)
	}
	return d/2 + time.Duration(random()*float64(d/2))
}

// sleep waits for d and reports whether the context lived on.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
