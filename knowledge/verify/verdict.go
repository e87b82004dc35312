package verify

import (
	"strings"

	"enlace/knowledge"
)

// Draft is an answer that somebody, usually a language model, has worded.
type Draft struct {
	Lang     knowledge.Lang
	Question string
	// Facts are the facts that were retrieved for the question. A sentence may cite no others.
	Facts     []knowledge.FactID
	Sentences []Sentence
}

// Sentence is one sentence of a draft with the one or two facts that are to prove it.
type Sentence struct {
	Text  string
	Facts []knowledge.FactID
}

// Verdict is what came of one sentence.
type Verdict struct {
	OK    bool
	Check Check    // the check that failed; Passed where OK
	Words []string // the offending words, as they stand in the sentence or, where they are missing there, in the fact
	// Fact is the fact that the verdict is about: the first that proves the sentence, or the one that comes nearest to it.
	Fact knowledge.FactID
	// Proof are the cited facts that prove the sentence, in their order in it: one, or one for each half. nil where not OK.
	Proof []knowledge.FactID
	// Detail says what is wrong, in words for a person or a repair prompt; "" where OK.
	Detail string
}

// String writes the verdict as one line: "ok by mou-place", or the check, the words and the reason.
func (v Verdict) String() string {
	if v.OK {
		ids := make([]string, len(v.Proof))
		for i, id := range v.Proof {
			ids[i] = string(id)
		}
		return "ok by " + strings.Join(ids, " and ")
	}
	s := string(v.Check)
	if len(v.Words) > 0 {
		s += " [" + strings.Join(v.Words, ", ") + "]"
	}
	if v.Detail != "" {
		s += ": " + v.Detail
	}
	if v.Fact != "" {
		s += " (" + string(v.Fact) + ")"
	}
	return s
}

// Report is what came of a draft: one verdict for each sentence, in order.
type Report struct {
	Verdicts []Verdict
	// NamesMissing are entities that the question names and no proving fact mentions; the answer may be about somebody else.
	NamesMissing []knowledge.EntityID
}

// OK reports whether there is a sentence and every one is proved.
func (r Report) OK() bool {
	for _, v := range r.Verdicts {
		if !v.OK {
			return false
		}
	}
	return len(r.Verdicts) > 0
}

func refuse(c Check, detail string, words ...string) Verdict {
	return Verdict{Check: c, Words: words, Detail: detail}
}
