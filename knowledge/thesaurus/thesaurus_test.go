package thesaurus

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

var update = flag.Bool("update", false, "write compiled.txt from concepts.txt")

func concepts(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("concepts.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// TestCompiledIsCurrent also finds what Parse refuses: a word under more than two concepts, two concepts of one id, near
// ids that do not exist, a concept without words in one of the languages.
func TestCompiledIsCurrent(t *testing.T) {
	want, err := Parse(concepts(t))
	if err != nil {
		t.Fatalf("concepts.txt:\n%v", err)
	}
	if *update {
		if err := os.WriteFile("compiled.txt", []byte(compile(want)), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if compile(want) != compiled {
		t.Error("compiled.txt is not what concepts.txt says: run go generate in knowledge/thesaurus")
	}
}

// TestEveryEntryFindsItself looks every word and phrase of the file up as a question would have it.
func TestEveryEntryFindsItself(t *testing.T) {
	th := Shipped()
	for line := range strings.Lines(concepts(t)) {
		fields := strings.Split(strings.TrimSpace(line), " | ")
		if line[0] == '#' || len(fields) < 3 {
			continue
		}
		id, ok := th.ByName(fields[0])
		if !ok {
			t.Fatalf("no concept %s", fields[0])
		}
		for i, l := range knowledge.Langs {
			for _, entry := range strings.Split(fields[i+1][len("en:"):], ",") {
				entry = strings.ReplaceAll(strings.Trim(entry, " ="), " _ ", " them ")
				found := th.Match(nil, lang.Tokens(nil, entry), l)
				if !slices.ContainsFunc(found, func(m Match) bool { return m.Start == 0 && m.Concept == id }) {
					t.Errorf("%s: %q does not find %s", l, entry, fields[0])
				}
			}
		}
	}
}

func TestConcepts(t *testing.T) {
	th := Shipped()
	if n := th.Len(); n < 600 || n > 800 {
		t.Errorf("%d concepts, want 600 to 800", n)
	}
	for id := range ID(th.Len()) {
		c := th.Concept(id)
		for _, other := range c.Near {
			if near := th.Concept(other).Near; !slices.Contains(near, id) {
				t.Errorf("%s is near %s and not the other way round", c.Name, th.Concept(other).Name)
			}
		}
		if c.Off != strings.HasPrefix(c.Name, "off-") || c.Attribute != strings.HasPrefix(c.Name, "person-") {
			t.Errorf("%s has the wrong flags: %+v", c.Name, c)
		}
	}
}

// TestStagesStayApart holds the meanings apart that an answer must not mix up.
func TestStagesStayApart(t *testing.T) {
	for _, l := range knowledge.Langs {
		stages := map[knowledge.Lang][]string{
			knowledge.English: {"charged", "convicted", "sentenced", "extradited", "deported", "signed", "ratified", "arrested", "escaped", "acquitted"},
			knowledge.Spanish: {"imputado", "condenado", "sentenciado", "extraditado", "deportado", "firmado", "ratificado", "arrestado", "escapado", "absuelto"},
		}[l]
		seen := map[ID]string{}
		for _, w := range stages {
			found := Shipped().Match(nil, lang.Tokens(nil, w), l)
			if len(found) == 0 {
				t.Errorf("%s: %q means nothing", l, w)
			}
			for _, m := range found {
				if other := seen[m.Concept]; other != "" && !(w == "imputado" || other == "imputado") {
					t.Errorf("%s: %q and %q mean the same", l, w, other)
				}
				seen[m.Concept] = w
			}
		}
	}
}
