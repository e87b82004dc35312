package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"time"
)

// Why a shard ends, where it does not fail.
var (
	// errHandOver ends a shard whose session another replica is to resume.
	errHandOver = errors.New("handed over")
	// errLost ends a shard whose lease is lost.
	errLost = errors.New("the lease is lost")
	// errLast ends a shard that nobody is there to take over.
	errLast = errors.New("the last replica stops")
)

// replica runs the shards whose leases it has. One goroutine, run's, looks at the leases whenever they change and every now and then,
// takes what is free and hands over what is too much; each shard it holds has a goroutine of its own, [replica.hold].
type replica struct {
	g     *Gateway
	k     *keeper
	log   *slog.Logger
	count int // shards in all

	presence *lease
	marker   *lease // of the number of shards, where this replica holds it
	holdings map[int]*holding
	known    map[int]knownSession
	freeFrom map[int]time.Time // when a shard was first seen to be free
	gift     gift
	rest     time.Time // nothing is handed over before
	alone    bool      // as of the last look
	down     bool      // the store did not answer at the last look

	ended chan *holding
	fatal chan error
	wake  chan struct{}

	mu    sync.Mutex
	seen  map[string]entry // as of the last look
	freed chan struct{}    // closed when a turn to identify has ended
}

// knownSession is the newest session that a lease told of, and when.
type knownSession struct {
	*storedSession
	at time.Time
}

func newReplica(g *Gateway) *replica {
	id := fmt.Sprintf("%s.%016x", leaseName(g.o.Replica), rand.Uint64())
	log := g.log.With("replica", id)
	return &replica{
		g: g, log: log, k: &keeper{store: g.o.Leases, id: id, times: g.o.LeaseTimes, log: log},
		holdings: map[int]*holding{}, known: map[int]knownSession{}, freeFrom: map[int]time.Time{},
		ended: make(chan *holding), fatal: make(chan error, 1), wake: make(chan struct{}, 1), freed: make(chan struct{}),
	}
}

// leaseName keeps what a lease's name may hold.
func leaseName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '-'
	}, s)
	return s[:min(len(s), 60)]
}

// run takes part until ctx ends, then hands everything over and returns. Sessions are closed with 1000 where there is nobody to take
// them over.
func (r *replica) run(ctx context.Context, info GatewayInfo) {
	defer r.k.asked.Wait()
	if !r.agree(ctx, info) {
		return
	}
	r.g.starts.spacing = r.k.times.Identify
	r.g.starts.shared = func(ctx context.Context, slot int) (*sharedTurn, error) {
		return r.k.identify(ctx, slot, r.freedTurn, r.g.o.Rand)
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	r.k.asked.Go(func() { r.watch(watching) })
	for ctx.Err() == nil {
		r.look(ctx)
		poll := time.NewTimer(r.k.times.poll(r.g.o.Rand))
		select {
		case <-r.wake:
		case <-poll.C:
		case h := <-r.ended:
			r.remove(h)
		case <-ctx.Done():
		}
		poll.Stop()
	}
	r.leave()
}

// freedTurn returns a channel that is closed when a turn to identify has ended.
func (r *replica) freedTurn() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.freed
}

// watch wakes run when a lease is free or changes hands. Renewals change nothing.
func (r *replica) watch(ctx context.Context) {
	for ctx.Err() == nil {
		err := r.k.store.WatchLeases(ctx, r.changed)
		if ctx.Err() == nil {
			r.log.Debug("leases are not watched", "error", err)
			sleep(ctx, r.k.times.poll(r.g.o.Rand))
		}
	}
}

