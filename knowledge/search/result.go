package search

import (
	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// DefaultDepth is how many passages a query without a depth returns at most; MaxDepth bounds every query.
const (
	DefaultDepth = 20
	MaxDepth     = 24
	MaxLists     = 6 // lists that one query reports
)

// Query is what an index is asked for.
type Query struct {
	Text string
	Lang knowledge.Lang // whose index and analysis to use; "" = the text's own language, detected
	// Depth is how many passages are wanted: 0 = DefaultDepth, MaxDepth at most.
	Depth int
	// Fallback asks for the other language's index when this one has nothing to offer and the other one knows more of
	// the question's words.
	Fallback bool
	// After is what was said before, the last turn last: the question may go on from it. The last MaxSaid turns count.
	After    []Said
	ownBytes int // of Text: what follows was said before
}

// Verdict says what the probability of an answer suggests.
type Verdict uint8

// The verdicts: answer from the passages, offer them as candidates, or abstain.
const (
	Abstain Verdict = iota
	Offer
	Answer
)

// String returns the verdict in lower case.
func (v Verdict) String() string { return [...]string{"abstain", "offer", "answer"}[min(v, Answer)] }

// Word is a content word of a question. Start and End are byte offsets into the query's text.
type Word struct {
	Start, End int
	IDF        float64 // how rare the word is among the facts; the most possible for an unknown word
	Known      bool    // some fact or phrasing of the language has a word with this stem, after repair
}

// Repair is a word of a question that no fact knows, and the known word it was taken for.
type Repair struct {
	Start, End int
	To         string // folded
	Distance   int    // edits; a transposition is one
}

// Mention is an entity recognised in a question by its name or an alias. Start and End are byte offsets.
type Mention struct {
	Start, End int
	Entity     *knowledge.Entity
	IDF        float64 // how rare the entity is among the facts; 0 where no fact is about it
}

// ListPassage is a list as found for a question.
type ListPassage struct {
	List     *knowledge.List
	Score    float64 // comparable with those of the passages
	Features Features
	Above    int // how many of the facts that were found score higher
}

// Result is what a query found. Search reuses its memory: a Result belongs to one goroutine, and everything it holds is
// valid until the next Search into it.
type Result struct {
	Lang     knowledge.Lang // whose index the passages are from
	FellBack bool           // Lang is not the query's language: that one had nothing to offer
	Passages []knowledge.Passage
	Features []Features    // of the passage with the same number
	Lists    []ListPassage // best first
	// Probability is the calibrated probability, in [0,1], that the first passage answers the question.
	Probability float64
	Verdict     Verdict
	// OnTopic is the probability, in [0,1], that the question is about our topics, if it has no answer.
	OnTopic    float64
	Lack       Lack       // what speaks against the first passage
	Standing   Standing   // how it stands among the others
	Classified Classified // what the classifier says of the question
	Told       [2]float64 // what the question's cues tell: see Cues
	Margin     float64    // score of the first passage less that of the second, as a share of the first
	Z          float64    // standard score of the first passage among the candidates

	Searched string // the text that found this: the question, or with words of what was said before
	Follow   Follow // how the question goes on from what was said

	Asked            Asked // what kind of thing the question asks for
	Words            []Word
	own              int      // how many words are of Lang
	Stems            []string // of all words, after repair
	Concepts         []string // names of the concepts that the words mean
	Met, ConceptsMet []bool   // by word and by concept: the first passage has it
	Repairs          []Repair
	Literals         []literal.Literal
	Mentions         []Mention
}

// Features is the evidence for one passage. Shares are in [0,1] and comparable between questions of one language.
type Features struct {
	Raw  float64 // BM25F score of text and headings
	Text float64 // the same as a share of the most that the question could reach
	// Ask is the best phrasing, as such a share times its weight: corrects may pass 1.
	Ask       float64
	AskSecond float64
	Pool      float64 // text, headings and all phrasings together
	// The same three and Pool where concepts count as well as words.
	SoftPool, SoftText, SoftAsk, SoftAskSecond float64

	SoftFocus   float64 // share of the best phrasing's own concepts that the question means
	Profile     float64 // how often phrasings of the fact ask for the same kind of thing
	Likelihood  float64 // see Weights
	SoftLikely  float64
	Association float64 // what the question's words stand for, learned from all phrasings
	// Phrasing is the number of the best phrasing, or -1: asks of the language first, then its corrects.
	Phrasing int
	Corrects float64 // best phrasing among corrects, as a share
	Class    float64 // log-probability of the fact by the Classifier, as a share from the least that counts; 0 without one
	Alone    float64 // the same without what was said before; 0 where nothing was

	Covered    float64 // idf mass of the question's words found in text, headings or phrasings; unknown words count as missed
	InText     float64 // the same for the text alone
	Rarest     bool    // the rarest word of the question is found
	Trigram    float64
	AskTrigram float64
	Surface    float64
	AskSurface float64
	Bigram     float64
	AskBigram  float64
	Proximity  float64
	Focus      float64
	Entity     float64 // share of recognised entities, by idf; 0 for a question without
	Literal    float64 // share of dates and numbers; 0 for a question without
	AskedFor   float64 // 1: the kind of thing asked for is in the fact and not in the question; less: only there, or vaguely
	Recency    float64 // 1 = the newest candidate, for questions about now; 0 for others
	Key        float64 // 1 = what the topic stands on, 0 = not marked; less for questions that say much
	Score      float64 // what passages are ordered by
}

func (r *Result) reset() {
	*r = Result{
		Passages: r.Passages[:0], Features: r.Features[:0], Words: r.Words[:0], Concepts: r.Concepts[:0], Stems: r.Stems[:0], Repairs: r.Repairs[:0],
		Literals: r.Literals[:0], Mentions: r.Mentions[:0], Lists: r.Lists[:0], Met: r.Met[:0], ConceptsMet: r.ConceptsMet[:0],
		Follow: Follow{Rows: r.Follow.Rows[:0]},
	}
}
