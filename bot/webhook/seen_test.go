package webhook

import (
	"testing"
	"time"
)

func TestIDsAreRememberedForATimeAndWithinBounds(t *testing.T) {
	s, now := newSeen(1000, 15*time.Minute), time.Unix(1_800_000_000, 0)
	if s.before(1, now) || !s.before(1, now.Add(15*time.Minute-time.Second)) || s.before(1, now.Add(15*time.Minute)) {
		t.Error("an id is known for 15 minutes")
	}
	for n := range uint64(100_000) {
		if s.before(n+10, now.Add(time.Hour)) {
			t.Fatalf("%d is new", n)
		}
		if len(s.known) > 1000 || len(s.order) > 1000 || cap(s.order) > 4000 {
			t.Fatalf("%d ids in %d places of %d", len(s.known), len(s.order), cap(s.order))
		}
	}
	if !s.before(100_009, now.Add(time.Hour)) || s.before(10, now.Add(time.Hour)) {
		t.Error("the newest are known, the oldest not")
	}
}
