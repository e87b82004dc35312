package search_test

import (
	"bytes"
	"cmp"
	"math"
	"reflect"
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

// tinyClassifier knows facts by one word each.
func tinyClassifier(facts []knowledge.Fact, words ...string) *search.Classifier {
	c := &search.Classifier{}
	type row struct {
		hash  uint32
		class int
	}
	var rows []row
	for i, w := range words { // the words of near misses and of other subjects come first
		for _, hash := range search.ClassifierFeatures(w, "en") {
			if !slices.ContainsFunc(rows, func(r row) bool { return r.hash == hash }) {
				rows = append(rows, row{hash, i})
			}
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.hash, b.hash) })
	var data []byte
	for _, r := range rows {
		c.Features, c.Weights, c.Scales = append(c.Features, r.hash), append(c.Weights, 1), append(c.Scales, 1)
		one := make([]byte, search.ClassifierUnits)
		one[r.class] = 5
		data = append(data, one...)
	}
	c.Rows = string(data)
	for i := range facts {
		c.Facts = append(c.Facts, search.Fingerprint(facts[i].ID))
	}
	for class := range search.FirstClass + len(facts) {
		weights := make([]float32, search.ClassifierUnits+1)
		weights[class] = 1
		c.Classes = append(c.Classes, weights...)
	}
	return c
}

// harbours has three facts that share all their words but one.
func harbours() []knowledge.Fact {
	var list []knowledge.Fact
	for _, name := range []string{"Alma", "Bora", "Cima"} {
		list = append(list, knowledge.Fact{ID: knowledge.FactID(name), Text: knowledge.Text{EN: "The harbour of " + name + " was opened by the mayor."}})
	}
	return list
}

func harbourIndex(list []knowledge.Fact, c *search.Classifier, o search.Options) *search.Index {
	w := search.DefaultWeights()
	w.Classifier = c
	o.Weights = &w
	return search.NewWith(knowledge.NewBase("", nil, nil, nil, list), o)
}

func TestAClassifierTellsFactsApartThatShareTheirWords(t *testing.T) {
	facts := harbours()
	c := tinyClassifier(facts, "salary", "weather", "zulu", "quebec", "kilo")
	for _, x := range []struct {
		question string
		want     knowledge.FactID
		margin   bool // some fact rather than none
	}{{"the zulu harbour", "Alma", true}, {"the quebec harbour", "Bora", true}, {"the kilo harbour", "Cima", true}, {"salary at the harbour", "Alma", false}} {
		r := ask(harbourIndex(facts, c, search.Options{}), x.question, "en")
		if len(r.Passages) == 0 || r.Passages[0].Fact.ID != x.want {
			t.Errorf("%q finds %v, want %s", x.question, ids(r), x.want)
		}
		if !r.Classified.Known || r.Classified.Margin > 0 != x.margin {
			t.Errorf("%q: %+v, want some fact: %t", x.question, r.Classified, x.margin)
		}
	}
	r := ask(harbourIndex(facts, c, search.Options{}), "weather at the harbour", "en")
	if r.Classified.Off <= 0 {
		t.Errorf("another subject counts as a near miss: %+v", r.Classified)
	}
	r = ask(harbourIndex(facts, c, search.Options{NoLearned: true}), "the quebec harbour", "en")
	if r.Classified.Known || r.Features[0].Class != 0 {
		t.Errorf("without what is learned: %+v", r.Classified)
	}
}

