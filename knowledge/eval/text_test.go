package eval

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestWriteTextHidesBlindMisses(t *testing.T) {
	r, _ := exampleRun(t)
	var hidden, shown strings.Builder
	if err := r.WriteText(&hidden, Show{}); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteText(&shown, Show{ShowBlind: true}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"misses of the open half: 5\nq2 who \"two\"\n    expected answered b; c\n    got      answered b x y\n    rank     3 of x y b\n    why      does not cite c\n",
		"d1.2 when \"four\"",
		"misses of the blind half: 1, not shown\n",
		"\nopen - blind            +33.3",
		"open mou     en      4      3/4  e\n",
	} {
		if !strings.Contains(hidden.String(), want) {
			t.Errorf("the table lacks %q", want)
		}
	}
	if strings.Contains(hidden.String(), "secret-fact") || !strings.Contains(shown.String(), "b1 who \"uno\"\n    expected answered secret-fact\n") {
		t.Error("the blind half's misses are told at the wrong time")
	}
	if t.Failed() {
		t.Log("\n" + hidden.String())
	}
}

func TestWriteJSON(t *testing.T) {
	r, _ := exampleRun(t)
	var b strings.Builder
	if err := r.WriteJSON(&b, Show{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		FactsVersion string `json:"facts_version"`
		Scores       []struct {
			Half, Lang, Kind string
			Correct          *float64
			Hit1             *float64
		}
		Summaries []struct{ Covered, Points int }
		Misses    []struct{ ID string }
		Hidden    int `json:"misses_hidden"`
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	first := got.Scores[0]
	if first.Half != "open" || first.Lang != "" || first.Kind != "" || first.Correct == nil || *first.Correct != 0.3333 {
		t.Errorf("first scores = %+v", first)
	}
	for _, s := range got.Scores {
		if s.Kind == "off_topic" && s.Hit1 != nil {
			t.Errorf("hit@1 of off_topic is %v, want null", *s.Hit1)
		}
	}
	if len(got.Misses) != 5 || got.Hidden != 1 || strings.Contains(b.String(), "secret-fact") {
		t.Errorf("%d misses and %d hidden, want 5 and 1", len(got.Misses), got.Hidden)
	}
	if len(got.Summaries) != 2 || got.FactsVersion != "sha256:00" {
		t.Errorf("summaries %v, version %q", got.Summaries, got.FactsVersion)
	}
}
