package thesaurus

import (
	_ "embed"
	"sync"

	"enlace/knowledge"
)

// compiled is concepts.txt with its words stemmed and sorted, since stemming them all would take longer than the rest of
// the program's start. TestCompiledIsCurrent compares the two.
//
//go:generate go test -run=TestCompiledIsCurrent -update .
//go:embed compiled.txt
var compiled string

var shipped = sync.OnceValues(func() (*Thesaurus, error) { return load(compiled) })

// Shipped returns the thesaurus that is part of the binary, read at the first call in about a millisecond. It panics
// when its data is broken, which the tests of this package rule out.
func Shipped() *Thesaurus {
	t, err := shipped()
	if err != nil {
		panic("compiled.txt: " + err.Error())
	}
	return t
}

// ID numbers a concept of one Thesaurus, from 0 in file order.
type ID uint16

// Concept is one meaning. Callers must not modify Near.
type Concept struct {
	Name      string
	Near      []ID // weaker relations, in both directions, in ascending order
	Off       bool // only questions about something else use it: its name begins with "off-"
	Attribute bool // what a person has, or is to somebody: its name begins with "person-"
}

// Thesaurus is an immutable set of concepts and their words. It is safe for concurrent use.
type Thesaurus struct {
	concepts []Concept
	names    map[string]ID
	tables   [len(knowledge.Langs)]table
}

// Len returns the number of concepts: valid IDs are smaller.
func (t *Thesaurus) Len() int { return len(t.concepts) }

// Concept returns the concept of a valid id.
func (t *Thesaurus) Concept(id ID) Concept { return t.concepts[id] }

// ByName returns the id of the concept with a name, and whether there is one.
func (t *Thesaurus) ByName(name string) (ID, bool) {
	id, ok := t.names[name]
	return id, ok
}

func (t *Thesaurus) table(l knowledge.Lang) *table {
	if l == knowledge.Spanish {
		return &t.tables[1]
	}
	return &t.tables[0]
}
