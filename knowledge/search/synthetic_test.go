package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"enlace/knowledge"
)

// synthetic makes bases and questions of any size with word frequencies as in real text (Zipf's law), from a seed.
type synthetic struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
}

const commonWords = `the of and to in a for with was by on his from at said that ecuador united states memorandum agreement signed
police officer liaison noem reimberg noboa extradition court judge charges fito july security border minister government
national trump customs drug cartel prison trial hearing cocaine weapons federal prosecutors lawyer guayaquil quito program
information travellers passengers targeting center data biometric fingerprints treaty constitution assembly article`

func newSynthetic(seed uint64, vocabulary int) *synthetic {
	s := &synthetic{random: rand.New(rand.NewPCG(seed, 7)), words: strings.Fields(commonWords)}
	s.zipf = rand.NewZipf(s.random, 1.07, 2.7, uint64(vocabulary-1))
	for len(s.words) < vocabulary {
		s.words = append(s.words, s.word())
	}
	return s
}

func (s *synthetic) word() string {
	const consonants, vowels = "bcdfglmnprstv", "aeiou"
	var b strings.Builder
	for range 2 + s.random.IntN(3) {
		b.WriteByte(consonants[s.random.IntN(len(consonants))])
		b.WriteByte(vowels[s.random.IntN(len(vowels))])
	}
	return b.String()
}

func (s *synthetic) sentence(words int) string {
	list := make([]string, words)
	for i := range list {
		list[i] = s.words[s.zipf.Uint64()]
	}
	return strings.Join(list, " ")
}

// base has n facts of 22 words on average, each with so many phrasings per language of 7 words on average that
// share words with it.
func (s *synthetic) base(n, asks int) *knowledge.Base {
	entities := make([]knowledge.Entity, 100)
	for i := range entities {
		entities[i] = knowledge.Entity{ID: knowledge.EntityID(fmt.Sprint("e", i)), Kind: knowledge.Person, Name: s.word() + " " + s.word(), Aliases: []string{s.word()}}
	}
	facts := make([]knowledge.Fact, n)
	for i := range facts {
		facts[i] = s.fact(i, asks, entities)
	}
	return knowledge.NewBase("", []knowledge.Topic{{ID: "t", Title: knowledge.Text{EN: "The memorandum", ES: "El memorando"}}}, nil, entities, facts)
}

func (s *synthetic) fact(i, asks int, entities []knowledge.Entity) knowledge.Fact {
	f := knowledge.Fact{ID: knowledge.FactID(fmt.Sprintf("f-%06d", i)), Topic: "t", Status: knowledge.Official}
	f.Text = knowledge.Text{EN: s.sentence(14 + s.random.IntN(17)), ES: s.sentence(14 + s.random.IntN(17))}
	f.Dates = []knowledge.Date{{Year: 2020 + s.random.IntN(7), Month: 7, Day: 1 + s.random.IntN(28)}}
	for range 2 {
		f.Entities = append(f.Entities, entities[s.random.IntN(len(entities))].ID)
	}
	for range asks {
		f.Asks.EN = append(f.Asks.EN, s.question(f.Text.EN))
		f.Asks.ES = append(f.Asks.ES, s.question(f.Text.ES))
	}
	return f
}

// question asks for the fact with a text: four words of it and three others, in any order.
func (s *synthetic) question(text string) string {
	words := strings.Fields(text)
	list := strings.Fields(s.sentence(3))
	for range 4 {
		list = append(list, words[s.random.IntN(len(words))])
	}
	s.random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return strings.Join(list, " ")
}

// questions returns n questions in English for facts of b.
func (s *synthetic) questions(b *knowledge.Base, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = "who " + s.question(b.Facts[s.random.IntN(len(b.Facts))].Text.EN) + "?"
	}
	return list
}
