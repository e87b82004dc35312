package literal

import "enlace/knowledge"

// numericDate reads dates in digits: 2025-07-31, 2025-07, 31/07/2025, 7/31/25, 7/31, 31.07.2025, 07/2025. With slashes the
// month stands first in English and the day in Spanish, unless only the other order exists. 9/11 in English and 11-S in
// Spanish are September 11, 2001; 24/7 is no date.
func (p *parser) numericDate(i int) (int, bool) {
	if !p.digitsAt(i) || p.length(i) > 4 {
		return i, false
	}
	if next, ok := p.september11(i); ok {
		return next, true
	}
	if _, _, next := p.shareInDigits(i); next > i {
		return i, false
	}
	sep := i + 1
	if !p.tight(sep) || !p.digitsAt(sep+1) || !p.hyphen(sep) && !p.punct(sep, '/') && !p.punct(sep, '.') {
		return i, false
	}
	part := [3]int{p.small(i), p.small(i + 2), -1}
	next := i + 3
	if p.inside(sep+2) && p.toks[sep+2].char == p.toks[sep].char && p.tight(sep+2) && p.digitsAt(i+4) {
		part[2], next = p.small(i+4), i+5
	}
	if part[1] < 0 || next == i+5 && part[2] < 0 || !p.dateEnds(next) {
		return i, false
	}
	d, ok := p.arrange(i, part)
	if !ok || !valid(d) {
		return i, false
	}
	p.emit(Literal{Kind: Date, Date: d}, i, next)
	return next, true
}

// dateEnds reports whether digits before i are complete; a time may follow after T.
func (p *parser) dateEnds(i int) bool {
	if p.glued(i) && p.wordAt(i) {
		return p.is(i, "t") || p.text[p.toks[i].start] == 'T' && p.length(i) == 1
	}
	return !(p.tight(i) && (p.digitsAt(i+1) || p.wordAt(i+1)) && (p.hyphen(i) || p.punct(i, '/') || p.punct(i, '.'))) && !p.punct(i, '%')
}

// arrange decides which of the numbers is the day, the month and the year. part[2] is -1 where there are two.
func (p *parser) arrange(i int, part [3]int) (knowledge.Date, bool) {
	long := [3]bool{p.length(i) == 4, p.length(i+2) == 4, part[2] >= 0 && p.length(i+4) == 4}
	sep := p.toks[i+1].char
	switch {
	case part[2] < 0 && long[0]:
		return dateOf(part[0], part[1], 0), sep != '.' && p.length(i+2) == 2 && yearish(part[0])
	case part[2] < 0 && long[1]:
		return dateOf(part[1], part[0], 0), sep == '/' && yearish(part[1])
	case part[2] < 0:
		d, ok := p.dayMonth(0, part[0], part[1])
		return d, ok && sep == '/' && !(part[0] == 24 && part[1] == 7)
	case long[0]:
		return dateOf(part[0], part[1], part[2]), yearish(part[0]) && part[1] > 0 && part[2] > 0
	case long[2]:
		d, ok := p.dayMonth(part[2], part[0], part[1])
		return d, ok && yearish(part[2]) && !long[1]
	}
	d, ok := p.dayMonth(century(part[2]), part[0], part[1])
	return d, ok && sep == '/' && p.length(i+4) == 2
}

func yearish(y int) bool { return y >= 1000 && y < 3000 }

// dayMonth orders two numbers by the custom of the language.
func (p *parser) dayMonth(y, a, b int) (knowledge.Date, bool) {
	month, day := a, b
	if p.v.spanish {
		month, day = b, a
	}
	if month > 12 {
		month, day = day, month
	}
	return dateOf(y, month, day), month > 0 && day > 0
}

func (p *parser) september11(i int) (int, bool) {
	d := Literal{Kind: Date, Date: dateOf(2001, 9, 11)}
	switch {
	case !p.v.spanish && p.source(i) == "9" && p.punct(i+1, '/') && p.tight(i+1) && p.small(i+2) == 11 && !p.punct(i+3, '/') && p.dateEnds(i+3):
		p.emit(d, i, i+3)
		return i + 3, true
	case p.v.spanish && p.source(i) == "11" && p.hyphen(i+1) && p.tight(i+1) && p.is(i+2, "s") && !p.dash(i+3):
		p.emit(d, i, i+3)
		return i + 3, true
	}
	return i, false
}
