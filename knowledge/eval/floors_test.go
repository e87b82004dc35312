package eval

import (
	"strings"
	"testing"
)

func TestFloorsNameWhatFellShort(t *testing.T) {
	r, _ := exampleRun(t)
	cases := []struct{ floors, want string }{
		{"", ""},
		{"open.correct=0.3, open.en.who.correct=50%, open.false_refusals=0.25, open.p99_ms=6", ""},
		{"open.correct=0.34", "open.correct is 0.3333, below the floor of 0.34 (over 6)"},
		{"open.en.who.hit1=0.6", "open.en.who.hit1 is 0.5000, below the floor of 0.6 (over 2)"},
		{"false_refusals=0.2", "false_refusals is 0.4000, above the allowed 0.2"},
		{"open.median_ms=2.5", "open.median_ms is 3.0000, above the allowed 2.5"},
		{"blind.en.correct=0", "blind.en.correct: nothing was asked"},
		{"en.open.worst_kind=0.8", "en.open.worst_kind is 0.0000, below the floor of 0.8 (over 1, en near_miss)"},
		{"dialogues=0.5,turns=0.75,summaries=0.5,worst_summary=0.25", ""},
		{"dialogues=0.9,worst_summary=0.8", "dialogues is 0.5000, below the floor of 0.9 (over 2)\nworst_summary is 0.2500, below the floor of 0.8 (over 4)"},
	}
	for _, c := range cases {
		floors, err := ParseFloors(c.floors)
		if err != nil {
			t.Errorf("%s: %v", c.floors, err)
			continue
		}
		err = floors.Check(r)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.floors, err, c.want)
		}
	}
}

func TestParseFloorsTellsEverythingWrong(t *testing.T) {
	cases := map[string]string{
		"correct":               "has no value",
		"goodness=1":            `unknown measure "goodness"`,
		"fr.correct=1":          `"fr" is no half, language or kind`,
		"en.es.correct=1":       `"es" is no half`,
		"correct=1.2":           `"1.2" is no share`,
		"correct=NaN":           "is no share",
		"correct=-1":            "is no share",
		"correct=many":          "is no share",
		"p99_ms=0":              "is no number of milliseconds",
		"p99_ms=5%":             "is no number of milliseconds",
		"median_ms=1,x=1,hit9=": `unknown measure "hit9"`,
	}
	for text, want := range cases {
		if _, err := ParseFloors(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
