package train

import "enlace/knowledge/search"

// priorRanking are the weights of search.RankingNames as they were set by hand.
var priorRanking = [search.RankingInputs]float64{
	3,    // Pool
	0.6,  // Text
	0.5,  // Ask
	0.2,  // AskSecond
	5,    // Association
	1.5,  // SoftPool
	0.3,  // SoftText
	0.6,  // SoftAsk
	0.2,  // SoftAskSecond
	0.1,  // Profile
	0.1,  // Likelihood
	0.2,  // SoftLikely
	0.2,  // Trigram
	0.15, // AskTrigram
	0.05, // Surface
	0.2,  // AskSurface
	0.02, // Bigram
	0.02, // AskBigram
	0.02, // Proximity
	0.15, // Focus
	0,    // SoftFocus
	0.05, // EntityShare
	0.25, // LiteralShare
	0.45, // AnswerType
	0.4,  // Key
	0.25, // Recency
	0,    // Corrected
	1.2,  // Class
}

// kept are weights that training leaves as they are, since phrasings cannot teach them: curators avoid the words of a
// fact's text, ask for every fact alike, however much it matters, and for each from as many angles as they can. People
// do none of that.
var kept = map[string]bool{
	"Text": true, "Trigram": true, "Surface": true, "Bigram": true, "Proximity": true,
	"Key": true, "AnswerType": true, "Profile": true,
}
