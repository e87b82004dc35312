package verify

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// nameTree finds names and phrases in tokens, the longest first. It is built once and does not change.
type nameTree struct {
	next map[string]*nameTree
	ends []ending
}

// ending is what a path through the tree means: an entity by one of its names, or a phrase with a key.
type ending struct {
	entity  int32 // 1 + place in the base; 0 for a phrase
	key     int32
	surface int32
	capital []bool // tokens that must begin with a capital
	weak    bool   // a name that means the entity only where the fact lists it: Washington
}

func (t *nameTree) add(path []string, e ending) {
	for _, w := range path {
		if t.next == nil {
			t.next = map[string]*nameTree{}
		}
		n := t.next[w]
		if n == nil {
			n = &nameTree{}
			t.next[w] = n
		}
		t = n
	}
	if !slices.ContainsFunc(t.ends, func(o ending) bool { return o.entity == e.entity && o.key == e.key }) {
		t.ends = append(t.ends, e)
	}
}

// find returns the longest path that begins at token i and how many tokens it has. Paths that two entities share are none.
func (t *nameTree) find(tokens []lang.Token, i int) (found ending, n int) {
	for j := i; j < len(tokens) && t.next != nil; j++ {
		if t = t.next[tokenKey(&tokens[j])]; t == nil {
			return found, n
		}
		if len(t.ends) == 1 && t.ends[0].fits(tokens[i:j+1], i == 0) {
			found, n = t.ends[0], j+1-i
		}
	}
	return found, n
}

// fits reports whether the tokens have capitals where the name has them; the first word of a sentence may have lost its own
// when another sentence was joined in front of it.
func (e ending) fits(tokens []lang.Token, opens bool) bool {
	for i, c := range e.capital {
		if c && !isCapital(tokens[i].Text) && !(i == 0 && opens) {
			return false
		}
	}
	return true
}

// tokenKey is the token as paths hold it. Folded has no ñ, so words that have one are folded again.
func tokenKey(t *lang.Token) string {
	if strings.ContainsAny(t.Text, "ñÑ") {
		return lang.FoldKeepEnye(t.Text)
	}
	return t.Folded
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// addNames puts every name of every entity into the tree.
func (t *nameTree) addNames(b *knowledge.Base, in *interner) {
	for i := range b.Entities {
		e := &b.Entities[i]
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			tokens := lang.Tokens(nil, name)
			if len(tokens) == 0 {
				continue
			}
			path := make([]string, len(tokens))
			capital := make([]bool, len(tokens))
			for j := range tokens {
				path[j] = tokenKey(&tokens[j])
				capital[j] = isCapital(tokens[j].Text) && !(j == 0 && articles[path[j]])
			}
			end := ending{
				entity: int32(i + 1), key: in.add("@" + string(e.ID)), surface: in.add("@@" + strings.Join(path, " ")),
				capital: capital, weak: isWeakName(e, name, tokens),
			}
			t.add(path, end)
			for _, v := range unitedStates {
				t.addVariant(path, end, v[0], v[1])
			}
		}
	}
}

var articles = wordSet("the el la los las")

// unitedStates are ways to write one country, which names of offices hold: the tokens of one way, and of another.
var unitedStates = [...][2][]string{
	{{"estados", "unidos"}, {"eeuu"}}, {{"eeuu"}, {"estados", "unidos"}}, {{"us"}, {"united", "states"}}, {{"united", "states"}, {"us"}},
}

// addVariant adds a name with one run of its words exchanged, if it is longer than that run.
func (t *nameTree) addVariant(path []string, e ending, from, to []string) {
	for i := 0; i+len(from) <= len(path) && len(path) > len(from); i++ {
		if slices.Equal(path[i:i+len(from)], from) {
			capital := slices.Concat(e.capital[:i], make([]bool, len(to)), e.capital[i+len(from):])
			e.capital = capital
			t.add(slices.Concat(path[:i], to, path[i+len(from):]), e)
			return
		}
	}
}

// isWeakName reports whether a place's name may mean something else: one plain word that is not its own first name, such
// as a capital that stands for its country.
func isWeakName(e *knowledge.Entity, name string, tokens []lang.Token) bool {
	return e.Kind == knowledge.Place && len(tokens) == 1 && name != e.Name && name != strings.ToUpper(name)
}

// interner gives every key a number. Numbers begin at 1; once frozen, unknown keys are 0.
type interner struct {
	numbers map[string]int32
	frozen  bool
}

func (in *interner) add(key string) int32 {
	n, ok := in.numbers[key]
	if !ok && !in.frozen {
		n = int32(len(in.numbers) + 1)
		in.numbers[key] = n
	}
	return n
}

// offices pairs every entity with the places that one of its names ends or begins with: the National Court and Ecuador.
func offices(b *knowledge.Base, names *nameTree) map[[2]int32]bool {
	out := map[[2]int32]bool{}
	for i := range b.Entities {
		e := &b.Entities[i]
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			tokens := lang.Tokens(nil, name)
			for j := range tokens {
				if found, n := (&nameTree{next: names.next}).find(tokens[j:], 0); n > 0 && n < len(tokens) && found.entity != 0 && b.Entities[found.entity-1].Kind == knowledge.Place {
					out[[2]int32{int32(i + 1), found.entity}] = true
				}
			}
		}
	}
	return out
}

// titlesOf collects the titles that stand in the names of each person.
func titlesOf(b *knowledge.Base) map[int32]map[string]bool {
	out := map[int32]map[string]bool{}
	for i := range b.Entities {
		for _, name := range b.Entities[i].Aliases {
			for w := range strings.FieldsSeq(strings.ToLower(name)) {
				if b.Entities[i].Kind == knowledge.Person && titles[w] {
					if out[int32(i+1)] == nil {
						out[int32(i+1)] = map[string]bool{}
					}
					out[int32(i+1)][w] = true
				}
			}
		}
	}
	return out
}
