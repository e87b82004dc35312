package verify

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/verify/mutate"
)

// The floors of the suite: what the shipped base must give, and what may escape.
const (
	leastLies      = 10_000 // in each language
	leastClasses   = 22
	mostEscaped    = 0.003 // of all lies
	leastKinds     = 10
	leastAccepted  = 0.95 // of each kind of honest rewrite
	sampleOfSlow   = 10   // under -short and the race detector one lie in so many is tried
	shownEscapes   = 200
	shownRefusals  = 200
	singleRewrites = 1 // of a kind with so few tried, one refusal is no share
)

// watertight are the classes of which not one lie may escape.
var watertight = []mutate.Class{
	mutate.Number, mutate.NumberWord, mutate.Magnitude, mutate.Unit, mutate.Day, mutate.Month, mutate.Year, mutate.Precision,
	mutate.Weekday, mutate.Approximator, mutate.SiblingNumber, mutate.SiblingName, mutate.NegationIn, mutate.NegationOut,
	mutate.ExclusiveIn, mutate.ExclusiveOut, mutate.BeforeAfter, mutate.HedgeOut, mutate.HedgeMoved, mutate.LegalStage,
	mutate.CausalJoin, mutate.WrongID, mutate.Upgraded, mutate.AndOut, mutate.AndMoved, mutate.HeadOut, mutate.DateBehind, mutate.SubjectOut,
}

// decide puts a sentence with its facts through the verifier.
func decide(v *Verifier, l knowledge.Lang, text string, ids ...knowledge.FactID) Verdict {
	return v.Verify(Draft{Lang: l, Facts: ids, Sentences: []Sentence{{Text: text, Facts: ids}}}).Verdicts[0]
}

func TestNoLieIsProved(t *testing.T) {
	v, b := verifier(t)
	step := 1
	if testing.Short() || raceEnabled {
		step = sampleOfSlow
	}
	for _, l := range knowledge.Langs {
		lies, excluded := mutate.Lies(b, l)
		made, escaped := map[mutate.Class]int{}, map[mutate.Class][]mutate.Lie{}
		total := 0
		for i := 0; i < len(lies); i += step {
			made[lies[i].Class]++
			if decide(v, l, lies[i].Text, lies[i].Facts...).OK {
				escaped[lies[i].Class] = append(escaped[lies[i].Class], lies[i])
				total++
			}
		}
		t.Logf("%s: %d lies, %d escaped of %d tried, %d excluded\n%s", l, len(lies), total, (len(lies)+step-1)/step, len(excluded), lieTable(made, escaped))
		for _, x := range excluded {
			t.Logf("excluded, since %s: %v", x.Reason, x.Lie)
		}
		for _, class := range mutate.Classes {
			for i, lie := range escaped[class] {
				if i == shownEscapes {
					break
				}
				if slices.Contains(watertight, class) {
					t.Errorf("escape: %v", lie)
				} else {
					t.Logf("escape: %v", lie)
				}
			}
		}
		if len(lies) < leastLies || len(made) < leastClasses {
			t.Errorf("%s: only %d lies in %d classes", l, len(lies), len(made))
		}
		if float64(total)*float64(step) > mostEscaped*float64(len(lies)) {
			t.Errorf("%s: %d of %d lies escaped", l, total, len(lies)/step)
		}
	}
}

func lieTable(made map[mutate.Class]int, escaped map[mutate.Class][]mutate.Lie) string {
	var b strings.Builder
	for _, c := range mutate.Classes {
		fmt.Fprintf(&b, "%-18s %6d %4d\n", c, made[c], len(escaped[c]))
	}
	return b.String()
}

func TestLiesAreTheSameEveryTime(t *testing.T) {
	_, b := verifier(t)
	one := shippedLies[knowledge.Spanish]()
	two, _ := mutate.Lies(b, knowledge.Spanish)
	if !slices.EqualFunc(one, two, func(a, b mutate.Lie) bool { return a.String() == b.String() }) {
		t.Error("the same base gave two different suites")
	}
}

// decideAfter puts a rewrite through the verifier, behind the sentence that it follows.
func decideAfter(v *Verifier, r mutate.Rewrite) Verdict {
	d := Draft{Lang: r.Lang, Facts: r.Facts}
	if r.Before != nil {
		d.Facts = append(slices.Clone(d.Facts), r.Before.Facts...)
		d.Sentences = append(d.Sentences, Sentence{Text: r.Before.Text, Facts: r.Before.Facts})
	}
	d.Sentences = append(d.Sentences, Sentence{Text: r.Text, Facts: r.Facts})
	report := v.Verify(d)
	return report.Verdicts[len(report.Verdicts)-1]
}

func TestHonestRewritesAreProved(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		made, passed := map[mutate.Kind]int{}, map[mutate.Kind]int{}
		refused := 0
		step := 1
		if testing.Short() || raceEnabled {
			step = sampleOfSlow
		}
		rewrites := mutate.Rewrites(b, l)
		for i := 0; i < len(rewrites); i += step {
			r := rewrites[i]
			made[r.Kind]++
			got := decideAfter(v, r)
			if got.OK {
				passed[r.Kind]++
				continue
			}
			if refused++; refused <= shownRefusals {
				t.Logf("refused: %v\n\t%v", r, got)
			}
		}
		var table strings.Builder
		kinds := 0
		for _, k := range mutate.Kinds {
			if made[k] == 0 {
				continue
			}
			kinds++
			share := float64(passed[k]) / float64(made[k])
			fmt.Fprintf(&table, "%-24s %5d %5d %6.1f %%\n", k, made[k], passed[k], 100*share)
			if share < leastAccepted && made[k] > singleRewrites*step || k == mutate.Verbatim && passed[k] < made[k] {
				t.Errorf("%s: only %d of %d of %q are proved", l, passed[k], made[k], k)
			}
		}
		t.Logf("%s:\n%s", l, table.String())
		if kinds < leastKinds && step == 1 {
			t.Errorf("%s: only %d kinds of rewrites", l, kinds)
		}
	}
}
