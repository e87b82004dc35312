package facts

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"enlace/knowledge"
)

// How long a directory has to be quiet before it is read, and how often it is read without being told to.
const (
	DefaultSettle = 150 * time.Millisecond
	DefaultPoll   = 30 * time.Second
)

// Watch follows a fact directory until ctx ends, and then returns nil. It calls publish with every new version of the base,
// beginning with the one that it finds, and failed with the [Problems] of a directory that cannot be served; the base in service
// then stays what it was. Both are called one at a time, from the goroutine that Watch runs in. See [Watcher] for more.
func Watch(ctx context.Context, dir string, lg *slog.Logger, publish func(*knowledge.Base), failed func(error)) error {
	return Watcher{Dir: dir, Log: lg, Publish: publish, Failed: failed}.Run(ctx)
}

// Watcher follows a fact directory.
//
// It reads the directory after the file system has been quiet for the settle time, and again one settle time later: only what both
// times is the same, byte for byte, is built. So a file that is written in parts, or replaced by removing and creating it, is not
// served half. The directory itself may be removed, created again, replaced by another, or be a symbolic link that is pointed
// elsewhere; so may the ..data link of a Kubernetes ConfigMap in it. What the file system does not report, as network file systems
// do not, a slow ticker finds.
//
// A fact file that is empty is an error here, though Load only warns: it is far likelier to be one that is being written.
type Watcher struct {
	Dir     string
	Since   string                // the version in service, which is not published again; "" = none
	Settle  time.Duration         // 0 = DefaultSettle
	Poll    time.Duration         // 0 = DefaultPoll
	Log     *slog.Logger          // nil = silent
	Publish func(*knowledge.Base) // required, unless Bundled is given
	// Bundled is told in the place of Publish, and also given the bundle of the very files that the base was built from.
	Bundled func(b *knowledge.Base, bundle []byte)
	Failed  func(error) // nil = only logged

	files  func() fs.FS // in tests: instead of Dir
	notify func() notifier
}

// notifier tells that something may have changed.
type notifier interface {
	Events() <-chan struct{} // of capacity 1: a change during a change is one change
	Refresh()                // looks again at what is to be watched
	Close()
}

// Run follows the directory until ctx ends and then returns nil.
func (w Watcher) Run(ctx context.Context) error {
	if w.Publish == nil && w.Bundled == nil {
		return errors.New("facts: a Watcher needs Publish or Bundled")
	}
	w = w.withDefaults()
	changes := w.notify()
	defer changes.Close()
	ticker := time.NewTicker(w.Poll)
	defer ticker.Stop()
	quiet := time.NewTimer(0) // the first look is at once
	defer quiet.Stop()
	state := watchState{Watcher: w, version: w.Since}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changes.Events():
			quiet.Reset(w.Settle)
		case <-ticker.C:
			if !state.waiting {
				quiet.Reset(0)
			}
		case <-quiet.C:
			changes.Refresh() // before reading: what changes after it is told again
			if state.look() {
				quiet.Reset(w.Settle)
			}
		}
	}
}

func (w Watcher) withDefaults() Watcher {
	if w.Settle <= 0 {
		w.Settle = DefaultSettle
	}
	if w.Poll <= 0 {
		w.Poll = DefaultPoll
	}
	if w.Log == nil {
		w.Log = slog.New(slog.DiscardHandler)
	}
	if w.Failed == nil {
		w.Failed = func(error) {}
	}
	if w.files == nil {
		w.files = func() fs.FS { return os.DirFS(w.Dir) }
	}
	if w.notify == nil {
		w.notify = func() notifier { return newDirNotifier(w.Dir, w.Log) }
	}
	return w
}

// watchState is what a Watcher knows between two looks at the directory.
type watchState struct {
	Watcher
	version string            // in service
	seen    [sha256.Size]byte // what the last look found
	done    [sha256.Size]byte // what was built, or refused, last
	waiting bool              // seen is new and waits to be found a second time
}

// look reads the directory. It returns true when what it found is new and has to be found once more before it counts.
func (s *watchState) look() bool {
	snap := take(s.files())
	now := snap.hash()
	switch {
	case now == s.done:
		s.waiting = false
	case !s.waiting || now != s.seen:
		s.seen, s.waiting = now, true
	default:
		s.waiting, s.done = false, now
		s.settle(snap)
	}
	return s.waiting
}

