package answer

import (
	"context"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/draft"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
)

// Writer words answers. Nothing that it writes is shown before it is proved.
type Writer interface {
	// Draft returns sentences for the request's facts, or a *draft.Failure.
	Draft(ctx context.Context, r draft.Request) (draft.Draft, error)
}

// Judge may veto a sentence that is proved: it returns false where the sentence does not follow from the fact. An error is no
// veto.
type Judge func(ctx context.Context, sentence, fact string) (bool, error)

// writerFacts is how many facts a writer is given: the chosen ones first, then the next best, so that it may round off.
const writerFacts = 8

// reasons of sentences that were dropped though they are proved.
const (
	reasonVeto     = "veto"
	reasonNoAnswer = "does_not_answer"
)

// claim is a drafted sentence with the facts that prove it.
type claim struct {
	text  string
	facts []knowledge.FactID
}

// repeats reports whether a claim says no more than another one, as a mended sentence may.
func (c claim) repeats(other claim) bool {
	return slices.Equal(c.facts, other.facts) && strings.Contains(other.text, strings.TrimRight(c.text, ". "))
}

// worded is what came of asking the writer.
type worded struct {
	claims  []claim
	dropped []knowledge.Dropped
	failure draft.Kind // why there are no claims; "" when the draft decided it
}

// word replaces the quotes in a by the writer's words, as far as they are proved and still answer; otherwise it leaves the quotes
// and says what was dropped.
func (s *Service) word(ctx context.Context, a *knowledge.Answer, b *knowledge.Base, q knowledge.Question, d decision, found []knowledge.Passage) {
	r, ids := s.request(b, q, a.Language, d, found)
	if r == nil {
		return
	}
	w := s.shared(ctx, b, *r, ids)
	a.Dropped = append(a.Dropped, w.dropped...)
	if w.failure == draft.OverBudget {
		a.Text += "\n" + choose(a.Language, "(Today's budget for worded answers is used up: these are the facts in their own words.)",
			"(El presupuesto de hoy para redactar respuestas está agotado: estos son los hechos con sus propias palabras.)")
	}
	if len(w.claims) == 0 {
		return
	}
	if !answers(w.claims, d) {
		for _, c := range w.claims {
			a.Dropped = append(a.Dropped, knowledge.Dropped{Text: c.text, Reason: reasonNoAnswer})
		}
		return
	}
	s.show(a, b, d, w.claims)
}

// request returns what the writer is asked, and the facts behind the handles f1, f2, …; nil where the facts chosen are not all in
// the answer's language, since a translation could not be proved.
func (s *Service) request(b *knowledge.Base, q knowledge.Question, l knowledge.Lang, d decision, found []knowledge.Passage) (*draft.Request, []knowledge.FactID) {
	r := &draft.Request{Lang: l, Question: q.Text, History: q.History, FactsVersion: b.Version}
	var ids []knowledge.FactID
	add := func(f *knowledge.Fact) {
		if slices.Contains(ids, f.ID) || f.Text.In(l) == "" {
			return
		}
		ids = append(ids, f.ID)
		r.Facts = append(r.Facts, draft.Fact{Handle: handle(len(ids)), Text: f.Text.In(l), Status: f.Status, Dates: f.Dates})
		for _, id := range f.Entities {
			if e := b.Entity(id); e != nil && !slices.ContainsFunc(r.Names, func(n draft.Name) bool { return n.Name == e.Name }) {
				r.Names = append(r.Names, draft.Name{Name: e.Name, Aliases: e.Aliases})
			}
		}
	}
	for _, line := range d.lines {
		if line.fact.Text.In(l) == "" {
			return nil, nil
		}
		add(line.fact)
	}
	for _, p := range found {
		if len(ids) >= max(writerFacts, len(d.lines)) {
			break
		}
		add(p.Fact)
	}
	return r, ids
}

// draft asks the writer, proves what it wrote, and asks it once more about the sentences that were refused.
func (s *Service) draft(ctx context.Context, b *knowledge.Base, r draft.Request, ids []knowledge.FactID) worded {
	tracer := tracerOf(ctx)
	first, err := s.writer.Draft(ctx, r)
	tracer.drafted(r, ids, first, err)
	if err != nil {
		return worded{failure: draft.KindOf(err)}
	}
	v := s.verifier(b)
	proved, refused := s.prove(ctx, v, b, r, ids, first.Sentences)
	var w worded
	if len(refused) > 0 {
		r.Repair = refused
		second, err := s.writer.Draft(ctx, r)
		tracer.drafted(r, ids, second, err)
		if err == nil {
			mended, still := s.prove(ctx, v, b, r, ids, second.Sentences)
			proved = insert(proved, mended)
			for _, x := range still {
				w.dropped = append(w.dropped, knowledge.Dropped{Text: x.Sentence, Reason: x.Check})
			}
		}
		for _, x := range refused {
			w.dropped = append(w.dropped, knowledge.Dropped{Text: x.Sentence, Reason: x.Check})
		}
	}
	for _, p := range proved {
		if p.text != "" && !slices.ContainsFunc(w.claims, p.repeats) {
			w.claims = append(w.claims, p)
		}
	}
	w.claims = s.again(v, r, ids, w.claims)
	tracer.took("check again")
	return w
}

