package eval

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed suite/*.yaml
var shipped embed.FS

// maxSuite bounds a suite file, in bytes.
const maxSuite = 4 << 20

// Shipped returns the suites that are part of the binary, the open half first.
func Shipped() ([]*Suite, error) {
	names, err := fs.Glob(shipped, "suite/*.yaml")
	if err != nil {
		return nil, err
	}
	var suites []*Suite
	var errs []error
	for _, name := range names {
		data, err := shipped.ReadFile(name)
		if err != nil {
			return nil, err
		}
		s, err := Load(path.Base(name), data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		suites = append(suites, s)
	}
	slices.SortStableFunc(suites, func(a, b *Suite) int { return slices.Index(Halves[:], a.Half) - slices.Index(Halves[:], b.Half) })
	errs = append(errs, sharedIDs(suites)...)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return suites, nil
}

// LoadFile reads a suite from a file of at most 4 MiB.
func LoadFile(name string) (*Suite, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSuite+1))
	if err != nil {
		return nil, err
	}
	return Load(name, data)
}

// Load reads a suite. The error joins all problems of the file, each as name:line: what is wrong (what to do); unknown keys,
// repeated ids and labels that contradict each other are among them.
func Load(name string, data []byte) (*Suite, error) {
	if len(data) > maxSuite {
		return nil, fmt.Errorf("%s: the file is over %d MiB (split it)", name, maxSuite>>20)
	}
	s := &Suite{Name: name}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(s); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s:1: the suite is empty (write half: and questions:)", name)
		}
		return nil, decodeError(name, err)
	}
	var more yaml.Node
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: there is more than one document (write one)", name)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := s.place(&root); err != nil {
		return nil, err
	}
	if errs := s.validate(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return s, nil
}

// decodeError puts the place of each of the decoder's complaints in front: "line 3: what" becomes "name:3: what".
func decodeError(name string, err error) error {
	var each *yaml.TypeError
	if !errors.As(err, &each) {
		return fmt.Errorf("%s: %w", name, err)
	}
	errs := make([]error, len(each.Errors))
	for i, text := range each.Errors {
		text, _ = strings.CutPrefix(text, "line ")
		errs[i] = fmt.Errorf("%s:%s (see the fields of eval.Suite)", name, text)
	}
	return errors.Join(errs...)
}

// place gives every item its line, and the turns the id and language of their dialogue.
func (s *Suite) place(root *yaml.Node) error {
	doc := root.Content[0]
	questions, err := s.items(doc, "questions", len(s.Questions))
	if err != nil {
		return err
	}
	for i, n := range questions {
		s.Questions[i].Line = n.Line
	}
	summaries, err := s.items(doc, "summaries", len(s.Summaries))
	if err != nil {
		return err
	}
	for i, n := range summaries {
		s.Summaries[i].Line = n.Line
	}
	dialogues, err := s.items(doc, "dialogues", len(s.Dialogues))
	if err != nil {
		return err
	}
	for i, n := range dialogues {
		s.Dialogues[i].Line = n.Line
		turns, err := s.items(n, "turns", len(s.Dialogues[i].Turns))
		if err != nil {
			return err
		}
		s.Dialogues[i].place(turns)
	}
	return nil
}

func (d *Dialogue) place(turns []*yaml.Node) {
	for i, n := range turns {
		q := &d.Turns[i]
		q.Line = n.Line
		if q.ID != "" || q.Lang != "" {
			q.ID = ownID
			continue
		}
		q.ID, q.Lang = fmt.Sprintf("%s.%d", d.ID, i+1), d.Lang
	}
}

// ownID marks a turn that has an id or a language of its own, which validate refuses.
const ownID = "\x00own"

// items returns the sequence under a key of a mapping, aliases resolved. Its length is want, or an item is empty: the
// decoder drops those.
func (s *Suite) items(n *yaml.Node, key string, want int) ([]*yaml.Node, error) {
	n = resolve(n)
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if n.Content[i].Value != key {
			continue
		}
		list := resolve(n.Content[i+1]).Content
		if len(list) != want {
			return nil, fmt.Errorf("%s:%d: an item of %s is empty (remove it)", s.Name, n.Content[i].Line, key)
		}
		return list, nil
	}
	if want > 0 {
		return nil, fmt.Errorf("%s:%d: %s comes from a merge key (write it out)", s.Name, n.Line, key)
	}
	return nil, nil
}

func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}
