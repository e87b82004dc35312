package facts

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

// ChangeKind says what happened to a fact between two bases.
type ChangeKind string

// A fact is Withdrawn when it went out of service, by a reason or by another fact that replaces it, and Removed when it is gone.
const (
	Added     ChangeKind = "added"
	Changed   ChangeKind = "changed"
	Withdrawn ChangeKind = "withdrawn"
	Removed   ChangeKind = "removed"
)

// Change is one fact that differs between two bases.
type Change struct {
	Kind     ChangeKind       `json:"kind"`
	ID       knowledge.FactID `json:"id"`
	Old, New *knowledge.Fact  `json:"-"`      // nil where the fact is not in that base
	Fields   []string         `json:"fields"` // the keys that differ, in the order of the format; nil for added and removed facts
}

// Diff returns what differs between two bases: first, in the new base's order, the facts that are added, changed or withdrawn, then
// those that are removed, by id. Either base may be nil for none. Where a fact stands among the others does not count; what its
// sources say does, since citations show it.
func Diff(old, new *knowledge.Base) []Change {
	if old == nil {
		old = knowledge.NewBase("", nil, nil, nil, nil)
	}
	if new == nil {
		new = knowledge.NewBase("", nil, nil, nil, nil)
	}
	var changes []Change
	for i := range new.Facts {
		n := &new.Facts[i]
		o := old.Fact(n.ID)
		if o == nil {
			changes = append(changes, Change{Kind: Added, ID: n.ID, New: n})
			continue
		}
		if fields := differing(old, new, o, n); len(fields) > 0 {
			c := Change{Kind: Changed, ID: n.ID, Old: o, New: n, Fields: fields}
			if o.InService() && !n.InService() {
				c.Kind = Withdrawn
			}
			changes = append(changes, c)
		}
	}
	kept := len(changes)
	for i := range old.Facts {
		if o := &old.Facts[i]; new.Fact(o.ID) == nil {
			changes = append(changes, Change{Kind: Removed, ID: o.ID, Old: o})
		}
	}
	slices.SortFunc(changes[kept:], func(a, b Change) int { return cmp.Compare(a.ID, b.ID) })
	return changes
}

// differing returns the keys by which two versions of a fact differ.
func differing(old, new *knowledge.Base, o, n *knowledge.Fact) []string {
	var fields []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"topic", o.Topic == n.Topic},
		{"text", o.Text == n.Text},
		{"status", o.Status == n.Status},
		{"dates", slices.Equal(o.Dates, n.Dates)},
		{"entities", slices.Equal(o.Entities, n.Entities)},
		{"sources", slices.Equal(o.Sources, n.Sources) && sameSources(old, new, n.Sources)},
		{"as_of", o.AsOf == n.AsOf},
		{"note", o.Note == n.Note},
		{"corrects", sameTexts(o.Corrects, n.Corrects)},
		{"asks", sameTexts(o.Asks, n.Asks)},
		{"replaces", slices.Equal(o.Replaces, n.Replaces)},
		{"withdrawn", o.Withdrawn == n.Withdrawn},
		{"key", o.Key == n.Key},
		{"replaced_by", o.ReplacedBy == n.ReplacedBy},
	} {
		if !f.same {
			fields = append(fields, f.name)
		}
	}
	return fields
}

func sameTexts(a, b knowledge.Texts) bool {
	return slices.Equal(a.EN, b.EN) && slices.Equal(a.ES, b.ES)
}

// sameSources reports whether sources say the same in both bases. Where in a file they stand does not count.
func sameSources(old, new *knowledge.Base, ids []knowledge.SourceID) bool {
	for _, id := range ids {
		o, n := old.Source(id), new.Source(id)
		if o == nil || n == nil {
			if o != n {
				return false
			}
			continue
		}
		a, b := *o, *n
		a.Pos, b.Pos = knowledge.Position{}, knowledge.Position{}
		if a != b {
			return false
		}
	}
	return true
}
