package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/bot/state"
)

// RunEngine holds an engine to package state's promises, those of [Run] aside. Open returns an empty one with a timing, which ends
// with the test.
func RunEngine(t *testing.T, open func(t *testing.T, timing state.Timing) state.Engine) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, state.Engine)
	}{
		{"an accepted job is done once", jobDone},
		{"the same job is accepted once", jobOnce},
		{"a guild that asks too much is refused, others are not", jobFull},
		{"a job that is too large is refused", jobLarge},
		{"a job that fails comes again until it is the last time", jobFails},
		{"a handler that panics has failed", jobPanics},
		{"a long job is not given to others", jobLong},
		{"no more jobs at a time than slots", jobSlots},
		{"whoever stops working finishes what was begun", workEnds},
		{"results are kept for a while", results},
		{"a budget lets the last call through alone", budget},
		{"a budget counts every call once", budgetOnce},
		{"a budget is exact for many at a time", func(t *testing.T, e state.Engine) { exactBudget(t, []state.Budget{e}, 8, 30) }},
		{"days have budgets of their own", budgetDays},
		{"replicas are there while they say so", presence},
		{"erasing forgets what is not done yet", eraseJobs},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel() // most of them wait
			c.run(t, open(t, Quick()))
		})
	}
}

// work has jobs done until the test ends, or stop is called.
func work(t *testing.T, e state.Inbox, slots int, handle func(context.Context, state.Delivery) error) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Work(ctx, slots, handle) }()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := receive(t, "the end of the work", ended); err != nil {
				t.Error(err)
			}
		})
	}
	t.Cleanup(stop)
	return stop
}

func job(id string) state.Job {
	return state.Job{ID: id, Guild: "g1", User: "u1", Kind: "question", Payload: []byte(`{"a":"ñ"}`), At: Start, Deadline: Start.Add(15 * time.Minute)}
}

func empty(t *testing.T, e state.Inbox) {
	t.Helper()
	eventually(t, "nothing is pending", func() bool { return value(e.Pending(t.Context())) == state.Pending{} })
}

func jobDone(t *testing.T, e state.Engine) {
	for i := range 20 {
		must(t, e.Accept(t.Context(), job(fmt.Sprint(i))))
	}
	if p := value(e.Pending(t.Context())); p.Waiting != 20 || p.Working != 0 {
		t.Errorf("%+v", p)
	}
	done := make(chan state.Delivery, 100)
	work(t, e, 4, func(_ context.Context, d state.Delivery) error { done <- d; return nil })
	seen := map[string]bool{}
	for range 20 {
		d := receive(t, "a job", done)
		if seen[d.ID] || d.Try != 1 || d.Last {
			t.Errorf("%+v", d)
		}
		seen[d.ID] = true
		equalJSON(t, d.Job, job(d.ID))
	}
	empty(t, e)
	if len(done) != 0 {
		t.Errorf("%d jobs were done twice", len(done))
	}
}

