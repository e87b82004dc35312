package search

import (
	"cmp"
	"slices"
)

// Documents are scored a block at a time. The first block is small, since it has no threshold yet that could prune; later
// ones double up to what the second-level cache holds.
const (
	firstBlock = 1 << 11
	blockDocs  = 1 << 15
)

// weighted is a term of a question with what one step of impact is worth.
type weighted struct {
	term     uint32
	weight   uint32
	at, to   uint32 // the rest of its list
	ceiling  uint32 // the most that it adds to a document
	previous uint32 // the most that it and all terms before it add
}

// found is a document with its score.
type found struct{ score, doc uint32 }

// topK holds the best documents. Its worst one stands first.
type topK struct {
	heap  []found
	limit int
}

// worse orders by score, then by the later document, so that ties go to the earlier one.
func worse(a, b found) bool {
	return a.score < b.score || a.score == b.score && a.doc > b.doc
}

// threshold is the score that a document needs at least.
func (t *topK) threshold() uint32 {
	if len(t.heap) < t.limit {
		return 1
	}
	return t.heap[0].score
}

func (t *topK) offer(f found) {
	switch {
	case len(t.heap) < t.limit:
		t.heap = append(t.heap, f)
		t.up(len(t.heap) - 1)
	case worse(t.heap[0], f):
		t.heap[0] = f
		t.down(0)
	}
}

func (t *topK) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !worse(t.heap[i], t.heap[parent]) {
			return
		}
		t.heap[i], t.heap[parent] = t.heap[parent], t.heap[i]
		i = parent
	}
}

func (t *topK) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(t.heap) {
			return
		}
		if child+1 < len(t.heap) && worse(t.heap[child+1], t.heap[child]) {
			child++
		}
		if !worse(t.heap[child], t.heap[i]) {
			return
		}
		t.heap[i], t.heap[child] = t.heap[child], t.heap[i]
		i = child
	}
}

// ranker is the memory of one run of MaxScore (Turtle and Flood 1995) over blocks of documents.
type ranker struct {
	terms   []weighted
	sums    []uint32 // accumulators of a block
	touched []uint32
	best    topK
}

// start forgets the last run.
func (r *ranker) start(limit int) {
	r.terms, r.touched = r.terms[:0], r.touched[:0]
	r.best.heap, r.best.limit = r.best.heap[:0], limit
	if r.sums == nil {
		r.sums = make([]uint32, blockDocs)
	}
}

// add brings a term into the run. Terms without postings or weight do nothing.
func (r *ranker) add(p *postings, term, weight uint32) {
	from, to := p.list(term)
	if from < to && weight > 0 {
		r.terms = append(r.terms, weighted{term: term, weight: weight, at: from, to: to, ceiling: weight * uint32(p.highest[term])})
	}
}

// run collects the best documents.
func (r *ranker) run(p *postings) {
	slices.SortFunc(r.terms, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(a.ceiling, b.ceiling), cmp.Compare(a.term, b.term))
	})
	sum := uint32(0)
	for i := range r.terms {
		sum += r.terms[i].ceiling
		r.terms[i].previous = sum
	}
	size := uint32(firstBlock)
	for from := uint32(p.first); int(from) < p.docs; {
		r.block(p, from, from+size)
		from += size
		size = min(2*size, blockDocs)
	}
}

// block scores the documents from base to before end.
func (r *ranker) block(p *postings, base, end uint32) {
	threshold := r.best.threshold()
	essential := 0
	for essential < len(r.terms) && r.terms[essential].previous < threshold {
		essential++
	}
	if essential == len(r.terms) {
		return
	}
	r.touched = r.touched[:0]
	for i := essential; i < len(r.terms); i++ {
		r.accumulate(p, &r.terms[i], base, end)
	}
	for i := essential - 1; i >= 0; i-- {
		r.complete(p, &r.terms[i], base, end, threshold)
	}
	for _, d := range r.touched {
		score := r.sums[d]
		r.sums[d] = 0
		r.best.offer(found{score: score, doc: base + d})
	}
}

// skipTo leaves out the postings before base, which blocks that pruned the term did not read.
func (t *weighted) skipTo(p *postings, base uint32) {
	if t.at < t.to && p.doc[t.at] < base {
		t.at = seek(p.doc, t.at, t.to, base)
	}
}

// accumulate adds a term to every document of the block that holds it.
func (r *ranker) accumulate(p *postings, t *weighted, base, end uint32) {
	t.skipTo(p, base)
	docs, impacts := p.doc[t.at:t.to], p.impact[t.at:t.to]
	i := 0
	for ; i < len(docs) && docs[i] < end; i++ {
		d := docs[i] - base
		if r.sums[d] == 0 {
			r.touched = append(r.touched, d)
		}
		r.sums[d] += t.weight * uint32(impacts[i])
	}
	t.at += uint32(i)
}

// complete drops the documents that cannot reach the threshold any more and adds a term to the rest: by running along
// its list where that is short, else by looking each document up.
func (r *ranker) complete(p *postings, t *weighted, base, end, threshold uint32) {
	kept := r.touched[:0]
	for _, d := range r.touched {
		if r.sums[d]+t.previous < threshold {
			r.sums[d] = 0
			continue
		}
		kept = append(kept, d)
	}
	r.touched = kept
	if len(kept) == 0 {
		return
	}
	t.skipTo(p, base)
	from, to := t.at, seek(p.doc, t.at, min(t.to, t.at+end-base), end)
	t.at = to
	if int(to-from) < 32*len(kept) {
		for i := from; i < to; i++ {
			if d := p.doc[i] - base; r.sums[d] != 0 {
				r.sums[d] += t.weight * uint32(p.impact[i])
			}
		}
		return
	}
	for _, d := range kept {
		if i := seek(p.doc, from, to, base+d); i < to && p.doc[i] == base+d {
			r.sums[d] += t.weight * uint32(p.impact[i])
		}
	}
}
