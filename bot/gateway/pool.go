package gateway

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// shedders and shedQueue bound the lane for what no worker takes.
	shedders  = 16
	shedQueue = 512
	// shedWithin leaves an interaction that waited its turn a chance within Discord's 3 s.
	shedWithin = 2500 * time.Millisecond
	// messagePatience is how many times longer than an interaction a message may wait: nothing expires.
	messagePatience = 10
)

// job is an event on its way to a handler.
type job struct {
	name string
	at   time.Time
	ctx  func(context.Context) context.Context
	run  func(ctx context.Context)
	i    *discordgo.Interaction // at most one of i and m is set: somebody to tell
	m    *discordgo.Message
	why  Reason // set in the shed lane
}

// pool runs jobs on at most max goroutines, which exist only while there is work; interactions go
// first, because they expire. What finds no room or waited too long goes to the shed lane.
type pool struct {
	max, room int
	patience  time.Duration
	shedder   Shedder // nil: sheds are only counted
	hooks     Hooks
	log       *slog.Logger
	secret    string

	mu       sync.Mutex
	ctx      context.Context
	urgent   []job
	calm     []job
	running  int
	shed     []job
	shedding int
	draining bool
	idle     chan struct{} // closed when draining and nothing runs or waits
}

// begin sets the context of all handlers.
func (p *pool) begin(ctx context.Context) {
	p.mu.Lock()
	p.ctx = ctx
	p.mu.Unlock()
}

// submit takes a job, or sheds it.
func (p *pool) submit(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.draining:
		p.turnAway(j, Draining)
	case p.running < p.max:
		p.running++
		go p.work(j)
	case len(p.urgent)+len(p.calm) >= p.room:
		p.turnAway(j, Busy)
	case j.i != nil:
		p.urgent = append(p.urgent, j)
	default:
		p.calm = append(p.calm, j)
	}
}

// work runs a job and then what waits, until nothing does.
func (p *pool) work(j job) {
	for ok := true; ok; j, ok = p.next() {
		if p.late(j) {
			p.mu.Lock()
			p.turnAway(j, Late)
			p.mu.Unlock()
			continue
		}
		if p.safely(j, j.run) {
			p.mu.Lock()
			p.turnAway(j, Panicked)
			p.mu.Unlock()
		}
	}
}

func (p *pool) late(j job) bool {
	waited := time.Since(j.at)
	return j.i != nil && waited > p.patience || j.m != nil && waited > p.patience*messagePatience
}

func (p *pool) next() (job, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, q := range []*[]job{&p.urgent, &p.calm} {
		if len(*q) > 0 {
			j := (*q)[0]
			(*q)[0] = job{} // let go of the event
			*q = (*q)[1:]
			return j, true
		}
	}
	p.running--
	p.checkIdle()
	return job{}, false
}

// turnAway moves a job to the shed lane. The caller holds mu.
func (p *pool) turnAway(j job, why Reason) {
	p.hooks.shed(j.name, why)
	if p.shedder == nil || j.i == nil && j.m == nil {
		return
	}
	j.why = why
	switch {
	case p.shedding < shedders:
		p.shedding++
		go p.workShed(j)
	case len(p.shed) < shedQueue:
		p.shed = append(p.shed, j)
	default:
		p.log.Warn("an event was dropped without a word", "event", j.name, "why", string(why))
	}
}

func (p *pool) workShed(j job) {
	for ok := true; ok; j, ok = p.nextShed() {
		p.safely(j, func(ctx context.Context) {
			ctx, cancel := context.WithTimeout(ctx, shedWithin)
			defer cancel()
			p.shedder.Shed(ctx, j.why, j.i, j.m)
		})
	}
}

func (p *pool) nextShed() (job, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.shed) == 0 {
		p.shedding--
		p.checkIdle()
		return job{}, false
	}
	j := p.shed[0]
	p.shed[0] = job{}
	p.shed = p.shed[1:]
	return j, true
}

// safely runs f and reports whether it panicked.
func (p *pool) safely(j job, f func(context.Context)) (panicked bool) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		panicked = true
		secrets := []string{p.secret}
		if j.i != nil {
			secrets = append(secrets, j.i.Token)
		}
		p.log.Error("a handler panicked", "event", j.name,
			"panic", redact(fmt.Sprint(r), secrets...), "stack", redact(string(debug.Stack()), secrets...))
		p.hooks.panic(j.name)
	}()
	p.mu.Lock()
	ctx := p.ctx
	p.mu.Unlock()
	f(j.ctx(ctx))
	return false
}

// checkIdle wakes the drain when there is nothing left. The caller holds mu.
func (p *pool) checkIdle() {
	if p.draining && p.running == 0 && p.shedding == 0 && p.idle != nil {
		close(p.idle)
		p.idle = nil
	}
}

// drain turns new jobs away, lets the others finish within the time given, then cancels their
// context and gives them another second. It reports whether all came to their end.
func (p *pool) drain(within time.Duration, cancel context.CancelFunc) bool {
	p.mu.Lock()
	p.draining = true
	idle := make(chan struct{})
	p.idle = idle
	p.checkIdle()
	p.mu.Unlock()
	defer cancel()
	for _, patience := range []time.Duration{within, time.Second} {
		t := time.NewTimer(patience)
		select {
		case <-idle:
			t.Stop()
			return true
		case <-t.C:
			cancel()
		}
	}
	return false
}
