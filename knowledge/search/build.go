package search

import (
	"slices"
	"sync/atomic"

	"enlace/knowledge"
)

// headings are the words under which facts stand: the names of their entities and the title of their topic.
type headings struct {
	base   *knowledge.Base
	lang   knowledge.Lang
	entity map[knowledge.EntityID]int
	topics map[knowledge.TopicID][]uint32 // distinct terms
}

func newHeadings(b *knowledge.Base, l knowledge.Lang) *headings {
	h := &headings{base: b, lang: l, entity: make(map[knowledge.EntityID]int, len(b.Entities))}
	for i := range b.Entities {
		h.entity[b.Entities[i].ID] = i
	}
	return h
}

func (h *headings) read(x *lexicon, buf []byte) {
	h.topics = make(map[knowledge.TopicID][]uint32, len(h.base.Topics))
	for i := range h.base.Topics {
		t := &h.base.Topics[i]
		title, _ := t.Title.Best(h.lang)
		var seq sequences
		buf = seq.extend(title, x, buf)
		for _, a := range t.Aliases {
			buf = seq.extend(a, x, buf)
		}
		h.topics[t.ID] = distinct(seq.surfaces, x)
	}
}

// distinct returns the terms of surfaces, ascending and once each.
func distinct(surfaces []uint32, x *lexicon) []uint32 {
	var terms []uint32
	for _, s := range surfaces {
		if !x.stop[s] {
			terms = append(terms, x.term[s])
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// bag counts the terms of one document; its memory serves all documents.
type bag struct {
	weight []float32 // by term
	terms  []uint32
}

func (g *bag) add(term uint32, weight float32) {
	if weight <= 0 {
		return
	}
	if g.weight[term] == 0 {
		g.terms = append(g.terms, term)
	}
	g.weight[term] += weight
}

func (g *bag) clear() {
	for _, t := range g.terms {
		g.weight[t] = 0
	}
	g.terms = g.terms[:0]
}

// index builds the one field: text, headings and phrasings of a document together. A word counts once per phrasing.
func (x *side) index() {
	w := x.weights
	texts, phrasings := x.texts.until(x.facts), x.phrasings.until(int(x.firstAsk[x.facts]))
	x.textWords = adapt(w.K1, w.B, float64(texts)/float64(max(1, x.facts)))
	x.askWords = adapt(w.K1, w.B, float64(phrasings)/float64(max(1, x.firstAsk[x.facts])))
	pool := saturation{k1: w.PoolK1, b: w.PoolB, average: max(1, float64(texts+phrasings)/float64(max(1, x.facts)))}
	g := &bag{weight: make([]float32, x.words.terms())}
	x.pool = x.field(g, pool, 0, x.facts)
	x.lists = x.field(g, pool, x.facts, len(x.docs))
	x.collected = nil
	x.rate()
	x.usual = newUsual(x.profiles[:x.facts])
	x.weigh()
	x.concepts.weigh(x)
}

// field builds the postings of the documents from one to before another.
func (x *side) field(g *bag, pool saturation, from, to int) postings {
	entries := make([]entry, 0, 32*(to-from)+(len(x.texts.surfaces)+len(x.phrasings.surfaces))*(to-from)/max(1, len(x.docs)))
	for doc := from; doc < to; doc++ {
		g.clear()
		x.fill(g, doc)
		norm := pool.norm(x.length(doc))
		for _, t := range g.terms {
			entries = append(entries, entry{t, uint32(doc), pool.impact(float64(g.weight[t]) * norm)})
		}
		for _, t := range x.collected.keys[doc] {
			entries = append(entries, entry{t, uint32(doc), 255})
		}
		g.clear()
		x.concepts.fill(g, x, uint32(doc))
		for _, t := range g.terms {
			entries = append(entries, entry{t, uint32(doc), pool.impact(float64(g.weight[t]) * norm)})
		}
	}
	return newPostings(from, to, x.words.terms(), entries)
}

// fill adds the words of a fact to a bag.
func (x *side) fill(g *bag, doc int) {
	w := x.weights
	for _, s := range x.texts.at(uint32(doc)) {
		if !x.words.stop[s] { // a when in a statement answers no when
			g.add(x.words.term[s], float32(w.PoolText))
		}
	}
	for _, e := range x.facets[doc].entities {
		for _, t := range x.aliases.terms[e] {
			g.add(t, float32(w.Heading))
		}
	}
	for _, t := range x.topic[doc] {
		g.add(t, float32(w.Topic))
	}
	for p := x.firstAsk[doc]; p < x.firstAsk[doc+1]; p++ {
		words := x.phrasings.at(p)
		for i, s := range words {
			if !slices.Contains(words[:i], s) {
				g.add(x.words.term[s], 1)
			}
		}
	}
}

// length returns how many words a fact and its phrasings have.
func (x *side) length(doc int) int {
	n := len(x.texts.at(uint32(doc)))
	if from, to := x.firstAsk[doc], x.firstAsk[doc+1]; from < to {
		n += int(x.phrasings.ends[to-1])
		if from > 0 {
			n -= int(x.phrasings.ends[from-1])
		}
	}
	return n
}

// rate computes how rare each term is among the facts.
func (x *side) rate() {
	x.idfs = make([]float32, x.facts+1)
	for n := range x.idfs {
		x.idfs[n] = float32(idf(x.facts, n))
	}
	x.taught = make([]atomic.Pointer[[]expansion], x.words.terms())
	x.stopTerm = make([]bool, x.words.terms())
	for s, stop := range x.words.stop {
		x.stopTerm[x.words.term[s]] = stop
	}
	for len(x.literalish) < len(x.words.words) {
		x.literalish = append(x.literalish, false)
	}
}

// weigh computes the idf mass of every phrasing.
func (x *side) weigh() {
	x.mass = make([]float32, len(x.owner))
	for p := range x.mass {
		words := x.phrasings.at(uint32(p))
		for i, s := range words {
			if !x.words.stop[s] && !slices.Contains(words[:i], s) {
				rare, _ := x.rarity(x.words.term[s])
				x.mass[p] += float32(rare)
			}
		}
	}
}

// idf returns how rare something is that n facts have.
func (x *side) idf(n uint32) float64 { return float64(x.idfs[n]) }

// rarity returns the idf of a term, and how many facts have it.
func (x *side) rarity(term uint32) (idf float64, facts uint32) {
	from, to := x.pool.list(term)
	return x.idf(to - from), to - from
}

// reserve makes room for the texts in one go: a word is about six bytes.
func (x *side) reserve() {
	texts, phrasings := 0, 0
	for i := range x.docs {
		texts += len(x.docs[i].text)
		for _, list := range [...][]string{x.docs[i].asks, x.docs[i].corrects} {
			for _, p := range list {
				phrasings += len(p)
			}
		}
	}
	x.texts.surfaces = make([]uint32, 0, texts/6+16)
	x.phrasings.surfaces = make([]uint32, 0, phrasings/5+16)
}
