package answer

import (
	"slices"
	"strings"
	"unicode"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/literal"
	"enlace/knowledge/search"
	"enlace/knowledge/wording"
)

// thresholds is every number on which the choice between answering, correcting and abstaining depends.
type thresholds struct {
	// answer is the probability of search from which on the best fact is taken for an answer, by the language that is searched. It was
	// chosen on the open half of the suite: refusing an answer that there is costs as much there as giving one that there is not.
	answer    map[knowledge.Lang]float64
	follow    float64 // the same for questions that go on from others, whose probability says that no other fact is meant either
	misstated float64 // share of a known misstatement that a question must reach to be corrected by it
	named     float64 // below this probability the best fact must have every name that the question says
	role      float64 // below this one, the role that it asks for
	single    float64 // below this probability only one fact is quoted
	topical   float64 // probability of search that the question is about our topics, from which on a miss is a near miss
	tied      float64 // a further fact is quoted beside the first when its score is behind by this at most: the two can hardly be told apart
	likely    float64 // and the classifier, where there is one, does not rule it out: its Class
	listed    float64 // for questions that ask for several things: from this share of the first one's score on
	// A list is given whole from this share of the best single fact's score on, to which these are added: askedList where the
	// question asks for several things, members times the share of the list's facts that stand among the best. Found by holding
	// the lists' own phrasings out against those of the facts.
	list, askedList, members float64
	one                      float64 // log-probability of a single fact from which on it is given rather than a list that is not asked for
	plainList                float64 // instead of list, where there is no classifier
}

var limits = thresholds{answer: map[knowledge.Lang]float64{knowledge.English: 0.15, knowledge.Spanish: 0.1}, follow: 0.3, misstated: 0.55, named: 0.6, role: 0.97, single: 0.6, topical: 0.5, tied: 0.5, likely: 0.5, listed: 0.85, list: 0.97, one: -0.4, plainList: 0.84, askedList: 0.25, members: 0.2}

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
	if !corrected && !unchecked && doubtful(q.Text, l, r) && !said(q.Text, l, r, ownWords(q)) {
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

// doubtful reports whether the best fact is too unlikely to answer, the more so where it lacks what the question names.
func doubtful(text string, l knowledge.Lang, r *search.Result) bool {
	p := r.Probability
	return accuses(text, l, r) || p < leastProbable(r) || p < limits.named && lacksName(text, l, r) || p < limits.role && lacksRole(text, l, r)
}

// leastProbable is the probability from which on the best fact is taken for an answer.
func leastProbable(r *search.Result) float64 {
	if r.Follow.Read && r.Classified.Known {
		return limits.follow
	}
	return limits.answer[r.Lang]
}

// accusing are words that call somebody a criminal.
var accusing = map[knowledge.Lang]map[string]bool{
	knowledge.English: set("narco trafficker dealer corrupt crook criminal murderer killer gangster terrorist thief rapist mobster mafioso hitman"),
	knowledge.Spanish: set("narco narcotraficante corrupto corrupta ladron ladrona criminal asesino asesina delincuente terrorista mafioso mafiosa pandillero sicario violador"),
}

// accuses reports whether a text calls somebody a criminal, or asks whether he is one, of whom no fact that was found tells a charge:
// whatever else is told of him would look like an answer.
func accuses(text string, l knowledge.Lang, r *search.Result) bool {
	if r.Asked&^search.AskedYesNo != 0 || !slices.ContainsFunc(lang.Tokens(nil, text), func(t lang.Token) bool { return accusing[l][t.Folded] }) {
		return false
	}
	return slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		return m.Entity.Kind == knowledge.Person && !slices.ContainsFunc(r.Passages, func(p knowledge.Passage) bool {
			return slices.Contains(p.Fact.Entities, m.Entity.ID) && (p.Fact.Status == knowledge.Alleged || convicts(p.Fact.Text.In(l), l))
		})
	})
}

