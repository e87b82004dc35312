package facts

import (
	"slices"
	"strings"
	"unicode"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// namer finds entities in texts by their names and aliases.
type namer struct {
	byFirst map[string][]name // by the first word's folded form
}

// name is one name of an entity as folded words.
type name struct {
	words []string
	upper bool // an abbreviation such as ICE or US, which is only meant when it is written in capitals
	id    knowledge.EntityID
}

// mention is an entity in a text. Words are the tokens from first to last.
type mention struct {
	id          knowledge.EntityID
	first, last int
	short       bool // by an abbreviation
}

func newNamer(entities []knowledge.Entity) *namer {
	n := &namer{byFirst: map[string][]name{}}
	for i := range entities {
		e := &entities[i]
		n.add(e.ID, e.Name)
		for _, alias := range e.Aliases {
			n.add(e.ID, alias)
		}
	}
	for _, names := range n.byFirst {
		// The longest name wins; of names that are equal, the first entity's.
		slices.SortStableFunc(names, func(a, b name) int { return len(b.words) - len(a.words) })
	}
	return n
}

func (n *namer) add(id knowledge.EntityID, text string) {
	var words []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct {
			words = append(words, t.Folded)
		}
	}
	if len(words) == 0 {
		return
	}
	upper := len(words) == 1 && len(words[0]) <= 4 && strings.ToUpper(text) == text
	n.byFirst[words[0]] = append(n.byFirst[words[0]], name{words, upper, id})
}

// find returns the entities that tokens name, in order: of names that overlap the longest.
func (n *namer) find(tokens []lang.Token) []mention {
	var out []mention
	for i := 0; i < len(tokens); i++ {
		if here := n.at(tokens, i); len(here) > 0 {
			out = append(out, here[0])
			i = here[0].last
		}
	}
	return out
}

// at returns the names that begin at a token, longest first.
func (n *namer) at(tokens []lang.Token, i int) []mention {
	var out []mention
	for _, c := range n.byFirst[tokens[i].Folded] {
		if last, ok := c.match(tokens, i); ok && (!c.upper || strings.ToUpper(tokens[i].Text) == tokens[i].Text) {
			out = append(out, mention{c.id, i, last, c.upper})
		}
	}
	return out
}

// named reports whether tokens name an entity anywhere, also inside of a longer name: "CBP's National Targeting Center" names CBP.
func (n *namer) named(id knowledge.EntityID, tokens []lang.Token) bool {
	for i := range tokens {
		if slices.ContainsFunc(n.at(tokens, i), func(m mention) bool { return m.id == id }) {
			return true
		}
	}
	return false
}

// match reports whether the name stands at a token, punctuation inside left aside, and where it ends. One word in lower case is no
// name: "the armada" may be any.
func (c name) match(tokens []lang.Token, i int) (last int, ok bool) {
	if r := []rune(tokens[i].Text); len(c.words) == 1 && !unicode.IsUpper(r[0]) && !unicode.IsDigit(r[0]) {
		return 0, false
	}
	last = i
	for _, w := range c.words {
		for i < len(tokens) && tokens[i].Kind == lang.Punct && i > last {
			i++
		}
		if i >= len(tokens) || tokens[i].Folded != w {
			return 0, false
		}
		last = i
		i++
	}
	return last, true
}
