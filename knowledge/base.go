package knowledge

// Base is one version of a fact base. It is immutable: everything that it returns is shared and must not be modified.
// It is safe for concurrent use.
type Base struct {
	// Version is "sha256:" and 64 hex digits: a hash of the content, the same on every machine.
	Version  string
	Topics   []Topic  // by order, then id
	Sources  []Source // by id
	Entities []Entity // by id
	Facts    []Fact   // by topic, then as they stand in the files; withdrawn and superseded ones included
	Lists    []List   // by id

	topics   map[TopicID]int
	sources  map[SourceID]int
	entities map[EntityID]int
	facts    map[FactID]int
}

// NewBase returns a base over slices that are already in order and that it takes over. Of equal ids the last one is found.
func NewBase(version string, topics []Topic, sources []Source, entities []Entity, facts []Fact) *Base {
	return &Base{
		Version: version, Topics: topics, Sources: sources, Entities: entities, Facts: facts,
		topics:   byID(topics, func(t *Topic) TopicID { return t.ID }),
		sources:  byID(sources, func(s *Source) SourceID { return s.ID }),
		entities: byID(entities, func(e *Entity) EntityID { return e.ID }),
		facts:    byID(facts, func(f *Fact) FactID { return f.ID }),
	}
}

func byID[T any, ID comparable](items []T, id func(*T) ID) map[ID]int {
	m := make(map[ID]int, len(items))
	for i := range items {
		m[id(&items[i])] = i
	}
	return m
}

// Fact returns the fact with the id, or nil.
func (b *Base) Fact(id FactID) *Fact { return find(b.Facts, b.facts, id) }

// Source returns the source with the id, or nil.
func (b *Base) Source(id SourceID) *Source { return find(b.Sources, b.sources, id) }

// Entity returns the entity with the id, or nil.
func (b *Base) Entity(id EntityID) *Entity { return find(b.Entities, b.entities, id) }

// Topic returns the topic with the id, or nil.
func (b *Base) Topic(id TopicID) *Topic { return find(b.Topics, b.topics, id) }

func find[T any, ID comparable](items []T, index map[ID]int, id ID) *T {
	if i, ok := index[id]; ok {
		return &items[i]
	}
	return nil
}

// Checked returns when the facts in service were checked last: the newest of their dates, zero where none has one.
func (b *Base) Checked() (newest Date) {
	for i := range b.Facts {
		if f := &b.Facts[i]; f.InService() && f.AsOf.Compare(newest) > 0 {
			newest = f.AsOf
		}
	}
	return newest
}
