package search_test

import (
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

func conceptBase() *knowledge.Base {
	return knowledge.NewBase("", nil, nil, nil, []knowledge.Fact{
		{ID: "prison", Text: knowledge.Text{EN: "The suspect was put in prison in May.", ES: "El sospechoso fue a prisión en mayo."}},
		{ID: "harbour", Text: knowledge.Text{EN: "The harbour has two piers.", ES: "El puerto tiene dos muelles."}},
		{ID: "road", Text: knowledge.Text{EN: "The road was closed in May.", ES: "El camino se cerró en mayo."}},
		{ID: "tower", Text: knowledge.Text{EN: "The tower fell in winter.", ES: "La torre cayó en invierno."}},
	})
}

func TestEverydayWordsReachFactsThatUseOthers(t *testing.T) {
	base := conceptBase()
	x, plain := search.New(base), search.NewWith(base, search.Options{NoConcepts: true})
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
	}{
		{"en", "is he behind bars"}, {"en", "locked up yet?"}, {"es", "está en cana"}, {"es", "ya está tras las rejas"},
		{"en", "still encanado?"}, // Spanish slang in an English question
	} {
		if r := ask(x, c.question, c.lang); len(r.Passages) == 0 || r.Passages[0].Fact.ID != "prison" || r.Features[0].SoftText == 0 {
			t.Errorf("%q found %v", c.question, ids(r))
		}
		r := ask(plain, c.question, c.lang)
		for i, f := range r.Features {
			if f.SoftText+f.SoftAsk+f.SoftPool+f.SoftLikely != 0 {
				t.Errorf("%q: concepts count for %s without concepts", c.question, r.Passages[i].Fact.ID)
			}
		}
	}
}

func TestAWordCountsMoreThanItsConcept(t *testing.T) {
	base := knowledge.NewBase("", nil, nil, nil, []knowledge.Fact{
		{ID: "a-jail", Text: knowledge.Text{EN: "He went to jail."}},
		{ID: "b-prison", Text: knowledge.Text{EN: "He went to prison."}},
	})
	if r := ask(search.New(base), "the prison", "en"); len(r.Passages) != 2 || r.Passages[0].Fact.ID != "b-prison" {
		t.Errorf("found %v, want the fact that has the very word first", ids(r))
	}
}
