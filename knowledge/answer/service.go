// Package answer goes from a question to an answer whose every sentence is proved by a cited fact, or to a named outcome.
//
// Without a language model the facts are quoted in their own words (quotes mode). A question is normalised and, inside a
// conversation, resolved against what was said; its facts are retrieved; the service then decides whether they answer it,
// corrects a false premise first, chooses the smallest set that answers, and composes the reply.
//
// The package reads no file, opens no connection and asks no clock but the one in Options.
package answer

import (
	"context"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/sync/singleflight"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
)

// Defaults of Options.
const (
	DefaultQuestionChars = 500
	DefaultMaxAge        = 180 * 24 * time.Hour
)

// retrievedShown is how many retrieved facts an answer lists.
const retrievedShown = 10

// Options are choices with working zero values.
type Options struct {
	QuestionChars int              // longest question, in characters; 0 = DefaultQuestionChars
	MaxAge        time.Duration    // facts checked longer ago than this are told with their date; 0 = DefaultMaxAge
	Now           func() time.Time // nil = time.Now
	Writer        Writer           // words answers; nil = the facts in their own words
	WriterVersion string           // names the model and its prompt, for the cache
	Judge         Judge            // may veto proved sentences; nil = nobody
	// Unchecked answers with the best fact that there is, whether or not it states what is asked: to see what the check earns.
	Unchecked bool
	// Trace is told how each answer came about, after it is final and from the goroutine that asked. It changes nothing; nil = nobody
	// looks, and nothing is collected.
	Trace func(Trace)
}

// Service answers questions from the index in service. It is safe for concurrent use.
type Service struct {
	live          *search.Live
	chars         int
	maxAge        time.Duration
	now           func() time.Time
	writer        Writer
	writerVersion string
	judge         Judge
	unchecked     bool
	trace         func(Trace)
	results       sync.Pool // of *search.Result
	cache         *wordings
	flights       singleflight.Group

	verifierMu   sync.Mutex
	verifierBase *knowledge.Base
	verifierOf   *verify.Verifier
}

