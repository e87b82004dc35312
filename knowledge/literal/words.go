package literal

// place is what the last word of a number was, which decides what may follow it.
type place uint8

const (
	atStart   place = iota
	afterOnes       // one … nineteen, veintiuno
	afterTens
	afterHundred
	afterPower
)

// sum is a number in words while it is being read: groups of hundreds, thousands above them and millions above those.
type sum struct {
	high     Decimal
	low, cur int64
	power    int // of the last magnitude
	highest  int
	last     place
}

// words reads a number in words at i: "two hundred and seventy-two thousand", "dos mil millones", "a million".
func (p *parser) words(i int) (numeral, bool) {
	if n, ok := p.halfOf(i); ok {
		return n, true
	}
	s := sum{}
	n := numeral{next: i}
	if p.v.spanish && p.is(i, "ciento") && p.is(i-1, "por") {
		return n, false
	}
	if !p.v.spanish && p.isAny(i, "a", "an") {
		w := p.word(p.skipHyphen(i + 1))
		if w == nil || w.power == 0 && w.dozen == 0 && w.cardinal != 100 {
			return n, false
		}
		s.cur, s.last, n.next = 1, afterOnes, p.skipHyphen(i+1)
	}
	for {
		j := p.joint(n.next, s)
		if !p.take(&s, j) {
			break
		}
		n.next = j + 1
	}
	if s.last == atStart {
		return n, false
	}
	v, ok := s.high.add(NewDecimal(s.low+s.cur, 0))
	n.value, n.power = v, s.highest
	n.article = n.next == i+1 && p.word(i).is(isArticle)
	return n, ok
}

// halfOf reads "half a million", "medio millón", "media docena".
func (p *parser) halfOf(i int) (numeral, bool) {
	j := i + 1
	switch {
	case p.is(i, "half") && p.isAny(j, "a", "an"):
		j++
	case p.isAny(i, "medio", "media"):
	default:
		return numeral{}, false
	}
	w := p.word(j)
	switch {
	case w == nil:
		return numeral{}, false
	case w.dozen > 0:
		v, _ := NewDecimal(5, -1).times(w.dozen)
		return numeral{value: v, next: j + 1}, true
	case w.power >= 6:
		return numeral{value: NewDecimal(5, w.power-1), next: j + 1, power: w.power}, true
	}
	return numeral{}, false
}

// joint returns where the next word of a number stands: after a hyphen, "and" (seven hundred and two) or "y" (treinta y dos).
func (p *parser) joint(i int, s sum) int {
	if s.last == atStart {
		return i
	}
	if j := p.skipHyphen(i); j > i {
		return j
	}
	next := p.word(i + 1)
	if next == nil || !next.is(isCardinal) || next.cardinal >= 100 {
		return i
	}
	switch {
	case p.v.spanish && p.is(i, "y") && s.last == afterTens && next.cardinal < 10 && next.cardinal > 0:
		return i + 1
	case !p.v.spanish && p.is(i, "and") && (s.last == afterHundred || s.last == afterPower):
		return i + 1
	}
	return i
}

// take adds the word at i to the sum when it may follow.
func (p *parser) take(s *sum, i int) bool {
	w := p.word(i)
	if w == nil || w.weekday > 0 {
		return false
	}
	if w.power > 0 {
		return s.takePower(w, p.v.spanish)
	}
	if !w.is(isCardinal) {
		return false
	}
	c := w.cardinal
	if c == 100 && !p.v.spanish {
		if s.last == atStart || s.last >= afterHundred || s.cur == 0 || s.cur > 99 {
			return false
		}
		s.cur, s.last = s.cur*100, afterHundred
		return true
	}
	if !s.fits(c) {
		return false
	}
	s.cur += c
	switch {
	case c >= 100:
		s.last = afterHundred
	case c >= 20 && c%10 == 0:
		s.last = afterTens
	default:
		s.last = afterOnes
	}
	return true
}

// fits reports whether a number below a thousand may follow what has been read.
func (s *sum) fits(c int64) bool {
	switch s.last {
	case atStart:
		return true
	case afterTens:
		return c > 0 && c < 10
	case afterHundred:
		return c > 0 && c < 100
	case afterPower:
		return c > 0
	}
	return false
}

// takePower multiplies by a magnitude: thousands gather below the next greater one (two thousand million).
func (s *sum) takePower(w *word, spanish bool) bool {
	alone := s.last == atStart
	if alone && !(spanish && w.power == 3) || len(w.name) < 3 {
		return false
	}
	if w.power == 3 {
		if s.power == 3 && s.low > 0 || s.last == afterPower && s.power <= 3 {
			return false
		}
		s.low, s.cur = max(s.cur, 1)*1000, 0
	} else {
		if s.highest >= 6 && w.power >= s.power && s.power != 3 || s.low+s.cur == 0 {
			return false
		}
		h, ok := s.high.add(NewDecimal(s.low+s.cur, w.power))
		if !ok {
			return false
		}
		s.high, s.low, s.cur = h, 0, 0
	}
	s.power, s.highest, s.last = w.power, max(s.highest, w.power), afterPower
	return true
}
