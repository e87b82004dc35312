package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// fileName is what configuration files are called on the search path.
const fileName = "enlace.yaml"

// maxFile bounds a configuration file, in bytes.
const maxFile = 1 << 20

// cause returns what went wrong without the path, which the problem names already.
func cause(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// file reads --config, or else the first file of the search path, and returns its path.
func (l *loader) file() (layer, string) {
	if l.File != "" {
		name := l.absolute(value{text: l.File, base: l.Dir})
		text, err := readBounded(name, maxFile)
		return l.parse(l.File, name, text, err), name
	}
	for _, dir := range l.searchPath() {
		name := filepath.Join(dir, fileName)
		text, err := readBounded(name, maxFile)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		shown := name
		if dir == l.Dir {
			shown = fileName
		}
		return l.parse(shown, name, text, err), name
	}
	return nil, ""
}

func (l *loader) searchPath() []string {
	dirs := []string{l.Dir}
	if xdg := l.env["XDG_CONFIG_HOME"]; filepath.IsAbs(xdg) { // relative ones are to be ignored (XDG base directory specification)
		dirs = append(dirs, filepath.Join(xdg, "enlace"))
	} else if home := l.env["HOME"]; home != "" {
		dirs = append(dirs, filepath.Join(home, ".config", "enlace"))
	}
	return append(dirs, l.System)
}

// document is a configuration file that is being read.
type document struct {
	*loader
	shown string // the file's name in messages
	base  string // its folder
	out   layer
}

// parse turns the file into values: each scalar as the text that stands there.
func (l *loader) parse(shown, name string, text []byte, err error) layer {
	d := document{l, shown, filepath.Dir(name), layer{}}
	var root, second yaml.Node
	if err == nil && !utf8.Valid(text) {
		err = errors.New("not UTF-8 (save the file as UTF-8)")
	}
	if err == nil {
		decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
		if err = decoder.Decode(&root); err == nil {
			if again := decoder.Decode(&second); again == nil {
				d.complainAt(&second, "", "a second document begins here (keep one)")
			} else if !errors.Is(again, io.EOF) {
				err = again
			}
		}
	}
	switch {
	case errors.Is(err, io.EOF): // nothing but comments
	case err != nil:
		at, message := yaml.Node{}, strings.TrimPrefix(err.Error(), "yaml: ")
		if _, rest, ok := strings.Cut(message, ": "); ok {
			if n, _ := fmt.Sscanf(message, "line %d:", &at.Line); n == 1 {
				message = rest
			}
		}
		d.complainAt(&at, "", "the configuration file cannot be read: "+message)
	case root.Kind == yaml.DocumentNode && len(root.Content) == 1:
		d.section(root.Content[0], "")
	}
	return d.out
}

func (d *document) complainAt(n *yaml.Node, key, message string) {
	d.complain(Problem{key, Source{Layer: File, Name: d.shown, Line: n.Line}, message})
}

// section reads a mapping whose keys begin with prefix; a section without content says nothing.
func (d *document) section(n *yaml.Node, prefix string) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return
	}
	if n.Kind != yaml.MappingNode {
		what := strings.TrimSuffix(prefix, ".")
		if what == "" {
			what = "the file"
		}
		d.complainAt(n, "", what+" must hold settings (write `key: value` lines)")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		at, val := n.Content[i], n.Content[i+1]
		name := prefix + at.Value
		switch k := keyNamed(name); {
		case seen[name]:
			d.complainAt(at, name, name+" stands here a second time (keep one)")
		case k != nil && !strings.Contains(at.Value, "."):
			d.setting(k, at, val)
		case isSection(name) && !strings.Contains(at.Value, "."):
			d.section(val, name+".")
		default:
			d.unknown(at, name)
		}
		seen[name] = true
	}
}

func isSection(name string) bool {
	for i := range keys {
		if strings.HasPrefix(keys[i].name, name+".") {
			return true
		}
	}
	return false
}

func (d *document) unknown(at *yaml.Node, name string) {
	what := remedy(strings.ToLower(name), ".", known())
	if keyNamed(name) != nil || isSection(name) {
		what = "write one level per line: " + strings.ReplaceAll(name, ".", ": ")
	}
	d.complainAt(at, "", fmt.Sprintf("there is no key %s (%s)", quote(name), what))
}

// known returns all keys and sections.
func known() []string {
	var names []string
	for i := range keys {
		for end := range len(keys[i].name) {
			if keys[i].name[end] == '.' {
				names = append(names, keys[i].name[:end])
			}
		}
		names = append(names, keys[i].name)
	}
	return names
}

// setting reads the value of a key. Anchors and tags mean nothing here; aliases are refused by their kind.
func (d *document) setting(k *key, at, n *yaml.Node) {
	from := Source{Layer: File, Name: d.shown, Line: n.Line}
	switch {
	case k.list && n.Kind == yaml.SequenceNode:
		v := value{source: from, base: d.base, list: []string{}}
		for _, item := range n.Content {
			if item.Kind != yaml.ScalarNode {
				d.complainAt(item, k.name, k.name+" must be a plain list (write "+k.allowed()+")")
				continue
			}
			v.list = append(v.list, item.Value)
		}
		d.out[k.name] = v
	case k.list:
		d.complainAt(at, k.name, k.name+" must be a list (write ["+`"…", "…"`+"], [] for none)")
	case n.Kind != yaml.ScalarNode:
		d.complainAt(at, k.name, k.name+" must be a single value (write "+k.allowed()+")")
	case n.Tag == "!!null":
		d.complainAt(at, k.name, k.name+` has no value (write "" for an empty one, or remove the line)`)
	default:
		d.out[k.name] = value{text: n.Value, source: from, base: d.base}
	}
}
