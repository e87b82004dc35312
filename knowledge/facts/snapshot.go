package facts

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"enlace/knowledge"
)

// snapshot is what the fact files of a directory held at one moment.
type snapshot struct {
	files    []file
	problems Problems // of the directory and of files that cannot be read
}

// file is the name and the bytes of one fact file.
type file struct {
	name string
	data []byte
}

// hash identifies what was read, problems included.
func (s *snapshot) hash() [sha256.Size]byte {
	h := sha256.New()
	for _, f := range s.files {
		fmt.Fprintf(h, "%q %d\n", f.name, len(f.data))
		h.Write(f.data)
	}
	for _, p := range s.problems {
		fmt.Fprintf(h, "%s\n", p)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func (s *snapshot) fail(name, fix, format string, args ...any) {
	s.problems = append(s.problems, Problem{Pos: knowledge.Position{File: name}, Rule: ruleFile, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// take reads the fact files of a directory, sorted by name. Problems with the directory or a file are in the snapshot.
func take(fsys fs.FS) *snapshot {
	s := &snapshot{}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		s.fail("", "check that the directory exists and may be read", "the fact directory cannot be read: %v", cause(err))
		return s
	}
	total := 0
	for _, e := range entries {
		if !factFile(e.Name()) {
			continue
		}
		if len(s.files) == maxFiles {
			s.fail("", "is this the right directory?", "more than %d fact files", maxFiles)
			break
		}
		f, ok := s.open(fsys, e.Name())
		if !ok {
			continue
		}
		if total += len(f.data); total > maxTotalBytes {
			s.fail("", "is this the right directory?", "the fact files have more than %d MiB together", maxTotalBytes>>20)
			break
		}
		s.files = append(s.files, f)
	}
	if len(s.files) == 0 && len(s.problems) == 0 {
		s.fail("", "a fact file's name ends in .yaml", "no fact files in the directory")
	}
	return s
}

// factFile reports whether a directory entry is a fact file by its name.
func factFile(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return !strings.HasPrefix(name, ".") && (ext == ".yaml" || ext == ".yml")
}

// open reads one file. It follows symbolic links inside the directory and refuses everything that is not a regular file.
func (s *snapshot) open(fsys fs.FS, name string) (file, bool) {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		s.fail(strings.Trim(strconv.Quote(name), `"`), "rename it with letters, digits and hyphens", "the file name has a character that cannot be shown")
		return file{}, false
	}
	target, err := resolve(fsys, name)
	if err != nil {
		s.fail(name, "copy the file into the directory instead", "%v", err)
		return file{}, false
	}
	data, err := readRegular(fsys, target)
	switch {
	case errors.Is(err, errNotRegular):
		s.fail(name, "fact files are regular files; rename it or move it away", "not a regular file")
	case errors.Is(err, errTooLarge):
		s.fail(name, "split it by topic", "the file has more than %d MiB", maxFileBytes>>20)
	case err != nil:
		s.fail(name, "check that it exists and may be read", "cannot be read: %v", cause(err))
	default:
		return file{name, data}, true
	}
	return file{}, false
}

var (
	errNotRegular = errors.New("not a regular file")
	errTooLarge   = errors.New("too large")
)

// readRegular reads a regular file of at most maxFileBytes. Anything else, such as a pipe, is refused before it is opened.
func readRegular(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNotRegular
	}
	if info.Size() > maxFileBytes {
		return nil, errTooLarge
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, info.Size()+1)
	for {
		if len(data) == cap(data) {
			data = slices.Grow(data, 4096)
		}
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case len(data) > maxFileBytes:
			return nil, errTooLarge
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		}
	}
}

// resolve follows the symbolic links of a path inside a file system that has them, and returns the path of what they lead to. A
// link that leaves the directory is an error: what is outside is not under the curator's control.
func resolve(fsys fs.FS, name string) (string, error) {
	links, ok := fsys.(fs.ReadLinkFS)
	if !ok {
		return name, nil
	}
	done, rest := ".", strings.Split(name, "/")
	for hops := 0; len(rest) > 0; {
		next := path.Join(done, rest[0])
		rest = rest[1:]
		if next == ".." || strings.HasPrefix(next, "../") {
			return "", errors.New("a symbolic link leads out of the directory")
		}
		info, err := links.Lstat(next)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			done = next // a file that is not there is found out when it is read
			continue
		}
		target, err := links.ReadLink(next)
		if err != nil {
			return "", fmt.Errorf("a symbolic link cannot be read: %w", cause(err))
		}
		if hops++; hops > maxLinks {
			return "", errors.New("symbolic links lead in a circle")
		}
		if path.IsAbs(target) || strings.ContainsAny(target, `\:`) {
			return "", errors.New("a symbolic link leads out of the directory")
		}
		rest = append(strings.Split(target, "/"), rest...)
	}
	return done, nil
}

// cause returns an error without the path that the fs package puts before it: problems name their place themselves.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
