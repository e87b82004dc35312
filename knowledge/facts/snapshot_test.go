package facts

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// loadDir loads a directory and returns the problems as text.
func loadDir(dir string) string {
	if _, err := Load(os.DirFS(dir)); err != nil {
		return err.Error()
	}
	return ""
}

func TestLinksInsideTheDirectoryAreFollowed(t *testing.T) {
	dir := t.TempDir()
	do(t, os.Mkdir(filepath.Join(dir, "..v1"), 0o755), put(filepath.Join(dir, "..v1", "a.yaml"), "One."),
		os.Symlink("..v1", filepath.Join(dir, "..data")), os.Symlink("..data/a.yaml", filepath.Join(dir, "a.yaml")))
	if got := loadDir(dir); got != "" {
		t.Error(got)
	}
}

func TestLinksOutOfTheDirectoryAreRefused(t *testing.T) {
	outside := t.TempDir()
	do(t, put(filepath.Join(outside, "o.yaml"), "Outside."))
	dir := filepath.Join(t.TempDir(), "facts")
	do(t, os.Mkdir(dir, 0o755), os.Mkdir(filepath.Join(dir, ".sub"), 0o755), put(filepath.Join(dir, "a.yaml"), "One."), put(filepath.Join(dir, "..", "up.yaml"), "Up."),
		os.Symlink(filepath.Join(outside, "o.yaml"), filepath.Join(dir, "b.yaml")),
		os.Symlink("../up.yaml", filepath.Join(dir, "c.yaml")),
		os.Symlink("../..", filepath.Join(dir, ".sub", "up")), os.Symlink(".sub/up/up.yaml", filepath.Join(dir, "d.yaml")),
		os.Symlink("f.yaml", filepath.Join(dir, "e.yaml")), os.Symlink("e.yaml", filepath.Join(dir, "f.yaml")),
		os.Symlink("nowhere.yaml", filepath.Join(dir, "g.yaml")))
	want := `b.yaml: a symbolic link leads out of the directory (copy the file into the directory instead)
c.yaml: a symbolic link leads out of the directory (copy the file into the directory instead)
d.yaml: a symbolic link leads out of the directory (copy the file into the directory instead)
e.yaml: symbolic links lead in a circle (copy the file into the directory instead)
f.yaml: symbolic links lead in a circle (copy the file into the directory instead)
g.yaml: cannot be read: no such file or directory (check that it exists and may be read)`
	if got := loadDir(dir); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyRegularFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	do(t, put(filepath.Join(dir, "a.yaml"), "One."), os.Mkdir(filepath.Join(dir, "folder.yaml"), 0o755), put(filepath.Join(dir, "new\nline.yaml"), "Two."))
	want := `folder.yaml: not a regular file (fact files are regular files; rename it or move it away)
new\nline.yaml: the file name has a character that cannot be shown (rename it with letters, digits and hyphens)`
	if got := loadDir(dir); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOtherFilesAreIgnored(t *testing.T) {
	fsys := fstest.MapFS{"sub/x.yaml": {Data: []byte("nonsense")}, ".#a.yaml": {Data: []byte("nonsense")}, "..x.yaml": {Data: []byte("nonsense")},
		"README.md": {Data: []byte("nonsense")}, "a.yaml~": {Data: []byte("nonsense")}, "A.YAML": {Data: []byte(claim("One."))}}
	if _, err := Load(fsys); err != nil {
		t.Error(err)
	}
}

func TestADirectoryWithoutFactsIsRefused(t *testing.T) {
	if got, want := loadDir(t.TempDir()), "no fact files in the directory (a fact file's name ends in .yaml)"; got != want {
		t.Errorf("got %q", got)
	}
	if got := loadDir(filepath.Join(t.TempDir(), "none")); got != "the fact directory cannot be read: no such file or directory (check that the directory exists and may be read)" {
		t.Errorf("got %q", got)
	}
	_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte("facts: []\n")}})
	if err == nil || err.Error() != "there are no facts in the directory (write them under facts: in a .yaml file)" {
		t.Errorf("got %v", err)
	}
}

func TestBoundsOnFiles(t *testing.T) {
	big := fstest.MapFS{"a.yaml": {Data: []byte(claim("One."))}, "big.yaml": {Data: []byte(strings.Repeat("#\n", maxFileBytes/2+1))}}
	if _, err := Load(big); err == nil || err.Error() != "big.yaml: the file has more than 2 MiB (split it by topic)" {
		t.Errorf("got %v", err)
	}
	many := fstest.MapFS{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{}
	}
	if _, err := Load(many); err == nil || err.Error() != "more than 500 fact files (is this the right directory?)" {
		t.Errorf("got %v", err)
	}
}

func TestEveryProblemIsListed(t *testing.T) {
	var b strings.Builder
	b.WriteString("facts:\n")
	for i := range 700 {
		fmt.Fprintf(&b, "  - id: BAD %d\n", i)
	}
	_, err := Load(fstest.MapFS{"a.yaml": {Data: []byte(b.String())}})
	if ps, _ := err.(Problems); len(ps) != 700*4 { // the id, and three keys that are missing
		t.Errorf("%d problems", len(ps))
	}
}
