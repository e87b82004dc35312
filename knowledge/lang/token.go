package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // letters: "Noem", "'s", "don't", "U.S."
	Number             // digits with inner separators: "1,234.5", "2025-07-31", "14:00"
	Punct              // one other visible character: "$", "%", "¿", "–"
)

// String returns the name of the kind in lower case.
func (k Kind) String() string {
	return [...]string{"word", "number", "punct"}[min(k, Punct)]
}

// Token is a piece of a text. Start and End are byte offsets, and Text is source[Start:End].
type Token struct {
	Start, End int
	Kind       Kind
	Text       string
	Folded     string // Fold of Text; dotted abbreviations lose their dots: "U.S." is "us", "EE. UU." is "eeuu"
}

// Tokens appends the tokens of text to dst and returns it. They are in order, do not overlap, and leave out white
// space and control characters only.
//
// A word is a run of letters. The English 's is a word of its own, other inner apostrophes stay ("don't", "O'Neill"),
// hyphens are punctuation. A dotted abbreviation is one word together with its last dot. Digits and letters never
// share a token ("14h00" is three). Text and, where nothing needed folding, Folded share memory with text; all other
// folded forms of one call share one allocation.
func Tokens(dst []Token, text string) []Token {
	var folded strings.Builder
	for t, ok := Next(text, 0); ok; t, ok = Next(text, t.End) {
		t.Folded = t.Text
		if t.Kind == Word && needsFolding(t.Text) {
			t.Folded = foldInto(&folded, t.Text, len(text)-t.Start)
		}
		dst = append(dst, t)
	}
	return dst
}

// foldInto folds word at the end of b. Earlier results stay valid: b only ever appends.
func foldInto(b *strings.Builder, word string, rest int) string {
	if b.Cap() == 0 {
		b.Grow(rest)
	}
	var buf [64]byte
	from := b.Len()
	for _, c := range AppendFold(buf[:0], word) {
		if c != '.' && c != ' ' {
			b.WriteByte(c)
		}
	}
	return b.String()[from:]
}

func needsFolding(word string) bool {
	return !isFolded(word) || strings.ContainsAny(word, ". ")
}

// Next returns the first token of text that starts at byte offset at or later, without its folded form, and whether
// there is one. It never allocates; AppendFold folds its Text into memory of the caller's.
func Next(text string, at int) (Token, bool) {
	for at < len(text) {
		r, n := decode(text, at)
		switch {
		case unicode.IsLetter(r):
			return token(text, at, wordEnd(text, at), Word), true
		case isApostrophe(r) && isLoneS(text, at+n) && at > 0 && letterBefore(text, at):
			return token(text, at, at+n+1, Word), true
		case unicode.IsDigit(r):
			return token(text, at, numberEnd(text, at), Number), true
		case !unicode.IsSpace(r) && !unicode.IsControl(r):
			return token(text, at, at+n, Punct), true
		}
		at += n
	}
	return Token{}, false
}

func token(text string, start, end int, k Kind) Token {
	return Token{Start: start, End: end, Kind: k, Text: text[start:end]}
}

func decode(text string, at int) (rune, int) {
	if at < len(text) && text[at] < utf8.RuneSelf {
		return rune(text[at]), 1
	}
	if at >= len(text) {
		return -1, 0
	}
	return utf8.DecodeRuneInString(text[at:])
}

// wordEnd returns where the word that starts at the letter at ends.
func wordEnd(text string, at int) int {
	if end := dottedEnd(text, at); end > 0 {
		return end
	}
	for {
		end := lettersEnd(text, at)
		r, n := decode(text, end)
		if !isApostrophe(r) || isLoneS(text, end+n) {
			return end
		}
		if next, _ := decode(text, end+n); !unicode.IsLetter(next) {
			return end
		}
		at = end + n
	}
}

// lettersEnd returns where the run of letters and their marks at ends.
func lettersEnd(text string, at int) int {
	for {
		for at < len(text) && isASCIILetter(text[at]) {
			at++
		}
		r, n := decode(text, at)
		if !unicode.IsLetter(r) && !(r >= utf8.RuneSelf && unicode.IsMark(r)) {
			return at
		}
		at += n
	}
}

// dottedEnd returns where the dotted abbreviation at ends, or 0 where there is none: at least two single letters, each
// with a dot, or a Spanish plural of doubled capitals (EE. UU., FF.AA.). EEUU is known in lower case and bare as well.
func dottedEnd(text string, at int) int {
	if end := doubledEnd(text, at); end > 0 {
		return end
	}
	end := at
	for end+1 < len(text) && isASCIILetter(text[end]) && text[end+1] == '.' {
		end += 2
	}
	if end-at < 4 {
		return 0
	}
	return end
}

// doubledEnd returns where the two doubled letters at end, with their dots and one space at most, or 0.
func doubledEnd(text string, at int) int {
	s := text[at:]
	if len(s) < 4 || s[0] != s[1] || !isASCIILetter(s[0]) {
		return 0
	}
	second := 2
	dotted := s[second] == '.'
	if dotted {
		second++
	}
	if s[second] == ' ' {
		second++
	}
	end := second + 2
	if end > len(s) || s[second] != s[second+1] || !isASCIILetter(s[second]) || second > 2 && s[0]|0x20 == s[second]|0x20 {
		return 0
	}
	if r, _ := decode(s, end); unicode.IsLetter(r) || unicode.IsMark(r) {
		return 0
	}
	if s[0]|0x20 != 'e' || s[second]|0x20 != 'u' {
		if !dotted || s[0] > 'Z' || s[second] > 'Z' || end >= len(s) || s[end] != '.' {
			return 0
		}
	}
	if end < len(s) && s[end] == '.' {
		end++
	}
	return at + end
}

// numberEnd returns where the number that starts at the digit at ends: groups of digits joined by single separators.
func numberEnd(text string, at int) int {
	for {
		r, n := decode(text, at)
		switch {
		case unicode.IsDigit(r):
			at += n
			continue
		case r == '.' || r == ',' || r == ':' || r == '/' || r == '-':
			if next, _ := decode(text, at+1); unicode.IsDigit(next) {
				at++
				continue
			}
		}
		return at
	}
}

// isLoneS reports whether the text at is an s that ends a word.
func isLoneS(text string, at int) bool {
	if at >= len(text) || text[at] != 's' && text[at] != 'S' {
		return false
	}
	r, _ := decode(text, at+1)
	return !unicode.IsLetter(r) && !unicode.IsMark(r)
}

func letterBefore(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == '.' || unicode.IsDigit(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
