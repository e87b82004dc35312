package lang

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks a letter keeps: more than any English or Spanish word needs.
const maxMarks = 2

// Normalize returns s in Unicode form NFC (Unicode Standard Annex 15), without control, format, private and otherwise
// invisible characters, at most two combining marks to a letter, and with every run of white space, line breaks
// included, as one space, none at the ends. Invalid UTF-8 is removed. Every question goes through it first.
// Normalize is idempotent and does not allocate for clean ASCII.
func Normalize(s string) string {
	if isNormal(s) {
		return s
	}
	out := make([]byte, 0, len(s))
	space := false
	for i, n := 0, 0; i < len(s); i += n {
		var r rune
		r, n = utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == utf8.RuneError || isInvisible(r):
			continue
		}
		if space && len(out) > 0 {
			out = append(out, ' ')
		}
		space = false
		out = utf8.AppendRune(out, r)
	}
	return string(capMarks(norm.NFC.Bytes(out)))
}

func isNormal(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// isInvisible reports whether r shows nothing or nothing reliable. Letters that are drawn blank and selectors are not
// in category C, so they are named.
func isInvisible(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' '
	case unicode.In(r, unicode.C, unicode.Noncharacter_Code_Point, unicode.Variation_Selector):
		return true
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x2800, r == 0x3164, r == 0xFFA0:
		return true
	}
	return 0xE0000 <= r && r <= 0xE0FFF
}

// capMarks drops all but the first maxMarks of every run of combining marks, in place.
func capMarks(b []byte) []byte {
	out, marks := b[:0], 0
	for i, n := 0, 0; i < len(b); i += n {
		var r rune
		r, n = utf8.DecodeRune(b[i:])
		if r >= 0x300 && unicode.IsMark(r) {
			marks++
		} else {
			marks = 0
		}
		if marks <= maxMarks {
			out = append(out, b[i:i+n]...)
		}
	}
	return out
}
