package search

import (
	"math"
	"math/bits"
)

// measure takes the score of stage 1 apart and adds what text and phrasings score on their own.
func (s *scratch) measure(x *side, c *candidate) {
	w, f := x.weights, &c.features
	field, pool, soft := x.fieldOf(c.doc), 0.0, 0.0
	s.weighMeant(field, c.doc)
	for i := range s.slots {
		sl := &s.slots[i]
		impact := float64(x.impact(sl, c.doc)) / 255
		if impact > 0 {
			pool += sl.idf * sl.credit * impact
			f.Likelihood += x.likely(impact, sl.idf) * sl.credit
			c.anywhere |= 1 << i
		}
		if s.content&(1<<i) != 0 {
			soft += max(sl.soft*impact, sl.meant*w.ByConcept*s.meantImpact[i])
		}
		if s.meantImpact[i] > 0 {
			c.met |= 1 << i
		}
	}
	f.SoftPool = share(soft, s.mostSoft)
	f.Likelihood /= max(1, s.most)
	for i := range s.meant {
		if impact := float64(field.find(uint32(s.meant[i].id), c.doc)) / 255; impact > 0 {
			f.SoftLikely += x.likely(impact, s.meant[i].idf) / max(1, s.most)
		}
	}
	if len(s.beyondDocs) > 0 && int(c.doc) < x.facts {
		a := share(float64(s.beyond[c.doc].associated), s.most)
		f.Association = a / (1 + a/w.Saturation)
	}
	f.Pool = share(pool, s.most)
	s.measureText(x, c)
	s.measureAsks(x, c)
	f.Profile = x.usual.compare(&x.profiles[c.doc], s.kinds)
	c.first = w.Pool*f.Pool + w.Text*f.Text + w.Ask*f.Ask + w.AskSecond*f.AskSecond + w.Association*f.Association +
		w.SoftPool*f.SoftPool + w.SoftText*f.SoftText + w.SoftAsk*f.SoftAsk + w.SoftAskSecond*f.SoftAskSecond +
		w.SoftFocus*f.SoftFocus + w.Profile*f.Profile + w.Likelihood*f.Likelihood + w.SoftLikely*f.SoftLikely + w.Corrected*f.Corrects + w.Class*f.Class
	for _, e := range s.wants {
		if e.term != none && field.find(e.term, c.doc) > 0 {
			c.first += w.worth(e) * e.idf / max(1, s.most)
		}
	}
	f.Score = c.first
}

// measureText computes BM25F of text and headings, raw and as a share of the most that the question could reach.
func (s *scratch) measureText(x *side, c *candidate) {
	var tf [maxSlots]float64
	words := x.texts.at(c.doc)
	s.tally(x, words, x.textWords.norm(len(words)), &tf)
	for _, e := range x.facets[c.doc].entities {
		s.tallyTerms(x.aliases.terms[e], x.weights.Heading, &tf)
	}
	s.tallyTerms(x.topic[c.doc], x.weights.Topic, &tf)
	for i := range s.slots {
		if tf[i] > 0 && s.content&(1<<i) != 0 {
			c.features.Raw += s.slots[i].idf * s.slots[i].credit * tf[i] / (tf[i] + x.textWords.k1)
		}
	}
	c.features.Text = share(c.features.Raw, s.most)
	if s.mostSoft > 0 {
		exact := uint64(0)
		for i := range s.slots {
			if tf[i] > 0 {
				exact |= 1 << i
			}
		}
		m := s.senseOf(x, x.concepts.texts.at(c.doc), x.concepts.masses[c.doc])
		c.features.SoftText = s.softly(x.weights, exact, m)
	}
}

// likely returns the logarithm of how much likelier a fact says a word than facts do on average.
func (x *side) likely(impact, idf float64) float64 {
	u := min(impact, 0.99)
	return math.Log1p(x.weights.Likely * u / (1 - u) * math.Exp(idf))
}

