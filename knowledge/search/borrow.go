package search

// twin maps the documents of another side to this one's, none where something has no text in this language. Both are in
// the same order.
func (x *side) twin(other *side) []uint32 {
	twins := make([]uint32, len(other.docs))
	own := 0
	for d := range other.docs {
		for own < len(x.docs) && x.docs[own].compare(&other.docs[d]) < 0 {
			own++
		}
		twins[d] = none
		if own < len(x.docs) && x.docs[own].compare(&other.docs[d]) == 0 {
			twins[d] = uint32(own)
		}
	}
	return twins
}

// fieldOf returns the postings that hold a document.
func (x *side) fieldOf(doc uint32) *postings {
	if int(doc) < x.facts {
		return &x.pool
	}
	return &x.lists
}

// borrow finds a word that this language does not know in the other one, since people mix languages. The word then
// counts for the facts that have it there.
func (s *scratch) borrow(x *side) {
	for i := range s.words {
		w := &s.words[i]
		w.loan = none
		if w.stop || w.term != none {
			continue
		}
		m := x.other.words.find(w.in(s.folded), w.kind, &s.foreign)
		switch {
		case m.stop:
			w.stop = true
		case m.term != none && x.other.known(m.term):
			w.loan = m.term
		}
	}
}

// repay scores every fact by the borrowed words.
func (s *scratch) repay(x *side) {
	pool := &x.other.pool
	for i := range s.slots {
		sl := &s.slots[i]
		if sl.loan == none {
			continue
		}
		from, to := pool.list(sl.loan)
		for i := from; i < to; i++ {
			if doc := x.twins[pool.doc[i]]; doc != none {
				s.add(x, doc, 0, float32(sl.idf)*float32(pool.impact[i])/255)
			}
		}
	}
}

// impact returns how much a document has of a slot's word, in its own language or the other one.
func (x *side) impact(sl *slot, doc uint32) uint8 {
	if sl.loan == none {
		return x.fieldOf(doc).find(sl.term, doc)
	}
	if twin := x.other.twins[doc]; twin != none {
		return x.other.fieldOf(twin).find(sl.loan, twin)
	}
	return 0
}
