package verify

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge/lang"
)

// signs are the characters beside Latin letters, ASCII and white space that a sentence may have.
const signs = `¿¡“”‘’«»–—…€£°ºª§·`

// lastLetter ends the Latin blocks that both languages and the names they borrow need (Unicode 16, Latin Extended-B).
const lastLetter = 0x24F

// cleaned returns a sentence in Unicode form NFC with single spaces, or a refusal for characters that it must not have.
// Nothing is repaired: what is invisible, foreign or merely looks like a letter refuses the sentence.
func cleaned(s string) (string, Verdict) {
	if !utf8.ValidString(s) {
		return "", refuse(Characters, "the text is not valid UTF-8")
	}
	for _, r := range s {
		if !allowed(r) && !isMark(r) {
			return "", refuse(Characters, "English and Spanish sentences do not need it", fmt.Sprintf("U+%04X", r))
		}
	}
	text := lang.Normalize(s)
	for _, r := range text {
		if isMark(r) {
			return "", refuse(Characters, "a mark that composes with no letter", fmt.Sprintf("U+%04X", r))
		}
	}
	return text, Verdict{}
}

func allowed(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return ' ' <= r && r < 0x7f || r == '\n' || r == '\t' || r == '\r'
	case r <= lastLetter && unicode.Is(unicode.Latin, r), strings.ContainsRune(signs, r):
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

func isMark(r rune) bool { return 0x300 <= r && r <= 0x36F }
