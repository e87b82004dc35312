package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// maxBudgetFile bounds the file in bytes; it is one short line.
const maxBudgetFile = 4 << 10

// FileBudget is a budget that survives restarts, in one small file that one process owns. What was reserved when the process
// died counts as taken.
type FileBudget struct {
	path  string
	limit int64
	now   func() time.Time
	mu    sync.Mutex
	count count
}

// OpenFileBudget reads the budget in path, or begins one; now is nil for time.Now. A file that is not a budget is an error: to
// begin anew in silence would spend the day's tokens twice.
func OpenFileBudget(path string, limit int64, now func() time.Time) (*FileBudget, error) {
	if now == nil {
		now = time.Now
	}
	b := &FileBudget{path: path, limit: limit, now: now}
	raw, err := readBounded(path)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the token budget cannot be read: %w", err)
	}
	if err := json.Unmarshal(raw, &b.count); err != nil || !b.count.valid() {
		return nil, fmt.Errorf("%s is not a token budget (delete it to begin today's count at zero)", path)
	}
	b.count.Taken, b.count.Reserved = b.count.Taken+b.count.Reserved, 0
	return b, nil
}

func (c count) valid() bool {
	_, err := time.Parse(time.DateOnly, c.Day)
	return err == nil && c.Taken >= 0 && c.Reserved >= 0 && c.Taken < 1e18 && c.Reserved < 1e18
}

func readBounded(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxBudgetFile {
		return nil, fmt.Errorf("%s: %d bytes are too many for a token budget", path, info.Size())
	}
	return os.ReadFile(path)
}

// Reserve implements Budget. A reservation that cannot be written is kept in memory all the same, and the error joins
// errNotWritten: a full disk does not stop answers.
func (b *FileBudget) Reserve(_ context.Context, tokens int64) (Reservation, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := b.count.on(b.now()).reserve(tokens, b.limit)
	b.count = c
	if err == nil {
		err = b.write()
	}
	return Reservation{Day: c.Day, Tokens: tokens}, err
}

// Settle implements Budget.
func (b *FileBudget) Settle(_ context.Context, r Reservation, taken int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count = b.count.settle(r, taken)
	return b.write()
}

// Spent implements Budget.
func (b *FileBudget) Spent(context.Context) (taken, reserved, limit int64, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := b.count.on(b.now())
	return c.Taken, c.Reserved, b.limit, nil
}

// errNotWritten is joined by what a store says when a count is only in memory.
var errNotWritten = errors.New("the token budget is not written")

// write replaces the file, so that a reader or a crash sees the old count or the new one.
func (b *FileBudget) write() error {
	if b.count.Day == "" {
		return nil
	}
	raw, err := json.Marshal(b.count)
	if err == nil {
		err = replace(b.path, append(raw, '\n'))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errNotWritten, err)
	}
	return nil
}

func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".budget-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
