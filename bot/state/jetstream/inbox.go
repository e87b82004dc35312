package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"hash/fnv"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

const (
	workersName       = "workers"
	maxWorking        = 512 // deliveries at a time, of all processes
	nextTime          = 2 * time.Second
	codeNoSuchMessage = 10043
)

func (s *Store) jobSubjects() string { return s.layout.subject("inbox.job.>") }

// lane is where a job waits: the bound on what a guild may have there is one on its subject. Direct messages have no guild, and
// share a few.
func (s *Store) lane(j state.Job) string {
	if j.Guild != "" {
		return s.layout.subject("inbox.job.guild.") + key(j.Guild)
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(j.ID))
	return s.layout.subject("inbox.job.direct.") + strconv.Itoa(int(h.Sum32()%state.DirectLanes))
}

// ensureWorkers makes the one consumer of the inbox, which all processes share.
func (s *Store) ensureWorkers(ctx context.Context) (jetstream.Consumer, error) {
	want := jetstream.ConsumerConfig{
		Durable: workersName, FilterSubject: s.jobSubjects(), AckPolicy: jetstream.AckExplicitPolicy, AckWait: s.opts.Timing.AckWait,
		MaxDeliver:    -1, // how often is decided here: what the engine gives up would stay without an outcome
		MaxAckPending: maxWorking,
	}
	c, err := s.inbox.Consumer(ctx, workersName)
	if err == nil {
		if s.keepWait {
			want.AckWait = c.CachedInfo().Config.AckWait
		}
		if is := c.CachedInfo().Config; is.AckWait == want.AckWait && is.FilterSubject == want.FilterSubject && is.MaxDeliver == want.MaxDeliver && is.MaxAckPending == want.MaxAckPending {
			return c, nil
		}
	} else if !errors.Is(err, jetstream.ErrConsumerNotFound) {
		return nil, err
	}
	return s.inbox.CreateOrUpdateConsumer(ctx, want)
}

// Accept implements state.Inbox. It returns when the job is on disk, in a cluster on most of its disks.
func (s *Store) Accept(ctx context.Context, j state.Job) error {
	if len(j.Payload) > state.MaxJob {
		return state.ErrTooLarge
	}
	raw, err := json.Marshal(j)
	if err != nil {
		return err
	}
	m := &nats.Msg{Subject: s.lane(j), Data: raw, Header: nats.Header{jetstream.MsgIDHeader: {j.ID}, headerUser: {key(j.User)}}}
	err = s.again(ctx, "accepting a question", func(ctx context.Context) error {
		_, err := s.js.PublishMsg(ctx, m)
		return err
	})
	if code(err) == codeNotStored {
		return state.ErrFull
	}
	return err
}

// Work implements state.Inbox: each slot asks for one job at a time, so that no job waits in a process that is busy.
func (s *Store) Work(ctx context.Context, slots int, handle func(context.Context, state.Delivery) error) error {
	var wg sync.WaitGroup
	for range slots {
		wg.Go(func() {
			for ctx.Err() == nil && !s.nc.IsClosed() {
				if m := s.next(ctx); m != nil {
					s.do(ctx, m, handle)
				}
			}
		})
	}
	wg.Wait()
	return nil
}

// next waits for a job; nil = there is none yet. A request that is given up because ctx ends may still be answered for nextTime: then
// the job goes on to somebody else at once.
func (s *Store) next(ctx context.Context) jetstream.Msg {
	type fetched struct {
		m   jetstream.Msg
		err error
	}
	got := make(chan fetched, 1)
	go func() {
		m, err := s.workers.Next(jetstream.FetchMaxWait(nextTime))
		got <- fetched{m, err}
	}()
	select {
	case f := <-got:
		switch {
		case f.err == nil:
			return f.m
		case !errors.Is(f.err, nats.ErrTimeout) && !errors.Is(f.err, jetstream.ErrNoMessages):
			s.opts.Log.Debug("no job can be fetched", slog.Any("error", f.err))
			_ = pause(ctx, 100*time.Millisecond)
		}
	case <-ctx.Done():
		back := func() {
			if f := <-got; f.err == nil {
				_ = f.m.Nak()
			}
		}
		if s.server != nil {
			go back()
		} else {
			s.going.Go(back) // Close waits for it: otherwise others would get what is fetched now only after AckWait
		}
	}
	return nil
}

