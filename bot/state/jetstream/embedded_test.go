package jetstream

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"enlace/bot/state"
)

// alone opens an embedded store that ends with the test. Health is looked at every watch.
func alone(t testing.TB, dir string, watch time.Duration) *Store {
	t.Helper()
	s, err := Open(t.Context(), Options{Dir: dir, Watch: watch, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
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

// until waits until something succeeds.
func until(t *testing.T, what string, do func(context.Context) error) time.Duration {
	t.Helper()
	began := time.Now()
	for {
		try, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		err := do(try)
		cancel()
		if err == nil {
			return time.Since(began)
		}
		if time.Since(began) > 40*time.Second {
			t.Fatalf("%s: %v", what, err)
		}
		_ = pause(t.Context(), 20*time.Millisecond)
	}
}

func TestWhatIsEmbeddedIsOnDiskBeforeItCounts(t *testing.T) {
	t.Parallel()
	s := alone(t, t.TempDir(), -1)
	if c := s.server.srv.JetStreamConfig(); !c.SyncAlways || c.MaxMemory != maxMemory || c.MaxStore != defaultMaxStore {
		t.Errorf("%+v", c)
	}
	if s.server.srv.Addr() != nil {
		t.Error("the embedded engine listens")
	}
}

func TestEveryStreamHasBounds(t *testing.T) {
	for _, replicas := range []int{1, 3} {
		var sum int64
		for _, c := range (layout{"x"}).streams(state.Timing{}.OrDefault(), replicas) {
			sum += c.MaxBytes
			if c.MaxBytes <= 0 || c.Replicas != replicas || c.AllowDirect || c.Storage != jetstream.FileStorage {
				t.Errorf("%+v", c)
			}
			if async := c.PersistMode == jetstream.AsyncPersistMode; async && replicas > 1 {
				t.Errorf("%s is asynchronous with %d replicas", c.Name, replicas)
			}
			if c.MaxAge > 0 && c.Duplicates > c.MaxAge {
				t.Errorf("%s knows ids for longer than messages", c.Name)
			}
			if strings.HasPrefix(c.Name, "KV_") && c.Discard != jetstream.DiscardOld {
				t.Errorf("%s takes nothing more when it is full", c.Name)
			}
			if inbox := strings.HasSuffix(c.Name, "inbox"); inbox != (c.Retention == jetstream.WorkQueuePolicy) {
				t.Errorf("%s: %s", c.Name, c.Retention)
			}
		}
		if sum > defaultMaxStore {
			t.Errorf("the streams may hold %d bytes, the store %d", sum, int64(defaultMaxStore))
		}
	}
}

func TestOpeningAgainChangesWhatHasChanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := alone(t, dir, -1)
	if err := s.PutMark(t.Context(), "paused", "yes"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{Dir: dir, Timing: state.Timing{AckWait: 7 * time.Second, Replica: 5 * time.Second}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if c, err := s.workers.Info(t.Context()); err != nil || c.Config.AckWait != 7*time.Second {
		t.Errorf("the workers' AckWait is %s, %v", c.Config.AckWait, err)
	}
	if c := s.replicas.stream.CachedInfo().Config; c.MaxAge != 5*time.Second || c.AllowDirect {
		t.Errorf("%+v", c)
	}
	if m, err := s.Marks(t.Context(), ""); err != nil || m["paused"] != "yes" {
		t.Errorf("%v, %v", m, err)
	}
}

func TestTwoProcessesCannotHaveOneDirectory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no lock there")
	}
	dir := t.TempDir()
	alone(t, dir, -1)
	if _, err := Open(t.Context(), Options{Dir: dir}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("%v", err)
	}
}

func TestADirectoryThatIsOpenToOthersIsClosed(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	alone(t, dir, -1)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestACombinationThatLosesStateIsRefused(t *testing.T) {
	t.Parallel()
	embedded, cluster := t.TempDir(), t.TempDir()
	if err := alone(t, embedded, -1).Close(); err != nil {
		t.Fatal(err)
	}
	if err := ClusterDir(embedded); err == nil || !strings.Contains(err.Error(), "enlace state backup") {
		t.Errorf("%v", err)
	}
	if err := errors.Join(ClusterDir(cluster), ClusterDir(cluster)); err != nil {
		t.Error(err)
	}
	for name, opts := range map[string]Options{
		"the directory of a cluster": {Dir: cluster},
		"replicas without a cluster": {Dir: t.TempDir(), Replicas: 3},
		"no directory":               {},
		"a bad prefix":               {Dir: t.TempDir(), Prefix: "a.b"},
		"a file":                     {Dir: filepath.Join(embedded, markerName)},
	} {
		if s, err := Open(t.Context(), opts); err == nil {
			t.Errorf("%s is taken", name)
			_ = s.Close()
		}
	}
	old := t.TempDir() // of a single server without a marker
	if err := os.Mkdir(filepath.Join(old, "jetstream"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := ClusterDir(old); err == nil {
		t.Error("a single server's directory is taken for a cluster")
	}
}

func TestAnEngineThatStoppedIsStartedAnew(t *testing.T) {
	t.Parallel()
	s := alone(t, t.TempDir(), 100*time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	done, bases := make(chan string, 10), make(chan string, 10)
	ended := make(chan error, 2)
	go func() {
		ended <- s.Work(ctx, 2, func(_ context.Context, d state.Delivery) error { done <- d.ID; return nil })
	}()
	go func() { ended <- s.WatchBase(ctx, func(b state.Base) { bases <- b.Version }, func(string) {}) }()
	if err := s.PutBase(ctx, state.Base{Version: "v1"}, nil, ""); err != nil {
		t.Fatal(err)
	}
	if v := <-bases; v != "v1" {
		t.Error(v)
	}
	s.server.srv.Shutdown()
	took := until(t, "the engine does not come back", func(ctx context.Context) error {
		return s.Accept(ctx, state.Job{ID: "after", Guild: "g"})
	})
	if id := <-done; id != "after" {
		t.Errorf("%s", id)
	}
	until(t, "no base can be put", func(ctx context.Context) error {
		return s.PutBase(ctx, state.Base{Version: "v2"}, nil, "v1")
	})
	if v := <-bases; v != "v2" {
		t.Error(v)
	}
	cancel()
	if err := errors.Join(<-ended, <-ended); err != nil {
		t.Error(err)
	}
	t.Logf("accepted again after %s", took)
}

func TestAClosedStoreSaysSo(t *testing.T) {
	t.Parallel()
	s := alone(t, t.TempDir(), -1)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	for _, err := range []error{s.Health(t.Context()), s.Accept(t.Context(), state.Job{ID: "1"}), s.PutMark(t.Context(), "a", "b"), s.Reserve(t.Context(), "d", "1", 1, 1)} {
		if !errors.Is(err, state.ErrDown) {
			t.Errorf("%v", err)
		}
	}
	if _, err := s.Claim(t.Context(), time.Now(), "a", time.Minute); !errors.Is(err, state.ErrDown) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestWhatIsWrittenAnewStillEnds(t *testing.T) {
	s := alone(t, t.TempDir(), -1)
	q := state.Quota{Key: "user:1", Most: 5, Every: time.Minute}
	for range 3 {
		if _, err := s.Take(t.Context(), time.Now(), "", q); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.ledger.write(tryTime); err != nil {
		t.Fatal(err)
	}
	for _, after := range []time.Duration{0, 2 * time.Minute} { // the second one over the first
		if won, err := s.Claim(t.Context(), time.Now().Add(after), "x", time.Minute); err != nil || !won {
			t.Fatal(won, err)
		}
	}
	for b, k := range map[*bucket]string{s.limits: limitKey(q), s.claims: key("x")} {
		if e, err := b.get(t.Context(), k); err != nil || e.header.Get(jetstream.MsgTTLHeader) == "" {
			t.Errorf("%s: %v, %v", k, e.header, err)
		}
	}
}

func TestWhatWasDoneBeforeARestartIsKnownByItsResult(t *testing.T) {
	dir := t.TempDir()
	j := state.Job{ID: "1", Guild: "g"}
	for i := range 3 { // the engine forgets the ids of jobs that were done when it restarts; nobody is answered twice all the same
		s := alone(t, dir, -1)
		if err := s.Accept(t.Context(), j); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- s.Work(ctx, 1, func(ctx context.Context, d state.Delivery) error {
				_, known, err := s.Result(ctx, d.ID)
				if err != nil || known != (i > 0) {
					t.Errorf("run %d: known %t, %v", i, known, err)
				}
				return s.PutResult(ctx, state.Result{ID: d.ID, Payload: []byte("answer")})
			})
		}()
		until(t, "it is not done", func(ctx context.Context) error {
			if p, err := s.Pending(ctx); err != nil || p != (state.Pending{}) {
				return errors.Join(err, errors.New("it is pending"))
			}
			return nil
		})
		cancel()
		if err := errors.Join(<-ended, s.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingGoesOnAfterClose(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s := alone(t, t.TempDir(), time.Hour)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.WatchBase(ctx, func(state.Base) {}, func(string) {}) }()
	watched := make(chan error, 1)
	go func() { watched <- s.WatchLeases(ctx, func(string, string, uint64) {}) }()
	if err := s.PutMark(ctx, "a", "b"); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-watched; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := errors.Join(<-ended, s.Close()); err != nil {
		t.Fatal(err)
	}
	goleak.VerifyNone(t, before)
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "user:1", "a=b", "=", "ñ.*>", "\x00\xff", "a b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k := key(s)
		if strings.ContainsAny(k, ".*> \r\n\t") || k == "" {
			t.Errorf("%q is no token", k)
		}
		if back := unkey(k); back != s && s != "" {
			t.Errorf("%q came back as %q", s, back)
		}
		_ = unkey(s) // anything can be in a stream
	})
}

func TestSpendingIsPackedInOneNumber(t *testing.T) {
	for _, want := range []state.Spending{{}, {Taken: 1}, {Reserved: 1}, {Taken: 1 << 50, Reserved: 1 << 50}, {Taken: 5, Reserved: -3}, {Reserved: -3}} {
		if got := unpack(pack(want.Taken, want.Reserved)); got != want {
			t.Errorf("%+v came back as %+v", want, got)
		}
	}
}
