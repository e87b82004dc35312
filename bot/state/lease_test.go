package state

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// engineOfLease is the other side of a lease.
type engineOfLease struct {
	renewals []time.Duration // since the start
	answer   func(ctx context.Context, after time.Duration) (bool, error)
	released int
	start    time.Time
}

func (e *engineOfLease) take() *Lease {
	e.start = time.Now()
	return NewLease("shard.0", "me", e.start, LeaseTimes{}, func(ctx context.Context) (bool, error) {
		after := time.Since(e.start)
		e.renewals = append(e.renewals, after)
		return e.answer(ctx, after)
	}, func(context.Context) error { e.released++; return nil })
}

func TestALeaseIsRenewedEveryFiveSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := &engineOfLease{answer: func(context.Context, time.Duration) (bool, error) { return true, nil }}
		l := e.take()
		time.Sleep(5*time.Minute + time.Second)
		if !l.Held() || len(e.renewals) != 60 {
			t.Errorf("held %t after %d renewals", l.Held(), len(e.renewals))
		}
		if err := errors.Join(l.Release(t.Context()), l.Release(t.Context())); err != nil || e.released != 1 || l.Held() {
			t.Errorf("released %d times, held %t, %v", e.released, l.Held(), err)
		}
		<-l.Lost()
	})
}

func TestALeaseEndsByItselfBeforeOthersCanHaveIt(t *testing.T) {
	for name, c := range map[string]struct {
		answer func(ctx context.Context, after time.Duration) (bool, error)
		ends   time.Duration
	}{
		"nothing answers": {func(ctx context.Context, _ time.Duration) (bool, error) { <-ctx.Done(); return false, ctx.Err() }, 22 * time.Second},
		"every answer is an error": {func(context.Context, time.Duration) (bool, error) {
			return false, ErrDown
		}, 22 * time.Second},
		"it answers until 11 s": {func(_ context.Context, after time.Duration) (bool, error) {
			if after < 11*time.Second {
				return true, nil
			}
			return false, ErrDown
		}, 32 * time.Second}, // the last good renewal began at 10 s
		"it answers late": {func(ctx context.Context, after time.Duration) (bool, error) {
			if after == 5*time.Second {
				time.Sleep(4 * time.Second)
				return true, nil
			}
			return false, ErrDown
		}, 27 * time.Second}, // what counts is when it began
		"somebody else has it": {func(_ context.Context, after time.Duration) (bool, error) { return after < 9*time.Second, nil }, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e := &engineOfLease{answer: c.answer}
				l := e.take()
				<-l.Lost()
				if took := time.Since(e.start); took != c.ends || l.Held() {
					t.Errorf("it ended after %s, want %s; held %t", took, c.ends, l.Held())
				}
				if err := l.Release(t.Context()); err != nil || e.released != 0 {
					t.Errorf("a lost lease was given back, %v", err)
				}
			})
		})
	}
}

func TestAPausedHolderKnowsThatItHoldsNothing(t *testing.T) {
	// A process that was stopped sees no timer fire first: only Held is sure to be right.
	l := &Lease{times: LeaseTimes{}.orDefault(), since: time.Now().Add(-23 * time.Second)}
	if l.Held() {
		t.Error("23 s after the last renewal it is held")
	}
}

func TestIdentifyLeasesAreThoseOfBuckets(t *testing.T) {
	for _, c := range []struct {
		shard, most int
		want        string
	}{{0, 1, "identify.0"}, {5, 1, "identify.0"}, {17, 16, "identify.1"}, {3, 0, "identify.0"}} {
		if got := IdentifyLease(c.shard, c.most); got != c.want {
			t.Errorf("shard %d of %d: %s", c.shard, c.most, got)
		}
	}
}

func TestSpendingHasRoomForOneCallTooMany(t *testing.T) {
	for _, c := range []struct {
		taken, reserved, tokens, limit int64
		want                           error
	}{
		{0, 0, 1000, 1000, nil}, {0, 0, 1001, 1000, nil}, {999, 0, 5000, 1000, nil}, {1000, 0, 1, 1000, ErrSpent}, {0, 1000, 1, 1000, ErrReserved},
		{600, 300, 101, 1000, ErrReserved}, {600, 300, 100, 1000, nil}, {1000, 5, 1, 1000, ErrSpent}, {1 << 60, 1 << 60, 1, 0, nil},
	} {
		if got := (Spending{c.taken, c.reserved}).Room(c.tokens, c.limit); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestAJobWaitsLongerAfterEveryTry(t *testing.T) {
	timing := Timing{}.OrDefault()
	for try, want := range map[int]time.Duration{0: time.Second, 1: time.Second, 2: 2 * time.Second, 5: 16 * time.Second, 60: 64 * time.Second} {
		if got := timing.RetryAfter(try); got != want {
			t.Errorf("after try %d: %s", try, got)
		}
	}
}
