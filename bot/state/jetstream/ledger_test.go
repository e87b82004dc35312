package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"enlace/bot/state"
)

// takes counts a call for a limit, and reports whether there was room.
func takes(t *testing.T, s *Store, now time.Time, user string) bool {
	t.Helper()
	wait, err := s.Take(t.Context(), now, "", state.Quota{Key: "user:" + user, Most: 1, Every: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return wait == 0
}

// written waits until what a user did is written.
func written(t *testing.T, s *Store, user string) {
	t.Helper()
	until(t, "it is not written", func(ctx context.Context) error {
		e, err := s.limits.get(ctx, limitKey(state.Quota{Key: "user:" + user, Every: time.Minute}))
		if err != nil || !e.there() {
			return errors.Join(err, errors.New("there is none"))
		}
		return nil
	})
}

func TestLimitsOutliveTheProcess(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	s := alone(t, dir, -1)
	if !takes(t, s, now, "1") || takes(t, s, now, "1") {
		t.Fatal("one may, once")
	}
	if err := s.Close(); err != nil { // what was counted a moment ago is not written yet
		t.Fatal(err)
	}
	s = alone(t, dir, -1)
	if takes(t, s, time.Now(), "1") {
		t.Error("the limit is forgotten")
	}
	if !takes(t, s, time.Now(), "2") {
		t.Error("somebody who did nothing has no room")
	}
}

func TestLimitsAreWrittenBehind(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	takes(t, s, time.Now(), "1")
	written(t, s, "1")
}

// TestNothingIsReadThatCannotCount has the engine go away after a process has run for longer than a limit looks back: whatever counts it
// has counted itself, so a question need not wait for the engine.
func TestNothingIsReadThatCannotCount(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	now := time.Now()
	takes(t, s, now, "1")
	s.server.stop()
	if takes(t, s, now, "1") {
		t.Error("what was counted a moment ago is unknown")
	}
	brief, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	q := state.Quota{Key: "user:2", Most: 1, Every: time.Minute}
	if _, err := s.Take(brief, now, "", q); !errors.Is(err, state.ErrDown) {
		t.Errorf("what may have counted before the start is not read: %v", err)
	}
	if wait, err := s.Take(t.Context(), now.Add(2*time.Minute), "", q); wait != 0 || err != nil {
		t.Error(wait, err)
	}
	if err := s.ledger.write(tryTime); !errors.Is(err, state.ErrDown) {
		t.Errorf("it was written: %v", err)
	}
	if err := s.server.start(); err != nil {
		t.Fatal(err)
	}
	written(t, s, "2")
}

func TestTheLedgerIsBounded(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	now := time.Now()
	fill := func(from, n int, now time.Time) {
		for i := range n {
			q := state.Quota{Key: fmt.Sprint("user:", from+i), Most: 1, Every: time.Minute}
			s.ledger.mu.Lock()
			s.ledger.put(now, q, state.Uses{}.Add(now, ""))
			s.ledger.list[limitKey(q)].dirty = false
			s.ledger.mu.Unlock()
		}
		if n := len(s.ledger.list); n > state.MaxQuotas {
			t.Errorf("%d limits are kept", n)
		}
	}
	q := state.Quota{Key: "user:x", Most: 1, Every: time.Minute}
	if _, err := s.Take(t.Context(), now, "", q); err != nil {
		t.Fatal(err)
	}
	if err := s.ledger.write(tryTime); err != nil {
		t.Fatal(err)
	}
	fill(0, state.MaxQuotas+10, now)
	if s.ledger.list[limitKey(q)] != nil {
		t.Fatal("there was no need to make room")
	}
	if wait, err := s.Take(t.Context(), now, "", q); err != nil || wait == 0 {
		t.Errorf("what was dropped is not read again: %s, %v", wait, err)
	}
	fill(state.MaxQuotas*2, state.MaxQuotas-len(s.ledger.list), now) // full
	since := s.ledger.since
	fill(state.MaxQuotas*4, 100, now.Add(time.Hour))
	if n := len(s.ledger.list); n != 100 || s.ledger.since != since {
		t.Errorf("%d limits are kept where 100 count, and what is not among them has to be read again: %t", n, s.ledger.since != since)
	}
}

func TestWhatIsReadIsBoundedToo(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	for i := range state.MaxQuotas + 10 {
		if _, err := s.Used(t.Context(), time.Now(), state.Quota{Key: fmt.Sprint("user:", i), Most: 1, Every: time.Hour}); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.ledger.list); n > state.MaxQuotas {
		t.Errorf("%d limits are kept", n)
	}
}

func TestWhatIsBeingWrittenIsNotForgotten(t *testing.T) {
	l := newLedger(nil, slog.New(slog.DiscardHandler))
	now := time.Now()
	add := func(user int) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.put(now, state.Quota{Key: fmt.Sprint("user:", user), Most: 1, Every: time.Minute}, state.Uses{}.Add(now, ""))
	}
	add(0)
	if n := len(l.begin()); n != 1 {
		t.Fatalf("%d limits are to be written", n)
	}
	for i := range state.MaxQuotas { // the last one makes room
		add(i + 1)
		if i < state.MaxQuotas-2 {
			l.list[limitKey(state.Quota{Key: fmt.Sprint("user:", i+1), Every: time.Minute})].dirty = false
		}
	}
	key := limitKey(state.Quota{Key: "user:0", Every: time.Minute})
	if n := len(l.list); n > 3 || l.list[key] == nil || l.since != now {
		t.Errorf("%d limits are left; that which is being written: %v", n, l.list[key])
	}
	if l.end(key, state.ErrDown); !l.list[key].dirty || l.list[key].going {
		t.Errorf("what was not written is %+v", *l.list[key])
	}
	for i := range 2 * state.MaxQuotas { // and when nothing can be written
		add(i)
	}
	if n := len(l.list); n > state.MaxQuotas {
		t.Errorf("%d limits are kept that cannot be written", n)
	}
}

func TestAnErasureKeepsNobodyWaiting(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	now := time.Now()
	takes(t, s, now, "1")
	if err := s.ledger.write(tryTime); err != nil {
		t.Fatal(err)
	}
	asked := 0
	err := s.ledger.erase("1", func() error {
		for _, user := range []string{"1", "2"} { // what was counted of the one is gone, though it is written still
			if takes(t, s, now, user) {
				asked++
			}
		}
		return nil
	})
	if err != nil || asked != 2 {
		t.Errorf("%d may ask, %v", asked, err)
	}
}

func TestWhoIsErasedIsNotWrittenAgain(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	now := time.Now()
	stop, going := make(chan struct{}), sync.WaitGroup{}
	going.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				_ = s.ledger.write(tryTime)
			}
		}
	})
	for i := range 20 {
		user := fmt.Sprint("u", i)
		takes(t, s, now, user)
		if _, err := s.Erase(t.Context(), user); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	going.Wait()
	if keys, err := s.limits.keys(t.Context()); len(keys) > 0 || err != nil {
		t.Errorf("%v are left, %v", keys, err)
	}
}

func TestBriefClaimsEndWithTheProcess(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		s := alone(t, dir, -1)
		for i, want := range []bool{true, false} {
			if won, err := s.ClaimBriefly(t.Context(), time.Now(), "interaction:1", time.Hour); won != want || err != nil {
				t.Errorf("claim %d: %t, %v", i, won, err)
			}
		}
		if keys, err := s.claims.keys(t.Context()); len(keys) > 0 || err != nil {
			t.Errorf("%v are written, %v", keys, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