// settle builds what was found and publishes it when it differs from what is in service.
func (s *watchState) settle(snap *snapshot) {
	l := snap.load()
	problems := slices.Clone(l.problems)
	for i := range problems {
		if problems[i].Rule == ruleEmptyFile {
			problems[i].Severity = Error
		}
	}
	switch errs := problems.Only(Error); {
	case len(errs) > 0:
		s.Log.Warn("fact files have errors; the base in service stays", slog.Int("errors", len(errs)), slog.String("first", errs[0].String()), slog.String("version", s.version))
		s.Failed(errs)
	case l.base.Version == s.version:
		s.Log.Info("fact files say the same as the base in service", slog.String("version", s.version))
	default:
		s.Log.Info("fact files read", slog.String("version", l.base.Version), slog.String("before", s.version), slog.Int("facts", len(l.base.Facts)))
		s.version = l.base.Version
		s.publish(l.base, snap)
	}
}

func (s *watchState) publish(b *knowledge.Base, snap *snapshot) {
	if s.Bundled == nil {
		s.Publish(b)
		return
	}
	bundle, err := snap.bundle()
	if err != nil {
		s.Failed(err)
		return
	}
	s.Bundled(b, bundle)
}

// dirNotifier watches a directory, the directory that it is in, and where it leads to if it is a symbolic link.
type dirNotifier struct {
	dir     string
	log     *slog.Logger
	watcher *fsnotify.Watcher // nil when the system has none to give: then only the ticker helps
	watched map[string]os.FileInfo
	events  chan struct{}
	stopped chan struct{}
}

func newDirNotifier(dir string, lg *slog.Logger) *dirNotifier {
	n := &dirNotifier{dir: dir, log: lg, watched: map[string]os.FileInfo{}, events: make(chan struct{}, 1), stopped: make(chan struct{})}
	if abs, err := filepath.Abs(dir); err == nil {
		n.dir = abs
	}
	var err error
	if n.watcher, err = fsnotify.NewWatcher(); err != nil {
		lg.Warn("file changes are found by polling only", slog.Any("error", err))
		close(n.stopped)
		return n
	}
	go n.forward()
	return n
}

// forward turns events of the file system into news. Errors, such as a queue that ran over, are news as well.
func (n *dirNotifier) forward() {
	defer close(n.stopped)
	for events, errs := n.watcher.Events, n.watcher.Errors; ; {
		select {
		case e, ok := <-events:
			if !ok {
				return
			}
			if !n.concerns(e) {
				continue
			}
		case err, ok := <-errs:
			if !ok {
				return
			}
			n.log.Warn("watching the fact directory", slog.Any("error", err))
		}
		select {
		case n.events <- struct{}{}:
		default:
		}
	}
}

// concerns reports whether an event may be about the facts: not a mere change of permissions or times, and not about a neighbour
// of the directory.
func (n *dirNotifier) concerns(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	return filepath.Dir(e.Name) != filepath.Dir(n.dir) || filepath.Base(e.Name) == filepath.Base(n.dir)
}

func (n *dirNotifier) Events() <-chan struct{} { return n.events }

// Refresh watches what the directory's path leads to now. A watch follows a directory, not its name, so one that was replaced has
// to be watched anew.
func (n *dirNotifier) Refresh() {
	if n.watcher == nil {
		return
	}
	alive := n.watcher.WatchList() // a watch ends with its directory, and a new one may get the old one's number
	for _, dir := range n.wanted() {
		info, err := os.Stat(dir)
		if err != nil {
			delete(n.watched, dir)
			continue
		}
		if before := n.watched[dir]; before != nil && os.SameFile(before, info) && slices.Contains(alive, dir) {
			continue
		}
		_ = n.watcher.Remove(dir) // it may be watched under this name still; if it is not, all the better
		if err := n.watcher.Add(dir); err != nil {
			n.log.Warn("cannot watch a directory", slog.String("dir", dir), slog.Any("error", err))
			continue
		}
		n.watched[dir] = info
	}
}

// wanted returns the directories to watch: the one that the path names, its target, and the nearest parent that exists.
func (n *dirNotifier) wanted() []string {
	dirs := []string{n.dir}
	if target, err := filepath.EvalSymlinks(n.dir); err == nil && target != n.dir {
		dirs = append(dirs, target)
	}
	return append(dirs, filepath.Dir(n.dir))
}

func (n *dirNotifier) Close() {
	if n.watcher != nil {
		_ = n.watcher.Close()
	}
	<-n.stopped
}
