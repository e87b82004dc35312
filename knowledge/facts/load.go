package facts

import (
	"bytes"
	"cmp"
	"io/fs"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"enlace/knowledge"
)

// Load reads the fact files of a directory, *.yaml and *.yml at its top level, into a base. Facts stand in the order of their
// topics and files, those of files without a topic last.
//
// When something is wrong the base is nil and the error is a [Problems] with all errors of all files, sorted by place. Warnings do
// not keep a base from being loaded; [Check] shows them.
func Load(fsys fs.FS) (*knowledge.Base, error) {
	l := take(fsys).load()
	if err := l.problems.Err(); err != nil {
		return nil, l.problems.Only(Error)
	}
	return l.base, nil
}

// loaded is a snapshot that was read: its documents, what is wrong with them, and the base when that is no error.
type loaded struct {
	docs     []*document
	problems Problems // sorted
	base     *knowledge.Base
}

// document is one fact file after reading.
type document struct {
	file
	walker
	content
	lost  map[string]bool // ids in parts that could not be read
	empty bool
}

func (s *snapshot) load() *loaded {
	l := &loaded{docs: s.documents(), problems: slices.Clone(s.problems)}
	l.link(len(s.problems) > 0)
	for _, d := range l.docs {
		l.problems = append(l.problems, d.problems...)
	}
	if l.problems.Err() == nil && !slices.ContainsFunc(l.docs, func(d *document) bool { return len(d.Facts) > 0 }) {
		l.problems = append(l.problems, Problem{Rule: ruleNoFacts, Message: "there are no facts in the directory", Fix: "write them under facts: in a .yaml file"})
	}
	l.problems.sort()
	if l.problems.Err() == nil {
		l.base = build(l.docs)
	}
	return l
}

// documents reads the files, several at a time and the largest first, since reading YAML is most of the work of loading.
func (s *snapshot) documents() []*document {
	docs := make([]*document, len(s.files))
	order := make([]int, len(s.files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(s.files[b].data), len(s.files[a].data)) })
	var (
		next atomic.Int64
		wg   sync.WaitGroup
	)
	for range min(runtime.GOMAXPROCS(0), len(order)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(order)); i = next.Add(1) - 1 {
				docs[order[i]] = readDocument(s.files[order[i]])
			}
		})
	}
	wg.Wait()
	return docs
}

// readDocument reads one file by itself. What concerns several files is link's task.
func readDocument(f file) *document {
	d := &document{file: f, walker: walker{file: f.name}}
	data, problems := clean(f.name, bytes.TrimPrefix(f.data, []byte("\ufeff")))
	d.problems = problems
	root, problems, lost := tree(f.name, data)
	d.problems, d.lost = append(d.problems, problems...), lost
	if root == nil {
		if len(d.problems) == 0 {
			d.empty = true
			d.problems = append(d.problems, Problem{Pos: knowledge.Position{File: f.name, Line: 1, Column: 1}, Severity: Warning, Rule: ruleEmptyFile, Message: "the file is empty", Fix: "write facts or remove it"})
		}
		return d
	}
	d.partial = len(problems) > 0
	d.audit(root, 0)
	d.read(root, fileShape, reflect.ValueOf(&d.content).Elem())
	return d
}

// build puts documents without errors together.
func build(docs []*document) *knowledge.Base {
	var (
		topics   []knowledge.Topic
		sources  []knowledge.Source
		entities []knowledge.Entity
		facts    []knowledge.Fact
		lists    []knowledge.List
	)
	for _, d := range inOrder(docs) {
		if d.Topic != nil {
			topics = append(topics, *d.Topic)
		}
		sources = append(sources, d.Sources...)
		entities = append(entities, d.Entities...)
		for _, f := range d.Facts {
			if d.Topic != nil {
				f.Topic = d.Topic.ID
			}
			facts = append(facts, f)
		}
		lists = append(lists, d.Lists...)
	}
	slices.SortFunc(sources, func(a, b knowledge.Source) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(entities, func(a, b knowledge.Entity) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(lists, func(a, b knowledge.List) int { return cmp.Compare(a.ID, b.ID) })
	b := knowledge.NewBase(version(topics, sources, entities, facts, lists), topics, sources, entities, facts)
	b.Lists = lists
	for i := range facts {
		for _, old := range facts[i].Replaces {
			if f := b.Fact(old); f.ReplacedBy == "" {
				f.ReplacedBy = facts[i].ID
			}
		}
	}
	return b
}

// inOrder returns documents by their topic's order and id, then those without a topic by their first fact's id, so that the names of
// files do not matter.
func inOrder(docs []*document) []*document {
	first := func(d *document) knowledge.FactID {
		if len(d.Facts) == 0 {
			return ""
		}
		return d.Facts[0].ID
	}
	out := slices.Clone(docs)
	slices.SortStableFunc(out, func(a, b *document) int {
		switch {
		case a.Topic == nil && b.Topic == nil:
			return cmp.Compare(first(a), first(b))
		case a.Topic == nil:
			return 1
		case b.Topic == nil:
			return -1
		}
		return cmp.Or(cmp.Compare(a.Topic.Order, b.Topic.Order), cmp.Compare(a.Topic.ID, b.Topic.ID))
	})
	return out
}
