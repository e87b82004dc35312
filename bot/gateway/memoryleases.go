package gateway

import (
	"context"
	"sync"
	"time"
)

// MemoryLeases are Leases within one process, by package time's clock: for tests, and for several gateways in one program. The
// zero value is ready.
type MemoryLeases struct {
	mu       sync.Mutex
	entries  map[string]memoryLease
	revision uint64
	changed  chan struct{} // closed at the next change; nil: nobody waits
}

type memoryLease struct {
	value    string
	revision uint64
	until    time.Time
}

// PutLease implements Leases.
func (m *MemoryLeases) PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (uint64, bool, error) {
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.expire()
	if m.entries[name].revision != revision {
		return 0, false, nil
	}
	if m.entries == nil {
		m.entries = map[string]memoryLease{}
	}
	m.revision++
	m.entries[name] = memoryLease{value, m.revision, time.Now().Add(ttl)}
	m.tell()
	return m.revision, true, nil
}

// DeleteLease implements Leases.
func (m *MemoryLeases) DeleteLease(ctx context.Context, name string, revision uint64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if e, ok := m.entries[name]; ok && e.revision == revision {
		delete(m.entries, name)
		m.tell()
	}
	return nil
}

// EachLease implements Leases.
func (m *MemoryLeases) EachLease(ctx context.Context, f func(name, value string, revision uint64)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	now, _, _ := m.snapshot()
	for name, e := range now {
		f(name, e.value, e.revision)
	}
	return nil
}

// WatchLeases implements Leases.
func (m *MemoryLeases) WatchLeases(ctx context.Context, changed func(name, value string, revision uint64)) error {
	told, next, again := m.snapshot()
	for {
		expiry := time.NewTimer(next)
		select {
		case <-again:
		case <-expiry.C:
		case <-ctx.Done():
			expiry.Stop()
			return ctx.Err()
		}
		expiry.Stop()
		var now map[string]memoryLease
		now, next, again = m.snapshot()
		for name, e := range now {
			if told[name].revision != e.revision {
				changed(name, e.value, e.revision)
			}
		}
		for name := range told {
			if now[name].revision == 0 {
				changed(name, "", 0)
			}
		}
		told = now
	}
}

// snapshot returns the entries, when the next one expires, and a channel that is closed at the next change.
func (m *MemoryLeases) snapshot() (map[string]memoryLease, time.Duration, <-chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.expire()
	if m.changed == nil {
		m.changed = make(chan struct{})
	}
	now, next := make(map[string]memoryLease, len(m.entries)), time.Hour
	for name, e := range m.entries {
		now[name] = e
		next = min(next, time.Until(e.until))
	}
	return now, next, m.changed
}

func (m *MemoryLeases) expire() {
	for name, e := range m.entries {
		if !time.Now().Before(e.until) {
			delete(m.entries, name)
		}
	}
}

func (m *MemoryLeases) tell() {
	if m.changed != nil {
		close(m.changed)
		m.changed = nil
	}
}
