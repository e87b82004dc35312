//go:build !race

package bot_test

// How many questions the soak asks, before and while it measures.
const soakFirst, soakThen = 11_000, 9_000
