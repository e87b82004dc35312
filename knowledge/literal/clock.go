package literal

// clock reads a time of day: "2 p.m.", "two p.m.", "14:00", "14h30", "2 de la tarde", "las dos y media de la tarde", "noon".
func (p *parser) clock(i int) (int, bool) {
	switch {
	case p.isAny(i, "noon", "midday", "mediodia"):
		p.emit(Literal{Kind: Time, Hour: 12}, i, i+1)
		return i + 1, true
	case p.isAny(i, "midnight", "medianoche"):
		p.emit(Literal{Kind: Time}, i, i+1)
		return i + 1, true
	}
	hour, minute, j, sure := p.hours(i)
	if hour < 0 || p.labelFor(i) != "" {
		return i, false
	}
	h, k := p.dayPart(j, hour)
	switch {
	case k > j:
		hour, j = h, k
	case p.is(j, "o") && (p.punct(j+1, '\'') || p.punct(j+1, '’')) && p.is(j+2, "clock"):
		j += 3
	case !sure:
		return i, false
	}
	if hour == 24 && minute == 0 {
		hour = 0
	}
	if hour > 23 {
		return i, false
	}
	p.emit(Literal{Kind: Time, Hour: hour, Minute: minute}, i, j)
	return j, true
}

// hours reads the hour and minute at i; sure is true where their form alone shows a time. hour is -1 for none.
func (p *parser) hours(i int) (hour, minute, next int, sure bool) {
	none := func() (int, int, int, bool) { return -1, 0, i, false }
	if !p.digitsAt(i) {
		n, ok := p.words(i)
		v, whole := n.value.Int64()
		if !ok || !whole || v > 24 || n.power > 0 || n.value.exp > 2 {
			return none()
		}
		minute, next := p.minutesInWords(n.next)
		return p.shifted(int(v), minute, next)
	}
	hour = p.small(i)
	if hour < 0 || hour > 24 || p.length(i) > 2 {
		return none()
	}
	colon := p.punct(i+1, ':') || p.punct(i+1, '.') && p.dayPartAt(i+3)
	switch {
	case (colon || p.is(i+1, "h")) && p.tight(i+1) && p.digitsAt(i+2) && p.length(i+2) == 2 && p.small(i+2) < 60:
		next = i + 3
		if p.punct(next, ':') && p.tight(next) && p.digitsAt(next+1) && p.length(next+1) == 2 {
			next += 2 // the seconds are left out
		}
		if p.glued(next) && p.punct(next, ':') && p.digitsAt(next+1) {
			return none()
		}
		return hour, p.small(i + 2), p.hoursWord(next), true
	case hour < 24 && p.isAny(i+1, "h", "hs", "hrs", "horas") && (p.is(i-1, "at") || p.is(i-1, "las") && p.isAny(i-2, "a", "desde", "hasta")):
		return hour, 0, i + 2, true
	}
	minute, next = p.minutesInWords(i + 1)
	return p.shifted(hour, minute, next)
}

// shifted turns "las tres menos cuarto" into the hour before.
func (p *parser) shifted(hour, minute, next int) (int, int, int, bool) {
	if minute < 0 {
		return (hour + 23) % 24, 60 + minute, next, false
	}
	return hour, minute, next, false
}

// minutesInWords reads "y media", "y cuarto", "menos cuarto" and the English "thirty" of "two thirty p.m.".
func (p *parser) minutesInWords(i int) (minute, next int) {
	switch {
	case p.is(i, "y") && p.is(i+1, "media"):
		return 30, i + 2
	case p.is(i, "y") && p.is(i+1, "cuarto"):
		return 15, i + 2
	case p.is(i, "menos") && p.is(i+1, "cuarto"):
		return -15, i + 2
	}
	if n, ok := p.words(i); ok && p.dayPartAt(n.next) {
		if v, _ := n.value.Int64(); v > 0 && v < 60 {
			return int(v), n.next
		}
	}
	return 0, i
}

// hoursWord skips the word after "14:00 horas", "14:00 h".
func (p *parser) hoursWord(i int) int {
	if p.isAny(i, "horas", "hs", "hrs", "h") {
		return i + 1
	}
	return i
}

func (p *parser) dayPartAt(i int) bool {
	_, next := p.dayPart(i, 1)
	return next > i
}

// dayPart reads "p.m.", "in the afternoon", "de la tarde" and returns the hour of the day that it makes of hour.
func (p *parser) dayPart(i, hour int) (h, next int) {
	pm, j := p.halfDay(i)
	if j > i {
		if hour > 12 {
			return hour, j // "14:00 p.m."
		}
		if pm {
			return hour%12 + 12, j
		}
		return hour % 12, j
	}
	if hour > 12 || !(p.is(i, "in") && p.is(i+1, "the") || p.is(i, "de") && p.is(i+1, "la") || p.is(i, "at") || p.is(i, "del")) {
		return hour, i
	}
	j = i + 2
	if p.isAny(i, "at", "del") {
		j = i + 1
	}
	switch {
	case p.isAny(j, "morning", "madrugada"):
		return hour % 12, j + 1
	case p.is(j, "manana"):
		return hour, j + 1
	case p.isAny(j, "afternoon", "tarde", "evening"):
		return hour%12 + 12, j + 1
	case p.is(j, "mediodia") && p.is(i, "del"):
		return hour%12 + 12, j + 1
	case p.isAny(j, "night", "noche"):
		if hour >= 5 && hour < 12 {
			return hour + 12, j + 1
		}
		return hour % 12, j + 1
	}
	return hour, i
}

// halfDay reads "pm", "p.m.", "p. m.", "AM".
func (p *parser) halfDay(i int) (pm bool, next int) {
	if p.isAny(i, "am", "pm") {
		return p.is(i, "pm"), i + 1
	}
	if p.isAny(i, "a", "p") && p.punct(i+1, '.') && p.glued(i+1) && p.is(i+2, "m") {
		next = i + 3
		if p.punct(next, '.') && p.glued(next) {
			next++
		}
		return p.is(i, "p"), next
	}
	return false, i
}

// roundTheClock reports whether "las 24 horas" at i means always: no preposition before it gives it a length.
func (p *parser) roundTheClock(i int) bool {
	if !p.v.spanish || !p.is(i-1, "las") || !p.is(i+1, "horas") || !(p.is(i, "veinticuatro") || p.digitsAt(i) && p.source(i) == "24") {
		return false
	}
	return p.is(i+2, "del") || !p.isAny(i-2, "en", "de", "a", "tras", "durante", "entre", "desde", "por", "dentro")
}
