package facts

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
)

// refused says why a character has no place in a fact file, or "" for one that has. Combining marks are not judged here: most of
// them disappear when a text is composed (NFC), and strayMark finds the rest.
//
// The list is that of the answer's own checks: nothing invisible, nothing that changes direction, nothing private, no digits that
// only look like digits.
func refused(r rune) string {
	switch {
	case r >= ' ' && r <= '~', r == '\n', r == '\r', r == '\t', r > 0xA0 && r < 0x250 && r != 0xAD:
		return ""
	case r == utf8.RuneError:
		return "the mark of a character that was lost earlier"
	case r == 0xAD, r == 0x2028, r == 0x2029, r == 0x2800, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x180E,
		unicode.Is(unicode.Cf, r) && !bidi(r), r >= 0xE0000 && r <= 0xE0FFF:
		return "an invisible character"
	case bidi(r):
		return "a character that changes the writing direction"
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	case unicode.Is(unicode.Co, r), r >= 0xFFF0 && r <= 0xFFFF:
		return "a character without a meaning of its own"
	case r >= 0xFF01 && r <= 0xFF5E, r >= 0x1D400 && r <= 0x1D7FF:
		return "a full-width or mathematical letter"
	case unicode.Is(unicode.Nd, r):
		return "a digit that is not one of 0 to 9"
	}
	return ""
}

// bidi reports whether r is one of the marks, embeddings, overrides and isolates of the Unicode bidirectional algorithm.
func bidi(r rune) bool {
	return r == 0x61C || r == 0x200E || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

const removeCharacter = "remove it or type the text again"

// clean reports what is wrong with the characters of a file, at most one problem for each line, and returns the data with refused
// characters blanked so that the rest of the file can still be read. It returns data itself where nothing was wrong.
func clean(file string, data []byte) ([]byte, Problems) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return nil, Problems{{Pos: knowledge.Position{File: file, Line: 1, Column: 1}, Rule: ruleUTF8, Message: "the file is UTF-16", Fix: "save it as UTF-8"}}
	}
	if plain(data) {
		return data, nil
	}
	var (
		problems  Problems
		out       = bytes.Clone(data)
		line, col = 1, 1
		told      = 0 // the last line with a problem
	)
	report := func(rule, message, fix string) {
		if told != line {
			problems = append(problems, Problem{Pos: knowledge.Position{File: file, Line: line, Column: col}, Rule: rule, Message: message, Fix: fix})
			told = line
		}
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch why := refused(r); {
		case r == utf8.RuneError && size == 1:
			report(ruleUTF8, fmt.Sprintf("byte 0x%02X is not valid UTF-8", data[i]), "save the file as UTF-8")
			out[i] = '?'
		case why != "":
			report(ruleCharacter, fmt.Sprintf("U+%04X is %s", r, why), removeCharacter)
			blank(out[i : i+size])
		}
		// A line ends where YAML ends it: after LF, CR or CR LF.
		if r == '\n' || r == '\r' && !bytes.HasPrefix(data[i+1:], []byte("\n")) {
			line, col = line+1, 0
		}
		i, col = i+size, col+1
	}
	return out, problems
}

func blank(b []byte) {
	for i := range b {
		b[i] = ' '
	}
}

// plain reports whether every character of data is allowed and valid. Almost every file is, so this is the fast way.
func plain(data []byte) bool {
	for i := 0; i < len(data); {
		if c := data[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError || refused(r) != "" {
			return false
		}
		i += size
	}
	return true
}

// badCharacter returns the first character of a composed text that has no place in it, and why, or 0.
func badCharacter(s string) (rune, string) {
	for _, r := range s {
		if r < utf8.RuneSelf && r >= ' ' && r != 0x7F {
			continue
		}
		if r == '\t' {
			return r, "a tab"
		}
		if why := refused(r); why != "" {
			return r, why
		}
		if unicode.Is(unicode.M, r) {
			return r, "a mark without a letter that it belongs to"
		}
	}
	return 0, ""
}

// mixedWord returns the first word of s that mixes Latin letters with letters of another script, which is how a word is made to
// look like another one; "" when there is none.
func mixedWord(s string) string {
	start, latin, other := -1, false, false
	for i, r := range s {
		if !unicode.IsLetter(r) {
			if latin && other {
				return s[start:i]
			}
			start, latin, other = -1, false, false
			continue
		}
		if start < 0 {
			start = i
		}
		if r < 0x250 || unicode.Is(unicode.Latin, r) {
			latin = true
		} else {
			other = true
		}
	}
	if latin && other {
		return s[start:]
	}
	return ""
}
