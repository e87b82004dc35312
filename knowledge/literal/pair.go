package literal

// pair reads two numbers that belong together: a range ("10 to 20 years", "entre 5 y 10 millones") or, where the first is
// the greater, a score ("54 to 45", "siete votos contra tres").
func (p *parser) pair(i int, n numeral, first measure, code string, c context) (int, bool) {
	j, votes := n.next, false
	if first.unit != "" && code == "" {
		j = first.next
	}
	if p.isAny(j, "votes", "vote", "votos", "voto") {
		j, votes = j+1, true
	}
	joined := p.to(j) && (!p.dash(j) || p.glued(j) == p.glued(j+1)) || c.between && p.and(j) && !votes
	against := p.isAny(j, "against", "contra") && first.unit == ""
	if !joined && !against {
		return i, false
	}
	start := j + 1
	if c.between && p.isAny(start, "el", "los", "las") {
		start++
	}
	secondCode, k := p.currencyBefore(start)
	if secondCode != "" && secondCode != code {
		return i, false
	}
	m, ok := p.numeral(k, code != "")
	if !ok || p.is(j, "until") || p.is(j, "till") || m.article && !votes && !against {
		return i, false
	}
	second := p.measure(m, code)
	if n.value.Cmp(m.value) > 0 && m.power <= n.power || votes || against {
		return p.score(i, j, n, m, first, second, c, votes)
	}
	return p.span(i, j, n, m, first, second)
}

// score accepts two whole numbers below a thousand that count nothing but votes.
func (p *parser) score(i, j int, n, m numeral, first, second measure, c context, votes bool) (int, bool) {
	limit := NewDecimal(1, 3)
	next := m.next
	if p.isAny(next, "votes", "vote", "votos", "voto") {
		next, votes = next+1, true
	}
	switch {
	case c.from && !votes, first.unit != "", second.unit != "", n.value.Cmp(limit) >= 0, m.value.Cmp(limit) >= 0:
		return i, false
	case n.article && !votes, p.labelFor(i) != "", !votes && !p.open(next), n.value.exp < 0, m.value.exp < 0:
		return i, false
	case p.hyphen(j) && p.hyphen(next) && p.glued(next):
		return i, false
	}
	p.emit(Literal{Kind: Score, Value: n.value, ValueEnd: m.value}, i, next)
	return next, true
}

// span accepts a range that rises. The first number takes the magnitude and the unit of the second: "5 to 10 million dollars".
func (p *parser) span(i, j int, n, m numeral, first, second measure) (int, bool) {
	if n.power == 0 && m.power > 0 && n.value.shift(m.power).Cmp(m.value) < 0 {
		n.value = n.value.shift(m.power)
	}
	switch {
	case n.value.Cmp(m.value) >= 0, first.unit != "" && first.unit != second.unit:
		return i, false
	case n.article && !p.v.spanish && p.is(j, "to") && second.unit == "":
		return i, false
	case p.hyphen(j) && p.hyphen(m.next) && p.glued(m.next) && p.digitsAt(m.next+1):
		return i, false // 1-800-555: a phone number
	case p.hyphen(j) && second.unit == "" && m.power == 0 && m.value.Cmp(NewDecimal(1, 2)) >= 0:
		return i, false // 25-114: a file number
	}
	x := Literal{Kind: second.kind, Value: n.value, ValueEnd: m.value, Range: true, Unit: second.unit}
	if second.unit == "" {
		x.Label = p.labelFor(i)
	}
	p.emit(x, i, second.next)
	return second.next, true
}
