package verify

import (
	"fmt"
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/lang"
	"enlace/knowledge/wording"
)

// effect is what a word or phrase does beyond its meaning: its legal stages and its guard classes.
func effect(text string, l knowledge.Lang) string {
	var out []string
	for _, m := range wording.Find(text, l) {
		out = append(out, fmt.Sprint(m.Class, m.Stage, m.Named))
	}
	slices.Sort(out)
	return fmt.Sprint(slices.Compact(out))
}

func TestSynonymsNeverCrossLegalStagesOrGuardClasses(t *testing.T) {
	pairs := 0
	for _, l := range knowledge.Langs {
		for _, g := range groups(l) {
			for _, member := range g[1:] {
				pairs++
				if a, b := effect(g[0], l), effect(member, l); a != b {
					t.Errorf("%s: %q does %s, %q does %s", l, g[0], a, member, b)
				}
			}
		}
	}
	if pairs < 40 {
		t.Errorf("only %d pairs", pairs)
	}
}

// TestEverySynonymStandsForItsGroup tells one sentence with each member of each group, and proves it by the sentence with
// the group's first member.
func TestEverySynonymStandsForItsGroup(t *testing.T) {
	frames := map[knowledge.Lang]string{
		knowledge.English: "In Quito the old court %s with the third bridge of Manta in 1999.",
		knowledge.Spanish: "En Quito la vieja corte %s con el tercer puente de Manta en 1999.",
	}
	for l, frame := range frames {
		for _, g := range groups(l) {
			v := New(oneFact(l, fmt.Sprintf(frame, g[0])))
			for _, member := range g[1:] {
				if got := v.Pair(fmt.Sprintf(frame, member), "one", l); !got.OK {
					t.Errorf("%s: %q for %q: %v", l, member, g[0], got)
				}
			}
		}
	}
}

func oneFact(l knowledge.Lang, text string) *knowledge.Base {
	f := knowledge.Fact{ID: "one", Status: knowledge.Official, Text: knowledge.Text{EN: text}}
	if l == knowledge.Spanish {
		f.Text = knowledge.Text{ES: text}
	}
	return knowledge.NewBase("", nil, nil, nil, []knowledge.Fact{f})
}

func TestSynonymGroupsDoNotShareMembers(t *testing.T) {
	for _, l := range knowledge.Langs {
		seen := map[string]string{}
		for _, g := range groups(l) {
			for _, member := range g {
				if other, ok := seen[lang.Fold(member)]; ok {
					t.Errorf("%s: %q stands in the groups %q and %q", l, member, other, g[0])
				}
				seen[lang.Fold(member)] = g[0]
			}
		}
	}
}
