package facts

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"enlace/knowledge"
)

// claim returns a fact file with one fact of the given text.
func claim(text string) string {
	return fmt.Sprintf("sources: [{id: s, publisher: P, title: T, kind: press}]\nfacts:\n  - {id: f, text: {en: %q}, status: official, sources: [s]}\n", text)
}

// bubble is a Watcher over a directory in memory, in a synctest bubble.
type bubble struct {
	mu        sync.Mutex
	dir       fstest.MapFS
	changed   chan struct{}
	refreshed int
	published []string
	failures  []error
}

func (b *bubble) Events() <-chan struct{} { return b.changed }
func (b *bubble) Refresh()                { b.note(func() { b.refreshed++ }) }
func (b *bubble) Close()                  {}

// note writes down what happened.
func (b *bubble) note(what func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	what()
}

// failed returns the failures so far.
func (b *bubble) failed() []error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.failures)
}

func (b *bubble) files() fs.FS {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := fstest.MapFS{}
	for name, f := range b.dir {
		out[name] = f
	}
	return out
}

// write changes a file without telling; tell tells.
func (b *bubble) write(name, data string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dir[name] = &fstest.MapFile{Data: []byte(data)}
}

func (b *bubble) tell() {
	select {
	case b.changed <- struct{}{}:
	default:
	}
}

// run starts a Watcher in a bubble and calls body when the first base is out.
func run(t *testing.T, since string, body func(b *bubble)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bubble{dir: fstest.MapFS{}, changed: make(chan struct{}, 1)}
		b.write("a.yaml", claim("One."))
		w := Watcher{Since: since, files: b.files, notify: func() notifier { return b }, Settle: time.Second, Poll: time.Minute,
			Publish: func(base *knowledge.Base) {
				b.note(func() { b.published = append(b.published, base.Facts[0].Text.EN) })
			},
			Failed: func(err error) { b.note(func() { b.failures = append(b.failures, err) }) }}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- w.Run(ctx) }()
		pass(1)
		body(b)
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

// pass lets so many seconds of the bubble's time pass.
func pass(seconds int) {
	time.Sleep(time.Duration(seconds)*time.Second + time.Millisecond)
	synctest.Wait()
}

func (b *bubble) expect(t *testing.T, published ...string) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if !slices.Equal(b.published, published) {
		t.Errorf("published %q, want %q", b.published, published)
	}
}

func TestWatcherPublishesWhatItFinds(t *testing.T) {
	run(t, "", func(b *bubble) { b.expect(t, "One.") })
}

func TestWatcherDoesNotRepeatTheVersionInService(t *testing.T) {
	base, err := Load(fstest.MapFS{"other-name.yaml": {Data: []byte(claim("One."))}})
	if err != nil {
		t.Fatal(err)
	}
	run(t, base.Version, func(b *bubble) {
		b.expect(t)
		b.write("a.yaml", "# only a comment\n"+claim("One."))
		b.tell()
		pass(3)
		b.expect(t)
		if len(b.failed()) > 0 {
			t.Errorf("failures %v", b.failed())
		}
	})
}

func TestWatcherWaitsUntilAFileIsWholeAndQuiet(t *testing.T) {
	run(t, "", func(b *bubble) {
		whole := claim("Two.") + strings.Repeat("# padding\n", 20)
		for n := 10; n < len(whole); n += 10 { // in parts, a part every half of the settle time
			b.write("a.yaml", whole[:n])
			b.tell()
			time.Sleep(500 * time.Millisecond)
		}
		b.write("a.yaml", whole)
		b.tell()
		pass(2)
		b.expect(t, "One.", "Two.")
		if len(b.failed()) > 0 {
			t.Errorf("failures %v", b.failed())
		}
	})
}

func TestWatcherKeepsTheBaseOnErrors(t *testing.T) {
	run(t, "", func(b *bubble) {
		b.write("a.yaml", strings.Replace(claim("Two."), "status: official", "status: sure", 1))
		b.tell()
		pass(2)
		b.expect(t, "One.")
		var ps Problems
		if len(b.failed()) != 1 || !errors.As(b.failed()[0], &ps) || ps[0].Rule != ruleChoice {
			t.Fatalf("failures %v", b.failed())
		}
		b.tell()
		pass(100)
		if len(b.failed()) != 1 {
			t.Errorf("the same content fails again: %v", b.failed())
		}
		b.write("a.yaml", claim("Two."))
		b.tell()
		pass(2)
		b.expect(t, "One.", "Two.")
	})
}

func TestWatcherRefusesAnEmptiedFile(t *testing.T) {
	run(t, "", func(b *bubble) {
		b.write("b.yaml", "")
		b.tell()
		pass(2)
		b.expect(t, "One.")
		if len(b.failed()) != 1 {
			t.Errorf("failures %v", b.failed())
		}
	})
}

func TestWatcherFindsWhatNobodyTold(t *testing.T) {
	run(t, "", func(b *bubble) {
		b.write("a.yaml", claim("Two."))
		pass(50)
		b.expect(t, "One.")
		pass(12)
		b.expect(t, "One.", "Two.")
	})
}

func TestWatcherLooksAgainForWhatToWatch(t *testing.T) {
	run(t, "", func(b *bubble) {
		seen := func() (n int) { b.note(func() { n = b.refreshed }); return n }
		before := seen()
		b.tell()
		pass(2)
		if seen() == before {
			t.Error("no refresh before reading")
		}
	})
}

