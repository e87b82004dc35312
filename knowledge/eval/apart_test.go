package eval

import (
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
)

func TestCopies(t *testing.T) {
	base := knowledge.NewBase("", nil, nil, nil, []knowledge.Fact{
		{ID: "a", Asks: knowledge.Texts{EN: []string{"Who signed the paper?", "and where"}, ES: []string{"¿Quién firmó el papel?"}},
			Corrects: knowledge.Texts{EN: []string{"Noboa signed it"}}},
		{ID: "old", Withdrawn: "superseded", Asks: knowledge.Texts{EN: []string{"who wrote the memo"}}},
	})
	ask := func(id, text string) Question { return Question{ID: id, Lang: knowledge.English, Text: text} }
	s := &Suite{
		Questions: []Question{
			ask("wording", "who SIGNED the paper"),
			ask("words", "the papers, who was it that signed them"),
			ask("corrects", "did noboa sign it"),
			ask("apart", "whose ink is on the paper"),
			ask("withdrawn", "who wrote the memo"),
			ask("empty", "and who was it"),
			{ID: "es", Lang: knowledge.Spanish, Text: "quien firmo el papel"},
		},
		Dialogues: []Dialogue{{ID: "d", Turns: []Question{ask("d.1", "who signed papers"), ask("d.2", "which paper did they sign"), ask("d.3", "and where?")}}},
	}
	var got []string
	for _, c := range Copies(s, base) {
		got = append(got, c.Question.ID)
	}
	if want := []string{"wording", "words", "corrects", "es", "d.1", "d.3"}; !slices.Equal(got, want) {
		t.Errorf("copies %v, want %v", got, want)
	}
	if c := Copies(s, base)[1]; !c.Words || !strings.Contains(c.String(), `has the content words of "Who signed the paper?", a phrasing of a`) {
		t.Errorf("second copy = %s", c)
	}
}

func TestContentWordsAreStemsWithoutStopWords(t *testing.T) {
	if got, want := ContentWords("How many papers? 2 papers, 2!", knowledge.English), []string{"2", "paper"}; !slices.Equal(got, want) {
		t.Errorf("content words %v, want %v", got, want)
	}
}
