package eval

import (
	"maps"
	"slices"
	"testing"
)

func TestRanksGoThroughText(t *testing.T) {
	r, _ := exampleRun(t)
	ranks := r.Ranks(Open)
	want := Ranks{"q1": 1, "q2": 3, "q3": 6, "q4": -1, "d1.1": 1, "d1.2": -1, "d2.1": 1, "d2.2": 1}
	if !maps.Equal(ranks, want) {
		t.Errorf("ranks = %v, want %v", ranks, want)
	}
	back, err := ParseRanks(ranks.String())
	if err != nil || !maps.Equal(back, ranks) {
		t.Errorf("read back %v, error %v", back, err)
	}
}

func TestParseRanksRefuses(t *testing.T) {
	for _, text := range []string{"a", "a x", "a 0", "a -2", "a 1\na 1"} {
		if _, err := ParseRanks(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

func TestRanksDiff(t *testing.T) {
	old := Ranks{"same": 2, "lost": 1, "found": -1, "fell": 1, "rose": 4, "gone": 1}
	now := Ranks{"same": 2, "lost": -1, "found": 9, "fell": 2, "rose": 3, "new": 1}
	fell, rose := now.Diff(old)
	if want := []string{"fell: 1 -> 2", "gone: was at 1, not asked any more", "lost: 1 -> -1", "new: new, at 1"}; !slices.Equal(fell, want) {
		t.Errorf("fell %q, want %q", fell, want)
	}
	if want := []string{"found: -1 -> 9", "rose: 4 -> 3"}; !slices.Equal(rose, want) {
		t.Errorf("rose %q, want %q", rose, want)
	}
}
