package state

import (
	"testing"
	"time"
)

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
