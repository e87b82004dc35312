package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge/lang"
)

// Escape returns text as one line that Discord shows as it is: no markup, mention, link, timestamp, custom emoji or invisible
// character in it works. Full-width letters and signs become plain ones first, so that nothing turns active later. An escape that
// is already there stays, which makes Escape idempotent.
//
// Discord's clients show a backslash before a sign as that sign (docs.discord.com, reference, "Message Formatting"); the signs at
// the beginning of a line count only there, so Escape is for text that begins one, and harmless for other text.
func Escape(text string) string {
	s := lang.Normalize(halfWidth(text))
	s = lang.Normalize(halfWidth(s)) // normalising composes signs that the first pass could not see
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := lineStart(&b, s); i < len(s); {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && isSign(s[i+1]):
			b.WriteString(s[i : i+2])
			i += 2
			continue
		case strings.IndexByte("\\`*_~|[]<>@", c) >= 0,
			c == ':' && strings.HasPrefix(s[i:], "://"),
			c == '/' && inHost(s[:i]):
			b.WriteByte('\\')
		}
		b.WriteByte(c)
		i++
	}
	return b.String()
}

// lineStart escapes what only means something at the beginning of a line: headings, subtext, lists. It returns how much of s it
// wrote.
func lineStart(b *strings.Builder, s string) int {
	if s == "" {
		return 0
	}
	if strings.IndexByte("#-+", s[0]) >= 0 {
		b.WriteByte('\\')
		b.WriteByte(s[0])
		return 1
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') && (digits+1 == len(s) || s[digits+1] == ' ') {
		b.WriteString(s[:digits])
		b.WriteByte('\\')
		b.WriteByte(s[digits])
		return digits + 1
	}
	return 0
}

// inHost reports whether before ends in something like a host name, so that a slash after it would make an address or an invite.
func inHost(before string) bool {
	last := strings.TrimRightFunc(before, inLabel)
	rest, dotted := strings.CutSuffix(last, ".")
	return dotted && len(last) < len(before) && strings.TrimRightFunc(rest, inLabel) != rest
}

func inLabel(r rune) bool {
	return r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isSign reports whether a backslash takes the effect of c.
func isSign(c byte) bool {
	return c > ' ' && c < 0x7f && !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z')
}

// halfWidth turns the full-width forms of ASCII (U+FF01 to U+FF5E) and the small forms of signs that mention or link into ASCII.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 0xFF01 <= r && r <= 0xFF5E:
			return r - 0xFF01 + '!'
		case r == 0xFE6B:
			return '@'
		case r == 0xFE64:
			return '<'
		case r == 0xFE65:
			return '>'
		case r == 0xFE68:
			return '\\'
		case r == 0xFE5F:
			return '#'
		case r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}
