package search

import (
	"cmp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// How a question is searched that goes on from what was said.
const (
	contextWords = 10  // words of the conversation that are searched along at most
	foreignBelow = 0.4 // share of a question's words that its best fact must know to be read as going on, where nothing is learned
)

// What the reading of such a question weighs where nothing is learned about it. A passage's score is its score for the question together
// with the conversation's words, plus a share of its score for the question alone, plus a share of the best one when it has the kind of
// thing asked for, less a share of the best one when it has been told already: people do not ask for what they have just read.
const (
	ownShare    = 0.6
	askedBonus  = 0.15
	toldPenalty = 0.35
)

// Lean says how much a question needs what was said before.
type Lean uint8

// The leans: it says all by itself, it says little, it says "it", "he" or "and …?".
const (
	StandsAlone Lean = iota
	MayLean
	MustLean
	leans
)

// Follow is the evidence of a question that was asked after others. What a Result says of its first passage besides this and the
// probability is of the one that stood first before the conversation was weighed.
type Follow struct {
	Lean     Lean
	Read     bool                    // together with what was said before
	Rows     [][FollowInputs]float64 // by passage
	Evidence [FollowEvidence]float64
}

// follow goes on from what a question finds alone, which is in r: it searches for it together with the conversation's words, and leaves
// what is likelier meant in r. Where nothing is learned about conversations, a question that answers for itself is left alone.
func (x *Index) follow(q Query, after []Said, r *Result) {
	lean := leaning(q.Text, q.Lang, r)
	r.Follow.Lean = lean
	words := saidBefore(x.base, after, q.Text, q.Lang)
	if words == "" {
		return
	}
	both := x.results.Get().(*Result)
	defer x.results.Put(both)
	q.Text, q.After = q.Text+" "+words, after
	x.find(q, both)
	if len(both.Passages) == 0 {
		return
	}
	both.Follow.Lean, both.Follow.Read, both.Asked = lean, true, r.Asked
	both.rows(r, after)
	if w := x.weights.Following; w != nil && both.Classified.Known {
		w.read(both, r)
		both.Verdict = x.weights.Calibration.verdict(both.Probability)
		if lean != MustLean { // it names what it is about
			both.Mentions = slices.DeleteFunc(both.Mentions, func(m Mention) bool { return m.Start >= q.ownBytes })
		}
		*r, *both = *both, *r
		return
	}
	if lean == StandsAlone || lean == MayLean && strange(r) {
		return
	}
	both.merge(r)
	if lean == MustLean || both.Probability > r.Probability {
		*r, *both = *both, *r
	}
}

// strange reports whether a question says enough for itself, and what it says is foreign to the facts: the conversation's words
// would only make it look at home.
func strange(r *Result) bool {
	return len(r.Words) >= 3 && (len(r.Features) == 0 || r.Features[0].Covered < foreignBelow)
}

// rows fills the rows of the passages. own is what the question finds alone.
func (r *Result) rows(own *Result, after []Said) {
	alone := make(map[knowledge.FactID]float64, len(own.Passages))
	for _, p := range own.Passages {
		alone[p.Fact.ID] = p.Score
	}
	last := after[len(after)-1].Facts
	r.Follow.Rows = r.Follow.Rows[:0]
	for i, p := range r.Passages {
		f, id := &r.Features[i], p.Fact.ID
		earlier := slices.ContainsFunc(after[:len(after)-1], func(s Said) bool { return slices.Contains(s.Facts, id) })
		r.Follow.Rows = append(r.Follow.Rows, [FollowInputs]float64{f.Class, f.Alone, p.Score, alone[id], f.AskedFor, truth(slices.Contains(last, id)), truth(earlier)})
	}
}

// merge orders the passages by what they say for the conversation and for the question alone, where nothing is learned.
func (r *Result) merge(own *Result) {
	best := r.Passages[0].Score
	r.reorder(func(i int) float64 {
		row := &r.Follow.Rows[i]
		score := row[rowScore] + ownShare*row[rowOwn] + askedBonus*best*row[rowAsked]
		return score - toldPenalty*best*max(row[rowTold], row[rowToldEarlier])
	})
}

// reorder gives the passages other scores and orders them anew.
func (r *Result) reorder(score func(i int) float64) {
	type ranked struct {
		passage  knowledge.Passage
		features Features
		row      [FollowInputs]float64
	}
	list := make([]ranked, len(r.Passages))
	for i, p := range r.Passages {
		p.Score = score(i)
		list[i] = ranked{p, r.Features[i], r.Follow.Rows[i]}
	}
	slices.SortStableFunc(list, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(y.passage.Score, x.passage.Score), cmp.Compare(x.passage.Fact.ID, y.passage.Fact.ID))
	})
	for i, x := range list {
		r.Passages[i], r.Features[i], r.Follow.Rows[i] = x.passage, x.features, x.row
	}
}

// leaning says how much a question needs the conversation.
func leaning(text string, l knowledge.Lang, r *Result) Lean {
	first, pronoun := true, false
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Word {
			continue
		}
		if first && lang.IsContinuer(t.Folded, l) {
			return MustLean
		}
		first = false
		pronoun = pronoun || lang.IsPronoun(t.Folded, l)
	}
	named := slices.ContainsFunc(r.Mentions, func(m Mention) bool {
		return m.IDF > 0 && m.Entity.Kind != knowledge.Place && m.Entity.Kind != knowledge.Organisation
	})
	few := len(lang.Content(text, l)) <= 3
	switch {
	case pronoun && !named, few && !named:
		return MustLean
	case few, pronoun, !named:
		return MayLean
	}
	return StandsAlone
}

// saidBefore returns what a question may lean on: content words of the earlier questions and names in the fact that was told last, most
// recent first, without those that the question has itself.
func saidBefore(b *knowledge.Base, after []Said, text string, l knowledge.Lang) string {
	seen := map[string]bool{}
	for _, w := range lang.Content(text, l) {
		seen[lang.Stem(w.Folded, l)] = true
	}
	var out []string
	add := func(tokens []lang.Token, most int) {
		for _, t := range tokens {
			if stem := lang.Stem(t.Folded, l); !seen[stem] && len(out) < min(most, contextWords) {
				seen[stem] = true
				out = append(out, t.Text)
			}
		}
	}
	for i := len(after) - 1; i >= 0; i-- {
		words := lang.Content(after[i].Question, l)
		add(words, contextWords)
		if len(words) > 3 { // says enough by itself; what came before is another matter
			break
		}
	}
	if last := after[len(after)-1].Facts; len(last) > 0 {
		if f := b.Fact(last[0]); f != nil {
			add(lang.Names(f.Text.In(l)), len(out)+2)
		}
	}
	return strings.Join(out, " ")
}
