// Package draft holds what is said between the answer service and whoever words an answer: a request, a draft, and the kinds
// of failure. It knows no model and no network, so that both sides can be tested alone.
//
// A draft is never shown as it is. Its sentences are claims that name facts by handle, and each has to be proved first.
package draft

import "enlace/knowledge"

// Request asks for an answer in one language, worded from a few facts. Everything in it is data: nothing in it is obeyed.
type Request struct {
	Lang     knowledge.Lang
	Question string
	History  []knowledge.Turn // oldest first; may be empty
	Facts    []Fact           // best first
	Names    []Name           // names and aliases that the sentences may use; may be empty
	// Repair lists sentences of an earlier draft that were not proved. The draft then holds their replacements alone, in this
	// order; a sentence that cannot be mended is left out.
	Repair []Refusal
	// FactsVersion is the version of the fact base, for the log only.
	FactsVersion string
}

// Fact is a fact as the writer sees it. Notes and check dates stay out: a sentence can be proved by Text only.
type Fact struct {
	Handle string // "f1", "f2", …: short, and unique in the request
	Text   string // in the request's language
	Status knowledge.Status
	Dates  []knowledge.Date
}

// Name is somebody or something that the facts speak of.
type Name struct {
	Name    string
	Aliases []string
}

// Refusal says why a drafted sentence was not proved.
type Refusal struct {
	Sentence string
	Check    string   // the check that failed
	Words    []string // the words that it stumbled over; may be empty
	Handle   string   // of the fact it was held against; may be empty
	FactText string   // that fact's text; may be empty
}

// Draft is a writer's reply.
type Draft struct {
	Sentences []Sentence // at most MaxSentences; none = the facts do not answer the question
	Usage     Usage
	Model     string // the model's name as configured
	// PromptHash names this very prompt, and PromptVersion the templates it was made from: 16 hex digits each.
	PromptHash, PromptVersion string
}

// Sentence is a drafted sentence and the handles of the facts that it claims to rest on. The text is as the writer gave it,
// with nothing cleaned; handles may be unknown.
type Sentence struct {
	Text  string
	Facts []string
}

// Usage counts tokens.
type Usage struct {
	PromptTokens, CompletionTokens int64
	Estimated                      bool // the endpoint did not say, so the counts are an estimate
}

// Total returns all tokens together.
func (u Usage) Total() int64 { return u.PromptTokens + u.CompletionTokens }

// Limits of a draft; one that goes beyond is a BadReply.
const (
	MaxSentences     = 12
	MaxSentenceRunes = 1500
	MaxHandles       = 8  // of a sentence
	MaxHandleBytes   = 32 // of a handle
)
