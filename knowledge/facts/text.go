package facts

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
)

// text checks a text that people will read and stores it composed (NFC), with line breaks folded to spaces and no space at its ends.
func (w *walker) text(n *yaml.Node, s *shape, dst reflect.Value) bool {
	v := n.Value
	found := look(v)
	if s.min > 0 && found.words == 0 {
		w.report(n, ruleEmpty, "write a text or remove the key", "is empty")
		return false
	}
	if found.characters > s.max {
		w.report(n, ruleTooLong, fmt.Sprintf("at most %d", s.max), "has %d characters", found.characters)
		return false
	}
	if s.words > 0 && found.words > s.words {
		w.report(n, ruleTooLong, fmt.Sprintf("one claim of at most %d: make two facts of it, or move details to the note", s.words), "has %d words", found.words)
	}
	v = fold(v, found)
	if found.has&(oddByte|otherByte|lineByte) != 0 {
		w.characters(n, v)
	}
	if found.has&markByte != 0 || strings.Contains(v, "www.") {
		if found, fix := markup(v); found != "" {
			w.report(n, ruleMarkup, fix, "has markup, %q", short(found))
		}
	}
	if found := control(v); found != "" {
		w.report(n, ruleControl, "a fact tells something and gives no orders: word it another way", "has an instruction to a language model, %q", short(found))
	}
	dst.SetString(v)
	return true
}

// characters reports what a text is written with that it should not be.
func (w *walker) characters(n *yaml.Node, v string) {
	if v != "" && strings.TrimSpace(v) == "" {
		w.report(n, ruleCharacter, "write a text", "is nothing but white space")
	}
	if !utf8.ValidString(v) {
		w.report(n, ruleUTF8, "save the file as UTF-8", "is not valid UTF-8")
	}
	if r, why := badCharacter(v); why != "" {
		w.report(n, ruleCharacter, removeCharacter, "has U+%04X, %s", r, why)
	}
	if word := mixedWord(v); word != "" {
		w.report(n, ruleScript, "type the word again", "has a word of two alphabets, %q", short(word))
	}
}

// fold returns a text composed (NFC) and in one line. Line breaks come from the way a text is written in YAML and mean nothing.
func fold(s string, found sight) string {
	if found.has&otherByte != 0 {
		s = norm.NFC.String(s)
	}
	if found.has&lineByte != 0 {
		lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' })
		for i, l := range lines {
			lines[i] = strings.Trim(l, " ")
		}
		lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
		s = strings.Join(lines, " ")
	}
	return strings.Trim(s, " ")
}
