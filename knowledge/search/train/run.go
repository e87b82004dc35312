// Package train learns what search cannot be told by hand: how much each kind of evidence counts, and how likely it makes
// it that the first fact answers. It learns from the base's own phrasings, each held out once and asked as a question,
// from questions that were written apart from them, and from questions that are known to have no answer. Nothing is random
// but for a fixed seed: equal input gives equal weights, on any machine with the same arithmetic.
//
// The classifier tells facts, lists, near misses and other subjects apart by words alone, those of the question and of
// what was said before. The ranking is a listwise logistic regression, the answer probability a small network over its
// evidence and a logistic regression over the words of the question. What is asked after other questions is read by a
// listwise and a logistic regression of their own, learned from conversations. All are measured by cross-validation: no
// figure of a Report comes from texts that the classifier or the network has seen, nor any of the ranking from phrasings
// that this has seen. Only the evidence for questions that were written apart is that of the final ranking; and the
// figures for what is asked after others are of classifiers that have not seen it, but of two regressions of a few dozen
// weights that have.
//
// Held-out phrasings are harder than what people ask, since curators write each as unlike the others as they can. So a
// half as many are asked as somebody would who half remembers them, and the weights are held to the ones that were set
// by hand.
package train

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// Choices of the training, found by trying.
const (
	folds        = 5
	seed         = 1
	steepness    = 3    // of the softmax over candidates
	rankingRidge = 0.03 // how firmly weights are held to the ones set by hand
	rounds       = 80   // of gradient descent
	refusalCost  = 2    // of refusing a question that has an answer, against answering one that has none
	recall       = 0.95 // share of the unanswerable questions that stay unanswered at the strict threshold, which is only reported
	refusals     = 0.03 // share of the answerable ones that may be refused outright
)

// Question is a question to learn from besides the phrasings of the base, written apart from them.
type Question struct {
	Text    string
	Lang    knowledge.Lang
	Outcome knowledge.Outcome // NoMatch or OffTopic: no fact answers it; else Answered
	Fact    knowledge.FactID  // of an answered one; questions for facts that are not in service are left out
	List    knowledge.ListID  // of one that several facts answer together
	// After is what was said before, the last turn last; Also are further facts of which each answers an answered question.
	After []search.Said
	Also  []knowledge.FactID
}

var errNoPhrasings = errors.New("the base has no phrasings to learn from: write asks for its facts")

// Run trains on the phrasings of a base and on questions without an answer, and measures what it learned. progress, which
// may be nil, is told the steps done and their number. It takes about twenty minutes for 40,000 phrasings and as many questions and uses
// one processor, two for the classifiers and for building indexes; ctx stops it between steps, of which the classifiers are one.
func Run(ctx context.Context, b *knowledge.Base, questions []Question, progress func(done, total int)) (Report, error) {
	t := &trainer{base: b, all: split(b), start: Prior(), progress: progress, lists: map[knowledge.ListID][]knowledge.FactID{}}
	for i, q := range questions {
		switch f := b.Fact(q.Fact); {
		case len(q.After) > 0:
			if err := t.follow(q); err != nil {
				return Report{}, fmt.Errorf("question %d (%q): %w", i+1, q.Text, err)
			}
		case q.Outcome == knowledge.NoMatch || q.Outcome == knowledge.OffTopic:
			t.questions = append(t.questions, q)
		case q.Outcome != knowledge.Answered || q.Fact == "" && q.List == "":
			return Report{}, fmt.Errorf("question %d (%q) has the outcome %q and the fact %q: training takes questions without an answer, no_match or off_topic, and answered ones with their fact or list", i+1, q.Text, q.Outcome, q.Fact)
		case q.List != "":
			t.listed = append(t.listed, held{lang: q.Lang, text: q.Text, list: q.List, fold: len(t.listed) % folds})
		case f != nil && f.InService():
			t.asked = append(t.asked, held{lang: q.Lang, text: q.Text, fact: q.Fact, fold: len(t.asked) % folds, apart: true})
		}
	}
	t.ownWords()
	t.sayFirst()
	for i := range b.Lists {
		t.lists[b.Lists[i].ID] = b.Lists[i].Facts
	}
	t.examples.numbers.number = map[string]int32{}
	if len(t.all) < 2*folds {
		return Report{}, errNoPhrasings
	}
	for k := range folds {
		t.reduced[k] = without(b, t.all, k)
	}
	for _, step := range t.steps() {
		if err := ctx.Err(); err != nil {
			return Report{}, err
		}
		step()
		t.tick()
	}
	return t.report, nil
}

// trainer is one run.
type trainer struct {
	base      *knowledge.Base
	questions []Question // without an answer
	asked     []held     // with one; the base has none of them
	copied    []held     // for a fact in its own words
	listed    []held     // for a list
	following []followUp // after others
	lists     map[knowledge.ListID][]knowledge.FactID
	all       []held                 // phrasings of the base
	reduced   [folds]*knowledge.Base // without the phrasings of a fold
	start     search.Weights
	progress  func(done, total int)
	done      int

	samples    []sample
	small      []sample // of small bases
	examples   exampler
	classifier [folds + 1]*search.Classifier // without a fold's texts; the last one is of all
	learned    [folds]features               // without a fold's samples
	reranker   [folds]*search.Reranker       // the same
	scored     []scoredExample
	report     Report
}

