package jetstream

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"enlace/bot/state"
)

// canary is the key of what is written only to see whether it can be. No key of anything else has this form.
const canary = "=canary"

// Health returns nil where something can be written to every stream within a second. A stream whose disk was full once takes
// nothing any more, although the engine and its other streams are well: only a write finds that out.
func (s *Store) Health(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	g, ctx := errgroup.WithContext(ctx)
	for _, m := range s.canaries() {
		g.Go(func() error {
			_, err := s.js.PublishMsg(ctx, m, jetstream.WithRetryAttempts(0))
			if err != nil && code(err) != codeNotStored { // a stream that is full by its own bounds works
				return fmt.Errorf("%w: nothing can be written to %s: %w", state.ErrDown, m.Subject, err)
			}
			return nil
		})
	}
	return g.Wait()
}

func (s *Store) canaries() []*nats.Msg {
	message := func(subject string, header nats.Header) *nats.Msg { return &nats.Msg{Subject: subject, Header: header} }
	short := nats.Header{jetstream.MsgTTLHeader: {"2"}}
	list := []*nats.Msg{
		message(s.layout.subject("inbox."+canary), short),
		message(s.layout.subject("audit."+canary), short),
		message(s.layout.subject("budget."+canary), nats.Header{headerIncrement: {"+0"}}),
	}
	for _, b := range []*bucket{s.claims, s.limits, s.conversations, s.answers, s.shown, s.votes, s.marks, s.facts, s.jobs, s.leases, s.replicas} {
		list = append(list, message(b.subject+canary, nats.Header{jetstream.MsgTTLHeader: {"2"}, headerOperation: {"DEL"}}))
	}
	return list
}

// watchOver looks at an embedded engine's health from time to time, and starts it anew where it is bad: no person has to.
func (s *Store) watchOver() {
	if s.server == nil || s.opts.Watch < 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.going.Go(func() {
		defer cancel()
		for {
			select {
			case <-time.After(s.opts.Watch):
				s.look(ctx)
			case <-s.ended:
				return
			}
		}
	})
}

// look starts the embedded engine anew where it is not well. As long as there is no room on its disk that would be of no use, and
// might harm what is there.
func (s *Store) look(ctx context.Context) {
	why := s.Health(ctx)
	if why == nil {
		return
	}
	if err := room(s.opts.Dir); err != nil {
		s.opts.Log.Error("the state directory takes nothing", slog.Any("error", err))
		return
	}
	s.opts.Log.Error("the state engine is started anew", slog.Any("error", why))
	began := time.Now()
	if err := s.server.restart(); err != nil {
		s.opts.Log.Error("the state engine does not start", slog.Any("error", err))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, opTime)
	defer cancel()
	_ = s.repeat(ctx, tryTime, s.Health) // before it is looked at again, connections find it
	s.opts.Log.Info("the state engine was started anew", slog.Duration("took", time.Since(began)))
}
