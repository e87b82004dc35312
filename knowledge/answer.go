package knowledge

// Question is what somebody asked.
type Question struct {
	ID      string // given back in the answer; may be empty
	Text    string
	Lang    Lang   // "" = the question's own language, detected
	History []Turn // the conversation so far, oldest first; may be empty
}

// Turn is one earlier question of a conversation with the answer that was given.
type Turn struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
	// Cited are the facts that the answer cited, in order; where there are none, those count that it quotes word for word.
	Cited []FactID `json:"-"`
}

// Outcome names how a question ended. Every question ends in exactly one.
type Outcome string

// The outcomes. NoMatch is a question of our topics that the facts do not answer, OffTopic one about something else.
const (
	Answered    Outcome = "answered"
	NoMatch     Outcome = "no_match"
	OffTopic    Outcome = "off_topic"
	TooLong     Outcome = "too_long"
	Empty       Outcome = "empty"
	Blocked     Outcome = "blocked"
	RateLimited Outcome = "rate_limited"
	OverBudget  Outcome = "over_budget"
	Busy        Outcome = "busy"
	Timeout     Outcome = "timeout"
	Failed      Outcome = "failed"
)

// Outcomes lists every outcome.
var Outcomes = [...]Outcome{Answered, NoMatch, OffTopic, TooLong, Empty, Blocked, RateLimited, OverBudget, Busy, Timeout, Failed}

// Mode says who worded an answer.
type Mode string

// Quotes answers are facts in their own words; Model answers were worded by a language model and then verified.
const (
	Quotes Mode = "quotes"
	Model  Mode = "model"
)

// Answer is what a question ends in. Its JSON form is part of the outside contract.
type Answer struct {
	ID       string  `json:"id,omitempty"`
	Question string  `json:"question"`
	Topic    TopicID `json:"topic,omitempty"` // of a summary; "" = of everything
	Language Lang    `json:"language"`
	Outcome  Outcome `json:"outcome"`
	// Abstained is true for every outcome but Answered: the text then makes no claim.
	Abstained bool `json:"abstained"`
	Mode      Mode `json:"mode"`
	// Text is what a reader sees: sentences with [n] marks, or the outcome's own words; without the source list.
	Text         string      `json:"answer"`
	Sentences    []Sentence  `json:"sentences"`
	Citations    []Citation  `json:"citations"` // numbered from 1 in order of first use
	Retrieved    []Retrieved `json:"retrieved"` // best first
	Premise      []Premise   `json:"premise"`
	Dropped      []Dropped   `json:"dropped"`
	FactsVersion string      `json:"facts_version"`
	DurationMS   float64     `json:"duration_ms"`
}

// Sentence is one sentence of an answer, without marks, and the facts that prove it.
type Sentence struct {
	Text      string   `json:"text"`
	Citations []FactID `json:"citations"`
}

// Citation is a cited fact as it stood when the answer was given.
type Citation struct {
	N       int           `json:"n"`
	ID      FactID        `json:"id"`
	Text    string        `json:"text"` // in the answer's language where there is one
	Status  Status        `json:"status"`
	Dates   []Date        `json:"dates"`
	AsOf    Date          `json:"as_of,omitzero"`
	Note    string        `json:"note,omitempty"`
	Sources []CitedSource `json:"sources"`
}

// CitedSource is a source as a citation shows it.
type CitedSource struct {
	ID        SourceID   `json:"id"`
	Publisher string     `json:"publisher"`
	Title     string     `json:"title"`
	URL       string     `json:"url,omitempty"`
	Published Date       `json:"published,omitzero"`
	Kind      SourceKind `json:"kind"`
}

// Retrieved is a fact that was found for a question, and its score.
type Retrieved struct {
	ID    FactID  `json:"id"`
	Score float64 `json:"score"`
}

// Premise is a claim of the question that a fact contradicts.
type Premise struct {
	Claim string `json:"claim"`
	Fact  FactID `json:"fact"`
}

// Dropped is a drafted sentence that was not shown, and why.
type Dropped struct {
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Passage is a fact as retrieved for a question. Scores are comparable within one retrieval only.
type Passage struct {
	Fact  *Fact
	Score float64
}
