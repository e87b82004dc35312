package verify

import (
	"regexp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Finding is what the facts say about a sentence of somebody's text.
type Finding string

// The findings. NotCovered says nothing about truth: the facts neither prove the sentence nor speak against it.
const (
	Supported    Finding = "supported"
	Contradicted Finding = "contradicted"
	NotCovered   Finding = "not_covered"
)

// CheckedSentence is one sentence of a checked text.
type CheckedSentence struct {
	Text    string // as it stands in the text, trimmed
	Finding Finding
	Facts   []knowledge.FactID // that prove it or speak against it
	// Conflicts are the words that a fact speaks against; only of contradicted sentences.
	Conflicts []Conflict
	// Covered are the parts that a fact proves where the whole is not supported.
	Covered []Part
	// Verdict is the proof, or why the nearest fact is none.
	Verdict Verdict
}

// Part is a piece of a sentence with the fact that proves it.
type Part struct {
	Text string
	Fact knowledge.FactID
}

// Conflict is a word that a fact speaks against.
type Conflict struct {
	Check   Check  // Number, Date, Unit, Name, Negation, LegalStage, GuardWord, Hedge or Upgrade
	Word    string // of the sentence; "" where the sentence lacks the fact's word
	Against string // what the fact has; "" where it has nothing of the kind
	Fact    knowledge.FactID
}

// Check decides every sentence of a free text by itself. candidates names the facts that may speak of a sentence, the
// likeliest first: a search of the caller's. A sentence is supported only where it is proved, alone or half by half.
func (v *Verifier) Check(text string, l knowledge.Lang, candidates func(sentence string) []knowledge.FactID) []CheckedSentence {
	s := v.side(l)
	var out []CheckedSentence
	var before antecedents
	for _, raw := range lang.Sentences(text) {
		c := checker{Verifier: v, side: s, before: before, raw: raw, plain: plain(raw)}
		if c.plain == "" {
			continue
		}
		for _, id := range candidates(c.plain) {
			if f := s.find(id); usable(f, id).Check == Passed && !slices.Contains(c.facts, f) {
				c.facts = append(c.facts, f)
			}
		}
		checked, read := c.check()
		out = append(out, checked)
		before = antecedents{}
		if read != nil {
			before = antecedentsOf(s, read)
		}
	}
	return out
}

var (
	listMark = regexp.MustCompile(`^\s*(?:[-*•·>#]+|\(?[0-9a-z][.)])\s+`)
	noteMark = regexp.MustCompile(`\[[0-9]+\]`)
)

// plain takes list marks, emphasis, note marks and quotation marks around the whole off a sentence.
func plain(raw string) string {
	s := strings.TrimSpace(listMark.ReplaceAllString(raw, ""))
	s = noteMark.ReplaceAllString(strings.NewReplacer("**", "", "__", "", "`", "", "•", "").Replace(s), "")
	s = strings.TrimSpace(strings.Trim(s, "*_"))
	if q := quotedSpans(s); len(q) == 1 && q[0].start <= len("“") && q[0].end >= len(s)-len("”.") {
		s = s[q[0].start:q[0].end]
	}
	return lang.Normalize(s)
}

// checker checks one sentence.
type checker struct {
	*Verifier
	side   *side
	facts  []*factText
	before antecedents
	raw    string
	plain  string
}

func (c *checker) check() (CheckedSentence, *text) {
	out := CheckedSentence{Text: c.raw, Finding: NotCovered}
	known := make([]string, len(c.facts))
	for i, f := range c.facts {
		known[i] = f.text.raw
	}
	clean, verdict := c.side.admit(c.plain, known...)
	if verdict.Check != Passed {
		out.Verdict = verdict
		return out, nil
	}
	read := c.side.read(clean, nil)
	out.Verdict = c.proof(read, c.before)
	if !out.Verdict.OK {
		c.parts(&out, clean)
	}
	if out.Verdict.OK {
		out.Finding, out.Facts, out.Covered = Supported, out.Verdict.Proof, nil
		return out, read
	}
	if found := c.conflicts(read); len(found) > 0 {
		out.Finding, out.Conflicts, out.Facts = Contradicted, found, []knowledge.FactID{found[0].Fact}
		return out, read
	}
	for _, p := range out.Covered {
		if !slices.Contains(out.Facts, p.Fact) {
			out.Facts = append(out.Facts, p.Fact)
		}
	}
	return out, read
}

// proof returns the first proof by one fact, else the refusal that comes nearest.
func (c *checker) proof(read *text, before antecedents) Verdict {
	best := Verdict{Check: UnknownFact, Detail: "no fact speaks of it"}
	for _, f := range c.facts {
		if best = better(best, c.prove(c.side, read, f, before)); best.OK {
			break
		}
	}
	return best
}

// parts looks for halves that facts prove, at every comma, "and" and semicolon. Where both halves of an "and" are proved
// the whole is.
func (c *checker) parts(out *CheckedSentence, clean string) {
	longest := 0
	for _, cut := range c.side.cuts(clean) {
		left, right := c.side.read(cut.left, nil), c.side.read(cut.right, nil)
		first := c.proof(left, c.before)
		next := antecedentsOf(c.side, left)
		second := c.proof(right, next)
		if !second.OK {
			second = c.proof(c.side.continued(next, cut.right), next)
		}
		if first.OK && second.OK && cut.joins {
			out.Verdict = Verdict{OK: true, Fact: first.Fact, Proof: append(slices.Clone(first.Proof), second.Proof...)}
			out.Verdict.Proof = slices.Compact(out.Verdict.Proof)
			return
		}
		var parts []Part
		if first.OK {
			parts = append(parts, Part{cut.left, first.Fact})
		}
		if second.OK {
			parts = append(parts, Part{cut.right, second.Fact})
		}
		size := 0
		for _, p := range parts {
			size += len(p.Text)
		}
		if size > longest {
			longest, out.Covered = size, parts
		}
	}
}
