package literal

// measure is what stands beside a number and says what it counts.
type measure struct {
	kind Kind // Number, Money or Percent
	unit string
	next int
}

// quantity reads a number with its currency or unit at i, or a range or score of two.
func (p *parser) quantity(i int, c context) (int, bool) {
	if next, ok := p.lengthOfTime(i); ok {
		return next, true
	}
	if next, ok := p.oneAndAHalf(i); ok {
		return next, true
	}
	code, j := p.currencyBefore(i)
	n, ok := p.numeral(j, code != "")
	if !ok {
		return p.powerAlone(i)
	}
	first := p.measure(n, code)
	if next, ok := p.pair(i, n, first, code, c); ok {
		return next, true
	}
	if n.article && !p.counts(i, n, first, c) || p.fileNumber(n) {
		return i, false
	}
	x := Literal{Kind: first.kind, Value: n.value, Unit: first.unit}
	if first.unit == "" {
		x.Label = p.labelFor(i)
	}
	p.addHalf(&x, &first, n)
	p.emit(x, i, first.next)
	return first.next, true
}

// fileNumber reports whether more digits hang on a number: 25-114.
func (p *parser) fileNumber(n numeral) bool {
	return p.digitsAt(n.next-1) && p.hyphen(n.next) && p.tight(n.next) && p.digitsAt(n.next+1)
}

// counts reports whether a bare "one", "un" or "una" is a number here.
func (p *parser) counts(i int, n numeral, m measure, c context) bool {
	switch {
	case m.unit == "person" || m.unit == "foot" || p.v.spanish && m.unit == "peso":
		return false // una persona, al pie, un peso
	case m.unit == "second" && p.v.spanish && !p.isAny(m.next, "despues", "antes", "mas") && p.wordAt(m.next):
		return false // un segundo instrumento
	case m.unit != "":
		return true
	case p.labelFor(i) != "":
		return true
	case c.approx >= MoreThan && c.approx <= UpTo:
		return true
	}
	if p.or(n.next) {
		next, ok := p.words(n.next + 1)
		return ok && !next.article
	}
	return p.or(i-1) && len(p.out) > 0 && p.out[len(p.out)-1].End == p.toks[i-2].end
}

// addHalf reads the half after the unit: "un año y medio", "a year and a half".
func (p *parser) addHalf(x *Literal, m *measure, n numeral) {
	j := m.next
	switch {
	case x.Unit == "" || x.Kind != Number:
		return
	case p.is(j, "and") && p.is(j+1, "a") && p.is(j+2, "half"):
		m.next = j + 3
	case p.v.spanish && p.is(j, "y") && p.isAny(j+1, "medio", "media"):
		m.next = j + 2
	default:
		return
	}
	x.Value, _ = n.value.add(NewDecimal(5, -1))
}

// currencySign returns the currency of a sign at i, or "".
func (p *parser) currencySign(i int) string {
	switch {
	case p.punct(i, '$'):
		return "usd"
	case p.punct(i, '€'):
		return "eur"
	case p.punct(i, '£'):
		return "gbp"
	}
	return ""
}

// currencyBefore returns the currency written before a number ("$", "US$", "USD") and the token after it.
func (p *parser) currencyBefore(i int) (string, int) {
	if code := p.currencySign(i); code != "" {
		return code, i + 1
	}
	if p.is(i, "us") && p.punct(i+1, '$') && p.glued(i+1) {
		return "usd", i + 2
	}
	if p.isAny(i, "usd", "eur", "gbp") && p.digitsAt(i+1) {
		return p.word(i).currency, i + 1
	}
	return "", i
}

// measure reads the unit that follows a number; code is a currency that stood before it.
func (p *parser) measure(n numeral, code string) measure {
	if code != "" {
		m := measure{Money, code, n.next}
		if next, ok := p.money(n.next, n.power); ok && next.unit == code {
			m.next = next.next // "$5 million dollars", "$5 million USD"
		}
		return m
	}
	j := p.skipHyphen(n.next)
	if m, ok := p.percent(j); ok {
		return m
	}
	if m, ok := p.money(j, n.power); ok {
		return m
	}
	if m, ok := p.unit(j); ok {
		return m
	}
	return measure{Number, "", n.next}
}

func (p *parser) percent(i int) (measure, bool) {
	switch {
	case p.punct(i, '%'), p.word(i) != nil && p.word(i).unit == "percent":
		return measure{Percent, "percent", i + 1}, true
	case p.is(i, "por") && p.is(i+1, "ciento"), p.is(i, "per") && p.is(i+1, "cent"):
		return measure{Percent, "percent", i + 2}, true
	case p.is(i, "percentage") && p.isAny(i+1, "point", "points"),
		p.isAny(i, "punto", "puntos") && p.isAny(i+1, "porcentual", "porcentuales"):
		return measure{Number, "percentage-point", i + 2}, true
	}
	return measure{}, false
}

