package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"enlace/bot"
	"enlace/bot/curate"
	"enlace/bot/gateway"
	"enlace/bot/ops"
	"enlace/bot/state"
	"enlace/bot/webhook"
	"enlace/knowledge/llm"
)

// probeTime bounds the look at the model's endpoint at the start.
const probeTime = 10 * time.Second

// prober is a model's client that can look whether its endpoint works.
type prober interface {
	Probe(ctx context.Context) llm.Report
}

// house is a running bot with everything around it.
type house struct {
	log     *slog.Logger
	now     func() time.Time
	dir     string // of the facts; "" = built in
	watch   bool
	store   state.Store
	inbox   state.Inbox
	outbox  state.Outbox
	desk    *curate.Desk
	metrics *ops.Metrics
	build   version
	started time.Time
	replica string     // what other processes call this one
	budget  llm.Budget // nil = none
	model   prober     // nil = none
	bot     *bot.Bot
	gateway *gateway.Gateway
	ops     *ops.Server // nil = off

	endpoint *webhook.Server // of interactions over HTTP; nil = off
	ceiling  *ceiling

	stopping  atomic.Pointer[time.Time] // since when; nil = it does not
	finishing sync.Once
}

// run serves until ctx ends, and then lets open answers finish; or until the connection is lost for good.
func (h *house) run(ctx context.Context) error {
	defer h.ceiling.lift()
	var side sync.WaitGroup
	around, stopSide := context.WithCancel(context.WithoutCancel(ctx))
	defer side.Wait()
	defer stopSide()
	h.aside(around, &side)

	defer context.AfterFunc(ctx, func() {
		now := time.Now()
		h.stopping.Store(&now)
		h.log.Info("stopping: open answers may finish", slog.Int("open", h.bot.Open()))
	})()
	err := h.gateway.Run(ctx)
	if ctx.Err() == nil {
		return lost(err)
	}
	h.finish() // where the gateway had no part in it
	if err != nil {
		h.log.Warn("the connection did not end well", slog.Any("error", err))
	}
	h.log.Info("stopped")
	return nil
}

// finish lets open answers finish, once: when the shards are other replicas' already, and before the connection ends.
func (h *house) finish() {
	h.finishing.Do(func() {
		until := time.Now()
		if stopped := h.stopping.Load(); stopped != nil {
			until = *stopped
		}
		draining, cancel := context.WithDeadline(context.Background(), until.Add(drainAnswers))
		defer cancel()
		if err := h.bot.Drain(draining); err != nil {
			h.log.Warn("some answers did not finish in time", slog.Int("open", h.bot.Open()))
		}
		h.drainEndpoint(draining)
	})
}

// lost is why the program ends when the connection does.
func lost(err error) error {
	var fatal *gateway.FatalError
	if errors.As(err, &fatal) {
		return &failure{code: disconnected, err: err}
	}
	if err == nil {
		err = errors.New("the connection to Discord ended")
	}
	return &failure{code: failed, err: err}
}

// aside starts what runs beside the connection: the operator's addresses, the watch over the facts, SIGHUP and a look at the model.
func (h *house) aside(ctx context.Context, side *sync.WaitGroup) {
	if h.ops != nil {
		h.log.Info("operator's addresses", slog.String("listen", h.ops.Address()))
		side.Go(func() {
			if err := h.ops.Serve(); err != nil {
				h.log.Error("the operator's addresses are gone", slog.Any("error", err))
			}
		})
		context.AfterFunc(ctx, func() { _ = h.ops.Close() }) // it was only listening
	}
	side.Go(func() { h.ceiling.watch(ctx) })
	h.follow(ctx, side)
	h.work(ctx, side)
	h.serveEndpoint(ctx, side)
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	side.Go(func() {
		defer signal.Stop(hangup)
		for {
			select {
			case <-hangup:
				h.reload(ctx)
			case <-ctx.Done():
				return
			}
		}
	})
	if h.model != nil {
		side.Go(func() { h.probe(ctx) })
	}
}

func (h *house) probe(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	r := h.model.Probe(ctx)
	switch {
	case r.Ready:
		h.log.Info("the model is ready", slog.String("format", string(r.Format)))
	case r.Failure != nil && ctx.Err() == nil:
		h.log.Warn("the model is not ready; answers quote the facts until it is", slog.Any("error", r.Failure))
	}
}

// ready says whether questions are answered.
func (h *house) ready() (bool, string) {
	switch {
	case h.stopping.Load() != nil:
		return false, "stopping"
	case h.endpoint == nil && !h.gateway.State().AllReady(): // with an endpoint there is something to serve without it
		return false, "not connected to Discord"
	}
	return true, ""
}

func (h *house) hooks() gateway.Hooks {
	return gateway.Hooks{
		State:   func(shard int, phase gateway.Phase) { h.metrics.Shard(shard, string(phase)); h.bot.Tell() },
		REST:    h.metrics.REST,
		Invalid: func(_ string, _, inTenMinutes int) { h.metrics.Invalid(inTenMinutes) },
		Shed:    func(event string, why gateway.Reason) { h.metrics.Dropped(event + ": " + string(why)) },
		Panic:   func(string) { h.metrics.Panicked() },
		Alert:   h.metrics.Alert,
		Close:   func(_ int, code int, _ string) { h.metrics.Closed(code) },
	}
}
