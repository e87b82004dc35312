package gateway

import "sync"

// recent remembers the newest ids, at least size and at most twice as many. Discord may deliver an
// event more than once (Discord docs, reference, "consistency").
type recent struct {
	mu       sync.Mutex
	size     int
	new, old map[string]struct{}
}

func newRecent(size int) *recent {
	return &recent{size: size, new: make(map[string]struct{}, size)}
}

// before reports whether the id was seen, and remembers it.
func (r *recent) before(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.has(id) {
		return true
	}
	if len(r.new) >= r.size {
		r.old, r.new = r.new, make(map[string]struct{}, r.size)
	}
	r.new[id] = struct{}{}
	return false
}

// contains reports whether the id was seen.
func (r *recent) contains(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.has(id)
}

func (r *recent) has(id string) bool {
	if _, ok := r.new[id]; ok {
		return true
	}
	_, ok := r.old[id]
	return ok
}
