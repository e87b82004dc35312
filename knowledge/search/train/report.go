package train

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// Report is what a run learned and how good it is, all by cross-validation.
type Report struct {
	Weights       search.Weights // learned from everything
	Before, After Ranking        // with the weights set by hand and with learned ones
	Reranked      Ranking        // with the first ones reranked, too
	Abstention    [len(knowledge.Langs)]Abstention
	Examples      int // from which the answer probability was learned
	Following     FollowReport
	Strict        float64 // the threshold that keeps 95 % of the unanswerable questions unanswered
}

// Ranking is how well held-out phrasings, and questions written apart from them, find their facts, by language in the order of knowledge.Langs.
type Ranking struct{ Asks, Corrects, Apart [len(knowledge.Langs)]Hits }

// Hits counts questions and where their facts stand.
type Hits struct {
	Questions, First, Five int
	Reciprocal             float64 // sum of 1/rank
}

// Abstention is how well the answer probability tells what the facts answer.
type Abstention struct {
	NearMiss, OffTopic, LeftOut float64 // area under the ROC curve, against held-out phrasings that find their fact
	Recall                      float64 // share of the unanswerable questions below Answer
	Refused                     float64 // share of the answerable ones below Answer
	RecallOffer, RefusedOffer   float64 // the same for Offer
	RecallStrict, RefusedStrict float64 // the same for Report.Strict
	Worded                      float64 // share of phrasings with typos or in two languages below Offer
	Small                       float64 // area under the ROC curve on small bases
	TellsNear, TellsOff         float64 // shares of near misses and of questions about something else that are told as such
}

// answered is the probability that the first fact answers.
func (e *scoredExample) answered() float64 { return e.probability[search.EndsAnswered] }

func (r *Ranking) count(s *sample, rank int) {
	l := slices.Index(knowledge.Langs[:], s.lang)
	h := &r.Asks[l]
	switch {
	case s.claim:
		h = &r.Corrects[l]
	case s.apart:
		h = &r.Apart[l]
	}
	h.Questions++
	if rank == 0 {
		return
	}
	if rank == 1 {
		h.First++
	}
	if rank <= 5 {
		h.Five++
	}
	h.Reciprocal += 1 / float64(rank)
}

// scoredExample is an example with the probability that was learned without it.
type scoredExample struct {
	*example
	probability [search.Endings]float64
}

// judge chooses the thresholds and measures the probability. Answer costs least, a refusal costing more than an answer
// that is none, since what is said is checked further; Offer is the highest that refuses few questions outright.
func (r *Report) judge(scored []scoredExample) {
	r.Examples = len(scored)
	who := answerableGroup(scored)
	var answerable, unanswerable []float64
	for _, e := range scored {
		switch e.group {
		case who:
			answerable = append(answerable, e.answered())
		case nearMiss, offTopic:
			unanswerable = append(unanswerable, e.answered())
		}
	}
	c := &r.Weights.Calibration
	c.Answer = cheapest(answerable, unanswerable)
	r.Strict = round(quantile(unanswerable, recall))
	c.Offer = min(c.Answer, round(quantile(answerable, refusals)))
	for i, l := range knowledge.Langs {
		var by [groups][]float64
		var tells [groups]float64
		for _, e := range scored {
			if e.lang == l {
				by[e.group] = append(by[e.group], e.answered())
				tells[e.group] += float64(truth(e.probability[search.EndsNearMiss] > e.probability[search.EndsOffTopic]))
			}
		}
		known := by[who]
		both := slices.Concat(by[nearMiss], by[offTopic])
		r.Abstention[i] = Abstention{
			NearMiss: auroc(known, by[nearMiss]), OffTopic: auroc(known, by[offTopic]), LeftOut: auroc(known, by[leftOut]),
			Recall: below(both, c.Answer), Refused: below(known, c.Answer),
			RecallOffer: below(both, c.Offer), RefusedOffer: below(known, c.Offer),
			RecallStrict: below(both, r.Strict), RefusedStrict: below(known, r.Strict),
			Worded: below(by[worded], c.Offer), Small: auroc(by[smallHeld], slices.Concat(by[smallLeftOut], by[smallMiss], by[smallOff])),
			TellsNear: tells[nearMiss] / float64(max(1, len(by[nearMiss]))), TellsOff: 1 - tells[offTopic]/float64(max(1, len(by[offTopic]))),
		}
	}
}

// answerableGroup returns which examples stand for what people ask: the questions written apart, or held-out phrasings where there are
// none. The ranking has seen the former, the classifier and the network have not.
func answerableGroup(scored []scoredExample) group {
	if slices.ContainsFunc(scored, func(e scoredExample) bool { return e.group == asked }) {
		return asked
	}
	return heldOut
}

