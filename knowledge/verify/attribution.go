package verify

// attributed writes "according to X, P" and "P, according to X" of one clause as "X says P".
func (s *side) attributed(t *text) (*text, bool) {
	n := len(t.units)
	if n == 0 || t.units[0].clause != t.units[n-1].clause {
		return nil, false
	}
	from, to := 0, 0
	switch last := s.lastSegment(t); {
	case s.says(t, &t.units[0]):
		for to = 1; to < n && t.units[to].seg == t.units[0].seg; to++ {
		}
	case s.says(t, &t.units[last]):
		from, to = last, n
	case last > 0 && t.units[n-1].reports && n-last <= maxSpeaker && !t.units[last].anchor && !t.units[last].afterConj && !t.units[last].afterRel && t.units[last].form == 0:
		return said(t, last), true
	}
	if to-from < 2 || to-from == n || !s.spanish() && t.units[from+1].prep != "to" || s.spanish() && t.units[from+1].prep != noPrep {
		return nil, false
	}
	a := *t
	a.units = append([]unit(nil), t.units[from+1:to]...)
	a.units[0].prep, a.units[0].anchor = noPrep, false
	says := t.units[from]
	says.anchor = false
	a.units = append(a.units, says)
	a.units = append(append(a.units, t.units[:from]...), t.units[to:]...)
	for i := range to - from {
		a.units[i].seg = 0
	}
	if to < n {
		a.units[to-from].afterComma = false
		shift := a.units[to-from].seg
		for i := to - from; i < n; i++ {
			a.units[i].seg -= shift
		}
	}
	return &a, true
}

// maxSpeaker is how many units "…, the authorities said" may have.
const maxSpeaker = 5

// said writes "P, X said" as "X said P".
func said(t *text, last int) *text {
	a := *t
	a.units = append(append([]unit(nil), t.units[last:]...), t.units[:last]...)
	n := len(t.units) - last
	for i := range n {
		a.units[i].seg, a.units[i].afterComma = 0, false
	}
	return &a
}

// says reports whether a unit is the "according to" of an attribution.
func (s *side) says(t *text, u *unit) bool {
	return u.kind == wordUnit && startsAttribution(t.raw[u.start:u.end])
}

// lastSegment returns where a text's last segment begins.
func (s *side) lastSegment(t *text) int {
	i := len(t.units) - 1
	for i > 0 && t.units[i-1].seg == t.units[i].seg {
		i--
	}
	return i
}
