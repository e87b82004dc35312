package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"enlace/bot"
	"enlace/bot/curate"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/eval"
	"enlace/knowledge/facts"
	"enlace/knowledge/picture"
)

// budgetTime bounds the look at today's count of tokens.
const budgetTime = time.Second

// openDesk brings the facts of a place into service, or what an admin put there since.
func (h *house) openDesk(ctx context.Context, where place) error {
	suites, err := eval.Shipped()
	if err != nil {
		return err
	}
	open := suites[:0]
	for _, s := range suites {
		if s.Half == eval.Open { // the other half stays unseen
			open = append(open, s)
		}
	}
	h.desk, err = curate.Open(ctx, curate.Options{
		Files: func() fs.FS { return where.fs }, Name: where.name, BuiltIn: h.dir == "", Store: h.store, Suites: open, Log: h.log, Now: h.now,
		Swapped: h.swapped, Refused: func(error) { h.metrics.Reloaded("refused") }, Lags: h.lags,
	})
	var problems facts.Problems
	if errors.As(err, &problems) {
		return &failure{code: invalid, err: fmt.Errorf("the fact base is not valid:\n%w", err)}
	}
	return err
}

// swapped notes the base that is in service now, and has old answers corrected.
func (h *house) swapped(old, now *knowledge.Base) {
	h.serves(now)
	if old == nil {
		return
	}
	h.metrics.Reloaded("ok")
	go h.ceiling.settle()
	if h.bot != nil {
		h.bot.BaseChanged()
	}
}

// follow keeps the base in service what the store and the fact files say, and does what the bot does beside answering.
func (h *house) follow(ctx context.Context, side *sync.WaitGroup) {
	side.Go(func() { _ = h.desk.Run(ctx) }) // it ends with ctx alone
	side.Go(func() { h.bot.Run(ctx) })
	if h.dir != "" && h.watch {
		side.Go(func() {
			if err := h.desk.Watch(ctx, h.dir); err != nil {
				h.log.Error("the fact files are not watched", slog.Any("error", err))
			}
		})
	}
}

// reload reads the facts again, from SIGHUP. A base with errors leaves the one in service.
func (h *house) reload(ctx context.Context) {
	switch err := h.desk.Reload(ctx, curate.BySignal); {
	case errors.Is(err, curate.ErrBuiltIn):
		h.log.Info("the facts are built in: there is nothing to read again")
	case errors.Is(err, curate.ErrSame):
		h.metrics.Reloaded("same")
		h.log.Info("the facts are as they were")
	}
}

// serves notes the base in service in the metrics.
func (h *house) serves(b *knowledge.Base) {
	var checked time.Time
	if newest := b.Checked(); !newest.IsZero() {
		checked = newest.First()
	}
	h.metrics.Base(b.Version, h.now(), checked)
}

// status is what the bot tells of the program.
func (h *house) status() bot.Status {
	s := bot.Status{Version: h.build.Version, Mode: knowledge.Quotes, Started: h.started}
	if m, ok := h.model.(interface{ Model() string }); ok {
		s.Mode, s.Model = knowledge.Model, m.Model()
	}
	for _, shard := range h.gateway.State().Shards {
		s.Latency = max(s.Latency, shard.Latency)
	}
	return s
}

// spent is how many tokens of today's budget are used.
func (h *house) spent() (used, limit int64) {
	if h.budget == nil {
		return 0, 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), budgetTime)
	defer cancel()
	taken, reserved, limit, err := h.budget.Spent(ctx)
	if err != nil {
		return 0, 0
	}
	return taken + reserved, limit
}

// draw draws a timeline.
func (h *house) draw(events []answer.Event, _ *knowledge.Topic, l knowledge.Lang) (png []byte, alt string, err error) {
	p := picture.Draw(events, picture.Options{Lang: l, Base: h.desk.Base()})
	png, err = p.PNG()
	return png, p.Alt(), err
}
