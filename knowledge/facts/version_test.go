package facts

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"enlace/knowledge"
)

const versionBase = `topic: {id: mou, order: 1, title: {en: The memorandum, es: El memorando}, aliases: [MoU]}
sources: [{id: s, publisher: P, title: T, kind: press, url: "https://host.example/a", published: 2025-07-31, language: en}]
entities: [{id: e, kind: person, name: Kristi Noem, aliases: [Noem], about: {en: A secretary.}}]
facts:
  - {id: a, text: {en: "Señor A signed.", es: "El señor A firmó."}, status: official, dates: [2025], entities: [e], sources: [s], as_of: 2026-01-01, note: {en: N.}, corrects: {en: [B signed]}, asks: {en: [who signed]}, key: 1}
  - {id: b, text: {en: B.}, status: official, sources: [s], replaces: [c], withdrawn: Wrong.}
  - {id: c, text: {en: C.}, status: official, sources: [s]}
lists: [{id: all, title: {en: Everything}, facts: [a, c], asks: {en: [give me all]}}]
`

// TestVersionIsTheSameForTheSameContent also fixes the value: it must not differ between machines or releases by accident.
func TestVersionIsTheSameForTheSameContent(t *testing.T) {
	const want = "sha256:fc07931feda514d3a1774ba018e70796322df6183df0f6e0921c4f807d2a3467"
	crlf := strings.ReplaceAll(versionBase, "\n", "\r\n")
	block := strings.Replace(versionBase, `text: {en: B.}`, "text:  { 'en' : \"B.\" } ", 1)
	for name, fsys := range map[string]fstest.MapFS{
		"as it is":      {"a.yaml": {Data: []byte(versionBase)}},
		"another name":  {"zzz.yml": {Data: []byte(versionBase)}},
		"CRLF":          {"a.yaml": {Data: []byte(crlf)}},
		"BOM":           {"a.yaml": {Data: []byte("\ufeff" + versionBase)}},
		"comments":      {"a.yaml": {Data: []byte("# hello\n\n" + versionBase + "\n# bye")}},
		"another style": {"a.yaml": {Data: []byte(block)}},
		"decomposed":    {"a.yaml": {Data: []byte(strings.ReplaceAll(versionBase, "ñ", "n\u0303"))}},
		"several files": {
			"1.yaml": {Data: []byte(versionBase[:strings.Index(versionBase, "sources:")] + versionBase[strings.Index(versionBase, "facts:"):])},
			"0.yaml": {Data: []byte(versionBase[strings.Index(versionBase, "sources:"):strings.Index(versionBase, "facts:")])},
		},
	} {
		b, err := Load(fsys)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if b.Version != want {
			t.Errorf("%s: version %s", name, b.Version)
		}
	}
}

func TestVersionChangesWithEverythingThatAnAnswerDependsOn(t *testing.T) {
	changes := map[string][2]string{
		"topic title": {"El memorando", "El acuerdo"}, "topic order": {"order: 1", "order: 2"}, "topic alias": {"[MoU]", "[MoU, pact]"}, "topic id": {"id: mou", "id: pact"},
		"publisher": {"publisher: P", "publisher: Q"}, "title": {"title: T,", "title: U,"}, "url": {"/a", "/b"}, "published": {"2025-07-31", "2025-07"}, "language": {"language: en", "language: es"}, "source kind": {"kind: press", "kind: wire"},
		"entity kind": {"person", "place"}, "name": {"Kristi Noem", "Kristy Noem"}, "alias": {"[Noem]", "[]"}, "about": {"A secretary", "The secretary"},
		"text": {"A signed", "A did sign"}, "accent": {"Señor A", "Senor A"}, "status": {"status: official, dates", "status: reported, dates"}, "dates": {"[2025]", "[2025, 2025]"},
		"entities": {"entities: [e]", "entities: []"}, "as_of": {"2026-01-01", "2026-01-02"}, "note": {"N.", "M."}, "corrects": {"B signed", "C signed"}, "asks": {"who signed", "who did"},
		"language of an ask": {"asks: {en: [who signed]}", "asks: {es: [who signed]}"}, "key": {"key: 1", "key: 2"}, "withdrawn": {"Wrong.", "False."}, "replaces": {"replaces: [c]", "replaces: [a]"},
		"list title": {"Everything", "All of it"}, "list order": {"[a, c]", "[c, a]"}, "list asks": {"give me all", "list them"}, "list id": {"id: all", "id: every"},
	}
	seen := map[string]string{mustLoad(t, versionBase).Version: "nothing"}
	for name, c := range changes {
		if !strings.Contains(versionBase, c[0]) {
			t.Fatalf("%s: %q is not in the base", name, c[0])
		}
		v := mustLoad(t, strings.Replace(versionBase, c[0], c[1], 1)).Version
		if other, ok := seen[v]; ok {
			t.Errorf("changing %s gives the version of changing %s", name, other)
		}
		seen[v] = name
	}
	lines := strings.SplitAfter(versionBase, "\n")
	lines[4], lines[5] = lines[5], lines[4]
	if other, ok := seen[mustLoad(t, strings.Join(lines, "")).Version]; ok {
		t.Errorf("the order of facts gives the version of changing %s", other)
	}
}

func TestFactsWithoutTopicDoNotDependOnFileNames(t *testing.T) {
	source := "sources: [{id: s, publisher: P, title: T, kind: press}]\n"
	one, two := "facts: [{id: b, text: {en: B.}, status: official, sources: [s]}]\n", "facts: [{id: a, text: {en: A.}, status: official, sources: [s]}]\n"
	x, y := mustLoad(t, source, one, two), mustLoad(t, two, one, source)
	if x.Version != y.Version || x.Facts[0].ID != "a" {
		t.Errorf("%s and %s, first %s", x.Version, y.Version, x.Facts[0].ID)
	}
}

func TestReplacedByIsTheFirstReplacement(t *testing.T) {
	b := mustLoad(t, `sources: [{id: s, publisher: P, title: T, kind: press}]
facts:
  - {id: old, text: {en: Old.}, status: official, sources: [s]}
  - {id: x, text: {en: X.}, status: official, sources: [s], replaces: [old]}
  - {id: y, text: {en: Y.}, status: official, sources: [s], replaces: [old]}
`)
	got := map[knowledge.FactID]knowledge.FactID{}
	for _, f := range b.Facts {
		got[f.ID] = f.ReplacedBy
	}
	if !maps.Equal(got, map[knowledge.FactID]knowledge.FactID{"old": "x", "x": "", "y": ""}) || b.Fact("old").InService() {
		t.Errorf("got %v", got)
	}
}
