package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// modes is whether files have permissions for others than their owner here.
const modes = runtime.GOOS != "windows"

// How much room the state directory needs, in bytes: a year of answers is below a hundred megabytes, and below ten there is none left
// for the next file.
const (
	spaceWarns = 100 << 20
	spaceFails = 10 << 20
)

// state looks whether what the bot remembers can be kept.
func (x *exam) state(context.Context) []Check {
	const name = "state directory"
	dir := x.set.State.Dir
	info, err := os.Stat(dir)
	switch {
	case absent(err):
		return []Check{x.creatable(name, dir)}
	case err != nil:
		return []Check{failed(name, "make it a directory of the user who runs enlace, or set state.dir to another", "%s cannot be looked at: %v", dir, bare(err))}
	case !info.IsDir():
		return []Check{failed(name, "move the file away or set state.dir to a directory", "%s is not a directory", dir)}
	}
	if err := tryWrite(dir); err != nil {
		return []Check{failed(name, "give the directory to the user who runs enlace (chown), or set state.dir to another", "%s cannot be written: %v", dir, bare(err))}
	}
	if full := x.space(name, dir); full != nil {
		return []Check{*full}
	}
	if mode := info.Mode().Perm(); modes && mode&0o077 != 0 {
		return []Check{warned(name, "chmod 700 "+dir, "%s is open to others on this machine (mode %04o), and questions are kept there", dir, mode)}
	}
	return []Check{passed(name, "%s is writable and private%s", dir, x.room(dir))}
}

// absent reports whether something is not there, be it because a file stands where a directory should.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }

// creatable looks whether a directory that does not exist can be made.
func (x *exam) creatable(name, dir string) Check {
	above := filepath.Dir(dir)
	for {
		info, err := os.Stat(above)
		if err == nil && !info.IsDir() {
			return failed(name, "set state.dir to another directory", "%s cannot be made: %s is not a directory", dir, above)
		}
		if err == nil {
			break
		}
		if next := filepath.Dir(above); next != above && absent(err) {
			above = next
			continue
		}
		return failed(name, "set state.dir to another directory", "%s cannot be made: %v", dir, bare(err))
	}
	if err := tryWrite(above); err != nil {
		return failed(name, fmt.Sprintf("make it for the user who runs enlace (install -d -m 700 -o USER %s), or set state.dir to another", dir), "%s cannot be made in %s: %v", dir, above, bare(err))
	}
	if full := x.space(name, above); full != nil {
		return *full
	}
	return passed(name, "%s does not exist yet; `enlace serve` makes it%s", dir, x.room(above))
}

// tryWrite writes a file in a directory and removes it.
func tryWrite(dir string) error {
	f, err := os.CreateTemp(dir, ".enlace-doctor-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("writable\n")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

// space returns what to say of a disk with too little room, nil where there is enough or nobody knows.
func (x *exam) space(name, dir string) *Check {
	free, known := x.free(dir)
	const remedy = "free some space, or set state.dir to a directory on another disk"
	var c Check
	switch {
	case !known || free >= spaceWarns:
		return nil
	case free < spaceFails:
		c = failed(name, remedy, "the disk of %s is full: %d MB are free", dir, free>>20)
	default:
		c = warned(name, remedy, "the disk of %s is nearly full: %d MB are free", dir, free>>20)
	}
	return &c
}

func (x *exam) room(dir string) string {
	if free, known := x.free(dir); known {
		return fmt.Sprintf(", %.1f GB free", float64(free)/(1<<30))
	}
	return ""
}

// bare is an error without the path, which stands beside it.
func bare(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
