package facts

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
)

// Bundle returns the fact files of a directory as one piece, which [OpenBundle] opens: a zip archive that holds nothing else, and is
// the same bytes for the same files. The error is [Problems] where a file cannot be read; whether the files are valid is not looked
// at.
func Bundle(fsys fs.FS) ([]byte, error) {
	s := take(fsys)
	if err := s.problems.Err(); err != nil {
		return nil, err
	}
	return s.bundle()
}

// bundle returns the files of a snapshot as one piece.
func (s *snapshot) bundle() ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range s.files {
		out, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate}) // no time of change: equal files, equal bytes
		if err == nil {
			_, err = out.Write(f.data)
		}
		if err != nil {
			return nil, fmt.Errorf("bundling %s: %w", f.name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("bundling the fact files: %w", err)
	}
	return buf.Bytes(), nil
}

// OpenBundle returns the fact files of a bundle, for [Load].
func OpenBundle(bundle []byte) (fs.FS, error) {
	r, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		return nil, fmt.Errorf("the bundle of fact files cannot be read: %w", err)
	}
	return r, nil
}
