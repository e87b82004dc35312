package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/jetstream"
	"enlace/config"
	"enlace/knowledge/llm"
)

// How long a question waits for the next process when its own is killed. Nobody else has the engine of a process, so it goes on
// soon after the start; in a cluster the signs of life of those who work must outlast the choice of another leader, 8 s at most.
const (
	ackAlone   = 5 * time.Second
	ackCluster = 15 * time.Second
)

// reserveTime bounds the setting aside of tokens: an engine that does not say that there are some has none.
const reserveTime = time.Second

// openState opens the engine that the configuration names, for everything that the bot remembers; it is closed when the program ends.
func (h *house) openState(ctx context.Context, a *app, c *config.Config) error {
	o := engineOptions(c)
	if o.Log, o.Timing.AckWait = h.log, ackAlone; o.URL != "" {
		o.Timing.AckWait = ackCluster
	}
	began := time.Now()
	s, err := jetstream.Open(ctx, o)
	switch {
	case err != nil && o.URL != "" && errors.Is(err, state.ErrDown):
		return &failure{code: failed, err: err}
	case err != nil:
		return &failure{code: misused, err: err}
	}
	h.log.Info("state is open", slog.Duration("took", time.Since(began).Round(time.Millisecond)))
	h.store, h.inbox, h.outbox, a.spending = s, s, s, s
	a.closers = append(a.closers, func() {
		if err := s.Close(); err != nil {
			h.log.Warn("the state engine did not end well", slog.Any("error", err))
		}
	})
	return nil
}

// work answers accepted questions until the bot is drained.
func (h *house) work(ctx context.Context, side *sync.WaitGroup) {
	side.Go(func() {
		if err := h.bot.Work(ctx); err != nil {
			h.log.Error("accepted questions are not worked on", slog.Any("error", err))
		}
	})
}

// anew forgets what was registered, so that it is registered again.
type anew struct{ state.Registrations }

func (anew) Registered(context.Context, string) (string, error) { return "", nil }

// tokenBudget is the day's budget of tokens, counted by an engine for all processes. It is closed where the engine does not answer.
type tokenBudget struct {
	engine state.Budget
	limit  int64
	now    func() time.Time
}

// Reserve implements llm.Budget.
func (b *tokenBudget) Reserve(ctx context.Context, tokens int64) (llm.Reservation, error) {
	ctx, cancel := context.WithTimeout(ctx, reserveTime)
	defer cancel()
	r := llm.Reservation{Day: state.SpendDay(b.now()), Tokens: tokens, ID: rand.Text()}
	err := b.engine.Reserve(ctx, r.Day, r.ID, tokens, b.limit)
	switch {
	case errors.Is(err, state.ErrSpent):
		err = llm.ErrSpent
	case errors.Is(err, state.ErrReserved):
		err = llm.ErrReserved
	}
	return r, err
}

// Settle implements llm.Budget.
func (b *tokenBudget) Settle(ctx context.Context, r llm.Reservation, taken int64) error {
	return b.engine.Settle(ctx, r.Day, r.ID, r.Tokens, taken)
}

// Spent implements llm.Budget.
func (b *tokenBudget) Spent(ctx context.Context) (taken, reserved, limit int64, err error) {
	s, err := b.engine.Spent(ctx, state.SpendDay(b.now()))
	return s.Taken, s.Reserved, b.limit, err
}
