package search

import (
	"fmt"
	"testing"
)

func TestWordTableFindsWhatWasAdded(t *testing.T) {
	table := newWordTable(0)
	var words []string
	for i := range 5000 {
		word := fmt.Sprint("word", i)
		place, hash, ok := table.find([]byte(word), words)
		if ok {
			t.Fatalf("%s was found at %d before it was added", word, place)
		}
		words = append(words, word)
		table.add(uint32(i), hash)
	}
	for i, word := range words {
		if place, _, ok := table.find([]byte(word), words); !ok || place != uint32(i) {
			t.Fatalf("%s was found at %d (%v), want %d", word, place, ok, i)
		}
	}
}
