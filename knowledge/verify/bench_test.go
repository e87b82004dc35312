package verify

import (
	"slices"
	"testing"
	"time"

	"enlace/knowledge"
)

func BenchmarkPair(b *testing.B) {
	v, _ := verifier(b)
	lies := shippedLies[knowledge.English]()
	i := 0
	for b.Loop() {
		l := lies[i%len(lies)]
		v.Pair(l.Text, l.Facts[0], l.Lang)
		i += 37
	}
}

func BenchmarkVerbatim(b *testing.B) {
	v, base := verifier(b)
	i := 0
	for b.Loop() {
		f := &base.Facts[i%len(base.Facts)]
		v.Pair(f.Text.ES, f.ID, knowledge.Spanish)
		i++
	}
}

// BenchmarkAnswer verifies a draft of six sentences, two of them with two facts.
func BenchmarkAnswer(b *testing.B) {
	v, base := verifier(b)
	d := Draft{Lang: knowledge.English}
	for i := range 6 {
		f, g := &base.Facts[i*7], &base.Facts[i*7+3]
		s := Sentence{Text: f.Text.EN, Facts: []knowledge.FactID{f.ID}}
		if i%3 == 0 {
			s.Text, s.Facts = f.Text.EN[:len(f.Text.EN)-1]+", and "+g.Text.EN, append(s.Facts, g.ID)
		}
		d.Facts = append(d.Facts, f.ID, g.ID)
		d.Sentences = append(d.Sentences, s)
	}
	for b.Loop() {
		v.Verify(d)
	}
}

func TestAPairTakesLessThanATenthOfAMillisecond(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("times mean nothing here")
	}
	v, base := verifier(t)
	var took []time.Duration
	for i := range base.Facts {
		f := &base.Facts[i]
		for _, l := range knowledge.Langs {
			best := time.Hour
			for range 3 {
				start := time.Now()
				v.Pair(f.Text.In(l), f.ID, l)
				best = min(best, time.Since(start))
			}
			took = append(took, best)
		}
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	t.Logf("median %v, p99 %v", took[len(took)/2], p99)
	if p99 > 500*time.Microsecond { // five times the goal: the machine may be busy
		t.Errorf("99 of 100 pairs take up to %v", p99)
	}
}
