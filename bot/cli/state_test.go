package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// fills is `fills DIR`: it puts something into the state of an embedded engine.
func fills(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fills DIR")
	}
	ts.Check(fillState(jetstream.Options{Dir: ts.MkAbs(args[0])}))
}

// holds is `holds DIR`: an engine runs on the directory until the script ends.
func holds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: holds DIR")
	}
	s, err := jetstream.Open(context.Background(), jetstream.Options{Dir: ts.MkAbs(args[0])})
	ts.Check(err)
	ts.Defer(func() { ts.Check(s.Close()) })
}

func fillState(o jetstream.Options) error {
	ctx, noon := context.Background(), time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	s, err := jetstream.Open(ctx, o)
	if err != nil {
		return err
	}
	steps := []error{
		s.PutBase(ctx, state.Base{Version: "sha256:5", At: noon, Why: "reload", Facts: 5}, []byte("a bundle"), ""),
		s.PutAudit(ctx, state.Audit{At: noon, Action: "reload", Allowed: true}),
	}
	for i := range 3 {
		steps = append(steps, s.PutAnswer(ctx, noon, state.Answer{ID: fmt.Sprint(i), Messages: []string{fmt.Sprint("m", i)}, At: noon}))
	}
	for i := range 2 {
		steps = append(steps, s.Accept(ctx, state.Job{ID: fmt.Sprint("j", i), Guild: "g", At: noon}))
	}
	return errors.Join(append(steps, s.Close())...)
}

// TestStateGrowsIntoAClusterAndBack moves a state by the commands that an operator types.
func TestStateGrowsIntoAClusterAndBack(t *testing.T) {
	c := clustertest.Start(t, 1)
	dir := t.TempDir()
	small := []string{"HOME=" + dir, "ENLACE_STATE_DIR=" + filepath.Join(dir, "small")}
	large := append(small[:1:1], "ENLACE_STATE_DIR="+filepath.Join(dir, "unused"), "ENLACE_STATE_URL="+c.URL())
	again := append(small[:1:1], "ENLACE_STATE_DIR="+filepath.Join(dir, "again"))
	if err := fillState(jetstream.Options{Dir: filepath.Join(dir, "small")}); err != nil {
		t.Fatal(err)
	}
	run := func(code int, environ []string, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		env := Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: io.MultiWriter(&errs, t.Output()), Environ: environ, Dir: dir}
		if got := Run(t.Context(), append([]string{"state"}, args...), env); got != code {
			t.Fatalf("%v: exit code %d, want %d\n%s", args, got, code, &errs)
		}
		return out.String() + errs.String()
	}
	holds := func(environ []string, place string) {
		t.Helper()
		says := run(done, environ, "inspect")
		for _, want := range []string{place, "questions: 2 waiting", "sha256:5, 5 facts", "KV_enlace_answers"} {
			if !strings.Contains(says, want) {
				t.Errorf("%q is not in\n%s", want, says)
			}
		}
	}
	run(done, small, "backup", "first")
	run(done, large, "restore", "first")
	holds(large, "the cluster of state.url")
	if says := run(failed, large, "restore", "first"); !strings.Contains(says, "holds a state already") {
		t.Error(says)
	}
	run(done, large, "backup", "second")
	run(done, again, "restore", "second")
	holds(again, "the embedded engine in "+filepath.Join(dir, "again"))

	empty := clustertest.Start(t, 1)
	there, err := jetstream.Open(t.Context(), jetstream.Options{URL: empty.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	if err := there.PutReplica(t.Context(), state.Replica{ID: "harbour-7"}); err != nil {
		t.Fatal(err)
	}
	busy := append(large[:2:2], "ENLACE_STATE_URL="+empty.URL())
	if says := run(failed, busy, "restore", "first"); !strings.Contains(says, "a bot runs on the cluster of state.url: harbour-7") {
		t.Error(says)
	}
	if err := there.RemoveReplica(t.Context(), "harbour-7"); err != nil {
		t.Fatal(err)
	}
	run(done, busy, "restore", "first")
}

func TestBytesAreWrittenForPeople(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 kB", 1024: "1 kB", 53_400: "53.4 kB", 999_449: "999.4 kB", 999_999: "1 MB", 64 << 20: "67.1 MB", 3e12: "3000 GB"} {
		if got := bytesText(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
