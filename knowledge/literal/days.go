package literal

// longestList bounds how many days one month may stand for: "16, 17 y 18 de julio".
const longestList = 8

// days is a run of days that share a month.
type days struct {
	day, first, last [longestList]int // the day and the tokens from first up to last
	n                int
	rng              bool // two days that are a range: 7–8, "7 y 8", "del 5 al 9"
	next             int
}

// days reads the days before a month: one, a range or a list that "and" or "or" ends.
func (p *parser) days(d *days, i int, between bool) bool {
	if !p.addDay(d, i, true) {
		return false
	}
	if p.daysEnd(d) {
		return true
	}
	j := d.next
	if k := p.skipArticle(j + 1); p.to(j) && p.addDay(d, k, true) {
		d.rng = d.day[0] < d.day[1]
		return d.rng
	}
	return p.dayList(d, between, true)
}

// daysEnd reports whether the month follows the first day at once.
func (p *parser) daysEnd(d *days) bool {
	j := d.next
	if p.isAny(j, "de", "of") || (p.hyphen(j) || p.punct(j, '/')) && p.tight(j) {
		j++
	}
	m, _ := p.monthAt(j, true)
	return m > 0
}

// dayList reads the rest of "16, 17 and 18"; two days in a row joined by "and" are a range.
func (p *parser) dayList(d *days, between, words bool) bool {
	for d.n < longestList {
		j, last := d.next, false
		if p.punct(j, ',') {
			j++
		}
		joined := p.and(j)
		if joined || p.or(j) {
			j, last = j+1, true
		}
		j = p.skipArticle(j)
		if j == d.next || !p.addDay(d, j, words) {
			return false
		}
		if last {
			d.rng = joined && d.n == 2 && (d.day[1] == d.day[0]+1 || between && d.day[0] < d.day[1])
			return true
		}
	}
	return false
}

func (p *parser) skipArticle(i int) int {
	if p.isAny(i, "el", "the") {
		return i + 1
	}
	return i
}

// daysAfterMonth reads the days after a month. "July 16 and 17 people" is one day, and "July 300" none.
func (p *parser) daysAfterMonth(d *days, i int, between bool) bool {
	if !p.addDay(d, i, false) || !p.dayEnds(d.next) {
		return false
	}
	one := *d
	j := d.next
	if k := j + 1; p.dash(j) && (p.glued(j) == p.glued(k)) || p.isAny(j, "to", "a", "al", "through") {
		if p.addDay(d, p.skipArticle(k), false) && p.dayEnds(d.next) && d.day[0] < d.day[1] && p.open(d.next) {
			d.rng = true
			return true
		}
	}
	*d = one
	if !p.dayList(d, between, false) || !p.dayEnds(d.next) || !p.open(d.next) && p.yearAfterComma(d.next) == 0 {
		*d = one
	}
	return true
}

func (p *parser) yearAfterComma(i int) int {
	y, _ := p.yearTail(i, false)
	return y
}

// dayEnds reports whether digits before i can be a day: no time, decimal, unit or magnitude goes on there.
func (p *parser) dayEnds(i int) bool {
	if p.tight(i) && p.digitsAt(i+1) && !p.dash(i) {
		return p.punct(i, ',') && p.length(i+1) == 4 || p.punct(i, '/') && p.length(i+1) == 4
	}
	if p.glued(i) && p.wordAt(i) {
		return false
	}
	if w := p.word(i); w != nil && (w.name == "p" || w.name == "pm" || w.name == "am") || p.is(i, "a") && p.punct(i+1, '.') {
		return false // July 2 p.m.
	}
	return !p.counted(i)
}

// addDay reads a day of a month at i, in words where they are allowed.
func (p *parser) addDay(d *days, i int, words bool) bool {
	day, next := p.dayAt(i, words)
	if day < 1 || day > 31 || d.n == longestList {
		return false
	}
	d.day[d.n], d.first[d.n], d.last[d.n] = day, i, next
	d.n++
	d.next = next
	return true
}

func (p *parser) dayAt(i int, words bool) (day, next int) {
	if p.digitsAt(i) {
		if p.length(i) > 2 || p.code(i) {
			return 0, i
		}
		if v, k := p.ordinalDigits(i); k > i {
			return int(v), k
		}
		return p.small(i), i + 1
	}
	w := p.word(i)
	if w == nil {
		return 0, i
	}
	if v, k := p.ordinalWords(i); k > i {
		return int(v), k
	}
	if !words || !p.v.spanish || !w.is(isCardinal) {
		return 0, i
	}
	n, ok := p.words(i)
	v, _ := n.value.Int64()
	if !ok || v > 31 {
		return 0, i
	}
	return int(v), n.next
}
