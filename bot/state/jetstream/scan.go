package jetstream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// How a scan reads: so many messages at a time, and again from where it was so many times when the engine is away.
const (
	scanBatch = 500
	scanTries = 5
)

// scan hands f every message of a stream that is there when the scan gets to it, in order, with or without its content. It is not
// for work queues, which have one consumer only.
func (s *Store) scan(ctx context.Context, stream jetstream.Stream, filter string, headersOnly bool, f func(jetstream.Msg)) error {
	var next uint64 = 1
	for try := 1; ; try++ {
		last, err := s.scanFrom(ctx, stream, filter, headersOnly, next, f)
		if err == nil {
			return nil
		}
		if last >= next {
			next, try = last+1, 1
		}
		if !away(err) && !errors.Is(err, jetstream.ErrConsumerNotFound) && !errors.Is(err, jetstream.ErrConsumerDeleted) || try == scanTries || pause(ctx, 200*time.Millisecond) != nil {
			return s.named("reading "+stream.CachedInfo().Config.Name, err)
		}
	}
}

// scanFrom returns the last sequence that f has seen.
func (s *Store) scanFrom(ctx context.Context, stream jetstream.Stream, filter string, headersOnly bool, from uint64, f func(jetstream.Msg)) (last uint64, err error) {
	making, cancel := context.WithTimeout(ctx, opTime)
	defer cancel()
	c, err := stream.CreateConsumer(making, jetstream.ConsumerConfig{
		FilterSubject: filter, HeadersOnly: headersOnly, AckPolicy: jetstream.AckNonePolicy, DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq: from, MemoryStorage: true, Replicas: 1, InactiveThreshold: 30 * time.Second,
	})
	if err != nil {
		return 0, err
	}
	name := c.CachedInfo().Name
	defer func() {
		bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryTime)
		defer cancel()
		if deleted := stream.DeleteConsumer(bye, name); deleted != nil && err == nil {
			s.opts.Log.Debug("a finished scan stays for a moment")
		}
	}()
	for left := c.CachedInfo().NumPending; left > 0; {
		batch, err := c.Fetch(int(min(left, scanBatch)), jetstream.FetchMaxWait(tryTime))
		if err != nil {
			return last, err
		}
		got := 0
		for m := range batch.Messages() {
			meta, err := m.Metadata()
			if err != nil {
				return last, fmt.Errorf("a message without metadata: %w", err)
			}
			got, last, left = got+1, meta.Sequence.Stream, meta.NumPending
			f(m)
		}
		if err := batch.Error(); err != nil && !errors.Is(err, nats.ErrTimeout) {
			return last, err
		}
		if ctx.Err() != nil {
			return last, ctx.Err()
		}
		if got == 0 { // what was left may have gone meanwhile, or the engine
			info, err := c.Info(ctx)
			if err != nil {
				return last, err
			}
			left = info.NumPending
		}
	}
	return last, nil
}
