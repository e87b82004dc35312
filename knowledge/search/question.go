package search

import (
	"enlace/knowledge/lang"
	"enlace/knowledge/thesaurus"
)

// maxWords bounds how many words of a question are read, maxSlots how many different ones count.
const (
	maxWords = 512
	maxSlots = 64
)

// questionWord is one word of a question in order.
type questionWord struct {
	start, end int // in the text
	from, to   int // folded, in scratch.folded
	kind       lang.Kind
	slot       int8   // of a content word; -1 for others
	loan       uint32 // the term of the other language that it was borrowed as, or none
	meaning
}

func (w *questionWord) in(folded []byte) []byte { return folded[w.from:w.to] }

// slot is a distinct word of a question.
type slot struct {
	term, surface uint32
	loan          uint32  // of the other language, or none
	idf           float64 // the most possible for an unknown word
	credit        float64 // 1, or less for a repaired word or a stop word
	meant         float64 // what it is worth where a concept meets it; 0 for a word of no concept
	soft          float64 // what it is worth in all where concepts count
}

// wanted is evidence that is no word: a recognised entity, a date or a number.
type wanted struct {
	term   uint32 // none = no fact has it
	idf    float64
	entity int32 // -1 for a literal
}

// read analyses the question: words, repairs, entities, literals and what is asked for.
func (s *scratch) read(x *side, q Query, r *Result) {
	s.tokenise(x, q.Text)
	s.borrow(x)
	if !x.options.NoSpelling {
		s.repair(x, r)
	}
	r.Asked = x.asking.kinds(s.surfaces)
	s.kinds, s.asked = r.Asked, r.Asked&answerable
	s.fillSlots(x, r)
	s.understand(x)
	for i := range s.words {
		if w := &s.words[i]; w.kind == lang.Word && w.term != none {
			r.own++
		}
		r.Stems = append(r.Stems, s.words[i].Stem)
	}
	for i := range s.meant {
		r.Concepts = append(r.Concepts, x.concepts.known.Concept(s.meant[i].id).Name)
	}
	s.weighStops()
	s.mentions(x, r)
	s.literals(x, q, r)
}

func (s *scratch) tokenise(x *side, text string) {
	for t, ok := lang.Next(text, 0); ok && len(s.words) < maxWords; t, ok = lang.Next(text, t.End) {
		if t.Kind == lang.Punct {
			continue
		}
		w := questionWord{start: t.Start, end: t.End, kind: t.Kind, from: len(s.folded), slot: -1}
		s.folded = appendKey(s.folded, t)
		w.to = len(s.folded)
		w.meaning = x.words.find(w.in(s.folded), t.Kind, &s.memory)
		if !w.stop && !x.stated(w.surface) {
			s.spellOut(x, &w)
		}
		s.words = append(s.words, w)
		s.surfaces = append(s.surfaces, w.surface)
	}
}

// spellOut reads a word that no fact states as the one that people mean by it in haste, even where a phrasing has it, too.
func (s *scratch) spellOut(x *side, w *questionWord) {
	meant, ok := x.chat[string(w.in(s.folded))]
	if !ok {
		return
	}
	w.from = len(s.folded)
	s.folded = append(s.folded, meant...)
	w.to = len(s.folded)
	w.meaning = x.words.find(w.in(s.folded), w.kind, &s.memory)
}

// repair replaces words that neither a fact nor a concept knows, in either language, by the known ones that they were meant to be.
func (s *scratch) repair(x *side, r *Result) {
	for i := range s.words {
		w := &s.words[i]
		if w.stop || w.term != none || w.kind != lang.Word || len(r.Repairs) == maxRepairs || w.loan != none {
			continue
		}
		if s.means(x, w) {
			continue
		}
		surface, distance, ok := x.spelling().repair(w.in(s.folded), x.words)
		if !ok {
			continue
		}
		w.surface, w.term = surface, x.words.term[surface]
		w.Word = thesaurus.Word{Folded: x.words.words[surface], Stem: x.words.stem[surface]}
		r.Repairs = append(r.Repairs, Repair{Start: w.start, End: w.end, To: x.words.words[surface], Distance: distance})
	}
}