// weighMeant computes by slot how much a document has of what the word means.
func (s *scratch) weighMeant(field *postings, doc uint32) {
	clear(s.meantImpact[:len(s.slots)])
	for i := range s.meant {
		impact := float64(field.find(uint32(s.meant[i].id), doc)) / 255
		if impact == 0 {
			continue
		}
		for set := s.conceptSlots[s.meant[i].id]; set != 0; set &= set - 1 {
			n := bits.TrailingZeros64(set)
			s.meantImpact[n] = max(s.meantImpact[n], impact)
		}
	}
}

// tally counts the question's words in a text.
func (s *scratch) tally(x *side, words []uint32, weight float64, tf *[maxSlots]float64) {
	for _, w := range words {
		if t := x.words.term[w]; s.slotOf[t] != 0 {
			tf[s.slotOf[t]-1] += weight
		}
	}
}

func (s *scratch) tallyTerms(terms []uint32, weight float64, tf *[maxSlots]float64) {
	for _, t := range terms {
		if s.slotOf[t] != 0 {
			tf[s.slotOf[t]-1] += weight
		}
	}
}

func share(part, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, part/whole)
}

// measureAsks scores every phrasing of a candidate as a short document.
func (s *scratch) measureAsks(x *side, c *candidate) {
	f, w := &c.features, x.weights
	f.Phrasing = -1
	from, to := x.firstAsk[c.doc], x.firstAsk[c.doc+1]
	for p := from; p < to; p++ {
		score, focus, seen := s.scorePhrasing(x, p)
		fit := s.fit(x, p, focus)
		score = share(score, s.most) * fit
		if s.mostSoft > 0 {
			m := s.senseOf(x, x.concepts.phrasings.at(p), x.concepts.mass[p])
			cover := s.softly(w, seen, m)
			c.cover = max(c.cover, cover)
			soft := cover * s.fit(x, p, max(focus, w.ByConcept*m.focus))
			if soft > f.SoftAsk {
				f.SoftAsk, f.SoftAskSecond, f.SoftFocus = soft, f.SoftAsk, m.focus
			} else {
				f.SoftAskSecond = max(f.SoftAskSecond, soft)
			}
		}
		if x.isCorrect[p] {
			f.Corrects = max(f.Corrects, score)
			score *= w.Corrects
		}
		if score > f.Ask {
			f.Ask, f.AskSecond = score, f.Ask
			f.Phrasing, c.phrasing, c.fit = int(p-from), p, fit
			continue
		}
		f.AskSecond = max(f.AskSecond, score)
	}
}

// fit returns how much a phrasing counts that says more than the question or asks for another kind of thing. A
// misstatement asks for nothing, so it fits claims and yes-or-no questions best.
func (s *scratch) fit(x *side, p uint32, focus float64) float64 {
	loss, asks := x.weights.AskFocus, x.asks[p]
	if x.isCorrect[p] {
		loss, asks = x.weights.CorrectsFocus, AskedYesNo
	}
	fit := 1 - loss + loss*focus
	if asks != 0 && s.asked != 0 && asks&s.asked == 0 {
		fit *= 1 - x.weights.AskMismatch
	}
	return fit
}

// scorePhrasing returns the BM25 score of a phrasing, in which a word counts once, and which share of the phrasing's own
// idf mass the question has: a question that lacks what a phrasing is about does not ask it.
func (s *scratch) scorePhrasing(x *side, p uint32) (score, focus float64, seen uint64) {
	words := x.phrasings.at(p)
	content := 0.0
	for _, w := range words {
		t := x.words.term[w]
		if s.slotOf[t] == 0 {
			continue
		}
		i := s.slotOf[t] - 1
		if seen&(1<<i) != 0 {
			continue
		}
		seen |= 1 << i
		worth := s.slots[i].idf * s.slots[i].credit
		score += worth
		if s.content&(1<<i) != 0 {
			content += worth
		}
	}
	if seen == 0 {
		return 0, 0, 0
	}
	norm := x.askWords.norm(len(words))
	return score * norm / (norm + x.askWords.k1), share(content, float64(x.mass[p])), seen
}
