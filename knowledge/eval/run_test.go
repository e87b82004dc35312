package eval

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/knowledge"
)

// script answers from a table by the question's text and keeps what it was asked.
type script struct {
	answers map[string]knowledge.Answer
	asked   []knowledge.Question
}

func (s *script) Answer(_ context.Context, q knowledge.Question) knowledge.Answer {
	s.asked = append(s.asked, q)
	return s.answers[q.Text]
}

func (s *script) Summary(t knowledge.TopicID, l knowledge.Lang) knowledge.Answer {
	return s.answers["summary "+string(t)+" "+string(l)]
}

// says makes an answer that cites the first facts, and retrieved the later ones as well.
func says(cited string, retrieved string) knowledge.Answer {
	a := knowledge.Answer{Outcome: knowledge.Answered, Language: knowledge.English, Text: "said " + cited, FactsVersion: "sha256:00"}
	for _, id := range strings.Fields(cited) {
		a.Citations = append(a.Citations, knowledge.Citation{ID: knowledge.FactID(id)})
	}
	for _, id := range strings.Fields(retrieved) {
		a.Retrieved = append(a.Retrieved, knowledge.Retrieved{ID: knowledge.FactID(id)})
	}
	return a
}

func ends(o knowledge.Outcome) knowledge.Answer {
	return knowledge.Answer{Outcome: o, Language: knowledge.English, Abstained: true}
}

func groups(text string) []Group {
	var out []Group
	for _, part := range strings.Fields(text) {
		var g Group
		for _, id := range strings.Split(part, "|") {
			g = append(g, knowledge.FactID(id))
		}
		out = append(out, g)
	}
	return out
}

func TestJudge(t *testing.T) {
	premise := says("x c", "c")
	premise.Premise = []knowledge.Premise{{Claim: "…", Fact: "b"}}
	cases := []struct {
		name     string
		q        Question
		a        knowledge.Answer
		correct  bool
		rank     int
		fair     int
		covered  int
		whyHolds string
	}{
		{"an alternative will do", Question{Outcome: knowledge.Answered, Facts: groups("a|b")}, says("b", "x b a"), true, 2, 1, 1, ""},
		{"every group is needed", Question{Outcome: knowledge.Answered, Facts: groups("a|b c|d e")}, says("a x", "a"), false, 1, 1, 1, "does not cite c|d; e"},
		{"also is fair but does not cover", Question{Outcome: knowledge.Answered, Facts: groups("a"), Also: []knowledge.FactID{"d"}}, says("d", "d"), false, -1, 1, 0, "does not cite a"},
		{"the rank is the first group's", Question{Outcome: knowledge.Answered, Facts: groups("a b")}, says("a b", "b a"), true, 2, 2, 2, ""},
		{"a refusal", Question{Outcome: knowledge.Answered, Facts: groups("a")}, ends(knowledge.NoMatch), false, -1, 0, 0, "ended in no_match, not in answered"},
		{"a right abstention", Question{Outcome: knowledge.NoMatch}, ends(knowledge.NoMatch), true, 0, 0, 0, ""},
		{"the wrong abstention", Question{Outcome: knowledge.NoMatch}, ends(knowledge.OffTopic), false, 0, 0, 0, "ended in off_topic, not in no_match"},
		{"an answer where there is none", Question{Outcome: knowledge.OffTopic}, says("a", "a"), false, 0, 0, 0, "ended in answered"},
		{"a named correction", Question{Outcome: knowledge.Answered, Facts: groups("c"), Corrects: groups("b")[0]}, premise, true, 1, 1, 1, ""},
		{"a correction cited first", Question{Outcome: knowledge.Answered, Facts: groups("c"), Corrects: groups("b")[0]}, says("b c", "c"), true, 1, 2, 1, ""},
		{"a correction cited later", Question{Outcome: knowledge.Answered, Facts: groups("c"), Corrects: groups("b")[0]}, says("c b", "c"), false, 1, 2, 1, "does not name the correction b"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := judge(&c.q, &c.a)
			if r.Correct != c.correct || r.Rank != c.rank || r.Fair != c.fair || r.Covered != c.covered {
				t.Errorf("correct %v rank %d fair %d covered %d, want %v %d %d %d", r.Correct, r.Rank, r.Fair, r.Covered, c.correct, c.rank, c.fair, c.covered)
			}
			if (r.Why == "") != c.correct || !strings.Contains(r.Why, c.whyHolds) {
				t.Errorf("why %q, want %q", r.Why, c.whyHolds)
			}
		})
	}
}