func (r *replica) changed(name, value string, revision uint64) {
	v := readLease(value)
	r.mu.Lock()
	old, there := r.seen[name]
	same := revision != 0 && there && old.Holder == v.Holder && old.Ready == v.Ready
	if revision == 0 && strings.HasPrefix(name, identifyPrefix) {
		close(r.freed)
		r.freed = make(chan struct{})
		same = true
	}
	r.mu.Unlock()
	if same || strings.HasPrefix(name, identifyPrefix) {
		return
	}
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// look looks at the leases and does what is to be done.
func (r *replica) look(ctx context.Context) {
	all, err := r.k.entries(ctx)
	if err != nil {
		if ctx.Err() == nil && !r.down {
			r.down = true
			r.log.Warn("the lease store does not answer", "error", err)
		}
		return
	}
	if r.down {
		r.down = false
		r.log.Info("the lease store answers again")
	}
	r.mu.Lock()
	r.seen = all
	r.mu.Unlock()
	if !r.present(ctx, all) {
		return
	}
	v := r.view(all)
	r.remember(v)
	r.give(v)
	r.take(ctx, v)
	r.alone = len(v.loads) == 1
	r.g.standby.Store(len(r.holdings) == 0 && v.free == 0)
}

// present keeps up this replica's presence and the number of shards. It reports false where nothing else is to be done.
func (r *replica) present(ctx context.Context, all map[string]entry) bool {
	if e, ok := all[countName]; ok && e.Shards != r.count && e.Shards > 0 {
		r.fail(&FatalError{Reason: fmt.Sprintf("the other replicas run %d shards, this one %d; start it again, and it follows them", e.Shards, r.count)})
		return false
	}
	name := replicaPrefix + r.k.id
	r.presence = r.standing(ctx, r.presence, all[name], name)
	if e := all[countName]; e.revision == 0 || r.marker != nil {
		r.marker = r.standing(ctx, r.marker, e, countName)
	}
	return r.presence != nil
}

// standing returns the lease if it lives, and takes it again otherwise; nil where that did not work.
func (r *replica) standing(ctx context.Context, l *lease, e entry, name string) *lease {
	if l != nil {
		select {
		case <-l.lost:
		default:
			return l
		}
	}
	if e.revision != 0 && e.Holder != r.k.id {
		return nil
	}
	mine := leaseValue{Holder: r.k.id, Shards: r.count}.String()
	l, err := r.k.acquire(ctx, name, e.revision, func() string { return mine })
	if err != nil {
		r.log.Debug("a lease was not taken", "lease", name, "error", err)
	}
	return l
}

// remember keeps the sessions that holders told of: when one dies, nothing else is left of it.
func (r *replica) remember(v view) {
	for id, e := range v.shards {
		switch {
		case e.Session != nil:
			r.known[id] = knownSession{e.Session, time.Now()}
		case e.Holder != "":
			delete(r.known, id) // its holder begins another one
		}
	}
}

// fail ends Run.
func (r *replica) fail(err error) {
	select {
	case r.fatal <- err:
	default:
	}
}

// leave hands over all shards, at the same time.
func (r *replica) leave() {
	if !r.down {
		if all, err := r.k.entries(context.Background()); err == nil {
			r.alone = len(r.view(all).loads) == 1
		}
	}
	why := errHandOver
	if r.alone {
		why = errLast
	}
	r.log.Info("leaving", "shards", len(r.holdings), "others", !r.alone)
	var leases sync.WaitGroup
	for _, l := range []*lease{r.presence, r.marker} {
		if l != nil {
			leases.Go(func() { r.dismiss(l) })
		}
	}
	for _, h := range r.holdings {
		h.cancel(why)
	}
	for len(r.holdings) > 0 {
		r.remove(<-r.ended)
	}
	leases.Wait()
	r.g.standby.Store(false)
}

// dismiss deletes a lease of this replica's own.
func (r *replica) dismiss(l *lease) {
	ctx, cancel := context.WithTimeout(context.Background(), r.k.times.Call)
	defer cancel()
	select {
	case <-l.lost:
		return
	default:
	}
	if err := l.end(ctx, nil, 0); err != nil {
		r.log.Debug("a lease is left to expire", "lease", l.name, "error", err)
	}
}
