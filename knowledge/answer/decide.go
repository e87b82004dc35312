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
	topical   float64 // probability of search that the question is about our topics, from which on a miss is a near miss
	tied      float64 // a further fact is quoted beside the first when its score is behind by this at most: the two can hardly be told apart
	listed    float64 // for questions that ask for several things: from this share of the first one's score on
	// A list is given whole from this share of the best single fact's score on, to which these are added: askedList where the
	// question asks for several things, members times the share of the list's facts that stand among the best. Found by holding
	// the lists' own phrasings out against those of the facts.
	list, askedList, members float64
}

var limits = thresholds{answer: 0.13, misstated: 0.55, topical: 0.5, tied: 0.4, listed: 0.85, list: 0.84, askedList: 0.25, members: 0.2}

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
	for _, f := range choosePassages(r) {
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

// membersDepth is how many passages are looked at for the facts of a list.
const membersDepth = 8

// listed returns the facts of the list that a question asks for as a whole, in the list's order, or nil.
func listed(b *knowledge.Base, r *search.Result) []*knowledge.Fact {
	if len(r.Lists) == 0 {
		return nil
	}
	best := r.Lists[0]
	worth := best.Score / r.Passages[0].Score
	if r.Asked.Has(search.AskedList) {
		worth += limits.askedList
	}
	found := 0
	for _, p := range r.Passages[:min(membersDepth, len(r.Passages))] {
		if slices.Contains(best.List.Facts, p.Fact.ID) {
			found++
		}
	}
	worth += limits.members * float64(found) / float64(max(1, min(5, len(best.List.Facts))))
	if worth < limits.list {
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
	if r.OnTopic < limits.topical {
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
func choosePassages(r *search.Result) []*knowledge.Fact {
	chosen := []*knowledge.Fact{r.Passages[0].Fact}
	best := r.Passages[0].Score
	if !r.Asked.Has(search.AskedList) {
		for _, p := range r.Passages[1:min(len(r.Passages), 3)] {
			if best-p.Score <= limits.tied {
				chosen = append(chosen, p.Fact)
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
