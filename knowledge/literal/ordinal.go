package literal

// ordinal reads "first", "21st", "thirty-second", "primera", "21.º", and centuries: "19th century", "siglo XIX".
func (p *parser) ordinal(i int) (int, bool) {
	if p.is(i, "siglo") {
		return p.romanCentury(i)
	}
	value, next := p.ordinalDigits(i)
	if next == i {
		value, next = p.ordinalWords(i)
	}
	if next == i {
		return i, false
	}
	x := Literal{Kind: Ordinal, Value: NewDecimal(value, 0)}
	if w := p.word(p.skipHyphen(next)); w != nil && w.unit == "century" {
		x.Unit = "century"
		next = p.skipHyphen(next) + 1
	}
	p.emit(x, i, next)
	return next, true
}

// ordinalDigits reads "21st", "1.º", "3er".
func (p *parser) ordinalDigits(i int) (int64, int) {
	if !p.digitsAt(i) || p.length(i) > 4 {
		return 0, i
	}
	j := i + 1
	if p.punct(j, '.') && p.glued(j) && (p.punct(j+1, 'º') || p.punct(j+1, 'ª') || p.punct(j+1, '°')) {
		j++
	}
	switch {
	case !p.glued(j):
		return 0, i
	case p.word(j).is(isSuffixed), p.punct(j, 'º'), p.punct(j, 'ª'), p.punct(j, '°') && p.v.spanish:
		return int64(p.small(i)), j + 1
	}
	return 0, i
}

func (p *parser) ordinalWords(i int) (int64, int) {
	w := p.word(i)
	if w == nil {
		return 0, i
	}
	if w.ordinal > 0 {
		if p.timeNotRank(i) {
			return 0, i
		}
		return p.compoundSpanish(i, w)
	}
	n, ok := p.wordsBeforeOrdinal(i)
	if !ok {
		return 0, i
	}
	return n, i + 3
}

// compoundSpanish adds the ones to the tens: "vigésimo primero".
func (p *parser) compoundSpanish(i int, w *word) (int64, int) {
	if ones := p.word(i + 1); p.v.spanish && w.ordinal >= 20 && w.ordinal < 100 && ones != nil && ones.ordinal > 0 && ones.ordinal < 10 {
		return w.ordinal + ones.ordinal, i + 2
	}
	return w.ordinal, i + 1
}

// wordsBeforeOrdinal reads the English "thirty-second", with its hyphen: "thirty second" is half a minute.
func (p *parser) wordsBeforeOrdinal(i int) (int64, bool) {
	tens, ones := p.word(i), p.word(i+2)
	if p.v.spanish || !tens.is(isCardinal) || tens.cardinal < 20 || tens.cardinal > 90 || ones == nil || ones.ordinal < 1 || ones.ordinal > 9 {
		return 0, false
	}
	return tens.cardinal + ones.ordinal, p.skipHyphen(i+1) == i+2
}

// timeNotRank reports whether "second" or "segundo" at i is a length of time, or "first" part of an idiom.
func (p *parser) timeNotRank(i int) bool {
	switch {
	case p.is(i, "second"):
		return p.isAny(i-1, "per", "split") || p.isAny(i-1, "a", "one", "every", "each") && (p.isAny(i+1, "later", "ago", "before", "after") || p.sentenceEnd(i+1))
	case p.is(i, "segundo"):
		return p.is(i-1, "por") && !p.toks[i].capital || p.is(i-1, "cada")
	case p.is(i, "segundos"):
		return p.digitsAt(i-1) || p.word(i-1).is(isCardinal)
	case p.is(i, "first"):
		return p.is(i-1, "at") && p.open(i+1)
	case p.is(i, "cuarto"):
		return p.is(i+1, "de") && p.word(i+2) == nil // cuarto de baño
	}
	return false
}

// romanCentury reads "siglo XIX".
func (p *parser) romanCentury(i int) (int, bool) {
	if !p.wordAt(i + 1) {
		return i, false
	}
	n := roman(p.source(i + 1))
	if n == 0 {
		return i, false
	}
	p.emit(Literal{Kind: Ordinal, Value: NewDecimal(n, 0), Unit: "century"}, i, i+2)
	return i + 2, true
}

// roman returns the value of a Roman numeral up to 39 in either case, or 0.
func roman(s string) int64 {
	if len(s) > 6 {
		return 0
	}
	var total, last int64
	for i := len(s) - 1; i >= 0; i-- {
		var v int64
		switch s[i] | 0x20 {
		case 'i':
			v = 1
		case 'v':
			v = 5
		case 'x':
			v = 10
		default:
			return 0
		}
		if v < last {
			total -= v
		} else {
			total, last = total+v, v
		}
	}
	return total
}
