package verify

import (
	"strings"

	"enlace/knowledge/wording"
)

// titles are what may stand before a person's name and be left out.
var titles = wordSet(`secretary president minister foreign interior defence defense judge magistrate district lawyer attorney prosecutor mr ms mrs dr
	secretario secretaria presidente presidenta state estado federal audit office oficina auditoría interior ministro ministra canciller juez jueza magistrada magistrado abogado abogada fiscal propio señor señora`)

// titled is a run of titles right before a person's name that is told, with whose they are: "Ecuador's interior minister,
// John Reimberg". A possessor right before a name is one as well: "the US Treasury's OFAC".
func titled(f *view, j, end int) int {
	if end >= len(f.order) || f.at(end).kind != nameUnit || f.at(end).afterConj || f.at(end).prep != noPrep {
		return j
	}
	next, last := f.at(end), f.at(end-1)
	if last.poss && next.seg == last.seg && next.start-last.end <= len("’s ") {
		return end
	}
	if !next.adjacent && !next.afterComma || next.seg > last.seg+1 {
		return j
	}
	title := false
	for n := j; n < end; n++ {
		u := f.at(n)
		switch {
		case u.kind == wordUnit && titles[lower(f.raw[u.start:u.end])]:
			title = true
		case u.kind == nameUnit && (u.poss || ofNoun(u) || u.alt[1] != 0):
		case next.adjacent && suspicion[lower(f.raw[u.start:u.end])] && n+1 < end:
		case next.adjacent && u.kind == wordUnit && !u.capital && u.form == 0 && !limiting(u) && !verbalWord(f, u):
			title = title || n == end-1
		default:
			return j
		}
		if u.seg != last.seg || n > j && (u.afterConj || u.afterRel) {
			return j
		}
	}
	if !title || end-j > maxModifiers+1 {
		return j
	}
	return end
}

// suspicion are adjectives that hedge the noun behind them and nothing else; they go with it.
var suspicion = wordSet("alleged suspected presunto presunta presuntos presuntas supuesto supuesta supuestos supuestas")

// verbalWord reports whether a word before a name may be a verb: "met Noboa".
func verbalWord(f *view, u *unit) bool {
	w := lower(f.raw[u.start:u.end])
	return englishParticiple(w) || pastTense[w] || strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && u.stage == wording.NoStage && !suspicionNouns[w] || accentedEnd(w) || irregularPast[w]
}

// suspicionNouns are plurals that stand before names.
var suspicionNouns = wordSet("associates ministers ministros leaders lieutenants brothers sources colaboradores jueces")
