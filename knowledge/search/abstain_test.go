package search_test

import (
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

func TestWhatSpeaksAgainstAnAnswer(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		name, question string
		lack           func(search.Lack) float64
	}{
		{"unmet words", "which judge in the us case plays tennis with carpenters", func(l search.Lack) float64 { return l.Unmet }},
		{"what somebody has", "what is the salary of judge block", func(l search.Lack) float64 { return l.Attribute }},
		{"words of other subjects", "is there a pizza recipe in the memorandum", func(l search.Lack) float64 { return l.Off }},
		{"words of no language", "is the memorandum zxqvbnt", func(l search.Lack) float64 { return l.Strange }},
		{"repaired words", "who signed the memorandun", func(l search.Lack) float64 { return l.Repaired }},
	} {
		if got := c.lack(ask(x, c.question, "en").Lack); got <= 0 || got > 1 {
			t.Errorf("%s: %q lacks %v, want some", c.name, c.question, got)
		}
		if got := c.lack(ask(x, "who signed the memorandum", "en").Lack); got != 0 {
			t.Errorf("%s: a plain question lacks %v", c.name, got)
		}
	}
}

func TestQuestionsWithoutAnAnswerAreLessProbable(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang            knowledge.Lang
		answered, other string
	}{
		{"en", "who is the judge in the us case", "how much does the judge in the us case earn"},
		{"es", "quién es el juez del caso en estados unidos", "cuánto gana el juez del caso en estados unidos"},
		{"en", "who signed the memorandum", "who cooked the pizza"},
		{"es", "quién firmó el memorando", "quién cocinó la pizza"},
	} {
		a, b := ask(x, c.answered, c.lang), ask(x, c.other, c.lang)
		if a.Probability <= b.Probability {
			t.Errorf("%q is answered with %.3f, %q with %.3f", c.answered, a.Probability, c.other, b.Probability)
		}
	}
}

func TestTheOtherLanguageNeedsToKnowMoreOfTheQuestion(t *testing.T) {
	x := search.New(smallBase())
	for _, q := range []string{"how tall is fito", "what colour is the tie of noem", "is fito a vegetarian"} {
		var r search.Result
		x.Search(search.Query{Text: q, Lang: knowledge.English, Fallback: true}, &r)
		if r.FellBack {
			t.Errorf("%q is looked up in Spanish: found %v", q, ids(&r))
		}
	}
}

func TestWordsThatMeanSomethingAreNotRepaired(t *testing.T) {
	facts := []knowledge.Fact{{ID: "f", Text: knowledge.Text{EN: "They move the pizzo to the tower."}}}
	base := knowledge.NewBase("", nil, nil, nil, facts)
	if r := ask(search.New(base), "who ate the pizza", "en"); len(r.Repairs) != 0 {
		t.Errorf("pizza was repaired: %v", r.Repairs)
	}
	if r := ask(search.NewWith(base, search.Options{NoConcepts: true}), "who ate the pizza", "en"); len(r.Repairs) != 1 {
		t.Errorf("without concepts repairs are %v, want pizzo", r.Repairs)
	}
}
