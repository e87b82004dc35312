package thesaurus

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

const (
	maxErrors = 50  // problems that one Parse reports
	maxPhrase = 8   // words and gaps of one phrase
	exactMark = "=" // before a word that has no stem
)

// Parse builds a thesaurus from the text of a concept file, whose format the head of concepts.txt explains. The error
// joins what is wrong, each with its line, and the thesaurus is nil then.
func Parse(text string) (*Thesaurus, error) {
	p := parser{names: map[string]ID{}, near: map[ID][]string{}, lines: map[ID]int{}}
	for i, l := range knowledge.Langs {
		p.builders[i] = newBuilder(l)
	}
	for line := range strings.Lines(text) {
		p.line++
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' && len(p.problems) < maxErrors {
			p.concept(line)
		}
	}
	p.link()
	if len(p.problems) > 0 {
		return nil, errors.Join(p.problems...)
	}
	t := &Thesaurus{concepts: p.concepts, names: p.names}
	for i := range p.builders {
		t.tables[i] = p.builders[i].table()
	}
	return t, nil
}

type parser struct {
	concepts []Concept
	names    map[string]ID
	builders [len(knowledge.Langs)]builder
	line     int
	near     map[ID][]string // names as written, resolved at the end
	lines    map[ID]int
	problems []error
	tokens   []lang.Token
}

func (p *parser) problem(format string, args ...any) {
	p.problems = append(p.problems, fmt.Errorf("line %d: %s", p.line, fmt.Sprintf(format, args...)))
}

// concept reads one line: id | en: … | es: … | near: …
func (p *parser) concept(line string) {
	fields := strings.Split(line, "|")
	name := strings.TrimSpace(fields[0])
	if !validName(name) {
		p.problem("%q is no concept id: write lower-case letters, digits and hyphens", name)
		return
	}
	if _, ok := p.names[name]; ok {
		p.problem("concept %s exists already: give it another id, or join the two", name)
		return
	}
	if len(p.concepts) > math.MaxUint16 {
		p.problem("more than %d concepts: join some", math.MaxUint16+1)
		return
	}
	id := ID(len(p.concepts))
	p.names[name], p.lines[id] = id, p.line
	p.concepts = append(p.concepts, newConcept(name))
	p.fields(id, fields[1:])
}

func newConcept(name string) Concept {
	return Concept{Name: name, Off: strings.HasPrefix(name, "off-"), Attribute: strings.HasPrefix(name, "person-")}
}

func validName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func (p *parser) fields(id ID, fields []string) {
	if len(fields) < 2 || len(fields) > 3 {
		p.problem("%d fields after the id: write en:, es: and, where needed, near:", len(fields))
		return
	}
	for i, label := range []string{"en:", "es:", "near:"}[:len(fields)] {
		list, ok := strings.CutPrefix(strings.TrimSpace(fields[i]), label)
		if list = strings.TrimSpace(list); !ok || list == "" {
			p.problem("field %d must be %q and a list", i+2, label)
			return
		}
		for entry := range strings.SplitSeq(list, ",") {
			if entry = strings.TrimSpace(entry); i == 2 {
				p.near[id] = append(p.near[id], entry)
			} else {
				p.entry(id, entry, &p.builders[i])
			}
		}
	}
}

// entry adds one word or phrase.
func (p *parser) entry(id ID, entry string, b *builder) {
	written, exact := strings.CutPrefix(entry, exactMark)
	p.tokens = lang.Tokens(p.tokens[:0], written)
	n := len(p.tokens)
	if n == 0 || n > maxPhrase || p.tokens[0].Text == gap || p.tokens[n-1].Text == gap || exact && n > 1 {
		p.problem("%q is no word or phrase: write 1 to %d words, %q only inside a phrase and %q only before a single word",
			entry, maxPhrase, gap, exactMark)
		return
	}
	var room bool
	if n == 1 {
		room = b.addWord(p.tokens[0].Folded, exact, id)
	} else {
		room = b.addPhrase(p.tokens, id)
	}
	if !room {
		p.problem("%q (%s) stands under more than %d concepts: keep those that it mainly means", entry, b.lang, maxSenses)
	}
}

// link resolves the names of near concepts; the relation holds in both directions.
func (p *parser) link() {
	for id := range ID(len(p.concepts)) {
		p.line = p.lines[id]
		for _, name := range p.near[id] {
			other, ok := p.names[name]
			if !ok || other == id {
				p.problem("near: %q is no other concept", name)
				continue
			}
			p.relate(id, other)
			p.relate(other, id)
		}
	}
}

func (p *parser) relate(a, b ID) {
	list := &p.concepts[a].Near
	if at, found := slices.BinarySearch(*list, b); !found {
		*list = slices.Insert(*list, at, b)
	}
}
