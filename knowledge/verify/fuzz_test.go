package verify

import (
	"reflect"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/verify/mutate"
)

// FuzzVerify holds for every text and every fact: no panic, the same verdict again, and none that an unrelated retrieved
// fact could turn into a proof.
func FuzzVerify(f *testing.F) {
	v, b := verifier(f)
	for i := range b.Facts {
		f.Add(b.Facts[i].Text.EN, i, false)
		f.Add(b.Facts[i].Text.ES, i, true)
	}
	for _, s := range []string{"", "'", "(((", "’s", "It's", "no no no", "according to", "Según", "1,2.3:4-5", "\xff", "to be", "is to be", "by", "and and", ";;;", "«»", "Fito's", "He's she's it's", "a–b", "de de de"} {
		f.Add(s, 0, false)
		f.Add(s, 1, true)
	}
	f.Fuzz(func(t *testing.T, text string, at int, spanish bool) {
		l := knowledge.English
		if spanish {
			l = knowledge.Spanish
		}
		at = max(at, 0) % len(b.Facts)
		fact, other := &b.Facts[at], &b.Facts[(at+len(b.Facts)/2)%len(b.Facts)]
		s := []Sentence{{Text: text, Facts: []knowledge.FactID{fact.ID}}}
		one := v.Verify(Draft{Lang: l, Facts: []knowledge.FactID{fact.ID}, Sentences: s})
		if again := v.Verify(Draft{Lang: l, Facts: []knowledge.FactID{fact.ID}, Sentences: s}); !reflect.DeepEqual(one, again) {
			t.Fatalf("%q: %v, then %v", text, one, again)
		}
		if more := v.Verify(Draft{Lang: l, Facts: []knowledge.FactID{fact.ID, other.ID}, Sentences: s}); !reflect.DeepEqual(one.Verdicts, more.Verdicts) {
			t.Fatalf("%q: %v, with an unrelated fact %v", text, one, more)
		}
		if text == fact.Text.In(l) && text != "" && fact.InService() && !one.Verdicts[0].OK {
			t.Fatalf("a fact does not prove itself: %v", one.Verdicts[0])
		}
		v.Check(text, l, func(string) []knowledge.FactID { return []knowledge.FactID{fact.ID, other.ID} })
	})
}

// FuzzLies holds for every lie of the generator, whatever unrelated facts are retrieved beside it.
func FuzzLies(f *testing.F) {
	v, b := verifier(f)
	lies := map[bool][]mutate.Lie{false: shippedLies[knowledge.English](), true: shippedLies[knowledge.Spanish]()}
	for i := range 50 {
		f.Add(i*531, i*17, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, n, m int, spanish bool) {
		lie := lies[spanish][max(n, 0)%len(lies[spanish])]
		other := b.Facts[max(m, 0)%len(b.Facts)].ID
		d := Draft{Lang: lie.Lang, Facts: append([]knowledge.FactID{other}, lie.Facts...), Sentences: []Sentence{{lie.Text, lie.Facts}}}
		if got := v.Verify(d).Verdicts[0]; got.OK {
			t.Fatalf("escape: %v", lie)
		}
	})
}

func TestVerdictsSayWhatIsWrongInOneLine(t *testing.T) {
	v, _ := verifier(t)
	got := decide(v, "en", "Ecuador's government said the July 2025 agreement with the United States runs for 19 months.", "mou-duration-18-months")
	if s := got.String(); s != "number_not_in_facts [19 months]: the fact has 2025-07, 18 month (mou-duration-18-months)" {
		t.Error(s)
	}
	if s := decide(v, "en", "Noem landed in Quito on July 30, 2025.", "mou-arrival").String(); s != "ok by mou-arrival" {
		t.Error(s)
	}
	if strings.Contains(got.String(), "\n") {
		t.Error("more than one line")
	}
}

// TestASecondCitationNeverHelps: adding any other fact to a lie's citations leaves it unproved.
func TestASecondCitationNeverHelps(t *testing.T) {
	v, b := verifier(t)
	for _, l := range knowledge.Langs {
		lies := shippedLies[l]()
		step := 149
		if testing.Short() || raceEnabled {
			step *= sampleOfSlow
		}
		for i := 0; i < len(lies); i += step {
			if len(lies[i].Facts) > 1 {
				continue
			}
			for n := range 5 {
				other := b.Facts[(i+n*61)%len(b.Facts)].ID
				if other == lies[i].Facts[0] || lies[i].Class == mutate.WrongID && b.Fact(other).Text.In(l) == lies[i].Text {
					continue
				}
				if got := decide(v, l, lies[i].Text, lies[i].Facts[0], other); got.OK {
					t.Errorf("proved with %s: %v", other, lies[i])
				}
			}
		}
	}
}
