package search

import "math"

// postings are the inverted lists of one field: for every term the documents that hold it, ascending, each with its
// impact, which is the saturated term frequency of BM25 scaled to 1…255. The idf is applied by the query.
type postings struct {
	first   int // the first document
	docs    int // one after the last document
	ends    []uint32
	doc     []uint32
	impact  []uint8
	highest []uint8 // by term: the highest impact of its list
}

// entry is one posting on its way into the lists.
type entry struct {
	term, doc uint32
	impact    uint8
}

// newPostings sorts entries, which are in document order, into lists by counting.
func newPostings(first, docs, terms int, entries []entry) postings {
	p := postings{
		first: first, docs: docs, ends: make([]uint32, terms), highest: make([]uint8, terms),
		doc: make([]uint32, len(entries)), impact: make([]uint8, len(entries)),
	}
	next := make([]uint32, terms+1)
	for i := range entries {
		next[entries[i].term+1]++
	}
	for t := range terms {
		next[t+1] += next[t]
		p.ends[t] = next[t+1]
	}
	for i := range entries {
		e := &entries[i]
		at := next[e.term]
		next[e.term]++
		p.doc[at], p.impact[at] = e.doc, e.impact
		p.highest[e.term] = max(p.highest[e.term], e.impact)
	}
	return p
}

// list returns the bounds of a term's list; none and terms beyond the field have an empty one.
func (p *postings) list(term uint32) (from, to uint32) {
	if int64(term) >= int64(len(p.ends)) {
		return 0, 0
	}
	if term > 0 {
		from = p.ends[term-1]
	}
	return from, p.ends[term]
}

// find returns the impact of a term in a document, or 0.
func (p *postings) find(term, doc uint32) uint8 {
	from, to := p.list(term)
	i := seek(p.doc, from, to, doc)
	if i < to && p.doc[i] == doc {
		return p.impact[i]
	}
	return 0
}

// seek returns the first place in [from, to) whose document is doc or later, or to.
func seek(docs []uint32, from, to, doc uint32) uint32 {
	for from < to {
		mid := (from + to) / 2
		if docs[mid] < doc {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
}

// idf is Lucene's form of the inverse document frequency, which is never negative.
func idf(docs, with int) float64 {
	return math.Log1p((float64(docs-with) + 0.5) / (float64(with) + 0.5))
}

// saturation is BM25's term frequency part, adapted to how long the documents of a field are.
type saturation struct{ k1, b, average float64 }

// adapt returns k1 and b for documents of an average length in words. Statements keep the given values; towards 400 words
// k1 rises to 2 and b to 0.75, as measured on question collections.
func adapt(k1, b, average float64) saturation {
	const statement, long = 30, 400
	x := math.Log(max(average, statement)/statement) / math.Log(long/statement)
	x = min(x, 1)
	return saturation{k1: k1 + x*max(0, 2-k1), b: b + x*max(0, 0.75-b), average: max(average, 1)}
}

// norm divides a term frequency by the length of its document.
func (s saturation) norm(words int) float64 { return 1 / (1 - s.b + s.b*float64(words)/s.average) }

// impact saturates a normalised frequency and scales it.
func (s saturation) impact(tf float64) uint8 {
	return uint8(min(255, max(1, math.Round(255*tf/(s.k1+tf)))))
}
