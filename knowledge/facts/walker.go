package facts

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// reference is an id that a fact names, and where.
type reference struct {
	to    block
	id    string
	label string // "fact mou-place: entities "
	pos   knowledge.Position
	fact  knowledge.FactID
}

// replaces reports whether a fact says that it supersedes another: the other references to facts are those of lists.
func (r reference) replaces() bool { return r.to == factBlock && r.fact != "" }

// walker reads one file's nodes by the table of shape.go and reports everything that is wrong.
type walker struct {
	file     string
	partial  bool // parts of the file could not be read, so an empty block is no news
	problems Problems
	refs     []reference
	nodes    [listBlock + 1][]*yaml.Node // the items of each block, in file order

	block block // the item that is being read
	id    string
	path  []string
}

func (w *walker) pos(n *yaml.Node) knowledge.Position {
	return knowledge.Position{File: w.file, Line: max(n.Line, 1), Column: max(n.Column, 1)}
}

// report adds a problem at n. The message begins with the path to the value.
func (w *walker) report(n *yaml.Node, rule, fix, format string, args ...any) {
	p := Problem{Pos: w.pos(n), Rule: rule, Fix: fix, Message: w.label() + fmt.Sprintf(format, args...)}
	if w.block == factBlock {
		p.Fact = knowledge.FactID(w.id)
	}
	w.problems = append(w.problems, p)
}

// label returns "fact mou-place: text.en " or the part of it that is known.
func (w *walker) label() string {
	if w.block == noBlock && len(w.path) == 0 {
		return "the file "
	}
	var b strings.Builder
	if w.block != noBlock {
		b.WriteString(w.block.String())
		if w.id != "" && isID(w.id) {
			b.WriteString(" " + w.id)
		}
		b.WriteString(": ")
	}
	if len(w.path) > 0 {
		b.WriteString(strings.Join(w.path, ".") + " ")
	}
	return b.String()
}

// read stores the value of n in dst when it is of the shape, and reports what is wrong when it is not. It returns false for a value
// that cannot be used.
func (w *walker) read(n *yaml.Node, s *shape, dst reflect.Value) bool {
	if n.Kind == yaml.AliasNode {
		return false // audit has reported it
	}
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		if !w.partial || s.kind != list || w.block != noBlock {
			w.report(n, ruleType, "write "+s.name+" or remove the key", "is empty")
		}
		return false
	}
	switch s.kind {
	case object:
		return w.object(n, s, dst)
	case list:
		return w.list(n, s, dst)
	}
	return w.scalar(n, s, dst)
}

func (w *walker) object(n *yaml.Node, s *shape, dst reflect.Value) bool {
	if n.Kind != yaml.MappingNode {
		return w.wrongType(n, s)
	}
	if dst.Kind() == reflect.Pointer {
		dst.Set(reflect.New(dst.Type().Elem()))
		dst = dst.Elem()
	}
	if s.block != noBlock {
		defer w.enter(n, s, dst)()
	}
	var first [16]*yaml.Node // where each key of the shape stands; the table has at most 13
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(s.keys, func(k key) bool { return k.name == name.Value })
		switch {
		case name.Kind != yaml.ScalarNode || at < 0:
			w.unknownKey(n, name, value, s)
			continue
		case first[at] != nil:
			w.report(name, ruleDuplicateKey, "keep one of the two", "has the key %q twice, first in line %d", name.Value, first[at].Line)
			continue
		}
		first[at] = name
		w.path = append(w.path, name.Value)
		w.read(value, s.keys[at].shape, dst.Field(s.keys[at].index))
		w.path = w.path[:len(w.path)-1]
	}
	for i, k := range s.keys {
		if k.required && first[i] == nil {
			w.report(n, ruleMissing, "add it: "+lowerFirst(k.doc), "%s is missing", k.name)
		}
	}
	if s.some && len(n.Content) == 0 {
		w.report(n, ruleEmpty, "write a text in at least one language", "has no text")
		return false
	}
	return true
}

// enter begins an item with an id: its problems name it until the returned function is called.
func (w *walker) enter(n *yaml.Node, s *shape, dst reflect.Value) (leave func()) {
	outer := w.path
	w.block, w.id, w.path = s.block, "", nil
	if id := field(n, "id"); id != nil && id.Kind == yaml.ScalarNode {
		w.id = id.Value
	}
	dst.FieldByName("Pos").Set(reflect.ValueOf(w.pos(n)))
	return func() { w.block, w.id, w.path = noBlock, "", outer }
}

