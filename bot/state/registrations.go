package state

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// FileRegistrations remembers registrations in one small file, so that a restart registers nothing that has not changed. A file
// that is missing or cannot be understood is as good as none.
type FileRegistrations struct {
	mu   sync.Mutex
	path string
}

var _ Registrations = (*FileRegistrations)(nil)

// NewFileRegistrations returns the registrations in path, which need not exist.
func NewFileRegistrations(path string) *FileRegistrations { return &FileRegistrations{path: path} }

// Registered implements Registrations.
func (f *FileRegistrations) Registered(_ context.Context, scope string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	return all[scope], err
}

// PutRegistered implements Registrations.
func (f *FileRegistrations) PutRegistered(_ context.Context, scope, hash string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.read()
	if err != nil {
		return err
	}
	all[scope] = hash
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	next := f.path + ".next"
	if err := os.WriteFile(next, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, f.path)
}

func (f *FileRegistrations) read() (map[string]string, error) {
	raw, err := os.ReadFile(f.path)
	all := map[string]string{}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return all, nil
	case err != nil:
		return all, fmt.Errorf("what is registered cannot be read: %w", err)
	}
	if json.Unmarshal(raw, &all) != nil || all == nil {
		return map[string]string{}, nil
	}
	return all, nil
}
