package jetstream

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"enlace/bot/state"
)

// contended is after how many lost races a writer steps back for a moment.
const contended = 3

// change rewrites a value so that nobody else's change is lost: decide gets what is there and returns what is to be there instead,
// or nil to leave it. It is asked anew when somebody else was faster, and when the engine did not answer: then the value may be
// its own. Where there is a guess, it is shown that at first, unread. The revision is that of what was written, or of what was left.
func (b *bucket) change(ctx context.Context, key string, guess *entry, decide func(entry) []byte, opts ...option) (uint64, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	var e entry
	var err error
	for try := 1; ; try++ {
		if guess != nil && try == 1 {
			e = *guess
		} else {
			if e, err = b.get(ctx, key); err != nil {
				return 0, err
			}
		}
		value := decide(e)
		if value == nil {
			return e.revision, nil
		}
		revision, err := b.swap(ctx, key, value, e.revision, opts...)
		if err == nil {
			return revision, nil
		}
		if !errors.Is(err, errLost) && !errors.Is(err, state.ErrDown) || ctx.Err() != nil {
			return 0, b.s.named("writing "+b.name, err)
		}
		if try > contended && pause(ctx, rand.N(time.Duration(min(try, 20))*time.Millisecond)) != nil {
			return 0, b.s.named("writing "+b.name, ctx.Err())
		}
	}
}
