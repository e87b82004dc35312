package search

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"sync"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// classifierData is the shipped Classifier, as AppendBinary writes it. Package train learns it.
//
//go:embed classifier.bin
var classifierData string

// ClassifierUnits is the size of a Classifier's hidden layer, chosen on held-out questions.
const ClassifierUnits = 128

// The classes of a Classifier that are no facts: the first two.
const (
	ClassNearMiss = iota
	ClassOffTopic
	FirstClass // of the facts, and then of the lists
)

// Classifier tells from the words of a question, and from what was said before it, which fact it asks for, or that no fact
// answers it: a linear classifier over words, neighbouring words and character n-grams, with one hidden layer (Joulin and
// others 2017, "Bag of tricks for efficient text classification", EACL). It knows the facts that it was trained on, each by its
// id, in both languages.
type Classifier struct {
	Features []uint32  // hashes of what it knows, ascending
	Weights  []float32 // by feature: its inverse document frequency
	Scales   []float32 // by feature: what a unit of its row is worth
	Rows     string    // by feature: ClassifierUnits signed bytes
	Facts    []uint64  // fingerprints of facts and lists, by class from FirstClass on
	Classes  []float32 // by class: ClassifierUnits weights and a bias
}

const perClass = ClassifierUnits + 1

// Fingerprint identifies a fact by its id: what is asked for stays the same when a curator edits how the fact says it.
func Fingerprint(id knowledge.FactID) uint64 { return fingerprint(string(id)) }

// ListFingerprint identifies a list.
func ListFingerprint(id knowledge.ListID) uint64 { return fingerprint("list:" + string(id)) }

func fingerprint(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	return h.Sum64()
}

// Hidden adds the hidden layer for features, which count scale together, to hidden; false = it knows none of them.
func (c *Classifier) Hidden(features []uint32, scale float32, hidden *[ClassifierUnits]float32) bool {
	var layer [ClassifierUnits]float32
	squares := float32(0)
	for _, f := range features {
		n, ok := slices.BinarySearch(c.Features, f)
		if !ok {
			continue
		}
		squares += c.Weights[n] * c.Weights[n]
		worth := c.Weights[n] * c.Scales[n]
		row := c.Rows[n*ClassifierUnits : (n+1)*ClassifierUnits]
		for k := range layer {
			layer[k] += worth * float32(int8(row[k]))
		}
	}
	if squares == 0 {
		return false
	}
	scale *= ClassifierNorm(squares)
	for k, v := range layer {
		hidden[k] += scale * v
	}
	return true
}

// ClassifierNorm is what the sum of a question's features is multiplied with, from the sum of their squared weights: long questions
// count as much as short ones.
func ClassifierNorm(squares float32) float32 {
	const length = 3 // of the weights together
	return length / float32(math.Sqrt(float64(squares)+1e-6))
}

// Logits appends the unnormalised log-probability of every class.
func (c *Classifier) Logits(dst []float32, hidden *[ClassifierUnits]float32) []float32 {
	for at := 0; at < len(c.Classes); at += perClass {
		sum := c.Classes[at+ClassifierUnits]
		for k, w := range c.Classes[at : at+ClassifierUnits] {
			sum += w * hidden[k]
		}
		dst = append(dst, sum)
	}
	return dst
}

// featureReader hashes the features of a question, each once.
type featureReader struct {
	list     []uint32
	previous []byte // stem
	ends     []int  // of the characters of a word in bytes
	buf      []byte
}

func (r *featureReader) start() {
	r.list, r.previous = r.list[:0], append(r.previous[:0], '^')
}

// word reads one word in the order of the text: as it is written, folded, and its stem.
func (r *featureReader) word(folded []byte, stem string) {
	r.add('w', stem)
	r.pair(stem)
	r.buf = append(append(append(r.buf[:0], '<'), folded...), '>')
	r.ends = r.ends[:0]
	for i, c := range r.buf {
		if c&0xC0 != 0x80 && i > 0 {
			r.ends = append(r.ends, i)
		}
	}
	r.ends = append(r.ends, len(r.buf))
	for _, n := range [...]int{3, 4} {
		from := 0
		for i := n - 1; i < len(r.ends); i++ {
			r.list = append(r.list, hash('c', r.buf[from:r.ends[i]]))
			from = r.ends[i-n+1]
		}
	}
}

// end returns the features that were read, ascending. They are valid until the next start.
func (r *featureReader) end() []uint32 {
	r.pair("$")
	slices.Sort(r.list)
	r.list = slices.Compact(r.list)
	return r.list
}

