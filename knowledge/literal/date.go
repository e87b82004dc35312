package literal

import (
	"time"

	"enlace/knowledge"
)

// date reads a date, a list of days or a range of dates at i.
func (p *parser) date(i int, c context) (int, bool) {
	day, j := p.weekdayAt(i)
	mark := len(p.out)
	next, ok := p.calendar(j, c, day > 0)
	if !ok {
		return i, false
	}
	first := &p.out[mark]
	first.Weekday, first.Start = day, p.toks[i].start
	if len(p.out) == mark+1 && !first.Range {
		next = p.dateRange(mark, next, c)
	}
	return next, true
}

// weekdayAt reads the weekday before a date and returns the token at which the date begins; i when there is no weekday.
func (p *parser) weekdayAt(i int) (day, next int) {
	w := p.word(i)
	if w == nil || w.weekday == 0 {
		return 0, i
	}
	j := i + 1
	if p.punct(j, '.') && len(w.name) <= 4 || p.punct(j, ',') {
		j++
	}
	if p.punct(j, ',') {
		j++
	}
	if p.isAny(j, "the", "el") {
		j++
	}
	return w.weekday, j
}

// calendar reads one date in any of its forms, or a list or range of days, and appends what it finds.
func (p *parser) calendar(i int, c context, weekday bool) (int, bool) {
	if p.code(i) || p.street(i) {
		return i, false
	}
	if next, ok := p.numericDate(i); ok {
		return next, true
	}
	if next, ok := p.dayFirst(i, c); ok {
		return next, true
	}
	if next, ok := p.monthFirst(i, c); ok {
		return next, true
	}
	if weekday {
		return i, false
	}
	return p.yearAlone(i, c)
}

// single reads one date that is no list or range, for the end of a range. The literals that it finds are taken back.
func (p *parser) single(i int, c context) (knowledge.Date, int, bool) {
	mark := len(p.out)
	_, j := p.weekdayAt(i)
	next, ok := p.calendar(j, c, false)
	defer func() { p.out = p.out[:mark] }()
	if !ok || len(p.out) != mark+1 || p.out[mark].Range {
		return knowledge.Date{}, i, false
	}
	return p.out[mark].Date, next, true
}

// dateRange extends the date appended last to a range when another one follows: "July 30 to August 2, 2025", "2022–2024",
// "entre 2020 y 2025". Two full dates that both name the same year are kept apart: they are two events more often.
func (p *parser) dateRange(mark, next int, c context) int {
	x := p.out[mark]
	j := next
	switch {
	case p.to(j) && !p.isAny(j, "until", "till"), c.between && p.and(j), c.from && p.isAny(j, "until", "till"):
		j++
	default:
		return next
	}
	if p.isAny(j, "el", "the") {
		j++
	}
	end, k, ok := p.single(j, context{start: j})
	if !ok && p.dash(next) && p.tight(next) {
		end, k, ok = p.shortYear(x.Date, j)
	}
	if !ok {
		return next
	}
	from := x.Date
	switch {
	case from.Year == 0 && end.Year != 0 && (from.Month != 0) && (from.Day != 0) == (end.Day != 0):
		from.Year = end.Year
	case from.Year != 0 && end.Year != 0 && from.Day != 0 && end.Day != 0 && from.Year == end.Year:
		return next
	}
	if from.Compare(end) >= 0 || (from.Year == 0) != (end.Year == 0) || (from.Month == 0) != (end.Month == 0) {
		return next
	}
	x.Date, x.DateEnd, x.Range, x.End = from, end, true, p.toks[k-1].end
	p.out[mark] = x
	return k
}

// shortYear reads the "24" of "2022-24".
func (p *parser) shortYear(from knowledge.Date, i int) (knowledge.Date, int, bool) {
	n := p.small(i)
	if from.Month != 0 || n < 0 || p.length(i) != 2 || p.code(i) || n <= from.Year%100 || p.dash(i+1) && p.tight(i+1) {
		return knowledge.Date{}, i, false
	}
	return knowledge.Date{Year: from.Year - from.Year%100 + n}, i + 1, true
}

// yearAlone reads four digits that are a year: 1800 to 2100, or any after the word "year", unless they count something.
func (p *parser) yearAlone(i int, c context) (int, bool) {
	if y, next := p.yearInWords(i, i); y > 0 && !p.v.spanish && p.word(i-1).is(isMonthPrep) && p.word(i+1).is(isCardinal) {
		p.emit(Literal{Kind: Date, Date: knowledge.Date{Year: y}}, i, next)
		return next, true
	}
	y := p.small(i)
	named := p.isAny(i-1, "year", "ano", "fiscal")
	if y < 1000 || y > 2999 || p.length(i) != 4 || (y < 1800 || y > 2100) && !named {
		return i, false
	}
	switch p.labelFor(i) {
	case "", "law", "case", "resolution":
	default:
		return i, false
	}
	if !named && p.amount(i, y, c) || !p.yearEnds(i+1) {
		return i, false
	}
	p.emit(Literal{Kind: Date, Date: knowledge.Date{Year: y}}, i, i+1)
	return i + 1, true
}

// amount reports whether what stands before the digits at i makes them an amount: "$2000", "more than 2000", "some 2000".
func (p *parser) amount(i, y int, c context) bool {
	switch {
	case p.currencyBeforeIs(i), p.isAny(i-1, "unos", "unas"):
		return true
	case p.is(i-1, "some"):
		return y%50 == 0
	case c.start == i-1 && p.isAny(i-1, "over", "under", "above", "below"):
		return false
	}
	return c.approx >= MoreThan && c.approx <= AtMost
}

func (p *parser) currencyBeforeIs(i int) bool {
	return p.currencySign(i-1) != "" || p.isAny(i-1, "usd", "eur", "gbp")
}

// yearEnds reports whether the digits before i can be a year: nothing that makes them a longer number or counts them follows.
func (p *parser) yearEnds(i int) bool {
	if p.tight(i) && p.digitsAt(i+1) {
		return p.dash(i) && !p.hyphen(i) || p.hyphen(i) && !(p.hyphen(i+2) && p.tight(i+2))
	}
	if p.glued(i) && p.wordAt(i) {
		return false
	}
	return !p.counted(i)
}

// counted reports whether what stands at i is counted by a number before it.
func (p *parser) counted(i int) bool {
	if p.currencyMark(i) && !p.digitsAt(i+1) {
		return true
	}
	if _, ok := p.percent(i); ok {
		return true
	}
	w := p.word(p.skipHyphen(i))
	return w != nil && (w.unit != "" && !p.unitElsewhere(p.skipHyphen(i)) || w.currency != "" || w.power > 0 || w.dozen > 0 || w.is(isPerson))
}

// unitElsewhere reports whether the unit at i has another meaning here: the label "sec.", the rank "second".
func (p *parser) unitElsewhere(i int) bool {
	w := p.word(i)
	return w.label != "" || w.ordinal > 0 || w.name == "a"
}

// valid reports whether a day exists; without a year a leap year is supposed.
func valid(d knowledge.Date) bool {
	if d.Month < 1 || d.Month > 12 || d.Day < 0 {
		return false
	}
	year := d.Year
	if year == 0 {
		year = 2000
	}
	return d.Day <= knowledge.DaysIn(year, d.Month)
}

// century completes a year of two digits: 00–49 lie in this century, 50–99 in the last one.
func century(y int) int {
	if y < 50 {
		return 2000 + y
	}
	return 1900 + y
}

func dateOf(y, m, d int) knowledge.Date { return knowledge.Date{Year: y, Month: time.Month(m), Day: d} }
