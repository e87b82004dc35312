package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// Why an answer is given up without a word.
var (
	errDeleted  = errors.New("the question was deleted")
	errReplaced = errors.New("the question was edited")
	errGone     = errors.New("the channel is out of reach")
	errHandOver = errors.New("another process goes on")
)

// errEnough ends the wording of an answer, not the answer.
var errEnough = errors.New("time to finish")

// run is an answer that is being worked on.
type run struct {
	ask     ask
	keeper  *keeper // of a job from the inbox; nil = nothing is kept
	page    page
	history func(context.Context) []state.Answer // the conversation, oldest first
	typing  func(context.Context) error          // shows that the bot is at work; may be nil
	done    chan struct{}
	start   time.Time
	held    bool // drafts are not shown: the asker may see one already
	late    bool // the token of its command is dead: it is seen in the channel, or not at all

	sending context.Context // ends when nothing may be sent any longer
	stop    context.CancelCauseFunc
	wording context.Context // ends when the answer must be final
	enough  func()
	ack     sync.Once
}

// open begins the work on an ask, which k keeps if it is not nil. It returns false when the bot takes no further ones.
func (b *Bot) open(ctx context.Context, a ask, p page, k *keeper, start time.Time) (*run, bool) {
	r := &run{ask: a, page: p, keeper: k, done: make(chan struct{}), start: start}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closing {
		return nil, false
	}
	select {
	case b.places <- struct{}{}:
	default:
		return nil, false
	}
	sending, stop := context.WithCancelCause(ctx)
	r.sending, r.stop = sending, stop
	wording, enough := context.WithCancelCause(sending)
	r.wording, r.enough = wording, func() { enough(errEnough) }
	b.running[a.id] = r
	b.meter.Open(1)
	return r, true
}

// close ends the work.
func (b *Bot) close(r *run) {
	r.stop(nil)
	b.mu.Lock()
	if b.running[r.ask.id] == r {
		delete(b.running, r.ask.id)
	}
	b.mu.Unlock()
	<-b.places
	b.meter.Open(-1)
	close(r.done)
}

// answer works on an ask until what is seen is final, or nothing more can be sent. The calling goroutine asks and another one
// sends, so that a slow Discord does not hold up the wording.
func (b *Bot) answer(r *run) {
	defer b.close(r)
	got, err := b.compose(r)
	b.ended(r, got, err)
}

// compose does all of answer but the end.
func (b *Bot) compose(r *run) (got knowledge.Answer, err error) {
	log := b.log.With(slog.String("question", r.ask.id))
	sending, cancelSending := context.WithTimeout(r.sending, answerTime+sendTime)
	defer cancelSending()
	wording, cancelWording := context.WithTimeout(r.wording, answerTime)
	defer cancelWording()

	typist := b.typist(wording, r)
	board := newBoard(r.page)
	board.shown = func() { b.acked(r); typist.shown(); b.meter.Took("quotes", b.now().Sub(r.start)) }
	sent := make(chan error, 1)
	go func() {
		var err error
		defer func() { sent <- err }()
		defer b.contain("sending", func() { err = errors.New("a panic while sending") })
		err = board.send(sending)
		if err != nil && !gone(err) && sending.Err() == nil && !r.keeper.tries(err) { // one more try with something that Discord takes
			log.Warn("an answer cannot be sent", slog.Any("error", err))
			err = r.page.show(sending, renderText(answer.OutcomeText(knowledge.Failed, r.ask.lang, nil, 0)))
		}
		if gone(err) {
			r.stop(errGone) // no wording for nobody
		} else if cause := context.Cause(r.sending); err != nil && cause != nil {
			err = cause
		}
	}()
	got = b.word(wording, r, board, typist)
	return got, <-sent
}

