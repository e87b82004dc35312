package eval

import (
	"testing"

	"enlace/knowledge"
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
	asked := map[string]string{}
	for _, s := range suites {
		for _, q := range s.Questions {
			asked[q.Text] = q.ID
		}
	}
	counts := map[knowledge.Outcome]int{}
	for _, q := range questions {
		counts[q.Outcome]++
		if id := asked[q.Text]; id != "" {
			t.Errorf("%q is question %s of a suite", q.Text, id)
		}
	}
	if counts[knowledge.NoMatch] < 300 || counts[knowledge.OffTopic] < 200 {
		t.Errorf("too few to learn from: %v", counts)
	}
}
