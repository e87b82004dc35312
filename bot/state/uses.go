package state

import (
	"cmp"
	"slices"
	"time"
)

// Skew is how far the clocks of two processes may be apart.
const Skew = 5 * time.Second

// Use is one use of a limit.
type Use struct {
	At int64  `json:"t"` // Unix nanoseconds
	By string `json:"c"` // the call; "" = one of its own
}

// Uses are the uses of a limit, in order. Its methods leave it as it is.
type Uses []Use

// Within returns the uses that count at now for a limit over a span. A clock that was set back locks nobody out: what seems to
// happen more than Skew in the future is forgotten. What seems to happen sooner was written by a process with another clock, and
// counts.
func (u Uses) Within(now time.Time, every time.Duration) Uses {
	var out Uses
	for _, use := range u {
		if age := now.Sub(time.Unix(0, use.At)); age < every && age >= -Skew {
			out = append(out, use)
		}
	}
	return out
}

// Add returns the uses with one more.
func (u Uses) Add(now time.Time, by string) Uses {
	out := append(slices.Clone(u), Use{At: now.UnixNano(), By: by})
	slices.SortStableFunc(out, func(a, b Use) int { return cmp.Compare(a.At, b.At) })
	return out
}

// Counts reports whether a call is among the uses.
func (u Uses) Counts(call string) bool {
	return call != "" && slices.ContainsFunc(u, func(use Use) bool { return use.By == call })
}

// TakeAll counts a call once for every quota, and returns 0; where one of them has no room it counts for none, and returns how long it
// takes until all have. Within returns what counts for a quota now, and put keeps its uses.
func TakeAll(now time.Time, call string, quotas []Quota, within func(Quota) Uses, put func(Quota, Uses)) (wait time.Duration) {
	for _, q := range quotas {
		if used := within(q); !used.Counts(call) {
			wait = max(wait, used.Wait(now, q))
		}
	}
	if wait > 0 {
		return wait
	}
	for _, q := range quotas {
		if used := within(q); !used.Counts(call) {
			put(q, used.Add(now, call))
		}
	}
	return 0
}

// Wait returns how long it takes until a quota has room again, if these are the uses that count for it now; 0 = it has.
func (u Uses) Wait(now time.Time, q Quota) time.Duration {
	if len(u) < q.Most {
		return 0
	}
	if len(u) == 0 { // nothing is ever allowed
		return q.Every
	}
	return min(q.Every, q.Every-now.Sub(time.Unix(0, u[len(u)-max(q.Most, 1)].At)))
}