// word asks the answerer and puts what it says on the board. It returns the answer that stands.
func (b *Bot) word(ctx context.Context, r *run, board *board, typist *typist) (got knowledge.Answer) {
	defer typist.stop()
	defer b.contain("answering", func() {
		got = knowledge.Answer{ID: r.ask.id, Language: r.ask.lang, Outcome: knowledge.Failed, Abstained: true, Mode: knowledge.Quotes}
		got.Text = answer.OutcomeText(knowledge.Failed, r.ask.lang, nil, 0)
		board.put(renderText(got.Text), true)
	})
	q := knowledge.Question{ID: r.ask.id, Text: r.ask.text, Lang: r.ask.answerIn, History: turns(r.history(ctx))}
	got = b.answerer.Stream(ctx, q, func(p answer.Progress) {
		if p.Stage == answer.Quoted && !r.held {
			board.put(plain(Render(&p.Answer)), false)
		}
		if p.Stage == answer.Composing {
			typist.compose()
		}
	})
	var parts []Part
	if !r.ask.quiet || got.Outcome != knowledge.OffTopic && got.Outcome != knowledge.Empty {
		parts = b.final(r, &got)
	}
	if r.keeper.final(r, got, parts) {
		board.put(parts, true)
	}
	return got
}

// final returns what is to be seen of the answer that stands.
func (b *Bot) final(r *run, got *knowledge.Answer) []Part {
	if got.Outcome != knowledge.Empty {
		return b.shown(&state.Answer{ID: r.ask.id, Private: r.ask.private, Answer: *got})
	}
	help := got.Text + "\n" + wordHowTo.In(got.Language)
	if r.ask.answerIn == "" { // nothing says which language they speak
		help += "\n" + wordHowTo.In(got.Language.Other())
	}
	return renderText(help)
}

// acked notes the first thing that the asker sees.
func (b *Bot) acked(r *run) {
	r.ack.Do(func() { b.meter.Took("ack", b.now().Sub(r.start)) })
}

// ended remembers, counts and logs what came of an ask.
func (b *Bot) ended(r *run, got knowledge.Answer, err error) {
	log, took, outcome := b.log.With(slog.String("question", r.ask.id)), b.now().Sub(r.start), got.Outcome
	if r.late {
		outcome = knowledge.Timeout
	}
	attrs := []any{
		slog.String("outcome", string(outcome)), slog.String("language", string(got.Language)), slog.String("mode", string(got.Mode)),
		slog.Int("cited", len(got.Citations)), slog.String("facts_version", got.FactsVersion), slog.Duration("took", took),
	}
	b.meter.Question(string(outcome), string(got.Language), string(got.Mode))
	for _, d := range got.Dropped {
		b.meter.Refused(d.Reason)
	}
	switch {
	case err == nil:
		b.acked(r)
		b.meter.Took("final", took)
		log.Info("answered", attrs...)
	case gone(err), errors.Is(err, errDeleted), errors.Is(err, errReplaced), errors.Is(err, errGone):
		log.Info("an answer is given up", append(attrs, slog.Any("why", err))...)
	default:
		log.Error("an answer did not arrive", append(attrs, slog.Any("error", err))...)
	}
	if shown := r.page.messages(); len(shown) > 0 && !errors.Is(err, errReplaced) {
		b.remember(r, got, shown)
	}
}

// remember keeps an answer for follow-ups and edits.
func (b *Bot) remember(r *run, got knowledge.Answer, shown []string) {
	a := b.record(r, got, shown)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.sending), storeTime)
	defer cancel()
	err := b.store.PutAnswer(ctx, b.now(), a)
	if err == nil && r.ask.conversation != "" && (!r.ask.private || r.ask.guild == "") && got.Outcome != knowledge.Empty {
		err = b.store.PutLast(ctx, b.now(), r.ask.conversation, a.ID)
	}
	if err != nil {
		b.log.Warn("an answer is not remembered", slog.String("question", a.ID), slog.Any("error", err))
	}
}

// record is an answer as it is remembered.
func (b *Bot) record(r *run, got knowledge.Answer, shown []string) state.Answer {
	got.Retrieved, got.Dropped = nil, nil
	return state.Answer{
		ID: r.ask.id, Parent: r.ask.parent, Guild: r.ask.guild, Channel: r.ask.channel, User: r.ask.user, Messages: shown,
		Command: r.ask.origin == byCommand && !r.late, Private: r.ask.private, At: b.now(), Asked: r.ask.text, Answer: got,
		Cited: b.cited(got.Citations, got.FactsVersion, got.Language),
	}
}