// ticking is a clock that moves on by a millisecond more at every second reading: 1, 2, 3 … ms between readings 2i and 2i+1.
func ticking() func() time.Time {
	now, n := time.Unix(0, 0), 0
	return func() time.Time {
		n++
		if n%2 == 0 {
			now = now.Add(time.Duration(n/2) * time.Millisecond)
		}
		return now
	}
}

func exampleRun(t *testing.T) (*Report, *script) {
	t.Helper()
	answered := func(id, text, facts string, k Kind) Question {
		return Question{ID: id, Lang: knowledge.English, Text: text, Kind: k, Outcome: knowledge.Answered, Facts: groups(facts)}
	}
	open := &Suite{Name: "o", Half: Open,
		Questions: []Question{
			answered("q1", "one", "a", "who"),
			answered("q2", "two", "b c", "who"),
			answered("q3", "three", "d", "when"),
			answered("q4", "four", "e", "when"),
			{ID: "q5", Lang: knowledge.English, Text: "five", Kind: NearMiss, Outcome: knowledge.NoMatch},
			{ID: "q6", Lang: knowledge.English, Text: "six", Kind: OffTopic, Outcome: knowledge.OffTopic},
		},
		Dialogues: []Dialogue{
			{ID: "d1", Lang: knowledge.English, Turns: []Question{answered("d1.1", "one", "a", "who"), answered("d1.2", "four", "e", "when")}},
			{ID: "d2", Lang: knowledge.English, Turns: []Question{answered("d2.1", "one", "a", "who"), answered("d2.2", "one", "a", "who")}},
		},
		Summaries: []Points{{Topic: "mou", Points: groups("a|b c d e")}},
	}
	blind := &Suite{Name: "b", Half: Blind, Questions: []Question{
		{ID: "b1", Lang: knowledge.Spanish, Text: "uno", Kind: "who", Outcome: knowledge.Answered, Facts: groups("secret-fact")},
	}}
	s := &script{answers: map[string]knowledge.Answer{
		"one":            says("a", "a"),
		"two":            says("b x y", "x y b"),
		"three":          says("d", "1 2 3 4 5 d"),
		"four":           ends(knowledge.NoMatch),
		"five":           ends(knowledge.OffTopic),
		"six":            says("z", "z"),
		"uno":            ends(knowledge.NoMatch),
		"summary mou en": says("b c d x", ""),
		"summary mou es": says("e", ""),
	}}
	r, err := Run(context.Background(), s, []*Suite{open, blind}, Options{Now: ticking()})
	if err != nil {
		t.Fatal(err)
	}
	return r, s
}

