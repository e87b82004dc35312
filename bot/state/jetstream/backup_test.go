package jetstream_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fill writes something of everything.
func fill(t *testing.T, s state.Engine) {
	t.Helper()
	ctx := t.Context()
	bundle := make([]byte, 1<<20)
	bundle[7] = 7
	steps := []error{
		s.PutBase(ctx, state.Base{Version: "v1", At: noon}, []byte("one"), ""),
		s.PutBase(ctx, state.Base{Version: "v2", At: noon}, bundle, "v1"),
		s.PutVote(ctx, state.Vote{Answer: "a1", User: "u", Up: true, At: noon}),
		s.PutAudit(ctx, state.Audit{At: noon, Action: "reload"}),
		s.PutMark(ctx, "paused", "yes"), s.PutRegistered(ctx, "app/", "hash"),
		s.PutLast(ctx, noon, "dm:1", "a1"), s.PutResult(ctx, state.Result{ID: "j", Payload: []byte("r")}),
		s.Reserve(ctx, "2026-11-22", "1", 70, 0), s.Settle(ctx, "2026-11-22", "1", 70, 77), s.Reserve(ctx, "2026-11-22", "2", 5, 0),
	}
	for i := range 300 {
		steps = append(steps, s.PutAnswer(ctx, noon, state.Answer{ID: fmt.Sprint("a", i), Messages: []string{fmt.Sprint("m", i)}, At: noon, Asked: strings.Repeat("x", 1000)}))
	}
	for i := range 40 {
		steps = append(steps, s.Accept(ctx, state.Job{ID: fmt.Sprint("j", i), Guild: "g"}))
	}
	_, err := s.Take(ctx, noon, "", state.Quota{Key: "user:u", Most: 1, Every: time.Hour})
	for _, err := range append(steps, err) {
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := 0
	_ = s.Work(ctx, 1, func(context.Context, state.Delivery) error { // the consumer is somewhere in the middle
		if done++; done == 10 {
			cancel()
		}
		return nil
	})
}

// filled checks that everything is there.
func filled(t *testing.T, s state.Engine) {
	t.Helper()
	ctx := t.Context()
	if b, ok, err := s.LiveBase(ctx); !ok || err != nil || b.Version != "v2" {
		t.Errorf("%+v, %v", b, err)
	}
	if bundle, err := s.Bundle(ctx, "v2"); err != nil || len(bundle) != 1<<20 || bundle[7] != 7 {
		t.Errorf("%d bytes, %v", len(bundle), err)
	}
	if a, ok, err := s.AnswerIn(ctx, noon, "m299"); !ok || err != nil || a.ID != "a299" {
		t.Errorf("%+v, %v", a, err)
	}
	if _, ok, err := s.Last(ctx, noon, "dm:1", time.Hour); !ok || err != nil {
		t.Errorf("no conversation, %v", err)
	}
	if m, err := s.Marks(ctx, ""); err != nil || m["paused"] != "yes" {
		t.Errorf("%v, %v", m, err)
	}
	if h, err := s.Registered(ctx, "app/"); err != nil || h != "hash" {
		t.Errorf("%q, %v", h, err)
	}
	if wait, err := s.Take(ctx, noon, "", state.Quota{Key: "user:u", Most: 1, Every: time.Hour}); err != nil || wait != time.Hour {
		t.Errorf("wait %s, %v", wait, err)
	}
	if spent, err := s.Spent(ctx, "2026-11-22"); err != nil || spent.Taken != 77 || spent.Reserved != 5 {
		t.Errorf("%+v, %v", spent, err)
	}
	if _, ok, err := s.Result(ctx, "j"); !ok || err != nil {
		t.Errorf("no result, %v", err)
	}
	if p, err := s.Pending(ctx); err != nil || p.Waiting+p.Working != 30 {
		t.Errorf("%+v, %v", p, err)
	}
	for _, err := range s.Audits(ctx, noon) {
		if err != nil {
			t.Error(err)
		}
	}
}

// moved restores a backup of s elsewhere.
func moved(t *testing.T, s *jetstream.Store, to jetstream.Options) *jetstream.Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "backup")
	began := time.Now()
	b, err := s.Backup(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	if _, err := jetstream.Restore(t.Context(), to, dir); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d streams backed up in %s, restored in %s", len(b.Streams), took, time.Since(began))
	if _, err := jetstream.Restore(t.Context(), to, dir); err == nil || !strings.Contains(err.Error(), "holds a state already") {
		t.Errorf("restored over what is there: %v", err)
	}
	return open(t, to)
}

