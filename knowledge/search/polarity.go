package search

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"enlace/knowledge"
	"enlace/knowledge/thesaurus"
)

// polarityText says which words and concepts stand in questions that facts answer and which in others, one and its weight
// to a line. Package train learns it.
//
//go:embed polarity.txt
var polarityText string

// Polarity is, by name of a concept and by WordKey of a word, the logarithm of how much oftener it stands in questions
// that no fact answers than in others. What is missing says nothing.
type Polarity map[string]float64

var shippedPolarity = sync.OnceValue(func() Polarity {
	p := Polarity{}
	for line := range strings.Lines(polarityText) {
		name, weight, _ := strings.Cut(strings.TrimSpace(line), " ")
		if v, err := strconv.ParseFloat(weight, 64); err == nil {
			p[name] = v
		}
	}
	return p
})

// polarities are the weights of a Polarity that one side needs.
type polarities struct {
	concepts []float32 // by concept
	words    map[string]float32
}

func (p Polarity) of(l knowledge.Lang, t *thesaurus.Thesaurus) polarities {
	if t == nil {
		return polarities{}
	}
	o := polarities{concepts: make([]float32, t.Len()), words: make(map[string]float32, len(p)/2)}
	for name, weight := range p {
		if word, ok := strings.CutPrefix(name, string(l)+":"); ok {
			o.words[word] = float32(weight)
		} else if id, ok := t.ByName(name); ok {
			o.concepts[id] = float32(weight)
		}
	}
	return o
}

// WordKey returns the name under which a Polarity knows a word by its stem.
func WordKey(l knowledge.Lang, stem string) string { return string(l) + ":" + stem }

// polarity sums the weights of the question's words and of its concepts, each to [-1,1].
func (s *scratch) polarity(x *side) (words, concepts float64) {
	for i := range s.words {
		words += float64(x.concepts.polarity.words[s.words[i].Stem])
	}
	for i := range s.meant {
		concepts += float64(x.concepts.polarity.concepts[s.meant[i].id])
	}
	return Polarise(words), Polarise(concepts)
}

// Polarise maps the sum of the weights of a question's words or concepts to [-1,1].
func Polarise(sum float64) float64 {
	const certain = 4
	return max(-1, min(1, sum/certain))
}
