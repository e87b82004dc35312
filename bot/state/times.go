package state

import (
	"slices"
	"time"
)

// Skew is how far the clocks of two processes may be apart.
const Skew = 5 * time.Second

// Times is when something that has a limit happened, in order. Its methods leave it as it is.
type Times []time.Time

// Within returns the times that count at now for a limit over a span. A clock that was set back locks nobody out: what seems to
// happen more than Skew in the future is forgotten. What seems to happen sooner was written by a process with another clock, and
// counts.
func (t Times) Within(now time.Time, every time.Duration) Times {
	var out Times
	for _, at := range t {
		if age := now.Sub(at); age < every && age >= -Skew {
			out = append(out, at)
		}
	}
	return out
}

// Add returns the times with one more.
func (t Times) Add(now time.Time) Times {
	out := append(slices.Clone(t), now)
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// Wait returns how long it takes until a quota has room again, if these are the times that count for it now; 0 = it has.
func (t Times) Wait(now time.Time, q Quota) time.Duration {
	if len(t) < q.Most {
		return 0
	}
	if len(t) == 0 { // nothing is ever allowed
		return q.Every
	}
	return min(q.Every, q.Every-now.Sub(t[len(t)-max(q.Most, 1)]))
}