// do has a job done, and tells the engine what came of it.
func (s *Store) do(ctx context.Context, m jetstream.Msg, handle func(context.Context, state.Delivery) error) {
	d := state.Delivery{Try: 1}
	if meta, err := m.Metadata(); err == nil {
		d.Try = int(meta.NumDelivered)
	}
	d.Last = d.Try >= state.MaxTries
	if err := json.Unmarshal(m.Data(), &d.Job); err != nil {
		s.opts.Log.Error("a job cannot be read", slog.Any("error", err))
		_ = m.Term()
		return
	}
	ctx = context.WithoutCancel(ctx)
	stop := s.beat(m)
	err := d.Call(ctx, handle)
	stop()
	if err == nil {
		s.acknowledge(ctx, m)
		return
	}
	if errors.Is(err, state.ErrHandOver) && !d.Last {
		_ = m.Nak()
		return
	}
	s.opts.Log.Warn("a job failed", slog.String("job", d.ID), slog.Int("try", d.Try), slog.Bool("last", d.Last), slog.Any("error", err))
	if d.Last {
		_ = m.TermWithReason("it failed too often")
		return
	}
	_ = m.NakWithDelay(s.opts.Timing.RetryAfter(d.Try))
}

// beat tells the engine that a job is worked on, until it is stopped.
func (s *Store) beat(m jetstream.Msg) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(s.opts.Timing.AckWait / 3)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = m.InProgress() // where it does not arrive the job is delivered again
			case <-done:
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// acknowledge confirms that a job is done. Until that arrives the job would come again; when it cannot arrive it does.
func (s *Store) acknowledge(ctx context.Context, m jetstream.Msg) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timing.AckWait)
	defer cancel()
	if err := s.repeat(ctx, tryTime, m.DoubleAck); err != nil && !errors.Is(err, jetstream.ErrMsgAlreadyAckd) {
		s.opts.Log.Warn("it cannot be told that a job is done", slog.Any("error", err))
	}
}

// Pending implements state.Inbox.
func (s *Store) Pending(ctx context.Context) (p state.Pending, err error) {
	err = s.again(ctx, "counting what is pending", func(ctx context.Context) error {
		info, err := s.workers.Info(ctx)
		if err != nil {
			return err
		}
		there, err := s.inbox.Info(ctx, jetstream.WithSubjectFilter(s.jobSubjects()))
		if err != nil {
			return err
		}
		p = state.Pending{Working: info.NumAckPending}
		for _, n := range there.State.Subjects {
			p.Waiting += int(n)
		}
		p.Waiting = max(p.Waiting-p.Working, 0)
		return nil
	})
	return p, err
}

// PutResult implements state.Outbox.
func (s *Store) PutResult(ctx context.Context, r state.Result) error {
	if len(r.Payload) > state.MaxResult {
		return state.ErrTooLarge
	}
	return s.jobs.put(ctx, key(r.ID), r.Payload, with(headerUser, key(r.User)))
}

// Result implements state.Outbox.
func (s *Store) Result(ctx context.Context, id string) (state.Result, bool, error) {
	e, err := s.jobs.get(ctx, key(id))
	unreadable := e.value == nil && e.header.Get(headerEncoding) != ""
	if err != nil || !e.there() || unreadable {
		return state.Result{}, false, err
	}
	user := e.header.Get(headerUser)
	if user == "=" {
		user = ""
	}
	return state.Result{ID: id, User: unkey(user), Payload: e.value}, true, nil
}
