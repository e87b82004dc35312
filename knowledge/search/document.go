package search

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

// document is what an index holds in one language: a fact, or a list of facts with its title for a text. The lists come
// after all facts and take no part in any statistics, so that they change nothing about the facts.
type document struct {
	fact *knowledge.Fact
	list *knowledge.List

	text           string
	asks, corrects []string
	entities       []knowledge.EntityID
	dates          []knowledge.Date
	asOf           knowledge.Date
	topic          knowledge.TopicID
}

// documents returns what a base holds in a language: facts by id, so that ties go to the first, then lists by id.
func documents(b *knowledge.Base, l knowledge.Lang) (docs []document, facts int) {
	for i := range b.Facts {
		if f := &b.Facts[i]; f.InService() && f.Text.In(l) != "" {
			docs = append(docs, document{
				fact: f, text: f.Text.In(l), asks: f.Asks.In(l), corrects: f.Corrects.In(l),
				entities: f.Entities, dates: f.Dates, asOf: f.AsOf, topic: f.Topic,
			})
		}
	}
	facts = len(docs)
	for i := range b.Lists {
		if d, ok := listDocument(b, &b.Lists[i], l); ok {
			docs = append(docs, d)
		}
	}
	slices.SortStableFunc(docs, func(p, q document) int { return p.compare(&q) })
	return docs, facts
}

// listDocument returns a list with the entities of its facts, and whether any of these is in service.
func listDocument(b *knowledge.Base, list *knowledge.List, l knowledge.Lang) (d document, ok bool) {
	title, _ := list.Title.Best(l)
	d = document{list: list, text: title, asks: list.Asks.In(l)}
	for _, id := range list.Facts {
		f := b.Fact(id)
		if f == nil || !f.InService() {
			continue
		}
		ok = true
		for _, e := range f.Entities {
			if !slices.Contains(d.entities, e) {
				d.entities = append(d.entities, e)
			}
		}
	}
	return d, ok
}

// compare orders documents: facts before lists, then by id.
func (d *document) compare(e *document) int {
	switch {
	case d.list != nil && e.list != nil:
		return cmp.Compare(d.list.ID, e.list.ID)
	case d.list != nil:
		return 1
	case e.list != nil:
		return -1
	}
	return cmp.Compare(d.fact.ID, e.fact.ID)
}
