package lang

import "strings"

// set returns the words of a list, separated by white space.
func set(list string) map[string]struct{} {
	m := map[string]struct{}{}
	for w := range strings.FieldsSeq(list) {
		m[w] = struct{}{}
	}
	return m
}

// pairs returns a map from every first to every second word of a list.
func pairs(list string) map[string]string {
	m, f := map[string]string{}, strings.Fields(list)
	for i := 0; i+1 < len(f); i += 2 {
		m[f[i]] = f[i+1]
	}
	return m
}

func has(m map[string]struct{}, word string) bool {
	_, ok := m[word]
	return ok
}
