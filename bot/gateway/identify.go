package gateway

import (
	"context"
	"time"
)

// sharedTurn is the right to one Identify among all replicas.
type sharedTurn struct {
	k *keeper
	l *lease
}

// identify waits for the turn of a slot (shard modulo max_concurrency). freed returns a channel that is closed when such a lease ends.
func (k *keeper) identify(ctx context.Context, slot int, freed func() <-chan struct{}, random func() float64) (*sharedTurn, error) {
	mine := leaseValue{Holder: k.id}.String()
	for {
		again := freed()
		l, err := k.acquire(context.WithoutCancel(ctx), identifyName(slot), 0, func() string { return mine }) // never taken without knowing
		t := &sharedTurn{k, l}
		switch {
		case l != nil && ctx.Err() == nil:
			return t, nil
		case l != nil:
			t.end(0)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			k.log.Debug("no turn to identify", "error", err)
		}
		poll := time.NewTimer(k.times.poll(random))
		select {
		case <-again:
		case <-poll.C:
		case <-ctx.Done():
		}
		poll.Stop()
	}
}

// end passes the turn on after a time. It does not wait for the store, because it is called while the Identify is being written. A
// store that does not hear of it lets the lease expire.
func (t *sharedTurn) end(after time.Duration) {
	t.k.asked.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), t.k.times.Call)
		defer cancel()
		var err error
		if after == 0 {
			err = t.l.end(ctx, nil, 0)
		} else {
			err = t.l.end(ctx, &leaseValue{Holder: t.k.id}, after)
		}
		if err != nil {
			t.k.log.Debug("the turn to identify is left to expire", "error", err)
		}
	})
}

// poll is how long until the next look, random so that replicas do not look together.
func (t LeaseTimes) poll(random func() float64) time.Duration {
	return t.Poll + time.Duration(random()*float64(t.Poll))
}
