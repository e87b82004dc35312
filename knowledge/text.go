package knowledge

// Lang is a language that facts are written and answers are given in.
type Lang string

// The two languages of a fact base.
const (
	English Lang = "en"
	Spanish Lang = "es"
)

// Langs lists every language, in the order in which they are shown.
var Langs = [...]Lang{English, Spanish}

// Other returns the other language of the pair.
func (l Lang) Other() Lang {
	if l == Spanish {
		return English
	}
	return Spanish
}

// Text is one statement in up to two languages; an empty string means that the language is missing.
type Text struct {
	EN string `json:"en,omitempty"`
	ES string `json:"es,omitempty"`
}

// In returns the text in l, or "" when it is missing.
func (t Text) In(l Lang) string {
	if l == Spanish {
		return t.ES
	}
	return t.EN
}

// Best returns the text in l when there is one, else the other language's text, and the language of what it returns.
func (t Text) Best(l Lang) (string, Lang) {
	if s := t.In(l); s != "" {
		return s, l
	}
	return t.In(l.Other()), l.Other()
}

// IsZero reports whether neither language has a text.
func (t Text) IsZero() bool { return t.EN == "" && t.ES == "" }

// Texts is a list of phrasings for each language.
type Texts struct {
	EN []string `json:"en,omitempty"`
	ES []string `json:"es,omitempty"`
}

// In returns the phrasings in l, in file order. Callers must not modify them.
func (t Texts) In(l Lang) []string {
	if l == Spanish {
		return t.ES
	}
	return t.EN
}
