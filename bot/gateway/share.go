package gateway

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"
)

// view is what the leases say about the shards.
type view struct {
	shards map[int]entry
	loads  map[string]int // how many shards each replica holds that is there, this one too
	free   int            // shards that nobody holds
	share  int            // how many a replica may take
}

func (r *replica) view(all map[string]entry) view {
	v := view{shards: map[int]entry{}, loads: map[string]int{r.k.id: 0}}
	for name := range all {
		if id, ok := strings.CutPrefix(name, replicaPrefix); ok {
			v.loads[id] = 0
		}
	}
	for id := range r.count {
		e := all[shardName(id)]
		v.shards[id] = e
		if e.Holder == "" {
			v.free++
		}
		if _, there := v.loads[e.Holder]; there {
			v.loads[e.Holder]++
		}
	}
	v.share = (r.count + len(v.loads) - 1) / len(v.loads)
	return v
}

// gift is the shard that this replica handed over last.
type gift struct {
	shard int
	at    time.Time // zero: there is none to wait for
}

// neglected is after how many Polls a free shard is taken even by a replica that has its share.
const neglected = 5

// take takes free shards up to the share. Who holds the fewest goes first; the others give it a moment. A shard that stays free, since
// those whose turn it is are dead or cannot, is taken by anybody, who then rests before handing anything over.
func (r *replica) take(ctx context.Context, v view) {
	now := time.Now()
	fewest := slices.Min(slices.Collect(maps.Values(v.loads)))
	for id := range r.count {
		e := v.shards[id]
		if e.Holder != "" && e.Holder != r.k.id || r.holdings[id] != nil {
			delete(r.freeFrom, id)
			continue
		}
		if _, ok := r.freeFrom[id]; !ok {
			r.freeFrom[id] = now
		}
		mine, waited := len(r.holdings), now.Sub(r.freeFrom[id])
		switch {
		case ctx.Err() != nil:
			return
		case mine >= v.share && waited < neglected*r.k.times.Poll:
			continue
		case mine > fewest && len(v.loads) > 1 && waited < r.k.times.Poll:
			continue
		case mine >= v.share:
			r.rest = now.Add(r.k.times.TTL)
		}
		r.takeShard(ctx, id, e)
	}
}

// give hands one shard over where another replica has at least two fewer, one replica and one shard at a time: not while a shard is
// free, and not before the last one is connected again.
func (r *replica) give(v view) {
	if r.settleGift(v) || v.free > 0 || time.Now().Before(r.rest) {
		return
	}
	mine, fewest := v.loads[r.k.id], slices.Min(slices.Collect(maps.Values(v.loads)))
	for id, n := range v.loads {
		if n > mine || n == mine && id < r.k.id {
			return // its turn
		}
	}
	if mine-fewest < 2 {
		return
	}
	h := r.toGive()
	if h == nil {
		return
	}
	r.log.Info("handing a shard over", "shard", h.shard.id, "held", mine, "share", v.share)
	h.giving = true
	r.gift = gift{h.shard.id, time.Now()}
	h.cancel(errHandOver)
}

// settleGift reports whether the last shard that was handed over is still to be waited for. One that came back, because nobody took
// it, means a rest.
func (r *replica) settleGift(v view) bool {
	e := v.shards[r.gift.shard]
	switch {
	case r.gift.at.IsZero():
		return false
	case r.holdings[r.gift.shard] != nil && r.holdings[r.gift.shard].giving:
		return true
	case e.Holder == r.k.id:
		r.rest = time.Now().Add(r.k.times.TTL)
	case !e.Ready && time.Since(r.gift.at) < 2*r.k.times.Identify:
		return true
	}
	r.gift = gift{}
	return false
}

// toGive chooses the shard that is missed least: one that still waits for its turn, otherwise one that is connected, of these the
// last. One that is about to be connected stays: its Identify would be wasted.
func (r *replica) toGive() *holding {
	var waiting, ready *holding
	for _, id := range slices.Sorted(maps.Keys(r.holdings)) {
		h := r.holdings[id]
		if h.giving {
			return nil
		}
		switch h.shard.snapshot().Phase {
		case Waiting:
			waiting = h
		case Ready:
			ready = h
		}
	}
	return cmp.Or(waiting, ready)
}
