package jetstream

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

func voteKey(answer, user string) string { return key(answer) + "." + key(user) }

// PutVote implements state.Feedback.
func (s *Store) PutVote(ctx context.Context, v state.Vote) error {
	return s.votes.write(ctx, voteKey(v.Answer, v.User), v, at(v.At))
}

// Vote implements state.Feedback.
func (s *Store) Vote(ctx context.Context, answer, user string) (v state.Vote, ok bool, err error) {
	_, ok, err = s.votes.read(ctx, voteKey(answer, user), &v)
	return v, ok, err
}

// Votes implements state.Feedback.
func (s *Store) Votes(ctx context.Context, from time.Time) iter.Seq2[state.Vote, error] {
	return func(yield func(state.Vote, error) bool) {
		list, err := s.dated(ctx, s.votes, from)
		if err != nil {
			yield(state.Vote{}, err)
			return
		}
		for _, d := range list {
			var v state.Vote
			_, ok, err := s.votes.read(ctx, d.key, &v)
			if err != nil {
				yield(state.Vote{}, err)
				return
			}
			if ok && !v.At.Before(from) && !yield(v, nil) {
				return
			}
		}
	}
}

// PutAudit implements state.Audits.
func (s *Store) PutAudit(ctx context.Context, a state.Audit) error {
	raw, err := json.Marshal(a)
	if err != nil {
		return err
	}
	m := &nats.Msg{Subject: s.layout.subject("audit.") + key(a.Action), Data: raw, Header: nats.Header{jetstream.MsgIDHeader: {s.unique()}}}
	at(a.At)(m)
	return s.again(ctx, "recording what an admin did", func(ctx context.Context) error {
		_, err := s.js.PublishMsg(ctx, m)
		return err
	})
}

// Audits implements state.Audits.
func (s *Store) Audits(ctx context.Context, from time.Time) iter.Seq2[state.Audit, error] {
	type place struct {
		sequence uint64
		at       time.Time
	}
	return func(yield func(state.Audit, error) bool) {
		var list []place
		err := s.scan(ctx, s.audits, s.layout.subject("audit.>"), true, func(m jetstream.Msg) {
			if meta, err := m.Metadata(); err == nil && m.Headers().Get(headerAt) != "" && !timeOf(m).Before(from) {
				list = append(list, place{meta.Sequence.Stream, timeOf(m)})
			}
		})
		if err != nil {
			yield(state.Audit{}, err)
			return
		}
		slices.SortFunc(list, func(a, b place) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.sequence, b.sequence)) })
		for _, p := range list {
			a, ok, err := s.audit(ctx, p.sequence)
			if err != nil {
				yield(state.Audit{}, err)
				return
			}
			if ok && !yield(a, nil) {
				return
			}
		}
	}
}

func (s *Store) audit(ctx context.Context, sequence uint64) (a state.Audit, ok bool, err error) {
	err = s.again(ctx, "reading what admins did", func(ctx context.Context) error {
		m, err := s.audits.GetMsg(ctx, sequence)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		if err == nil {
			ok = json.Unmarshal(m.Data, &a) == nil
		}
		return err
	})
	return a, ok, err
}

// The two kinds of marks' keys.
const (
	markPrefix       = "mark."
	registeredPrefix = "registered."
)

// PutMark implements state.Marks.
func (s *Store) PutMark(ctx context.Context, name, value string) error {
	if err := state.CheckMark(name); err != nil {
		return err
	}
	if value == "" {
		return s.marks.purge(ctx, markPrefix+key(name))
	}
	return s.marks.put(ctx, markPrefix+key(name), []byte(value))
}

// Marks implements state.Marks.
func (s *Store) Marks(ctx context.Context, prefix string) (map[string]string, error) {
	out := map[string]string{}
	err := s.scan(ctx, s.marks.stream, s.marks.subject+markPrefix+">", false, func(m jetstream.Msg) {
		name := unkey(strings.TrimPrefix(m.Subject(), s.marks.subject+markPrefix))
		if strings.HasPrefix(name, prefix) {
			out[name] = string(m.Data())
		}
	})
	return out, err
}

// Registered implements state.Registrations.
func (s *Store) Registered(ctx context.Context, scope string) (string, error) {
	e, err := s.marks.get(ctx, registeredPrefix+key(scope))
	return string(e.value), err
}

// PutRegistered implements state.Registrations.
func (s *Store) PutRegistered(ctx context.Context, scope, hash string) error {
	return s.marks.put(ctx, registeredPrefix+key(scope), []byte(hash))
}
