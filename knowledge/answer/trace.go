package answer

import (
	"context"
	"slices"
	"sync"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
)

// Trace tells how an answer came about, for somebody who looks over the service's shoulder. It belongs to its receiver.
type Trace struct {
	Answer   knowledge.Answer
	Searched string             // what was looked up: the question, with words of the conversation where it leans on them
	Lang     knowledge.Lang     // whose index was searched
	Found    []FoundFact        // best first
	Chosen   []knowledge.FactID // the facts that are quoted, or that a writer has to say; none for an abstention
	// Probability is search's estimate that the best fact answers; below Threshold a question is answered only where a fact states what
	// is asked.
	Probability, Threshold float64
	Repairs                []Repair
	Names                  []string // of the people, places and things that the question names

	Drafts []Drafted // what the writer was asked, in order; none in quotes mode, or where a wording was known already
	Cached bool      // the wording is an earlier one, proved again
	Shared bool      // somebody else asked the same at the same time: their trace has the drafts
	Stages []Took    // in order
}

// FoundFact is a fact as it was retrieved.
type FoundFact struct {
	Fact     *knowledge.Fact
	Score    float64
	Features search.Features
}

// Repair is a word that was taken for another one.
type Repair struct{ Typed, Taken string }

// Drafted is one request to the writer and what came of it.
type Drafted struct {
	Request   draft.Request
	Facts     []knowledge.FactID // behind the handles f1, f2, …
	Draft     draft.Draft
	Failure   draft.Kind // "" = there is a draft
	Sentences []Judged
}

// Judged is a drafted sentence with its verdict. Vetoed ones are proved, and were refused all the same.
type Judged struct {
	Text    string
	Facts   []knowledge.FactID
	Verdict verify.Verdict
	Vetoed  bool
}

// Took is how long one stage took.
type Took struct {
	Stage string // "search", "decide", "quote", "draft", "prove", "check again"
	Time  time.Duration
}

// tracer collects a trace. A nil one collects nothing. A wording may go on when its asker has left, so it is locked, and what comes
// after done is lost.
type tracer struct {
	mu   sync.Mutex
	t    Trace
	now  func() time.Time
	last time.Time
	over bool
}

// traced returns a context with a tracer in it, or ctx and nil where nobody looks.
func (s *Service) traced(ctx context.Context) (context.Context, *tracer) {
	if s.trace == nil {
		return ctx, nil
	}
	t := &tracer{now: s.now, last: s.now()}
	return context.WithValue(ctx, tracerKey{}, t), t
}

type tracerKey struct{}

func tracerOf(ctx context.Context) *tracer {
	t, _ := ctx.Value(tracerKey{}).(*tracer)
	return t
}

func (t *tracer) write(f func(*Trace)) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.over {
		f(&t.t)
	}
}

// took ends a stage.
func (t *tracer) took(stage string) {
	t.write(func(x *Trace) {
		now := t.now()
		x.Stages = append(x.Stages, Took{stage, now.Sub(t.last)})
		t.last = now
	})
}

// found notes what a search found, whose memory is used again.
func (t *tracer) found(searched string, r *search.Result) {
	t.took("search")
	t.write(func(x *Trace) {
		x.Searched, x.Lang, x.Probability, x.Threshold = searched, r.Lang, r.Probability, leastProbable(r)
		for i, p := range r.Passages {
			x.Found = append(x.Found, FoundFact{p.Fact, p.Score, r.Features[i]})
		}
		for _, w := range r.Repairs {
			if 0 <= w.Start && w.Start < w.End && w.End <= len(searched) {
				x.Repairs = append(x.Repairs, Repair{searched[w.Start:w.End], w.To})
			}
		}
		for _, m := range r.Mentions {
			if !slices.Contains(x.Names, m.Entity.Name) {
				x.Names = append(x.Names, m.Entity.Name)
			}
		}
	})
}

func (t *tracer) decided(d decision) {
	t.took("decide")
	t.write(func(x *Trace) {
		for _, l := range d.lines {
			x.Chosen = append(x.Chosen, l.fact.ID)
		}
	})
}

// drafted notes a draft, or why there is none.
func (t *tracer) drafted(r draft.Request, ids []knowledge.FactID, d draft.Draft, err error) {
	t.took("draft")
	t.write(func(x *Trace) {
		one := Drafted{Request: r, Facts: slices.Clone(ids), Draft: d}
		if err != nil {
			one.Failure = draft.KindOf(err)
		}
		x.Drafts = append(x.Drafts, one)
	})
}

// judged notes the verdict on a sentence of the last draft.
func (t *tracer) judged(s verify.Sentence, v verify.Verdict, vetoed bool) {
	t.write(func(x *Trace) {
		last := &x.Drafts[len(x.Drafts)-1]
		last.Sentences = append(last.Sentences, Judged{s.Text, slices.Clone(s.Facts), v, vetoed})
	})
}

// done tells the receiver.
func (t *tracer) done(a knowledge.Answer, tell func(Trace)) {
	if t == nil {
		return
	}
	t.mu.Lock()
	t.over = true
	t.t.Answer = a
	x := t.t
	t.mu.Unlock()
	tell(x)
}
