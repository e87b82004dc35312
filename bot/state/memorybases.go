package state

import (
	"context"
	"slices"
	"sync"
)

// bases is the part of a Memory that keeps fact bases.
type bases struct {
	mu      sync.Mutex
	history []Base // oldest first
	bundles map[string][]byte
	staged  string        // a version; "" = none
	moved   chan struct{} // closed when another base is in service, or staged
}

// PutBase implements Bases.
func (m *Memory) PutBase(_ context.Context, b Base, bundle []byte, before string) error {
	s := &m.bases
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live().Version != before {
		return ErrMoved
	}
	s.history = append(s.history, b)
	s.keep(b.Version, bundle)
	if len(s.history) > MaxBases {
		old := s.history[0].Version
		s.history = slices.Delete(s.history, 0, 1)
		s.drop(old)
	}
	s.tell()
	return nil
}

// StageBase implements Bases.
func (m *Memory) StageBase(_ context.Context, version string, bundle []byte) error {
	s := &m.bases
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.staged
	s.staged = version
	s.keep(version, bundle)
	s.drop(old)
	s.tell()
	return nil
}

func (s *bases) keep(version string, bundle []byte) {
	if s.bundles == nil {
		s.bundles = map[string][]byte{}
	}
	s.bundles[version] = slices.Clone(bundle)
}

// drop forgets a bundle that nothing names.
func (s *bases) drop(version string) {
	if version != s.staged && !slices.ContainsFunc(s.history, func(b Base) bool { return b.Version == version }) {
		delete(s.bundles, version)
	}
}

func (s *bases) tell() {
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
}

func (s *bases) live() Base {
	if len(s.history) == 0 {
		return Base{}
	}
	return s.history[len(s.history)-1]
}

// LiveBase implements Bases.
func (m *Memory) LiveBase(context.Context) (Base, bool, error) {
	m.bases.mu.Lock()
	defer m.bases.mu.Unlock()
	b := m.bases.live()
	return b, b.Version != "", nil
}

// Bundle implements Bases.
func (m *Memory) Bundle(_ context.Context, version string) ([]byte, error) {
	m.bases.mu.Lock()
	defer m.bases.mu.Unlock()
	bundle, ok := m.bases.bundles[version]
	if !ok {
		return nil, ErrUnknownBase
	}
	return slices.Clone(bundle), nil
}

// BaseHistory implements Bases.
func (m *Memory) BaseHistory(context.Context) ([]Base, error) {
	m.bases.mu.Lock()
	defer m.bases.mu.Unlock()
	list := slices.Clone(m.bases.history)
	slices.Reverse(list)
	return list, nil
}

// WatchBase implements Bases.
func (m *Memory) WatchBase(ctx context.Context, moved func(Base), staged func(string)) error {
	s, told, toldStaged := &m.bases, Base{}, ""
	for {
		s.mu.Lock()
		b, next := s.live(), s.staged
		if s.moved == nil {
			s.moved = make(chan struct{})
		}
		wait := s.moved
		s.mu.Unlock()
		if b != told {
			told = b
			moved(b)
			continue
		}
		if next != toldStaged {
			toldStaged = next
			staged(next)
			continue
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil
		}
	}
}
