package config

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// exampleText is config.example.yaml, which a test holds equal to the table of keys.
//
//go:embed config.example.yaml
var exampleText string

// Example returns a commented configuration file with every key at its default, commented out, except those in set: they have the
// value, as somebody would write it. Lists cannot be set. The error names a key that there is none of.
func Example(set map[string]string) (string, error) {
	var out strings.Builder
	var path []string // the sections around a line, outermost first
	left := len(set)
	for line := range strings.Lines(exampleText) {
		text := strings.TrimLeft(line, " ")
		depth := (len(line) - len(text)) / 2
		name, _, isKey := strings.Cut(strings.TrimPrefix(text, "#"), ":")
		switch {
		case !isKey || strings.HasPrefix(text, "# "):
		case !strings.HasPrefix(text, "#"):
			path = append(path[:depth], name)
		default:
			k := keyNamed(strings.Join(append(path[:depth:depth], name), "."))
			if k == nil {
				break
			}
			if value, ok := set[k.name]; ok && !k.list {
				line = strings.Repeat("  ", depth) + name + ": " + strconv.Quote(value) + "\n"
				left--
			}
		}
		out.WriteString(line)
	}
	if left > 0 {
		return "", fmt.Errorf("the example has no place for some of %v", set)
	}
	return out.String(), nil
}
