package jetstream

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"enlace/bot/state"
)

// small mounts a file system of so many bytes, where that is allowed.
func small(t *testing.T, size int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", size)); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskIsNamedAndOvercome(t *testing.T) {
	t.Parallel()
	dir := small(t, 8<<20)
	s := alone(t, filepath.Join(dir, "state"), 200*time.Millisecond)
	accept := func(ctx context.Context, id string) error {
		return s.Accept(ctx, state.Job{ID: id, Guild: "g" + id, Payload: make([]byte, 8<<10)})
	}
	if err := accept(t.Context(), "before"); err != nil {
		t.Fatal(err)
	}
	fill, err := os.Create(filepath.Join(dir, "fill"))
	if err != nil {
		t.Fatal(err)
	}
	for chunk := make([]byte, 4<<10); err == nil; {
		_, err = fill.Write(chunk)
	}
	_ = fill.Close()
	accepted := 1
	for i := range 40 { // files have a little room left
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		began := time.Now()
		err = accept(ctx, fmt.Sprint(i))
		cancel()
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %s", took)
		}
		if err != nil {
			break
		}
		accepted++
	}
	if !errors.Is(err, state.ErrDown) {
		t.Fatalf("on a full disk: %v", err)
	}
	if err := s.Health(t.Context()); !errors.Is(err, state.ErrDown) {
		t.Errorf("on a full disk it is healthy: %v", err)
	}
	server := s.server.running()
	s.look(t.Context()) // an engine that cannot write is left alone
	if s.server.running() != server {
		t.Error("the engine is started anew on a full disk")
	}
	if _, err := Open(t.Context(), Options{Dir: filepath.Join(dir, "another")}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("on a full disk another engine starts: %v", err)
	}
	if err := os.Remove(fill.Name()); err != nil {
		t.Fatal(err)
	}
	took := until(t, "nothing is accepted", func(ctx context.Context) error { return accept(ctx, "after") })
	p, err := s.Pending(t.Context())
	if err != nil || p.Waiting < accepted+1 {
		t.Errorf("%+v of at least %d are there, %v", p, accepted+1, err)
	}
	until(t, "it is not well", s.Health)
	t.Logf("%d accepted before; accepted again %s after there was room", accepted, took)
}

func TestAReadOnlyDirectoryIsNamed(t *testing.T) {
	t.Parallel()
	dir := small(t, 8<<20)
	inner := filepath.Join(dir, "state")
	if err := alone(t, inner, -1).Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("it cannot be mounted for reading: %v", err)
	}
	for _, d := range []string{inner, filepath.Join(dir, "new")} {
		if _, err := Open(t.Context(), Options{Dir: d}); err == nil || !strings.Contains(err.Error(), d) || !strings.Contains(err.Error(), "state.dir") {
			t.Errorf("%v", err)
		}
	}
}
