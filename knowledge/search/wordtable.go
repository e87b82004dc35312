package search

import "hash/maphash"

// wordTable finds surfaces by their words. It is a map that needs no string to be made of a word, which building an index
// looks up by the ten thousand; where entries lie depends on a random seed, what is found does not.
type wordTable struct {
	entries []wordEntry // a power of two, at most two thirds full
	used    int
}

type wordEntry struct {
	hash  uint32
	place uint32 // of the word, from 1; 0 = empty
}

var wordSeed = maphash.MakeSeed()

func newWordTable(size int) wordTable {
	n := 64
	for n < size+size/2 {
		n *= 2
	}
	return wordTable{entries: make([]wordEntry, n)}
}

// find returns the place of a word in words, and its hash.
func (t *wordTable) find(word []byte, words []string) (place, hash uint32, ok bool) {
	hash = uint32(maphash.Bytes(wordSeed, word))
	mask := uint32(len(t.entries) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		e := t.entries[i]
		if e.place == 0 {
			return 0, hash, false
		}
		if e.hash == hash && words[e.place-1] == string(word) {
			return e.place - 1, hash, true
		}
	}
}

// add brings in the place of a word that find did not find.
func (t *wordTable) add(place, hash uint32) {
	if 3*(t.used+1) > 2*len(t.entries) {
		old := t.entries
		t.entries = make([]wordEntry, 2*len(old))
		for _, e := range old {
			if e.place != 0 {
				t.put(e)
			}
		}
	}
	t.put(wordEntry{hash, place + 1})
	t.used++
}

func (t *wordTable) put(e wordEntry) {
	mask := uint32(len(t.entries) - 1)
	i := e.hash & mask
	for t.entries[i].place != 0 {
		i = (i + 1) & mask
	}
	t.entries[i] = e
}
