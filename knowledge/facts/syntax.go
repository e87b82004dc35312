package facts

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// maxSyntaxErrors bounds how often a file is read again with a broken part left out; a file with more is not a fact file.
const maxSyntaxErrors = 25

// tree reads data as YAML and returns its root node, nil for an empty file. A part that is not YAML becomes a problem, is left out
// and the rest is read again, so that all problems of a file are found in one run. lost are the ids that stood in such parts: other
// files may refer to them.
func tree(file string, data []byte) (root *yaml.Node, problems Problems, lost map[string]bool) {
	if root, ok := quick(data); ok {
		return root, nil, nil
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	for range maxSyntaxErrors {
		root, err := parse(bytes.Join(lines, nil))
		if err == nil {
			return root, problems, lost
		}
		at, from, to := errorLine(lines, err)
		problems = append(problems, syntaxProblem(file, lines, at, err))
		if lost == nil {
			lost = map[string]bool{}
		}
		if !leaveOut(lines[from:to], lost) {
			break
		}
	}
	for _, l := range lines {
		collectID(l, lost)
	}
	return nil, problems, lost
}

// parse reads the only document of data. A panic of the YAML package becomes an error.
func parse(data []byte) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: cannot be read: %v", p)
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := d.Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	root = &doc
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
		root = doc.Content[0]
	}
	var next yaml.Node
	switch err := d.Decode(&next); {
	case errors.Is(err, io.EOF):
		return root, nil
	case err != nil:
		return nil, err
	}
	return nil, &secondDocument{line: next.Line}
}

// secondDocument is the error of a file with more than one YAML document.
type secondDocument struct{ line int }

func (e *secondDocument) Error() string { return "yaml: a second document begins" }

var (
	errorPlace = regexp.MustCompile(`^yaml: (?:line \d+: )?(.*)$`)
	blockStart = regexp.MustCompile(`^(\s*- *[a-z_]*:|[A-Za-z_]+:)`) // a list item or a top-level key
	idLine     = regexp.MustCompile(`^\s*(?:- +)?id: *["']?([a-z0-9-]+)`)
)

// errorLine returns the index of the line in which reading fails and the range of lines that holds the list item or top-level key
// around it. YAML itself names the line where the enclosing block begins, which may be far above. So the first item up to whose end
// the file cannot be read is looked for, and in it the longest beginning that can be read.
func errorLine(lines [][]byte, err error) (at, from, to int) {
	if second := (*secondDocument)(nil); errors.As(err, &second) {
		at = separator(lines)
		return at, at, len(lines)
	}
	cuts := []int{0}
	for i, l := range lines {
		if i > 0 && blockStart.Match(l) {
			cuts = append(cuts, i)
		}
	}
	cuts = append(cuts, len(lines))
	bad := sort.Search(len(cuts)-1, func(i int) bool { return !readable(lines[:cuts[i]]) })
	from, to = cuts[max(bad-1, 0)], cuts[max(bad, 1)]
	at = to - 1
	if to-from > longItem {
		at = from + max(sort.Search(to-from, func(i int) bool { return !readable(lines[from : from+i]) })-1, 0)
	}
	for at > from && !readable(lines[from:at]) {
		at--
	}
	for at < to-1 && len(bytes.TrimSpace(lines[at])) == 0 {
		at++
	}
	return at, from, to
}

// longItem is the number of lines from which on an item is searched by halves: faster, but a text in quotes that goes on for several
// lines may be blamed for what comes after it.
const longItem = 200

func readable(lines [][]byte) bool {
	_, err := parse(bytes.Join(lines, nil))
	return err == nil
}

// separator returns the index of the line that begins a second document.
func separator(lines [][]byte) int {
	content := false
	for i, l := range lines {
		t := bytes.TrimSpace(l)
		switch {
		case bytes.HasPrefix(t, []byte("---")) && content, bytes.Equal(t, []byte("...")) && i < len(lines)-1:
			return i
		case len(t) > 0 && t[0] != '#' && !bytes.HasPrefix(t, []byte("---")):
			content = true
		}
	}
	return len(lines) - 1
}

// syntaxProblem says in a curator's words what YAML did not understand in a line.
func syntaxProblem(file string, lines [][]byte, at int, err error) Problem {
	line := strings.TrimRight(string(lines[at]), "\r\n")
	pos := knowledge.Position{File: file, Line: at + 1, Column: 1 + len(line) - len(strings.TrimLeft(line, " \t"))}
	p := Problem{Pos: pos, Rule: ruleSyntax}
	if i := strings.IndexByte(line[:pos.Column-1], '\t'); i >= 0 {
		p.Pos.Column, p.Message, p.Fix = i+1, "a tab is used for indentation", "indent with spaces"
		return p
	}
	what := err.Error()
	if m := errorPlace.FindStringSubmatch(what); m != nil {
		what = m[1]
	}
	p.Message, p.Fix = explain(what)
	if p.Message == "" {
		p.Message, p.Fix = "this cannot be read as YAML: "+what, "write plain YAML: key: \"text\""
	}
	return p
}

const quoteTexts = `put texts with : # , ' or a mark at the start in double quotes`

// explain turns a message of the YAML package into a problem and its remedy.
func explain(what string) (message, fix string) {
	has := func(s string) bool { return strings.Contains(what, s) }
	switch {
	case has("second document"):
		return "a second YAML document begins", "one document in a file: remove the line or make two files"
	case has("unknown anchor"):
		return "a YAML alias (*name)", "write the value itself; a text that begins with * goes in quotes"
	case has("mapping values are not allowed"):
		return "a colon where none is expected", quoteTexts + "; indent the keys of one block alike"
	case has("cannot start any token"):
		return "a value begins with a character that YAML keeps for itself", quoteTexts
	case has("tab character"):
		return "a tab is used for indentation", "indent with spaces"
	case has("unknown escape"):
		return "a backslash in double quotes that means nothing", `write \\ for a backslash`
	case has("',' or '}'"), has("',' or ']'"):
		return "a list or mapping in brackets is not closed or has a text with a colon, comma or quotation mark", quoteTexts + " and close the bracket"
	case has("expected ':'"):
		return "a line that is neither \"key: value\" nor part of a text", "write a space after the colon; put a text of several lines in double quotes"
	case has("expected key"), has("expected '-'"), has("document start"):
		return "this line does not fit the lines before it", "close quotation marks and brackets, indent the keys of one block alike"
	case has("unexpected end of stream"), has("node content"):
		return "a quotation mark or bracket is not closed", "close it"
	case has("max depth"):
		return "brackets nested too deeply", "a fact file needs no more than three inside each other"
	}
	return "", ""
}

// leaveOut empties lines, line ends apart, and collects the ids in them. It reports whether there was anything to leave out.
func leaveOut(lines [][]byte, lost map[string]bool) bool {
	changed := false
	for i, l := range lines {
		collectID(l, lost)
		if len(bytes.TrimSpace(l)) > 0 {
			lines[i], changed = []byte("\n"), true
		}
	}
	return changed
}

func collectID(line []byte, lost map[string]bool) {
	if m := idLine.FindSubmatch(line); m != nil && lost != nil {
		lost[string(m[1])] = true
	}
}
