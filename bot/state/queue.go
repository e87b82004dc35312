package state

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// maxQueued bounds the jobs of all guilds in a Memory, and what it remembers of those that were done.
const maxQueued = 5_000

// queue is the inbox of a Memory. Its jobs end with the process.
type queue struct {
	timing  Timing
	mu      sync.Mutex
	jobs    []*queued // oldest first
	done    *cache[struct{}]
	changed chan struct{} // closed when there may be something to take
}

type queued struct {
	job     Job
	tries   int
	after   time.Time
	working bool
}

func newQueue(t Timing) *queue {
	return &queue{timing: t, done: newCache[struct{}](maxQueued, nil), changed: make(chan struct{})}
}

func (q *queue) tell() {
	close(q.changed)
	q.changed = make(chan struct{})
}

// Accept implements Inbox.
func (m *Memory) Accept(_ context.Context, j Job) error {
	q := m.shared.inbox
	if len(j.Payload) > MaxJob {
		return ErrTooLarge
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, known := q.done.get(j.ID); known || slices.ContainsFunc(q.jobs, func(o *queued) bool { return o.job.ID == j.ID }) {
		return nil
	}
	same := 0
	for _, o := range q.jobs {
		if o.job.Guild == j.Guild {
			same++
		}
	}
	most := MaxPending
	if j.Guild == "" {
		most *= DirectLanes
	}
	if same >= most || len(q.jobs) >= maxQueued {
		return ErrFull
	}
	j.Payload = slices.Clone(j.Payload)
	q.jobs = append(q.jobs, &queued{job: j})
	q.tell()
	return nil
}

// Work implements Inbox.
func (m *Memory) Work(ctx context.Context, slots int, handle func(context.Context, Delivery) error) error {
	var wg sync.WaitGroup
	for range slots {
		wg.Go(func() {
			for {
				o := m.shared.inbox.take(ctx)
				if o == nil {
					return
				}
				d := Delivery{Job: o.job, Try: o.tries, Last: o.tries >= MaxTries}
				m.shared.inbox.ended(o, d.Call(context.WithoutCancel(ctx), handle))
			}
		})
	}
	wg.Wait()
	return nil
}

// take waits for the next job; nil = ctx has ended.
func (q *queue) take(ctx context.Context) *queued {
	for ctx.Err() == nil {
		q.mu.Lock()
		changed, now, next := q.changed, time.Now(), time.Time{}
		for _, o := range q.jobs {
			if o.working {
				continue
			}
			if !now.Before(o.after) {
				o.working = true
				o.tries++
				q.mu.Unlock()
				return o
			}
			if next.IsZero() || o.after.Before(next) {
				next = o.after
			}
		}
		q.mu.Unlock()
		again := make(<-chan time.Time)
		if !next.IsZero() {
			again = time.After(next.Sub(now))
		}
		select {
		case <-changed:
		case <-again:
		case <-ctx.Done():
		}
	}
	return nil
}

func (q *queue) ended(o *queued, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	o.working = false
	if err != nil && o.tries < MaxTries {
		o.after = time.Now().Add(q.timing.RetryAfter(o.tries))
		if errors.Is(err, ErrHandOver) {
			o.after = time.Time{}
		}
	} else {
		q.jobs = slices.DeleteFunc(q.jobs, func(other *queued) bool { return other == o })
		q.done.put(o.job.ID, struct{}{})
	}
	q.tell()
}

// Pending implements Inbox.
func (m *Memory) Pending(context.Context) (p Pending, err error) {
	q := m.shared.inbox
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, o := range q.jobs {
		if o.working {
			p.Working++
		} else {
			p.Waiting++
		}
	}
	return p, nil
}

func (q *queue) erase(user string) (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.jobs = slices.DeleteFunc(q.jobs, func(o *queued) bool {
		if user == "" || o.job.User != user {
			return false
		}
		n++
		return true
	})
	return n
}
