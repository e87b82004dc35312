package curate

import (
	"context"
	"log/slog"
	"time"

	"enlace/knowledge/search"
)

// readyFor is how long an index is kept that may come into service. It takes as much memory as the one in service.
const readyFor = 10 * time.Minute

// ready is a version that may come into service soon, read and indexed before it does: then all processes serve it at the same moment.
type ready struct {
	version string
	over    chan struct{} // closed when index and err are there
	index   *search.Index
	err     error
}

func (r *ready) done(index *search.Index, err error) {
	r.index, r.err = index, err
	close(r.over)
}

// stage has the other processes read and index what may come into service soon. Without it they do so when it does.
func (d *Desk) stage(ctx context.Context, next *draft) {
	if err := d.Store.StageBase(ctx, next.base.Version, next.bundle); err != nil {
		d.Log.Warn("other processes do not have the next fact base ready", slog.String("version", next.base.Version), slog.Any("error", err))
	}
}

// prepare makes a version the one that is ready, in the place of another one, unless it is already. Begin has it read and indexed.
func (d *Desk) prepare(version string, begin func(*ready)) {
	d.mu.Lock()
	if d.ready != nil && d.ready.version == version || d.Base().Version == version {
		d.mu.Unlock()
		return
	}
	r := &ready{version: version, over: make(chan struct{})}
	d.ready = r
	d.mu.Unlock()
	time.AfterFunc(readyFor, func() { d.forgetReady(r) })
	begin(r)
}

// together indexes a version while the other processes do.
func (d *Desk) together(ctx context.Context, next *draft) *search.Index {
	r := &ready{over: make(chan struct{})}
	d.prepare(next.base.Version, func(n *ready) { r = n }) // before it is staged, which this process hears of too
	d.stage(ctx, next)
	r.done(search.New(next.base), nil)
	return r.index
}

// load reads and indexes a version that was staged.
func (d *Desk) load(ctx context.Context, r *ready) {
	index, err := d.indexed(ctx, r.version)
	r.done(index, err)
	if err != nil {
		d.forgetReady(r)
	}
}

// prepared returns the index of a version that is ready, or nearly; nil = there is none. The error is ctx's.
func (d *Desk) prepared(ctx context.Context, version string) (*search.Index, error) {
	d.mu.Lock()
	r := d.ready
	d.mu.Unlock()
	if r == nil || r.version != version {
		return nil, nil
	}
	select {
	case <-r.over:
		return r.index, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// open reads a bundle, unless its version is ready.
func (d *Desk) open(ctx context.Context, version string, bundle []byte) (*draft, error) {
	index, err := d.prepared(ctx, version)
	if err != nil {
		return nil, err
	}
	if index != nil {
		return &draft{index.Base(), bundle}, nil
	}
	return opened(bundle)
}

// forget lets go of what is ready where it came into service.
func (d *Desk) forget(version string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ready != nil && d.ready.version == version {
		d.ready = nil
	}
}

func (d *Desk) forgetReady(r *ready) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ready == r {
		d.ready = nil
	}
}
