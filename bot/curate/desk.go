// Package curate brings fact bases into service: what is in the fact directory is reviewed, compared with what is in service, put in
// the place of it for all processes at once, and can be taken back.
//
// There is one way for everything that changes the base, whether an admin, the watcher of the directory or a signal began it: the
// directory is read and bundled, the bundle is stored, and the store's pointer moves. Every process, this one too, follows the
// pointer, so that all of them serve the same, and the last versions stay at hand.
package curate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"sync"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/eval"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

// Why a base came into service.
const (
	AtStart    = "start"
	ByWatch    = "watch"
	BySignal   = "signal"
	ByReload   = "reload"
	ByRollback = "rollback"
)

// Errors that an admin can do something about.
var (
	// ErrBuiltIn says that the facts are part of the program.
	ErrBuiltIn = errors.New("the facts are built into the program: there is no directory to read (set facts.dir)")
	// ErrChanged says that the directory holds something else than what was reviewed.
	ErrChanged = errors.New("the fact files have changed since the review")
	// ErrAmbiguous says that several versions begin like the one that was asked for.
	ErrAmbiguous = errors.New("several versions begin like this (write more of it)")
	// ErrSame says that the base in service is the one that was asked for.
	ErrSame = errors.New("this base is in service already")
)

// Store is what a Desk keeps.
type Store interface {
	state.Bases
	state.Answers
	state.Audits
}

// Options are what a Desk works with. Files, Store and Log are required.
type Options struct {
	Files   func() fs.FS // the fact files as they are now
	Name    string       // of their directory in messages
	BuiltIn bool         // they are part of the program and never change
	Store   Store
	Suites  []*eval.Suite // whose answers a review compares; may be empty
	Log     *slog.Logger
	Now     func() time.Time // nil = time.Now
	// Swapped is told of every base that this process begins to serve; old is nil for the first one. It must not change the base in
	// turn. May be nil.
	Swapped func(old, now *knowledge.Base)
	// Refused is told of fact files that cannot be served. May be nil.
	Refused func(error)
	// Lags is told when this process cannot serve the base in service, each time that it tried. May be nil.
	Lags func(version string, why error)
}

// Desk is safe for concurrent use.
type Desk struct {
	Options
	live  *search.Live
	files string // the version of the fact files at the start

	changing sync.Mutex // one change at a time
	mu       sync.Mutex
	reviewed map[string][]byte // bundles by version: what may be applied although the directory went on changing
	behind   behind
	ready    *ready // what may come into service soon; nil = nothing
}

// behind is a base in service that this process cannot serve.
type behind struct {
	version string // "" = there is none
	why     error
}

// maxReviewed is how many reviews wait for their confirmation.
const maxReviewed = 3

// Open decides which base is served at the start, stores it where it is new, and returns the desk with an index in service.
//
// The files win where their version has never been in service: somebody edited them, or the program came with new ones. Otherwise the
// base in service wins, since it is what an admin put there later: a rollback survives a restart. Fact files with errors are not
// served; they are an error, [facts.Problems], even where an older base could be: a start is looked at by somebody.
func Open(ctx context.Context, o Options) (*Desk, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &Desk{Options: o, reviewed: map[string][]byte{}}
	disk, err := d.read()
	if err != nil {
		return nil, err
	}
	d.files = disk.base.Version
	served, err := d.reconcile(ctx, disk)
	if err != nil {
		return nil, err
	}
	d.live = search.NewLive(search.New(served))
	d.swapped(nil, served)
	return d, nil
}

// reconcile returns the base to serve first.
func (d *Desk) reconcile(ctx context.Context, disk *draft) (*knowledge.Base, error) {
	for {
		live, ok, err := d.Store.LiveBase(ctx)
		if err != nil {
			d.Log.Error("the store does not say which fact base is in service; the fact files are served", slog.Any("error", err))
			return disk.base, nil
		}
		if ok && live.Version == disk.base.Version {
			return disk.base, nil
		}
		if ok && d.knows(ctx, disk.base.Version) {
			base, err := d.stored(ctx, live.Version)
			if err == nil {
				d.Log.Warn("the fact files are a version that was replaced; the one in service stays (an admin can /admin reload)",
					slog.String("files", disk.base.Version), slog.String("version", live.Version), slog.String("why", live.Why))
				return base, nil
			}
			d.Log.Error("the fact base in service cannot be read; the fact files are served", slog.Any("error", err))
		}
		if ok {
			d.Log.Info("the fact files are new and go into service", slog.String("version", disk.base.Version), slog.String("before", live.Version))
		}
		err = d.Store.PutBase(ctx, d.named(disk.base, "", AtStart), disk.bundle, live.Version)
		if errors.Is(err, state.ErrMoved) && ctx.Err() == nil {
			continue // another process was faster
		}
		if err != nil {
			d.Log.Error("the fact base is served, but not stored", slog.Any("error", err))
			return disk.base, nil
		}
		d.audit(ctx, AtStart, short(live.Version)+" → "+short(disk.base.Version), nil)
		return disk.base, nil
	}
}

func (d *Desk) knows(ctx context.Context, version string) bool {
	history, err := d.Store.BaseHistory(ctx)
	return err == nil && slices.ContainsFunc(history, func(b state.Base) bool { return b.Version == version })
}

// Live returns the index in service.
func (d *Desk) Live() *search.Live { return d.live }

// Base returns the base in service.
func (d *Desk) Base() *knowledge.Base { return d.live.Load().Base() }