func TestStateMovesBetweenEngines(t *testing.T) {
	t.Parallel()
	servers := 1
	if *long {
		servers = 3
	}
	c := clustertest.Start(t, servers)
	embedded := open(t, jetstream.Options{Dir: stateDir(t)})
	fill(t, embedded)
	filled(t, embedded)
	inspected(t, embedded, 1)
	there := moved(t, embedded, jetstream.Options{URL: c.URL(), Replicas: servers})
	filled(t, there)
	inspected(t, there, servers)
	back := moved(t, there, jetstream.Options{Dir: stateDir(t)})
	filled(t, back)
	if err := back.Reserve(t.Context(), "2026-11-22", "3", 1, 77+5+1); err != nil { // counters go on
		t.Error(err)
	}
}

func inspected(t *testing.T, s *jetstream.Store, replicas int) {
	t.Helper()
	in, err := s.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(in.Streams, func(s jetstream.StreamInfo) bool { return s.Name == "KV_enlace_answers" })
	if i < 0 || in.Streams[i].Messages != 300 || in.Streams[i].MaxBytes == 0 || in.Streams[i].Replicas != replicas || len(in.Streams) < 15 || in.Server == "" {
		t.Errorf("%+v", in)
	}
}

func TestADamagedBackupTouchesNothing(t *testing.T) {
	t.Parallel()
	s := open(t, jetstream.Options{Dir: stateDir(t)})
	dir := filepath.Join(t.TempDir(), "backup")
	if _, err := s.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), dir); err == nil {
		t.Error("a backup is written over another one")
	}
	path := filepath.Join(dir, "KV_enlace_answers.snapshot")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	target := stateDir(t)
	if _, err := jetstream.Restore(t.Context(), jetstream.Options{Dir: target}, dir); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(target); err == nil {
		t.Error("the target was touched")
	}
	for name, content := range map[string]string{
		"not an index": "x", "another format": `{"Format":99}`, "a path": `{"Format":1,"Prefix":"enlace","Streams":[{"Name":"../x","File":"../x.snapshot"}]}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, "backup.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := jetstream.Restore(t.Context(), jetstream.Options{Dir: target}, dir); err == nil {
			t.Errorf("%s is restored", name)
		}
	}
}

// TestABackupOfTheFirstFormatIsRead changes the format in the index: the streams are the same.
func TestABackupOfTheFirstFormatIsRead(t *testing.T) {
	t.Parallel()
	s, dir := open(t, jetstream.Options{Dir: stateDir(t)}), filepath.Join(t.TempDir(), "backup")
	if err := s.PutMark(t.Context(), "paused", "yes"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "backup.json")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		format string
		read   bool
	}{{"1", true}, {"2", true}, {"0", false}, {"3", false}} {
		changed := strings.Replace(string(raw), `"Format": 2`, `"Format": `+c.format, 1)
		if changed == string(raw) && c.format != "2" {
			t.Fatalf("there is no format in %.60s", raw)
		}
		if err := os.WriteFile(name, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := jetstream.Restore(t.Context(), jetstream.Options{Dir: stateDir(t)}, dir); (err == nil) != c.read {
			t.Errorf("a backup of format %s: %v", c.format, err)
		}
	}
}
