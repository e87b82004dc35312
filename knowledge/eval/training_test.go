package eval

import (
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
)

func TestTrainingQuestionsAreApartFromTheSuites(t *testing.T) {
	questions, err := Training()
	if err != nil {
		t.Fatal(err)
	}
	suites, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	wordings, sets := map[string]string{}, map[string]string{}
	for _, s := range suites {
		for q := range s.All {
			wordings[wording(q.Text)] = q.ID
			if set := wordSet(q.Text, q.Lang); set != "" {
				sets[set] = q.ID
			}
		}
	}
	b, err := facts.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[knowledge.Outcome]int{}
	for _, q := range questions {
		counts[q.Outcome]++
		if id := wordings[wording(q.Text)]; id != "" {
			t.Errorf("%q is question %s of a suite", q.Text, id)
		}
		if q.Outcome != knowledge.Answered {
			continue
		}
		if id := sets[wordSet(q.Text, q.Lang)]; id != "" {
			t.Errorf("%q has the content words of question %s of a suite", q.Text, id)
		}
		f := b.Fact(q.Fact)
		list := slices.ContainsFunc(b.Lists, func(l knowledge.List) bool { return l.ID == q.List })
		if !list && (f == nil || !f.InService()) {
			t.Errorf("%q is for %s%s, which is no fact in service and no list", q.Text, q.Fact, q.List)
		}
	}
	if counts[knowledge.NoMatch] < 300 || counts[knowledge.OffTopic] < 200 || counts[knowledge.Answered] < 1000 {
		t.Errorf("too few to learn from: %v", counts)
	}
}
