package facts

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"

	"enlace/knowledge"
)

// form is hashed first: two programs that write content down in different ways never agree by chance.
const form = "enlace facts 1\n"

// version returns "sha256:" and the hash of a base's content. Everything counts that an answer can show or depends on, order
// included; file names, positions, comments and the way something is written in YAML do not.
func version(topics []knowledge.Topic, sources []knowledge.Source, entities []knowledge.Entity, facts []knowledge.Fact, lists []knowledge.List) string {
	d := digest{h: sha256.New()}
	d.buf = append(d.buf, form...)
	d.count(len(topics))
	for i := range topics {
		t := &topics[i]
		d.strings(string(t.ID), t.Title.EN, t.Title.ES)
		d.count(t.Order)
		d.list(t.Aliases)
	}
	d.count(len(sources))
	for i := range sources {
		s := &sources[i]
		d.strings(string(s.ID), s.Publisher, s.Title, s.URL, s.Published.String(), string(s.Language), string(s.Kind))
	}
	d.count(len(entities))
	for i := range entities {
		e := &entities[i]
		d.strings(string(e.ID), string(e.Kind), e.Name, e.About.EN, e.About.ES)
		d.list(e.Aliases)
	}
	d.count(len(facts))
	for i := range facts {
		d.fact(&facts[i])
	}
	d.count(len(lists))
	for i := range lists {
		l := &lists[i]
		d.strings(string(l.ID), l.Title.EN, l.Title.ES)
		digestIDs(&d, l.Facts)
		for _, lang := range knowledge.Langs {
			d.list(l.Asks.In(lang))
		}
	}
	d.flush()
	return "sha256:" + hex.EncodeToString(d.h.Sum(nil))
}

// digest writes every value with its length before it, so that no two contents look alike.
type digest struct {
	h   hash.Hash
	buf []byte
}

func (d *digest) fact(f *knowledge.Fact) {
	d.strings(string(f.ID), string(f.Topic), f.Text.EN, f.Text.ES, string(f.Status), f.AsOf.String(), f.Note.EN, f.Note.ES, f.Withdrawn)
	d.count(f.Key)
	d.count(len(f.Dates))
	for _, t := range f.Dates {
		d.strings(t.String())
	}
	digestIDs(d, f.Entities)
	digestIDs(d, f.Sources)
	digestIDs(d, f.Replaces)
	for _, l := range knowledge.Langs {
		d.list(f.Corrects.In(l))
		d.list(f.Asks.In(l))
	}
}

func (d *digest) count(n int) {
	d.buf = binary.AppendVarint(d.buf, int64(n))
	if len(d.buf) > 1<<14 {
		d.flush()
	}
}

func (d *digest) strings(values ...string) {
	for _, v := range values {
		d.count(len(v))
		d.buf = append(d.buf, v...)
	}
}

func (d *digest) list(values []string) {
	d.count(len(values))
	d.strings(values...)
}

func digestIDs[ID ~string](d *digest, ids []ID) {
	d.count(len(ids))
	for _, id := range ids {
		d.strings(string(id))
	}
}

func (d *digest) flush() {
	d.h.Write(d.buf)
	d.buf = d.buf[:0]
}
