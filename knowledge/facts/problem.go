package facts

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"enlace/knowledge"
)

// Severity says whether a problem keeps a base from being served.
type Severity uint8

// An Error keeps a base out of service; a Warning is for the curator to judge.
const (
	Error Severity = iota
	Warning
)

// String returns "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// MarshalText implements encoding.TextMarshaler with String.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Problem is one thing that is wrong with a fact file, where it is, and what to do about it.
type Problem struct {
	Pos      knowledge.Position `json:"position"` // Line 0: the file or the directory as a whole
	Severity Severity           `json:"severity"`
	Rule     string             `json:"rule"` // a short lower-case name, the same for every problem of a kind
	Message  string             `json:"message"`
	Fix      string             `json:"fix"`
	Fact     knowledge.FactID   `json:"fact,omitempty"`
}

// String returns "file:line:column: what is wrong (how to fix it)", with "warning: " before a warning's text. Parts of the place
// that are unknown are left out. A finding of lint ends with its rule in brackets: the name by which a curator may allow it.
func (p Problem) String() string {
	var b strings.Builder
	if p.Pos.File != "" {
		b.WriteString(p.Pos.File)
		if p.Pos.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", p.Pos.Line, p.Pos.Column)
		}
		b.WriteString(": ")
	}
	if p.Severity == Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(p.Message)
	if p.Fix != "" {
		fmt.Fprintf(&b, " (%s)", p.Fix)
	}
	if slices.Contains(lintRules, p.Rule) {
		fmt.Fprintf(&b, " [%s]", p.Rule)
	}
	return b.String()
}

// Problems is what is wrong with a base, sorted by place. As an error it is one line for each problem.
type Problems []Problem

// Error returns all problems, one on each line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems as an error when at least one of them is an error, else nil.
func (ps Problems) Err() error {
	if ps.Count(Error) == 0 {
		return nil
	}
	return ps
}

// Count returns how many problems have the severity.
func (ps Problems) Count(s Severity) int {
	n := 0
	for _, p := range ps {
		if p.Severity == s {
			n++
		}
	}
	return n
}

// Only returns the problems of one severity, in their order.
func (ps Problems) Only(s Severity) Problems {
	var out Problems
	for _, p := range ps {
		if p.Severity == s {
			out = append(out, p)
		}
	}
	return out
}

// In returns the problems with their files named from outside the directory: "mou.yaml" in "base" is "base/mou.yaml". A problem
// of the directory as a whole gets the directory's name.
func (ps Problems) In(dir string) Problems {
	out := slices.Clone(ps)
	for i := range out {
		out[i].Pos.File = path.Join(dir, out[i].Pos.File)
	}
	return out
}

// sort orders problems by file, line and column; of two at one place the error comes first.
func (ps Problems) sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
}
