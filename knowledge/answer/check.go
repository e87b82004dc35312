package answer

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
	"enlace/knowledge/verify"
)

// MaxCheckChars is the longest text that Check reads, in characters: some pages.
const MaxCheckChars = 20_000

// checkDepth is how many facts a sentence is held against.
const checkDepth = 12

// Check holds a text against the facts, sentence by sentence, in its own language or in l where one is given. No model takes
// part. What is beyond MaxCheckChars is left out, at a sentence's end where there is one.
func (s *Service) Check(text string, l knowledge.Lang) knowledge.Checked {
	index := s.live.Load()
	b := index.Base()
	text = shorten(text)
	if l != knowledge.English && l != knowledge.Spanish {
		l, _ = lang.Detect(text)
	}
	out := knowledge.Checked{Language: l, FactsVersion: b.Version, Sentences: []knowledge.CheckedSentence{}, Citations: []knowledge.Citation{}}
	found := s.results.Get().(*search.Result)
	defer s.results.Put(found)
	lex := newLexicon(b)
	for _, c := range s.verifier(b).Check(text, l, candidates(index, l, found)) {
		index.Search(search.Query{Text: c.Text, Lang: l, Depth: checkDepth}, found)
		sentence := knowledge.CheckedSentence{
			Text: c.Text, Verdict: knowledge.Finding(c.Finding), Citations: append([]knowledge.FactID{}, c.Facts...), Reason: reason(&c, l),
		}
		if c.Finding != verify.Supported {
			court := newCourt(lex, c.Text, l, found)
			prove := func(core string) []knowledge.FactID {
				if got := s.verifier(b).Check(core, l, candidates(index, l, found)); len(got) == 1 && got[0].Finding == verify.Supported {
					return got[0].Facts
				}
				return nil
			}
			if ids := court.joined(prove); ids != nil {
				sentence.Verdict, sentence.Citations, sentence.Reason = knowledge.Supported, ids, ""
			} else {
				court.judge(&sentence, &c)
			}
		}
		out.Sentences = append(out.Sentences, sentence)
		for _, id := range sentence.Citations {
			if !slices.ContainsFunc(out.Citations, func(x knowledge.Citation) bool { return x.ID == id }) {
				out.Citations = append(out.Citations, Cite(b, b.Fact(id), len(out.Citations)+1, l))
			}
		}
	}
	return out
}

// candidates searches the facts that may speak of a sentence.
func candidates(index *search.Index, l knowledge.Lang, r *search.Result) func(string) []knowledge.FactID {
	return func(sentence string) []knowledge.FactID {
		index.Search(search.Query{Text: sentence, Lang: l, Depth: checkDepth}, r)
		ids := make([]knowledge.FactID, len(r.Passages))
		for i, p := range r.Passages {
			ids[i] = p.Fact.ID
		}
		return ids
	}
}

// reason says why a sentence is not supported, as a reader understands it.
func reason(c *verify.CheckedSentence, l knowledge.Lang) string {
	switch {
	case c.Finding == verify.Supported:
		return ""
	case len(c.Conflicts) > 0:
		parts := make([]string, 0, len(c.Conflicts))
		for _, x := range c.Conflicts {
			parts = append(parts, conflict(x, l))
		}
		return strings.Join(parts, "; ")
	case len(c.Covered) > 0:
		parts := make([]string, 0, len(c.Covered))
		for _, p := range c.Covered {
			parts = append(parts, fmt.Sprintf("“%s”", p.Text))
		}
		return choose(l, "only a part is covered: ", "solo está cubierta una parte: ") + strings.Join(parts, ", ")
	case len(c.Facts) == 0 && c.Verdict.Check == verify.UnknownFact:
		return choose(l, "no fact speaks of it", "ningún hecho habla de ello")
	}
	return choose(l, "no fact says this", "ningún hecho lo dice")
}

// conflict tells one word of a sentence against a fact's.
func conflict(x verify.Conflict, l knowledge.Lang) string {
	switch {
	case x.Word == "" && x.Against == "":
		return choose(l, "the facts say otherwise", "los hechos dicen otra cosa")
	case x.Word == "":
		return fmt.Sprintf(choose(l, "the fact says “%s”", "el hecho dice «%s»"), x.Against)
	case x.Against == "":
		return fmt.Sprintf(choose(l, "the fact does not say “%s”", "el hecho no dice «%s»"), x.Word)
	}
	return fmt.Sprintf(choose(l, "“%s”, where the fact says “%s”", "«%s», donde el hecho dice «%s»"), x.Word, x.Against)
}

// shorten cuts a text that is too long, at the end of its last whole sentence.
func shorten(text string) string {
	if utf8.RuneCountInString(text) <= MaxCheckChars {
		return text
	}
	text = string([]rune(text)[:MaxCheckChars])
	if at := strings.LastIndexAny(text, ".!?\n"); at > 0 {
		text = text[:at+1]
	}
	return text
}
