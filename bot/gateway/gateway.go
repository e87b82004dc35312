package gateway

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Gateway keeps the bot connected to Discord and hands events to a Handler. It is safe for
// concurrent use; Run may be called once.
type Gateway struct {
	o      Options
	log    *slog.Logger
	rest   *Rest
	pool   *pool
	events *events
	starts *starts

	running  atomic.Bool
	main     atomic.Pointer[string]
	user     atomic.Pointer[string]
	app      atomic.Pointer[string]
	loops    sync.WaitGroup // the shards
	sessions sync.WaitGroup // discordgo sessions that have not let go yet

	standby atomic.Bool

	mu     sync.Mutex
	count  int      // of shards in all, 0 = not known yet
	asked  int      // of shards, at last
	shards []*shard // by number; the slice is never changed
}

// New checks the options and returns a gateway that is not connected yet. Its Rest works at once.
func New(o Options, h Handler) (*Gateway, error) {
	if h == nil {
		return nil, errors.New("gateway: a handler is missing")
	}
	rest, err := NewRest(o)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	g := &Gateway{o: o, log: o.Log, rest: rest}
	shedder, _ := h.(Shedder)
	g.pool = &pool{
		max: o.Workers, room: o.Queue, patience: o.MaxWait, shedder: shedder, hooks: o.Hooks,
		log: o.Log, secret: strings.TrimPrefix(o.Token, "Bot "), ctx: context.Background(),
	}
	g.events = &events{h: h, pool: g.pool, seen: newRecent(4096), hooks: o.Hooks, log: o.Log}
	g.starts = &starts{asking: make(lock, 1), fetch: g.fetch, random: o.Rand, log: o.Log, alert: o.Hooks.alert}
	return g, nil
}

// Rest returns the client that shares limits and counters with the gateway.
func (g *Gateway) Rest() *Rest { return g.rest }

// Run connects all shards and keeps them connected. It returns nil when ctx has ended: then no event
// is taken any more, handlers have Options.Drain to finish, and the connections are closed with 1000,
// so that Discord shows the bot as offline. It returns a *FatalError when Discord says that
// connecting again is of no use, or when REST refuses the token.
//
// With Options.Leases the end of ctx hands this replica's shards over first, which takes less than a second: sessions are closed so
// that another replica can resume them, their leases are freed, and only then events are taken no more. Options.Finish comes between.
func (g *Gateway) Run(ctx context.Context) error {
	if g.running.Swap(true) {
		return errors.New("gateway: Run may be called once")
	}
	info, err := g.first(ctx)
	if err != nil || ctx.Err() != nil {
		return g.report(err)
	}
	work, cancelWork := context.WithCancel(context.WithoutCancel(ctx))
	defer cancelWork()
	g.pool.begin(work)
	conns, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	fatal, leave := g.begin(conns, info)
	select {
	case <-ctx.Done():
		g.log.Info("gateway stopping", "drain", g.o.Drain)
	case err = <-fatal:
	case <-g.rest.stopped:
		err = errRefusedToken
	}
	leave()
	if ctx.Err() != nil && err == nil && g.o.Finish != nil {
		g.o.Finish()
	}
	if !g.pool.drain(g.o.Drain, cancelWork) {
		g.log.Warn("handlers did not finish in time", "drain", g.o.Drain)
	}
	hangUp()
	g.loops.Wait()
	g.sessions.Wait()
	g.rest.Close()
	return g.report(err)
}

// report logs the one line that says why the program ends.
func (g *Gateway) report(err error) error {
	if err != nil {
		g.log.Error("gateway gives up", "error", err)
		g.o.Hooks.alert("fatal")
	}
	return err
}

// first asks for the gateway's address until there is an answer.
func (g *Gateway) first(ctx context.Context) (GatewayInfo, error) {
	for n := 0; ; n++ {
		info, err := g.starts.current(ctx)
		if err == nil {
			return info, nil
		}
		if g.rest.Unauthorized() {
			return GatewayInfo{}, errRefusedToken
		}
		pause := backoff(n, g.o.Rand)
		var api *APIError
		if errors.As(err, &api) {
			pause = max(pause, api.RetryAfter)
		}
		if ctx.Err() == nil {
			g.log.Warn("Discord does not tell the gateway's address", "error", err, "again_in", pause.Round(time.Millisecond))
		}
		if !sleep(ctx, pause) {
			return GatewayInfo{}, nil
		}
	}
}

