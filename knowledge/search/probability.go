package search

import "math"

// calibrate computes what is said about the result as a whole: margin, standard score, probability and verdict.
func (s *scratch) calibrate(x *side, r *Result) {
	if len(r.Passages) == 0 {
		return
	}
	s.tellMet(r)
	best := r.Passages[0].Score
	if best <= 0 {
		return
	}
	r.Margin = 1
	if len(r.Passages) > 1 {
		r.Margin = (best - r.Passages[1].Score) / best
	}
	r.Z = s.standard(best)
	r.Lack = s.lack(x, &s.candidates[s.places[0]], r)
	r.Standing = s.stand(x, r)
	r.Classified = s.classified(x)
	network := x.weights.Calibration.Network
	r.Told = [2]float64{network.Mean[CueInputs], network.Mean[CueInputs+1]}
	if !x.options.NoLearned && x.weights.Cues != nil {
		r.Told = s.tell(x.weights.Cues, r)
	}
	in := Inputs(r)
	p := network.Probabilities(&in)
	r.Probability = p[EndsAnswered]
	r.OnTopic = p[EndsNearMiss] / (p[EndsNearMiss] + p[EndsOffTopic])
	if s.content == 0 { // stop words alone never say enough to be sure
		r.Probability = min(r.Probability, x.weights.Calibration.Offer)
	}
	r.Verdict = x.weights.Calibration.verdict(r.Probability)
}

func (c *Calibration) verdict(p float64) Verdict {
	switch {
	case p >= c.Answer:
		return Answer
	case p >= c.Offer:
		return Offer
	}
	return Abstain
}

// standard returns how many standard deviations a score is above the mean of the candidates.
func (s *scratch) standard(score float64) float64 {
	sum, squares, n := 0.0, 0.0, float64(len(s.places))
	for _, i := range s.places {
		v := s.candidates[i].features.Score
		sum += v
		squares += v * v
	}
	mean := sum / n
	deviation := math.Sqrt(max(0, squares/n-mean*mean))
	if deviation < 1e-9 {
		return 0
	}
	return (score - mean) / deviation
}

// CalibrationInputs is how many inputs the probability depends on.
const CalibrationInputs = 76

// CueInputs is the place of what the cues tell among them: for a near miss, then for another subject.
const CueInputs = 31

// kindInputs is the place of what is asked for, classifiedInputs of what the classifier says.
const (
	kindInputs       = 59
	classifiedInputs = kindInputs + kindCount
)

// inputNames name the inputs in order.
var inputNames = [CalibrationInputs]string{
	"score", "raw", "text", "ask", "covered", "trigram", "margin", "z", "rarest", "unknown", "entity", "literal", "asked-for",
	"pool", "soft-pool", "soft-ask", "likelihood", "soft-likely", "focus", "soft-focus",
	"unmet", "unmet-text", "unmet-ask", "unmet-rarest", "attribute", "off", "strange", "asked", "repaired", "vague", "met",
	"cues-near", "cues-off",
	"agreement", "elsewhere", "together", "third", "fifth", "foreign", "words", "content",
	"ask-bigram", "ask-surface", "ask-second", "soft-ask-second", "association", "profile", "soft-text", "surface", "bigram",
	"in-text", "key", "corrects", "proximity", "recency",
	"second-soft-ask", "second-covered", "second-soft-pool", "second-asked-for",
	"who", "when", "where", "how-many", "how-long", "money", "why", "how", "what", "yes-no", "list", "now", "define",
	"classified", "class-margin", "class-first", "class-off",
}

// Inputs returns the inputs of a result in order. A result without passages gives zeros.
func Inputs(r *Result) (in [CalibrationInputs]float64) {
	if len(r.Features) == 0 {
		return in
	}
	f, l, t := &r.Features[0], &r.Lack, &r.Standing
	var second Features
	if len(r.Features) > 1 {
		second = r.Features[1]
	}
	in = [...]float64{
		f.Score, math.Log1p(f.Raw), f.Text, f.Ask, f.Covered, max(f.Trigram, f.AskTrigram), r.Margin, r.Z / 10,
		truth(f.Rarest), unknown(r), f.Entity, f.Literal, f.AskedFor,
		f.Pool, f.SoftPool, f.SoftAsk, f.Likelihood, f.SoftLikely, f.Focus, f.SoftFocus,
		l.Unmet, l.UnmetText, l.UnmetAsk, l.Rarest, l.Attribute, l.Off, l.Strange, l.Asked, l.Repaired, l.Vague, l.Met,
		r.Told[0], r.Told[1],
		t.Agreement, t.Elsewhere, t.Together, t.Third, t.Fifth, t.Foreign, t.Words, t.Content,
		f.AskBigram, f.AskSurface, f.AskSecond, f.SoftAskSecond, f.Association, f.Profile, f.SoftText, f.Surface, f.Bigram,
		f.InText, f.Key, f.Corrects, f.Proximity, f.Recency,
		second.SoftAsk, second.Covered, second.SoftPool, second.AskedFor,
		classifiedInputs: truth(r.Classified.Known), r.Classified.Margin, r.Classified.First, r.Classified.Off,
	}
	for k := range kindCount {
		in[kindInputs+k] = truth(r.Asked&(1<<k) != 0)
	}
	return in
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// unknown returns the share of the question's content words that no fact knows.
func unknown(r *Result) float64 {
	n := 0
	for _, w := range r.Words {
		if !w.Known {
			n++
		}
	}
	return share(float64(n), float64(len(r.Words)))
}
