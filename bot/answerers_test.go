package bot_test

import (
	"context"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// streams answers at once with what a function says.
type streams func(q knowledge.Question) knowledge.Answer

func (s streams) Stream(_ context.Context, q knowledge.Question, emit func(answer.Progress)) knowledge.Answer {
	a := s(q)
	emit(answer.Progress{Stage: answer.Final, Answer: a})
	return a
}

// patient quotes at once and words after a while, or gives up like the answer service.
type patient struct{ wait time.Duration }

func (p patient) Stream(ctx context.Context, q knowledge.Question, emit func(answer.Progress)) knowledge.Answer {
	a := knowledge.Answer{ID: q.ID, Question: q.Text, Language: knowledge.English, Outcome: knowledge.Answered, Mode: knowledge.Quotes, Text: "quoted " + q.Text}
	emit(answer.Progress{Stage: answer.Quoted, Answer: a})
	emit(answer.Progress{Stage: answer.Composing, Answer: a})
	select {
	case <-time.After(p.wait):
		a.Mode, a.Text = knowledge.Model, "worded "+q.Text
	case <-ctx.Done():
	}
	emit(answer.Progress{Stage: answer.Final, Answer: a})
	return a
}
