package search_test

import (
	"reflect"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

var smallLists = []knowledge.List{
	{
		ID: "agreement", Title: knowledge.Text{EN: "The memorandum in short", ES: "El memorando en resumen"},
		Facts: []knowledge.FactID{"mou-signing-date", "mou-who-signed", "mou-place"},
		Asks:  knowledge.Texts{EN: []string{"tell me everything about the deal", "all about the police pact"}, ES: []string{"cuéntame todo del convenio"}},
	},
	{
		ID: "case", Title: knowledge.Text{EN: "The people of the US case", ES: "La gente del caso en Estados Unidos"},
		Facts: []knowledge.FactID{"extradition-judge-block", "people-and-bodies-schacht", "gone"},
		Asks:  knowledge.Texts{EN: []string{"who is who in the american trial"}, ES: []string{"quién es quién en el juicio gringo"}},
	},
	{
		ID: "history", Title: knowledge.Text{EN: "Everything about the deal, once", ES: "Todo del convenio, antes"},
		Facts: []knowledge.FactID{"gone", "gone-too"},
		Asks:  knowledge.Texts{EN: []string{"tell me everything about the deal"}, ES: []string{"cuéntame todo del convenio"}},
	},
}

func listedBase() *knowledge.Base {
	b := smallBase()
	b.Lists = smallLists
	return b
}

func TestListsAreFoundByTheirPhrasings(t *testing.T) {
	x := search.New(listedBase())
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
		want     knowledge.ListID
		first    bool // it scores more than any fact
	}{
		{"en", "tell me everything about the police deal", "agreement", true},
		{"en", "who is who in the american trial?", "case", true},
		{"es", "cuéntame todo del convenio", "agreement", true},
		{"es", "quien es quien en el juicio", "case", true},
		{"en", "in which palace was the memorandum signed", "agreement", false},
	} {
		r := ask(x, c.question, c.lang)
		if len(r.Lists) == 0 || r.Lists[0].List.ID != c.want {
			t.Errorf("%q found lists %v, want %s first", c.question, r.Lists, c.want)
			continue
		}
		l := r.Lists[0]
		if (l.Above == 0) != c.first {
			t.Errorf("%q: %d facts stand above %s (%.2f), the first with %.2f", c.question, l.Above, l.List.ID, l.Score, r.Passages[0].Score)
		}
		for i, p := range r.Passages {
			if (p.Score > l.Score) != (i < l.Above) {
				t.Errorf("%q: %d facts above %.2f, but number %d has %.2f", c.question, l.Above, l.Score, i, p.Score)
			}
		}
	}
}

func TestListsWithoutFactsInServiceAreLeftOut(t *testing.T) {
	r := ask(search.New(listedBase()), "tell me everything about the deal, once", "en")
	for _, l := range r.Lists {
		if l.List.ID == "history" {
			t.Error("a list of facts that are not in service is found")
		}
	}
}

func TestListsChangeNothingAboutFacts(t *testing.T) {
	with, without := search.New(listedBase()), search.New(smallBase())
	for _, q := range []string{"who signed the memorandum", "all about the deal", "quién es quién", "todo del memorando", "was fito convictd", "31 de julio"} {
		for _, l := range knowledge.Langs {
			a, b := ask(with, q, l), ask(without, q, l)
			a.Lists = nil
			if b.Lists != nil {
				t.Errorf("%q: lists %v without any", q, b.Lists)
			}
			if !reflect.DeepEqual(a.Passages, b.Passages) && !reflect.DeepEqual(ids(a), ids(b)) || !reflect.DeepEqual(a.Features, b.Features) || a.Probability != b.Probability {
				t.Errorf("%q in %s finds %v with lists, %v without", q, l, ids(a), ids(b))
			}
		}
	}
}
