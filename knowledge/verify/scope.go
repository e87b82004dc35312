package verify

import (
	"enlace/knowledge/literal"
	"enlace/knowledge/wording"
)

// scopes checks that nothing is left out of what a negation, an "only" or a superlative says.
func (p *prover) scopes(a *alignment) Verdict {
	f := &a.fact
	for j := range a.from {
		if a.from[j] < 0 {
			continue
		}
		if startsAttribution(f.raw[f.at(j).start:f.at(j).end]) && j+1 < len(a.from) && !p.told(a, j+1) {
			return refuse(Hedge, "it does not say according to whom", f.raw[f.at(j).start:f.at(j).end])
		}
		if !p.closed(f, j) {
			continue
		}
		g := f.at(j)
		wide := wholeClause[lower(f.raw[g.start:g.end])]
		for n := j + 1; n < len(f.order); n++ {
			u := f.at(n)
			if u.classes == orBit && a.from[n] < 0 && p.denied(a, n) {
				if n = p.orTail(a, n, p.runEnd(a, n)) - 1; n < j {
					break
				}
				continue
			}
			if u.seg != g.seg && !(wide && u.clause == g.clause) || universal[lower(f.raw[g.start:g.end])] && (u.anchor || adverbial(f, n, p)) && n > j+1 {
				break
			}
			if p.told(a, n) || u.paren {
				continue
			}
			return refuse(Omission, "it belongs to \""+f.raw[g.start:g.end]+"\"", f.raw[u.start:u.end])
		}
	}
	return Verdict{}
}

// wholeClause are negations that deny all of their clause, commas or not: no source consulted, up to March, reports …
var wholeClause = wordSet("no ninguna ningún ninguno neither nobody nadie none nothing nada")

var closedWords = wordSet(`only solely all every each first last most least final sole solo sólo solamente único única únicos únicas todo toda todos todas cada
	primer primero primera primeros primeras último última últimos últimas mayor menor exclusively unless if si salvo`)

// runEnd returns where the units that are left out from j on end.
func (p *prover) runEnd(a *alignment, j int) int {
	for j < len(a.from) && a.from[j] < 0 {
		j++
	}
	return j
}

// universal words speak of the next noun only: all counts.
var universal = wordSet("all every each todo toda todos todas cada")

// closed reports whether a word's claim changes with every word that it is told without.
func (p *prover) closed(f *view, j int) bool {
	u := f.at(j)
	if u.kind == valueUnit {
		return u.lit >= 0 && f.lits[u.lit].Kind == literal.Ordinal
	}
	if u.stage == wording.PleadedNotGuilty {
		return false
	}
	return u.has(wording.Negation, wording.Comparison, wording.Condition) || closedWords[lower(f.raw[u.start:u.end])]
}
