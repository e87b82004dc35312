package thesaurus

import (
	"errors"
	"strconv"
	"strings"

	"enlace/knowledge"
)

// The compiled form: every list begins with its length; a line has tab-separated columns, for a concept its name and
// its near ids, for a word or stem its key and ids, for a phrase the key, the ids and the rest.
const (
	column    = "\t"
	baseMark  = "+" // after the ids of a stem that has a base form
	maxDigits = 6   // of an id, and the character after it
)

var errCompiled = errors.New("not the compiled form of a thesaurus: run go generate in knowledge/thesaurus")

// load reads the compiled form.
func load(text string) (*Thesaurus, error) {
	r := reader{text: text}
	n := r.length()
	t := &Thesaurus{concepts: make([]Concept, n), names: make(map[string]ID, n)}
	for i := range t.concepts {
		name := r.upTo(column[0])
		t.concepts[i] = newConcept(name)
		t.concepts[i].Near = r.near(n)
		t.names[name] = ID(i)
	}
	for i := range t.tables {
		tab := &t.tables[i]
		tab.lang = knowledge.Langs[i]
		tab.words, tab.stems = r.dict(n), r.dict(n)
		tab.phrases, tab.rest = r.phrases(n)
	}
	if r.broken || r.text != "" {
		return nil, errCompiled
	}
	return t, nil
}

// reader reads text from the front; broken says that it was not as expected.
type reader struct {
	text   string
	broken bool
}

// length reads the length of a list, which is never more than there are characters left.
func (r *reader) length() int {
	n, err := strconv.Atoi(r.upTo('\n'))
	if err != nil || n < 0 || n > len(r.text) {
		r.broken = true
		return 0
	}
	return n
}

// upTo returns what comes before the next end, and skips both.
func (r *reader) upTo(end byte) string {
	i := strings.IndexByte(r.text, end)
	if i < 0 {
		r.text, r.broken = "", true
		return ""
	}
	s := r.text[:i]
	r.text = r.text[i+1:]
	return s
}

// id reads the digits of one id and the character after them, which it returns.
func (r *reader) id(concepts int) (id ID, after byte) {
	n := 0
	for i := range min(maxDigits, len(r.text)) {
		c := r.text[i]
		if c < '0' || c > '9' {
			r.text = r.text[i+1:]
			r.broken = r.broken || i == 0 || n >= concepts
			return ID(n), c
		}
		n = n*10 + int(c-'0')
	}
	r.text, r.broken = "", true
	return 0, 0
}

// near reads ids to the end of the line.
func (r *reader) near(concepts int) []ID {
	list := r.text[:max(0, strings.IndexByte(r.text, '\n'))]
	if list == "" {
		r.upTo('\n')
		return nil
	}
	ids := make([]ID, 0, 1+strings.Count(list, " "))
	for after := byte(' '); after == ' '; {
		var id ID
		id, after = r.id(concepts)
		ids = append(ids, id)
	}
	return ids
}

// senses reads ids and their mark up to end.
func (r *reader) senses(concepts int, end byte) (s senses) {
	after := byte(' ')
	for after == ' ' && s.n < maxSenses {
		s.ids[s.n], after = r.id(concepts)
		s.n++
	}
	if after == baseMark[0] {
		s.base = true
		r.broken = r.broken || r.text == "" || r.text[0] != end
		r.text = r.text[min(1, len(r.text)):]
		return s
	}
	r.broken = r.broken || after != end
	return s
}

func (r *reader) dict(concepts int) dict {
	n := r.length()
	d := dict{keys: make([]string, n), senses: make([]senses, n)}
	for i := range n {
		d.keys[i] = r.upTo(column[0])
		d.senses[i] = r.senses(concepts, '\n')
	}
	return d
}

func (r *reader) phrases(concepts int) (d dict, rest []string) {
	n := r.length()
	d, rest = dict{keys: make([]string, n), senses: make([]senses, n)}, make([]string, n)
	for i := range n {
		d.keys[i] = r.upTo(column[0])
		d.senses[i] = r.senses(concepts, column[0])
		rest[i] = r.upTo('\n')
	}
	return d, rest
}
