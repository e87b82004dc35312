package train

import (
	"errors"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// Choices for what is asked after others, found by cross-validation.
const (
	followCopies = 3    // how often a classifier sees such a question, which is rare among the others
	imagine      = 2    // of the questions with an answer, one in so many is asked again as one that goes on
	elsewhere    = 6    // one in so many is asked after something else
	changes      = 3    // and of those that were written apart, one in so many takes part in learning the order
	followRounds = 300  // of gradient descent
	followRidge  = 0.02 // how firmly weights are held together over the leans
	wrongWeight  = 0.6  // what a question counts that finds another fact, as one without an answer
)

// followUp is a question that was asked after others.
type followUp struct {
	lang    knowledge.Lang
	text    string
	after   []search.Said
	outcome knowledge.Outcome
	facts   []knowledge.FactID // of an answered one, the best first
	fold    int
	// other is true for one that was written apart from the phrasings, and not for a conversation: it was put after something else, or
	// after the fact that answers it, too.
	other bool
}

// follow takes a question to learn from; those for facts that are not in service are left out.
func (t *trainer) follow(q Question) error {
	f := followUp{lang: q.Lang, text: q.Text, after: slices.Clone(q.After), outcome: q.Outcome}
	switch {
	case q.Outcome == knowledge.Answered && q.Fact != "":
		for _, id := range append([]knowledge.FactID{q.Fact}, q.Also...) {
			if fact := t.base.Fact(id); fact != nil && fact.InService() {
				f.facts = append(f.facts, id)
			}
		}
		if len(f.facts) == 0 {
			return nil
		}
	case q.Outcome != knowledge.NoMatch && q.Outcome != knowledge.OffTopic:
		return errors.New("a question after others has its fact, or the outcome no_match or off_topic")
	}
	h := fnv.New32a() // the turns of one conversation stay together
	_, _ = h.Write([]byte(f.after[0].Question))
	for _, id := range f.after[0].Facts {
		_, _ = h.Write([]byte(id))
	}
	f.fold = int(h.Sum32() % folds)
	t.following = append(t.following, f)
	return nil
}

// sayFirst asks for what was told before, where it is not known how.
func (t *trainer) sayFirst() {
	random := rand.New(rand.NewPCG(seed, 12))
	for i := range t.following {
		f := &t.following[i]
		for j := range f.after {
			if s := &f.after[j]; s.Question == "" && len(s.Facts) > 0 {
				s.Question = t.someQuestion(s.Facts[0], f.lang, random)
			}
		}
	}
}

// someQuestion returns a phrasing of a fact, "" where it has none.
func (t *trainer) someQuestion(id knowledge.FactID, l knowledge.Lang, random *rand.Rand) string {
	f := t.base.Fact(id)
	if f == nil || len(f.Asks.In(l)) == 0 {
		return ""
	}
	return f.Asks.In(l)[random.IntN(len(f.Asks.In(l)))]
}

// imagined makes questions that go on from others of those that stand alone: without some of their words, after one about the same
// person or body; and as they are after something else, as people change the subject.
func (t *trainer) imagined(random *rand.Rand) (list []followUp) {
	var ids []knowledge.FactID
	about := map[knowledge.EntityID][]knowledge.FactID{}
	for i := range t.base.Facts {
		if f := &t.base.Facts[i]; f.InService() {
			ids = append(ids, f.ID)
			for _, e := range f.Entities {
				about[e] = append(about[e], f.ID)
			}
		}
	}
	after := func(id knowledge.FactID, l knowledge.Lang) []search.Said {
		return []search.Said{{Question: t.someQuestion(id, l, random), Facts: []knowledge.FactID{id}}}
	}
	for _, h := range slices.Concat(t.all, t.asked) {
		f := t.base.Fact(h.fact)
		again := followUp{lang: h.lang, text: h.text, outcome: knowledge.Answered, facts: []knowledge.FactID{h.fact}, fold: h.fold, other: h.apart}
		if id := ids[random.IntN(len(ids))]; random.IntN(elsewhere) == 0 && id != h.fact {
			again.after = after(id, h.lang)
			list = append(list, again)
		}
		if h.claim || len(f.Entities) == 0 || random.IntN(imagine) != 0 {
			continue
		}
		of := about[f.Entities[random.IntN(len(f.Entities))]]
		id := of[random.IntN(len(of))] // now and then the same fact, which tells more than was asked
		again.text, again.after, again.other = shortened(h.text, h.lang, random), after(id, h.lang), h.apart && id == h.fact
		list = append(list, again)
	}
	for i, q := range t.questions {
		if random.IntN(elsewhere) == 0 {
			list = append(list, followUp{lang: q.Lang, text: q.Text, after: after(ids[random.IntN(len(ids))], q.Lang), outcome: q.Outcome, fold: i % folds, other: true})
		}
	}
	return list
}

// standIns stand for what was said.
var standIns = map[knowledge.Lang][]string{
	knowledge.English: {"he", "it", "that", "they", "him", "this", "his"},
	knowledge.Spanish: {"eso", "él", "lo", "ese", "su", "esa", "la"},
}

// shortened leaves words of meaning out or puts something in their place that stands for them, as people do who go on.
func shortened(text string, l knowledge.Lang, random *rand.Rand) string {
	var kept []string
	if random.IntN(4) == 0 {
		kept = append(kept, map[knowledge.Lang]string{knowledge.English: "and", knowledge.Spanish: "y"}[l])
	}
	for word := range strings.FieldsSeq(text) {
		if !lang.IsStop(lang.Fold(strings.Trim(word, ".,;:?¿!¡")), l) && random.Float64() < 0.35 {
			if random.IntN(3) == 0 {
				kept = append(kept, standIns[l][random.IntN(len(standIns[l]))])
			}
			continue
		}
		kept = append(kept, word)
	}
	return strings.Join(kept, " ")
}

// priorFollowing is what counts before anything is learned.
func priorFollowing() *search.Following {
	w := new(search.Following)
	for i := range w.Rows {
		w.Rows[i] = [search.FollowInputs]float64{1, 0.5, 0.6, 0.4, 0.2, -0.5, -0.3}
	}
	for j := range w.Deviation {
		w.Deviation[j] = 1
	}
	return w
}

// followSample is what search finds for a question that was asked after others.
type followSample struct {
	lean     search.Lean
	rows     [][search.FollowInputs]float64
	right    []bool // by row
	evidence [search.FollowEvidence]float64
	answers  bool // the first one
	none     bool // the question has no answer
	other    bool // see followUp
}

// learnFollowing learns how to read questions that go on, each with the classifier that has not seen its conversation: first the
// order of the passages, then how likely the first one answers.
func (t *trainer) learnFollowing() {
	w := &t.report.Weights
	w.Following = priorFollowing()
	if len(t.following) == 0 {
		w.Following = nil
		return
	}
	list := slices.Clone(t.following)
	random := rand.New(rand.NewPCG(seed, 13))
	for i, f := range slices.DeleteFunc(t.imagined(random), func(f followUp) bool { return !f.other }) { // none that the base has
		if i%changes == 0 {
			list = append(list, f)
		}
	}
	samples := t.followSamples(list)
	if len(samples) == 0 {
		w.Following = nil
		return
	}
	learnRows(w.Following, samples)
	samples = t.followSamples(list)
	learnEvidence(w.Following, samples)
	t.report.Following = judgeFollowing(w.Following, slices.DeleteFunc(samples, func(s followSample) bool { return s.other }))
}

func (t *trainer) followSamples(list []followUp) (samples []followSample) {
	var r search.Result
	for k := range folds {
		w := t.report.Weights
		w.Classifier = t.classifier[k]
		index := search.NewWith(t.base, search.Options{Weights: &w})
		for _, f := range list {
			if f.fold != k {
				continue
			}
			index.Search(search.Query{Text: f.text, Lang: f.lang, Depth: search.MaxDepth, After: f.after}, &r)
			if !r.Follow.Read {
				continue
			}
			s := followSample{lean: r.Follow.Lean, rows: slices.Clone(r.Follow.Rows), evidence: r.Follow.Evidence, none: f.outcome != knowledge.Answered, other: f.other}
			for _, p := range r.Passages {
				s.right = append(s.right, slices.Contains(f.facts, p.Fact.ID))
			}
			s.answers = s.right[0]
			samples = append(samples, s)
		}
	}
	return samples
}

// learnRows fits the order: a softmax over the passages, by lean, in the unit of the score.
func learnRows(w *search.Following, samples []followSample) {
	before := meanBest(&search.Following{Rows: onlyScore}, samples)
	shared := w.Rows[0]
	fitRows(samples, &shared, &shared, func(search.Lean) bool { return true }, 0)
	for lean := range w.Rows {
		w.Rows[lean] = shared
		fitRows(samples, &w.Rows[lean], &shared, func(l search.Lean) bool { return int(l) == lean }, followRidge)
	}
	scale := before / math.Max(meanBest(w, samples), 1e-9)
	for i := range w.Rows {
		for j := range w.Rows[i] {
			w.Rows[i][j] = significant(w.Rows[i][j] * scale)
		}
	}
}

// onlyScore weighs the score alone, in whose unit thresholds are.
var onlyScore = [...][search.FollowInputs]float64{{2: 1}, {2: 1}, {2: 1}}

// meanBest is what the best score is on average.
func meanBest(w *search.Following, samples []followSample) float64 {
	sum := 0.0
	for i := range samples {
		s := &samples[i]
		best := math.Inf(-1)
		for _, row := range s.rows {
			best = max(best, dot(&w.Rows[s.lean], &row))
		}
		sum += best
	}
	return sum / float64(max(1, len(samples)))
}

func dot(w, row *[search.FollowInputs]float64) (sum float64) {
	for j, v := range row {
		sum += w[j] * v
	}
	return sum
}

// fitRows descends by whole gradients (AdaGrad), held to a start.
func fitRows(samples []followSample, w, start *[search.FollowInputs]float64, takes func(search.Lean) bool, ridge float64) {
	held, slopes := *start, [search.FollowInputs]float64{}
	for range followRounds {
		var gradient [search.FollowInputs]float64
		n := 0.0
		for i := range samples {
			s := &samples[i]
			if !takes(s.lean) || s.none || !slices.Contains(s.right, true) {
				continue
			}
			n++
			p, right := make([]float64, len(s.rows)), 0.0
			total := 0.0
			for k := range s.rows {
				p[k] = math.Exp(steepness * dot(w, &s.rows[k]))
				total += p[k]
				if s.right[k] {
					right += p[k]
				}
			}
			for k := range s.rows {
				off := p[k] / total
				if s.right[k] {
					off -= p[k] / right
				}
				for j, v := range s.rows[k] {
					gradient[j] += steepness * off * v
				}
			}
		}
		for j := range w {
			g := gradient[j]/max(n, 1) + ridge*(w[j]-held[j])
			slopes[j] += g * g
			w[j] -= 0.3 * g / math.Sqrt(slopes[j]+1e-9)
		}
	}
}

// learnEvidence fits the probability that the first passage answers: a logistic regression.
func learnEvidence(w *search.Following, samples []followSample) {
	n := float64(len(samples))
	for j := range w.Mean {
		var sum, squares float64
		for i := range samples {
			v := samples[i].evidence[j]
			sum += v
			squares += v * v
		}
		mean := sum / n
		w.Mean[j], w.Deviation[j] = significant(mean), significant(max(math.Sqrt(max(0, squares/n-mean*mean)), 1e-3))
		w.Weights[j] = 0
	}
	w.Bias[0] = 0
	var slopes [search.FollowEvidence + 1]float64
	for range 2 * followRounds {
		var gradient [search.FollowEvidence + 1]float64
		for i := range samples {
			s := &samples[i]
			off := w.Probability(&s.evidence) - float64(truth(s.answers))
			if !s.answers && !s.none {
				off *= wrongWeight
			}
			for j, v := range s.evidence {
				gradient[j] += off * max(-4, min(4, (v-w.Mean[j])/w.Deviation[j]))
			}
			gradient[len(gradient)-1] += off
		}
		for j := range gradient {
			at := &w.Bias[0]
			if j < len(w.Weights) {
				at = &w.Weights[j]
			}
			g := gradient[j] / n
			slopes[j] += g * g
			*at -= 0.2 * g / math.Sqrt(slopes[j]+1e-9)
		}
	}
}

// significant rounds to the digits that a table keeps.
func significant(v float64) float64 {
	if v == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-3)
	return math.Round(v/unit) * unit
}

