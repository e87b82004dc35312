package facts

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"enlace/knowledge"
)

// allowance is a curator's word that a finding is right as it is.
type allowance struct {
	pos      knowledge.Position
	rule     string
	from, to int // the lines that it is for; to is not one of them
	used     bool
}

var (
	allowMark = regexp.MustCompile(`(^|\s)#\s*lint:(.*)$`)
	allowForm = regexp.MustCompile(`^\s*allow\s+([a-z-]+)\s+because\s+(\S.*\S)\s*$`)
)

// lintRules are the names of the rules whose findings may be allowed.
var lintRules = []string{"hedge", "upgrade", "dispute", "text-language", "length", "one-sentence", "full-stop", "pronoun", "weekday", "unbalanced", "spacing", "date-missing",
	"missing-language", "numbers-differ", "dates-differ", "names-differ", "negation-differs", "as-of", "source-language", "unused", "alias-shared", "few-asks", "ask-copies", "corrects-itself",
	"ask-shared", "same-text", "contradiction"}

// allow returns the findings that no comment allows, and a warning for each comment that allows nothing.
func allow(docs []*document, findings Problems) Problems {
	byFile := map[string][]*allowance{}
	var out Problems
	for _, d := range docs {
		allowances, problems := allowancesOf(d)
		byFile[d.name] = allowances
		out = append(out, problems...)
	}
	for _, p := range findings {
		allowed := false
		for _, a := range byFile[p.Pos.File] {
			if a.rule == p.Rule && p.Pos.Line >= a.from && p.Pos.Line < a.to {
				allowed, a.used = true, true
			}
		}
		if !allowed {
			out = append(out, p)
		}
	}
	for _, allowances := range byFile {
		for _, a := range allowances {
			if !a.used {
				out = append(out, Problem{Pos: a.pos, Severity: Warning, Rule: "allow", Message: fmt.Sprintf("nothing here is found by the rule %s any more", a.rule), Fix: "remove the comment"})
			}
		}
	}
	out.sort()
	return out
}

// allowancesOf reads the comments of a file. A comment on a line of its own directly above an item, or above another comment there,
// belongs to that item; any other one to the item whose lines it is among.
func allowancesOf(d *document) (out []*allowance, problems Problems) {
	if !strings.Contains(string(d.data), "lint:") {
		return nil, nil
	}
	lines := strings.Split(strings.ReplaceAll(string(d.data), "\r\n", "\n"), "\n")
	items := itemLines(d)
	for i, line := range lines {
		at := allowMark.FindStringSubmatchIndex(line)
		if at == nil {
			continue
		}
		pos := knowledge.Position{File: d.name, Line: i + 1, Column: len([]rune(line[:at[3]])) + 1}
		form := allowForm.FindStringSubmatch(line[at[4]:at[5]])
		bad := func(message, fix string) {
			problems = append(problems, Problem{Pos: pos, Severity: Warning, Rule: "allow", Message: message, Fix: fix})
		}
		switch {
		case form == nil:
			bad("this comment allows nothing", "write # lint: allow RULE because REASON")
		case !slices.Contains(lintRules, form[1]):
			fix := "see the rules in the messages of lint"
			if near := nearest(form[1], lintRules); near != "" {
				fix = "did you mean " + near + "?"
			}
			bad(fmt.Sprintf("there is no rule %q", form[1]), fix)
		default:
			from, to := itemAround(items, lines, i+1)
			out = append(out, &allowance{pos: pos, rule: form[1], from: from, to: to})
		}
	}
	return out, problems
}

// itemLines returns the first lines of a file's items in order, and the line after its last one.
func itemLines(d *document) []int {
	var first []int
	for _, nodes := range d.nodes {
		for _, n := range nodes {
			first = append(first, n.Line)
		}
	}
	slices.Sort(first)
	return append(first, strings.Count(string(d.data), "\n")+2)
}

// itemAround returns the lines of the item that a comment in a line is for.
func itemAround(items []int, lines []string, line int) (from, to int) {
	target := line
	for target <= len(lines) && strings.HasPrefix(strings.TrimSpace(lines[target-1]), "#") {
		target++
	}
	if !slices.Contains(items, target) {
		target = line
	}
	for i := 0; i+1 < len(items); i++ {
		if items[i] <= target && target < items[i+1] {
			return items[i], items[i+1]
		}
	}
	return line, line + 1
}