func TestAClassifierIsSilentWhereItDoesNotKnow(t *testing.T) {
	facts := harbours()
	c := tinyClassifier(facts, "salary", "weather", "zulu", "quebec", "kilo")
	if r := ask(harbourIndex(facts, c, search.Options{}), "when did it begin", "en"); r.Classified.Known {
		t.Errorf("it knows no word, and says %+v", r.Classified)
	}
	if r := ask(harbourIndex(facts[:2], c, search.Options{}), "the zulu harbour", "en"); r.Classified.Known {
		t.Errorf("a fact of three is missing, and it says %+v", r.Classified)
	}
	if r := ask(search.NewWith(smallBase(), search.Options{}), "who signed the memorandum", "en"); r.Classified.Known {
		t.Errorf("the shipped classifier speaks of another base: %+v", r.Classified)
	}
	edited := append(harbours(), knowledge.Fact{ID: "Dina", Text: knowledge.Text{EN: "The harbour of Dina was opened by the mayor."}})
	r := ask(harbourIndex(edited, c, search.Options{}), "the zulu harbour of dina", "en")
	for i, p := range r.Passages {
		if f := r.Features[i]; p.Fact.ID == "Dina" && f.Class < r.Features[0].Class {
			t.Errorf("a new fact counts %v, less than the best known one", f.Class)
		}
	}
	if len(r.Passages) != 4 || r.Passages[0].Fact.ID != "Dina" || r.Classified.Known {
		t.Errorf("a new fact beside known ones: %v, %+v", ids(r), r.Classified)
	}
	edited[3].Replaces = []knowledge.FactID{"Bora"}
	if r := ask(harbourIndex(append(edited[:1:1], edited[2:]...), c, search.Options{}), "the quebec harbour", "en"); r.Passages[0].Fact.ID != "Dina" || r.Classified.Margin <= 0 {
		t.Errorf("what replaces a fact does not get its questions: %v, %+v", ids(r), r.Classified)
	}
}

func TestAnEditedFactIsStillTheOneThatIsAskedFor(t *testing.T) {
	facts := harbours()
	c := tinyClassifier(facts, "salary", "weather", "zulu", "quebec", "kilo")
	facts[1].Text.EN = "The mayor opened the harbour of Bora."
	if r := ask(harbourIndex(facts, c, search.Options{}), "the quebec harbour", "en"); r.Passages[0].Fact.ID != "Bora" || r.Classified.Margin <= 0 {
		t.Errorf("it finds %v with %+v", ids(r), r.Classified)
	}
}

func TestAClassifierIsReadAsItWasWritten(t *testing.T) {
	c := tinyClassifier(harbours(), "salary", "weather", "zulu", "quebec", "kilo")
	data, err := c.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := search.ParseClassifier(string(data))
	if err != nil || !reflect.DeepEqual(again, c) {
		t.Errorf("%+v, %v", again, err)
	}
	for _, bad := range [][]byte{nil, data[:10], data[:len(data)-1], append(bytes.Clone(data), 0), bytes.Replace(data, []byte("classifier 1"), []byte("classifier 2"), 1)} {
		if _, err := search.ParseClassifier(string(bad)); err == nil {
			t.Errorf("%d bytes are taken for a classifier", len(bad))
		}
	}
	huge := bytes.Clone(data)
	for i := range 8 {
		huge[len("enlace classifier 1\n")+i] = 0xFF
	}
	if _, err := search.ParseClassifier(string(huge)); err == nil {
		t.Error("a head that promises too much is believed")
	}
}

func TestFeaturesAreThoseOfTheFoldedWords(t *testing.T) {
	a, b := search.ClassifierFeatures("¿Quién firmó el ACUERDO?", "es"), search.ClassifierFeatures("quien firmo el acuerdo", "es")
	if !reflect.DeepEqual(a, b) || len(a) < 20 {
		t.Errorf("%d and %d features", len(a), len(b))
	}
	if c := search.ClassifierFeatures("el acuerdo quien firmo", "es"); reflect.DeepEqual(a, c) {
		t.Error("the order of the words says nothing")
	}
	if n := len(search.ClassifierFeatures("", "en")); n != 1 {
		t.Errorf("nothing has %d features, want its end", n)
	}
	if v := search.ClassifierNorm(0); math.IsInf(float64(v), 0) || math.IsNaN(float64(v)) {
		t.Errorf("the norm of nothing is %v", v)
	}
}
