package verify

// collapse drops a name that only repeats the one before: "José Adolfo Macías Villamar, 'Fito',", "the Centre (NTC)".
func (r *reader) collapse(u *unit) bool {
	if len(r.units) == 0 {
		return false
	}
	before := &r.units[len(r.units)-1]
	aside := u.afterComma || u.paren || u.quoted || u.adjacent
	if before.kind != nameUnit || before.key != u.key || before.exact == u.exact || before.clause != u.clause || before.poss || !aside ||
		u.prep != noPrep || u.form != 0 || u.afterConj || u.afterRel || u.afterDet {
		return false
	}
	before.end = u.end
	before.poss = false
	return true
}

// absorb makes one name of an office and its country, where the office has a name that holds both: "the DOJ of the United
// States", "Ecuador's National Court".
func (r *reader) absorb(u *unit) bool {
	if len(r.units) == 0 || u.entity == 0 {
		return false
	}
	before := &r.units[len(r.units)-1]
	if before.kind != nameUnit || before.entity == 0 {
		return false
	}
	office := [2]int32{before.entity, u.entity}
	if ofNoun(u) && u.form == 0 && !u.afterComma && !u.afterConj && !u.afterRel && !before.poss && r.offices[office] {
		before.end = u.end
		return true
	}
	office[0], office[1] = u.entity, before.entity
	if before.poss && u.adjacentTo(before, r.raw) && r.offices[office] {
		u.start, u.prep, u.form, u.seg, u.clause, u.afterDet, u.afterConj, u.afterRel = before.start, before.prep, before.form, before.seg, before.clause, before.afterDet, before.afterConj, before.afterRel
		u.afterComma, u.paren, u.anchor, u.place, u.adjacent = before.afterComma, before.paren, before.anchor, before.place, before.adjacent
		*before = *u
		return true
	}
	return false
}

// entitle makes a title part of the name behind it, where the person has a name with this title: "Judge Vera Scanlon".
func (r *reader) entitle(u *unit) {
	for len(r.units) > 0 && u.entity != 0 && u.adjacent {
		before := &r.units[len(r.units)-1]
		if before.kind != wordUnit || !titles[lower(r.raw[before.start:before.end])] || !r.titled[u.entity][lower(r.raw[before.start:before.end])] {
			return
		}
		u.start, u.prep, u.form, u.seg, u.clause, u.afterDet, u.afterConj, u.afterRel = before.start, before.prep, before.form, before.seg, before.clause, before.afterDet, before.afterConj, before.afterRel
		u.afterComma, u.paren, u.anchor, u.place, u.adjacent = before.afterComma, before.paren, before.anchor, before.place, before.adjacent
		r.units = r.units[:len(r.units)-1]
	}
}

// adjacentTo reports whether only 's and a space stand between two units.
func (u *unit) adjacentTo(before *unit, raw string) bool { return u.start-before.end <= len("’s ") }
