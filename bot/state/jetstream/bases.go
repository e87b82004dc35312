package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// current is the key of the pointer: the bases that were put in service, newest first. One value holds them all, so that the base
// in service and its history can never disagree.
const current = "current"

// next is the key of the version that is staged, and stageTime how long it is of interest.
const (
	next      = "next"
	stageTime = 10 * time.Minute
)

// staging is the value of next.
type staging struct {
	Version string
	At      time.Time
}

// bundleTime is how long a bundle may be missing that the pointer already names.
const bundleTime = 10 * time.Second

func decodeBases(e entry) (list []state.Base) {
	if !e.there() || json.Unmarshal(e.value, &list) != nil {
		return nil
	}
	return list
}

func live(list []state.Base) state.Base {
	if len(list) == 0 {
		return state.Base{}
	}
	return list[0]
}

func same(a, b state.Base) bool {
	if !a.At.Equal(b.At) {
		return false
	}
	a.At, b.At = time.Time{}, time.Time{}
	return a == b
}

func names(list []state.Base, version string) bool {
	return slices.ContainsFunc(list, func(b state.Base) bool { return b.Version == version })
}

// PutBase implements state.Bases: first the bundle, under its version, then the pointer.
func (s *Store) PutBase(ctx context.Context, b state.Base, bundle []byte, before string) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, setUpTime)
		defer cancel()
	}
	if list, err := s.BaseHistory(ctx); err != nil || live(list).Version != before {
		return errors.Join(err, when(err == nil, state.ErrMoved))
	}
	if err := s.putBundle(ctx, b.Version, bundle); err != nil {
		return err
	}
	was, now, err := s.point(ctx, b, before)
	if err == nil {
		err = s.putBundle(ctx, b.Version, bundle) // another process may have removed it as an old one a moment ago
	}
	for _, old := range append(was, b) {
		if !names(now, old.Version) && now != nil && old.Version != s.staged(ctx).Version {
			s.dropBundle(ctx, old.Version)
		}
	}
	return err
}

func when(is bool, err error) error {
	if is {
		return err
	}
	return nil
}

// point moves the pointer, and returns what it was and what it is.
func (s *Store) point(ctx context.Context, b state.Base, before string) (was, now []state.Base, err error) {
	moved := false
	_, err = s.facts.change(ctx, current, nil, func(e entry) []byte {
		list := decodeBases(e)
		if moved = false; now != nil && same(live(list), b) { // by a try that was not answered
			return nil
		}
		if moved = live(list).Version != before; moved {
			was, now = nil, list
			return nil
		}
		was, now = list, slices.Insert(slices.Clone(list), 0, b)
		now = now[:min(len(now), state.MaxBases)]
		raw, _ := json.Marshal(now) // plain data
		return raw
	})
	if moved && err == nil {
		err = state.ErrMoved
	}
	return was, now, err
}

// staged returns what is staged; the zero value = nothing that is known of.
func (s *Store) staged(ctx context.Context) (g staging) {
	_, _, _ = s.facts.read(ctx, next, &g)
	return g
}

// StageBase implements state.Bases.
func (s *Store) StageBase(ctx context.Context, version string, bundle []byte) error {
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, setUpTime)
		defer cancel()
	}
	old := s.staged(ctx)
	if err := s.putBundle(ctx, version, bundle); err != nil {
		return err
	}
	if err := s.facts.write(ctx, next, staging{version, time.Now()}); err != nil {
		return err
	}
	list, err := s.BaseHistory(ctx)
	if err == nil && old.Version != "" && old.Version != version && !names(list, old.Version) {
		s.dropBundle(ctx, old.Version)
	}
	return err
}

// putBundle keeps a bundle that is not kept yet.
func (s *Store) putBundle(ctx context.Context, version string, bundle []byte) error {
	return s.named("writing a fact base", s.patiently(ctx, func(ctx context.Context) error {
		info, err := s.bundles.GetInfo(ctx, version)
		if err == nil && info.Size == uint64(len(bundle)) {
			return nil
		}
		if err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		_, err = s.bundles.PutBytes(ctx, version, bundle)
		return err
	}))
}

func (s *Store) dropBundle(ctx context.Context, version string) {
	try, cancel := context.WithTimeout(context.WithoutCancel(ctx), opTime)
	defer cancel()
	if err := s.bundles.Delete(try, version); err != nil && !errors.Is(err, jetstream.ErrObjectNotFound) {
		s.opts.Log.Warn("an old fact base stays where it is")
	}
}

// LiveBase implements state.Bases.
func (s *Store) LiveBase(ctx context.Context) (state.Base, bool, error) {
	list, err := s.BaseHistory(ctx)
	return live(list), len(list) > 0, err
}

// BaseHistory implements state.Bases.
func (s *Store) BaseHistory(ctx context.Context) ([]state.Base, error) {
	e, err := s.facts.get(ctx, current)
	if err != nil {
		return nil, err
	}
	return decodeBases(e), nil
}

// Bundle implements state.Bases. What it returns has the digest that it was kept with.
func (s *Store) Bundle(ctx context.Context, version string) ([]byte, error) {
	list, err := s.BaseHistory(ctx)
	if err != nil {
		return nil, err
	}
	if !names(list, version) && s.staged(ctx).Version != version {
		return nil, state.ErrUnknownBase
	}
	ctx, cancel := context.WithTimeout(ctx, bundleTime)
	defer cancel()
	for {
		var bundle []byte
		err := s.patiently(ctx, func(ctx context.Context) (err error) {
			bundle, err = s.bundles.GetBytes(ctx, version)
			return err
		})
		switch {
		case err == nil:
			return bundle, nil
		case !errors.Is(err, jetstream.ErrObjectNotFound) && !errors.Is(err, jetstream.ErrDigestMismatch):
			return nil, s.named("reading a fact base", err)
		case pause(ctx, 5*time.Millisecond) != nil:
			return nil, errors.Join(state.ErrUnknownBase, err)
		}
	}
}

// WatchBase implements state.Bases.
func (s *Store) WatchBase(ctx context.Context, moved func(state.Base), staged func(version string)) error {
	var told state.Base
	var ready staging
	return s.facts.watch(ctx, func() {
		b, ok, err := s.LiveBase(ctx)
		if err != nil {
			return
		}
		if ok && !same(b, told) {
			told = b
			moved(b)
		}
		if g := s.staged(ctx); g.Version != "" && g != ready && g.Version != told.Version && time.Since(g.At) < stageTime {
			ready = g
			staged(g.Version)
		}
	})
}
