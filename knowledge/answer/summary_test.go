package answer_test

import (
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

func TestSummaryTellsTheKeyFactsInTheCuratorsOrder(t *testing.T) {
	b := shipped(t)
	s := serve(b)
	for _, topic := range b.Topics {
		for _, l := range knowledge.Langs {
			a := s.Summary(topic.ID, l)
			if a.Outcome != knowledge.Answered || len(a.Sentences) < 8 || len(a.Sentences) > 10 || a.Topic != topic.ID || a.Language != l {
				t.Errorf("%s in %s: %s with %d sentences", topic.ID, l, a.Outcome, len(a.Sentences))
			}
			last := -1
			for _, c := range a.Citations {
				at := slices.IndexFunc(b.Facts, func(f knowledge.Fact) bool { return f.ID == c.ID })
				if at <= last || b.Facts[at].Topic != topic.ID {
					t.Errorf("%s in %s: %s is out of order or of another topic", topic.ID, l, c.ID)
				}
				last = at
			}
			if !slices.ContainsFunc(a.Citations, func(c knowledge.Citation) bool { return b.Fact(c.ID).Key <= 2 && b.Fact(c.ID).Key > 0 }) {
				t.Errorf("%s in %s leaves out what the topic stands on", topic.ID, l)
			}
		}
	}
}

func TestSummaryOfEverythingTellsWhatTheCuratorPutsFirst(t *testing.T) {
	b := shipped(t)
	a := serve(b).Summary("", knowledge.English)
	firsts := 0
	for i := range b.Facts {
		if b.Facts[i].Key == 1 {
			firsts++
		}
	}
	if firsts < 6 || firsts > 12 || len(a.Citations) != firsts {
		t.Errorf("%d facts have key 1, %d are told", firsts, len(a.Citations))
	}
}

func TestSummaryOfEverythingWithoutKeysGivesEveryTopicItsSay(t *testing.T) {
	topics := []knowledge.Topic{{ID: "t"}, {ID: "u"}, {ID: "v"}}
	var facts []knowledge.Fact
	for _, topic := range topics {
		for i := range 12 {
			facts = append(facts, knowledge.Fact{ID: knowledge.FactID(string(topic.ID) + string(rune('a'+i))), Topic: topic.ID, Status: knowledge.Reported, Text: knowledge.Text{EN: "R."}})
		}
	}
	a := serve(knowledge.NewBase("sha256:x", topics, nil, nil, facts)).Summary("", knowledge.English)
	told := map[byte]int{}
	for _, id := range cited(a) {
		told[id[0]]++
	}
	if len(a.Citations) != 10 || told['t'] < 3 || told['u'] < 3 || told['v'] < 3 {
		t.Errorf("tells %v", told)
	}
}

func TestSummaryOfABaseWithoutKeysPrefersFirmFacts(t *testing.T) {
	facts := []knowledge.Fact{
		{ID: "c", Status: knowledge.Alleged, Text: knowledge.Text{EN: "C."}},
		{ID: "a", Status: knowledge.Official, Text: knowledge.Text{EN: "A."}},
		{ID: "gone", Status: knowledge.Official, Text: knowledge.Text{EN: "Gone."}, Withdrawn: "wrong"},
	}
	for range 12 {
		facts = append(facts, knowledge.Fact{ID: knowledge.FactID(rune('d' + len(facts))), Status: knowledge.Reported, Text: knowledge.Text{EN: "R."}})
	}
	a := serve(knowledge.NewBase("sha256:x", nil, nil, nil, facts)).Summary("", knowledge.English)
	if ids := cited(a); len(ids) != 10 || ids[0] != "a" || slices.Contains(ids, "c") || slices.Contains(ids, "gone") {
		t.Errorf("cites %v", ids)
	}
}

func TestSummaryOfAnUnknownTopicNamesTheTopics(t *testing.T) {
	a := serve(bakery(t)).Summary("cars", knowledge.Spanish)
	if a.Outcome != knowledge.NoMatch || !a.Abstained || a.Text == "" {
		t.Errorf("%s %q", a.Outcome, a.Text)
	}
}

func TestTimeline(t *testing.T) {
	day := func(s string) knowledge.Date {
		d, err := knowledge.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	b := knowledge.NewBase("", nil, nil, nil, []knowledge.Fact{
		{ID: "late", Topic: "t", Dates: []knowledge.Date{day("2025-07-31")}, Text: knowledge.Text{EN: "Late.", ES: "Tarde."}},
		{ID: "month", Topic: "t", Dates: []knowledge.Date{day("2025-07")}, Text: knowledge.Text{EN: "Month."}},
		{ID: "span", Topic: "u", Dates: []knowledge.Date{day("2026-01-02"), day("2024-05")}, Text: knowledge.Text{EN: "Span."}},
		{ID: "gone", Topic: "t", Dates: []knowledge.Date{day("2025-07-30")}, Withdrawn: "wrong"},
		{ID: "undated", Topic: "t"},
	})
	ids := func(s answer.Span) (out []knowledge.FactID) {
		for _, e := range answer.Timeline(b, s, knowledge.Spanish) {
			out = append(out, e.Fact)
		}
		return out
	}
	for _, c := range []struct {
		name string
		span answer.Span
		want []knowledge.FactID
	}{
		{"everything", answer.Span{}, []knowledge.FactID{"span", "month", "late"}},
		{"a topic", answer.Span{Topic: "t"}, []knowledge.FactID{"month", "late"}},
		{"from a day inside a month", answer.Span{From: day("2025-07-15"), To: day("2025")}, []knowledge.FactID{"month", "late"}},
		{"up to a year", answer.Span{To: day("2024")}, []knowledge.FactID{"span"}},
		{"from the last date of a span", answer.Span{From: day("2026")}, []knowledge.FactID{"span"}},
		{"nothing", answer.Span{From: day("2030")}, nil},
	} {
		if got := ids(c.span); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if e := answer.Timeline(b, answer.Span{}, knowledge.Spanish); e[0].Until.String() != "2026-01-02" || e[2].Text != "Tarde." || e[1].Text != "Month." {
		t.Errorf("%+v", e)
	}
}

func TestFormatDate(t *testing.T) {
	for iso, want := range map[string][2]string{
		"2025-07-31": {"July 31, 2025", "31 de julio de 2025"},
		"2025-07":    {"July 2025", "julio de 2025"},
		"2025":       {"2025", "2025"},
	} {
		d, err := knowledge.ParseDate(iso)
		if err != nil {
			t.Fatal(err)
		}
		for i, l := range knowledge.Langs {
			if got := answer.FormatDate(d, l); got != want[i] {
				t.Errorf("%s in %s: %q", iso, l, got)
			}
		}
	}
}
