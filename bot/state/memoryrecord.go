package state

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// Bounds of what a Memory records of people and admins.
const (
	MaxVotes  = 20_000
	MaxAudits = 5_000
	MaxMarks  = 5_000
)

// record is the part of a Memory that tells what happened.
type record struct {
	votes  *cache[Vote] // by answer and user
	audits []Audit
	marks  *cache[string]
}

func newRecord() record {
	return record{votes: newCache[Vote](MaxVotes, nil), marks: newCache[string](MaxMarks, nil)}
}

// Since implements Answers.
func (m *Memory) Since(_ context.Context, from time.Time) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		m.mu.Lock()
		var ids []Answer
		for a := range m.answers.all() {
			if !a.At.Before(from) {
				ids = append(ids, Answer{ID: a.ID, At: a.At})
			}
		}
		m.mu.Unlock()
		slices.SortStableFunc(ids, func(a, b Answer) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.ID, b.ID)) })
		for _, a := range ids {
			m.mu.Lock()
			now, ok := m.answers.get(a.ID)
			m.mu.Unlock()
			if ok && !yield(now.apart(), nil) {
				return
			}
		}
	}
}

func voteKey(answer, user string) string { return answer + " " + user }

// PutVote implements Feedback.
func (m *Memory) PutVote(_ context.Context, v Vote) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.record.votes.put(voteKey(v.Answer, v.User), v)
	return nil
}

// Vote implements Feedback.
func (m *Memory) Vote(_ context.Context, answer, user string) (Vote, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.record.votes.get(voteKey(answer, user))
	return v, ok, nil
}

// Votes implements Feedback.
func (m *Memory) Votes(_ context.Context, from time.Time) iter.Seq2[Vote, error] {
	return func(yield func(Vote, error) bool) {
		m.mu.Lock()
		list := slices.Collect(m.record.votes.all())
		m.mu.Unlock()
		for _, v := range list {
			if !v.At.Before(from) && !yield(v, nil) {
				return
			}
		}
	}
}

// PutAudit implements Audits.
func (m *Memory) PutAudit(_ context.Context, a Audit) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.record.audits) == MaxAudits {
		m.record.audits = slices.Delete(m.record.audits, 0, MaxAudits/10)
	}
	m.record.audits = append(m.record.audits, a)
	return nil
}

// Audits implements Audits.
func (m *Memory) Audits(_ context.Context, from time.Time) iter.Seq2[Audit, error] {
	return func(yield func(Audit, error) bool) {
		m.mu.Lock()
		list := slices.Clone(m.record.audits)
		m.mu.Unlock()
		slices.SortStableFunc(list, func(a, b Audit) int { return a.At.Compare(b.At) })
		for _, a := range list {
			if !a.At.Before(from) && !yield(a, nil) {
				return
			}
		}
	}
}

// PutMark implements Marks.
func (m *Memory) PutMark(_ context.Context, key, value string) error {
	if err := CheckMark(key); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if value == "" {
		m.record.marks.remove(key)
		return nil
	}
	m.record.marks.put(key, value)
	return nil
}

// Marks implements Marks.
func (m *Memory) Marks(_ context.Context, prefix string) (map[string]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]string{}
	for key, value := range m.record.marks.pairs() {
		if strings.HasPrefix(key, prefix) {
			out[key] = value
		}
	}
	return out, nil
}

// Erase implements Erasure.
func (m *Memory) Erase(_ context.Context, user string) (Erased, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var e Erased
	gone := map[string]bool{}
	for key, a := range maps.Collect(m.answers.pairs()) {
		if a.User == user {
			m.answers.remove(key)
			gone[key] = true
			e.Answers++
		}
	}
	for key, v := range maps.Collect(m.record.votes.pairs()) {
		if v.User == user {
			m.record.votes.remove(key)
			e.Votes++
		}
	}
	for key, l := range maps.Collect(m.conversations.pairs()) {
		if gone[l.id] || Names(key, user) {
			m.conversations.remove(key)
			e.Conversations++
		}
	}
	for key := range maps.Collect(m.quotas.pairs()) {
		if what, _, _ := strings.Cut(key, " "); Names(what, user) {
			m.quotas.remove(key)
		}
	}
	for key := range maps.Collect(m.claims.pairs()) {
		if Names(key, user) {
			m.claims.remove(key)
		}
	}
	e.Jobs = m.shared.erase(user)
	return e, nil
}

// Names reports whether a key such as "limited:channel:user" has a part that is the user's id.
func Names(key, user string) bool {
	return user != "" && slices.Contains(strings.Split(key, ":"), user)
}
