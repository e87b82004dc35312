package verify

import (
	"strings"

	"enlace/knowledge/wording"
)

// guarded checks the guard words of a piece: a hedge, a condition and a limit of time stay; others may go together with
// all that they govern.
func (p *prover) guarded(a *alignment, j, end int) Verdict {
	f := &a.fact
	clause := func(x *unit) bool { return x.clause == f.at(j).clause }
	if f.at(j).paren || p.opens(a, j, clause) && p.ends(f, end, clause) {
		return p.caveat(f, j, end)
	}
	from := j
	switch u := f.at(j); {
	case u.classes == orBit && p.denied(a, j):
		return Verdict{}
	case p.ends(f, end, func(x *unit) bool { return x.seg == u.seg }) && !u.attributes && (u.afterConj || u.told && u.stage != wording.NoStage && u.afterComma):
		from++ // ", accused with others," and "and announced …" hedge what goes with them
	case u.kind == valueUnit && end == j+1 && end < len(f.order) && f.at(end).afterConj:
		return Verdict{} // "the [third and] final stop"
	case titled(f, j, end) == end && suspicion[lower(f.raw[u.start:u.end])]:
		from++
	}
	tail := f.at(j).afterConj && p.ends(f, end, func(x *unit) bool { return x.seg == f.at(j).seg })
	spans := p.has(f, j, end, "desde", "from", "since") && p.has(f, j, end, "hasta", "until", "to")
	for n := from; n < end; n++ {
		u := f.at(n)
		if spans && limitWords[lower(f.raw[u.start:u.end])] {
			continue
		}
		if tail && !u.attributes && !u.has(wording.Dispute, wording.Uncertainty, wording.Condition, wording.Contrast) {
			continue // a verb of saying speaks of what follows it
		}
		if u.has(wording.Allegation, wording.Report, wording.Dispute, wording.Uncertainty, wording.Condition, wording.Contrast) || p.limits(f, n) {
			v := dropped(u)
			return refuse(v.Check, v.Detail, f.raw[u.start:u.end])
		}
		if limiting(u) && p.governs(a, j, n, end) {
			v := dropped(u)
			return refuse(v.Check, v.Detail, f.raw[u.start:u.end])
		}
	}
	return Verdict{}
}

// has reports whether a piece has one of the words.
func (p *prover) has(f *view, j, end int, words ...string) bool {
	for ; j < end; j++ {
		for _, w := range words {
			if lower(f.raw[f.at(j).start:f.at(j).end]) == w {
				return true
			}
		}
	}
	return false
}

// caveat refuses to leave out a clause that takes back what is told.
func (p *prover) caveat(f *view, j, end int) Verdict {
	for n := j; n < end; n++ {
		u := f.at(n)
		if word := f.raw[u.start:u.end]; u.has(wording.Dispute, wording.Condition, wording.Contrast) || strings.HasPrefix(lower(word), "confirm") {
			return refuse(Omission, "it takes back what is told", word)
		}
	}
	return Verdict{}
}

// governs reports whether a guard word at n governs something beyond the piece: a negation all that follows in its segment, or, at
// the end of one, what precedes it; others the next unit.
func (p *prover) governs(a *alignment, j, n, end int) bool {
	f := &a.fact
	u := f.at(n)
	if u.has(wording.Negation) && (end < len(f.order) && f.at(end).seg == u.seg || n == j && n > 0 && f.at(n-1).seg == u.seg) {
		return true
	}
	return n+1 == end && end < len(f.order) && f.at(end).seg == u.seg
}

var limitWords = wordSet("until till hasta before antes former formerly ex then entonces previously previamente prior since desde")

// limits reports whether a word limits the time of what is told; "before Judge Scanlon" does not.
func (p *prover) limits(f *view, n int) bool {
	u := f.at(n)
	if u.kind != wordUnit || !limitWords[lower(f.raw[u.start:u.end])] {
		return false
	}
	return n+1 >= len(f.order) || f.at(n+1).kind == valueUnit || !f.at(n+1).capital
}
