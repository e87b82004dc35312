package llm

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Budget counts the tokens of a day. An implementation is safe for concurrent use.
//
// A call reserves the most that it may take, before anything is sent, and settles what it took. It is let through when all that
// was taken, all that is reserved and its own reservation stay within the limit; near the limit, when nothing is reserved and
// something is left, one call is let through whatever it may take. So a day's tokens exceed the limit by at most one call.
type Budget interface {
	// Reserve sets tokens aside. The error is ErrSpent, ErrReserved, or the store's own.
	Reserve(ctx context.Context, tokens int64) (Reservation, error)
	// Settle replaces a reservation by what was taken: once for each. On another day than the reservation's it counts for that one.
	Settle(ctx context.Context, r Reservation, taken int64) error
	// Spent returns what was taken and reserved today, and the limit; 0 = no limit.
	Spent(ctx context.Context) (taken, reserved, limit int64, err error)
}

// Reservation is a number of tokens set aside on a day (UTC, "2006-01-02").
type Reservation struct {
	Day    string
	Tokens int64
	ID     string // the implementation's own name for it; may be empty
}

// What Reserve refuses with.
var (
	ErrSpent    = errors.New("today's tokens are used up")
	ErrReserved = errors.New("today's last tokens are reserved by calls that have not ended")
)

// maxTokens bounds what one call can count for, so that an endpoint cannot overflow the sums.
const maxTokens = 1e9

// count is one day's tokens.
type count struct {
	Day      string `json:"day"`
	Taken    int64  `json:"taken"`
	Reserved int64  `json:"reserved"`
}

// on returns the count for the day of t: itself, or a new one on a new day. A clock that goes back over midnight does not bring
// tokens back; one that was far ahead does not stop the count for good.
func (c count) on(t time.Time) count {
	if d := day(t); d != c.Day && day(t.AddDate(0, 0, 1)) != c.Day {
		return count{Day: d}
	}
	return c
}

func (c count) reserve(tokens, limit int64) (count, error) {
	left := limit - c.Taken - c.Reserved
	switch {
	case limit <= 0, tokens <= left, c.Reserved == 0 && left > 0:
		c.Reserved += tokens
		return c, nil
	case c.Taken >= limit:
		return c, ErrSpent
	case c.Reserved > 0:
		return c, ErrReserved
	}
	return c, ErrSpent
}

func (c count) settle(r Reservation, taken int64) count {
	if r.Day == c.Day {
		c.Reserved = max(c.Reserved-r.Tokens, 0)
		c.Taken += min(max(taken, 0), maxTokens)
	}
	return c
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// MemoryBudget is a budget that ends with the process.
type MemoryBudget struct {
	limit int64
	now   func() time.Time
	mu    sync.Mutex
	count count
}

// NewMemoryBudget returns a budget of limit tokens a day, 0 = no limit; now is nil for time.Now.
func NewMemoryBudget(limit int64, now func() time.Time) *MemoryBudget {
	if now == nil {
		now = time.Now
	}
	return &MemoryBudget{limit: limit, now: now}
}

// Reserve implements Budget.
func (b *MemoryBudget) Reserve(_ context.Context, tokens int64) (Reservation, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := b.count.on(b.now()).reserve(tokens, b.limit)
	b.count = c
	return Reservation{Day: c.Day, Tokens: tokens}, err
}

// Settle implements Budget.
func (b *MemoryBudget) Settle(_ context.Context, r Reservation, taken int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count = b.count.settle(r, taken)
	return nil
}

// Spent implements Budget.
func (b *MemoryBudget) Spent(context.Context) (taken, reserved, limit int64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.count.on(b.now())
	return c.Taken, c.Reserved, b.limit, nil
}
