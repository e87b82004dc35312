package webhook

import (
	"sync"
	"time"
)

// seen remembers ids for a time: at most size of them, the newest.
type seen struct {
	mu    sync.Mutex
	size  int
	keep  time.Duration
	known map[uint64]struct{}
	order []taken // oldest first
}

type taken struct {
	id uint64
	at time.Time
}

func newSeen(size int, keep time.Duration) *seen {
	return &seen{size: size, keep: keep, known: map[uint64]struct{}{}}
}

// before reports whether an id is known, and remembers it.
func (s *seen) before(id uint64, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	gone := 0
	for gone < len(s.order) && (now.Sub(s.order[gone].at) >= s.keep || len(s.order)-gone >= s.size) {
		delete(s.known, s.order[gone].id)
		gone++
	}
	s.order = s.order[gone:] // append moves what is left to a new array in time
	if _, ok := s.known[id]; ok {
		return true
	}
	s.known[id] = struct{}{}
	s.order = append(s.order, taken{id, now})
	return false
}
