package jetstream_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// BenchmarkAccept is what the inbox adds to the time until Discord is answered.
func BenchmarkAccept(b *testing.B) {
	b.Run("embedded", func(b *testing.B) { accepts(b, open(b, jetstream.Options{Dir: stateDir(b)})) })
	b.Run("embedded, nobody works", func(b *testing.B) {
		s := open(b, jetstream.Options{Dir: stateDir(b)})
		var took []time.Duration
		for i := 0; b.Loop(); i++ {
			began := time.Now()
			if err := s.Accept(b.Context(), state.Job{ID: fmt.Sprint(i), Guild: fmt.Sprint(i / 40), Payload: make([]byte, 1000)}); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		percentiles(b, took)
	})
	for _, n := range []int{1, 3} {
		b.Run(fmt.Sprintf("servers=%d", n), func(b *testing.B) {
			accepts(b, open(b, jetstream.Options{URL: clustertest.Start(b, n).URL(), Replicas: n}))
		})
	}
}

func accepts(b *testing.B, s *jetstream.Store) {
	ctx, cancel := context.WithCancel(b.Context())
	done, ended := make(chan struct{}, 1), make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Work(ctx, 1, func(context.Context, state.Delivery) error { done <- struct{}{}; return nil })
	}()
	payload := make([]byte, 1000)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		if err := s.Accept(ctx, state.Job{ID: fmt.Sprint(i), Guild: "g", Payload: payload}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		<-done
	}
	percentiles(b, took)
	cancel()
	<-ended
}

func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkTake is what limits add to every question.
func BenchmarkTake(b *testing.B) {
	s := open(b, jetstream.Options{Dir: stateDir(b)})
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		_, err := s.Take(b.Context(), began, "", state.Quota{Key: fmt.Sprint("user:", i%500), Most: 6, Every: time.Minute}, state.Quota{Key: fmt.Sprint("channel:", i%50), Most: 30, Every: time.Minute})
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	percentiles(b, took)
}

// BenchmarkStart opens a store that holds 100,000 messages.
func BenchmarkStart(b *testing.B) {
	dir := full(b)
	for b.Loop() {
		s, err := jetstream.Open(b.Context(), jetstream.Options{Dir: dir, Watch: -1})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// full returns a directory with 100,000 messages of 500 bytes: answers, what shows them, votes and audits.
func full(t testing.TB) string {
	t.Helper()
	dir := stateDir(t)
	s, err := jetstream.Open(t.Context(), jetstream.Options{Dir: dir, Watch: -1})
	if err != nil {
		t.Fatal(err)
	}
	if err := jetstream.Fill(t.Context(), s, 100_000); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestMemoryOfAnEmbeddedEngine runs this test's binary again, once with an engine and once without.
func TestMemoryOfAnEmbeddedEngine(t *testing.T) {
	if dir := os.Getenv("ENLACE_TEST_ENGINE"); dir != "" {
		if dir != "none" {
			open(t, jetstream.Options{Dir: dir})
		}
		at := resident(t)
		debug.FreeOSMemory()
		fmt.Printf("resident %d %d KiB\n", at, resident(t))
		return
	}
	if !*long {
		t.Skip("only for its figures: go test ./bot/state/jetstream -run Memory -v -long")
	}
	resident(t)
	measure := func(dir string) (at, later int) {
		cmd := exec.Command(os.Args[0], "-test.run=^TestMemoryOfAnEmbeddedEngine$")
		cmd.Env = append(os.Environ(), "ENLACE_TEST_ENGINE="+dir)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscanf(string(out), "resident %d %d KiB", &at, &later); err != nil {
			t.Fatalf("%q: %v", out, err)
		}
		return at, later
	}
	none, _ := measure("none")
	empty, _ := measure(stateDir(t))
	hundred, later := measure(full(t))
	t.Logf("without an engine %d KiB, with an empty one +%d KiB, with 100,000 messages +%d KiB, and +%d KiB when what the start needed is free", none, empty-none, hundred-none, later-none)
	if added := empty - none; added > 25<<10 {
		t.Errorf("an empty engine adds %d KiB", added)
	}
}

// resident returns the process's resident memory.
func resident(t *testing.T) (kib int) {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		t.Skip("there is no /proc")
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		if rest, ok := strings.CutPrefix(sc.Text(), "VmRSS:"); ok {
			if _, err := fmt.Sscan(rest, &kib); err != nil {
				t.Fatal(err)
			}
		}
	}
	return kib
}
