package lang

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case and without accents, ñ as n, typographic apostrophes as ', for matching in search.
// A string that is already folded is returned as it is, without allocating. Fold is idempotent.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(AppendFold(make([]byte, 0, len(s)), s))
}

// FoldKeepEnye is Fold that keeps ñ apart from n, for comparing names: año is not ano.
func FoldKeepEnye(s string) string {
	if isFolded(s) {
		return s
	}
	return string(appendFold(make([]byte, 0, len(s)), s, true))
}

// AppendFold appends Fold(s) to dst, for callers that reuse their memory.
func AppendFold(dst []byte, s string) []byte { return appendFold(dst, s, false) }

func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

const combiningTilde = '\u0303'

func appendFold(dst []byte, s string, enye bool) []byte {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			dst = append(dst, byte(r))
		case enye && (r == 'ñ' || r == 'Ñ'):
			dst = append(dst, "ñ"...)
		case enye && r == combiningTilde && len(dst) > 0 && dst[len(dst)-1] == 'n':
			dst = append(dst[:len(dst)-1], "ñ"...)
		case r < latinEnd:
			dst = utf8.AppendRune(dst, latin[r-utf8.RuneSelf])
		case r == '’' || r == '‘' || r == 'ʼ':
			dst = append(dst, '\'')
		default:
			dst = appendFoldRare(dst, r)
		}
	}
	return dst
}

// latinEnd ends the blocks Latin-1 Supplement and Latin Extended-A, which hold the letters of both languages.
const latinEnd = 0x180

// latin maps the runes from 0x80 to latinEnd to their folded form.
var latin = func() (t [latinEnd - utf8.RuneSelf]rune) {
	for i := range t {
		d, _ := utf8.DecodeRune(norm.NFD.AppendString(nil, string(rune(i+utf8.RuneSelf))))
		t[i] = unicode.ToLower(d)
	}
	return t
}()

// appendFoldRare decomposes one rune outside the common blocks and drops its marks.
func appendFoldRare(dst []byte, r rune) []byte {
	var buf [32]byte
	for d := norm.NFD.AppendString(buf[:0], string(r)); len(d) > 0; {
		p, n := utf8.DecodeRune(d)
		d = d[n:]
		if !unicode.Is(unicode.Mn, p) {
			dst = utf8.AppendRune(dst, unicode.ToLower(p))
		}
	}
	return dst
}
