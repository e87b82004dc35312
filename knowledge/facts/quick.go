package facts

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// quick reads YAML that is written the way fact files are: block mappings with lower-case keys, block lists, and values that stand
// in one line, also flow lists and mappings. It returns false for everything else, and then the YAML package reads the file, which
// takes several times as long. What it returns is what that package would return, comments aside; FuzzQuick holds the two equal.
//
// Reading the shipped base is the largest part of the time from the start of the program to its answer. data has passed clean.
func quick(data []byte) (root *yaml.Node, ok bool) {
	q := quickReader{rest: string(data), line: 0}
	if !q.next() || q.indent != 0 {
		return nil, false
	}
	root = q.mapping(0)
	return root, !q.odd && q.done
}

// quickReader stands at a line with something in it. Its values share the memory of the file.
type quickReader struct {
	rest   string // after the line
	text   string // the line
	line   int    // from 1
	at     int    // bytes of the line that are read; a list item moves on from its dash
	indent int    // spaces, and for what follows a dash its place
	ascii  bool
	done   bool // no more lines
	odd    bool // something that is left to the YAML package
	depth  int
	slab   []yaml.Node
	seen   map[string]string // tags of values that are not plainly texts
}

// next goes to the next line that is not empty or a comment, and returns false at the end.
func (q *quickReader) next() bool {
	for q.rest != "" {
		line, rest, _ := strings.Cut(q.rest, "\n")
		q.rest = rest
		q.line++
		trimmed := strings.TrimLeft(line, " ")
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		q.text = strings.TrimRight(line, " ")
		q.indent = len(line) - len(trimmed)
		q.at = q.indent
		q.ascii = true
		for i := range len(line) {
			if c := line[i]; c == '\t' || c == '\r' {
				q.odd = true
				return false
			} else if c >= utf8.RuneSelf {
				q.ascii = false
			}
		}
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || line[0] == '%' {
			q.odd = true
			return false
		}
		return true
	}
	q.done = true
	return false
}

func (q *quickReader) give() *yaml.Node {
	q.odd = true
	return nil
}

// node returns a new node at a byte of the line.
func (q *quickReader) node(kind yaml.Kind, tag string, at int) *yaml.Node {
	if len(q.slab) == 0 {
		q.slab = make([]yaml.Node, 128)
	}
	n := &q.slab[0]
	q.slab = q.slab[1:]
	n.Kind, n.Tag, n.Line, n.Column = kind, tag, q.line, at+1
	if !q.ascii {
		n.Column = utf8.RuneCountInString(q.text[:at]) + 1
	}
	return n
}

// open reports whether the line goes on with a value of a block of that indentation.
func (q *quickReader) open(indent int) bool { return !q.odd && !q.done && q.indent == indent }

// mapping reads the keys of a block mapping. It stops at the first line that is indented less.
func (q *quickReader) mapping(indent int) *yaml.Node {
	if q.depth++; q.depth > maxDepth {
		return q.give()
	}
	defer func() { q.depth-- }()
	m := q.node(yaml.MappingNode, "!!map", q.at)
	for q.open(indent) {
		if q.isDash() {
			break // a list of the mapping around ends here
		}
		key, end := q.key(q.at)
		if key == nil {
			return q.give()
		}
		q.at = end
		var value *yaml.Node
		if end == len(q.text) {
			value = q.block(indent)
		} else {
			value = q.inline(indent)
		}
		if q.odd || value == nil {
			return q.give()
		}
		m.Content = append(m.Content, key, value)
	}
	if !q.done && q.indent > indent {
		return q.give()
	}
	return m
}

func (q *quickReader) isDash() bool {
	return q.at < len(q.text) && q.text[q.at] == '-' && (q.at+1 == len(q.text) || q.text[q.at+1] == ' ')
}

// key reads "name:" and returns its node and where its value begins: the end of the line or a byte after the spaces.
func (q *quickReader) key(at int) (*yaml.Node, int) {
	end := at
	for end < len(q.text) && (q.text[end] >= 'a' && q.text[end] <= 'z' || q.text[end] == '_') {
		end++
	}
	if end == at || end == len(q.text) || q.text[end] != ':' || end+1 < len(q.text) && q.text[end+1] != ' ' {
		return nil, 0
	}
	name := q.text[at:end]
	if special[name] {
		return nil, 0
	}
	n := q.node(yaml.ScalarNode, "!!str", at)
	n.Value = name
	return n, skipSpaces(q.text, end+1)
}

func skipSpaces(s string, at int) int {
	for at < len(s) && s[at] == ' ' {
		at++
	}
	return at
}

// special are words that YAML takes for something else than a text.
var special = map[string]bool{"true": true, "True": true, "TRUE": true, "false": true, "False": true, "FALSE": true, "null": true, "Null": true, "NULL": true}

// block reads what stands below a key: a mapping or a list that is indented more, or a list that is indented alike.
func (q *quickReader) block(indent int) *yaml.Node {
	if !q.next() || q.indent < indent || q.indent == indent && !q.isDash() {
		return q.give()
	}
	if q.isDash() {
		return q.list(q.indent)
	}
	return q.mapping(q.indent)
}

// inline reads a value in the line of its key or dash, and goes to the next line, which must not go on with it.
func (q *quickReader) inline(indent int) *yaml.Node {
	n := q.value(false)
	if n == nil || q.at != len(q.text) {
		return q.give()
	}
	if q.next() && q.indent > indent {
		return q.give()
	}
	return n
}

