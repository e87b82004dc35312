package literal

// decade reads "1990s", "'90s", "nineties", "años noventa", "años 90", "década de 1990", "década de los noventa".
func (p *parser) decade(i int) (int, bool) {
	year, next := 0, i
	if p.v.spanish {
		year, next = p.spanishDecade(i)
	} else {
		year, next = p.englishDecade(i)
	}
	if next == i {
		return i, false
	}
	p.emit(Literal{Kind: Decade, Date: dateOf(year, 0, 0), Value: NewDecimal(int64(year), 0)}, i, next)
	return next, true
}

func (p *parser) englishDecade(i int) (year, next int) {
	j := i
	if p.punct(j, '\'') || p.punct(j, '’') || p.punct(j, '‘') {
		j++
	}
	if w := p.word(j); w != nil && w.decade > 0 && j == i {
		return 1900 + int(w.decade), j + 1
	}
	y := p.small(j)
	if y < 0 || y%10 != 0 || j > i && !p.glued(j) {
		return 0, i
	}
	k := j + 1
	if p.punct(k, '\'') && p.is(i-1, "the") {
		k++
	}
	if !p.is(k, "s") || !p.glued(k) || !p.glued(j+1) {
		return 0, i
	}
	return wholeDecade(y, p.length(j), k+1, i)
}

// wholeDecade completes a decade of two digits: 20s to 90s are of the last century.
func wholeDecade(y, digits, next, none int) (year, after int) {
	switch {
	case digits == 4 && y >= 1000 && y < 3000:
		return y, next
	case digits == 2 && y >= 20:
		return 1900 + y, next
	}
	return 0, none
}

func (p *parser) spanishDecade(i int) (year, next int) {
	j := i + 1
	switch {
	case p.is(i, "decada"):
		for p.isAny(j, "de", "del", "los", "anos") {
			j++
		}
		if j == i+1 {
			return 0, i
		}
	case p.is(i, "anos"):
	default:
		return 0, i
	}
	if w := p.word(j); w != nil && w.decade > 0 && !p.is(j+1, "y") {
		return 1900 + int(w.decade), j + 1
	}
	y := p.small(j)
	if y < 0 || y%10 != 0 || p.code(j) {
		return 0, i
	}
	return wholeDecade(y, p.length(j), j+1, i)
}
