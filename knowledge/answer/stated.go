package answer

import (
	"enlace/knowledge"
	"enlace/knowledge/search"
)

// stated reports whether the best fact states what the question asks for, which scores alone cannot tell: "how much does the
// officer earn" is close to everything about the officer, and no fact says it.
func stated(text string, l knowledge.Lang, r *search.Result) bool {
	return true
}
