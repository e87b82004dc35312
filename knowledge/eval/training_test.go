package eval

import (
	"slices"
	"strings"
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
	counts, later := map[knowledge.Outcome]int{}, map[knowledge.Outcome]int{}
	turns := turnsOf(suites)
	for _, q := range questions {
		counts[q.Outcome]++
		if len(q.After) > 0 {
			later[q.Outcome]++
			turns.compare(t, &q)
			if id := wordings[wording(q.Text)]; id != "" && len(strings.Fields(q.Text)) > 4 {
				t.Errorf("%q is question %s of a suite", q.Text, id)
			}
			if set := wordSet(q.Text, q.Lang); sets[set] != "" && len(strings.Fields(set)) >= 4 { // fewer say too little to be copied
				t.Errorf("%q has the content words of question %s of a suite", q.Text, sets[set])
			}
			for _, id := range slices.Concat([]knowledge.FactID{q.Fact, q.After[len(q.After)-1].Fact}, q.Also) {
				if f := b.Fact(id); id != "" && (f == nil || !f.InService()) {
					t.Errorf("%q is for or after %s, which is no fact in service", q.Text, id)
				}
			}
			continue
		}
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
	if later[knowledge.Answered] < 1000 || later[knowledge.NoMatch] < 500 || later[knowledge.OffTopic] < 300 {
		t.Errorf("too few questions go on from others: %v", later)
	}
	if counts[knowledge.NoMatch] < 300 || counts[knowledge.OffTopic] < 200 || counts[knowledge.Answered] < 1000 {
		t.Errorf("too few to learn from: %v", counts)
	}
}

// laterTurn is a turn of a suite that goes on from another.
type laterTurn struct {
	id    string
	after map[knowledge.FactID]bool // what the one before may cite
}

// suiteTurns are the later turns of suites by their wording.
type suiteTurns map[string][]laterTurn

func turnsOf(suites []*Suite) suiteTurns {
	out := suiteTurns{}
	for _, s := range suites {
		for _, d := range s.Dialogues {
			for i := 1; i < len(d.Turns); i++ {
				q, before := &d.Turns[i], &d.Turns[i-1]
				after := map[knowledge.FactID]bool{}
				for _, g := range before.Facts {
					for _, id := range g {
						after[id] = true
					}
				}
				for _, id := range before.Also {
					after[id] = true
				}
				out[wording(q.Text)] = append(out[wording(q.Text)], laterTurn{q.ID, after})
			}
		}
	}
	return out
}

// compare refuses a question that is a turn of a suite: "and where?" is nobody's, unless it follows the same fact.
func (turns suiteTurns) compare(t *testing.T, q *Example) {
	for _, turn := range turns[wording(q.Text)] {
		if len(strings.Fields(q.Text)) > 4 || turn.after[q.After[len(q.After)-1].Fact] {
			t.Errorf("%q after %s is turn %s of a suite", q.Text, q.After[len(q.After)-1].Fact, turn.id)
		}
	}
}
