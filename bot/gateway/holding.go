package gateway

import (
	"context"
	"errors"
	"time"
)

// holding is a shard that this replica runs.
type holding struct {
	shard  *shard
	lease  *lease
	cancel context.CancelCauseFunc
	giving bool
}

func (r *replica) takeShard(ctx context.Context, id int, e entry) {
	s := &shard{
		id: id, count: r.count, g: r.g, log: r.log.With("shard", id),
		state: ShardState{Shard: id, Phase: Waiting, Since: time.Now()},
	}
	if k := r.known[id]; k.storedSession != nil && time.Since(k.at) < r.k.times.Resume {
		s.session = k.session(r.count, r.g.o.Intents, r.g.mainURL())
	}
	ctx = context.WithoutCancel(ctx) // what is taken must be known, to be handed over
	l, err := r.k.acquire(ctx, shardName(id), e.revision, func() string { return r.shardValue(s) })
	if err != nil || l == nil {
		r.log.Debug("a shard was not taken", "shard", id, "error", err)
		return
	}
	s.changed = l.tell
	r.log.Info("shard taken", "shard", id, "resume", s.session != nil)
	running, cancel := context.WithCancelCause(ctx)
	h := &holding{shard: s, lease: l, cancel: cancel}
	r.holdings[id] = h
	delete(r.freeFrom, id)
	r.g.add(s)
	r.g.loops.Go(func() { r.hold(running, h) })
}

// shardValue is what a shard's lease says now.
func (r *replica) shardValue(s *shard) string {
	return leaseValue{
		Holder: r.k.id, Shards: r.count, Ready: s.snapshot().Phase == Ready,
		Session: s.resumable().store(r.count, r.g.o.Intents),
	}.String()
}

// hold runs a shard until its lease is lost, or until it is cancelled or fails, and then frees the lease.
func (r *replica) hold(ctx context.Context, h *holding) {
	over := make(chan error, 1)
	go func() { over <- h.shard.run(ctx) }()
	var err error
	select {
	case err = <-over:
	case <-h.lease.lost:
		h.cancel(errLost)
		err = <-over
	}
	why := context.Cause(ctx)
	h.cancel(nil)
	r.free(h, why)
	if err != nil {
		r.fail(err)
	}
	r.ended <- h
}

// free lets others have a shard's lease: with the session where they can resume it.
func (r *replica) free(h *holding, why error) {
	if errors.Is(why, errLost) {
		r.log.Error("shard lost: its lease could not be renewed in time, or somebody else has it", "shard", h.shard.id)
		r.g.o.Hooks.alert("lease_lost")
		return
	}
	var value *leaseValue
	if errors.Is(why, errHandOver) {
		value = &leaseValue{Shards: r.count, Session: h.shard.resumable().store(r.count, r.g.o.Intents)}
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.k.times.Call)
	defer cancel()
	if err := h.lease.end(ctx, value, r.k.times.Resume); err != nil {
		r.log.Warn("a shard's lease is left to expire", "shard", h.shard.id, "error", err)
		return
	}
	r.log.Info("shard given up", "shard", h.shard.id, "resumable", value != nil && value.Session != nil)
}

func (r *replica) remove(h *holding) {
	id := h.shard.id
	if s := h.shard.resumable().store(r.count, r.g.o.Intents); s != nil {
		r.known[id] = knownSession{s, time.Now()} // should the store not answer for a while
	}
	delete(r.holdings, id)
	r.g.drop(h.shard)
}
