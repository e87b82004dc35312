package state

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Bounds of a Memory. Beyond them the oldest is forgotten first.
const (
	MaxClaims        = 50_000
	MaxQuotas        = 20_000
	MaxAnswers       = 5_000
	MaxConversations = 5_000
	KeepAnswers      = 30 * 24 * time.Hour
)

// Memory is a Store in this process alone: it ends with it.
type Memory struct {
	mu            sync.Mutex
	claims        *cache[time.Time] // until when
	quotas        *cache[Uses]
	answers       *cache[Answer]
	messages      map[string]string // message → answer
	conversations *cache[last]
	registered    map[string]string
	record        record
	bases         bases
	shared        shared
}

type last struct {
	id string
	at time.Time
}

var _ Engine = (*Memory)(nil)

// NewMemory returns an empty engine.
func NewMemory() *Memory { return NewMemoryWith(Timing{}) }

// NewMemoryWith returns an empty engine whose things last as long as t says.
func NewMemoryWith(t Timing) *Memory {
	m := &Memory{messages: map[string]string{}, registered: map[string]string{}, record: newRecord(), shared: newShared(t.OrDefault())}
	m.claims = newCache[time.Time](MaxClaims, nil)
	m.quotas = newCache[Uses](MaxQuotas, nil)
	m.answers = newCache(MaxAnswers, func(a Answer) {
		for _, id := range a.Messages {
			if m.messages[id] == a.ID {
				delete(m.messages, id)
			}
		}
	})
	m.conversations = newCache[last](MaxConversations, nil)
	return m
}

// Claim implements Claims.
func (m *Memory) Claim(_ context.Context, now time.Time, key string, keep time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if until, ok := m.claims.get(key); ok && now.Before(until) {
		return false, nil
	}
	m.claims.put(key, now.Add(keep))
	return true, nil
}

// ClaimBriefly implements Claims.
func (m *Memory) ClaimBriefly(ctx context.Context, now time.Time, key string, keep time.Duration) (bool, error) {
	return m.Claim(ctx, now, key, keep)
}

// quotaKey tells the limits of one key over different spans apart.
func quotaKey(q Quota) string { return q.Key + " " + q.Every.String() }

// Take implements Limits with the times of everything that happened within the span, so that no span of that length ever has more.
func (m *Memory) Take(_ context.Context, now time.Time, call string, quotas ...Quota) (time.Duration, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return TakeAll(now, call, quotas, func(q Quota) Uses { return m.used(now, q) }, func(q Quota, u Uses) { m.quotas.put(quotaKey(q), u) }), nil
}

func (m *Memory) used(now time.Time, q Quota) Uses {
	uses, _ := m.quotas.get(quotaKey(q))
	return uses.Within(now, q.Every)
}

// Used implements Limits.
func (m *Memory) Used(_ context.Context, now time.Time, q Quota) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.used(now, q)), nil
}

// PutAnswer implements Answers.
func (m *Memory) PutAnswer(_ context.Context, now time.Time, a Answer) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answers.remove(a.ID)
	a = a.apart()
	for _, id := range a.Messages {
		m.messages[id] = a.ID
	}
	m.answers.put(a.ID, a)
	for oldest, ok := m.answers.oldest(); ok && now.Sub(oldest.At) > KeepAnswers; oldest, ok = m.answers.oldest() {
		m.answers.remove(oldest.ID)
	}
	return nil
}

// Answer implements Answers.
func (m *Memory) Answer(_ context.Context, now time.Time, id string) (Answer, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.answer(now, id)
	return a, ok, nil
}

func (m *Memory) answer(now time.Time, id string) (Answer, bool) {
	a, ok := m.answers.get(id)
	if !ok || now.Sub(a.At) > KeepAnswers {
		return Answer{}, false
	}
	return a.apart(), true
}

// apart returns an answer whose lists can be changed without the other's.
func (a Answer) apart() Answer {
	a.Messages, a.Cited, a.Corrections = slices.Clone(a.Messages), slices.Clone(a.Cited), slices.Clone(a.Corrections)
	return a
}

// AnswerIn implements Answers.
func (m *Memory) AnswerIn(_ context.Context, now time.Time, messageID string) (Answer, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.answer(now, m.messages[messageID])
	return a, ok, nil
}

// PutLast implements Conversations.
func (m *Memory) PutLast(_ context.Context, now time.Time, conversation, id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.conversations.put(conversation, last{id, now})
	return nil
}

// Last implements Conversations.
func (m *Memory) Last(_ context.Context, now time.Time, conversation string, within time.Duration) (Answer, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.conversations.get(conversation)
	if !ok || now.Sub(l.at) > within {
		return Answer{}, false, nil
	}
	a, ok := m.answer(now, l.id)
	return a, ok, nil
}

// Registered implements Registrations.
func (m *Memory) Registered(_ context.Context, scope string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.registered[scope], nil
}

// PutRegistered implements Registrations.
func (m *Memory) PutRegistered(_ context.Context, scope, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.registered[scope] = hash
	return nil
}

// Sizes returns how many claims, quotas, answers and conversations are kept.
func (m *Memory) Sizes() (claims, quotas, answers, conversations int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.claims.len(), m.quotas.len(), m.answers.len(), m.conversations.len()
}
