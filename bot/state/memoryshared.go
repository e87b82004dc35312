package state

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// maxDays is how many days' spending a Memory keeps.
const maxDays = 8

// shared is the part of a Memory that other engines share between processes.
type shared struct {
	timing   Timing
	inbox    *queue
	mu       sync.Mutex
	results  *cache[kept]
	days     *cache[*daySpending]
	replicas map[string]present
}

type kept struct {
	result Result
	until  time.Time
}

type present struct {
	replica Replica
	until   time.Time
}

type daySpending struct {
	Spending
	reserved, settled map[string]bool // by call
}

func newShared(t Timing) shared {
	return shared{
		timing: t, inbox: newQueue(t), results: newCache[kept](MaxAnswers, nil), days: newCache[*daySpending](maxDays, nil),
		replicas: map[string]present{},
	}
}

func (s *shared) erase(user string) int {
	n := s.inbox.erase(user)
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, k := range maps.Collect(s.results.pairs()) {
		if user != "" && k.result.User == user {
			s.results.remove(id)
			n++
		}
	}
	return n
}

// PutResult implements Outbox.
func (m *Memory) PutResult(_ context.Context, r Result) error {
	if len(r.Payload) > MaxResult {
		return ErrTooLarge
	}
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Payload = slices.Clone(r.Payload)
	s.results.put(r.ID, kept{r, time.Now().Add(s.timing.Result)})
	return nil
}

// Result implements Outbox.
func (m *Memory) Result(_ context.Context, id string) (Result, bool, error) {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.results.get(id)
	if !ok || !time.Now().Before(k.until) {
		return Result{}, false, nil
	}
	k.result.Payload = slices.Clone(k.result.Payload)
	return k.result, true, nil
}

func (s *shared) day(day string) *daySpending {
	d, ok := s.days.get(day)
	if !ok {
		d = &daySpending{reserved: map[string]bool{}, settled: map[string]bool{}}
		s.days.put(day, d)
	}
	return d
}

// Reserve implements Budget.
func (m *Memory) Reserve(_ context.Context, day, id string, tokens, limit int64) error {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	d, tokens := s.day(day), min(max(tokens, 0), MaxSpend)
	if d.reserved[id] {
		return nil
	}
	if err := d.Room(tokens, limit); err != nil {
		return err
	}
	d.reserved[id] = true
	d.Reserved += tokens
	return nil
}

// Settle implements Budget.
func (m *Memory) Settle(_ context.Context, day, id string, tokens, taken int64) error {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.day(day)
	if !d.settled[id] {
		d.settled[id] = true
		d.Reserved -= min(max(tokens, 0), MaxSpend)
		d.Taken += min(max(taken, 0), MaxSpend)
	}
	return nil
}

// Spent implements Budget.
func (m *Memory) Spent(_ context.Context, day string) (Spending, error) {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.day(day).Spending, nil
}

// PutReplica implements Presence.
func (m *Memory) PutReplica(_ context.Context, r Replica) error {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Shards = slices.Clone(r.Shards)
	s.replicas[r.ID] = present{r, time.Now().Add(s.timing.Replica)}
	return nil
}

// RemoveReplica implements Presence.
func (m *Memory) RemoveReplica(_ context.Context, id string) error {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.replicas, id)
	return nil
}

// Replicas implements Presence.
func (m *Memory) Replicas(context.Context) ([]Replica, error) {
	s := &m.shared
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.replicas, func(_ string, p present) bool { return !time.Now().Before(p.until) })
	var list []Replica
	for _, id := range slices.Sorted(maps.Keys(s.replicas)) {
		r := s.replicas[id].replica
		r.Shards = slices.Clone(r.Shards)
		list = append(list, r)
	}
	return list, nil
}
