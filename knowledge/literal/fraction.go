package literal

// fraction reads "two thirds", "a quarter of", "half of", "dos tercios", "la mitad", "tres cuartas partes", "2/3 of".
func (p *parser) fraction(i int) (int, bool) {
	num, den, next := p.sharedHalf(i)
	if next == i {
		num, den, next = p.shareInDigits(i)
	}
	if next == i {
		num, den, next = p.shareInWords(i)
	}
	if next == i {
		return i, false
	}
	p.emit(Literal{Kind: Fraction, Value: NewDecimal(num, 0), ValueEnd: NewDecimal(den, 0)}, i, next)
	return next, true
}

// sharedHalf reads "half of", "half the", "one half" and "la mitad"; "half" alone is a part of other words.
func (p *parser) sharedHalf(i int) (num, den int64, next int) {
	switch {
	case p.is(i, "half") && p.isAny(i+1, "of", "the"):
		return 1, 2, i + 1
	case p.isAny(i, "one", "a") && p.is(p.skipHyphen(i+1), "half") && (p.is(i, "one") || p.is(i+2, "of")):
		return 1, 2, p.skipHyphen(i+1) + 1
	case p.is(i, "mitad") && !p.is(i-1, "en"):
		return 1, 2, i + 1
	}
	return 0, 0, i
}

// shareInDigits reads "2/3" before "of", which tells it from a date.
func (p *parser) shareInDigits(i int) (num, den int64, next int) {
	if !p.punct(i+1, '/') || !p.tight(i+1) || p.punct(i+3, '/') || !p.isAny(i+3, "of", "de") || p.v.spanish && !p.isAny(i+4, "los", "las", "la") {
		return 0, 0, i
	}
	num, den = int64(p.small(i)), int64(p.small(i+2))
	if num < 1 || den < 2 || num >= den || den > 10 {
		return 0, 0, i
	}
	return num, den, i + 3
}

// shareInWords reads "two-thirds", "one third", "un tercio", "la cuarta parte".
func (p *parser) shareInWords(i int) (num, den int64, next int) {
	if w := p.word(i); p.v.spanish && w != nil && w.ordinal > 2 && p.is(i+1, "parte") {
		return 1, w.ordinal, i + 2
	}
	j, num := i+1, int64(0)
	switch w := p.word(i); {
	case w == nil:
		return 0, 0, i
	case w.is(isCardinal) && w.cardinal > 0 && w.cardinal < 20:
		num = w.cardinal
	case p.is(i, "a"):
		num = 1
	default:
		return 0, 0, i
	}
	hyphen := p.skipHyphen(j) > j
	j = p.skipHyphen(j)
	d := p.word(j)
	if d == nil {
		return 0, 0, i
	}
	if p.v.spanish && d.ordinal > 2 && p.isAny(j+1, "parte", "partes") {
		return num, d.ordinal, j + 2
	}
	if d.denom < 3 || d.plural != (num > 1) || p.is(i, "a") && !p.is(j+1, "of") {
		return 0, 0, i
	}
	if num == 1 && !p.is(i, "a") && !p.shareOfOne(j, hyphen) {
		return 0, 0, i
	}
	return num, d.denom, j + 1
}

// shareOfOne tells "one third of", "un tercio" from "one third party", "un cuarto intento".
func (p *parser) shareOfOne(i int, hyphen bool) bool {
	return hyphen || p.is(i, "tercio") || p.isAny(i+1, "of", "de") || p.open(i+1)
}
