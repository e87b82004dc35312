package eval

import (
	"strings"
	"testing"
)

const small = `half: open
questions:
  - id: o-en-001
    lang: en
    q: who signed
    kind: who
    outcome: answered
    facts: [a|b, c]
    also: [d]
dialogues:
  - id: o-es-d01
    lang: es
    turns:
      - {q: quien fue, kind: who, outcome: answered, facts: [a]}
      - {q: cuanto gana, kind: near_miss, outcome: no_match}
summaries:
  - topic: ""
    points: [a|b]
`

func TestLoadGivesTurnsTheirDialogueAndItemsTheirLines(t *testing.T) {
	s, err := Load("x.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	q, turn := s.Questions[0], s.Dialogues[0].Turns[1]
	if q.Line != 3 || len(q.Facts) != 2 || !q.Facts[0].Has("b") || q.Facts[0].Has("c") {
		t.Errorf("question = %+v", q)
	}
	if turn.ID != "o-es-d01.2" || turn.Lang != "es" || turn.Line != 15 {
		t.Errorf("turn = %+v", turn)
	}
	if s.Summaries[0].Line != 17 {
		t.Errorf("summary in line %d, want 17", s.Summaries[0].Line)
	}
}

func TestLoadRefuses(t *testing.T) {
	question := func(body string) string {
		return "half: open\nquestions:\n  - {id: q1, lang: en, q: who, " + body + "}\n"
	}
	cases := []struct{ name, yaml, want string }{
		{"nothing", "", "x.yaml:1: the suite is empty"},
		{"null", "null", "asks nothing"},
		{"an unknown key", question("kind: who, outcome: answered, facts: [a], fact: b"), "x.yaml:3: field fact not found"},
		{"an unknown key at the top", "half: open\nquestion: []\n", "field question not found"},
		{"a second document", small + "---\nhalf: open\n", "more than one document"},
		{"a list as a group", question("kind: who, outcome: answered, facts: [[a, b]]"), "a group is one string"},
		{"an empty group", question("kind: who, outcome: answered, facts: [null]"), "x.yaml:3: q1: a group is empty"},
		{"an empty item", "half: open\nquestions:\n  - null\n", "x.yaml:2: an item of questions is empty"},
		{"an unknown half", strings.Replace(small, "open", "secret", 1), `half is "secret"`},
		{"an unknown language", strings.Replace(small, "lang: en", "lang: fr", 1), `lang is "fr"`},
		{"an unknown kind", question("kind: whom, outcome: answered, facts: [a]"), `kind is "whom"`},
		{"an unknown outcome", question("kind: who, outcome: failed"), `outcome is "failed"`},
		{"a near miss with an answer", question("kind: near_miss, outcome: answered, facts: [a]"), "ends in no_match"},
		{"an answer without facts", question("kind: who, outcome: answered"), "0 groups of facts"},
		{"facts without an answer", question("kind: off_topic, outcome: off_topic, facts: [a]"), "1 groups of facts"},
		{"also without an answer", question("kind: off_topic, outcome: off_topic, also: [a]"), "also: names facts"},
		{"also that repeats", question("kind: who, outcome: answered, facts: [a|b], also: [b]"), "also: repeats b"},
		{"a repeated alternative", question("kind: who, outcome: answered, facts: [a|a]"), "empty or repeated"},
		{"an empty alternative", question("kind: who, outcome: answered, facts: [a|]"), "empty or repeated"},
		{"a premise without correction", question("kind: premise, outcome: answered, facts: [a]"), "belong together"},
		{"a correction without premise", question("kind: who, outcome: answered, facts: [a], corrects: a"), "belong together"},
		{"an empty question", strings.Replace(small, "q: who signed", "q: ' '", 1), "the question is empty"},
		{"a repeated id", strings.Replace(small, "id: o-es-d01", "id: o-en-001", 1), "already used in line 3"},
		{"a turn with an id", strings.Replace(small, "{q: quien fue", "{id: x, q: quien fue", 1), "leave both to the dialogue"},
		{"a dialogue of one turn", strings.Replace(small, "      - {q: cuanto gana, kind: near_miss, outcome: no_match}\n", "", 1), "at least two"},
		{"a topic twice", small + "  - topic: ''\n    points: [a]\n", "two lists of points"},
		{"a topic without points", small + "  - topic: mou\n", "has no points"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load("x.yaml", []byte(c.yaml))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestLoadTellsAllProblems(t *testing.T) {
	bad := "half: shut\nquestions:\n  - {id: a, lang: fr, q: x, kind: who, outcome: answered, facts: [f]}\n  - {id: a, lang: en, q: y, kind: no, outcome: answered, facts: [f]}\n"
	_, err := Load("x.yaml", []byte(bad))
	if err == nil {
		t.Fatal("no error")
	}
	if got := strings.Split(err.Error(), "\n"); len(got) != 4 {
		t.Errorf("%d problems, want 4:\n%v", len(got), err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("half: open\nquestions: [null, {id: a}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("half: open\n<<: {questions: [{id: a}]}\n"))
	f.Add([]byte("---\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Load("x.yaml", data)
		if (s == nil) == (err == nil) {
			t.Errorf("suite %v and error %v", s, err)
		}
	})
}
