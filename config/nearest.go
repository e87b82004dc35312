package config

import (
	"fmt"
	"slices"
	"strings"
)

// remedy says what to do about an unknown name: the nearest one, or the one that ends like it.
func remedy(name, separator string, candidates []string) string {
	best, ok := Nearest(name, candidates)
	for _, c := range candidates {
		last := name[strings.LastIndex(name, separator)+1:]
		if !ok && strings.HasSuffix(c, separator+last) {
			best, ok = c, true
		}
	}
	if ok {
		return fmt.Sprintf("did you mean %s?", best)
	}
	return "remove it; `enlace config` lists the keys"
}

// Nearest returns the candidate that a misspelt word most likely means: the one with the fewest single-character edits
// (Levenshtein), at most a third of the word's length. Of equals the first wins; ok is false when none is near enough.
func Nearest(word string, candidates []string) (best string, ok bool) {
	limit := max(1, len([]rune(word))/3)
	for _, c := range candidates {
		if d := edits(word, c); d <= limit {
			best, ok, limit = c, true, d-1
		}
	}
	return best, ok
}

// edits returns the Levenshtein distance between a and b, in characters.
func edits(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		previous := slices.Clone(row)
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(previous[j]+cost, previous[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}
