package bot

import (
	"context"
	"sync"
	"time"
)

// editEvery is the least time between two changes of what is seen: Discord takes about five edits in five seconds in a channel, and
// people read no faster.
const editEvery = 1500 * time.Millisecond

// settleTime is how long a first draft waits for a better one: an answer that is known already needs no edit.
const settleTime = 25 * time.Millisecond

// board takes what is to be seen and brings the latest of it to a page, so that drafts that come faster than they can be sent are
// left out, but the last one never is.
type board struct {
	page    page
	shown   func() // called after the first change that was sent; may be nil
	changed chan struct{}

	mu    sync.Mutex
	want  []Part
	final bool
}

func newBoard(p page) *board { return &board{page: p, changed: make(chan struct{}, 1)} }

// put makes parts what is to be seen, for good if it is final.
func (b *board) put(parts []Part, final bool) {
	b.mu.Lock()
	b.want, b.final = parts, final
	b.mu.Unlock()
	select {
	case b.changed <- struct{}{}:
	default:
	}
}

// send brings what is put to the page until the final draft is seen, and returns nil then. An error of a draft that is not the
// final one counts only when it tells that the page is gone.
func (b *board) send(ctx context.Context) error {
	for {
		select {
		case <-b.changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		wait := b.page.due()
		if _, final := b.latest(); !final {
			wait = max(wait, settleTime)
		}
		if wait > 0 {
			if err := pause(ctx, wait); err != nil {
				return err
			}
		}
		want, final := b.latest()
		err := b.page.show(ctx, want)
		b.page.changed()
		switch {
		case err == nil && b.shown != nil && len(want) > 0:
			b.shown()
			b.shown = nil
		case err != nil && (final || gone(err)):
			return err
		}
		if final {
			return nil
		}
	}
}

func (b *board) latest() (want []Part, final bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.want, b.final
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
