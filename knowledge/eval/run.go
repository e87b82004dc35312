package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"enlace/knowledge"
)

// Answerer is whose answers are scored.
type Answerer interface {
	Answer(ctx context.Context, q knowledge.Question) knowledge.Answer
	Summary(topic knowledge.TopicID, l knowledge.Lang) knowledge.Answer
}

// Options are the choices of a run; the zero value works.
type Options struct {
	Now      func() time.Time      // the clock for latency; nil measures none
	Progress func(done, total int) // called after every question, turn and summary, from Run's goroutine; may be nil
}

// Result is what one question got.
type Result struct {
	ID        string             `json:"id"`
	Dialogue  string             `json:"dialogue,omitempty"` // of a turn
	Half      Half               `json:"half"`
	Lang      knowledge.Lang     `json:"lang"`
	Kind      Kind               `json:"kind"`
	Question  string             `json:"question"`
	Want      knowledge.Outcome  `json:"want"`
	Facts     []Group            `json:"facts"`
	Got       knowledge.Outcome  `json:"got"`
	Cited     []knowledge.FactID `json:"cited"`
	Retrieved []knowledge.FactID `json:"retrieved"` // at most five, best first
	Rank      int                `json:"rank"`      // of the first group among all retrieved, from 1; -1 = not found, 0 = nothing to find
	Correct   bool               `json:"correct"`
	Why       string             `json:"why,omitempty"` // why it is not correct
	Fair      int                `json:"fair"`          // cited facts that the question allows
	Covered   int                `json:"covered"`       // groups that are covered
	Language  knowledge.Lang     `json:"language"`      // of the answer
	Took      time.Duration      `json:"took_ns"`
}

// SummaryResult is how much of its key points a summary covers.
type SummaryResult struct {
	Half    Half              `json:"half"`
	Topic   knowledge.TopicID `json:"topic"`
	Lang    knowledge.Lang    `json:"lang"`
	Covered int               `json:"covered"`
	Points  int               `json:"points"`
	Cited   int               `json:"cited"`
	Missing []Group           `json:"missing"`
}

// Report is the outcome of a run. It is read-only and safe for concurrent use.
type Report struct {
	FactsVersion string
	Results      []Result // questions and turns in the order of the suites
	Summaries    []SummaryResult
}

