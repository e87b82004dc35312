package facts

import (
	"fmt"
	"io/fs"
	"testing"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge/facts/data"
)

// differ returns where two trees differ, comments aside, or "".
func differ(a, b *yaml.Node) string {
	if a.Kind != b.Kind || a.Tag != b.Tag || a.Value != b.Value || a.Style != b.Style || a.Line != b.Line || a.Column != b.Column || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) {
		return fmt.Sprintf("quick: %d %s %q style %d at %d:%d with %d\n yaml: %d %s %q style %d at %d:%d with %d",
			a.Kind, a.Tag, a.Value, a.Style, a.Line, a.Column, len(a.Content), b.Kind, b.Tag, b.Value, b.Style, b.Line, b.Column, len(b.Content))
	}
	for i := range a.Content {
		if d := differ(a.Content[i], b.Content[i]); d != "" {
			return d
		}
	}
	return ""
}

// agree fails the test when quick reads data in another way than the YAML package does, and returns whether quick read it.
func agree(t *testing.T, name string, data []byte) bool {
	t.Helper()
	got, ok := quick(data)
	if !ok {
		return false
	}
	want, err := parse(data)
	if err != nil || want == nil {
		t.Fatalf("%s: quick reads what YAML refuses: %v", name, err)
	}
	if d := differ(got, want); d != "" {
		t.Errorf("%s: %s", name, d)
	}
	return true
}

func TestQuickReadsTheShippedBaseAsYAML(t *testing.T) {
	names, err := fs.Glob(data.FS, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("no shipped files: %v", err)
	}
	quickly, all := 0, 0
	for _, name := range names {
		content, err := fs.ReadFile(data.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		all += len(content)
		if agree(t, name, content) {
			quickly += len(content)
		} else {
			t.Logf("%s is left to the YAML package, which is slower", name)
		}
	}
	if quickly < all*8/10 {
		t.Errorf("only %d of %d bytes are read quickly: keep to block style and to values in one line", quickly, all)
	}
}

func TestQuickReadsWhatIsUsual(t *testing.T) {
	for _, s := range []string{
		"a: b\n", "a: b", "# c\n\na:\n  b: c\n\n  # d\n  d: e\nf: g\n", "a: [x, y z, \"q, r\"]\n", "a: {en: x, es: \"ñ y\", c: [1, 2025-07-31]}\n",
		"facts:\n  - id: x\n    text: {en: a}\n  - id: y\n", "facts:\n- id: x\n  text: y\n- id: z\n", "a:\n  - x y\n  - \"z\"\n  - ñandú\n  - ¿quién?\n  - [a, b]\n  - {a: b}\n",
		"a: 9999-12-31\nz: 1000-01-01\ny: 0\nx: 9\nw: 2024-02-29\nv: 2023-02-29\n", "a: 2025\nb: 2025-07-31\nc: 2025-02-30\nd: 1.5\ne: 12abc\nf: 0x1F\ng: 1e3\nh: 12 34\ni: 2025-07\n", "a: true\nb: yes\nc: Null\n", "a: x  \nb:   y\n", "a: {}\nb: []\n", "a: \"\"\n",
		"a:\n    b:\n        c: d\n    e: f\n", "a:\n  en:\n    - x\n  es:\n    - y\nb: z\n", "a: it's fine, really\nb: x]y\n",
		"a: https://host.example/x?y=z#f\nb: 14:00 C#\n", "a: \"b \\\"c\\\" \\\\\"\n",
	} {
		if !agree(t, s, []byte(s)) {
			t.Errorf("%q is not read", s)
		}
	}
}

func TestQuickLeavesTheUnusualToYAML(t *testing.T) {
	for _, s := range []string{
		"", "- a\n", "a\n", "a: b: c\n", "a: &x b\n", "a: *x\n", "a: !!str b\n", "a: |\n  b\n", "a: >\n  b\n", "a: 'b'\n", "a: \"b\n  c\"\n", "a: b\n  c\n", "a: [b,\n  c]\n", "a:\n", "a:\nb: c\n",
		"---\na: b\n", "a: b\n---\na: b\n", "a: b\n...\n", "a: b # c\n", "a: \"b\\n\"\n", "a: \"b\"c\n", "a: [b, c\n", "a: {b}\n", "a: {b: }\n", "a: {b:c}\n", "\ta: b\n", "a: b\r\n", "  a: b\nc: d\n", "a:\n    b: c\n  d: e\n",
		"a:\n  - b\n c: d\n", "a:\n  - - b\n", "a:\n  -\n", "? a\n", "\"a\": b\n", "A: b\n", "a:b\n", "a: -\n", "a: [x?, y]\n", "a: [x y: z]\n", "<<: a\n", "true: a\n", "a: @x\n", "a: b\nc\n", "a:\n  - b\n   - c\n",
	} {
		if agree(t, s, []byte(s)) {
			t.Logf("%q is read", s)
		}
	}
}

// FuzzQuick: what quick reads is what the YAML package reads.
func FuzzQuick(f *testing.F) {
	for _, a := range archives(f, "load") {
		for _, file := range a.fsys() {
			f.Add(file.Data)
		}
	}
	f.Add([]byte(diffBase))
	f.Add([]byte("a:\n  - b: c\n    d: [e, f]\n  - g: \"h\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if plain(data) {
			agree(t, "fuzz", data)
		}
	})
}
