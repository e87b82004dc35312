package picture

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// box stands for what the font cannot show.
const box = '□' // U+25A1; a test holds that the font has it

// maxText bounds a text before it is measured, in runes; no label is longer.
const maxText = 600

// harmless returns text as one line of characters that the font shows from left to right, one after the other: white space is
// folded, invisible and direction-turning characters are dropped, anything else that is not plain becomes a box, and of marks
// that combine with a letter at most two stay.
func harmless(s string) string {
	var b strings.Builder
	marks, space, n := 0, false, 0
	for _, r := range s {
		if n == maxText {
			b.WriteRune('…')
			break
		}
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		case unicode.Is(unicode.Mn, r):
			if marks++; marks > 2 || b.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if !shown(r) {
			r = box
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// invisible reports whether r leaves nothing on paper: format characters (joiners, direction controls, tags, byte order mark)
// and variation selectors.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r == '\u00ad'
}

// shown reports whether the font has r in both weights and shows it without rearranging its neighbours.
func shown(r rune) bool {
	if r == utf8.RuneError || unicode.IsControl(r) || r > 0xFFFF {
		return false
	}
	if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited) {
		return false
	}
	return faces().regular.has(r) && faces().bold.has(r)
}
