package search

import (
	"slices"
	"strings"

	"enlace/knowledge"
)

// aliases recognises entities by their names: the longest name wins, and names match across word forms, accents and case.
type aliases struct {
	first    map[uint32][]alias // by first term, longest first
	terms    [][]uint32         // by entity: the distinct words of its names
	evidence []uint32           // by entity: the term that its facts have
}

// alias is one name of an entity as terms, stop words included.
type alias struct {
	terms  []uint32
	entity int32
}

func newAliases(b *knowledge.Base, x *lexicon, buf []byte) (*aliases, []byte) {
	a := &aliases{first: make(map[uint32][]alias, 2*len(b.Entities)), terms: make([][]uint32, len(b.Entities))}
	var seq sequences
	for i := range b.Entities {
		e := &b.Entities[i]
		a.evidence = append(a.evidence, x.key(entityKey+string(e.ID)))
		buf = a.add(e.Name, i, &seq, x, buf)
		for _, name := range e.Aliases {
			buf = a.add(name, i, &seq, x, buf)
		}
	}
	for k := range a.first {
		slices.SortFunc(a.first[k], byName)
		a.first[k] = slices.CompactFunc(a.first[k], func(p, q alias) bool { return byName(p, q) == 0 })
	}
	return a, buf
}

func (a *aliases) add(text string, entity int, seq *sequences, x *lexicon, buf []byte) []byte {
	from := len(seq.surfaces)
	buf = seq.extend(strings.TrimPrefix(text, "the "), x, buf)
	x.state(seq.surfaces[from:])
	name, content := alias{entity: int32(entity)}, false
	for _, s := range seq.surfaces[from:] {
		t := x.term[s]
		name.terms = append(name.terms, t)
		if x.stop[s] {
			continue
		}
		content = true
		if !slices.Contains(a.terms[entity], t) {
			a.terms[entity] = append(a.terms[entity], t)
		}
	}
	if content {
		a.first[name.terms[0]] = append(a.first[name.terms[0]], name)
	}
	return buf
}

// at returns the names that words begin with: all entities that share the longest one, and its length in words.
func (a *aliases) at(words []questionWord) (names []alias, length int) {
	list := a.first[words[0].term]
	for i := range list {
		if !matches(list[i].terms, words) {
			continue
		}
		length = len(list[i].terms)
		end := i + 1
		for end < len(list) && slices.Equal(list[end].terms, list[i].terms) {
			end++
		}
		return list[i:end], length
	}
	return nil, 0
}

func matches(terms []uint32, words []questionWord) bool {
	if len(terms) > len(words) {
		return false
	}
	for i, k := range terms {
		if words[i].term != k {
			return false
		}
	}
	return true
}

// byName orders names so that equal ones stand together, longest first.
func byName(p, q alias) int {
	if len(p.terms) != len(q.terms) {
		return len(q.terms) - len(p.terms)
	}
	if c := slices.Compare(p.terms, q.terms); c != 0 {
		return c
	}
	return int(p.entity - q.entity)
}
