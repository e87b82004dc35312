package search

import "math"

// calibrate computes what is said about the result as a whole: margin, standard score, probability and verdict.
func (s *scratch) calibrate(x *side, r *Result) {
	if len(r.Passages) == 0 {
		return
	}
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
	r.Probability = x.weights.Calibration.Probability(r)
	if s.content == 0 { // stop words alone never say enough to be sure
		r.Probability = min(r.Probability, x.weights.Calibration.Offer)
	}
	switch {
	case r.Probability >= x.weights.Calibration.Answer:
		r.Verdict = Answer
	case r.Probability >= x.weights.Calibration.Offer:
		r.Verdict = Offer
	}
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

// CalibrationInputs is how many features the probability depends on, besides the bias.
const CalibrationInputs = 33

// PolarityInputs is the place of Lack.PolarityOfWords among them; that of the concepts follows.
const PolarityInputs = CalibrationInputs - 2

// Inputs returns the features of a result that Probability weighs, in the order of the fields of Calibration after Bias.
// A result without passages gives zeros.
func Inputs(r *Result) (in [CalibrationInputs]float64) {
	if len(r.Features) == 0 {
		return in
	}
	f, l := &r.Features[0], &r.Lack
	return [...]float64{
		f.Score, math.Log1p(f.Raw), f.Text, f.Ask, f.Covered, max(f.Trigram, f.AskTrigram), r.Margin, r.Z / 10,
		truth(f.Rarest), unknown(r), f.Entity, f.Literal, f.AskedFor,
		f.Pool, f.SoftPool, f.SoftAsk, f.Likelihood, f.SoftLikely, f.Focus, f.SoftFocus,
		l.Unmet, l.UnmetText, l.UnmetAsk, l.Rarest, l.Attribute, l.Off, l.Strange, l.Asked, l.Repaired, l.Vague, l.Met, l.PolarityOfWords, l.PolarityOfConcepts,
	}
}

// inputs returns the weights of Inputs in the same order.
func (c *Calibration) inputs() [CalibrationInputs]*float64 {
	return [...]*float64{
		&c.Score, &c.Raw, &c.Text, &c.Ask, &c.Covered, &c.Trigram, &c.Margin, &c.Z,
		&c.Rarest, &c.Unknown, &c.Entity, &c.Literal, &c.AskedFor,
		&c.Pool, &c.SoftPool, &c.SoftAsk, &c.Likelihood, &c.SoftLikely, &c.Focus, &c.SoftFocus,
		&c.Unmet, &c.UnmetText, &c.UnmetAsk, &c.UnmetRarest, &c.Attribute, &c.Off, &c.Strange, &c.Asked, &c.Repaired, &c.Vague, &c.Met, &c.PolarityOfWords, &c.PolarityOfConcepts,
	}
}

// SetInputs changes the bias and the weights of Inputs.
func (c *Calibration) SetInputs(bias float64, values [CalibrationInputs]float64) {
	c.Bias = bias
	for i, p := range c.inputs() {
		*p = values[i]
	}
}

// Probability returns the logistic of the weighted inputs of a result, in (0,1); 0 for a result without passages.
func (c *Calibration) Probability(r *Result) float64 {
	if len(r.Features) == 0 {
		return 0
	}
	logit, in := c.Bias, Inputs(r)
	for i, p := range c.inputs() {
		logit += *p * in[i]
	}
	return 1 / (1 + math.Exp(-logit))
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
