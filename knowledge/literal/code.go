package literal

import "enlace/knowledge"

// Span is a run of bytes of a text.
type Span struct{ Start, End int }

// Codes returns the runs of a text that hold digits and are no literal: file numbers, names such as Covid-19 or F1, phone
// numbers, addresses. They are in order and do not overlap; where a text must not change they are compared letter by letter.
func Codes(text string, l knowledge.Lang) []Span {
	v := vocabularyOf(l)
	p := parser{text: text, v: v, toks: scan(nil, text, v)}
	literals := Parse(text, l)
	var spans []Span
	for i := 0; i < len(p.toks); i++ {
		t := &p.toks[i]
		for len(literals) > 0 && literals[0].End <= t.start {
			literals = literals[1:]
		}
		if t.kind != digitsToken || len(literals) > 0 && literals[0].Start <= t.start {
			continue
		}
		last := i
		for last+1 < len(p.toks) && p.joined(last+1) && (len(literals) == 0 || p.toks[last+1].end <= literals[0].Start) {
			last++
		}
		for i > 0 && p.joined(i) && p.joinable(i-1) && !covered(spans, p.toks[i-1].start) {
			i--
		}
		spans = append(spans, Span{p.toks[i].start, p.trimmed(i, last)})
		i = last
	}
	return spans
}

func covered(spans []Span, at int) bool { return len(spans) > 0 && at < spans[len(spans)-1].End }

// trimmed is the end of the tokens from first to last without signs at their end.
func (p *parser) trimmed(first, last int) int {
	for last > first && p.toks[last].kind == punctToken {
		last--
	}
	return p.toks[last].end
}

// joinable reports whether a token may be part of a code.
func (p *parser) joinable(i int) bool {
	t := &p.toks[i]
	if t.kind != punctToken {
		return true
	}
	switch t.char {
	case '-', '‑', '/', '_', '.', ':', '#', '@', '&', '=', '+':
		return true
	}
	return false
}

func (p *parser) joined(i int) bool { return p.glued(i) && p.joinable(i) }

// clusterEnd returns the token after the run without spaces that begins at i. Digits that no reader takes are skipped with
// everything that they are glued to, so that no part of a file number is read as a number.
func (p *parser) clusterEnd(i int) int {
	i++
	for i < len(p.toks) && p.joined(i) {
		i++
	}
	return i
}

// code reports whether the digits at i are part of a name: glued to letters in a way in which no value is written.
func (p *parser) code(i int) bool {
	if !p.digitsAt(i) {
		return false
	}
	if p.glued(i) && p.codeBefore(i-1) || p.glued(i+1) && p.codeAfter(i+1) {
		return true
	}
	zero := p.length(i) > 2 && p.text[p.toks[i].start] == '0' && !p.punct(i+1, '.') && !p.punct(i+1, ',')
	return zero || p.is(i-1, "ecu") || p.zip(i)
}

// codeBefore looks at the token that touches the digits from the left.
func (p *parser) codeBefore(i int) bool {
	t := &p.toks[i]
	switch {
	case t.kind == wordToken:
		return t.word == nil || t.word.currency == "" && t.word.label == ""
	case p.hyphen(i) && p.glued(i) && p.wordAt(i-1):
		w := p.word(i - 1)
		named := w.is(isPrefix) || w != nil && (w.month > 0 || w.weekday > 0 || w.is(isCardinal))
		return !named
	case p.punct(i, '/') || p.punct(i, '_') || p.punct(i, '@') || p.punct(i, '='):
		return p.glued(i)
	case p.punct(i, '.'):
		return p.glued(i) && !p.labelled(i-1)
	}
	return false
}

func (p *parser) labelled(i int) bool {
	w := p.word(i)
	return w != nil && (w.label != "" || w.is(isLabelLink) || w.name == "approx" || w.name == "aprox" || w.name == "p")
}

// codeAfter looks at the token that touches the digits from the right.
func (p *parser) codeAfter(i int) bool {
	t := &p.toks[i]
	switch {
	case t.kind == wordToken:
		w := t.word
		if w == nil || !w.is(isSuffix) && w.month == 0 && w.currency == "" && w.unit == "" && w.power == 0 {
			return true
		}
		if c := p.source(i); len(c) == 1 && p.toks[i].capital && c != "M" && c != "K" && c != "H" {
			return true // 5G
		}
		return p.glued(i+1) && p.digitsAt(i+1) && w.name != "h" && w.month == 0
	case p.hyphen(i) && p.tight(i):
		return p.wordAt(i+1) && !p.is(i+1, "s") && (p.toks[i+1].allCaps || p.length(i+1) == 1)
	case p.punct(i, '_') || p.punct(i, '@'):
		return p.glued(i + 1)
	}
	return false
}

// zip reports whether five digits follow the two capitals of a state: "NY 11201", "D.C. 20528".
func (p *parser) zip(i int) bool {
	if p.length(i) != 5 || p.v.spanish {
		return false
	}
	if p.wordAt(i-1) && p.toks[i-1].allCaps && p.length(i-1) == 2 {
		return true
	}
	return p.punct(i-1, '.') && p.glued(i-1) && p.wordAt(i-2) && p.length(i-2) == 1 && p.toks[i-2].capital && p.punct(i-3, '.')
}

// streetEnd returns the token after the number of an address, and after the month of a street that is named after a day.
func (p *parser) streetEnd(i int) int {
	if w := p.word(i + 2); p.is(i+1, "de") && w != nil && w.month > 0 {
		return i + 3
	}
	return p.clusterEnd(i)
}

// street reports whether the value at i belongs to an address: "1600 Pennsylvania Avenue", "Avenida 6 de Diciembre".
func (p *parser) street(i int) bool {
	if p.v.spanish {
		if p.punct(i-1, '.') {
			i--
		}
		return p.word(i-1).is(isStreet) || p.is(i-1, "de") && p.word(i-2).is(isStreet)
	}
	if !p.digitsAt(i) && !(p.word(i) != nil && p.word(i).ordinal > 0) {
		return p.is(i-1, "suite")
	}
	for j := i + 1; j <= i+4; j++ {
		if !p.wordAt(j) || !p.toks[j].capital && !p.word(j).is(isSuffixed) {
			return false
		}
		if p.word(j).is(isStreet) && p.toks[j].capital {
			return true
		}
	}
	return false
}
