package knowledge

// Finding is what the facts say about a sentence of somebody's text.
type Finding string

// The findings. NotCovered says nothing about truth: the facts neither prove the sentence nor speak against it.
const (
	Supported    Finding = "supported"
	Contradicted Finding = "contradicted"
	NotCovered   Finding = "not_covered"
)

// Checked is somebody's text, checked sentence by sentence. Its JSON form is part of the outside contract.
type Checked struct {
	ID        string            `json:"id,omitempty"`
	Language  Lang              `json:"language"`
	Sentences []CheckedSentence `json:"sentences"`
	Citations []Citation        `json:"citations"` // numbered from 1 in order of first use
	// FactsVersion is the version of the base that the text was checked against.
	FactsVersion string `json:"facts_version"`
}

// CheckedSentence is a sentence of a checked text, what the facts say about it, and why.
type CheckedSentence struct {
	Text      string   `json:"text"`
	Verdict   Finding  `json:"verdict"`
	Citations []FactID `json:"citations"` // the facts that prove it or speak against it
	Reason    string   `json:"reason"`    // in the text's language; "" where it is supported whole
}
