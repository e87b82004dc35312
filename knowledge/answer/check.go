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
	for _, c := range s.verifier(b).Check(text, l, candidates(index, l, found)) {
		index.Search(search.Query{Text: c.Text, Lang: l, Depth: checkDepth}, found)
		sentence := knowledge.CheckedSentence{
			Text: c.Text, Verdict: knowledge.Finding(c.Finding), Citations: append([]knowledge.FactID{}, c.Facts...), Reason: reason(&c, l),
		}
		if c.Finding == verify.Contradicted && borrowed(b, &c, l, found) {
			sentence.Verdict, sentence.Citations, sentence.Reason = knowledge.NotCovered, []knowledge.FactID{}, choose(l, "no fact says this", "ningún hecho lo dice")
		}
		if sentence.Verdict == knowledge.NotCovered {
			known(&sentence, l, found)
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

// borrowed reports whether a sentence is held against a fact that it is not about: every word that the fact seems to speak against
// stands in that fact after all, or in one that the search puts before it.
func borrowed(b *knowledge.Base, c *verify.CheckedSentence, l knowledge.Lang, r *search.Result) bool {
	for _, x := range c.Conflicts {
		if x.Word == "" || !standsIn(b.Fact(x.Fact), x.Word, l) && !slices.ContainsFunc(before(r, x.Fact), func(p knowledge.Passage) bool { return standsIn(p.Fact, x.Word, l) }) {
			return false
		}
	}
	return len(c.Conflicts) > 0
}

// before returns the passages that were found before a fact.
func before(r *search.Result, id knowledge.FactID) []knowledge.Passage {
	at := slices.IndexFunc(r.Passages, func(p knowledge.Passage) bool { return p.Fact.ID == id })
	return r.Passages[:max(at, 0)]
}

func standsIn(f *knowledge.Fact, words string, l knowledge.Lang) bool {
	return f != nil && strings.Contains(" "+lang.Fold(f.Text.In(l))+" ", lang.Fold(words))
}

// known marks a sentence as contradicted that makes a misstatement which a curator has listed, or that states another date or
// number than the fact that it otherwise repeats.
func known(s *knowledge.CheckedSentence, l knowledge.Lang, r *search.Result) {
	if len(r.Passages) == 0 {
		return
	}
	p, ok := misstated(s.Text, l, 0, r)
	why := choose(l, "a known misstatement", "un error conocido")
	if !ok {
		p, ok = contradicted(s.Text, l, r)
		why = fmt.Sprintf(choose(l, "the fact does not say “%s”", "el hecho no dice «%s»"), p.claim)
	}
	if ok {
		s.Verdict, s.Citations, s.Reason = knowledge.Contradicted, []knowledge.FactID{p.fact.ID}, why
	}
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