// money reads the name or sign of a currency after a number: "million dollars", "millones de dólares", "U.S. dollars", "5 €".
func (p *parser) money(i, power int) (measure, bool) {
	j := i
	switch {
	case p.currencySign(i) != "" && !p.digitsAt(i+1):
		return measure{Money, p.currencySign(i), i + 1}, true
	case p.is(i, "us") && p.punct(i+1, '$') && p.glued(i+1) && !p.digitsAt(i+2):
		return measure{Money, "usd", i + 2}, true
	case p.v.spanish && power >= 6 && p.is(i, "de"):
		j = i + 1
	case !p.v.spanish && p.is(i, "us"):
		j = i + 1
	case !p.v.spanish && p.is(i, "u") && p.punct(i+1, '.') && p.is(i+2, "s"):
		j = i + 3
		if p.punct(j, '.') {
			j++
		}
	}
	if w := p.word(j); w != nil && w.currency != "" {
		return measure{Money, w.currency, j + 1}, true
	}
	return measure{}, false
}

// unit reads a unit of time or measure at i.
func (p *parser) unit(i int) (measure, bool) {
	j, power := i, ""
	switch {
	case p.isAny(i, "square", "cubic"):
		j, power = i+1, "2"
		if p.is(i, "cubic") {
			power = "3"
		}
	case p.isAny(i, "other", "more", "additional") && p.word(i+1) != nil && p.word(i+1).unit == "person":
		j = i + 1
	}
	w := p.word(j)
	if w == nil || w.unit == "" || w.label != "" && p.digitsAt(j+1) {
		return measure{}, false
	}
	m := measure{Number, w.unit + power, j + 1}
	switch {
	case p.isAny(j+1, "cuadrado", "cuadrados", "cuadradas"):
		return measure{Number, w.unit + "2", j + 2}, true
	case p.isAny(j+1, "cubicos"):
		return measure{Number, w.unit + "3", j + 2}, true
	case p.punct(j+1, '²') || p.digitsAt(j+1) && p.glued(j+1) && p.source(j+1) == "2":
		return measure{Number, w.unit + "2", j + 2}, true
	case p.punct(j+1, '/') && p.tight(j+1) && p.is(j+2, "h"):
		return measure{Number, w.unit + "/h", j + 3}, true
	}
	if k := p.skipHyphen(j + 1); p.is(k, "old") {
		m.next = k + 1
	} else if p.is(k, "of") && p.is(k+1, "age") || p.is(k, "de") && p.is(k+1, "edad") {
		m.next = k + 2
	}
	return m, true
}

// lengthOfTime reads "a year" where it is a length ("a year later", "within a year"), not a rate ("300 a year").
func (p *parser) lengthOfTime(i int) (int, bool) {
	w := p.word(i + 1)
	if p.v.spanish || !p.isAny(i, "a", "an") || w == nil || w.unit == "" || w.plural || w.ordinal > 0 || !timeUnit(w.unit) {
		return i, false
	}
	before := p.isAny(i-1, "for", "after", "within", "in", "than", "about", "nearly", "almost", "over", "under", "least", "most", "half")
	after := p.isAny(i+2, "later", "ago", "earlier", "before", "after") || p.is(i+2, "and") && p.is(i+3, "a") && p.is(i+4, "half")
	if !before && !after || p.length(i+1) < 3 {
		return i, false
	}
	x := Literal{Kind: Number, Value: NewDecimal(1, 0), Unit: w.unit}
	m := measure{Number, w.unit, i + 2}
	p.addHalf(&x, &m, numeral{value: x.Value})
	p.emit(x, i, m.next)
	return m.next, true
}

// oneAndAHalf reads "año y medio", "millón y medio", where nothing counts the one.
func (p *parser) oneAndAHalf(i int) (int, bool) {
	w := p.word(i)
	if !p.v.spanish || w == nil || !p.is(i+1, "y") || !p.isAny(i+2, "medio", "media") {
		return i, false
	}
	x, m := Literal{Kind: Number, Value: NewDecimal(15, -1)}, measure{Number, "", i + 3}
	switch {
	case w.power >= 6:
		x.Value = x.Value.shift(w.power)
		m = p.measure(numeral{next: i + 3, power: w.power}, "")
	case timeUnit(w.unit):
		m.unit = w.unit
	default:
		return i, false
	}
	x.Kind, x.Unit = m.kind, m.unit
	p.emit(x, i, m.next)
	return m.next, true
}

func timeUnit(unit string) bool {
	switch unit {
	case "year", "month", "week", "day", "hour", "minute", "decade", "century":
		return true
	}
	return false
}

// powerAlone reads "million-dollar", which is one million; "multi-million-dollar" is none.
func (p *parser) powerAlone(i int) (int, bool) {
	w, j := p.word(i), p.skipHyphen(i+1)
	if p.v.spanish || w == nil || w.power < 6 || j == i+1 || p.word(j) == nil || p.word(j).currency == "" || p.hyphen(i-1) {
		return i, false
	}
	p.emit(Literal{Kind: Money, Value: NewDecimal(1, w.power), Unit: p.word(j).currency}, i, j+1)
	return j + 1, true
}
