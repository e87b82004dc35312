//go:build unix

package facts

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestAPipeIsNotOpened would hang if it were.
func TestAPipeIsNotOpened(t *testing.T) {
	dir := t.TempDir()
	do(t, put(filepath.Join(dir, "a.yaml"), "One."), syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o644))
	if got, want := loadDir(dir), "pipe.yaml: not a regular file (fact files are regular files; rename it or move it away)"; got != want {
		t.Errorf("got %q", got)
	}
}