// cheapest returns the threshold in hundredths at which wrong refusals and wrong answers cost least together.
func cheapest(answerable, unanswerable []float64) float64 {
	best, least := 0.5, math.Inf(1)
	for hundredth := 1; hundredth < 100; hundredth++ {
		t := float64(hundredth) / 100
		if cost := refusalCost*below(answerable, t) - below(unanswerable, t); cost < least {
			best, least = t, cost
		}
	}
	return best
}

// quantile returns the value below which a share of the values lies, 0.5 without values.
func quantile(values []float64, part float64) float64 {
	if len(values) == 0 {
		return 0.5
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}

// below returns the share of values below a limit.
func below(values []float64, limit float64) float64 {
	n := 0
	for _, v := range values {
		if v < limit {
			n++
		}
	}
	return float64(n) / float64(max(1, len(values)))
}

// WriteText writes the figures as a table, and then the learned weights as they stand in search.DefaultWeights.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintln(&b, "held-out phrasings         n   hit@1   hit@5     MRR   (by hand, learned, then reranked)")
	for i, l := range knowledge.Langs {
		for _, row := range []struct {
			name                string
			before, after, last *Hits
		}{{"asks", &r.Before.Asks[i], &r.After.Asks[i], &r.Reranked.Asks[i]}, {"corrects", &r.Before.Corrects[i], &r.After.Corrects[i], &r.Reranked.Corrects[i]}, {"apart", &r.Before.Apart[i], &r.After.Apart[i], &r.Reranked.Apart[i]}} {
			fmt.Fprintf(&b, "%s %-14s by hand %s\n", l, row.name, row.before)
			fmt.Fprintf(&b, "%s %-14s learned %s\n", l, row.name, row.after)
			fmt.Fprintf(&b, "%s %-14s reranked%s\n", l, row.name, row.last)
		}
	}
	fmt.Fprintf(&b, "\nanswer probability: %d examples; AUROC against questions that find their fact\n", r.Examples)
	fmt.Fprintln(&b, "   near-miss  off-topic  left-out  small bases   typos, mixed refused   told near  told off")
	for i, l := range knowledge.Langs {
		a := &r.Abstention[i]
		fmt.Fprintf(&b, "%s %9.3f %10.3f %9.3f %12.3f %22.3f %11.3f %9.3f\n", l, a.NearMiss, a.OffTopic, a.LeftOut, a.Small, a.Worded, a.TellsNear, a.TellsOff)
	}
	fmt.Fprintln(&b, "\nthresholds       en unanswered  refused   es unanswered  refused")
	en, es := &r.Abstention[0], &r.Abstention[1]
	for _, row := range []struct {
		name   string
		at     float64
		shares [4]float64
	}{
		{"offer", r.Weights.Calibration.Offer, [...]float64{en.RecallOffer, en.RefusedOffer, es.RecallOffer, es.RefusedOffer}},
		{"answer", r.Weights.Calibration.Answer, [...]float64{en.Recall, en.Refused, es.Recall, es.Refused}},
		{"(strict)", r.Strict, [...]float64{en.RecallStrict, en.RefusedStrict, es.RecallStrict, es.RefusedStrict}},
	} {
		fmt.Fprintf(&b, "%-9s %.2f %16.3f %8.3f %15.3f %8.3f\n", row.name, row.at, row.shares[0], row.shares[1], row.shares[2], row.shares[3])
	}
	f := &r.Following
	fmt.Fprintf(&b, "\nafter others     %s\nAUROC against the %d of them that have no answer or find another fact: %.3f; at", f.Hits.String(), f.Others, f.AUROC)
	for i, at := range followLimits {
		fmt.Fprintf(&b, "  %.2f: right %.3f, wrong %.3f, silent where there is no answer %.3f", at, f.Right[i], f.Wrong[i], f.Silent[i])
	}
	fmt.Fprintln(&b)
	fmt.Fprintln(&b)
	b.WriteString(Source(r.Weights))
	_, err := io.WriteString(w, b.String())
	return err
}

// String returns the figures of a row.
func (h *Hits) String() string {
	n := float64(max(1, h.Questions))
	return fmt.Sprintf("%5d   %.3f   %.3f   %.3f", h.Questions, float64(h.First)/n, float64(h.Five)/n, h.Reciprocal/n)
}

// Source returns the learned ranking and thresholds as Go source: fields of search.Weights and of search.Calibration.
// What else is learned stands in files of its own: see CuesText and search.Network.
func Source(w search.Weights) string {
	var b strings.Builder
	values := w.Ranking()
	for i, name := range search.RankingNames() {
		fmt.Fprintf(&b, "%s: %v,", name, values[i])
		b.WriteString([2]string{" ", "\n"}[truth(i%8 == 7 || i == len(values)-1)])
	}
	fmt.Fprintf(&b, "Answer: %v, Offer: %v,\n", w.Calibration.Answer, w.Calibration.Offer)
	return b.String()
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// CuesText returns the learned cues as they stand in cues.txt.
func CuesText(c search.Cues) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintln(&b, name, c[name][0], c[name][1])
	}
	return b.String()
}
