package answer

import "enlace/knowledge"

// Stage says how far an answer is.
type Stage uint8

// The stages, in order. A question that no model words goes from Quoted to Final; one that ends without an answer has Final
// alone.
const (
	Found     Stage = iota // the facts are known: Answer has Retrieved
	Quoted                 // a correct, cited answer in the facts' own words
	Composing              // a model is wording
	Final                  // the answer that stands
)

// String returns the stage in lower case.
func (s Stage) String() string {
	return [...]string{"found", "quotes", "composing", "final"}[min(s, Final)]
}

// Progress tells how far an answer is. The answer belongs to the receiver from Quoted and Final on; the other stages have none but
// its beginnings.
type Progress struct {
	Stage  Stage
	Answer knowledge.Answer
}
