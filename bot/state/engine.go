package state

import (
	"cmp"
	"errors"
	"time"
)

// Engine is everything that the processes of one bot share: what it remembers, the questions that it has accepted, and which of
// them there are. [Memory] is one for a single process.
type Engine interface {
	Store
	Inbox
	Outbox
	Budget
	Presence
}

// What an engine that keeps its data elsewhere fails with, besides the errors of single methods.
var (
	// ErrDown says that the engine does not answer, or not in time. What was to be written may have been written or not.
	ErrDown = errors.New("the state engine does not answer")
	// ErrTooLarge says that a value is larger than the engine takes.
	ErrTooLarge = errors.New("this is too large to be kept")
	// ErrMarkKey says that a mark's key is not one.
	ErrMarkKey = errors.New("a mark's key has 1 to 200 bytes out of a–z, A–Z, 0–9, \"-\", \"_\", \"=\" and \".\"")
)

// Timing is how long an engine's things last. Where one is 0, it is as said here.
type Timing struct {
	Replica time.Duration // how long a replica counts as there after its last sign: 30 s
	Result  time.Duration // how long a result is kept: 20 min
	AckWait time.Duration // after what time without a sign a delivery is made anew: 30 s
	Retry   time.Duration // after what time a job is delivered again whose handler failed: 1 s, doubled each time
}

// OrDefault returns t with the default in the place of every 0.
func (t Timing) OrDefault() Timing {
	return Timing{
		Replica: cmp.Or(t.Replica, 30*time.Second), Result: cmp.Or(t.Result, 20*time.Minute),
		AckWait: cmp.Or(t.AckWait, 30*time.Second), Retry: cmp.Or(t.Retry, time.Second),
	}
}

// RetryAfter returns how long a job waits after a try that failed; tries begin at 1.
func (t Timing) RetryAfter(try int) time.Duration { return t.Retry << min(max(try-1, 0), 6) }

// CheckMark returns ErrMarkKey where key cannot be a mark's.
func CheckMark(key string) error {
	if len(key) == 0 || len(key) > 200 {
		return ErrMarkKey
	}
	for _, c := range []byte(key) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '=', c == '.':
		default:
			return ErrMarkKey
		}
	}
	return nil
}
