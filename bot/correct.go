package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"enlace/bot/curate"
	"enlace/bot/gateway"
	"enlace/bot/state"
)

const (
	// correctEvery is the least time between two edits: corrections are in no hurry, and answers come first.
	correctEvery = 2 * time.Second
	// correctClaim is how long the correction of an answer is one process's. After that another one may take it over.
	correctClaim = 5 * time.Minute
	// What could not be corrected for now is tried again after correctAgain, and then each time after twice as long.
	correctAgain = 6 * time.Minute
	correctMost  = time.Hour
)

// codeEditsOld is Discord's code for too many edits of messages that are older than an hour; docs, topics/opcodes-and-status-codes.
const codeEditsOld = 30046

// tally counts what became of the answers that a base made outdated.
type tally state.Corrections

// corrections is the state of the work in this process. What is done is in the answers themselves.
type corrections struct {
	due chan struct{} // there is something to look at

	mu       sync.Mutex
	now      tally
	last     time.Time       // of the last edit
	hopeless map[string]bool // answers whose correction Discord refuses, until the process ends
}

func newCorrections() *corrections {
	return &corrections{due: make(chan struct{}, 1), hopeless: map[string]bool{}}
}

func (c *corrections) tally() tally {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *corrections) count(change func(*tally)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.now)
}

// BaseChanged tells that another base is in service: old answers are looked at again. It does not wait for it.
func (b *Bot) BaseChanged() {
	b.Tell()
	select {
	case b.corrections.due <- struct{}{}:
	default:
	}
}

// correcting corrects old answers whenever there is reason to, until ctx ends.
func (b *Bot) correcting(ctx context.Context) {
	if b.desk == nil {
		return
	}
	b.BaseChanged() // a process before this one may not have finished
	again, wait := time.NewTimer(0), correctAgain
	defer again.Stop()
	<-again.C
	for {
		news := false
		select {
		case <-b.corrections.due:
			news, wait = true, correctAgain
		case <-again.C:
		case <-ctx.Done():
			return
		}
		if left := b.correctAll(ctx); left > 0 || news { // an answer that was on its way when the base changed is remembered only now
			again.Reset(wait)
			wait = min(2*wait, correctMost)
		}
	}
}

// correctAll goes over the answers of the last days once. It returns how many have to be tried again.
func (b *Bot) correctAll(ctx context.Context) (left int) {
	c := b.corrections
	defer c.count(func(t *tally) { t.Running = false })
	defer b.contain("corrections", func() { left = 1 })
	list, err := b.outdated(ctx)
	if err != nil {
		if ctx.Err() == nil {
			b.log.Warn("answers are not corrected", slog.Any("error", err))
		}
		return 1
	}
	if len(list) == 0 {
		return 0
	}
	c.count(func(t *tally) { *t = tally{At: b.now(), Running: true, Left: len(list)} })
	for _, id := range list {
		what := b.correct(ctx, id)
		if ctx.Err() != nil {
			return 1
		}
		c.count(func(t *tally) {
			switch what {
			case correctEdited:
				t.Edited++
			case correctSkipped:
				t.Skipped++
			case correctFailed:
				t.Failed++
			}
			if what == correctLater {
				left++
			} else {
				t.Left--
			}
		})
		if what != correctNone && what != correctLater {
			b.meter.Corrected(string(what))
		}
	}
	t := c.tally()
	b.log.Info("old answers are corrected", slog.Int("edited", t.Edited), slog.Int("skipped", t.Skipped), slog.Int("failed", t.Failed), slog.Int("left", t.Left),
		slog.String("version", b.desk.Base().Version))
	return left
}

// outdated returns the answers that the base in service makes outdated, oldest first.
func (b *Bot) outdated(ctx context.Context) (ids []string, err error) {
	for a, err := range b.store.Since(ctx, b.now().Add(-curate.CorrectFor)) {
		if err != nil {
			return nil, err
		}
		if !a.Unreachable && len(curate.Outdated(&a, b.desk.Base(), b.now())) > 0 {
			ids = append(ids, a.ID)
		}
	}
	return ids, nil
}

// correction is what becomes of an outdated answer.
type correction string

const (
	correctNone    correction = ""        // there was nothing to do
	correctEdited  correction = "edited"  // its messages say what changed
	correctSkipped correction = "skipped" // its messages are gone or out of reach
	correctFailed  correction = "failed"  // Discord does not take the edit
	correctLater   correction = "later"   // not now
)

