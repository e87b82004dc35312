package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"

	"enlace/bot/gateway"
	"enlace/bot/state"
	"enlace/knowledge"
)

// keeper keeps in the outbox what becomes of a job, so that another process can finish what this one begins. A nil keeper keeps
// nothing. It is safe for concurrent use.
type keeper struct {
	bot  *Bot
	job  *job
	last bool // the job is not delivered again

	mu  sync.Mutex
	res result
}

// tries reports whether an error while sending goes away, so that the same answer can be sent later.
func (k *keeper) tries(err error) bool {
	return k != nil && !k.last && (errors.Is(err, gateway.ErrUnavailable) || errors.Is(err, gateway.ErrRateLimited) || errors.Is(err, gateway.ErrBraked))
}

// final keeps what stands, before it is posted. It returns false where that is of no use any more: the question was deleted, or its
// newer text is answered instead.
func (k *keeper) final(r *run, got knowledge.Answer, parts []Part) bool {
	if k == nil {
		return true
	}
	ctx := context.WithoutCancel(r.sending)
	if n, err := k.bot.note(ctx, k.job.ask.id); err == nil && r.sending.Err() == nil {
		if n.Deleted {
			r.stop(errDeleted)
		} else if n.Version > k.job.version {
			r.stop(errReplaced)
		}
	}
	if r.sending.Err() != nil {
		return false
	}
	packed, err := packParts(parts)
	if err != nil {
		k.bot.log.Error("an answer cannot be kept", slog.String("question", k.job.ask.id), slog.Any("error", err))
		return true
	}
	k.keep(ctx, func(res *result) {
		res.Final, res.Parts, res.Answer = true, packed, k.bot.record(r, got, nil)
	})
	return true
}

// shows notes which messages show something of the answer by now.
func (k *keeper) shows(ctx context.Context, ids []string) {
	k.keep(ctx, func(res *result) { res.Messages = ids })
}

// keep changes what is kept. An engine that does not take it is no reason to say nothing: nonces and edits make a second answer
// unlikely, and silence would be certain.
func (k *keeper) keep(ctx context.Context, change func(*result)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	change(&k.res)
	k.res.Version, k.res.At = k.job.version, k.bot.now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), storeTime)
	defer cancel()
	raw, err := json.Marshal(k.res)
	if err == nil {
		err = k.bot.outbox.PutResult(ctx, state.Result{ID: k.job.ask.id, User: k.job.ask.user, Payload: raw})
	}
	if err != nil {
		k.bot.log.Warn("an answer is not kept", slog.String("question", k.job.ask.id), slog.Any("error", err))
	}
}

// result returns what is kept of a question; the zero result is nothing.
func (b *Bot) result(ctx context.Context, question string) (res result, err error) {
	return fetched[result](ctx, b, question)
}

// note returns what is noted of a question.
func (b *Bot) note(ctx context.Context, question string) (note, error) {
	return fetched[note](ctx, b, noteID(question))
}

func (b *Bot) putNote(ctx context.Context, question, user string, n note) error {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	raw, err := json.Marshal(n)
	if err == nil {
		err = b.outbox.PutResult(ctx, state.Result{ID: noteID(question), User: user, Payload: raw})
	}
	if err != nil {
		b.log.Warn("what became of a question is not noted", slog.String("question", question), slog.Any("error", err))
	}
	return err
}

// fetched reads a value from the outbox; the zero value where there is none. One that cannot be read is none.
func fetched[T any](ctx context.Context, b *Bot, id string) (v T, err error) {
	ctx, cancel := context.WithTimeout(ctx, storeTime)
	defer cancel()
	r, ok, err := b.outbox.Result(ctx, id)
	if err != nil || !ok {
		return v, err
	}
	if err := json.Unmarshal(r.Payload, &v); err != nil {
		b.log.Error("what was kept cannot be read", slog.String("id", id), slog.Any("error", err))
		return *new(T), nil
	}
	return v, nil
}
