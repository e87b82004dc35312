package jetstream

import (
	"context"
	"errors"
	"fmt"
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
	until(t, "it is not written", func(ctx context.Context) error {
		e, err := s.limits.get(ctx, limitKey(state.Quota{Key: "user:1", Every: time.Minute}))
		if err != nil || !e.there() {
			return errors.Join(err, errors.New("there is none"))
		}
		return nil
	})
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
	if err := s.ledger.write(); !errors.Is(err, state.ErrDown) {
		t.Errorf("it was written: %v", err)
	}
	if err := s.server.start(); err != nil {
		t.Fatal(err)
	}
	until(t, "it is not written when the engine is back", func(ctx context.Context) error {
		e, err := s.limits.get(ctx, limitKey(q))
		if err != nil || !e.there() {
			return errors.Join(err, errors.New("there is none"))
		}
		return nil
	})
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
	if err := s.ledger.write(); err != nil {
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
				_ = s.ledger.write()
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
