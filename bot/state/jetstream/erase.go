package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// Erase implements state.Erasure. It looks at everything there is: it is rare, and may take seconds.
func (s *Store) Erase(ctx context.Context, user string) (e state.Erased, err error) {
	gone := map[string]bool{} // answers
	s.taken.clear()
	for _, step := range []func() error{
		func() error { return s.eraseAnswers(ctx, user, gone) },
		func() (err error) { e.Votes, err = s.eraseVotes(ctx, user); return err },
		func() (err error) { e.Conversations, err = s.eraseConversations(ctx, user, gone); return err },
		func() error { return s.eraseLimits(ctx, user) },
		func() error { return s.eraseNamed(ctx, s.claims, user) },
		func() (err error) { e.Jobs, err = s.eraseJobs(ctx, user); return err },
	} {
		if err := step(); err != nil {
			e.Answers = len(gone)
			return e, err
		}
	}
	e.Answers = len(gone)
	return e, nil
}

// owned returns the keys of values that belong to a person.
func (s *Store) owned(ctx context.Context, b *bucket, user string) (list []string, err error) {
	seen := map[string]bool{}
	err = s.scan(ctx, b.stream, b.subject+">", true, func(m jetstream.Msg) {
		if k := strings.TrimPrefix(m.Subject(), b.subject); user != "" && m.Headers().Get(headerUser) == key(user) && !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	})
	return list, err
}

func (s *Store) eraseAnswers(ctx context.Context, user string, gone map[string]bool) error {
	list, err := s.owned(ctx, s.answers, user)
	if err != nil {
		return err
	}
	for _, k := range list {
		var a state.Answer
		_, ok, err := s.answers.read(ctx, k, &a)
		if err == nil && !ok { // it is gone, or cannot be read
			err = s.answers.purge(ctx, k)
		}
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := s.forget(ctx, a.ID, a.Messages); err != nil {
			return err
		}
		gone[a.ID] = true
	}
	return nil
}

func (s *Store) eraseVotes(ctx context.Context, user string) (n int, err error) {
	list, err := s.votes.keys(ctx)
	if err != nil {
		return 0, err
	}
	for _, k := range list {
		if _, voter, _ := strings.Cut(k, "."); voter != key(user) {
			continue
		}
		if err := s.votes.purge(ctx, k); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *Store) eraseConversations(ctx context.Context, user string, gone map[string]bool) (n int, err error) {
	var list []string
	err = s.scan(ctx, s.conversations.stream, s.conversations.subject+">", false, func(m jetstream.Msg) {
		var l last
		k := strings.TrimPrefix(m.Subject(), s.conversations.subject)
		if json.Unmarshal(m.Data(), &l) == nil && (gone[l.ID] || state.Names(unkey(k), user)) {
			list = append(list, k)
		}
	})
	if err != nil {
		return 0, err
	}
	for _, k := range list {
		if err := s.conversations.purge(ctx, k); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (s *Store) eraseLimits(ctx context.Context, user string) error {
	purge := func() error { return s.eraseNamed(ctx, s.limits, user) }
	if s.ledger != nil {
		return s.ledger.erase(user, purge)
	}
	return purge()
}

// eraseNamed removes everything whose key names a person.
func (s *Store) eraseNamed(ctx context.Context, b *bucket, user string) error {
	list, err := b.keys(ctx)
	if err != nil {
		return err
	}
	for _, k := range list {
		what, _, _ := strings.Cut(k, ".")
		if !state.Names(unkey(what), user) {
			continue
		}
		if err := b.purge(ctx, k); err != nil {
			return err
		}
	}
	return nil
}

// eraseJobs removes what a person asked and nobody has answered yet, and results. A work queue has one consumer, so it is read
// message by message.
func (s *Store) eraseJobs(ctx context.Context, user string) (n int, err error) {
	list, err := s.owned(ctx, s.jobs, user)
	if err != nil {
		return 0, err
	}
	for _, k := range list {
		if err := s.jobs.purge(ctx, k); err != nil {
			return n, err
		}
		n++
	}
	for next := uint64(1); ; {
		var m *jetstream.RawStreamMsg
		err := s.again(ctx, "reading the inbox", func(ctx context.Context) (err error) {
			m, err = s.inbox.GetMsg(ctx, next, jetstream.WithGetMsgSubject(s.jobSubjects()))
			return err
		})
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		next = m.Sequence + 1
		if user == "" || m.Header.Get(headerUser) != key(user) {
			continue
		}
		err = s.again(ctx, "removing from the inbox", func(ctx context.Context) error {
			err := s.inbox.SecureDeleteMsg(ctx, m.Sequence)
			if errors.Is(err, jetstream.ErrMsgNotFound) || code(err) == codeNoSuchMessage { // it was done meanwhile
				return nil
			}
			return err
		})
		if err != nil {
			return n, err
		}
		n++
	}
}
