package search

// Weights is every number that ranking and the answer probability depend on, in one table. Package train learns those of
// RankingNames, Reranker, Classifier, Following, Cues and Calibration; the others are set by hand. The zero value ranks nothing:
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

	PoolConcept float64 // a concept against a word of a phrasing; it counts once per language
	PoolAbroad  float64 // a concept of the other language's text and phrasings
	PickConcept float64 // a concept of the question against a word, where candidates are picked
	ByConcept   float64 // a word met by its concept against one met by itself
	ByNear      float64 // the same for a concept that is only near

	// Evidence of stage 1. Entity and Literal help to pick the candidates.
	Pool          float64 // BM25 of text, headings and phrasings together, as a share of the most that the question could reach
	Text          float64 // BM25F of text and headings, as such a share
	Ask           float64 // best phrasing among asks and corrects, as such a share
	AskSecond     float64 // second-best phrasing
	Association   float64 // what phrasings of other facts say the question's words stand for
	SoftPool      float64 // Pool, Text, Ask and AskSecond where concepts count as well as words
	SoftText      float64
	SoftAsk       float64
	SoftAskSecond float64
	SoftFocus     float64 // share of that phrasing's own concepts that the question means
	Likelihood    float64 // how much likelier the fact's texts and phrasings say the question's words than others
	Likely        float64 // how fast that grows with how often the fact says a word
	SoftLikely    float64 // the same of concepts
	Profile       float64 // how often phrasings of the fact ask for the same kind of thing
	Corrected     float64 // best misstatement
	Class         float64 // how likely the classifier thinks that the fact is asked for
	Saturation    float64 // what Association tends to, however much is learned
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
	// Reranker corrects the order of the first passages; nil leaves it.
	Reranker *Reranker
	// Classifier tells facts apart by the words of questions, in the base that it was trained on; nil says nothing.
	Classifier *Classifier
	// Following reads questions that go on from what was said; nil takes all of them as it does in a base without a Classifier.
	Following *Following
	// Cues say what words and concepts tell about whether a question has an answer.
	Cues Cues
	// The answer probability and its two thresholds.
	Calibration Calibration
}

// Calibration turns the evidence of a result into the probability that its first passage answers the question. Answer and
// Offer are the probabilities from which on a question is answered, or its candidates offered.
type Calibration struct {
	Network *Network
	Answer  float64
	Offer   float64
}

// DefaultWeights returns the table in use.
func DefaultWeights() Weights {
	return Weights{
		K1: 0.5, B: 0.4, Heading: 1, Topic: 0, Repair: 0.7, StopWord: 1.7,
		PoolK1: 1.5, PoolB: 0.4, PoolText: 1.4,
		PoolConcept: 0.5, PoolAbroad: 0.5, PickConcept: 0.6, ByConcept: 1, ByNear: 0.25,
		SoftPool: 0.86, SoftText: 0, SoftAsk: 0.52, SoftAskSecond: 0, SoftFocus: 0.1, Likely: 2, Likelihood: 0.12, SoftLikely: 0.16, Saturation: 0.2, Profile: 0.1, Corrected: 0, Class: 1.11,
		Pool: 2.18, Text: 0.6, Ask: 0.36, AskSecond: 0, Association: 5.06,
		AskFocus: 0.5, AskMismatch: 0.3, CorrectsFocus: 0.6, Corrects: 1.7, Entity: 0.05, Literal: 0.3,
		Trigram: 0.2, AskTrigram: 0.28, Damping: 0.03, Surface: 0.05, AskSurface: 0.36,
		Bigram: 0.02, AskBigram: 0.58, Proximity: 0.02, Focus: 0.02,
		EntityShare: 0, LiteralShare: 0.07, AnswerType: 0.45, Key: 0.4, Recency: 0.24,
		// Learned by package train from questions with and without an answer.
		Reranker: shippedReranker(), Classifier: shippedClassifier(), Following: shippedFollowing(), Cues: shippedCues(), Calibration: Calibration{Network: shippedNetwork(), Answer: 0.47, Offer: 0.33},
	}
}
