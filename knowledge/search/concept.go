package search

import (
	"slices"

	"enlace/knowledge/thesaurus"
)

// concepts are what the texts of one side mean, so that everyday words reach facts that use others. The terms before
// those of the lexicon are the concepts: a term below len is a thesaurus.ID.
type concepts struct {
	known     *thesaurus.Thesaurus // nil where concepts are left out
	texts     meanings             // by document
	phrasings meanings             // by phrasing
	mass      []float32            // by phrasing: idf mass of its concepts
	masses    []float32            // by document: idf mass of the concepts of its text
}

// meanings are the distinct concepts of texts, one text after the other.
type meanings struct {
	ids  []thesaurus.ID
	ends []uint32
}

func (m *meanings) at(i uint32) []thesaurus.ID {
	from := uint32(0)
	if i > 0 {
		from = m.ends[i-1]
	}
	return m.ids[from:m.ends[i]]
}

func newConcepts(o Options) concepts {
	if o.NoConcepts {
		return concepts{}
	}
	return concepts{known: thesaurus.Shipped()}
}

func (c *concepts) len() int {
	if c.known == nil {
		return 0
	}
	return c.known.Len()
}

// read finds the concepts of all texts and phrasings of a side.
func (c *concepts) read(x *side) {
	r := newConceptReader(x)
	for doc := range x.docs {
		r.read(&c.texts, x.texts.at(uint32(doc)))
	}
	for p := range x.owner {
		r.read(&c.phrasings, x.phrasings.at(uint32(p)))
	}
}

// conceptReader finds the concepts of texts that are given as surfaces.
type conceptReader struct {
	side     *side
	surfaces []thesaurus.Known // by surface
	words    []thesaurus.Word
	known    []thesaurus.Known
	matches  []thesaurus.Match
}

func newConceptReader(x *side) *conceptReader {
	r := &conceptReader{side: x}
	if t := x.concepts.known; t != nil {
		r.surfaces = make([]thesaurus.Known, len(x.words.words))
		for s := range r.surfaces {
			r.surfaces[s] = t.Look(thesaurus.Word{Folded: x.words.words[s], Stem: x.words.stem[s]}, x.lang)
		}
	}
	return r
}

func (r *conceptReader) read(into *meanings, surfaces []uint32) {
	x := r.side
	from := len(into.ids)
	if x.concepts.known != nil {
		r.words, r.known = r.words[:0], r.known[:0]
		for _, s := range surfaces {
			r.words = append(r.words, thesaurus.Word{Folded: x.words.words[s], Stem: x.words.stem[s]})
			r.known = append(r.known, r.surfaces[s])
		}
		r.matches = x.concepts.known.MatchKnown(r.matches[:0], r.words, r.known, x.lang)
		for i := range r.matches {
			if id := r.matches[i].Concept; !slices.Contains(into.ids[from:], id) {
				into.ids = append(into.ids, id)
			}
		}
	}
	into.ends = append(into.ends, uint32(len(into.ids)))
}

// fill adds the concepts of a document to a bag, those that it has in the other language too.
func (c *concepts) fill(g *bag, x *side, doc uint32) {
	c.fillOwn(g, x, doc, x.weights.PoolConcept)
	if twin := x.other.twins[doc]; twin != none {
		x.other.concepts.fillOwn(g, x.other, twin, x.weights.PoolAbroad)
	}
}

func (c *concepts) fillOwn(g *bag, x *side, doc uint32, weight float64) {
	for _, id := range c.texts.at(doc) {
		g.add(uint32(id), float32(x.weights.PoolText*weight))
	}
	for p := x.firstAsk[doc]; p < x.firstAsk[doc+1]; p++ {
		for _, id := range c.phrasings.at(p) {
			g.add(uint32(id), float32(weight))
		}
	}
}

// weigh computes the idf masses.
func (c *concepts) weigh(x *side) {
	c.masses, c.mass = c.texts.weigh(x), c.phrasings.weigh(x)
}

func (m *meanings) weigh(x *side) []float32 {
	masses := make([]float32, len(m.ends))
	for i := range masses {
		for _, id := range m.at(uint32(i)) {
			rare, _ := x.rarity(uint32(id))
			masses[i] += float32(rare)
		}
	}
	return masses
}
