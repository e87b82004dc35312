package state

import (
	"context"
	"errors"
	"time"
)

// What Reserve refuses with.
var (
	ErrSpent    = errors.New("what may be spent today is used up")
	ErrReserved = errors.New("what is left of today is reserved by calls that have not ended")
)

// MaxSpend bounds what one call can reserve and take.
const MaxSpend = 1_000_000_000

// Spending is what was spent on a day.
type Spending struct{ Taken, Reserved int64 }

// Room returns nil where a call may reserve tokens on top of s: while everything stays within the limit, and once more whatever it
// may take where nothing is reserved and something is left. So a limit is exceeded by at most one call. A limit of 0 is none.
func (s Spending) Room(tokens, limit int64) error {
	left := limit - s.Taken - s.Reserved
	switch {
	case limit <= 0, tokens <= left, s.Reserved <= 0 && left > 0:
		return nil
	case s.Taken < limit && s.Reserved > 0:
		return ErrReserved
	}
	return ErrSpent
}

// SpendDay names the day of a time, in UTC.
func SpendDay(now time.Time) string { return now.UTC().Format(time.DateOnly) }

// Budget counts what a day's calls take, for all processes together. What is reserved by a process that dies stays reserved for
// that day. Whoever asks treats an error as a refusal: money that cannot be counted is not spent.
type Budget interface {
	// Reserve sets tokens aside on a day. The error is ErrSpent, ErrReserved, or the engine's own. The id is the call's, of any
	// day; to reserve again with the same one counts once. One that was refused is not to be used again.
	Reserve(ctx context.Context, day, id string, tokens, limit int64) error
	// Settle replaces the tokens that were reserved for a call by what it took, once.
	Settle(ctx context.Context, day, id string, tokens, taken int64) error
	// Spent returns what was spent on a day.
	Spent(ctx context.Context, day string) (Spending, error)
}
