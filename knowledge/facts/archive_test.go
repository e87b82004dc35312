package facts

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// archive is a text file that holds several files, each after a line "-- name --": the txtar format of the Go tools.
type archive struct {
	path, comment string
	files         []archived
}

type archived struct{ name, data string }

var archiveMark = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func readArchive(t testing.TB, path string) *archive {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	marks := archiveMark.FindAllStringSubmatchIndex(text, -1)
	if len(marks) == 0 {
		t.Fatalf("%s holds no files", path)
	}
	a := &archive{path: path, comment: text[:marks[0][0]]}
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		a.files = append(a.files, archived{text[m[2]:m[3]], text[m[1]:end]})
	}
	return a
}

// archives returns the archives of a folder of testdata; finding none fails the test.
func archives(t testing.TB, folder string) []*archive {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in %s: %v", folder, err)
	}
	var out []*archive
	for _, name := range names {
		out = append(out, readArchive(t, name))
	}
	return out
}

// name returns the archive's name without folder and ending.
func (a *archive) name() string { return strings.TrimSuffix(filepath.Base(a.path), ".txtar") }

// fsys returns the fact files of the archive. \xHH and \u{HHHH} in their data stand for a byte and a character that a text file had
// better not hold.
func (a *archive) fsys() fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range a.files {
		if ext := filepath.Ext(f.name); ext == ".yaml" || ext == ".yml" {
			fsys[f.name] = &fstest.MapFile{Data: unescape(f.data)}
		}
	}
	return fsys
}

var escape = regexp.MustCompile(`⟨(x[0-9A-F]{2}|u[0-9A-F]{4,5})⟩`)

// unescape replaces ⟨xFF⟩ by a byte and ⟨u202E⟩ by a character.
func unescape(s string) []byte {
	return escape.ReplaceAllFunc([]byte(s), func(m []byte) []byte {
		m = m[len("⟨") : len(m)-len("⟩")]
		n := 0
		for _, c := range m[1:] {
			n = n*16 + strings.IndexByte("0123456789ABCDEF", c)
		}
		if m[0] == 'x' {
			return []byte{byte(n)}
		}
		return []byte(string(rune(n)))
	})
}

// expect compares a result with one file of the archive. With UPDATE set in the environment it writes the file instead.
func (a *archive) expect(t *testing.T, name, got string) {
	t.Helper()
	for i := range a.files {
		f := &a.files[i]
		if f.name != name {
			continue
		}
		if f.data == got {
			return
		}
		if os.Getenv("UPDATE") == "" {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, f.data)
			return
		}
		f.data = got
		a.write(t)
		return
	}
	t.Fatalf("%s holds no file %s", a.path, name)
}

func (a *archive) write(t *testing.T) {
	t.Helper()
	var b strings.Builder
	b.WriteString(a.comment)
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n" + f.data)
	}
	if err := os.WriteFile(a.path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
