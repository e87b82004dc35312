package wording

import (
	"cmp"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Match is a listed word or phrase in a text. Start and End are byte offsets, and Text is text[Start:End]; numbers and
// participles that an entry only asks for at its end are not part of it.
type Match struct {
	Class      Class
	Start, End int
	Text       string
	Stage      Stage // of class LegalStage, else NoStage
	// Named is true for a stage that is only named, by a noun or an infinitive ("the extradition", "to extradite"), and
	// false for one that is told ("was extradited"). Documents are always told.
	Named bool
}

// Find returns the listed words of the classes, of all where none is given, in the order of the text; what begins
// together is ordered by class, then stage. Matches of one class (of one stage) do not overlap, those of several may.
// Nothing found is nil. The text must be in l. Find is safe for concurrent use.
func Find(text string, l knowledge.Lang, classes ...Class) []Match {
	return FindIn(lang.Tokens(make([]lang.Token, 0, len(text)/4+1), text), text, l, classes...)
}

// FindIn is Find for a text whose tokens the caller has already.
func FindIn(tokens []lang.Token, text string, l knowledge.Lang, classes ...Class) []Match {
	s := scan{lexicon: lexiconOf(l), tokens: tokens}
	var out []Match
	var free [slotCount]int // the first token that an entry of the slot may use
	want := wanted(classes)
	for i := range tokens {
		s.hits = s.hits[:0]
		s.walk(&s.lexicon.root, i, i)
		for _, h := range s.hits {
			sl := h.end.slot
			if i < free[sl] || want&(1<<classOf(sl)) == 0 {
				continue
			}
			free[sl] = h.next
			if !h.end.blocked {
				out = append(out, match(text, tokens[i].Start, tokens[h.last].End, h.end))
			}
		}
	}
	return out
}

// Has reports whether text has a word of the class.
func Has(text string, l knowledge.Lang, c Class) bool { return len(Find(text, l, c)) > 0 }

// Stages returns the stages that text tells or names, in its order.
func Stages(text string, l knowledge.Lang) []Match { return Find(text, l, LegalStage) }

func wanted(classes []Class) (mask uint32) {
	for _, c := range classes {
		mask |= 1 << c
	}
	if len(classes) == 0 {
		mask = 1<<classCount - 1
	}
	return mask
}

func classOf(s slot) Class { return min(Class(s), LegalStage) }

func match(text string, start, stop int, e end) Match {
	m := Match{Class: classOf(e.slot), Start: start, End: stop, Text: text[start:stop], Named: e.named}
	if m.Class == LegalStage {
		m.Stage = Stage(e.slot - slot(classCount))
	}
	return m
}

// scan walks one text.
type scan struct {
	lexicon *lexicon
	tokens  []lang.Token
	hits    []hit
}

// hit is an entry that fits: its last listed token, and the token after all that it asks for.
type hit struct {
	end        end
	last, next int
}

// keep adds a hit, in the order of the slots. Of two of one slot it keeps the longer; of two as long, the one that
// blocks.
func (s *scan) keep(h hit) {
	i, found := slices.BinarySearchFunc(s.hits, h, func(a, b hit) int { return cmp.Compare(a.end.slot, b.end.slot) })
	if !found {
		s.hits = slices.Insert(s.hits, i, h)
		return
	}
	if best := &s.hits[i]; h.next > best.next || h.next == best.next && h.end.blocked {
		*best = h
	}
}

// maxGap is how many tokens <gap> passes over.
const maxGap = 12

// walk collects the entries that go on from n with the token at i; last is the last listed token so far.
func (s *scan) walk(n *node, i, last int) {
	for _, e := range n.ends {
		s.keep(hit{end: e, last: last, next: i})
	}
	if i >= len(s.tokens) {
		return
	}
	t := &s.tokens[i]
	if to := n.words[t.Folded]; to != nil {
		s.walk(to, i+1, i)
	}
	if t.Kind == lang.Word && n.exact != nil {
		if to := n.exact[strings.ToLower(t.Text)]; to != nil {
			s.walk(to, i+1, i)
		}
	}
	for _, e := range n.suffixes {
		if t.Kind == lang.Word && strings.HasSuffix(t.Folded, e.text) {
			s.walk(e.to, i+1, i)
		}
	}
	for _, e := range n.holders {
		s.hold(e, i, last)
	}
}

// hold walks on over a placeholder where it fits.
func (s *scan) hold(e edge, i, last int) {
	t := &s.tokens[i]
	switch e.text {
	case "<w>":
		if t.Kind == lang.Word {
			s.walk(e.to, i+1, last)
		}
	case "<pp>":
		if t.Kind == lang.Word && isParticiple(t.Folded) {
			s.walk(e.to, i+1, last)
		}
	case "<future>":
		if hasAccent(t) && isFuture(t.Text) {
			s.walk(e.to, i+1, last)
		}
	case "<conditional>":
		if hasAccent(t) && isConditional(t.Text) {
			s.walk(e.to, i+1, last)
		}
	case "<n>", "<q>":
		if isCurrency(t.Text) && i+1 < len(s.tokens) {
			i++
			t = &s.tokens[i]
		}
		if t.Kind == lang.Number && (e.text == "<n>" || !isYear(t.Text)) || isNumeral(t.Folded, s.lexicon.lang) {
			s.walk(e.to, i+1, last)
		}
	case "<gap>":
		for j := i; j < min(len(s.tokens), i+maxGap+1); j++ {
			s.walk(e.to, j, last)
			if strings.Contains(".!?", s.tokens[j].Text) {
				return
			}
		}
	}
}

// hasAccent reports whether folding took an accent from a word. Most words have none, which is quickly seen.
func hasAccent(t *lang.Token) bool { return t.Kind == lang.Word && len(t.Text) > len(t.Folded) }

func isCurrency(s string) bool { return s == "$" || s == "€" || s == "£" }
