package search

import (
	"slices"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Said is a turn of a conversation.
type Said struct {
	Question string
	Facts    []knowledge.FactID // that its answer told, in order; none where it had no answer
}

// MaxSaid is how many turns of a conversation count, a Classifier counts two; maxFacts how many facts of each.
const (
	MaxSaid  = 3
	maxFacts = 12
)

// recent returns the turns that count, each within bounds.
func recent(after []Said) []Said {
	after = slices.Clone(after[max(0, len(after)-MaxSaid):])
	for i := range after {
		s := &after[i]
		s.Question, s.Facts = cut(s.Question, maxSaidText), s.Facts[:min(len(s.Facts), maxFacts)]
	}
	return after
}

// maxSaidText is how many bytes of an earlier question are looked at.
const maxSaidText = 1024

// ContextScale is what a conversation counts against the question itself in a Classifier, chosen on held-out conversations.
const ContextScale = 0.6

// contextReader hashes what a classifier is told of a conversation: of the last turn the words of its question, its facts, and their
// words, entities and topics; of the one before less of it.
type contextReader struct {
	list []uint32
	buf  []byte
}

func (r *contextReader) add(kind byte, text string) {
	r.buf = append(r.buf[:0], text...)
	r.list = append(r.list, hash(kind, r.buf))
}

func (r *contextReader) words(kind byte, text string, l knowledge.Lang) {
	for t, ok := lang.Next(text, 0); ok; t, ok = lang.Next(text, t.End) {
		if t.Kind == lang.Punct {
			continue
		}
		if r.buf = appendKey(r.buf[:0], t); !lang.IsStop(string(r.buf), l) {
			r.add(kind, lang.Stem(string(r.buf), l))
		}
	}
}

// read returns the features of a conversation, ascending. They are valid until the next read.
func (r *contextReader) read(b *knowledge.Base, said []Said, l knowledge.Lang) []uint32 {
	r.list = r.list[:0]
	if len(said) == 0 {
		return nil
	}
	r.add('X', "")
	last := &said[len(said)-1]
	r.words('Q', last.Question, l)
	if len(last.Facts) == 0 {
		r.add('N', "")
	}
	for _, id := range last.Facts {
		f := b.Fact(id)
		if f == nil {
			continue
		}
		r.add('F', string(id))
		r.add('T', string(f.Topic))
		for _, e := range f.Entities {
			r.add('E', string(e))
		}
		r.words('A', f.Text.In(l), l)
	}
	if len(said) > 1 {
		earlier := &said[len(said)-2]
		r.words('P', earlier.Question, l)
		for _, id := range earlier.Facts {
			r.add('G', string(id))
			if f := b.Fact(id); f != nil {
				for _, e := range f.Entities {
					r.add('D', string(e))
				}
			}
		}
	}
	slices.Sort(r.list)
	r.list = slices.Compact(r.list)
	return r.list
}

// ClassifierContext returns the hashed features of a conversation, ascending; none where nothing was said.
func ClassifierContext(b *knowledge.Base, said []Said, l knowledge.Lang) []uint32 {
	var r contextReader
	return r.read(b, said, l)
}
