package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// What is in a state directory besides the server's own files.
const (
	storeFolder = "engine"
	lockName    = "engine.lock"
	markerName  = "engine.mode"
	modeAlone   = "embedded"
	modeCluster = "cluster"
)

// prepare makes a directory ready for an embedded server: it exists, is this user's alone, was not a cluster node's, and no other
// process has it. The lock is held until the file is closed.
func prepare(dir string, log *slog.Logger) (*os.File, error) {
	if dir == "" {
		return nil, errors.New("the embedded state engine needs a directory (state.dir)")
	}
	if err := private(dir, log); err != nil {
		return nil, fmt.Errorf("the state directory cannot be used: %w (set state.dir to one that this user can write)", err)
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the state directory %s cannot be written: %w (make it writable, or set state.dir)", dir, err)
	}
	if err := flock(lock); err != nil {
		return nil, errors.Join(fmt.Errorf("the state directory %s is in use by another process: two of them would destroy it (end the other one, or set another state.dir): %w", dir, err), lock.Close())
	}
	for _, ready := range []func() error{func() error { return room(dir) }, func() error { return claimMode(dir, modeAlone) }} {
		if err := ready(); err != nil {
			return nil, errors.Join(err, lock.Close())
		}
	}
	return lock, nil
}

// needed is how many bytes must fit into a state directory for a server to start there. One that starts without any room writes its
// indexes half.
const needed = 512 << 10

// room returns an error that says what to do where dir takes nothing more.
func room(dir string) error {
	f, err := os.CreateTemp(dir, ".room-*")
	if err == nil {
		_, err = f.Write(make([]byte, needed))
		err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("the state directory %s takes nothing more: %w (free some room there, or set state.dir)", dir, err)
	}
	return nil
}

// private makes dir where it is missing, and takes away what others may do there: it holds questions and tokens of interactions.
func private(dir string, log *slog.Logger) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	log.Warn("the state directory was open to others; it is closed now", slog.String("dir", dir), slog.String("mode", info.Mode().Perm().String()))
	return os.Chmod(dir, 0o700)
}

// claimMode marks a directory for one kind of server, and refuses it for the other: a clustered server takes the streams of a
// single one for orphans and deletes them half a minute after it has started.
func claimMode(dir, mode string) error {
	path := filepath.Join(dir, markerName)
	raw, err := os.ReadFile(path)
	was := strings.TrimSpace(string(raw))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if mode == modeCluster && (exists(filepath.Join(dir, "jetstream")) || exists(filepath.Join(dir, storeFolder))) {
			was = modeAlone
		}
	case err != nil:
		return err
	}
	switch {
	case was == mode:
		return nil
	case was == modeAlone:
		return fmt.Errorf("%s holds the state of an embedded engine, which a clustered server would delete: move it by `enlace state backup`, and `enlace state restore` with state.url set, and give the cluster directories of its own", dir)
	case was == modeCluster:
		return fmt.Errorf("%s belongs to a server of a cluster: move its state by `enlace state backup` with state.url set, and `enlace state restore` without, and set another state.dir", dir)
	}
	return os.WriteFile(path, []byte(mode+"\n"), 0o600)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// ClusterDir makes dir ready as the store directory of a clustered server, or returns an error that says what to do where it holds
// the state of an embedded engine. Whoever starts servers of a cluster asks it first.
func ClusterDir(dir string) error {
	if err := private(dir, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	return claimMode(dir, modeCluster)
}
