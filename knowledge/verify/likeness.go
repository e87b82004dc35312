package verify

import (
	"slices"

	"enlace/knowledge/lang"
	"enlace/knowledge/wording"
)

// likeness is what a sentence and a fact share, loosely: by stems, whatever the order.
type likeness struct {
	fact          *factText
	shared, rest  int // common words and names; words that the fact does not have
	loneValues    []*unit
	loneNames     []*unit
	loneStages    []*unit
	loneNegations []*unit
	loneGuards    []*unit
	loneWords     []*unit
	used          []bool // the fact's units that the sentence has
	name          bool   // they share a name
	conflicts     []Conflict
}

func (k *likeness) score() float64 {
	if k.shared+k.rest == 0 {
		return 0
	}
	return float64(k.shared) / float64(k.shared+k.rest)
}

// compare pairs the units of a sentence with a fact's, by key or by stem.
func (s *side) compare(t *text, f *factText) likeness {
	k := likeness{fact: f, used: make([]bool, len(f.text.units))}
	for i := range t.units {
		u := &t.units[i]
		if u.kind == pronounUnit {
			continue
		}
		j := s.counterpart(t, u, f.text, k.used)
		switch {
		case j >= 0:
			k.used[j] = true
			k.name = k.name || u.kind == nameUnit
			if u.kind == wordUnit && !limiting(u) || u.kind == nameUnit {
				k.shared++
			}
		case u.kind == valueUnit:
			k.loneValues = append(k.loneValues, u)
		case u.kind == nameUnit || u.capital:
			k.loneNames = append(k.loneNames, u)
		case u.has(wording.Negation):
			k.loneNegations = append(k.loneNegations, u)
		case u.stage != wording.NoStage:
			k.loneStages = append(k.loneStages, u)
		case limiting(u) || u.has(wording.Upgrade):
			k.loneGuards = append(k.loneGuards, u)
		default:
			k.loneWords = append(k.loneWords, u)
		}
	}
	return k
}

// counterpart returns the fact's unit that a unit has for its own, or -1.
func (s *side) counterpart(t *text, u *unit, f *text, used []bool) int {
	behind := func(t *text, i int) bool {
		return i > 0 && t.units[i-1].kind == wordUnit && t.units[i-1].has(wording.Temporal)
	}
	at := slices.IndexFunc(t.units, func(x unit) bool { return x.start == u.start })
	for j := range f.units {
		if !used[j] && sameUnit(t, u, f, &f.units[j]) && !(u.kind == nameUnit && behind(f, j) && !behind(t, at)) {
			return j
		}
	}
	if u.kind != wordUnit || u.capital {
		return -1
	}
	stem := lang.Stem(lang.Fold(t.raw[u.start:u.end]), s.lang)
	for j := range f.units {
		o := &f.units[j]
		if !used[j] && o.kind == wordUnit && o.stage == u.stage && lang.Stem(lang.Fold(f.raw[o.start:o.end]), s.lang) == stem {
			return j
		}
	}
	return -1
}
