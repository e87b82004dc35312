package jetstream

import (
	"context"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// pollTime is after what time a watch looks by itself, whatever it was told: nothing is missed for longer when a watch is cut off.
const pollTime = 2 * time.Second

// watch calls look at first, after every change in the bucket, when the engine is back after it was away, and every pollTime, until
// ctx or the store ends.
func (b *bucket) watch(ctx context.Context, look func()) error {
	back := b.s.nc.StatusChanged(nats.CONNECTED)
	defer b.s.nc.RemoveStatusListener(back)
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	var w jetstream.KeyWatcher
	for {
		if w == nil {
			var err error
			if w, err = b.watcher(ctx, jetstream.MetaOnly()); err != nil {
				b.s.opts.Log.Debug("nothing can be watched", slog.String("bucket", b.name), slog.Any("error", err))
			}
		}
		look()
		select {
		case <-ctx.Done():
			stopWatcher(w)
			return nil
		case <-b.s.ended:
			return nil
		case _, ok := <-updates(w):
			if !ok {
				w = nil
			}
		case <-back:
			stopWatcher(w)
			w = nil
		case <-tick.C:
		}
	}
}

// watcher watches what is written from now on.
func (b *bucket) watcher(ctx context.Context, opts ...jetstream.WatchOpt) (jetstream.KeyWatcher, error) {
	making, cancel := context.WithTimeout(ctx, opTime)
	defer cancel()
	kv, err := b.s.js.KeyValue(making, b.name)
	if err != nil {
		return nil, err
	}
	return kv.WatchAll(ctx, append(opts, jetstream.UpdatesOnly())...)
}

func updates(w jetstream.KeyWatcher) <-chan jetstream.KeyValueEntry {
	if w == nil {
		return nil
	}
	return w.Updates()
}

func stopWatcher(w jetstream.KeyWatcher) {
	if w != nil {
		_ = w.Stop() // the engine forgets it by itself
	}
}
