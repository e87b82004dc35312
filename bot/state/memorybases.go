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
	moved   chan struct{} // closed when another base is in service
}

// PutBase implements Bases.
func (m *Memory) PutBase(_ context.Context, b Base, bundle []byte, before string) error {
	s := &m.bases
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.live().Version != before {
		return ErrMoved
	}
	if s.bundles == nil {
		s.bundles = map[string][]byte{}
	}
	s.history = append(s.history, b)
	s.bundles[b.Version] = slices.Clone(bundle)
	if len(s.history) > MaxBases {
		old := s.history[0].Version
		s.history = slices.Delete(s.history, 0, 1)
		if !slices.ContainsFunc(s.history, func(b Base) bool { return b.Version == old }) {
			delete(s.bundles, old)
		}
	}
	if s.moved != nil {
		close(s.moved)
		s.moved = nil
	}
	return nil
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
func (m *Memory) WatchBase(ctx context.Context, moved func(Base)) error {
	s, told := &m.bases, Base{}
	for {
		s.mu.Lock()
		b := s.live()
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
		select {
		case <-wait:
		case <-ctx.Done():
			return nil
		}
	}
}
