// Package search finds the facts that answer a question. An Index holds one base, one side per language, and never
// changes; Live swaps indexes while questions are being answered.
//
// Stage 1 scores every fact with BM25F over its text and headings (names of its entities, title of its topic) and every
// phrasing of its asks and corrects as a short document of its own, once by words and once by the concepts that these
// mean in either language (package thesaurus), by what the phrasings of all facts teach about words, and, in the base that it was
// trained on, by which fact a Classifier takes the question to ask for. Stage 2 orders the best of them by finer evidence: character
// trigrams, exact forms, neighbours, entities, dates and numbers, and the kind of thing asked for; a Reranker corrects the order of
// the first. Lists of facts are found in the same way and reported apart. Lack, Standing and Cues say what speaks for and against an
// answer, and a Network over all this how likely the first fact answers and, if it does not, whether the question is about our topics
// at all. A question that was asked after others is also searched together with their words, and Following weighs what both find. All
// weights stand in Weights; package train learns them.
package search

import (
	"strings"
	"sync"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// surely is the margin of detection from which on a question is in no other language.
const surely = 0.5

// maxText is how many bytes of a question are looked at. Callers refuse long questions long before.
const maxText = 4096

// Index finds facts of one base. It is immutable and safe for concurrent use.
type Index struct {
	base    *knowledge.Base
	weights Weights
	options Options
	sides   [len(knowledge.Langs)]*side
	results sync.Pool // of *Result
}

// New returns an index over the facts of b that are in service. b may be nil, which is the empty base.
func New(b *knowledge.Base) *Index { return NewWith(b, Options{}) }

// NewWith is New with choices.
func NewWith(b *knowledge.Base, o Options) *Index {
	if b == nil {
		b = knowledge.NewBase("", nil, nil, nil, nil)
	}
	x := &Index{base: b, weights: o.weights(), options: o}
	x.results.New = func() any { return new(Result) }
	var wg sync.WaitGroup
	for i, l := range knowledge.Langs {
		wg.Go(func() { x.sides[i] = newSide(b, l, &x.weights, o) })
	}
	wg.Wait()
	for i, s := range x.sides {
		s.other = x.sides[1-i]
		s.twins = s.twin(s.other)
	}
	for _, s := range x.sides {
		wg.Go(s.index)
	}
	wg.Wait()
	return x
}

// Base returns the base that the index was built from.
func (x *Index) Base() *knowledge.Base { return x.base }

// Search finds the facts that answer q, best first, and writes them and their evidence into r, whose memory it reuses.
// Equal queries give equal results; ties are broken by fact id. A question without any known word finds nothing, and one of stop words alone only what is asked for with them.
// It allocates nothing in a steady state, except for parsing literals where the question holds digits or the like, and in conversations.
func (x *Index) Search(q Query, r *Result) {
	q.Text = cut(q.Text, maxText)
	if q.Lang != knowledge.English && q.Lang != knowledge.Spanish {
		q.Lang, _ = lang.Detect(q.Text)
	}
	q.Text = withoutExclusion(q.Text, q.Lang)
	q.ownBytes = len(q.Text)
	after := recent(q.After)
	q.After = nil
	x.find(q, r)
	if len(after) > 0 && q.Text != "" {
		x.follow(q, after, r)
	}
}

// find searches in one language, and in the other one where that has nothing to offer.
func (x *Index) find(q Query, r *Result) {
	x.side(q.Lang).search(q, r)
	r.Searched = q.Text
	if !q.Fallback || r.Verdict != Abstain {
		return
	}
	if l, margin := lang.Detect(q.Text); l == q.Lang && margin >= surely {
		return
	}
	other := x.side(q.Lang.Other())
	s := other.scratch()
	defer other.free(s)
	alternative := &s.result
	other.search(q, alternative)
	if alternative.own > r.own && alternative.Probability > r.Probability {
		*r, *alternative = *alternative, *r
		r.FellBack, r.Searched = true, q.Text
	}
}

func (x *Index) side(l knowledge.Lang) *side {
	for i := range knowledge.Langs {
		if knowledge.Langs[i] == l {
			return x.sides[i]
		}
	}
	return x.sides[0]
}

// exclusions begin what a question is expressly not about: "who signed the memorandum, not the treaty".
var exclusions = map[knowledge.Lang][]string{
	knowledge.English: {", not the ", ", not a ", ", not an ", ", not his ", ", not her ", ", not their ", ", not that "},
	knowledge.Spanish: {", no el ", ", no la ", ", no los ", ", no las ", ", no un ", ", no una ", ", no del ", ", no de la ", ", no al "},
}

// withoutExclusion cuts what a question is expressly not about from its end, where three words or more are left.
func withoutExclusion(text string, l knowledge.Lang) string {
	for _, e := range exclusions[l] {
		if at := strings.Index(text, e); at >= 0 && strings.Count(text[:at], " ") >= 2 {
			return text[:at]
		}
	}
	return text
}

// cut returns the first n bytes of s at most, and no broken character at the end.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