// followLimits are the thresholds that a report shows.
var followLimits = [...]float64{0.1, 0.2, 0.3, 0.4, 0.5}

// FollowReport is how well questions are read that were asked after others.
type FollowReport struct {
	Hits   Hits
	Others int     // that have no answer, or find another fact
	AUROC  float64 // of the answer probability against them
	// By threshold: shares of the questions with an answer that get it, and that get another one, and of those without one that get none.
	Right, Wrong, Silent [len(followLimits)]float64
}

func judgeFollowing(w *search.Following, samples []followSample) (f FollowReport) {
	var right, others []float64
	none := 0.0
	for i := range samples {
		s := &samples[i]
		p := w.Probability(&s.evidence)
		if s.answers {
			right = append(right, p)
		} else {
			others = append(others, p)
		}
		if s.none {
			none++
		} else {
			f.Hits.Questions++
			if at := slices.Index(s.right, true); at >= 0 {
				f.Hits.Reciprocal += 1 / float64(at+1)
				f.Hits.First += truth(at == 0)
				f.Hits.Five += truth(at < 5)
			}
		}
		for j, at := range followLimits {
			switch {
			case s.none && p < at:
				f.Silent[j]++
			case s.answers && p >= at:
				f.Right[j]++
			case !s.none && p >= at:
				f.Wrong[j]++
			}
		}
	}
	for j := range followLimits {
		f.Right[j] /= max(1, float64(f.Hits.Questions))
		f.Wrong[j] /= max(1, float64(f.Hits.Questions))
		f.Silent[j] /= max(1, none)
	}
	f.Others, f.AUROC = len(others), auroc(right, others)
	return f
}
