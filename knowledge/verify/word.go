package verify

import (
	"strings"

	"enlace/knowledge/lang"
	"enlace/knowledge/wording"
)

// word reads a common word, a pronoun or a function word.
func (r *reader) word(i int) int {
	t := &r.tokens[i]
	if n := r.future(i); n > 0 {
		return i + n
	}
	f, isFunction := r.plain(i)
	switch {
	case isFunction && f.job == pronoun || isFunction && f.job == possessive:
		r.push(unit{kind: pronounUnit, start: t.Start, end: t.End, key: r.in.add("pronoun " + strings.ToLower(t.Text)), possessive: f.job == possessive}, i, i+1)
		return i + 1
	case isFunction && !(f.form == been && r.next.form&(havePresent|havePast|subjunctive|bare) == 0 && r.spanish()): // un estado, not ha estado
		r.function(f, lower(t.Text))
		if r.moods[i] {
			r.next.form |= toBe
		}
		r.any = true
		return i + 1
	}
	word := lower(t.Text)
	end := i + 1
	if joined, n := r.prefixed(i); n > 0 {
		word, end = joined, i+n
	}
	u := unit{kind: wordUnit, start: t.Start, end: r.tokens[end-1].End, capital: isCapital(t.Text) && !r.first}
	r.keys(&u, word)
	if word == "or" && !r.spanish() || (word == "o" || word == "u") && r.spanish() {
		u.classes = orBit
	}
	r.push(u, i, end)
	return end
}

// future reads "is to be" as "will be" and "was to be" as "would be".
func (r *reader) future(i int) int {
	if r.spanish() || i+2 >= len(r.tokens) || r.tokens[i+1].Folded != "to" || r.tokens[i+2].Folded != "be" {
		return 0
	}
	modal := map[string]string{"is": "will", "are": "will", "was": "would", "were": "would"}[r.tokens[i].Folded]
	if modal == "" {
		return 0
	}
	u := unit{kind: wordUnit, start: r.tokens[i].Start, end: r.tokens[i+2].End, classes: 1 << wording.Modal}
	r.keys(&u, modal)
	r.push(u, i, i+3)
	r.next.form = bare
	r.any = true
	return 3
}

// keys gives a word its keys.
func (r *reader) keys(u *unit, lower string) {
	exact := exactKey(lower, r.lang)
	u.exact = r.in.add("=" + exact)
	for n, k := range wordKeys(exact, r.lang) {
		if k == "" {
			continue
		}
		if c, ok := r.canon[k]; ok {
			k = c
		}
		if n == 0 {
			u.key = r.in.add(k)
		} else if n < 3 {
			u.alt[n*2-2] = r.in.add(k)
		}
	}
	u.attributes, u.reports = startsAttribution(lower), reportVerbs[lower]
	if c := countryOf(exact); c != "" {
		u.alt[1] = r.in.add("country " + c)
	}
}

// prefixes are what makes one word of what a hyphen joins: vice-minister, co-defendant, non-citizen.
var prefixes = map[string]bool{"vice": true, "co": true, "non": true, "anti": true, "ex": true, "pre": true, "re": true, "self": true, "counter": true, "sub": true, "half": true, "quasi": true, "pseudo": true, "semi": true, "un": true}

// prefixed joins a prefix, its hyphen and the word after it.
func (r *reader) prefixed(i int) (lower string, n int) {
	if !prefixes[r.tokens[i].Folded] || i+2 >= len(r.tokens) {
		return "", 0
	}
	dash, word := &r.tokens[i+1], &r.tokens[i+2]
	if dash.Text != "-" || dash.Start != r.tokens[i].End || word.Start != dash.End || word.Kind != lang.Word {
		return "", 0
	}
	return strings.ToLower(r.tokens[i].Text + word.Text), 3
}

// voice notes whether a unit is a passive verb: a participle after be, and in Spanish "se firmó" and "lo firmaron".
func (r *reader) voice(u, before *unit) {
	u.clitic = false
	if u.kind != wordUnit {
		return
	}
	word := lower(r.raw[u.start:u.end])
	if !r.spanish() {
		u.passive = u.form&(bePresent|bePast|been) != 0 && englishParticiple(word)
		return
	}
	past := accentedEnd(word) || irregularPast[word] || preterite(exactKey(word, r.lang)) != exactKey(word, r.lang)
	u.clitic = before.clitic && past
	u.passive = u.clitic || u.form&(bePresent|bePast|been) != 0 && spanishParticiple(word)
	if before.reflexive && past {
		u.passive = true
		u.form |= bePast
	}
}

// temporalPrepositions are the temporal words that begin a phrase, apart from adverbs such as still and later.
var temporalPrepositions = wordSet(`before after since until till during while when once upon following throughout antes después desde hasta durante tras
	mientras cuando luego`)

// reportVerbs are what "according to" may stand for.
var reportVerbs = wordSet("say says said state states stated allege alleges alleged dice dicen dijo dijeron señala señaló afirma afirmó indica indicó sostiene sostienen informó informa")

func startsAttribution(word string) bool {
	switch strings.ToLower(word) {
	case "according", "según":
		return true
	}
	return false
}