// New returns a service over live, which must hold an index before the first question.
func New(live *search.Live, o Options) *Service {
	s := &Service{
		live: live, chars: o.QuestionChars, maxAge: o.MaxAge, now: o.Now,
		writer: o.Writer, writerVersion: o.WriterVersion, judge: o.Judge, unchecked: o.Unchecked, trace: o.Trace, cache: newWordings(),
	}
	if s.chars <= 0 {
		s.chars = DefaultQuestionChars
	}
	if s.maxAge <= 0 {
		s.maxAge = DefaultMaxAge
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.results.New = func() any { return new(search.Result) }
	return s
}

// Answer answers q from one version of the facts. Whatever happens is an outcome of the answer: a context that is already
// done ends in Timeout, and one that ends while a model is wording gives the facts in their own words.
func (s *Service) Answer(ctx context.Context, q knowledge.Question) knowledge.Answer {
	return s.Stream(ctx, q, func(Progress) {})
}

// Stream is Answer, and tells emit how far it is, in the order of the stages and from the calling goroutine.
func (s *Service) Stream(ctx context.Context, q knowledge.Question, emit func(Progress)) knowledge.Answer {
	start := s.now()
	ctx, tracer := s.traced(ctx)
	index := s.live.Load()
	b := index.Base()
	q.Text = lang.Normalize(q.Text)
	a := newAnswer(q, language(q), b)
	named := []string(nil)
	switch {
	case utf8.RuneCountInString(q.Text) > s.chars:
		a.Outcome, a.Question = knowledge.TooLong, string([]rune(q.Text)[:s.chars])
	case !hasWord(q.Text):
		a.Outcome, named = knowledge.Empty, titles(b, nil, a.Language)
	case ctx.Err() != nil:
		a.Outcome = knowledge.Timeout
	case smallTalk(&a, q, b):
	default:
		s.answer(ctx, &a, index, q, start, emit)
	}
	if a.Text == "" {
		a.Text = OutcomeText(a.Outcome, a.Language, named, s.chars)
	}
	a = s.finish(a, start)
	emit(Progress{Final, a})
	tracer.done(a, s.trace)
	return a
}

// answer finds, decides, quotes and, with a writer, words: a says the language, and gets everything else.
func (s *Service) answer(ctx context.Context, a *knowledge.Answer, index *search.Index, q knowledge.Question, start time.Time, emit func(Progress)) {
	found := s.results.Get().(*search.Result)
	defer s.results.Put(found)
	in, tracer := spoken(q, a.Language), tracerOf(ctx)
	d, searched, goesOn := s.goOn(index, q, found)
	if !goesOn {
		searched = s.retrieve(index, q, in, found)
	}
	tracer.found(searched, found)
	for _, p := range found.Passages[:min(len(found.Passages), retrievedShown)] {
		a.Retrieved = append(a.Retrieved, knowledge.Retrieved{ID: p.Fact.ID, Score: p.Score})
	}
	emit(Progress{Found, *a})
	b := index.Base()
	if !goesOn {
		d = decide(b, q, in, found, s.unchecked)
	}
	tracer.decided(d)
	a.Outcome = d.outcome
	if d.outcome != knowledge.Answered {
		a.Text = OutcomeText(d.outcome, a.Language, titles(b, d.nearest, a.Language), 0)
		return
	}
	a.Premise = append(a.Premise, d.premise...)
	if d.corrects && len(d.lines) > 0 && settles(d.lines[0].fact, in) {
		d.lines[0].lead = choose(a.Language, "The facts say otherwise:", "Los hechos dicen otra cosa:")
	}
	s.compose(a, b, d.lines)
	tracer.took("quote")
	if s.writer == nil {
		return
	}
	emit(Progress{Quoted, s.finish(*a, start)})
	emit(Progress{Composing, *a})
	s.word(ctx, a, b, q, d, retrievedPassages(found))
}

func newAnswer(q knowledge.Question, l knowledge.Lang, b *knowledge.Base) knowledge.Answer {
	return knowledge.Answer{
		ID: q.ID, Question: q.Text, Language: l, Mode: knowledge.Quotes, FactsVersion: b.Version,
		Sentences: []knowledge.Sentence{}, Citations: []knowledge.Citation{}, Retrieved: []knowledge.Retrieved{},
		Premise: []knowledge.Premise{}, Dropped: []knowledge.Dropped{},
	}
}

func (s *Service) finish(a knowledge.Answer, start time.Time) knowledge.Answer {
	a.Abstained = a.Outcome != knowledge.Answered
	a.DurationMS = float64(s.now().Sub(start).Microseconds()) / 1000
	return a
}

// language is the language to answer in: the one asked for, else the question's own, else that of the conversation.
func language(q knowledge.Question) knowledge.Lang {
	if q.Lang == knowledge.English || q.Lang == knowledge.Spanish {
		return q.Lang
	}
	l, margin := lang.Detect(q.Text)
	if margin > 0 || len(q.History) == 0 {
		return l
	}
	l, _ = lang.Detect(q.History[len(q.History)-1].Question)
	return l
}

// smallTalk answers a greeting, thanks and the like in kind: it is off topic, and no reason to be short with anybody. Who greets is
// told what can be asked; in a conversation "ok" may be about its subject, and only thanks and farewells are neither.
func smallTalk(a *knowledge.Answer, q knowledge.Question, b *knowledge.Base) bool {
	p, l := pleasantryIn(q.Text)
	if p == nil || p.invites && len(q.History) > 0 {
		return false
	}
	if q.Lang == "" {
		a.Language = l
	}
	a.Outcome, a.Text = knowledge.OffTopic, p.reply.In(a.Language)
	if p.invites {
		a.Text += " " + choose(a.Language, "Ask me about: ", "Pregúntame sobre: ") + strings.Join(titles(b, nil, a.Language), "; ") + "."
	}
	return true
}

// spoken is the language that the question is in: it need not be the one to answer in.
func spoken(q knowledge.Question, answered knowledge.Lang) knowledge.Lang {
	if l, margin := lang.Detect(q.Text); margin > 0 {
		return l
	}
	return answered
}

func hasWord(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// titles returns the titles of the topics with the ids, in that order, or of all topics for nil; at most six.
func titles(b *knowledge.Base, ids []knowledge.TopicID, l knowledge.Lang) []string {
	var out []string
	add := func(t *knowledge.Topic) {
		if title, _ := t.Title.Best(l); title != "" && len(out) < 6 {
			out = append(out, title)
		}
	}
	if ids == nil {
		for i := range b.Topics {
			add(&b.Topics[i])
		}
		return out
	}
	for _, id := range ids {
		if t := b.Topic(id); t != nil {
			add(t)
		}
	}
	return out
}
