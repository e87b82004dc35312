package literal

// noteLabel remembers where the number of a label at i is to stand: "article 79", "decreto ejecutivo N.º 98", "#5".
func (p *parser) noteLabel(i int) {
	if p.labelAt >= i {
		return // a label is being followed already
	}
	p.labelAt = -1
	w := p.word(i)
	j := i + 1
	switch {
	case w != nil && w.label != "":
		p.label, p.spread = w.label, w.plural
		if p.punct(j, '.') && p.glued(j) {
			j++
		}
	case p.punct(i, '§'):
		p.label, p.spread = "section", false
	case p.punct(i, '#'):
		p.label, p.spread = "number", false
	case p.numberSign(i) > i:
		p.label, p.spread, j = "number", false, p.numberSign(i)
	default:
		return
	}
	for p.word(j).is(isLabelLink) || p.punct(j, '#') {
		if k := p.numberSign(j); k > j {
			j = k
			continue
		}
		if p.isAny(j, "no", "n") {
			return
		}
		j++
	}
	p.labelAt = j
}

// numberSign returns the token after "No.", "núm.", "N.º" at i, else i.
func (p *parser) numberSign(i int) int {
	if !p.isAny(i, "no", "n", "num", "nro") {
		return i
	}
	j := i + 1
	if p.punct(j, '.') && p.glued(j) {
		j++
	}
	if (p.punct(j, 'º') || p.punct(j, '°')) && p.glued(j) {
		j++
	}
	if j == i+1 || !p.digitsAt(j) {
		return i
	}
	return j
}

// spreadLabel carries a plural label over to the next number of a list: "counts two, three and four".
func (p *parser) spreadLabel(mark, next int) {
	if !p.spread || len(p.out) == mark || p.out[len(p.out)-1].Label == "" {
		return
	}
	j := next
	if p.punct(j, ',') {
		j++
	}
	if p.and(j) || p.or(j) {
		j++
	}
	if j > next {
		p.labelAt = j
	}
}

// labelFor returns the label of the number at i.
func (p *parser) labelFor(i int) string {
	if i == p.labelAt {
		return p.label
	}
	return ""
}