// How long Run waits until it tries again what the store did not do: from retryFirst on twice as long each time, retryMost at most.
const (
	retryFirst = time.Second
	retryMost  = time.Minute
)

// Run follows the store's pointer until ctx ends, and then returns nil. A store that does not answer is asked again.
func (d *Desk) Run(ctx context.Context) error {
	var preparing sync.WaitGroup
	defer preparing.Wait()
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		err := d.Store.WatchBase(ctx, func(b state.Base) {
			wait = retryFirst
			d.pursue(ctx, b.Version)
		}, func(version string) {
			d.prepare(version, func(r *ready) { preparing.Go(func() { d.load(ctx, r) }) })
		})
		if ctx.Err() != nil {
			return nil
		}
		d.Log.Error("the store does not tell which fact base is in service; it is asked again", slog.Any("error", err), slog.Duration("in", wait))
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// pursue follows until it is done, or until trying again does not help.
func (d *Desk) pursue(ctx context.Context, version string) {
	for wait := retryFirst; ctx.Err() == nil; wait = min(2*wait, retryMost) {
		err := d.follow(ctx, version)
		if err == nil || ctx.Err() != nil {
			return
		}
		d.Log.Error("a new fact base is not served here", slog.String("version", version), slog.Any("error", err))
		if errors.Is(err, errUnusable) || errors.Is(err, state.ErrUnknownBase) || !pause(ctx, wait) {
			return
		}
	}
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// follow serves the version that the store says is in service. That may be a later one than the news was of, which must not take
// this process back; the news counts only where the store does not say.
func (d *Desk) follow(ctx context.Context, news string) error {
	d.changing.Lock()
	defer d.changing.Unlock()
	version := news
	if live, ok, err := d.Store.LiveBase(ctx); err == nil && ok {
		version = live.Version
	}
	if d.Base().Version == version {
		d.lag(behind{})
		return nil
	}
	index, err := d.prepared(ctx, version)
	if index == nil {
		index, err = d.indexed(ctx, version)
	}
	if err != nil {
		if ctx.Err() == nil {
			d.lag(behind{version, err})
		}
		return err
	}
	d.swap(index)
	return nil
}

// Behind returns the base in service where this process cannot serve it, and why; "" = it does, or has not heard of it yet.
func (d *Desk) Behind() (version string, why error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.behind.version, d.behind.why
}

func (d *Desk) lag(b behind) {
	d.mu.Lock()
	d.behind = b
	d.mu.Unlock()
	if b.version != "" && d.Lags != nil {
		d.Lags(b.version, b.why)
	}
}

// swap puts a base in service in this process: questions that are being answered keep theirs.
func (d *Desk) swap(index *search.Index) {
	before, base := d.Base(), index.Base()
	d.live.Store(index)
	d.lag(behind{})
	d.forget(base.Version)
	d.Log.Info("a new fact base is in service", slog.String("version", base.Version), slog.String("before", before.Version), slog.Int("facts", len(base.Facts)))
	d.swapped(before, base)
}

func (d *Desk) swapped(old, now *knowledge.Base) {
	if d.Swapped != nil {
		d.Swapped(old, now)
	}
}

// indexed reads a version from the store, and indexes it.
func (d *Desk) indexed(ctx context.Context, version string) (*search.Index, error) {
	base, err := d.stored(ctx, version)
	if err != nil {
		return nil, err
	}
	return search.New(base), nil
}

// stored reads a version from the store.
func (d *Desk) stored(ctx context.Context, version string) (*knowledge.Base, error) {
	bundle, err := d.Store.Bundle(ctx, version)
	if err != nil {
		return nil, err
	}
	next, err := opened(bundle)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	if next.base.Version != version {
		return nil, fmt.Errorf("%w: the bundle of %s holds %s", errUnusable, version, next.base.Version)
	}
	return next.base, nil
}

// errUnusable says that a stored base cannot be served, however often one tries.
var errUnusable = errors.New("a stored fact base cannot be used by this program")

// opened reads a bundle.
func opened(bundle []byte) (*draft, error) {
	fsys, err := facts.OpenBundle(bundle)
	if err != nil {
		return nil, err
	}
	base, err := facts.Load(fsys)
	if err != nil {
		return nil, err
	}
	return &draft{base, bundle}, nil
}

func (d *Desk) named(b *knowledge.Base, by, why string) state.Base {
	return state.Base{Version: b.Version, At: d.Now(), By: by, Why: why, Facts: len(b.Facts)}
}

// draft is a base that was read but is not in service.
type draft struct {
	base   *knowledge.Base
	bundle []byte
}

// read reads the fact files. What is bundled is what was loaded, even while somebody writes.
func (d *Desk) read() (*draft, error) {
	bundle, err := facts.Bundle(d.Files())
	if err != nil {
		return nil, d.problems(err)
	}
	next, err := opened(bundle)
	return next, d.problems(err)
}

// problems names the files of problems from the working directory.
func (d *Desk) problems(err error) error {
	var p facts.Problems
	if errors.As(err, &p) && d.Name != "" {
		return p.In(d.Name)
	}
	return err
}

// answers returns what the suites' questions end in over an index, for comparison.
func (d *Desk) answers(ctx context.Context, x *search.Index) map[string]knowledge.Answer {
	service, out := answer.New(search.NewLive(x), answer.Options{}), map[string]knowledge.Answer{}
	for _, suite := range d.Suites {
		for _, q := range suite.Questions {
			if ctx.Err() != nil {
				return out
			}
			out[q.ID] = service.Answer(ctx, knowledge.Question{ID: q.ID, Text: q.Text})
		}
	}
	return out
}
