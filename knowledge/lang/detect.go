package lang

import (
	"math"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
)

// Detect guesses the language of a text, short questions without accents included. The margin is in [0,1): 0 means
// that there is no evidence, and English is returned; about 0.5 is one clear function word.
//
// Evidence are function words, common words of our topics, the letters ñ ¿ ¡ and accents, and the endings and letter
// groups of the other lower-case words, which count little. Names are none: neither capitalised words nor the names and
// the words common to both languages of a list. The tables are the project's own.
func Detect(text string) (l knowledge.Lang, margin float64) {
	var score [2]float64 // English, Spanish
	shouted := !hasLower(text)
	var buf [64]byte
	first := true
	for t, ok := Next(text, 0); ok; t, ok = Next(text, t.End) {
		if t.Kind == Number {
			continue
		}
		if t.Kind == Punct {
			if t.Text == "¿" || t.Text == "¡" {
				score[1] += 2
			}
			first = first || t.Text == "." || t.Text == "?" || t.Text == "¿" || t.Text == "!"
			continue
		}
		folded := AppendFold(buf[:0], t.Text)
		proper := isProper(t.Text) && !shouted
		w := wordEvidence(text, t, folded, proper, first)
		if w > 0 {
			score[0] += w
		} else {
			score[1] -= w
		}
		first = false
	}
	return decide(score[0], score[1])
}

// undecided is the least difference of evidence that decides; it is less than any listed word counts.
const undecided = 0.15

func decide(en, es float64) (knowledge.Lang, float64) {
	diff := en - es
	if math.Abs(diff) < undecided {
		return knowledge.English, 0
	}
	margin := math.Abs(diff) / (en + es + 2)
	if diff < 0 {
		return knowledge.Spanish, margin
	}
	return knowledge.English, margin
}

// wordEvidence returns how much a word speaks for English (above 0) or Spanish (below 0).
func wordEvidence(text string, t Token, folded []byte, proper, first bool) float64 {
	name, isName := nameArticles[string(folded)]
	if isName && has(name, nextFolded(text, t.End)) {
		return 0 // the article of a name: los choneros
	}
	if w, ok := evidence[string(folded)]; ok && (!proper || first || w > 1 || w < -1) {
		return w
	}
	if has(neutral, string(folded)) || proper && !first || len(folded) < 3 {
		return 0
	}
	w := shape(folded)
	if proper {
		return w / 4 // it may be a name after all
	}
	for _, r := range t.Text {
		switch r {
		case 'á', 'é', 'í', 'ó', 'ú', 'ñ':
			return min(w, 0) - 1
		}
	}
	return w
}

// nextFolded returns the folded word right after at, or "".
func nextFolded(text string, at int) string {
	if t, ok := Next(text, at); ok && t.Kind == Word {
		return Fold(t.Text)
	}
	return ""
}

func isProper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

func hasLower(text string) bool {
	for _, r := range text {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// shapeMost is how much the form of one unlisted word may count: less than any function word.
const shapeMost = 0.8

// shape weighs the endings and the groups of two to three letters of a folded word.
func shape(w []byte) float64 {
	sum := 0.0
	for n := min(5, len(w)-1); n >= 1; n-- {
		if v, ok := endings[string(w[len(w)-n:])]; ok {
			sum += v
			break // the longest ending only
		}
	}
	for i := range w {
		for n := 2; n <= 3 && i+n <= len(w); n++ {
			sum += grams[string(w[i:i+n])]
		}
	}
	return max(-shapeMost, min(shapeMost, sum))
}