// copies is how often every fact is asked for in its own words, by language.
const copies = 8

func (t *trainer) ownWords() {
	random := rand.New(rand.NewPCG(seed, 11))
	for i := range t.base.Facts {
		f := &t.base.Facts[i]
		for _, l := range knowledge.Langs {
			if text := f.Text.In(l); f.InService() && text != "" {
				for range copies {
					t.copied = append(t.copied, held{lang: l, text: inItsWords(text, l, random), fact: f.ID, fold: len(t.copied) % folds, apart: true})
				}
			}
		}
	}
}

// steps are the parts of a run, in order.
func (t *trainer) steps() []func() {
	list := []func(){t.learnClassifiers}
	for k := range folds {
		list = append(list, func() { t.sample(k) })
	}
	list = append(list, t.sampleAsked, t.sampleRetold, t.sampleSmall)
	for k := range folds {
		list = append(list, func() { t.learned[k] = fit(t.samples, k, features(t.start.Ranking())) })
	}
	for k := range folds {
		list = append(list, func() { t.reranker[k] = learnReranker(slices.Concat(t.samples, t.small), &t.learned[k], k) })
	}
	list = append(list, t.rank)
	for k := range folds {
		list = append(list, func() { t.exemplify(k) })
	}
	list = append(list, t.exemplifyQuestions, t.exemplifySmall)
	for k := range folds {
		list = append(list, func() { t.crossValidate(k) })
	}
	return append(list, t.calibrate, t.learnFollowing)
}

func (t *trainer) tick() {
	t.done++
	if t.progress != nil {
		t.progress(t.done, len(t.steps()))
	}
}

// rank learns the final ranking and measures the ones of the folds.
func (t *trainer) rank() {
	start := features(t.start.Ranking())
	w := t.start
	w.SetRanking(rounded(fit(t.samples, none, start)))
	w.Classifier = t.classifier[folds]
	last := features(w.Ranking())
	w.Reranker = learnReranker(slices.Concat(t.samples, t.small), &last, none)
	t.report.Weights = w
	for i := range t.samples {
		s := &t.samples[i]
		if s.fold == none {
			continue
		}
		t.report.Before.count(s, s.rank(&start))
		t.report.After.count(s, s.rank(&t.learned[s.fold]))
		l := s.lineUp(&t.learned[s.fold])
		t.report.Reranked.count(s, l.rank(t.reranker[s.fold]))
	}
}

// exemplify collects the examples of a fold, with the ranking that was learned without it.
func (t *trainer) exemplify(k int) {
	w := t.start
	w.SetRanking(t.learned[k])
	w.Reranker, w.Classifier = t.reranker[k], t.classifier[k]
	t.examples.heldOut(search.NewWith(t.reduced[k], search.Options{Weights: &w}), t.all, k)
	t.examples.leftOut(t.base, &w, t.all, k)
}

func (t *trainer) exemplifyQuestions() {
	for k := range folds {
		w := t.report.Weights
		w.Classifier = t.classifier[k]
		index := search.NewWith(t.base, search.Options{Weights: &w})
		t.examples.unanswered(index, t.questions, k)
		for _, h := range t.asked {
			if h.fold == k {
				t.examples.askFor(index, &h, asked, asked)
			}
		}
		for _, h := range t.copied {
			if h.fold == k {
				t.examples.askFor(index, &h, worded, worded)
			}
		}
		for _, h := range t.listed {
			if h.fold == k {
				t.examples.askForList(index, &h, t.lists[h.list])
			}
		}
	}
}

func (t *trainer) exemplifySmall() {
	w := t.report.Weights
	w.Classifier = nil // it has seen the phrasings that are held out
	t.examples.small(t.base, &w, t.all, t.questions)
}

// crossValidate measures the answer probability of a fold's examples with what was learned without them.
func (t *trainer) crossValidate(k int) {
	told := tellAll(t.examples.list, len(t.examples.numbers.names), k)
	network := learnNetwork(told, k)
	for i := range told {
		if e := &told[i]; e.fold == k {
			t.scored = append(t.scored, scoredExample{e, network.Probabilities(&e.inputs)})
		}
	}
}

// calibrate learns the final answer probability.
func (t *trainer) calibrate() {
	cues := len(t.examples.numbers.names)
	w := &t.report.Weights
	w.Cues = learnCues(t.examples.list, cues, none).cues(t.examples.numbers.names)
	w.Calibration.Network = learnNetwork(tellAll(t.examples.list, cues, none), none)
	t.report.judge(t.scored)
}

// Prior returns the weights as they were set by hand, from which the ranking is learned.
func Prior() search.Weights {
	w := search.DefaultWeights()
	w.SetRanking(priorRanking)
	w.Reranker, w.Classifier, w.Following = nil, nil, nil
	return w
}
