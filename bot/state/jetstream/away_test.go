package jetstream_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// every calls methods of all kinds, each with a deadline.
func every(t *testing.T, s *jetstream.Store, within time.Duration) (errs []error) {
	for _, do := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := s.Claim(ctx, noon, "x", time.Minute); return err },
		func(ctx context.Context) error {
			_, err := s.Take(ctx, noon, "", state.Quota{Key: "a", Most: 1000, Every: time.Minute}, state.Quota{Key: "b", Most: 1000, Every: time.Minute})
			return err
		},
		func(ctx context.Context) error { return s.PutAnswer(ctx, noon, state.Answer{ID: "a", At: noon}) },
		func(ctx context.Context) error { _, _, err := s.AnswerIn(ctx, noon, "m"); return err },
		func(ctx context.Context) error { return s.PutAudit(ctx, state.Audit{}) },
		func(ctx context.Context) error { _, err := s.Marks(ctx, ""); return err },
		func(ctx context.Context) error {
			_, err := s.Bundle(ctx, "v")
			if errors.Is(err, state.ErrUnknownBase) {
				err = nil
			}
			return err
		},
		func(ctx context.Context) error {
			return s.Accept(ctx, state.Job{ID: fmt.Sprint(time.Now().UnixNano()), Guild: "g"})
		},
		func(ctx context.Context) error { return s.PutResult(ctx, state.Result{ID: "x"}) },
		func(ctx context.Context) error {
			return s.Reserve(ctx, "2026-11-22", fmt.Sprint(time.Now().UnixNano()), 1, 0)
		},
		func(ctx context.Context) error { return s.EachLease(ctx, func(string, string, uint64) {}) },
		func(ctx context.Context) error { return s.PutReplica(ctx, state.Replica{ID: "r"}) },
		s.Health,
	} {
		ctx, cancel := context.WithTimeout(t.Context(), within)
		errs = append(errs, do(ctx))
		cancel()
	}
	return errs
}

// down checks that everything fails by name and in time, and well that everything works.
func down(t *testing.T, s *jetstream.Store) {
	t.Helper()
	const within = 150 * time.Millisecond
	began := time.Now()
	errs := every(t, s, within)
	for i, err := range errs {
		if !errors.Is(err, state.ErrDown) {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if took := time.Since(began); took > time.Duration(len(errs))*within+2*time.Second {
		t.Errorf("it took %s", took)
	}
}

func well(t *testing.T, s *jetstream.Store) {
	t.Helper()
	for i, err := range every(t, s, 20*time.Second) {
		if err != nil {
			t.Errorf("call %d: %v", i, err)
		}
	}
}

func TestAnEngineOutOfReachIsNamedAndOvercome(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, 1)
	s := open(t, jetstream.Options{URL: c.URL()})
	ctx, cancel := context.WithCancel(t.Context())
	done, ended := make(chan string, 10), make(chan error, 1)
	go func() {
		ended <- s.Work(ctx, 2, func(_ context.Context, d state.Delivery) error {
			if d.ID == "wanted" {
				done <- d.ID
			}
			return nil
		})
	}()
	well(t, s)
	c.Kill(0)
	down(t, s)
	c.Restart(0)
	c.Ready()
	well(t, s)
	if err := s.Accept(t.Context(), state.Job{ID: "wanted", Guild: "g"}); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Error("nobody works any more")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAnEngineThatIsNotThereIsNamed(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err := jetstream.Open(ctx, jetstream.Options{URL: "nats://user:secret@127.0.0.1:1"})
	if !errors.Is(err, state.ErrDown) || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}

// gate passes bytes on to a server while it is open.
type gate struct {
	mu   sync.Mutex
	open chan struct{}
}

func (g *gate) wait() {
	g.mu.Lock()
	open := g.open
	g.mu.Unlock()
	<-open
}

func (g *gate) shut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.open = make(chan struct{})
}

func (g *gate) pass(to io.Writer, from io.Reader) {
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		g.wait()
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

// through listens on another address of a server.
func (g *gate) through(t *testing.T, url string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", strings.TrimPrefix(url, "nats://"))
			if err != nil {
				_ = in.Close()
				continue
			}
			go func() { g.pass(out, in); _ = out.Close() }()
			go func() { g.pass(in, out); _ = in.Close() }()
		}
	}()
	return "nats://" + l.Addr().String()
}

func TestAnEngineThatHangsIsNamedAndOvercome(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, 1)
	opened := make(chan struct{})
	close(opened)
	g := &gate{open: opened}
	s := open(t, jetstream.Options{URL: g.through(t, c.URL())})
	well(t, s)
	g.shut()
	down(t, s)
	close(g.open)
	well(t, s)
}
