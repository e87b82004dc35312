package facts

// nearest returns the candidate that differs from word by the fewest edits, when those are few enough for a slip of the finger: at
// most two, and fewer than half of the word. Of equally near ones the first is returned; "" when none is near.
func nearest(word string, candidates []string) string {
	if len(word) > 2*maxID {
		return ""
	}
	best, least := "", min(2, (len(word)-1)/2)+1
	for _, c := range candidates {
		if d := edits(word, c, least); d < least {
			best, least = c, d
		}
	}
	return best
}

// edits returns the optimal string alignment distance of two words in bytes: insertions, deletions, substitutions and swaps of
// neighbours (Damerau 1964). It returns limit as soon as the distance cannot be below it.
func edits(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
