//go:build race

package bot_test

// The race detector makes everything ten times slower.
const soakFirst, soakThen = 5_200, 800
