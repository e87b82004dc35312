// Package data holds the shipped fact base: the security agreement that the United States and Ecuador signed on July 31, 2025,
// and what surrounds it.
package data

import "embed"

// FS is the directory of fact files, as package facts loads it.
//
//go:embed *.yaml
var FS embed.FS
