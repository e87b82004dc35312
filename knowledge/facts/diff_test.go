package facts

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"enlace/knowledge"
)

const diffBase = `sources: [{id: s, publisher: P, title: T, kind: press}]
facts:
  - {id: same, text: {en: Same.}, status: official, sources: [s]}
  - {id: text, text: {en: Old.}, status: official, sources: [s], dates: [2025]}
  - {id: retired, text: {en: Retired.}, status: official, sources: [s]}
  - {id: split, text: {en: Split.}, status: official, sources: [s]}
  - {id: z-gone, text: {en: Gone.}, status: official, sources: [s]}
  - {id: a-gone, text: {en: Gone too.}, status: official, sources: [s]}
`

func mustLoad(t testing.TB, files ...string) *knowledge.Base {
	t.Helper()
	fsys := fstest.MapFS{}
	for i, f := range files {
		fsys[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{Data: []byte(f)}
	}
	b, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDiff(t *testing.T) {
	old := mustLoad(t, diffBase)
	new := mustLoad(t, `sources: [{id: s, publisher: P, title: T, kind: press}]
facts:
  - {id: fresh, text: {en: Fresh.}, status: official, sources: [s], replaces: [split]}
  - {id: same, text: {en: Same.}, status: official, sources: [s]}
  - {id: text, text: {en: New.}, status: reported, sources: [s], dates: [2026]}
  - {id: retired, text: {en: Retired.}, status: official, sources: [s], withdrawn: It was wrong.}
  - {id: split, text: {en: Split.}, status: official, sources: [s]}
`)
	var got []string
	for _, c := range Diff(old, new) {
		got = append(got, fmt.Sprintf("%s %s %s old=%t new=%t", c.Kind, c.ID, strings.Join(c.Fields, ","), c.Old != nil, c.New != nil))
	}
	want := []string{
		"added fresh  old=false new=true",
		"changed text text,status,dates old=true new=true",
		"withdrawn retired withdrawn old=true new=true",
		"withdrawn split replaced_by old=true new=true",
		"removed a-gone  old=true new=false",
		"removed z-gone  old=true new=false",
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

func TestDiffSeesWhatCitationsShow(t *testing.T) {
	old := mustLoad(t, diffBase)
	new := mustLoad(t, "# moved\n"+strings.Replace(diffBase, "title: T", "title: Another title", 1))
	changes := Diff(old, new)
	if len(changes) != 6 || changes[0].Fields[0] != "sources" {
		t.Errorf("got %v", changes)
	}
}

func TestDiffOfEqualBasesIsEmpty(t *testing.T) {
	if c := Diff(mustLoad(t, diffBase), mustLoad(t, "# a comment\n"+diffBase)); c != nil {
		t.Errorf("got %v", c)
	}
	if c := Diff(nil, nil); c != nil {
		t.Errorf("got %v", c)
	}
	if c := Diff(nil, mustLoad(t, diffBase)); len(c) != 6 || c[0].Kind != Added {
		t.Errorf("got %v", c)
	}
}