// Run asks everything that the suites hold, one after the other, without saying the language. A dialogue's turns carry the
// earlier ones with the answers that they really got. The error is ctx's, and there is no report then.
func Run(ctx context.Context, a Answerer, suites []*Suite, o Options) (*Report, error) {
	r := runner{a: a, o: o, total: count(suites), rep: &Report{}}
	for _, s := range suites {
		for i := range s.Questions {
			r.ask(ctx, s.Half, "", &s.Questions[i], nil)
		}
		for i := range s.Dialogues {
			r.converse(ctx, s.Half, &s.Dialogues[i])
		}
		for i := range s.Summaries {
			r.summarise(ctx, s.Half, &s.Summaries[i])
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r.rep, nil
}

func count(suites []*Suite) int {
	n := 0
	for _, s := range suites {
		for range s.All {
			n++
		}
		n += len(s.Summaries) * len(knowledge.Langs)
	}
	return n
}

type runner struct {
	a           Answerer
	o           Options
	done, total int
	rep         *Report
}

func (r *runner) progress() {
	r.done++
	if r.o.Progress != nil {
		r.o.Progress(r.done, r.total)
	}
}

func (r *runner) now() time.Time {
	if r.o.Now == nil {
		return time.Time{}
	}
	return r.o.Now()
}

func (r *runner) ask(ctx context.Context, h Half, dialogue string, q *Question, history []knowledge.Turn) knowledge.Answer {
	if ctx.Err() != nil {
		return knowledge.Answer{}
	}
	start := r.now()
	a := r.a.Answer(ctx, knowledge.Question{ID: q.ID, Text: q.Text, History: history})
	took := r.now().Sub(start)
	res := judge(q, &a)
	res.Half, res.Dialogue, res.Took = h, dialogue, took
	r.rep.Results = append(r.rep.Results, res)
	if r.rep.FactsVersion == "" {
		r.rep.FactsVersion = a.FactsVersion
	}
	r.progress()
	return a
}

func (r *runner) converse(ctx context.Context, h Half, d *Dialogue) {
	var history []knowledge.Turn
	for i := range d.Turns {
		a := r.ask(ctx, h, d.ID, &d.Turns[i], slices.Clone(history))
		history = append(history, knowledge.Turn{Question: d.Turns[i].Text, Answer: a.Text, Cited: citedIDs(&a)})
	}
}

func (r *runner) summarise(ctx context.Context, h Half, p *Points) {
	for _, l := range knowledge.Langs {
		if ctx.Err() != nil {
			return
		}
		a := r.a.Summary(p.Topic, l)
		cited := citedIDs(&a)
		res := SummaryResult{Half: h, Topic: p.Topic, Lang: l, Points: len(p.Points), Cited: len(cited)}
		res.Missing = uncovered(p.Points, cited)
		res.Covered = res.Points - len(res.Missing)
		r.rep.Summaries = append(r.rep.Summaries, res)
		r.progress()
	}
}

// judge compares an answer with what its question expects. An answer is correct when it ends as expected, cites a fact of
// every group, and names the correction where a premise is false.
func judge(q *Question, a *knowledge.Answer) Result {
	cited := citedIDs(a)
	missing := uncovered(q.Facts, cited)
	r := Result{
		ID: q.ID, Lang: q.Lang, Kind: q.Kind, Question: q.Text, Want: q.Outcome, Facts: q.Facts,
		Got: a.Outcome, Cited: cited, Rank: rank(q.Facts, a.Retrieved), Covered: len(q.Facts) - len(missing), Language: a.Language,
	}
	for _, f := range a.Retrieved[:min(5, len(a.Retrieved))] {
		r.Retrieved = append(r.Retrieved, f.ID)
	}
	for _, id := range cited {
		if q.fair(id) {
			r.Fair++
		}
	}
	switch {
	case a.Outcome != q.Outcome:
		r.Why = fmt.Sprintf("ended in %s, not in %s", a.Outcome, q.Outcome)
	case len(missing) > 0:
		r.Why = "does not cite " + joinGroups(missing)
	case len(q.Corrects) > 0 && !names(a, q.Corrects):
		r.Why = "does not name the correction " + q.Corrects.String()
	}
	r.Correct = r.Why == ""
	return r
}

func citedIDs(a *knowledge.Answer) []knowledge.FactID {
	ids := make([]knowledge.FactID, len(a.Citations))
	for i, c := range a.Citations {
		ids[i] = c.ID
	}
	return ids
}

func uncovered(groups []Group, cited []knowledge.FactID) []Group {
	var out []Group
	for _, g := range groups {
		if !slices.ContainsFunc(cited, g.Has) {
			out = append(out, g)
		}
	}
	return out
}

func rank(groups []Group, found []knowledge.Retrieved) int {
	if len(groups) == 0 {
		return 0
	}
	if i := slices.IndexFunc(found, func(f knowledge.Retrieved) bool { return groups[0].Has(f.ID) }); i >= 0 {
		return i + 1
	}
	return -1
}

// names reports whether the answer gives one of the facts as the correction, or cites it before all others.
func names(a *knowledge.Answer, g Group) bool {
	if len(a.Citations) > 0 && g.Has(a.Citations[0].ID) {
		return true
	}
	return slices.ContainsFunc(a.Premise, func(p knowledge.Premise) bool { return g.Has(p.Fact) })
}

func joinGroups(groups []Group) string {
	parts := make([]string, len(groups))
	for i, g := range groups {
		parts[i] = g.String()
	}
	return strings.Join(parts, "; ")
}
