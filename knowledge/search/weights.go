package search

// Weights is every number that ranking and the answer probability depend on, in one table. The zero value ranks nothing:
// start from DefaultWeights. Shares are in [0,1], so weights of one stage compare with each other.
type Weights struct {
	// Statistics of stage 1 (BM25F: Robertson and Zaragoza 2009). K1 and B hold for statements of up to 30 words and are
	// adapted to longer texts.
	K1       float64
	B        float64
	Heading  float64 // an entity's name or alias against a word of the text
	Topic    float64 // a word of the topic's title or aliases against a word of the text
	Repair   float64 // a word whose spelling was repaired against one spelled right
	StopWord float64 // a stop word against a content word, where phrasings are compared
	// The same for all of a fact's words together, which pick the candidates.
	PoolK1   float64
	PoolB    float64
	PoolText float64 // a word of the text against one of a phrasing

	// Evidence of stage 1. Entity and Literal help to pick the candidates.
	Pool          float64 // BM25 of text, headings and phrasings together, as a share of the most that the question could reach
	Text          float64 // BM25F of text and headings, as such a share
	Ask           float64 // best phrasing among asks and corrects, as such a share
	AskSecond     float64 // second-best phrasing
	Association   float64 // what phrasings of other facts say the question's words stand for
	AskFocus      float64 // how much an ask loses for what it has and the question has not
	AskMismatch   float64 // how much an ask loses that asks for another kind of thing
	CorrectsFocus float64 // how much a misstatement loses for what it has and the question has not
	Corrects      float64 // a phrasing from corrects against one from asks
	Entity        float64 // a recognised entity, times its idf
	Literal       float64 // a date or number of the question, times its idf

	// Evidence of stage 2, which orders them.
	Trigram      float64 // character trigrams of the question found in the text, by idf
	AskTrigram   float64 // the same for the best phrasing
	Damping      float64 // how fast trigram shares lose worth in texts longer than the average
	Surface      float64 // words of the question found in exactly their form
	AskSurface   float64 // the same for the best phrasing
	Bigram       float64 // neighbouring words of the question that are neighbours in the text
	AskBigram    float64 // the same for the best phrasing
	Proximity    float64 // words of the question that stand close together in the text
	Focus        float64 // share of the best phrasing's own words that the question says
	EntityShare  float64 // share of the recognised entities that the fact is about
	LiteralShare float64 // share of the question's dates and numbers that the fact states
	AnswerType   float64 // the kind of thing asked for is in the fact
	Key          float64 // how much a summary of the topic needs the fact, for questions that fit several
	Recency      float64 // newest date among the candidates, when the question asks about now
	// Logit weights of the answer probability and its two thresholds.
	Calibration Calibration
}

// Calibration turns the features of the best passage into the probability that it answers the question: a logistic over
// shares. Answer and Offer are the probabilities from which on a question is answered, or its candidates offered.
type Calibration struct {
	Bias     float64
	Score    float64 // stage-2 score
	Raw      float64 // log(1 + BM25F score)
	Text     float64 // BM25F as a share of the most possible
	Ask      float64 // best phrasing
	Covered  float64 // idf mass of the question's words found, unknown words counting
	Trigram  float64 // better one of text and phrasing
	Margin   float64 // distance to the second, as a share of the best
	Z        float64 // standard scores of the best among the candidates, over 10
	Rarest   float64 // the rarest word of the question is found
	Unknown  float64 // share of the question's words that no fact knows
	Entity   float64 // share of recognised entities; 0 for a question without
	Literal  float64 // share of dates and numbers; 0 for a question without
	AskedFor float64 // the kind of thing asked for is in the fact
	Answer   float64
	Offer    float64
}

// DefaultWeights returns the table in use.
func DefaultWeights() Weights {
	return Weights{
		K1: 0.5, B: 0.4, Heading: 1, Topic: 0, Repair: 0.7, StopWord: 1.1,
		PoolK1: 1.5, PoolB: 0.4, PoolText: 1.4,
		Pool: 3, Text: 0.6, Ask: 0.5, AskSecond: 0.2, Association: 5,
		AskFocus: 0.5, AskMismatch: 0.3, CorrectsFocus: 0.6, Corrects: 1.7, Entity: 0.05, Literal: 0.3,
		Trigram: 0.2, AskTrigram: 0.15, Damping: 0.03, Surface: 0.05, AskSurface: 0.2,
		Bigram: 0.02, AskBigram: 0.02, Proximity: 0.02, Focus: 0.15,
		EntityShare: 0.05, LiteralShare: 0.25, AnswerType: 0.45, Key: 0.4, Recency: 0.25,
		// Fitted to the open half of the question suite: answered right against not answerable, wrong ones counting little.
		Calibration: Calibration{
			Bias: -2.61, Score: 1.15, Raw: 0.19, Text: -4.13, Ask: -0.6, Covered: 2.84, Trigram: -0.34, Margin: 1.57,
			Z: 1.88, Rarest: -0.08, Unknown: -2.2, Entity: -0.54, Literal: 0.35, AskedFor: -0.34,
			Answer: 0.5, Offer: 0.3,
		},
	}
}
