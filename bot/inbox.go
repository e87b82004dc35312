package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"enlace/bot/gateway"
	"enlace/bot/state"
)

const (
	// workers is how many jobs this process works on at a time. What comes beyond waits, and its askers know that it was taken.
	workers = 128
	// acceptTime bounds the accepting of a question: a command is owed its first response within 3 s.
	acceptTime = time.Second
	// freshTime is how old a question is at most that another process has accepted and nobody has worked on.
	freshTime = time.Second
	// maxTries is how often a question is tried to be answered; then its asker is told that it failed.
	maxTries = 4
	// knownTime bounds the wait for Discord to say who the bot is, after a start.
	knownTime = 5 * time.Second
)

// codeAcknowledged is Discord's for an interaction that has been responded to; docs, topics/opcodes-and-status-codes.
const codeAcknowledged = 40060

// errUnread is why a job was not looked at.
var errUnread = errors.New("it is not known what became of the question so far")

// accept hands a question to the inbox: when it returns nil the question is kept, and will be answered whatever becomes of this
// process.
func (b *Bot) accept(ctx context.Context, j *job) error {
	ctx, cancel := context.WithTimeout(ctx, acceptTime)
	defer cancel()
	if j.event == nil {
		b.taken.add(j.ask.id)
	}
	packed, err := j.pack()
	if err == nil {
		err = b.inbox.Accept(ctx, packed)
	}
	if err != nil {
		b.log.Warn("a question is not accepted", slog.String("question", j.ask.id), slog.Any("error", err))
		return err
	}
	b.log.Info("accepted", slog.String("question", j.ask.id))
	return nil
}

// ackAccepted tells the asker of a command that an answer is coming, and whoever works on it that this was done.
func (b *Bot) ackAccepted(ctx context.Context, j *job, mine *acceptance) {
	err := errors.New("a panic")
	defer func() { mine.tell(err) }()
	if err = b.deferred(ctx, j); err != nil {
		b.log.Warn("an interaction is not acknowledged", slog.String("question", j.ask.id), slog.Any("error", err))
		return
	}
	b.meter.Took("ack", b.now().Sub(j.received))
}

// deferred shows that an answer is coming, whoever shows it.
func (b *Bot) deferred(ctx context.Context, j *job) error {
	err := b.ack(ctx, j.event, j.ask)
	if gateway.Code(err) == codeAcknowledged {
		return nil
	}
	return err
}

// Work answers the questions that the inbox hands out, until ctx ends or the bot is drained. Without an inbox it only waits for that.
func (b *Bot) Work(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(b.noWork, cancel)()
	if b.inbox == nil {
		<-ctx.Done()
		return nil
	}
	return b.inbox.Work(ctx, workers, b.workOn)
}

// delivery is a job that is being worked on.
type delivery struct {
	*job
	try  int
	last bool   // whatever comes of it, this is its outcome
	kept result // what earlier tries have left
	turn *turn
}

// workOn works on one delivery until the question has its outcome. An error has it delivered again.
func (b *Bot) workOn(ctx context.Context, given state.Delivery) error {
	b.working(1)
	defer b.working(-1)
	j, err := unpack(given.Job)
	if err != nil {
		return err
	}
	if given.Try == 1 && b.taken.of(j.ask.id) == nil && (j.received.Before(b.started) || b.now().Sub(j.received) > freshTime) {
		given.Try = 2 // an engine may forget at a crash what it has just delivered
	}
	if given.Try > 1 {
		b.log.Info("a question is taken up again", slog.String("question", j.ask.id), slog.Int("try", given.Try))
	}
	b.replaceOlder(j)
	d := &delivery{job: j, try: given.Try, last: given.Last, turn: b.turns.take(j.ask.id)}
	defer b.turns.give(j.ask.id, d.turn)
	if done, err := b.look(ctx, d); done || err != nil {
		return err
	}
	p, err := b.pageOf(ctx, d)
	switch {
	case errors.Is(err, errDeleted):
		b.log.Info("a question is gone", slog.String("question", j.ask.id))
		return nil
	case err != nil && !d.last:
		return err
	case err != nil:
		p = nil
	}
	r, ok := b.open(ctx, j.ask, p, &keeper{bot: b, job: j, last: d.last, res: d.kept}, j.received)
	if !ok && b.stopping() {
		return state.ErrHandOver
	} else if !ok {
		return errors.New("there is no room for another answer")
	}
	defer b.close(r)
	return b.outcome(ctx, d, b.equip(d, r))
}

// replaceOlder stops the work on an older text of a question.
func (b *Bot) replaceOlder(j *job) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r := b.running[j.ask.id]; r != nil && r.keeper != nil && r.keeper.job.version < j.version {
		r.stop(errReplaced)
	}
}

// look finds out what became of a question before this delivery. It returns true where nothing is left to do.
func (b *Bot) look(ctx context.Context, d *delivery) (done bool, err error) {
	n, err := b.note(ctx, d.ask.id)
	if err == nil && (d.try > 1 || d.version > 0) {
		d.kept, err = b.result(ctx, d.ask.id)
	}
	if err != nil {
		b.log.Warn(errUnread.Error(), slog.String("question", d.ask.id), slog.Any("error", err))
		if d.try > 1 && d.try < maxTries && !d.last {
			return false, errUnread
		}
	}
	if n.Deleted || n.Version > d.version || d.kept.Version > d.version {
		b.log.Info("a question is not answered", slog.String("question", d.ask.id), slog.Bool("deleted", n.Deleted), slog.Bool("edited", !n.Deleted))
		return true, nil
	}
	if d.version > n.Version {
		_ = b.putNote(ctx, d.ask.id, d.ask.user, note{Version: d.version, Text: d.ask.text})
	}
	if d.kept.Version != d.version { // of an older text only the messages count
		d.kept = result{Messages: d.kept.Messages, Version: d.version, At: d.kept.At}
	}
	if d.try > 1 { // what an engine has forgotten was noted by the try itself
		d.try = max(d.try, d.kept.Tries+1)
	}
	d.last = d.last || d.try >= maxTries
	if !d.kept.Final {
		return false, nil
	}
	old, known, _ := b.store.Answer(ctx, b.now(), d.ask.id)
	return known && !old.At.Before(d.kept.At), nil // it is remembered when it is seen
}

// handOver gives all jobs back that are being worked on.
func (b *Bot) handOver() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.running {
		if r.keeper != nil {
			r.stop(errHandOver)
		}
	}
}
