package literal

// numeral is a number as it is written, before its unit.
type numeral struct {
	value   Decimal
	next    int
	power   int  // the greatest of thousand (3), million (6), … in it
	plain   bool // digits without separators, as years are written
	article bool // only "one", "un", "una": perhaps no number
}

// numeral reads a number in digits or words at i. In a sum of money a glued "m" means million.
func (p *parser) numeral(i int, money bool) (numeral, bool) {
	var n numeral
	var ok bool
	if p.digitsAt(i) {
		n, ok = p.digits(i)
		if ok {
			n, ok = p.powers(n, money)
		}
	} else {
		n, ok = p.words(i)
	}
	if !ok {
		return n, false
	}
	return p.halves(p.dozens(n)), true
}

// digits reads "1,234.5" or, in Spanish, "1.234,5"; writings of the other language are taken where they mean one thing only.
func (p *parser) digits(i int) (numeral, bool) {
	if p.code(i) {
		return numeral{}, false
	}
	groups := p.thousands(i, p.v.thousand)
	point := p.v.point
	if groups == i+1 {
		if other := p.thousands(i, p.v.point); other > i+3 || other == i+3 && p.punct(other, p.v.thousand) && p.tight(other) && p.digitsAt(other+1) {
			groups, point = other, p.v.thousand
		}
	}
	n := numeral{next: groups, plain: groups == i+1}
	frac := ""
	if p.fractionAt(groups, point, n.plain) {
		frac, n.next, n.plain = p.source(groups+1), groups+2, false
	}
	if p.tight(n.next) && p.digitsAt(n.next+1) && (p.punct(n.next, '.') || p.punct(n.next, '/')) {
		return n, false // a version, an address, a path
	}
	var ok bool
	n.value, ok = decimalOf(p.joinDigits(i, groups), frac)
	return n, ok
}

// fractionAt reports whether a decimal sign and digits stand at i. A sign of the other language counts where no group of
// three digits follows and, for the English comma, where a percentage or magnitude shows that it is no list.
func (p *parser) fractionAt(i int, point rune, plain bool) bool {
	if !p.tight(i) || !p.digitsAt(i+1) {
		return false
	}
	if p.punct(i, point) {
		return true
	}
	if !plain || !p.punct(i, p.v.thousand) || p.length(i+1) == 3 && p.source(i-1) != "0" {
		return false
	}
	w := p.word(i + 2)
	return p.v.spanish || p.punct(i+2, '%') || w != nil && (w.power > 0 || w.unit == "percent")
}

// thousands returns the token after digits and the groups of three digits that follow them.
func (p *parser) thousands(i int, sign rune) int {
	j := i + 1
	if p.length(i) > 3 || p.text[p.toks[i].start] == '0' {
		return j
	}
	for {
		switch {
		case p.group(j+1) && p.tight(j) && (p.punct(j, sign) || p.v.spanish && (p.punct(j, '\'') || p.punct(j, '’'))):
			j += 2
		case p.group(j) && p.spaced(i, j):
			j++
		default:
			return j
		}
	}
}

func (p *parser) group(i int) bool { return p.digitsAt(i) && p.length(i) == 3 }

// spaced reports whether a group of digits at j belongs to the number that began at i: after a no-break or thin space, or in
// Spanish after a blank where the number has five digits or more (Real Academia Española, Ortografía 2010).
func (p *parser) spaced(i, j int) bool {
	if p.glued(j) || !p.digitsAt(j-1) || p.glued(j+1) && p.digitsAt(j+2) {
		return false
	}
	switch p.text[p.toks[j-1].end:p.toks[j].start] {
	case "\u00a0", "\u2009", "\u202f":
		return true
	case " ":
		return p.v.spanish && i != p.labelAt && (p.length(i) > 1 || j > i+1 || p.group(j+1))
	}
	return false
}

// joinDigits returns the digits of the tokens from i up to end without their separators.
func (p *parser) joinDigits(i, end int) string {
	if end == i+1 {
		return p.source(i)
	}
	var room [24]byte
	s := room[:0]
	for ; i < end; i++ {
		if p.digitsAt(i) {
			s = append(s, p.source(i)...)
		}
	}
	return string(s)
}

// powers multiplies digits by the magnitudes that follow them: "13.5 million", "5 mil millones", "$5m", "2k".
func (p *parser) powers(n numeral, money bool) (numeral, bool) {
	for range 2 {
		j := p.skipHyphen(n.next)
		power := 0
		if w := p.word(j); w != nil {
			power = w.power
			if power == 0 && j == n.next && (p.glued(j) || money) {
				power = p.suffixPower(j, money)
			}
		}
		if power == 0 || n.power >= 6 {
			break
		}
		n.value, n.next, n.power, n.plain = n.value.shift(power), j+1, max(n.power+power, power), false
	}
	if p.v.spanish && n.power >= 3 {
		return p.remainder(n), true
	}
	return n, true
}

// remainder adds the rest of "11 mil 589" and "6 millones 261 mil 740".
func (p *parser) remainder(n numeral) numeral {
	if !p.digitsAt(n.next) || p.length(n.next) > 3 {
		return n
	}
	m, ok := p.digits(n.next)
	if ok {
		three := m.plain && p.length(n.next) == 3
		if m, _ = p.powers(m, false); !three && m.power == 0 {
			return n
		}
	}
	v, fits := n.value.add(m.value)
	if !ok || !fits || m.power >= n.power || m.value.exp < 0 {
		return n
	}
	n.value, n.next = v, m.next
	return n
}

// suffixPower reads "m", "M" or "b" after digits.
func (p *parser) suffixPower(i int, money bool) int {
	switch {
	case p.source(i) == "M" || money && p.is(i, "m"):
		return 6
	case money && p.is(i, "b"):
		return 9
	}
	return 0
}

// dozens multiplies by a collective: "two dozen", "una veintena".
func (p *parser) dozens(n numeral) numeral {
	w := p.word(n.next)
	if w == nil || w.dozen == 0 {
		return n
	}
	if v, ok := n.value.times(w.dozen); ok {
		n.value, n.article, n.plain = v, false, false
		n.next++
	}
	return n
}

// halves adds "and a half" or "y medio", which in Spanish is half of the magnitude before it.
func (p *parser) halves(n numeral) numeral {
	half := NewDecimal(5, -1)
	switch {
	case p.is(n.next, "and") && p.is(n.next+1, "a") && p.is(n.next+2, "half"):
		n.next += 3
	case p.v.spanish && p.is(n.next, "y") && p.isAny(n.next+1, "medio", "media"):
		n.next += 2
		half = half.shift(n.power)
	default:
		return n
	}
	n.value, _ = n.value.add(half)
	n.plain, n.article = false, false
	if w := p.word(n.next); n.power == 0 && w != nil && w.power > 0 {
		n.value, n.power = n.value.shift(w.power), w.power
		n.next++
	}
	return n
}
