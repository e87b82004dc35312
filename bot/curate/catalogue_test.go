package curate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"enlace/bot/state"
	"enlace/knowledge/facts"
)

// TestB65HarmfulFilesAreRefused spoils a fact directory in every way: each time the problem is told with its place, by a review and by
// a reload, and what is in service stays there.
func TestB65HarmfulFilesAreRefused(t *testing.T) {
	good := fmt.Sprintf(frame, 41, 41)
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	must(t, os.WriteFile(outside, []byte(fmt.Sprintf(frame, 99, 99)), 0o600))
	write := func(text string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(text), 0o600) }
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'z'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, spoil := range map[string]func(path string) error{
		"aliases":       write(bomb),
		"an anchor":     write(strings.Replace(good, "status: official", "status: &s official", 1)),
		"same ids":      write(strings.Replace(good, "pier-length", "lighthouse-height", 1)),
		"a key twice":   write(strings.Replace(good, "status: official", "status: official\n    status: reported", 1)),
		"unknown field": write(strings.Replace(good, "status: official", "status: official\n    colour: blue", 1)),
		"a tab":         write(strings.Replace(good, "    status: official", "\tstatus: official", 1)),
		"bytes":         write("facts: \xff\xfe\x00"),
		"nesting":       write("facts: " + strings.Repeat("[", 20_000)),
		"a link out":    func(path string) error { return os.Symlink(outside, path) },
		"a link up":     func(path string) error { return os.Symlink("../../../../../../etc/passwd", path) },
		"a huge file":   func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<30)) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, store := t.TempDir(), state.NewMemory()
			path := filepath.Join(dir, "lighthouse.yaml")
			must(t, os.WriteFile(path, []byte(good), 0o600))
			o := options(&directory{}, store)
			o.Files = func() fs.FS { return os.DirFS(dir) }
			d := open(t, o)
			must(t, os.Remove(path))
			must(t, spoil(path))
			r, err := d.Review(t.Context())
			if err != nil || len(r.Problems) == 0 {
				t.Fatalf("the review finds %v, %v", r, err)
			}
			whole := strings.Contains(name, "link") || strings.Contains(name, "huge") // no line of it is wrong
			if p := r.Problems[0]; p.Pos.File != "facts/lighthouse.yaml" || p.Message == "" || (p.Pos.Line == 0) != whole {
				t.Errorf("the problem is %q", p)
			}
			var problems facts.Problems
			if err := d.Reload(t.Context(), BySignal); !errors.As(err, &problems) {
				t.Errorf("the reload ends with %v", err)
			}
			serves(t, d, 41)
			if live, _, _ := store.LiveBase(t.Context()); live.Version != d.Base().Version {
				t.Error("another base is in service")
			}
		})
	}
}