func (w *walker) unknownKey(parent, name, value *yaml.Node, s *shape) {
	switch {
	case name.Kind != yaml.ScalarNode:
		w.report(name, ruleUnknownKey, allowedKeys(s), "has a key that is not a word")
	case name.Tag == "!!merge":
		// audit has reported it
	case parent.Style&yaml.FlowStyle != 0 && value.Tag == "!!null" && strings.ContainsAny(name.Value, " ,.:"):
		w.report(name, ruleUnknownKey, "put a text with a comma or colon in double quotes", "has %q where a key is expected", short(name.Value))
	default:
		fix := allowedKeys(s)
		if near := nearest(name.Value, s.names()); near != "" {
			fix = "did you mean " + near + "? " + fix
		}
		w.report(name, ruleUnknownKey, fix, "has an unknown key %q", short(name.Value))
	}
}

func allowedKeys(s *shape) string { return "allowed: " + strings.Join(s.names(), ", ") }

// names returns the names of an object's keys.
func (s *shape) names() []string {
	names := make([]string, len(s.keys))
	for i, k := range s.keys {
		names[i] = k.name
	}
	return names
}

func (w *walker) list(n *yaml.Node, s *shape, dst reflect.Value) bool {
	if n.Kind != yaml.SequenceNode {
		return w.wrongType(n, s)
	}
	count := len(n.Content)
	if count > s.max {
		w.report(n, ruleTooMany, fmt.Sprintf("at most %d", s.max), "has %d items", count)
		return false
	}
	if count < s.min {
		w.report(n, ruleTooFew, fmt.Sprintf("name at least %d", s.min), "has no items")
		return false
	}
	if count == 0 {
		return true
	}
	items := reflect.MakeSlice(dst.Type(), count, count)
	for i, item := range n.Content {
		if s.item.block != noBlock && s.item.kind == object {
			w.nodes[s.item.block] = append(w.nodes[s.item.block], item)
		}
		w.read(item, s.item, items.Index(i))
		if s.unique && slices.ContainsFunc(n.Content[:i], func(o *yaml.Node) bool { return o.Kind == yaml.ScalarNode && o.Value == item.Value }) {
			w.report(item, ruleRepeated, "name it once", "has %q twice", short(item.Value))
		}
	}
	dst.Set(items)
	return true
}

// wrongType reports a value of another type than the shape's and returns false.
func (w *walker) wrongType(n *yaml.Node, s *shape) bool {
	fix := "write " + s.name
	if n.Kind == yaml.ScalarNode && s.kind != list && s.kind != object && s.kind != whole && s.kind != date {
		fix = "put it in double quotes"
	}
	if n.Kind == yaml.ScalarNode && s.kind == list && s.item.kind != object {
		fix = "write [" + short(n.Value) + "]"
	}
	w.report(n, ruleType, fix, "is %s, not %s", describe(n), s.name)
	return false
}

// describe says what sort of value a node is.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!int", n.Tag == "!!float":
		return "a number"
	case n.Tag == "!!bool":
		return "true or false"
	case n.Tag == "!!timestamp":
		return "a date"
	}
	return "a text"
}

// audit reports what no place of a fact file allows: anchors, aliases, merge keys, tags and deep nesting.
func (w *walker) audit(n *yaml.Node, depth int) {
	if depth > maxDepth {
		w.report(n, ruleDepth, fmt.Sprintf("at most %d levels", maxDepth), "is nested too deeply")
		return
	}
	const own = "write the value itself in every place"
	switch {
	case n.Kind == yaml.AliasNode:
		w.report(n, ruleAlias, own, "has a YAML alias, *%s", short(n.Value))
		return
	case n.Anchor != "":
		w.report(n, ruleAlias, own, "has a YAML anchor, &%s", short(n.Anchor))
	case n.Tag == "!!merge":
		w.report(n, ruleAlias, own, "has a YAML merge key, <<")
	case n.Style&yaml.TaggedStyle != 0:
		w.report(n, ruleTag, "remove it; a text that begins with ! goes in double quotes", "has a YAML tag, %s", short(n.Tag))
	}
	for _, c := range n.Content {
		w.audit(c, depth+1)
	}
}

// short returns a text fit for a message: its beginning, with an ellipsis where something is left out.
func short(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func lowerFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return strings.TrimSuffix(strings.ToLower(string(r))+s[size:], ".")
}