// convicts reports whether a text tells of a charge or more.
func convicts(text string, l knowledge.Lang) bool {
	return slices.ContainsFunc(wording.Stages(text, l), func(m wording.Match) bool { return wording.Charged <= m.Stage && m.Stage <= wording.Sentenced })
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
	least := limits.list
	if !r.Classified.Known {
		least = limits.plainList
	}
	if worth < least || !r.Asked.Has(search.AskedList) && (r.Asked.Has(search.AskedNow) || r.Classified.Known && r.Classified.First > limits.one) {
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

// abstain tells a question of our topics that no fact answers from one about something else. Who is asked about and has facts is
// always one of our topics.
func abstain(r *search.Result) decision {
	known := func(m search.Mention) bool { return m.Entity.Kind == knowledge.Person && m.IDF > 0 }
	if r.OnTopic < limits.topical && !slices.ContainsFunc(r.Mentions, known) {
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
	if r.Probability < limits.single {
		return chosen
	}
	best := r.Passages[0].Score
	if !r.Asked.Has(search.AskedList) {
		for i, p := range r.Passages[1:min(len(r.Passages), 3)] {
			if best-p.Score <= limits.tied && (!r.Classified.Known || r.Features[i+1].Class >= limits.likely) {
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

// lacksRole reports whether a question asks who is what to somebody ("the president of Peru", "his brother"), or for the like of a
// place ("the capital of Peru"), and the best fact has no such role beside the names that the question says.
func lacksRole(text string, l knowledge.Lang, r *search.Result) bool {
	role, f := roleOf(text, l, r.Asked), r.Passages[0].Fact
	place := func(m search.Mention) bool { return m.Entity.Kind == knowledge.Place }
	if role == "" || !r.Asked.Has(search.AskedWho) && !slices.ContainsFunc(r.Mentions, place) {
		return false
	}
	return !hasRole(text, role, f, l, r) || slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		return lacks(text, f, m.Entity, l) || m.Entity.Kind == knowledge.Organisation && ofAnother(f, m.Entity, l, r)
	})
}

// ofAnother reports whether a question asks who is what to a body that a fact is not about: who leads one is not told by facts about
// another, though people ask for both together.
func ofAnother(f *knowledge.Fact, body *knowledge.Entity, l knowledge.Lang, r *search.Result) bool {
	return r.Asked.Has(search.AskedWho) && !slices.Contains(f.Entities, body.ID) && !namesIt(f.Text.In(l), body, l)
}

// lacks reports whether a text names an entity that a fact is not about and does not speak of.
func lacks(text string, f *knowledge.Fact, e *knowledge.Entity, l knowledge.Lang) bool {
	return !slices.Contains(f.Entities, e.ID) && len(nameIn(text, e, l)) > 0 && !speaksOf(f, e, l)
}

// lacksName reports whether a question says a name that the best fact does not have at all: neither its text nor a phrasing of it
// nor, by any other name, what it is about. A place is no such name unless it is unknown: facts leave out where everything is.
func lacksName(text string, l knowledge.Lang, r *search.Result) bool {
	f := r.Passages[0].Fact
	if slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
		switch m.Entity.Kind {
		case knowledge.Person:
			return lacks(text, f, m.Entity, l)
		case knowledge.Organisation:
			return ofAnother(f, m.Entity, l, r)
		}
		return false
	}) {
		return true
	}
	dates := literal.Parse(text, l)
	for _, t := range lang.Names(text) {
		in := func(start, end int) bool { return start <= t.Start && t.End <= end }
		switch {
		case lang.IsStop(t.Folded, l), mentioned(t.Folded, r), !strings.ContainsFunc(text, unicode.IsLower),
			slices.ContainsFunc(dates, func(d literal.Literal) bool { return in(d.Start, d.End) }),
			slices.ContainsFunc(r.Repairs, func(x search.Repair) bool { return in(x.Start, x.End) }):
			continue
		}
		if met(text, t, r) {
			continue // by another word for it
		}
		if len(uncovered([]string{lang.Stem(t.Folded, l)}, f, l)) > 0 {
			return true
		}
	}
	return false
}

// met reports whether the best fact has a word of a text by itself or by what it means.
func met(text string, word lang.Token, r *search.Result) bool {
	at, n := -1, 0
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind == lang.Punct {
			continue
		}
		if t.Start == word.Start {
			at = n
		}
		n++
	}
	return n == len(r.Met) && at >= 0 && r.Met[at] // the same text was searched
}

// hasRole reports whether a fact, or one phrasing of it, has a role together with every name that a question says beside it. A
// phrasing that only offers it for choice ("an ambassador or a minister?") does not.
func hasRole(text, role string, f *knowledge.Fact, l knowledge.Lang, r *search.Result) bool {
	if slices.Contains(textStems(f.Text.In(l), l), lang.Stem(role, l)) {
		return true
	}
	return slices.ContainsFunc(f.Asks.In(l), func(ask string) bool {
		stems := textStems(ask, l)
		return slices.Contains(stems, lang.Stem(role, l)) && !slices.Contains(stems, choose(l, "or", "o")) && !slices.ContainsFunc(r.Mentions, func(m search.Mention) bool {
			return len(nameIn(text, m.Entity, l)) > 0 && !slices.ContainsFunc(stems, func(s string) bool { return slices.Contains(nameStems(m.Entity, l), s) })
		})
	})
}

// nameStems returns the stems of all names of an entity.
func nameStems(e *knowledge.Entity, l knowledge.Lang) []string {
	return contentStems(e.Name+" "+strings.Join(e.Aliases, " "), l)
}

// speaksOf reports whether the text of a fact or a phrasing of it has a name of an entity.
func speaksOf(f *knowledge.Fact, e *knowledge.Entity, l knowledge.Lang) bool {
	return namesIt(f.Text.In(l), e, l) || slices.ContainsFunc(f.Asks.In(l), func(ask string) bool { return namesIt(ask, e, l) })
}

// namesIt reports whether a text has a name of an entity.
func namesIt(text string, e *knowledge.Entity, l knowledge.Lang) bool {
	said := " " + strings.Join(textStems(text, l), " ") + " "
	return slices.ContainsFunc(append([]string{e.Name}, e.Aliases...), func(name string) bool {
		return strings.Contains(said, " "+strings.Join(textStems(name, l), " ")+" ")
	})
}

// roleOf returns the word for what a question asks somebody or something to be: "who is the president of", "who is his brother",
// "what is the capital of". It is folded, and empty for other questions.
func roleOf(text string, l knowledge.Lang, asked search.Asked) string {
	if !asked.Has(search.AskedWho | search.AskedWhat) {
		return ""
	}
	state, role := 0, "" // what was read: nothing, the word that asks, a form of to be, an article or a name, the role
	for _, t := range lang.Tokens(nil, text) {
		name := t.Text != strings.ToLower(t.Text)
		switch {
		case t.Kind == lang.Punct:
		case role != "": // only who is the minister; what is the capital needs of
			if of[t.Folded] || asked.Has(search.AskedWho) {
				return role
			}
			return ""
		case state == 0 && asks[t.Folded]:
			state = 1
		case state == 0 && asksAndIs[t.Folded]:
			state = 2
		case state == 1 && being[t.Folded]:
			state = 2
		case state == 3 && t.Kind == lang.Word && !name && !lang.IsStop(t.Folded, l) && !lang.IsPronoun(t.Folded, l):
			role = t.Folded
		case state >= 2 && (name || articles[t.Folded] || t.Folded == "'s"):
			state = 3
		default:
			return ""
		}
	}
	if asked.Has(search.AskedWho) {
		return role
	}
	return ""
}

var (
	asks      = set("who what quien quienes cual")
	asksAndIs = set("whos who's whats what's")
	being     = set("is was are were es era son fue")
	of        = set("of de del")
	articles  = set("the a an el la los las su sus his her their")
)

// contentStems returns the stems of the words of a text that carry meaning, each once.
func contentStems(text string, l knowledge.Lang) []string {
	var out []string
	for _, t := range lang.Content(text, l) {
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
