package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxContent is the longest message; Discord docs, resources/message, "content". The unit is not documented, so the stricter one
// counts.
const maxContent = 2000

// length counts UTF-16 units, which are never fewer than characters.
func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// cut splits s, which is escaped, after at most n units: behind a space where there is one in the last half, and never inside an
// escape or between a letter and its combining marks.
func cut(s string, n int) (head, rest string) {
	if length(s) <= n {
		return s, ""
	}
	end, space, units, escaped := 0, 0, 0, false
	for i, r := range s {
		if !escaped && !unicode.IsMark(r) {
			end = i
			if r == ' ' {
				space = i
			}
		}
		units += length(string(r))
		if units > n {
			break
		}
		escaped = !escaped && r == '\\'
	}
	if space > end/2 {
		end = space
	}
	if end == 0 { // a single monstrous letter
		_, end = utf8.DecodeRuneInString(s)
	}
	return strings.TrimSpace(s[:end]), strings.TrimSpace(s[end:])
}
