package jetstream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Fill writes so many messages of 500 bytes to the streams that grow, without waiting for each.
func Fill(ctx context.Context, s *Store, messages int) error {
	value := make([]byte, 500)
	var last []jetstream.PubAckFuture
	for i := range messages {
		b := []*bucket{s.answers, s.shown, s.votes}[i%3]
		f, err := s.js.PublishMsgAsync(b.message(fmt.Sprint("k", i), value, []option{at(time.Now())}))
		if err != nil {
			return err
		}
		if last = append(last, f); len(last) == 200 {
			if err := settled(ctx, last); err != nil {
				return err
			}
			last = last[:0]
		}
	}
	return settled(ctx, last)
}

func settled(ctx context.Context, list []jetstream.PubAckFuture) error {
	for _, f := range list {
		select {
		case <-f.Ok():
		case err := <-f.Err():
			return err
		case <-ctx.Done():
			return errors.New("it takes too long")
		}
	}
	return nil
}
