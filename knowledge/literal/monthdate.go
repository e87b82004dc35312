package literal

import "enlace/knowledge"

// dayFirst reads "31 de julio de 2025", "31 July 2025", "the 31st of July", "5 y 6 de noviembre", "31-jul-2025".
func (p *parser) dayFirst(i int, c context) (int, bool) {
	var d days
	if !p.days(&d, i, c.between) {
		return i, false
	}
	j := d.next
	glue := (p.hyphen(j) || p.punct(j, '/')) && p.tight(j)
	if glue || p.isAny(j, "de", "of") {
		j++
	}
	m, j := p.monthAt(j, true)
	if m == 0 {
		return i, false
	}
	if glue && (p.hyphen(j) || p.punct(j, '/')) && p.tight(j) && p.digitsAt(j+1) {
		j++
	}
	y, next := p.yearTail(j, glue)
	if y == 0 && p.looseMonth(next-1, i, d.next) {
		return i, false
	}
	return p.emitDays(&d, m, y, -1, next)
}

// looseMonth reports whether "17 may be", "5 march on" are no dates.
func (p *parser) looseMonth(month, first, dayEnd int) bool {
	return !p.v.spanish && p.word(month).is(isMonthLike) && !p.toks[month].capital && dayEnd == first+1 &&
		p.wordAt(month+1) && p.word(month).name != "june" && p.word(month).name != "april"
}

// monthFirst reads "July 31, 2025", "July 16, 17 and 18", "December 7–8, 2022", "julio 31 de 2025", "July 2025" and "July".
func (p *parser) monthFirst(i int, c context) (int, bool) {
	m, j := p.monthAt(i, false)
	if m == 0 {
		return i, false
	}
	glue := (p.hyphen(j) || p.punct(j, '/')) && p.tight(j) && p.digitsAt(j+1)
	if glue {
		j++
	}
	k := j
	if p.is(k, "the") {
		k++
	}
	var d days
	if p.daysAfterMonth(&d, k, c.between) {
		y, next := p.yearTail(d.next, glue)
		if next2, ok := p.emitDays(&d, m, y, i, next); ok {
			return next2, true
		}
	}
	y, next := p.yearTail(j, glue)
	if y == 0 && (glue || !p.monthAlone(i)) {
		return i, false
	}
	p.emit(Literal{Kind: Date, Date: dateOf(y, m, 0)}, i, next)
	return next, true
}

// emitDays appends the days of a month. from is the month's token where it stands before the days, else -1.
func (p *parser) emitDays(d *days, m, y, from, next int) (int, bool) {
	for k := range d.n {
		if !valid(dateOf(y, m, d.day[k])) {
			return 0, false
		}
	}
	first := d.first[0]
	if from >= 0 {
		first = from
	}
	if d.rng {
		p.emit(Literal{Kind: Date, Date: dateOf(y, m, d.day[0]), DateEnd: dateOf(y, m, d.day[1]), Range: true}, first, next)
		return next, true
	}
	for k := range d.n {
		last := d.last[k]
		if k == d.n-1 {
			last = next
		}
		if k > 0 {
			first = d.first[k]
		}
		p.emit(Literal{Kind: Date, Date: dateOf(y, m, d.day[k])}, first, last)
	}
	return next, true
}

// monthAt reads a month's name at i. Abbreviations need a number beside them: after them unless before is set.
func (p *parser) monthAt(i int, before bool) (month, next int) {
	w := p.word(i)
	if w == nil || w.month == 0 {
		return 0, i
	}
	j := i + 1
	if !w.monthAbbr {
		return w.month, j
	}
	if p.punct(j, '.') && p.glued(j) {
		j++
	}
	k := j
	if p.isAny(k, "de", "del") || p.hyphen(k) || p.punct(k, '/') {
		k++
	}
	if !before && !p.digitsAt(k) {
		return 0, i
	}
	return w.month, j
}

// monthAlone reports whether a month without a number is meant as one: "until April", but not "may be", "Julio César".
func (p *parser) monthAlone(i int) bool {
	w, t := p.word(i), &p.toks[i]
	prep := p.word(i - 1).is(isMonthPrep)
	named := p.wordAt(i-1) && p.toks[i-1].capital && p.word(i-1) == nil || p.wordAt(i+1) && p.toks[i+1].capital && p.word(i+1) == nil
	switch {
	case w.monthAbbr:
		return false
	case p.v.spanish:
		return prep || !t.capital
	case !w.is(isMonthLike):
		return true
	case prep && !t.capital:
		return !p.is(i-1, "to") || w.name != "march" && w.name != "may"
	case prep:
		return true
	case t.capital:
		return !named && !p.sentenceStart(i)
	}
	return w.name == "june" || w.name == "april"
}

// full reports whether a date is a whole day.
func full(d knowledge.Date) bool { return d.Year != 0 && d.Day != 0 }