// list reads the items of a block list.
func (q *quickReader) list(indent int) *yaml.Node {
	l := q.node(yaml.SequenceNode, "!!seq", q.at)
	for q.open(indent) && q.isDash() {
		q.at = skipSpaces(q.text, q.at+1)
		if q.at == len(q.text) || q.isDash() {
			return q.give()
		}
		var item *yaml.Node
		if key, _ := q.key(q.at); key != nil {
			q.indent = q.at // the item's keys stand below its first one
			item = q.mapping(q.at)
		} else {
			item = q.inline(indent)
		}
		if q.odd || item == nil {
			return q.give()
		}
		l.Content = append(l.Content, item)
	}
	if !q.done && q.indent > indent {
		return q.give()
	}
	return l
}

// value reads a text, a flow list or a flow mapping at the reader's place.
func (q *quickReader) value(flow bool) *yaml.Node {
	if q.at >= len(q.text) {
		return nil
	}
	switch q.text[q.at] {
	case '"':
		return q.quoted()
	case '[':
		return q.flow(yaml.SequenceNode, "!!seq", ']')
	case '{':
		return q.flow(yaml.MappingNode, "!!map", '}')
	}
	return q.plain(flow)
}

// flow reads a flow list or mapping up to its closing bracket.
func (q *quickReader) flow(kind yaml.Kind, tag string, end byte) *yaml.Node {
	if q.depth++; q.depth > maxDepth {
		return nil
	}
	defer func() { q.depth-- }()
	n := q.node(kind, tag, q.at)
	n.Style = yaml.FlowStyle
	q.at = skipSpaces(q.text, q.at+1)
	if q.at < len(q.text) && q.text[q.at] == end {
		q.at++
		return n
	}
	for {
		if kind == yaml.MappingNode {
			key, at := q.key(q.at)
			if key == nil || at == len(q.text) {
				return nil
			}
			n.Content = append(n.Content, key)
			q.at = at
		}
		v := q.value(true)
		if v == nil {
			return nil
		}
		n.Content = append(n.Content, v)
		q.at = skipSpaces(q.text, q.at)
		if q.at >= len(q.text) {
			return nil
		}
		switch q.text[q.at] {
		case end:
			q.at++
			return n
		case ',':
			q.at = skipSpaces(q.text, q.at+1)
		default:
			return nil
		}
	}
}

// quoted reads a text in double quotes. Of escapes it knows \" and \\.
func (q *quickReader) quoted() *yaml.Node {
	from := q.at + 1
	length := strings.IndexAny(q.text[from:], `"\`)
	if length < 0 {
		return nil
	}
	n := q.node(yaml.ScalarNode, "!!str", q.at)
	n.Style = yaml.DoubleQuotedStyle
	if q.text[from+length] == '"' {
		n.Value = q.text[from : from+length]
		q.at = from + length + 1
		return n
	}
	var b strings.Builder
	for i := from; i < len(q.text); i++ {
		c := q.text[i]
		if c == '"' {
			n.Value, q.at = b.String(), i+1
			return n
		}
		if c == '\\' {
			if i++; i == len(q.text) || q.text[i] != '"' && q.text[i] != '\\' {
				return nil
			}
			c = q.text[i]
		}
		b.WriteByte(c)
	}
	return nil
}

// plain reads a text without quotation marks: up to the end of the line, or in a flow up to a comma or bracket.
func (q *quickReader) plain(flow bool) *yaml.Node {
	first := q.text[q.at]
	if first < utf8.RuneSelf && !(first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z' || first >= '0' && first <= '9') {
		return nil
	}
	end := q.at
	for ; end < len(q.text); end++ {
		c := q.text[end]
		if c == ':' && (flow || end+1 == len(q.text) || q.text[end+1] == ' ') || c == '#' && (flow || q.text[end-1] == ' ') || flow && (c == '?' || c == '[' || c == '{') {
			return nil // a mapping, a comment or a flow: the YAML package knows
		}
		if flow && (c == ',' || c == ']' || c == '}') {
			break
		}
	}
	value := strings.TrimRight(q.text[q.at:end], " ")
	tag := "!!str"
	if first >= '0' && first <= '9' || special[value] {
		if tag = q.tag(value); tag == "" {
			return nil
		}
	}
	n := q.node(yaml.ScalarNode, tag, q.at)
	n.Value = value
	q.at = end
	return n
}

// tag returns what a value without quotation marks is: a number, a date, a text. It knows days and small numbers itself and asks the
// YAML package about all else.
func (q *quickReader) tag(value string) string {
	if len(value) == 1 && value[0] >= '0' && value[0] <= '9' {
		return "!!int"
	}
	if len(value) == 10 {
		if _, err := knowledge.ParseDate(value); err == nil {
			return "!!timestamp"
		}
	}
	if tag, ok := q.seen[value]; ok {
		return tag
	}
	var doc yaml.Node
	tag := ""
	if err := yaml.Unmarshal([]byte(value), &doc); err == nil && len(doc.Content) == 1 && doc.Content[0].Value == value {
		tag = doc.Content[0].Tag
	}
	if q.seen == nil {
		q.seen = map[string]string{}
	}
	q.seen[value] = tag
	return tag
}
