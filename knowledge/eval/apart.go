package eval

import (
	"fmt"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Copy is a question of a suite that repeats a phrasing of a fact: answering it proves nothing.
type Copy struct {
	Question *Question
	Fact     knowledge.FactID
	Phrase   string
	// Words is true when only the content words are the same, false when the wording is.
	Words bool
}

// String tells which question repeats what, without the place.
func (c Copy) String() string {
	what := "the wording"
	if c.Words {
		what = "the content words"
	}
	return fmt.Sprintf("%s %q has %s of %q, a phrasing of %s", c.Question.ID, c.Question.Text, what, c.Phrase, c.Fact)
}

// Copies returns the questions of a suite whose normalised wording or whose set of content words equals one of the asks or
// corrects of a fact in service, in the order of the suite. The later turns of dialogues are compared by wording only, since
// "and who signed it?" is too short to be told apart. Questions without content words have no set.
func Copies(s *Suite, b *knowledge.Base) []Copy {
	var out []Copy
	phrases := phrasesOf(b)
	later := laterTurns(s)
	for q := range s.All {
		if c, ok := phrases.find(q, later[q]); ok {
			out = append(out, c)
		}
	}
	return out
}

func laterTurns(s *Suite) map[*Question]bool {
	out := map[*Question]bool{}
	for i := range s.Dialogues {
		for j := range s.Dialogues[i].Turns {
			out[&s.Dialogues[i].Turns[j]] = j > 0
		}
	}
	return out
}

type phrase struct {
	fact knowledge.FactID
	text string
}

// phrases finds the asks and corrects of a base by their wording and by their content words.
type phrases struct {
	wording, words map[string]phrase
}

func phrasesOf(b *knowledge.Base) phrases {
	p := phrases{map[string]phrase{}, map[string]phrase{}}
	for i := range b.Facts {
		f := &b.Facts[i]
		if !f.InService() {
			continue
		}
		for _, l := range knowledge.Langs {
			for _, text := range slices.Concat(f.Asks.In(l), f.Corrects.In(l)) {
				p.wording[wording(text)] = phrase{f.ID, text}
				p.words[wordSet(text, l)] = phrase{f.ID, text}
			}
		}
	}
	return p
}

func (p phrases) find(q *Question, wordingOnly bool) (Copy, bool) {
	if at, ok := p.wording[wording(q.Text)]; ok {
		return Copy{Question: q, Fact: at.fact, Phrase: at.text}, true
	}
	set := wordSet(q.Text, q.Lang)
	if at, ok := p.words[set]; ok && set != "" && !wordingOnly {
		return Copy{Question: q, Fact: at.fact, Phrase: at.text, Words: true}, true
	}
	return Copy{}, false
}

// wording returns a text's words and numbers in lower case, without accents and punctuation.
func wording(text string) string {
	var words []string
	for _, t := range lang.Tokens(nil, lang.Normalize(text)) {
		if t.Kind != lang.Punct {
			words = append(words, t.Folded)
		}
	}
	return strings.Join(words, " ")
}

// wordSet returns the content words as one string that also names the language, "" for none.
func wordSet(text string, l knowledge.Lang) string {
	words := ContentWords(text, l)
	if len(words) == 0 {
		return ""
	}
	return string(l) + " " + strings.Join(words, " ")
}

// ContentWords returns the stems of a text's words and its numbers, stop words left out, sorted and each once.
func ContentWords(text string, l knowledge.Lang) []string {
	var words []string
	for _, t := range lang.Tokens(nil, lang.Normalize(text)) {
		switch {
		case t.Kind == lang.Number:
			words = append(words, t.Folded)
		case t.Kind == lang.Word && !lang.IsStop(t.Folded, l):
			words = append(words, lang.Stem(t.Folded, l))
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}
