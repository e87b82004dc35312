package verify

import (
	"sync"

	"enlace/knowledge"
)

// side is everything about one language: its tables, and its facts.
type side struct {
	lang      knowledge.Lang
	base      *knowledge.Base
	functions functions
	names     *nameTree // entities
	phrases   *nameTree // phrases of the synonym table and compounds
	in        *interner
	canon     map[string]string // key → the key of its synonym group
	facts     []factText        // by place in the base
	places    map[knowledge.FactID]int
	offices   map[[2]int32]bool         // office and country, as entities
	readers   sync.Pool                 // of *literal.Reader
	titled    map[int32]map[string]bool // the titles in a person's names
}
