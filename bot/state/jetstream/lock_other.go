//go:build !unix

package jetstream

import "os"

// flock does nothing where there is no lock that ends with the process: there, whoever starts two bots on one directory is not told.
func flock(*os.File) error { return nil }