func TestScores(t *testing.T) {
	r, _ := exampleRun(t)
	s := r.Scores(Scope{Half: Open})
	want := map[string]struct {
		got Ratio
		Ratio
	}{
		"correct":           {s.Correct, Ratio{2, 6}},             // q1, q3
		"hit1":              {s.Hit1, Ratio{1, 4}},                // q1
		"hit3":              {s.Hit3, Ratio{2, 4}},                // and q2 at 3
		"hit5":              {s.Hit5, Ratio{2, 4}},                // q3 is at 6
		"mrr":               {s.MRR, Ratio{1 + 1.0/3 + 1.0/6, 4}}, // q4 not found
		"cite precision":    {s.CitePrecision, Ratio{3, 5}},       // a; b of b x y; d
		"cite recall":       {s.CiteRecall, Ratio{3, 5}},          // a; b of b c; d; not e
		"abstain precision": {s.AbstainPrecision, Ratio{1, 2}},    // q4, q5
		"abstain recall":    {s.AbstainRecall, Ratio{1, 2}},       // q5 of q5, q6
		"false refusals":    {s.FalseRefusals, Ratio{1, 4}},       // q4
		"language":          {s.Language, Ratio{6, 6}},
	}
	for name, c := range want {
		if c.got != c.Ratio {
			t.Errorf("%s = %v, want %v", name, c.got, c.Ratio)
		}
	}
	if s.MedianMS != 3 || s.P99MS != 6 {
		t.Errorf("latency median %v p99 %v, want 3 and 6", s.MedianMS, s.P99MS)
	}
	if got := r.Scores(Scope{Lang: knowledge.Spanish}).Language; got != (Ratio{0, 1}) {
		t.Errorf("language of the Spanish question = %v, want 0 of 1", got)
	}
	if got := r.Scores(Scope{Half: Open, Kind: "who"}).Correct; got != (Ratio{1, 2}) {
		t.Errorf("correct of kind who = %v, want 1 of 2", got)
	}
	if w, k, l := r.WorstKind(Scope{Half: Open}); w != (Ratio{0, 1}) || k != NearMiss || l != knowledge.English {
		t.Errorf("worst kind = %v %s %s", w, k, l)
	}
	if r.FactsVersion != "sha256:00" {
		t.Errorf("facts version %q", r.FactsVersion)
	}
}

func TestDialogueScoresCountWholeDialoguesAndTurns(t *testing.T) {
	r, s := exampleRun(t)
	if got := r.Dialogues(Scope{Half: Open}); got.Dialogues != (Ratio{1, 2}) || got.Turns != (Ratio{3, 4}) {
		t.Errorf("dialogues = %v", got)
	}
	i := slices.IndexFunc(s.asked, func(q knowledge.Question) bool { return q.ID == "d1.2" })
	want := []knowledge.Turn{{Question: "one", Answer: "said a", Cited: []knowledge.FactID{"a"}}}
	if i < 0 || !reflect.DeepEqual(s.asked[i].History, want) || s.asked[i].Lang != "" {
		t.Errorf("second turn asked as %+v, want the history %v and no language", s.asked[i], want)
	}
	if len(s.asked[0].History) != 0 {
		t.Error("a single question has a history")
	}
}

func TestCoverage(t *testing.T) {
	r, _ := exampleRun(t)
	mean, worst := r.Coverage(Scope{})
	if mean != (Ratio{1, 2}) || worst != (Ratio{1, 4}) { // 3/4 and 1/4
		t.Errorf("mean %v, worst %v", mean, worst)
	}
	if mean, _ := r.Coverage(Scope{Half: Blind}); mean.Of != 0 {
		t.Errorf("blind coverage %v, want none", mean)
	}
}

func TestQuantileIsNearestRank(t *testing.T) {
	var took []time.Duration
	for i := range 200 {
		took = append(took, time.Duration(200-i)*time.Millisecond)
	}
	if m, p := quantile(took, 0.5), quantile(took, 0.99); m != 100 || p != 198 {
		t.Errorf("median %v, p99 %v, want 100 and 198", m, p)
	}
	if quantile(nil, 0.5) != 0 || quantile(took[:1], 0.99) != 200 {
		t.Error("quantiles of none or one are wrong")
	}
}

func TestRunReportsProgressAndStops(t *testing.T) {
	suite, err := Load("x.yaml", []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var steps [][2]int
	_, err = Run(ctx, &script{}, []*Suite{suite}, Options{Progress: func(done, total int) { steps = append(steps, [2]int{done, total}) }})
	if err != nil || len(steps) != 5 || steps[4] != [2]int{5, 5} {
		t.Errorf("steps %v, error %v", steps, err)
	}
	s := &script{}
	r, err := Run(ctx, s, []*Suite{suite}, Options{Progress: func(int, int) { cancel() }})
	if r != nil || !errors.Is(err, context.Canceled) || len(s.asked) != 1 {
		t.Errorf("after a cancellation: report %v, error %v, %d asked", r, err, len(s.asked))
	}
}