// correct corrects one answer, if no other process does.
func (b *Bot) correct(ctx context.Context, id string) correction {
	a, found, ok := b.toCorrect(ctx, id)
	if !ok {
		return correctLater
	}
	if len(found) == 0 {
		return correctNone
	}
	key := fmt.Sprintf("correct:%s:%s:%d", a.ID, found[0].Version, len(a.Corrections))
	if b.corrections.isHopeless(key) {
		return correctNone
	}
	first, err := b.store.Claim(ctx, b.now(), key, correctClaim)
	if err != nil || !first {
		return correctLater
	}
	if a, found, ok = b.toCorrect(ctx, id); !ok || len(found) == 0 { // another process had the claim before, and has done it
		return correctNone
	}
	if a.Private || len(a.Messages) == 0 {
		return b.corrected(ctx, a, nil, correctSkipped)
	}
	what := b.editAnswer(ctx, a, found)
	switch what {
	case correctLater:
		return what
	case correctFailed:
		b.corrections.giveUp(key)
		return what
	}
	return b.corrected(ctx, a, found, what)
}

// toCorrect reads an answer and what is outdated in it. It returns false where that is not known now, or where the answer is being
// given anew.
func (b *Bot) toCorrect(ctx context.Context, id string) (a state.Answer, found []state.Correction, ok bool) {
	b.mu.Lock()
	busy := b.running[id] != nil
	b.mu.Unlock()
	if busy {
		return a, nil, false
	}
	a, known, err := b.store.Answer(ctx, b.now(), id)
	if err != nil {
		b.log.Warn("an answer is not corrected", slog.String("question", id), slog.Any("error", err))
		return a, nil, false
	}
	if known && !a.Unreachable {
		found = curate.Outdated(&a, b.desk.Base(), b.now())
	}
	return a, found, true
}

// corrected keeps what became of an answer, unless it was erased or given anew meanwhile.
func (b *Bot) corrected(ctx context.Context, a state.Answer, found []state.Correction, what correction) correction {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	now, known, err := b.store.Answer(ctx, b.now(), a.ID)
	if err == nil && known && now.At.Equal(a.At) {
		now.Corrections = append(slices.Clip(now.Corrections), found...)
		now.Unreachable = what == correctSkipped
		err = b.store.PutAnswer(ctx, b.now(), now)
	}
	if err != nil {
		b.log.Warn("a correction is not remembered", slog.String("question", a.ID), slog.Any("error", err))
		return correctLater
	}
	return what
}

// editAnswer edits those messages of an answer that have to say something else than they do.
func (b *Bot) editAnswer(ctx context.Context, a state.Answer, found []state.Correction) correction {
	next := a
	next.Corrections = append(slices.Clip(a.Corrections), found...)
	before, after := b.standing(&a), b.standing(&next)
	edited, lost := 0, 0
	for i, part := range after {
		if i >= len(a.Messages) {
			break
		}
		if i < len(before) && before[i].same(part) {
			continue
		}
		switch err := b.editSlowly(ctx, a.Channel, a.Messages[i], part); {
		case err == nil:
			edited++
		case tryLater(err):
			b.log.Warn("an answer is corrected later", slog.String("question", a.ID), slog.Any("error", err))
			return correctLater
		case gone(err):
			lost++
		default:
			b.log.Error("an answer cannot be corrected", slog.String("question", a.ID), slog.Any("error", err))
			return correctFailed
		}
	}
	if lost > 0 && edited == 0 {
		return correctSkipped
	}
	return correctEdited
}

// editSlowly edits a message, at most one every two seconds.
func (b *Bot) editSlowly(ctx context.Context, channel, message string, part Part) error {
	c := b.corrections
	c.mu.Lock()
	wait := correctEvery - time.Since(c.last)
	c.mu.Unlock()
	if wait > 0 {
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
	c.mu.Lock()
	c.last = time.Now()
	c.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return b.discord.Edit(ctx, channel, message, part)
}

// tryLater reports whether an edit may succeed at another time.
func tryLater(err error) bool {
	for _, kind := range []error{gateway.ErrUnauthorized, gateway.ErrRateLimited, gateway.ErrBraked, gateway.ErrUnavailable, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return gateway.Code(err) == codeEditsOld
}

func (c *corrections) isHopeless(key string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hopeless[key]
}

func (c *corrections) giveUp(key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hopeless[key] = true
}