func (r *featureReader) pair(stem string) {
	r.buf = append(append(append(r.buf[:0], r.previous...), '_'), stem...)
	r.list = append(r.list, hash('b', r.buf))
	r.previous = append(r.previous[:0], stem...)
}

func (r *featureReader) add(kind byte, text string) {
	r.buf = append(r.buf[:0], text...)
	r.list = append(r.list, hash(kind, r.buf))
}

// hash is FNV-1a of a feature, its kind first.
func hash(kind byte, text []byte) uint32 {
	const basis, prime = 2166136261, 16777619
	h := (basis ^ uint32(kind)) * prime
	for _, c := range text {
		h = (h ^ uint32(c)) * prime
	}
	return h
}

// ClassifierFeatures returns the hashed features of a text, ascending. Those of a question differ where a word is misspelled or written in
// haste: its stem is that of the word that was meant.
func ClassifierFeatures(text string, l knowledge.Lang) []uint32 {
	var r featureReader
	var folded []byte
	r.start()
	for t, ok := lang.Next(text, 0); ok; t, ok = lang.Next(text, t.End) {
		if t.Kind == lang.Punct {
			continue
		}
		folded = appendKey(folded[:0], t)
		stem := string(folded)
		if t.Kind == lang.Word {
			stem = lang.Stem(stem, l)
		}
		r.word(folded, stem)
	}
	return r.end()
}

const classifierMagic = "enlace classifier 1\n"

// AppendBinary implements encoding.BinaryAppender: the numbers in the order of the fields, lowest byte first. The error is nil.
func (c *Classifier) AppendBinary(dst []byte) ([]byte, error) {
	dst = append(dst, classifierMagic...)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(c.Features)))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(c.Facts)))
	for _, v := range c.Features {
		dst = binary.LittleEndian.AppendUint32(dst, v)
	}
	for _, list := range [][]float32{c.Weights, c.Scales} {
		dst = appendFloats(dst, list)
	}
	dst = append(dst, c.Rows...)
	for _, v := range c.Facts {
		dst = binary.LittleEndian.AppendUint64(dst, v)
	}
	return appendFloats(dst, c.Classes), nil
}

func appendFloats(dst []byte, list []float32) []byte {
	for _, v := range list {
		dst = binary.LittleEndian.AppendUint32(dst, math.Float32bits(v))
	}
	return dst
}

// ParseClassifier reads what AppendBinary wrote. The classifier holds on to data.
func ParseClassifier(data string) (*Classifier, error) {
	r := &classifierReader{rest: data}
	if r.take(len(classifierMagic)) != classifierMagic {
		return nil, errors.New("the classifier has another form (train it anew)")
	}
	features, facts := r.uint32(), r.uint32()
	if want := uint64(features)*(12+ClassifierUnits) + uint64(facts)*8 + (uint64(facts)+FirstClass)*perClass*4; uint64(len(r.rest)) != want {
		return nil, fmt.Errorf("the classifier has %d bytes after its head, not %d (train it anew)", len(r.rest), want)
	}
	c := &Classifier{Features: make([]uint32, features), Facts: make([]uint64, facts)}
	for i := range c.Features {
		c.Features[i] = r.uint32()
	}
	c.Weights, c.Scales = r.floats(int(features)), r.floats(int(features))
	c.Rows = r.take(int(features) * ClassifierUnits)
	for i := range c.Facts {
		low := uint64(r.uint32())
		c.Facts[i] = low | uint64(r.uint32())<<32
	}
	c.Classes = r.floats((int(facts) + FirstClass) * perClass)
	finite := func(list []float32) bool {
		return !slices.ContainsFunc(list, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) })
	}
	if !slices.IsSorted(c.Features) || !finite(c.Weights) || !finite(c.Scales) || !finite(c.Classes) {
		return nil, errors.New("the classifier holds features out of order or numbers that are none (train it anew)")
	}
	return c, nil
}

type classifierReader struct{ rest string }

func (r *classifierReader) take(n int) (s string) {
	n = min(n, len(r.rest))
	s, r.rest = r.rest[:n], r.rest[n:]
	return s
}

func (r *classifierReader) uint32() uint32 {
	s := r.take(4)
	if len(s) < 4 {
		return 0
	}
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func (r *classifierReader) floats(n int) []float32 {
	list := make([]float32, n)
	for i := range list {
		list[i] = math.Float32frombits(r.uint32())
	}
	return list
}

// shippedClassifier returns nil where there is none.
var shippedClassifier = sync.OnceValue(func() *Classifier {
	c, err := ParseClassifier(classifierData)
	if err != nil {
		return nil
	}
	return c
})
