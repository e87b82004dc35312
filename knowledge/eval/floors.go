package eval

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"enlace/knowledge"
)

// metric is a measure that a floor may name.
type metric struct {
	name    string
	ceiling bool // the bound is the most that is allowed, not the least
	ms      bool // milliseconds, not a share
	of      func(*Report, Scope) Ratio
}

var metrics = []metric{
	{"correct", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).Correct }},
	{"hit1", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).Hit1 }},
	{"hit3", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).Hit3 }},
	{"hit5", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).Hit5 }},
	{"mrr", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).MRR }},
	{"cite_precision", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).CitePrecision }},
	{"cite_recall", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).CiteRecall }},
	{"abstain_precision", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).AbstainPrecision }},
	{"abstain_recall", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).AbstainRecall }},
	{"language", false, false, func(r *Report, s Scope) Ratio { return r.Scores(s).Language }},
	{"worst_kind", false, false, func(r *Report, s Scope) Ratio { w, _, _ := r.WorstKind(s); return w }},
	{"dialogues", false, false, func(r *Report, s Scope) Ratio { return r.Dialogues(s).Dialogues }},
	{"turns", false, false, func(r *Report, s Scope) Ratio { return r.Dialogues(s).Turns }},
	{"summaries", false, false, func(r *Report, s Scope) Ratio { m, _ := r.Coverage(s); return m }},
	{"worst_summary", false, false, func(r *Report, s Scope) Ratio { _, w := r.Coverage(s); return w }},
	{"false_refusals", true, false, func(r *Report, s Scope) Ratio { return r.Scores(s).FalseRefusals }},
	{"median_ms", true, true, func(r *Report, s Scope) Ratio {
		return latency(r.Scores(s), func(x Scores) float64 { return x.MedianMS })
	}},
	{"p99_ms", true, true, func(r *Report, s Scope) Ratio {
		return latency(r.Scores(s), func(x Scores) float64 { return x.P99MS })
	}},
}

// latency makes a ratio whose value is a latency and that has no value without questions.
func latency(s Scores, of func(Scores) float64) Ratio {
	return Ratio{Sum: of(s) * float64(s.Questions), Of: s.Questions}
}

// Floor is one bound of a measure: the least that is allowed, or the most for false_refusals and the latencies.
type Floor struct {
	Name  string // as it was written, such as "blind.es.correct"
	Scope Scope
	Bound float64

	metric metric
}

// Floors are the bounds that a report must keep.
type Floors []Floor

// ParseFloors reads bounds such as "correct=0.92,blind.es.hit1=88%,open.en.who.correct=0.8,false_refusals=0.03,p99_ms=5".
// Before the measure may stand a half, a language and a kind, in any order. Empty text is no bounds. The error joins
// everything that is wrong.
func ParseFloors(text string) (Floors, error) {
	var out Floors
	var errs []error
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		f, err := parseFloor(part)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, f)
	}
	return out, errors.Join(errs...)
}

func parseFloor(part string) (Floor, error) {
	name, value, ok := strings.Cut(part, "=")
	if !ok {
		return Floor{}, fmt.Errorf("floor %q has no value (write measure=0.9)", part)
	}
	f := Floor{Name: strings.TrimSpace(name)}
	words := strings.Split(f.Name, ".")
	last := words[len(words)-1]
	i := slices.IndexFunc(metrics, func(m metric) bool { return m.name == last })
	if i < 0 {
		return Floor{}, fmt.Errorf("floor %q: unknown measure %q (use one of %s)", part, last, strings.Join(metricNames(), ", "))
	}
	f.metric = metrics[i]
	for _, w := range words[:len(words)-1] {
		if !f.Scope.narrow(w) {
			return Floor{}, fmt.Errorf("floor %q: %q is no half, language or kind, or the second of its sort (write for example blind.es.correct)", part, w)
		}
	}
	bound, err := parseBound(strings.TrimSpace(value), f.metric.ms)
	if err != nil {
		return Floor{}, fmt.Errorf("floor %q: %w", part, err)
	}
	f.Bound = bound
	return f, nil
}

func metricNames() []string {
	names := make([]string, len(metrics))
	for i, m := range metrics {
		names[i] = m.name
	}
	return names
}

// narrow adds one word to the scope; false when it is none or its place is taken.
func (s *Scope) narrow(word string) bool {
	switch {
	case slices.Contains(Halves[:], Half(word)) && s.Half == "":
		s.Half = Half(word)
	case slices.Contains(knowledge.Langs[:], knowledge.Lang(word)) && s.Lang == "":
		s.Lang = knowledge.Lang(word)
	case slices.Contains(Kinds[:], Kind(word)) && s.Kind == "":
		s.Kind = Kind(word)
	default:
		return false
	}
	return true
}

func parseBound(text string, ms bool) (float64, error) {
	number, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(number, 64)
	if err == nil && percent {
		v /= 100
	}
	switch {
	case ms && (err != nil || percent || !(v > 0 && v < 1e9)):
		return 0, fmt.Errorf("%q is no number of milliseconds (write one over 0)", text)
	case !ms && (err != nil || !(v >= 0 && v <= 1)):
		return 0, fmt.Errorf("%q is no share (write a number from 0 to 1, or a percentage)", text)
	}
	return v, nil
}

// Check returns an error that names every bound that the report does not keep, or nil. A bound over a scope in which nothing
// was asked is not kept.
func (f Floors) Check(r *Report) error {
	var errs []error
	for _, b := range f {
		v := b.metric.of(r, b.Scope)
		switch {
		case v.Of == 0:
			errs = append(errs, fmt.Errorf("%s: nothing was asked that it measures (correct the bound or the suite)", b.Name))
		case b.metric.ceiling && v.Value() > b.Bound:
			errs = append(errs, fmt.Errorf("%s is %.4f, above the allowed %.4g", b.Name, v.Value(), b.Bound))
		case !b.metric.ceiling && v.Value() < b.Bound:
			errs = append(errs, fmt.Errorf("%s is %.4f, below the floor of %.4g (over %d%s)", b.Name, v.Value(), b.Bound, v.Of, b.which(r)))
		}
	}
	return errors.Join(errs...)
}

// which names the kind that a bound on the worst one is about.
func (f Floor) which(r *Report) string {
	if f.metric.name != "worst_kind" {
		return ""
	}
	_, k, l := r.WorstKind(f.Scope)
	return fmt.Sprintf(", %s %s", l, k)
}
