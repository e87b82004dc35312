//go:build unix

package jetstream

import (
	"os"
	"syscall"
)

// flock takes a lock that ends with the process.
func flock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