// fetch asks for the gateway's address and remembers it.
func (g *Gateway) fetch(ctx context.Context) (GatewayInfo, error) {
	info, err := g.rest.GatewayBot(ctx)
	if err == nil {
		g.main.Store(&info.URL)
		g.compare(wanted(g.o.Shards, info))
	}
	return info, err
}

// compare tells when another number of shards is asked for than the replicas use, once for each number.
func (g *Gateway) compare(want int) {
	g.mu.Lock()
	used, told := g.count, g.asked
	if used != 0 {
		g.asked = want
	}
	g.mu.Unlock()
	if g.o.Leases == nil || used == 0 || want == used || want == told {
		return
	}
	g.log.Warn("another number of shards is asked for than the replicas use; to change it, stop all of them and start them again",
		"asked", want, "used", used)
	g.o.Hooks.alert("shard_count")
}

// begin runs all shards, or takes part in running them. What comes out is the reason of a shard that nobody should connect again, and
// what ends the part in good order; afterwards no event comes any more.
func (g *Gateway) begin(ctx context.Context, info GatewayInfo) (fatal <-chan error, leave func()) {
	g.starts.fit(info.Starts.MaxConcurrency)
	if g.o.Leases == nil {
		return g.start(ctx, info), func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	r, left := newReplica(g), make(chan struct{})
	g.loops.Go(func() {
		defer close(left)
		r.run(ctx, info)
	})
	return r.fatal, func() { stop(); <-left }
}

// start runs all shards. What comes out is the reason of a shard that nobody should connect again.
func (g *Gateway) start(ctx context.Context, info GatewayInfo) <-chan error {
	n := wanted(g.o.Shards, info)
	g.settle(n)
	g.log.Info("gateway starting", "shards", n, "session_starts_left", info.Starts.Remaining)
	shards := make([]*shard, n)
	for id := range shards {
		shards[id] = &shard{
			id: id, count: n, g: g, log: g.log.With("shard", id),
			state: ShardState{Shard: id, Phase: Waiting, Since: time.Now()},
		}
	}
	g.mu.Lock()
	g.shards = shards
	g.mu.Unlock()
	fatal := make(chan error, n)
	for _, s := range shards {
		g.loops.Go(func() {
			if err := s.run(ctx); err != nil {
				fatal <- err
			}
		})
	}
	return fatal
}

// settle remembers how many shards there are in all.
func (g *Gateway) settle(count int) {
	g.mu.Lock()
	g.count = count
	g.mu.Unlock()
}

// add and drop change which shards are run here.

func (g *Gateway) add(s *shard) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shards = append(slices.Clone(g.shards), s)
	slices.SortFunc(g.shards, func(a, b *shard) int { return a.id - b.id })
}

func (g *Gateway) drop(s *shard) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shards = slices.DeleteFunc(slices.Clone(g.shards), func(o *shard) bool { return o == s })
}

// State returns where each shard stands that is run here, in the order of their numbers; no shards before Run knows
// how many there are.
func (g *Gateway) State() Status {
	g.mu.Lock()
	shards, count := g.shards, g.count
	g.mu.Unlock()
	st := Status{Count: count, Standby: g.standby.Load(), User: load(&g.user), App: load(&g.app)}
	for _, s := range shards {
		st.Shards = append(st.Shards, s.snapshot())
	}
	return st
}

// identity remembers who the bot is.
func (g *Gateway) identity(r readyInfo) {
	if r.user != "" {
		g.user.Store(&r.user)
	}
	if r.app != "" {
		g.app.Store(&r.app)
	}
}

func (g *Gateway) mainURL() string { return load(&g.main) }

func load(p *atomic.Pointer[string]) string {
	if s := p.Load(); s != nil {
		return *s
	}
	return ""
}