// prove decides drafted sentences. The claims are as long as the sentences, with an empty one in the place of every sentence
// that is refused.
func (s *Service) prove(ctx context.Context, v *verify.Verifier, b *knowledge.Base, r draft.Request, ids []knowledge.FactID, sentences []draft.Sentence) ([]claim, []draft.Refusal) {
	d := verify.Draft{Lang: r.Lang, Question: r.Question, Facts: ids}
	for _, sentence := range sentences {
		d.Sentences = append(d.Sentences, verify.Sentence{Text: sentence.Text, Facts: resolve(sentence.Facts, ids)})
	}
	report, tracer := v.Verify(d), tracerOf(ctx)
	defer tracer.took("prove")
	claims := make([]claim, len(sentences))
	var refused []draft.Refusal
	for i, verdict := range report.Verdicts {
		vetoed := verdict.OK && s.vetoed(ctx, b, r.Lang, d.Sentences[i].Text, verdict.Proof)
		tracer.judged(d.Sentences[i], verdict, vetoed)
		if vetoed {
			refused = append(refused, draft.Refusal{Sentence: d.Sentences[i].Text, Check: reasonVeto})
			continue
		}
		if verdict.OK {
			claims[i] = claim{d.Sentences[i].Text, verdict.Proof}
			continue
		}
		x := draft.Refusal{Sentence: d.Sentences[i].Text, Check: string(verdict.Check), Words: verdict.Words}
		if at := slices.Index(ids, verdict.Fact); at >= 0 {
			x.Handle, x.FactText = handle(at+1), b.Fact(verdict.Fact).Text.In(r.Lang)
		}
		refused = append(refused, x)
	}
	return claims, refused
}

// again proves the claims as they will be shown, since a sentence between two others may be gone: a pronoun whose name went with
// it is refused now.
func (s *Service) again(v *verify.Verifier, r draft.Request, ids []knowledge.FactID, claims []claim) []claim {
	for {
		d := verify.Draft{Lang: r.Lang, Question: r.Question, Facts: ids}
		for _, c := range claims {
			d.Sentences = append(d.Sentences, verify.Sentence{Text: c.text, Facts: c.facts})
		}
		kept := claims[:0:0]
		for i, verdict := range v.Verify(d).Verdicts {
			if verdict.OK {
				kept = append(kept, claims[i])
			}
		}
		if len(kept) == len(claims) {
			return kept
		}
		claims = kept
	}
}

func (s *Service) vetoed(ctx context.Context, b *knowledge.Base, l knowledge.Lang, sentence string, proof []knowledge.FactID) bool {
	if s.judge == nil {
		return false
	}
	fact := ""
	for _, id := range proof {
		fact += b.Fact(id).Text.In(l) + " "
	}
	holds, err := s.judge(ctx, sentence, fact)
	return err == nil && !holds
}

// insert puts mended claims into the places of the refused ones, in order; what is left over goes to the end.
func insert(claims, mended []claim) []claim {
	mended = slices.DeleteFunc(slices.Clone(mended), func(c claim) bool { return c.text == "" })
	out := slices.Clone(claims)
	for i := range out {
		if out[i].text == "" && len(mended) > 0 {
			out[i], mended = mended[0], mended[1:]
		}
	}
	return append(out, mended...)
}

// answers reports whether claims still answer: they must rest on the fact that answers first, and where several facts answer
// together or a premise is corrected, on every one of them.
func answers(claims []claim, d decision) bool {
	needed := d.lines[:1]
	if d.together {
		needed = d.lines
	}
	for _, line := range needed {
		if !slices.ContainsFunc(claims, func(c claim) bool { return slices.Contains(c.facts, line.fact.ID) }) {
			return false
		}
	}
	return true
}

// show puts proved claims in the place of the quotes.
func (s *Service) show(a *knowledge.Answer, b *knowledge.Base, d decision, claims []claim) {
	a.Sentences, a.Citations, a.Mode = []knowledge.Sentence{}, []knowledge.Citation{}, knowledge.Model
	t := newText(a, b)
	for i, c := range claims {
		lead := ""
		if i == 0 {
			lead = d.lines[0].lead
		}
		facts := make([]*knowledge.Fact, len(c.facts))
		for j, id := range c.facts {
			facts[j] = b.Fact(id)
		}
		t.add(lead, c.text, facts...)
	}
	a.Text = t.String() + s.notices(a, false)
}

func resolve(handles []string, ids []knowledge.FactID) []knowledge.FactID {
	out := make([]knowledge.FactID, 0, len(handles))
	for _, h := range handles {
		at := slices.IndexFunc(ids, func(id knowledge.FactID) bool { return handle(slices.Index(ids, id)+1) == h })
		if at < 0 {
			out = append(out, knowledge.FactID(h)) // unknown: the proof refuses it by this name
			continue
		}
		out = append(out, ids[at])
	}
	return out
}

func handle(n int) string {
	const digits = "0123456789"
	if n < 10 {
		return "f" + digits[n:n+1]
	}
	return "f" + digits[n/10:n/10+1] + digits[n%10:n%10+1]
}

// retrievedPassages copies the passages of a result, whose memory is used again.
func retrievedPassages(r *search.Result) []knowledge.Passage {
	return slices.Clone(r.Passages[:min(len(r.Passages), 2*writerFacts)])
}
