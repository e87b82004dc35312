package jetstream_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	js "github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
	"enlace/bot/state/statetest"
)

var long = flag.Bool("long", false, "run the slow tests as well: a cluster of three servers")

// open opens a store that ends with the test.
func open(t testing.TB, opts jetstream.Options) *jetstream.Store {
	t.Helper()
	if opts.Log == nil {
		opts.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	s, err := jetstream.Open(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func stateDir(t testing.TB) string { return filepath.Join(t.TempDir(), "state") }

func TestEmbeddedConforms(t *testing.T) {
	t.Parallel()
	statetest.Run(t, func(t *testing.T) state.Store { return open(t, jetstream.Options{Dir: stateDir(t)}) })
	statetest.RunEngine(t, func(t *testing.T, timing state.Timing) state.Engine {
		return open(t, jetstream.Options{Dir: stateDir(t), Timing: timing})
	})
}

// several opens handles on one engine of a prefix that no other test has.
func several(t *testing.T, c *clustertest.Cluster, n int, timing state.Timing) (all []state.Engine) {
	t.Helper()
	prefix := fmt.Sprintf("t%d", prefixes.Add(1))
	t.Cleanup(func() { remove(t, c.URL(), prefix) })
	for range n {
		all = append(all, open(t, jetstream.Options{URL: c.URL(), Replicas: c.Len(), Prefix: prefix, Timing: timing}))
	}
	return all
}

var prefixes atomic.Int32

// remove removes the streams of a prefix, so that a cluster holds those of few tests at a time.
func remove(t *testing.T, url, prefix string) {
	nc, err := nats.Connect(url)
	if err != nil {
		t.Error(err)
		return
	}
	defer nc.Close()
	api, err := js.New(nc)
	if err != nil {
		t.Error(err)
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for name := range api.StreamNames(ctx).Name() {
		for _, kind := range []string{"KV_", "OBJ_", ""} {
			if len(name) > len(kind+prefix) && name[:len(kind+prefix)+1] == kind+prefix+"_" {
				if err := api.DeleteStream(ctx, name); err != nil {
					t.Error(err)
				}
			}
		}
	}
}

func TestReplicasOfOneServerConform(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, 1)
	statetest.RunShared(t, func(t *testing.T, n int, timing state.Timing) []state.Engine { return several(t, c, n, timing) })
}

func TestClusterConforms(t *testing.T) {
	if !*long {
		t.Skip("takes minutes: go test ./bot/state/jetstream -run Cluster -long")
	}
	c := clustertest.Start(t, 3)
	timing := statetest.Quick()
	statetest.RunShared(t, func(t *testing.T, n int, _ state.Timing) []state.Engine { return several(t, c, n, timing) })
	statetest.Run(t, func(t *testing.T) state.Store { return several(t, c, 1, timing)[0] })
	statetest.RunEngine(t, func(t *testing.T, timing state.Timing) state.Engine { return several(t, c, 1, timing)[0] })
}
