package jetstream_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// leader returns which server leads a stream.
func leader(t *testing.T, s *jetstream.Store, c *clustertest.Cluster, stream string) int {
	t.Helper()
	in, err := s.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range in.Streams {
		for i := range c.Len() {
			if one.Name == stream && one.Leader == c.Name(i) {
				return i
			}
		}
	}
	t.Fatalf("nobody leads %s", stream)
	return 0
}

// holdLease renews a lease as the gateway does. What it returns ends that, and tells the longest time between the beginnings of two
// renewals that worked.
func holdLease(t *testing.T, s *jetstream.Store) (end func() (gap time.Duration)) {
	t.Helper()
	since := time.Now()
	revision, ok, err := s.PutLease(t.Context(), "shard.0", "{}", 0, 30*time.Second)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	stop, gaps := make(chan struct{}), make(chan time.Duration, 1)
	go func() {
		var gap time.Duration
		defer func() { gaps <- max(gap, time.Since(since)) }()
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
			}
			began := time.Now()
			next, ok, err := s.PutLease(context.Background(), "shard.0", "{}", revision, 30*time.Second)
			if err == nil && !ok { // one that was not answered may have been carried out
				err = s.EachLease(context.Background(), func(_, _ string, at uint64) { next, ok = at, true })
			}
			if err == nil && ok {
				gap, since, revision = max(gap, began.Sub(since)), began, next
			}
		}
	}()
	return func() time.Duration { close(stop); return <-gaps }
}

// TestNothingAcceptedIsLostWithALeader kills the leader of the inbox again and again, by SIGKILL, while questions come and are
// answered and a lease is held.
func TestNothingAcceptedIsLostWithALeader(t *testing.T) {
	if !*long {
		t.Skip("takes a minute: go test ./bot/state/jetstream -run Leader -long")
	}
	c := clustertest.Spawn(t, 3, clustertest.Build(t))
	asks := open(t, jetstream.Options{URL: c.URL(), Replicas: 3})
	works := open(t, jetstream.Options{URL: c.URL(), Replicas: 3, Timing: state.Timing{AckWait: 3 * time.Second}})
	leased := holdLease(t, works)
	ctx, cancel := context.WithCancel(t.Context())
	done, ended := map[string]int{}, make(chan error, 1)
	var mu sync.Mutex
	go func() {
		ended <- works.Work(ctx, 4, func(_ context.Context, d state.Delivery) error {
			mu.Lock()
			defer mu.Unlock()
			done[d.ID]++
			return nil
		})
	}()
	accepted, unknown, stop := map[string]bool{}, 0, make(chan struct{})
	var worst time.Duration
	var asking sync.WaitGroup
	asking.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
			id := fmt.Sprint(i)
			began := time.Now()
			try, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			if err := asks.Accept(try, state.Job{ID: id, Guild: fmt.Sprint(i % 50)}); err != nil {
				t.Logf("%s: %v", id, err)
				unknown++
			} else {
				accepted[id] = true
			}
			cancel()
			worst = max(worst, time.Since(began))
		}
	})
	const kills = 3
	for range kills {
		time.Sleep(2 * time.Second)
		i := leader(t, asks, c, "enlace_inbox")
		c.Kill(i)
		time.Sleep(8 * time.Second)
		c.Restart(i)
		c.Ready()
	}
	close(stop)
	asking.Wait()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if p, err := asks.Pending(t.Context()); err == nil && p == (state.Pending{}) {
			break
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	twice, lost := 0, 0
	for id := range accepted {
		switch n := done[id]; {
		case n == 0:
			lost++
			t.Errorf("%s was accepted and lost", id)
		case n > 1:
			twice++
		}
	}
	if gap := leased(); gap > 22*time.Second {
		t.Errorf("a lease could not be renewed for %s", gap)
	}
	t.Logf("%d kills: %d accepted, %d lost, %d unknown, %d delivered twice, longest wait %s", kills, len(accepted), lost, unknown, twice, worst)
}
