package verify

import (
	"strings"

	"enlace/knowledge/lang"
)

// active are the ASCII characters that a chat client or a terminal may take for markup. The renderer alone writes markup.
const active = "<>@#|*_~`[]{}\\^"

// markup refuses markup, addresses, mentions and citation marks. known is the text that an address-like word may come from.
func markup(text string, known ...string) Verdict {
	if i := strings.IndexAny(text, active); i >= 0 {
		if strings.ContainsAny(text[i:i+1], "[]") {
			return refuse(Structure, "citation marks and links are not part of a sentence", text[i:i+1])
		}
		return refuse(Render, "a sentence has no markup", text[i:i+1])
	}
	if strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "-#") || strings.HasPrefix(text, "+ ") || strings.HasPrefix(text, "= ") {
		return refuse(Render, "a sentence has no markup", text[:1])
	}
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, `,;:!?¿¡'"“”‘’«»()…`)
		if looksLikeAddress(word) && !containsAny(known, word) {
			return refuse(Render, "a sentence has no addresses", word)
		}
	}
	return Verdict{}
}

// looksLikeAddress reports whether a word could be taken for a link: a scheme, or letters on both sides of a dot.
func looksLikeAddress(word string) bool {
	lower := strings.ToLower(word)
	if strings.Contains(lower, "://") || strings.HasPrefix(lower, "www.") || strings.HasPrefix(lower, "javascript:") || strings.HasPrefix(lower, "discord:") {
		return true
	}
	if !strings.Contains(strings.TrimRight(word, "."), ".") {
		return false
	}
	for t, ok := lang.Next(word, 0); ok; t, ok = lang.Next(word, t.End) {
		next, more := lang.Next(word, t.End)
		after, much := lang.Next(word, next.End)
		if more && much && next.Text == "." && t.Kind == lang.Word && after.Kind == lang.Word && next.Start == t.End && after.Start == next.End {
			return true
		}
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0x80 }

func containsAny(texts []string, word string) bool {
	for _, t := range texts {
		if strings.Contains(t, word) {
			return true
		}
	}
	return false
}
