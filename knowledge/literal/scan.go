package literal

import (
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	wordToken tokenKind = iota + 1
	digitsToken
	punctToken
)

// token is a run of letters, a run of ASCII digits or one other character. White space is no token.
type token struct {
	start, end int
	word       *word // of a wordToken: its entry in the vocabulary; nil for a word without one
	char       rune  // of a punctToken
	kind       tokenKind
	capital    bool // begins with an upper-case letter
	allCaps    bool // two letters or more, all upper case
	glued      bool // nothing stands between it and the token before
}

// longestWord is more than any word of the vocabularies has, in bytes.
const longestWord = 24

// scan appends the tokens of text to dst.
func scan(dst []token, text string, v *vocabulary) []token {
	end := -1 // of the last token
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		t := token{start: i, glued: i == end}
		switch {
		case r >= '0' && r <= '9':
			t.kind, t.end = digitsToken, digitsEnd(text, i)
		case isLetter(r):
			scanWord(&t, text, v)
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad':
			i += size
			continue
		default:
			t.kind, t.char, t.end = punctToken, r, i+size
		}
		dst = append(dst, t)
		i, end = t.end, t.end
	}
	return dst
}

func digitsEnd(text string, i int) int {
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i
}

// isLetter leaves the ordinal signs º and ª out, which Unicode counts as letters.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return r != 'º' && r != 'ª' && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r))
}

// scanWord reads a word, folds it and looks it up.
func scanWord(t *token, text string, v *vocabulary) {
	var folded [longestWord]byte
	n, letters, upper := 0, 0, 0
	i := t.start
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r) {
			break
		}
		i += size
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		letters++
		if unicode.IsUpper(r) {
			upper++
			t.capital = t.capital || letters == 1
		}
		if c, ok := foldRune(r); ok && n < len(folded) {
			folded[n] = c
			n++
		} else {
			n = len(folded) // too long or foreign: in no vocabulary
		}
	}
	t.kind, t.end = wordToken, i
	t.allCaps = letters > 1 && upper == letters
	if n < len(folded) {
		t.word = v.words[string(folded[:n])]
	}
}

// foldRune returns the lower-case letter without its accent, for the letters of English and Spanish.
func foldRune(r rune) (byte, bool) {
	if r >= 'A' && r <= 'Z' {
		return byte(r) + 'a' - 'A', true
	}
	if r >= 'a' && r <= 'z' {
		return byte(r), true
	}
	switch r {
	case 'á', 'Á', 'à', 'À':
		return 'a', true
	case 'é', 'É', 'è', 'È':
		return 'e', true
	case 'í', 'Í', 'ì', 'Ì':
		return 'i', true
	case 'ó', 'Ó', 'ò', 'Ò':
		return 'o', true
	case 'ú', 'Ú', 'ü', 'Ü', 'ù', 'Ù':
		return 'u', true
	case 'ñ', 'Ñ':
		return 'n', true
	}
	return 0, false
}
