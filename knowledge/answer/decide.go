package answer

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// thresholds is every number on which the choice between answering, correcting and abstaining depends.
type thresholds struct {
	// answer is the probability of search from which on the best fact is taken for an answer. The probability is calibrated on
	// held-out phrasings, which are harder than what people ask, so it is lower than search's own.
	answer    float64
	misstated float64 // share of a known misstatement that a question must reach to be corrected by it
	topical   float64 // share of the question's words that our facts know, from which on a miss is a near miss
	second    float64 // a further fact is quoted beside the first from this share of its score on, if it has words of the question that are missing
	tied      float64 // and in any case from this share on, since the two can hardly be told apart
	listed    float64 // the same for questions that ask for several things
	list      float64 // a list is given whole from this share of the best single fact's score on
	askedList float64 // the same for questions that ask for several things
}

var limits = thresholds{answer: 0.25, misstated: 0.55, topical: 0.6, second: 0.9, tied: 0.9, listed: 0.62, list: 0.9, askedList: 0.7}

// decision is what a question ends in before it is worded.
type decision struct {
	outcome knowledge.Outcome
	lines   []line
	premise []knowledge.Premise
	// together is true when the lines answer only all together: a list, or a premise with its correction.
	together bool
	corrects bool                // the first line says what is otherwise
	nearest  []knowledge.TopicID // for NoMatch: the topics nearest to the question, nearest first; nil names all
}

// decide chooses the outcome of a question and the facts to quote.
func decide(b *knowledge.Base, q knowledge.Question, l knowledge.Lang, r *search.Result, unchecked bool) decision {
	if len(r.Passages) == 0 {
		return decision{outcome: knowledge.OffTopic}
	}
	p, corrected := falsePremise(q.Text, l, r)
	if !corrected && !unchecked && r.Probability < limits.answer && !said(q.Text, l, r, ownWords(q)) {
		return abstain(r)
	}
	d := decision{outcome: knowledge.Answered}
	if corrected {
		d.premise = append(d.premise, knowledge.Premise{Claim: p.claim, Fact: p.fact.ID})
		d.corrects, d.lines = true, append(d.lines, line{fact: p.fact})
		return d
	}
	if whole := listed(b, r); whole != nil {
		d.together = true
		for _, f := range whole {
			d.lines = append(d.lines, line{fact: f})
		}
		return d
	}
	for _, f := range choosePassages(q.Text, l, r) {
		d.lines = append(d.lines, line{fact: f})
	}
	return d
}

// ownWords is how many words of meaning a question must have to be answered by a fact that has them all.
func ownWords(q knowledge.Question) int {
	if len(q.History) > 0 {
		return 1
	}
	return 2
}

// listed returns the facts of the list that a question asks for as a whole, in the list's order, or nil: the best list must score
// above every single fact or, where the question asks for several things, nearly so.
func listed(b *knowledge.Base, r *search.Result) []*knowledge.Fact {
	if len(r.Lists) == 0 {
		return nil
	}
	best := r.Lists[0]
	bar := limits.list
	if r.Asked.Has(search.AskedList) {
		bar = limits.askedList
	}
	if best.Score < bar*r.Passages[0].Score {
		return nil
	}
	var out []*knowledge.Fact
	for _, id := range best.List.Facts {
		if f := b.Fact(id); f != nil && f.InService() {
			out = append(out, f)
		}
	}
	return out
}

// abstain tells a question of our topics that no fact answers from one about something else.
func abstain(r *search.Result) decision {
	known, all := 0.0, 0.0
	for _, w := range r.Words {
		all += w.IDF
		if w.Known {
			known += w.IDF
		}
	}
	named := slices.ContainsFunc(r.Mentions, func(m search.Mention) bool { return m.IDF > 0 && m.Entity.Kind != knowledge.Place })
	if !named && (all == 0 || r.Features[0].Covered < limits.topical || known/all < limits.topical) {
		return decision{outcome: knowledge.OffTopic}
	}
	d := decision{outcome: knowledge.NoMatch}
	for _, p := range r.Passages[:min(len(r.Passages), 5)] {
		if id := p.Fact.Topic; id != "" && !slices.Contains(d.nearest, id) {
			d.nearest = append(d.nearest, id)
		}
	}
	return d
}

// choosePassages returns the smallest set of facts that answers, in the order in which a reader wants them: the best first,
// and for a list the order of the base.
func choosePassages(text string, l knowledge.Lang, r *search.Result) []*knowledge.Fact {
	chosen := []*knowledge.Fact{r.Passages[0].Fact}
	best := r.Passages[0].Score
	list := r.Asked.Has(search.AskedList)
	if !list {
		missing := uncovered(contentStems(text, l), chosen[0], l)
		for _, p := range r.Passages[1:min(len(r.Passages), 3)] {
			left := uncovered(missing, p.Fact, l)
			if p.Score >= limits.tied*best || p.Score >= limits.second*best && len(left) < len(missing) {
				chosen, missing = append(chosen, p.Fact), left
			}
		}
		return chosen
	}
	for _, p := range r.Passages[1:] {
		if p.Score >= limits.listed*best && len(chosen) < summaryLength {
			chosen = append(chosen, p.Fact)
		}
	}
	return chosen
}

// contentStems returns the stems of the words of a text that carry meaning, each once.
func contentStems(text string, l knowledge.Lang) []string {
	var out []string
	for _, t := range contentTokens(text, l) {
		if s := lang.Stem(t.Folded, l); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// uncovered returns the stems that neither the fact's text nor a phrasing of it has.
func uncovered(stems []string, f *knowledge.Fact, l knowledge.Lang) []string {
	has := map[string]bool{}
	add := func(text string) {
		for _, t := range lang.Tokens(nil, text) {
			has[lang.Stem(t.Folded, l)] = true
		}
	}
	add(f.Text.In(l))
	for _, ask := range f.Asks.In(l) {
		add(ask)
	}
	var out []string
	for _, s := range stems {
		if !has[s] {
			out = append(out, s)
		}
	}
	return out
}