// fillSlots collects the distinct words. Unknown ones count as the rarest there can be.
func (s *scratch) fillSlots(x *side, r *Result) {
	repairs := r.Repairs
	for i := range s.words {
		w := &s.words[i]
		credit := 1.0
		if len(repairs) > 0 && repairs[0].Start == w.start {
			credit, repairs = x.weights.Repair, repairs[1:]
		}
		if w.stop {
			credit = x.weights.StopWord
		}
		s.fillSlot(x, w, credit)
		if w.slot >= 0 && !w.stop {
			r.Words = append(r.Words, Word{Start: w.start, End: w.end, IDF: s.slots[w.slot].idf, Known: w.loan != none || x.known(w.term)})
		}
	}
}

// weighStops lets stop words speak where a question has nothing else: "who is he" may be somebody's phrasing.
func (s *scratch) weighStops() {
	if s.content != 0 {
		return
	}
	for i := range s.slots {
		s.most += s.slots[i].idf
	}
}

func (s *scratch) fillSlot(x *side, w *questionWord, credit float64) {
	if w.term != none && s.slotOf[w.term] != 0 {
		w.slot = int8(s.slotOf[w.term] - 1)
		return
	}
	if w.stop && w.term == none || len(s.slots) == maxSlots {
		return
	}
	w.slot = int8(len(s.slots))
	sl := slot{term: w.term, surface: w.surface, loan: w.loan, credit: credit, idf: x.idf(0)}
	if w.term != none {
		sl.idf, _ = x.rarity(w.term)
		s.slotOf[w.term] = uint8(w.slot) + 1
	}
	if w.loan != none {
		sl.idf, _ = x.other.rarity(w.loan)
	}
	if !w.stop {
		s.content |= 1 << w.slot
		s.most += sl.idf
	}
	s.slots = append(s.slots, sl)
}

// stated reports whether a text or a name has a word.
func (x *side) stated(surface uint32) bool {
	return surface != none && int(surface) < len(x.words.stated) && x.words.stated[surface]
}

// known reports whether any fact has the term.
func (x *side) known(term uint32) bool {
	if term == none {
		return false
	}
	_, facts := x.rarity(term)
	return facts > 0
}

// mentions recognises the entities that the question names.
func (s *scratch) mentions(x *side, r *Result) {
	for i := 0; i < len(s.words); {
		names, length := x.aliases.at(s.words[i:])
		for _, name := range names {
			e := &x.base.Entities[name.entity]
			term := x.aliases.evidence[name.entity]
			weight, facts := x.rarity(term)
			if facts > 0 {
				s.wants = append(s.wants, wanted{term: term, idf: weight, entity: name.entity})
			}
			r.Mentions = append(r.Mentions, Mention{Start: s.words[i].start, End: s.words[i+length-1].end, Entity: e, IDF: weight})
		}
		i += max(1, length)
	}
}

// literals reads the dates and numbers of the question, if a word of it ever stands in one.
func (s *scratch) literals(x *side, q Query, r *Result) {
	for i := range s.words {
		w := &s.words[i]
		if w.kind == lang.Number || w.surface != none && x.literalish[w.surface] {
			r.Literals = s.literalReader.Append(r.Literals, q.Text, x.lang)
			break
		}
	}
	for i := range r.Literals {
		key := wantedKey(&r.Literals[i])
		term, ok := x.words.stems[key]
		if !ok {
			s.wants = append(s.wants, wanted{term: none, idf: x.idf(0), entity: -1})
			continue
		}
		rare, _ := x.rarity(term)
		s.wants = append(s.wants, wanted{term: term, idf: rare, entity: -1})
	}
}
