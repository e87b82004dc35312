package search

import (
	"slices"
	"sync"
	"sync/atomic"

	"enlace/knowledge"
	"enlace/knowledge/literal"
)

// side is the index of one language.
type side struct {
	base    *knowledge.Base
	lang    knowledge.Lang
	other   *side    // of the other language
	twins   []uint32 // by document of the other side
	weights *Weights
	options Options

	words   *lexicon
	aliases *aliases
	asking  *asking
	chat    chat
	docs    []document
	facts   int     // how many of them are facts; lists follow
	facets  []facet // by document

	pool      postings  // words of text, headings and phrasings, concepts and evidence keys; one document per fact
	lists     postings  // the same of the lists
	texts     sequences // by document
	textWords saturation
	phrasings sequences
	askWords  saturation
	owner     []uint32  // by phrasing: its document
	firstAsk  []uint32  // by document: its first phrasing; one more at the end
	asks      []Asked   // by phrasing: the answerable kinds that it asks for
	profiles  []profile // by document
	usual     usual     // of them
	mass      []float32 // by phrasing: idf mass of its content words
	isCorrect []bool    // by phrasing: from corrects
	concepts  concepts
	classes   classes

	topic      [][]uint32                    // by document: the words of its topic
	idfs       []float32                     // by number of facts
	taught     []atomic.Pointer[[]expansion] // by term: see meanings
	stopTerm   []bool                        // by term
	literalish []bool                        // by surface: stands in a date or number of some fact
	trigrams   *trigramStats
	spelling   func() *spelling // made at first need

	collected *collector // until the index is complete
	scratches sync.Pool
}

// facet is what a document states, beyond its words.
type facet struct {
	states   Asked
	newest   int32 // newest date of the fact or, without one, its as_of: year, month and day as decimal digits
	entities []int32
}

// newSide reads the texts of one language. The side is complete after index, which needs the other side.
func newSide(b *knowledge.Base, l knowledge.Lang, w *Weights, o Options) *side {
	x := &side{base: b, lang: l, weights: w, options: o, trigrams: newTrigramStats(), chat: newChat(l)}
	x.docs, x.facts = documents(b, l)
	x.concepts = newConcepts(o)
	x.classes = newClasses(w.Classifier, x)
	x.words = newLexicon(l, 2048+12*len(x.docs), x.concepts.len())
	x.reserve()
	x.collected = &collector{side: x, headings: newHeadings(b, l)}
	x.collected.collect()
	x.spelling = sync.OnceValue(func() *spelling {
		return newSpelling(x.words, func(s uint32) bool { return !x.words.stop[s] && x.known(x.words.term[s]) })
	})
	x.scratches.New = func() any { return newScratch(x) }
	return x
}

// collector reads the documents once, before there are statistics.
type collector struct {
	side     *side
	headings *headings
	keys     [][]uint32 // by document: its evidence terms
	buf      []byte
	literals []literal.Literal
	reader   literal.Reader
	names    []string
}

func (c *collector) collect() {
	x := c.side
	x.aliases, c.buf = newAliases(x.base, x.words, c.buf)
	c.headings.read(x.words, c.buf)
	x.asking = newAsking(x.words)
	x.facets = make([]facet, len(x.docs))
	x.profiles = make([]profile, len(x.docs))
	c.keys = make([][]uint32, len(x.docs))
	reasons := newReasons(x.words)
	for i := range x.docs {
		d := &x.docs[i]
		c.buf = x.texts.add(d.text, x.words, c.buf)
		x.words.state(x.texts.at(uint32(i)))
		if i < x.facts {
			x.trigrams.count(d.text)
		}
		c.evidence(i, d)
		if slices.ContainsFunc(x.texts.at(uint32(i)), func(s uint32) bool { return reasons[s] }) {
			x.facets[i].states |= AskedWhy
		}
		c.phrasings(d)
		x.topic = append(x.topic, c.headings.topics[d.topic])
	}
	x.firstAsk = append(x.firstAsk, uint32(len(x.owner)))
	x.concepts.read(x)
}

// newReasons returns the surfaces with which texts give reasons.
func newReasons(x *lexicon) map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range reasonWords[x.lang] {
		m[x.learn([]byte(w), 0)] = true
	}
	return m
}

func (c *collector) phrasings(d *document) {
	x := c.side
	doc := uint32(len(x.firstAsk))
	x.firstAsk = append(x.firstAsk, uint32(len(x.owner)))
	profile := &x.profiles[doc]
	if x.options.NoAsks {
		return
	}
	for n, list := range [...][]string{d.asks, d.corrects} {
		for _, p := range list {
			c.buf = x.phrasings.add(p, x.words, c.buf)
			kinds := x.asking.kinds(x.phrasings.at(uint32(len(x.owner))))
			x.asks = append(x.asks, kinds&answerable)
			if n == 0 {
				profile.count(kinds)
			}
			x.owner = append(x.owner, doc)
			x.isCorrect = append(x.isCorrect, n == 1)
		}
	}
}

// evidence collects the entities, dates and numbers of a document.
func (c *collector) evidence(doc int, d *document) {
	x := c.side
	c.names = c.names[:0]
	facet := &x.facets[doc]
	for _, id := range d.entities {
		c.names = append(c.names, entityKey+string(id))
		if n, ok := c.headings.entity[id]; ok {
			facet.entities = append(facet.entities, int32(n))
			facet.states |= statesKind(x.base.Entities[n].Kind)
		}
	}
	facet.newest = dayNumber(d.asOf)
	if len(d.dates) > 0 {
		facet.newest = 0
	}
	for _, date := range d.dates {
		c.names = dateKeys(c.names, date)
		facet.newest = max(facet.newest, dayNumber(date))
	}
	c.literals = c.reader.Append(c.literals[:0], d.text, x.lang)
	for i := range c.literals {
		c.names = literalKeys(c.names, &c.literals[i])
		facet.states |= states(&c.literals[i])
		c.markLiteral(d.text[c.literals[i].Start:c.literals[i].End])
	}
	for _, name := range c.names {
		if t := x.words.key(name); !slices.Contains(c.keys[doc], t) {
			c.keys[doc] = append(c.keys[doc], t)
		}
	}
}

// markLiteral remembers the words of a date or number: a question with none of them needs no parsing.
func (c *collector) markLiteral(text string) {
	x := c.side
	var seq sequences
	c.buf = seq.extend(text, x.words, c.buf)
	for _, s := range seq.surfaces {
		for len(x.literalish) <= int(s) {
			x.literalish = append(x.literalish, false)
		}
		x.literalish[s] = !x.words.stop[s]
	}
}

func dayNumber(d knowledge.Date) int32 { return int32(d.Year*10000 + int(d.Month)*100 + d.Day) }
