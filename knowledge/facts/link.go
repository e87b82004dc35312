package facts

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
)

// place is where an id stands first.
type place struct {
	pos knowledge.Position
	doc *document
}

// linker checks what concerns several things of a base: ids, references and what supersedes what.
type linker struct {
	ids  [listBlock + 1]map[string]place
	lost map[string]bool
	// incomplete is set when files could not be read at all: their ids are unknown, so no reference is called dangling.
	incomplete bool
}

// link checks ids and references over all documents and adds problems to the documents that they are in.
func (l *loaded) link(incomplete bool) {
	k := linker{lost: map[string]bool{}, incomplete: incomplete}
	for b := range k.ids {
		k.ids[b] = map[string]place{}
	}
	for _, d := range l.docs {
		for id := range d.lost {
			k.lost[id] = true
		}
		k.register(d)
	}
	for _, d := range l.docs {
		for _, r := range d.refs {
			k.check(d, r)
		}
	}
	k.replacements(l.docs)
}

// register notes the ids of a document and reports those that stand somewhere already.
func (k *linker) register(d *document) {
	if d.Topic != nil {
		k.add(d, topicBlock, string(d.Topic.ID), d.Topic.Pos)
	}
	for i := range d.Sources {
		k.add(d, sourceBlock, string(d.Sources[i].ID), idPos(d, sourceBlock, i))
	}
	for i := range d.Entities {
		k.add(d, entityBlock, string(d.Entities[i].ID), idPos(d, entityBlock, i))
	}
	for i := range d.Facts {
		k.add(d, factBlock, string(d.Facts[i].ID), idPos(d, factBlock, i))
	}
	for i := range d.Lists {
		k.add(d, listBlock, string(d.Lists[i].ID), idPos(d, listBlock, i))
	}
}

// idPos returns where the id of an item stands, or the item when it has none.
func idPos(d *document, b block, i int) knowledge.Position {
	n := d.nodes[b][i]
	if v := field(n, "id"); v != nil {
		return d.pos(v)
	}
	return d.pos(n)
}

// field returns the value of a key of a mapping, or nil.
func field(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func (k *linker) add(d *document, b block, id string, pos knowledge.Position) {
	if id == "" {
		return
	}
	if first, ok := k.ids[b][id]; ok {
		p := Problem{Pos: pos, Rule: ruleDuplicateID, Message: fmt.Sprintf("%s %s: the id is taken, first in %s:%d", b, id, first.pos.File, first.pos.Line), Fix: "give one of the two another id"}
		if b == factBlock {
			p.Fact = knowledge.FactID(id)
		}
		d.problems = append(d.problems, p)
		return
	}
	k.ids[b][id] = place{pos, d}
}

// check reports a reference to nothing.
func (k *linker) check(d *document, r reference) {
	if _, ok := k.ids[r.to][r.id]; ok || k.lost[r.id] || k.incomplete {
		return
	}
	fix := fmt.Sprintf("add the %s or correct the id", r.to)
	known := make([]string, 0, len(k.ids[r.to]))
	for id := range k.ids[r.to] {
		known = append(known, id)
	}
	slices.Sort(known)
	if near := nearest(r.id, known); near != "" {
		fix = fmt.Sprintf("did you mean %s?", near)
	}
	d.problems = append(d.problems, Problem{Pos: r.pos, Rule: ruleReference, Fact: r.fact, Fix: fix,
		Message: fmt.Sprintf("%snames %q, and no %s has that id", r.label, r.id, r.to)})
}

// replacements reports facts that replace themselves or each other in a circle, at the reference that closes it. Several facts may
// replace one: that is how a fact is split.
func (k *linker) replacements(docs []*document) {
	replaced := map[string][]string{} // the facts that each fact replaces
	for _, d := range docs {
		for _, r := range d.refs {
			if r.replaces() {
				replaced[string(r.fact)] = append(replaced[string(r.fact)], r.id)
			}
		}
	}
	c := circles{replaced: replaced, state: map[string]uint8{}, closing: map[[2]string]bool{}}
	for _, d := range docs {
		for _, r := range d.refs {
			if !r.replaces() {
				continue
			}
			c.visit(string(r.fact))
			p := Problem{Pos: r.pos, Rule: ruleReplaces, Fact: r.fact}
			switch {
			case string(r.fact) == r.id:
				p.Message, p.Fix = fmt.Sprintf("fact %s: it replaces itself", r.fact), "name the older fact"
			case c.closing[[2]string{string(r.fact), r.id}]:
				p.Message, p.Fix = fmt.Sprintf("fact %s: it replaces %s, which replaces it in turn", r.fact, r.id), "remove one of the replacements"
			default:
				continue
			}
			d.problems = append(d.problems, p)
		}
	}
}

// circles finds the references that close a circle, by depth-first search.
type circles struct {
	replaced map[string][]string
	state    map[string]uint8 // 1 = on the way, 2 = done
	closing  map[[2]string]bool
}

func (c *circles) visit(id string) {
	if c.state[id] != 0 {
		return
	}
	c.state[id] = 1
	for _, old := range c.replaced[id] {
		if c.state[old] == 1 {
			c.closing[[2]string{id, old}] = true
		}
		c.visit(old)
	}
	c.state[id] = 2
}
