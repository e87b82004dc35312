package literal

// yearTail reads the year after a month or day: ", 2025", "de 2025", "del año 2025", "2025", "'25". It returns 0 and i for none.
func (p *parser) yearTail(i int, glue bool) (year, next int) {
	j := i
	switch {
	case p.punct(j, ','):
		j++
	case p.isAny(j, "de", "del", "of"):
		j++
		if p.is(j, "el") {
			j++
		}
		if p.isAny(j, "ano", "year") {
			j++
		}
	}
	if (p.punct(j, '\'') || p.punct(j, '’')) && p.glued(j+1) && p.digitsAt(j+1) && p.length(j+1) == 2 {
		return century(p.small(j + 1)), j + 2
	}
	if p.digitsAt(j) {
		y := p.small(j)
		switch {
		case p.length(j) == 2 && glue && !p.code(j):
			return century(y), j + 1
		case p.length(j) != 4 || y < 1000 || y > 2999 || !p.yearEnds(j+1):
			return 0, i
		}
		return y, j + 1
	}
	return p.yearInWords(i, j)
}

// yearInWords reads "de dos mil veinticinco" and "twenty twenty-five".
func (p *parser) yearInWords(i, j int) (year, next int) {
	n, ok := p.words(j)
	if !ok {
		return 0, i
	}
	v, _ := n.value.Int64()
	if !p.v.spanish && v >= 18 && v <= 20 {
		rest, ok := p.words(n.next)
		if r, _ := rest.value.Int64(); ok && r >= 10 && r <= 99 {
			v, n.next = v*100+r, rest.next
		}
	}
	if v < 1800 || v > 2100 || p.counted(n.next) {
		return 0, i
	}
	return int(v), n.next
}
