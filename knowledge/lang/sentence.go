package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits a text at the ends of its sentences and returns them in order, trimmed, as parts of text; white space
// apart nothing is lost. Text without letters or signs gives nil.
//
// A sentence ends at . ! ? or … with the quotation marks and brackets that close there, where white space follows; not
// after titles, abbreviations and initials ("Dr.", "art.", "J. Macías"), nor where the text goes on in lower case after
// a closing quotation mark. "U.S.", "EE. UU.", "D.C.", "p.m." and their like end one only before a word that commonly
// begins sentences. A line break ends a sentence before an empty line, a list mark, a capital, a digit or an opening sign,
// unless the line ends in a comma, a hyphen or a word that cannot be last; so headlines and bullets stand alone.
func Sentences(text string) []string {
	var out []string
	start := 0
	for i, n := 0, 0; i < len(text); i += n {
		var r rune
		r, n = utf8.DecodeRuneInString(text[i:])
		end := 0
		switch r {
		case '.', '!', '?', '…':
			end = stopEnd(text, start, i, n, r)
		case '\n', '\u2028', '\u2029':
			if lineEnds(text[start:i], text[i:]) {
				end = i + n
			}
		}
		if end > 0 {
			out = appendTrimmed(out, text[start:end])
			start, n = end, end-i
		}
	}
	return appendTrimmed(out, text[start:])
}

func appendTrimmed(out []string, s string) []string {
	if s = strings.TrimSpace(s); s != "" {
		return append(out, s)
	}
	return out
}

// stopEnd returns where the sentence from start ends if the stop r of n bytes at i ends it, else 0.
func stopEnd(text string, start, i, n int, r rune) int {
	if i > start && strings.IndexByte(".!?", text[i-1]) >= 0 {
		return 0 // the first stop of a run has decided
	}
	end := i + n
	for end < len(text) && strings.IndexByte(".!?", text[end]) >= 0 || strings.HasPrefix(text[end:], "…") {
		_, k := utf8.DecodeRuneInString(text[end:])
		end += k
	}
	dots := end - i
	for {
		c, k := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune(`"'”’»)]`, c) || k == 0 {
			break
		}
		end += k
	}
	closed := end-i > dots
	next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
	switch {
	case next == "":
		return end
	case len(next) == len(text[end:]):
		return 0 // no white space: a decimal, an address
	}
	lower := startsLower(next)
	switch {
	case lower && closed:
		return 0 // "…?" he said
	case r == '.' && dots == 1 && !closed:
		if !dotEnds(text[start:i], next, lower) {
			return 0
		}
	case lower && (r == '.' || r == '…'):
		return 0 // an ellipsis in mid-sentence
	}
	return end
}

// dotEnds reports whether a single dot after before ends the sentence when next follows.
func dotEnds(before, next string, lower bool) bool {
	word := lastWord(before)
	if word == "" {
		return strings.TrimSpace(before) != ""
	}
	folded := Fold(word)
	inner := strings.ReplaceAll(folded, ".", "")
	switch {
	case isDigits(word):
		return strings.TrimSpace(before) != word && !lower // "1. Text" is a list mark
	case startsDigit(next) && has(numbered, folded):
		return false
	case has(titles, folded):
		return false
	case has(maybeLast, inner) && !has(ordinary, word), isInitial(word) || isDotted(word):
		w := firstWord(next)
		return !lower && has(openers, Fold(w)) && !strings.HasPrefix(next, w+".")
	}
	return !lower || utf8.RuneCountInString(word) >= 4
}

// titles are folded abbreviations that something always follows.
var titles = set(`
	mr mrs ms messrs dr dra drs sr sra srta sres prof lic abg econ arq gral cnel capt sgt sgto tnte gen gov sen rep
	hon rev sto sta fr lt cmdr adm pres mons v vs cf ed eds approx aprox p.ej ej viz avda av blvd ste apt dpto prov`)

// numbered are folded abbreviations, some of them words as well, that a number follows.
var numbered = set(`no nos num nro n art arts fig figs vol vols p pp pag pags cap caps sec secs par parr op inc lit`)

// maybeLast are abbreviations, without dots, that may end a sentence as well.
var maybeLast = set(`
	us usa uk un eu dc eeuu uu ee ny pm am etc inc ltd co corp jr snr sa ss ca cia ltda phd md bc ad bce ce jan feb mar apr
	jun jul aug sep sept oct nov dec ene abr ago dic mon tue wed thu fri sat sun lun mie jue vie dept univ assn bros est al`)

// ordinary are words of maybeLast that are none when they stand there in lower case and without dots.
var ordinary = set(`us am sun sat mon al un eu co est bros`)

// openers are folded words that commonly begin sentences and rarely continue a name.
var openers = set(`
	the a an this that these those he she it they we i you there here in on at as after before when while if but and or so
	however although according also since under for from by with his her its their no not both all some many who what when
	where why how is are was were did does do
	el la los las un una unos unas este esta estos estas ese esa eso el ella ellos ellas en al a de del por para con sin segun
	tras cuando mientras si pero y o aunque ademas tambien desde hasta su sus no ambos todos algunos quien que como donde es son
	fue fueron hay se lo le ya`)

func lastWord(s string) string {
	i := len(s)
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '.' {
			break
		}
		i -= n
	}
	return strings.TrimLeft(s[i:], ".")
}

func firstWord(s string) string {
	s = strings.TrimLeft(s, `"'“‘«¿¡([`)
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// isInitial reports whether a word is a single capital, or the doubled ones of a Spanish plural.
func isInitial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && (n == len(word) || len(word) == 2 && word[0] == word[1])
}

// isDotted reports whether a word is single letters between dots: "U.S", "p.m".
func isDotted(word string) bool {
	dots := 0
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) != 1 || startsDigit(part) {
			return false
		}
		dots++
	}
	return dots > 1
}

func isDigits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

func startsDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, `"'“‘«([`))
	return unicode.IsLower(r)
}

// lineEnds reports whether the line break at the start of rest ends the sentence before it.
func lineEnds(before, rest string) bool {
	before = strings.TrimRightFunc(before, unicode.IsSpace)
	if before == "" {
		return true
	}
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if next == "" || strings.Count(rest[:len(rest)-len(next)], "\n") > 1 || isBullet(next) {
		return true
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	if strings.HasPrefix(line, "#") {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(",;-–—(", last) || has(neverLast, Fold(lastWord(before))) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	return unicode.IsUpper(first) || unicode.IsDigit(first) || strings.ContainsRune(`¿¡"“«#*`, first)
}

// neverLast are folded words that no sentence and no headline ends in.
var neverLast = set(`the a an of and or to in on at by for from with el la los las un una de del y o e u en por para con al su sus`)

// isBullet reports whether a line begins with the mark of a list.
func isBullet(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("-*•·–—‣◦", r) {
		return n < len(s) && s[n] == ' '
	}
	digits := strings.TrimLeftFunc(s, unicode.IsDigit)
	return len(digits) < len(s) && len(s)-len(digits) <= 3 && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") "))
}
