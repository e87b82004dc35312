package verify

import (
	"strings"
	"unicode/utf8"

	"enlace/knowledge/lang"
)

// closing maps an opening quotation mark to the marks that end it.
var closing = map[rune]string{'"': "\"", '“': "”\"", '«': "»", '‘': "’'", '\'': "'’", '’': "’"}

// quotedSpans returns what stands between quotation marks. An apostrophe inside or behind a word opens nothing.
func quotedSpans(s string) (out []span) {
	before := ' '
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		ends, opens := closing[r]
		if opens && !isWordRune(before) {
			if end, ok := closedAt(s, i+n, ends); ok {
				out = append(out, span{i + n, end})
				_, m := utf8.DecodeRuneInString(s[end:])
				i, before = end+m, r
				continue
			}
		}
		i, before = i+n, r
	}
	return out
}

// closedAt returns where the closing mark stands: the first that no letter follows.
func closedAt(s string, from int, ends string) (int, bool) {
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune(ends, r) {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if i+n >= len(s) || !isWordRune(next) {
				return i, i > from
			}
		}
		i += n
	}
	return 0, false
}

func isWordRune(r rune) bool {
	return r < utf8.RuneSelf && isLetter(byte(r)) || r >= utf8.RuneSelf && r <= lastLetter && r != '«' && r != '»' || '0' <= r && r <= '9'
}

// inQuotes checks that whatever the sentence puts in quotation marks stands so in the fact.
func inQuotes(c, f *text) Verdict {
	if len(c.quotes) == 0 {
		return Verdict{}
	}
	folded := foldQuote(f.raw)
	for _, q := range c.quotes {
		if !containsWords(folded, foldQuote(c.raw[q.start:q.end])) {
			return refuse(Quote, "the fact does not have these words", c.raw[q.start:q.end])
		}
	}
	return Verdict{}
}

// foldQuote makes quotes comparable: one kind of apostrophe and space, no case at the beginning.
func foldQuote(s string) string {
	s = strings.Join(strings.Fields(strings.Trim(s, " .,;:")), " ")
	return lang.FoldKeepEnye(strings.NewReplacer("’", "'", "‘", "'", "“", "\"", "”", "\"").Replace(s))
}

// containsWords reports whether text holds part between word borders.
func containsWords(text, part string) bool {
	for at := 0; part != ""; {
		n := strings.Index(text[at:], part)
		if n < 0 {
			return false
		}
		start, end := at+n, at+n+len(part)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (start == 0 || !isWordRune(before)) && (end == len(text) || !isWordRune(after)) {
			return true
		}
		at = start + 1
	}
	return false
}
