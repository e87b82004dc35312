package jetstream

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"enlace/bot/state"
)

// PutAnswer implements state.Answers. Which answer a message shows is in a bucket of its own.
func (s *Store) PutAnswer(ctx context.Context, now time.Time, a state.Answer) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	var old state.Answer
	if _, _, err := s.answers.read(ctx, key(a.ID), &old); err != nil {
		return err
	}
	rest := state.KeepAnswers - now.Sub(a.At)
	if rest <= 0 {
		return s.forget(ctx, a.ID, old.Messages)
	}
	// All at once: what is written at the same time waits for the disk together. A message whose answer is not there shows none. An
	// answer that is put again is kept no longer than if it had not been.
	if err := together(len(a.Messages)+1, func(i int) error {
		if i == 0 {
			return s.answers.write(ctx, key(a.ID), a, lasting(rest), at(a.At), with(headerUser, key(a.User)))
		}
		return s.shown.put(ctx, key(a.Messages[i-1]), []byte(a.ID), lasting(rest))
	}); err != nil {
		return err
	}
	return s.hide(ctx, a.ID, slices.DeleteFunc(old.Messages, func(m string) bool { return slices.Contains(a.Messages, m) }))
}

// at tells scans the time of what is written.
func at(t time.Time) option { return with(headerAt, strconv.FormatInt(t.UnixNano(), 10)) }

func timeOf(m jetstream.Msg) time.Time {
	ns, _ := strconv.ParseInt(m.Headers().Get(headerAt), 10, 64)
	return time.Unix(0, ns)
}

// hide forgets that messages show an answer.
func (s *Store) hide(ctx context.Context, id string, messages []string) error {
	for _, m := range messages {
		e, err := s.shown.get(ctx, key(m))
		if err != nil {
			return err
		}
		if !e.there() || string(e.value) != id {
			continue
		}
		if err := s.shown.purge(ctx, key(m)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) forget(ctx context.Context, id string, messages []string) error {
	if err := s.hide(ctx, id, messages); err != nil {
		return err
	}
	return s.answers.purge(ctx, key(id))
}

// Answer implements state.Answers.
func (s *Store) Answer(ctx context.Context, now time.Time, id string) (state.Answer, bool, error) {
	var a state.Answer
	_, ok, err := s.answers.read(ctx, key(id), &a)
	if err != nil || !ok || now.Sub(a.At) > state.KeepAnswers {
		return state.Answer{}, false, err
	}
	return a, true, nil
}

// AnswerIn implements state.Answers.
func (s *Store) AnswerIn(ctx context.Context, now time.Time, messageID string) (state.Answer, bool, error) {
	e, err := s.shown.get(ctx, key(messageID))
	if err != nil || !e.there() {
		return state.Answer{}, false, err
	}
	a, ok, err := s.Answer(ctx, now, string(e.value))
	if err != nil || !ok || !slices.Contains(a.Messages, messageID) {
		return state.Answer{}, false, err
	}
	return a, true, nil
}

// Since implements state.Answers: which answers there are is looked up at first, each of them when it is its turn.
func (s *Store) Since(ctx context.Context, from time.Time) iter.Seq2[state.Answer, error] {
	return func(yield func(state.Answer, error) bool) {
		list, err := s.dated(ctx, s.answers, from)
		if err != nil {
			yield(state.Answer{}, err)
			return
		}
		for _, d := range list {
			var a state.Answer
			_, ok, err := s.answers.read(ctx, d.key, &a)
			if err != nil {
				yield(state.Answer{}, err)
				return
			}
			if ok && !yield(a, nil) {
				return
			}
		}
	}
}

// dated is a key with the time of its value.
type dated struct {
	key string
	at  time.Time
}

// dated returns the keys whose values are of a time or later, oldest first.
func (s *Store) dated(ctx context.Context, b *bucket, from time.Time) ([]dated, error) {
	times := map[string]time.Time{} // a value that is written anew meanwhile is seen twice
	err := s.scan(ctx, b.stream, b.subject+">", true, func(m jetstream.Msg) {
		if m.Headers().Get(headerAt) != "" {
			times[strings.TrimPrefix(m.Subject(), b.subject)] = timeOf(m)
		}
	})
	var list []dated
	for key, t := range times {
		if !t.Before(from) {
			list = append(list, dated{key, t})
		}
	}
	slices.SortFunc(list, func(a, b dated) int { return cmp.Or(a.at.Compare(b.at), strings.Compare(a.key, b.key)) })
	return list, err
}

// last is the value of a conversation.
type last struct {
	ID string
	At time.Time
}

// PutLast implements state.Conversations.
func (s *Store) PutLast(ctx context.Context, now time.Time, conversation, id string) error {
	return s.conversations.write(ctx, key(conversation), last{id, now})
}

// Last implements state.Conversations.
func (s *Store) Last(ctx context.Context, now time.Time, conversation string, within time.Duration) (state.Answer, bool, error) {
	var l last
	_, ok, err := s.conversations.read(ctx, key(conversation), &l)
	if err != nil || !ok || now.Sub(l.At) > within {
		return state.Answer{}, false, err
	}
	return s.Answer(ctx, now, l.ID)
}
