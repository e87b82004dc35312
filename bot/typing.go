package bot

import (
	"context"
	"sync"
	"time"
)

// Typing is shown when nothing is to be seen after typingAfter, and while a model words the answer. It lasts 10 s; Discord docs,
// resources/channel, "Trigger Typing Indicator".
const (
	typingAfter = 400 * time.Millisecond
	typingEvery = 8 * time.Second
	typingTime  = 2 * time.Second // a typing that takes longer to send is not worth it
)

// typist shows that the bot is at work.
type typist struct {
	seen, composing chan struct{}
	onceSeen        sync.Once
	cancel          context.CancelFunc
	ended           sync.WaitGroup
}

// typist starts one for a run; it shows nothing where the run has no way to.
func (b *Bot) typist(ctx context.Context, r *run) *typist {
	t := &typist{seen: make(chan struct{}), composing: make(chan struct{})}
	ctx, t.cancel = context.WithCancel(ctx)
	if r.typing == nil {
		return t
	}
	t.ended.Go(func() {
		defer b.contain("typing", nil)
		if !t.due(ctx) {
			return
		}
		for {
			brief, cancel := context.WithTimeout(ctx, typingTime)
			if r.typing(brief) == nil {
				b.acked(r)
			}
			cancel()
			if pause(ctx, typingEvery) != nil {
				return
			}
		}
	})
	return t
}

// due waits until typing makes sense: a message clears it, so once something is seen it is for a model at work only. It returns
// false where it never does.
func (t *typist) due(ctx context.Context) bool {
	late := time.NewTimer(typingAfter)
	defer late.Stop()
	select {
	case <-t.seen:
	case <-late.C:
		return true
	case <-ctx.Done():
		return false
	}
	select {
	case <-t.composing:
		return true
	case <-ctx.Done():
		return false
	}
}

// shown says that something is to be seen.
func (t *typist) shown() { t.onceSeen.Do(func() { close(t.seen) }) }

// compose says that a model begins to word. It is called once.
func (t *typist) compose() { close(t.composing) }

func (t *typist) stop() { t.cancel(); t.ended.Wait() }
