package gateway

import (
	"context"
	"strings"
)

// agree settles how many shards there are: as many as the replicas have that are there already, otherwise as many as this one was
// told. It reports false when ctx has ended.
func (r *replica) agree(ctx context.Context, info GatewayInfo) bool {
	want := wanted(r.g.o.Shards, info)
	for n := 0; ; n++ {
		all, err := r.k.entries(ctx)
		if err == nil {
			r.count = agreed(all, want)
			if e := all[countName]; e.revision == 0 {
				r.marker = r.standing(ctx, nil, e, countName)
			}
			if r.marker != nil || all[countName].revision != 0 {
				break
			}
			if n == 0 {
				continue // somebody was first
			}
		} else if ctx.Err() == nil {
			r.log.Warn("the lease store does not answer; no shard can be taken", "error", err)
		}
		if !sleep(ctx, r.k.times.poll(r.g.o.Rand)) {
			return false
		}
	}
	r.g.settle(r.count)
	r.log.Info("gateway starting", "shards", r.count, "session_starts_left", info.Starts.Remaining)
	r.g.compare(want)
	return true
}

// wanted is the number of shards that the options or Discord ask for.
func wanted(set int, info GatewayInfo) int {
	if set > 0 {
		return set
	}
	return max(info.Shards, 1)
}

// agreed is the number of shards that others go by already.
func agreed(all map[string]entry, want int) int {
	if e := all[countName]; e.Shards > 0 {
		return e.Shards
	}
	for name, e := range all {
		if strings.HasPrefix(name, replicaPrefix) && e.Shards > 0 {
			return e.Shards
		}
	}
	return want
}