// disk is a Watcher over a real directory. Its ticker is too slow to help.
type disk struct {
	t         *testing.T
	dir       string
	published chan string
	failed    chan error
}

func watchDisk(t *testing.T, dir string) *disk {
	t.Helper()
	d := &disk{t, dir, make(chan string, 10), make(chan error, 10)}
	w := Watcher{Dir: dir, Settle: 10 * time.Millisecond, Poll: time.Hour, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Publish: func(b *knowledge.Base) { d.published <- b.Facts[0].Text.EN },
		Failed:  func(err error) { d.failed <- err }}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return d
}

// expect waits for a base with the text; failures in between are allowed where somebody may look at a half-done change.
func (d *disk) expect(text string) {
	d.t.Helper()
	select {
	case got := <-d.published:
		if got != text {
			d.t.Fatalf("published %q, want %q", got, text)
		}
	case <-time.After(20 * time.Second):
		d.t.Fatalf("%q was not published; failures: %d", text, len(d.failed))
	}
}

func (d *disk) expectFailure() {
	d.t.Helper()
	select {
	case <-d.failed:
	case <-time.After(20 * time.Second):
		d.t.Fatal("no failure was told")
	}
}

// do fails the test at the first error.
func do(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func put(path, text string) error { return os.WriteFile(path, []byte(claim(text)), 0o644) }

func factDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "facts")
	do(t, os.Mkdir(dir, 0o755), put(filepath.Join(dir, "a.yaml"), "One."))
	return dir
}

func TestWatchSeesEditorsAtWork(t *testing.T) {
	dir := factDir(t)
	file := filepath.Join(dir, "a.yaml")
	d := watchDisk(t, dir)
	d.expect("One.")
	do(t, put(file, "Written in place."))
	d.expect("Written in place.")
	do(t, put(filepath.Join(dir, ".a.yaml.swp"), "Swap."), put(file+"~", "Renamed."), os.Rename(file+"~", file))
	d.expect("Renamed.")
	do(t, os.Rename(file, file+".bak"), put(file, "Created anew."))
	d.expect("Created anew.")
	do(t, os.Truncate(file, 0))
	d.expectFailure()
	do(t, put(file, "Whole again."))
	d.expect("Whole again.")
}

func TestWatchSurvivesAReplacedDirectory(t *testing.T) {
	dir := factDir(t)
	d := watchDisk(t, dir)
	d.expect("One.")
	next := filepath.Join(filepath.Dir(dir), "next")
	do(t, os.Mkdir(next, 0o755), put(filepath.Join(next, "b.yaml"), "Two."), os.Rename(dir, dir+".old"), os.Rename(next, dir))
	d.expect("Two.")
	do(t, put(filepath.Join(dir, "b.yaml"), "Three."))
	d.expect("Three.")
}

func TestWatchSurvivesARemovedDirectory(t *testing.T) {
	dir := factDir(t)
	d := watchDisk(t, dir)
	d.expect("One.")
	do(t, os.RemoveAll(dir))
	d.expectFailure()
	do(t, os.Mkdir(dir, 0o755), put(filepath.Join(dir, "a.yaml"), "Two."))
	d.expect("Two.")
	do(t, put(filepath.Join(dir, "a.yaml"), "Three."))
	d.expect("Three.")
}

func TestWatchFollowsALinkedDirectory(t *testing.T) {
	root := t.TempDir()
	v1, v2, link := filepath.Join(root, "v1"), filepath.Join(root, "v2"), filepath.Join(root, "facts")
	do(t, os.Mkdir(v1, 0o755), os.Mkdir(v2, 0o755), put(filepath.Join(v1, "a.yaml"), "One."), put(filepath.Join(v2, "a.yaml"), "Two."), os.Symlink("v1", link))
	d := watchDisk(t, link)
	d.expect("One.")
	do(t, os.Symlink("v2", link+".new"), os.Rename(link+".new", link))
	d.expect("Two.")
	do(t, put(filepath.Join(v2, "a.yaml"), "Three."))
	d.expect("Three.")
}

// TestWatchFollowsAConfigMap does what the kubelet does: files are links through ..data, which is swapped by renaming.
func TestWatchFollowsAConfigMap(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "facts")
	version := func(name, text string) {
		do(t, os.Mkdir(filepath.Join(dir, name), 0o755), put(filepath.Join(dir, name, "a.yaml"), text),
			os.Symlink(name, filepath.Join(dir, "..data_tmp")), os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")))
	}
	do(t, os.Mkdir(dir, 0o755))
	version("..2026_03_01", "One.")
	do(t, os.Symlink("..data/a.yaml", filepath.Join(dir, "a.yaml")))
	d := watchDisk(t, dir)
	d.expect("One.")
	version("..2026_03_02", "Two.")
	do(t, os.RemoveAll(filepath.Join(dir, "..2026_03_01")))
	d.expect("Two.")
	version("..2026_03_03", "Three.")
	d.expect("Three.")
}

func TestWatchWaitsForADirectoryThatIsNotThereYet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "facts")
	d := watchDisk(t, dir)
	d.expectFailure()
	do(t, os.Mkdir(dir, 0o755), put(filepath.Join(dir, "a.yaml"), "One."))
	d.expect("One.")
}

func TestWatcherNeedsSomewhereToPublish(t *testing.T) {
	if err := (Watcher{Dir: t.TempDir()}).Run(t.Context()); err == nil {
		t.Error("no error")
	}
}
