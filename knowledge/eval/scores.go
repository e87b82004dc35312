package eval

import (
	"encoding/json"
	"math"
	"slices"
	"time"

	"enlace/knowledge"
)

// Ratio is a mean: Sum over Of cases. With no cases it has no value.
type Ratio struct {
	Sum float64
	Of  int
}

// Value returns the mean, or 0 with no cases.
func (r Ratio) Value() float64 {
	if r.Of == 0 {
		return 0
	}
	return r.Sum / float64(r.Of)
}

// MarshalJSON writes the value with four decimals, or null with no cases.
func (r Ratio) MarshalJSON() ([]byte, error) {
	if r.Of == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(math.Round(r.Value()*1e4) / 1e4)
}

func (r *Ratio) count(yes bool) {
	r.Of++
	if yes {
		r.Sum++
	}
}

func (r *Ratio) add(sum float64, of int) {
	r.Sum += sum
	r.Of += of
}

// Scope selects results; an empty field selects all.
type Scope struct {
	Half Half
	Lang knowledge.Lang
	Kind Kind
}

func (s Scope) holds(h Half, l knowledge.Lang, k Kind) bool {
	return (s.Half == "" || s.Half == h) && (s.Lang == "" || s.Lang == l) && (s.Kind == "" || s.Kind == k)
}

// Scores are the measures of a scope's single questions; the turns of dialogues have their own.
//
// Ranks are those of the first group of facts, over the questions that have an answer. The shares of citations are over the
// questions that have an answer: of all facts cited, those that the question allows; of all groups expected, those covered.
// An abstention is any outcome but answered.
type Scores struct {
	Questions        int     `json:"questions"`
	Correct          Ratio   `json:"correct"`
	Hit1             Ratio   `json:"hit1"`
	Hit3             Ratio   `json:"hit3"`
	Hit5             Ratio   `json:"hit5"`
	MRR              Ratio   `json:"mrr"` // mean reciprocal rank; a fact that was not found counts as 0
	CitePrecision    Ratio   `json:"cite_precision"`
	CiteRecall       Ratio   `json:"cite_recall"`
	AbstainPrecision Ratio   `json:"abstain_precision"`
	AbstainRecall    Ratio   `json:"abstain_recall"`
	FalseRefusals    Ratio   `json:"false_refusals"` // answerable questions that ended in an abstention
	Language         Ratio   `json:"language"`       // answers in the question's language, mixed questions left out
	MedianMS         float64 `json:"median_ms"`
	P99MS            float64 `json:"p99_ms"`
}

// Scores computes the measures of a scope.
func (r *Report) Scores(in Scope) Scores {
	var s Scores
	var took []time.Duration
	for i := range r.Results {
		res := &r.Results[i]
		if res.Dialogue != "" || !in.holds(res.Half, res.Lang, res.Kind) {
			continue
		}
		s.add(res)
		took = append(took, res.Took)
	}
	s.MedianMS, s.P99MS = quantile(took, 0.5), quantile(took, 0.99)
	return s
}

func (s *Scores) add(r *Result) {
	s.Questions++
	s.Correct.count(r.Correct)
	if r.Kind != Mixed {
		s.Language.count(r.Language == r.Lang)
	}
	abstained := r.Got != knowledge.Answered
	answerable := r.Want == knowledge.Answered
	if abstained {
		s.AbstainPrecision.count(!answerable)
	}
	if !answerable {
		s.AbstainRecall.count(abstained)
		return
	}
	s.FalseRefusals.count(abstained)
	s.Hit1.count(r.Rank == 1)
	s.Hit3.count(r.Rank >= 1 && r.Rank <= 3)
	s.Hit5.count(r.Rank >= 1 && r.Rank <= 5)
	reciprocal := 0.0
	if r.Rank > 0 {
		reciprocal = 1 / float64(r.Rank)
	}
	s.MRR.add(reciprocal, 1)
	s.CitePrecision.add(float64(r.Fair), len(r.Cited))
	s.CiteRecall.add(float64(r.Covered), len(r.Facts))
}

// quantile returns the q-quantile by the nearest-rank method, in milliseconds; 0 for none.
func quantile(took []time.Duration, q float64) float64 {
	if len(took) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(took))
	i := int(math.Ceil(q*float64(len(sorted)))) - 1
	return float64(sorted[max(i, 0)]) / float64(time.Millisecond)
}

// DialogueScores are the measures of a scope's dialogues. A dialogue is correct when all its turns are.
type DialogueScores struct {
	Dialogues Ratio `json:"dialogues"`
	Turns     Ratio `json:"turns"`
}

// Dialogues computes the measures of the dialogues of a scope; a scope of one kind has no whole dialogues, only turns.
func (r *Report) Dialogues(in Scope) DialogueScores {
	var s DialogueScores
	whole := map[string]bool{}
	for i := range r.Results {
		res := &r.Results[i]
		if res.Dialogue == "" || !in.holds(res.Half, res.Lang, res.Kind) {
			continue
		}
		s.Turns.count(res.Correct)
		key := string(res.Half) + " " + res.Dialogue
		so, seen := whole[key]
		whole[key] = res.Correct && (so || !seen)
	}
	if in.Kind == "" {
		for _, ok := range whole {
			s.Dialogues.count(ok)
		}
	}
	return s
}

// Coverage returns the mean share of key points that the summaries of a scope cover, and the least share of any.
// A scope of one kind has none.
func (r *Report) Coverage(in Scope) (mean, worst Ratio) {
	for _, s := range r.Summaries {
		if in.Kind != "" || !in.holds(s.Half, s.Lang, "") {
			continue
		}
		one := Ratio{Sum: float64(s.Covered), Of: s.Points}
		mean.add(one.Value(), 1)
		if worst.Of == 0 || one.Value() < worst.Value() {
			worst = one
		}
	}
	return mean, worst
}

// WorstKind returns the least share of correct answers of any kind in any language of a scope, and which kind it is.
func (r *Report) WorstKind(in Scope) (worst Ratio, kind Kind, l knowledge.Lang) {
	for _, lang := range knowledge.Langs {
		for _, k := range Kinds {
			if !in.holds(in.Half, lang, k) {
				continue
			}
			c := r.Scores(Scope{in.Half, lang, k}).Correct
			if c.Of > 0 && (worst.Of == 0 || c.Value() < worst.Value()) {
				worst, kind, l = c, k, lang
			}
		}
	}
	return worst, kind, l
}