func jobOnce(t *testing.T, e state.Engine) {
	wg := sync.WaitGroup{}
	for range 8 {
		wg.Go(func() {
			if err := e.Accept(t.Context(), job("same")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	done := make(chan state.Delivery, 100)
	work(t, e, 2, func(_ context.Context, d state.Delivery) error { done <- d; return nil })
	receive(t, "the job", done)
	empty(t, e)
	must(t, e.Accept(t.Context(), job("same"))) // it was done a moment ago
	must(t, e.Accept(t.Context(), job("next")))
	if d := receive(t, "the next job", done); d.ID != "next" {
		t.Errorf("%s again", d.ID)
	}
}

func jobFull(t *testing.T, e state.Engine) {
	for i := range state.MaxPending {
		must(t, e.Accept(t.Context(), job(fmt.Sprint(i))))
	}
	if err := e.Accept(t.Context(), job("one too many")); !errors.Is(err, state.ErrFull) {
		t.Errorf("%v", err)
	}
	must(t, e.Accept(t.Context(), job("3")))
	other := job("another guild's")
	other.Guild = "g.2 *"
	must(t, e.Accept(t.Context(), other))
	direct := job("direct")
	direct.Guild = ""
	must(t, e.Accept(t.Context(), direct))
	stop := work(t, e, 8, func(context.Context, state.Delivery) error { return nil })
	empty(t, e)
	stop()
	must(t, e.Accept(t.Context(), job("later")))
}

func jobLarge(t *testing.T, e state.Engine) {
	j := job("large")
	j.Payload = make([]byte, state.MaxJob)
	must(t, e.Accept(t.Context(), j))
	j.ID, j.Payload = "larger", make([]byte, state.MaxJob+1)
	if err := e.Accept(t.Context(), j); !errors.Is(err, state.ErrTooLarge) {
		t.Errorf("%v", err)
	}
	if err := e.PutResult(t.Context(), state.Result{ID: "r", Payload: make([]byte, state.MaxResult+1)}); !errors.Is(err, state.ErrTooLarge) {
		t.Errorf("%v", err)
	}
	must(t, e.PutResult(t.Context(), state.Result{ID: "r", Payload: make([]byte, state.MaxResult)}))
}

func jobFails(t *testing.T, e state.Engine) {
	must(t, e.Accept(t.Context(), job("bad")))
	tries := make(chan state.Delivery, 100)
	work(t, e, 2, func(_ context.Context, d state.Delivery) error { tries <- d; return errors.New("no") })
	for i := 1; i <= state.MaxTries; i++ {
		if d := receive(t, "a try", tries); d.Try != i || d.Last != (i == state.MaxTries) {
			t.Errorf("try %d: %d, last %t", i, d.Try, d.Last)
		}
	}
	empty(t, e)
	if len(tries) != 0 {
		t.Error("it comes again")
	}
}

func jobPanics(t *testing.T, e state.Engine) {
	must(t, e.Accept(t.Context(), job("bad")))
	done := make(chan int, 10)
	work(t, e, 1, func(_ context.Context, d state.Delivery) error {
		if d.Try == 1 {
			panic("no")
		}
		done <- d.Try
		return nil
	})
	if try := receive(t, "another try", done); try != 2 {
		t.Errorf("try %d", try)
	}
}

// jobLong works for longer than a job may go without a sign.
func jobLong(t *testing.T, e state.Engine) {
	must(t, e.Accept(t.Context(), job("long")))
	var began atomic.Int32
	done := make(chan struct{}, 10)
	work(t, e, 2, func(context.Context, state.Delivery) error {
		began.Add(1)
		<-time.After(5 * Quick().AckWait / 2)
		done <- struct{}{}
		return nil
	})
	receive(t, "the job", done)
	empty(t, e)
	if n := began.Load(); n != 1 {
		t.Errorf("it was begun %d times", n)
	}
}

func jobSlots(t *testing.T, e state.Engine) {
	for i := range 12 {
		must(t, e.Accept(t.Context(), job(fmt.Sprint(i))))
	}
	var now, most atomic.Int32
	enough, release := make(chan struct{}, 12), make(chan struct{})
	work(t, e, 3, func(context.Context, state.Delivery) error {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		enough <- struct{}{}
		<-release
		now.Add(-1)
		return nil
	})
	for range 3 {
		receive(t, "a slot", enough)
	}
	if p := value(e.Pending(t.Context())); p.Working != 3 || p.Waiting != 9 {
		t.Errorf("%+v", p)
	}
	close(release)
	empty(t, e)
	if n := most.Load(); n != 3 {
		t.Errorf("%d at a time", n)
	}
}

func workEnds(t *testing.T, e state.Engine) {
	must(t, e.Accept(t.Context(), job("begun")))
	ctx, cancel := context.WithCancel(t.Context())
	began, finish, ended := make(chan error, 10), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- e.Work(ctx, 2, func(ctx context.Context, _ state.Delivery) error {
			began <- nil
			<-finish
			began <- ctx.Err()
			return nil
		})
	}()
	receive(t, "a job", began)
	cancel()
	select {
	case <-ended:
		t.Error("a job is left alone")
	default:
	}
	close(finish)
	must(t, receive(t, "the handler's context", began))
	must(t, receive(t, "the end", ended))
	empty(t, e)
	must(t, e.Accept(t.Context(), job("for others")))
	if p := value(e.Pending(t.Context())); p.Waiting+p.Working != 1 {
		t.Errorf("%+v", p)
	}
	done := make(chan string, 10)
	work(t, e, 1, func(_ context.Context, d state.Delivery) error { done <- d.ID; return nil })
	if id := receive(t, "the other's job", done); id != "for others" {
		t.Errorf("%s", id)
	}
}

func results(t *testing.T, e state.Engine) {
	missing[state.Result](t)(e.Result(t.Context(), "1"))
	for _, text := range []string{"first", "second"} {
		want := state.Result{ID: "1", User: "u:1", Payload: []byte(text)}
		must(t, e.PutResult(t.Context(), want))
		equalJSON(t, found[state.Result](t)(e.Result(t.Context(), "1")), want)
	}
	must(t, e.PutResult(t.Context(), state.Result{ID: "nobody's", Payload: []byte("x")}))
	if r := found[state.Result](t)(e.Result(t.Context(), "nobody's")); r.User != "" {
		t.Errorf("%q", r.User)
	}
	missing[state.Result](t)(e.Result(t.Context(), "2"))
	eventually(t, "a result is forgotten", func() bool {
		_, ok, err := e.Result(t.Context(), "1")
		must(t, err)
		return !ok
	})
}

const day = "2026-11-22"

// refused fails where a reservation is answered by another error.
func refused(t *testing.T, e state.Budget, id string, tokens, limit int64, want error) {
	t.Helper()
	if err := e.Reserve(t.Context(), day, id, tokens, limit); !errors.Is(err, want) || want == nil && err != nil {
		t.Fatalf("reserving %d: %v, want %v", tokens, err, want)
	}
}

func spent(t *testing.T, e state.Budget, taken, reserved int64) {
	t.Helper()
	if s := value(e.Spent(t.Context(), day)); s.Taken != taken || s.Reserved != reserved {
		t.Errorf("%+v, want %d taken and %d reserved", s, taken, reserved)
	}
}

func budget(t *testing.T, e state.Engine) {
	spent(t, e, 0, 0)
	refused(t, e, "1", 600, 1000, nil)
	refused(t, e, "2", 600, 1000, state.ErrReserved)
	refused(t, e, "3", 400, 1000, nil)
	must(t, e.Settle(t.Context(), day, "1", 600, 300))
	must(t, e.Settle(t.Context(), day, "3", 400, 300))
	refused(t, e, "4", 5000, 1000, nil) // 400 are left, and nothing is reserved
	refused(t, e, "5", 1, 1000, state.ErrReserved)
	spent(t, e, 600, 5000)
	must(t, e.Settle(t.Context(), day, "4", 5000, 5000))
	refused(t, e, "6", 1, 1000, state.ErrSpent)
	spent(t, e, 5600, 0)
	refused(t, e, "7", 1e9, 0, nil) // without a limit
	must(t, e.Settle(t.Context(), day, "7", 1e9, 1<<62))
	spent(t, e, 5600+state.MaxSpend, 0)
}

func budgetOnce(t *testing.T, e state.Engine) {
	for range 3 {
		refused(t, e, "1", 600, 1000, nil)
	}
	spent(t, e, 0, 600)
	for range 3 {
		must(t, e.Settle(t.Context(), day, "1", 600, 700))
	}
	spent(t, e, 700, 0)
}

func budgetDays(t *testing.T, e state.Engine) {
	refused(t, e, "1", 1000, 1000, nil)
	must(t, e.Reserve(t.Context(), "2026-11-23", "1", 1000, 1000))
	must(t, e.Settle(t.Context(), "2026-11-23", "1", 1000, 10))
	spent(t, e, 0, 1000)
	if s := value(e.Spent(t.Context(), "2026-11-23")); s.Taken != 10 || s.Reserved != 0 {
		t.Errorf("%+v", s)
	}
}

// exactBudget has writers spend a day's tokens, each call of which takes what it reserved.
func exactBudget(t *testing.T, stores []state.Budget, writers, calls int) {
	t.Helper()
	const limit, tokens = 10_000, 300
	var took atomic.Int64
	wg := sync.WaitGroup{}
	for w := range writers {
		wg.Go(func() {
			e := stores[w%len(stores)]
			for i := range calls {
				id := fmt.Sprintf("%d-%d", w, i)
				switch err := e.Reserve(t.Context(), day, id, tokens, limit); {
				case err == nil:
					took.Add(tokens)
					if err := e.Settle(t.Context(), day, id, tokens, tokens); err != nil {
						t.Error(err)
					}
				case !errors.Is(err, state.ErrSpent) && !errors.Is(err, state.ErrReserved):
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	spent(t, stores[0], took.Load(), 0)
	if n := took.Load(); n > limit+tokens {
		t.Errorf("%d tokens of %d are spent", n, limit)
	}
	if n := took.Load(); n < limit {
		t.Logf("%d of %d are spent; the rest was refused while others held it", n, limit)
		for i := range 1 + limit/tokens {
			id := fmt.Sprint("late", i)
			if stores[0].Reserve(t.Context(), day, id, tokens, limit) == nil {
				must(t, stores[0].Settle(t.Context(), day, id, tokens, tokens))
			}
		}
		if s := value(stores[0].Spent(t.Context(), day)); s.Taken < limit || s.Taken > limit+tokens {
			t.Errorf("%+v after all is spent", s)
		}
	}
}

func presence(t *testing.T, e state.Engine) {
	for _, id := range []string{"b", "a", "c"} {
		must(t, e.PutReplica(t.Context(), state.Replica{ID: id, Facts: "v1", Shards: []int{0, 2}, Build: "1.0", Since: Start}))
	}
	must(t, e.PutReplica(t.Context(), state.Replica{ID: "b", Facts: "v2", Since: Start}))
	must(t, e.RemoveReplica(t.Context(), "c"))
	equalJSON(t, value(e.Replicas(t.Context())), []state.Replica{{ID: "a", Facts: "v1", Shards: []int{0, 2}, Build: "1.0", Since: Start}, {ID: "b", Facts: "v2", Since: Start}})
	eventually(t, "replicas that say nothing are gone", func() bool { return len(value(e.Replicas(t.Context()))) == 0 })
	ctx, cancel := context.WithCancel(t.Context())
	var facts atomic.Value
	facts.Store("v1")
	changed, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		state.Announce(ctx, e, changed, func() state.Replica { return state.Replica{ID: "me", Facts: facts.Load().(string)} }, func(err error) { t.Error(err) })
	}()
	on := func(version string) func() bool {
		return func() bool {
			return slices.ContainsFunc(value(e.Replicas(t.Context())), func(r state.Replica) bool { return r.ID == "me" && r.Facts == version })
		}
	}
	eventually(t, "a replica is there", on("v1"))
	facts.Store("v2")
	changed <- struct{}{}
	eventually(t, "its version is told", on("v2"))
	cancel()
	receive(t, "the end", ended)
	if list := value(e.Replicas(t.Context())); len(list) != 0 {
		t.Errorf("%v", list)
	}
}

func eraseJobs(t *testing.T, e state.Engine) {
	other := job("theirs")
	other.User = "u12"
	must(t, e.Accept(t.Context(), job("mine")))
	must(t, e.Accept(t.Context(), other))
	must(t, e.PutResult(t.Context(), state.Result{ID: "1", User: "u1"}))
	must(t, e.PutResult(t.Context(), state.Result{ID: "2", User: "u12"}))
	equalJSON(t, value(e.Erase(t.Context(), "u1")), state.Erased{Jobs: 2})
	missing[state.Result](t)(e.Result(t.Context(), "1"))
	found[state.Result](t)(e.Result(t.Context(), "2"))
	done := make(chan string, 10)
	work(t, e, 1, func(_ context.Context, d state.Delivery) error { done <- d.ID; return nil })
	if id := receive(t, "a job", done); id != "theirs" {
		t.Errorf("%s is left", id)
	}
	empty(t, e)
}
