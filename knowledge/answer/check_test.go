package answer_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"enlace/knowledge"
)

// The least shares of right verdicts: true sentences that are supported, false ones that are contradicted.
const (
	leastProved  = 0.08
	leastRefuted = 0.65
)

func TestCheckSupportsEveryFactsOwnText(t *testing.T) {
	b := shipped(t)
	s := serve(b)
	for _, l := range knowledge.Langs {
		for i := range b.Facts {
			if !b.Facts[i].InService() {
				continue
			}
			for _, got := range s.Check(b.Facts[i].Text.In(l), l).Sentences {
				if got.Verdict != knowledge.Supported {
					t.Errorf("%s: %s %s (%s)", got.Verdict, b.Facts[i].ID, got.Text, got.Reason)
				}
			}
		}
	}
}

func TestCheckNeverRefutesATruthNorProvesALie(t *testing.T) {
	file, err := os.Open("testdata/check.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := serve(shipped(t))
	count := map[string]map[knowledge.Finding]int{"true": {}, "false": {}}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		parts := strings.SplitN(lines.Text(), " ", 3)
		if len(parts) != 3 || count[parts[0]] == nil {
			t.Fatalf("not a line of the table: %q", lines.Text())
		}
		got := s.Check(parts[2], knowledge.Lang(parts[1])).Sentences
		if len(got) != 1 {
			t.Errorf("%q is cut into %d sentences", parts[2], len(got))
			continue
		}
		verdict := got[0].Verdict
		count[parts[0]][verdict]++
		wrong := parts[0] == "true" && verdict == knowledge.Contradicted || parts[0] == "false" && verdict == knowledge.Supported
		if wrong {
			t.Errorf("%s, but %s: %s %v %s", verdict, parts[0], parts[2], got[0].Citations, got[0].Reason)
		} else {
			t.Logf("%s %s: %s %v %s", parts[0], verdict, parts[2], got[0].Citations, got[0].Reason)
		}
	}
	for _, c := range []struct {
		kind  string
		right knowledge.Finding
		least float64
	}{{"true", knowledge.Supported, leastProved}, {"false", knowledge.Contradicted, leastRefuted}} {
		all, n := 0, count[c.kind][c.right]
		for _, x := range count[c.kind] {
			all += x
		}
		t.Logf("%s: %v, %d of %d right", c.kind, count[c.kind], n, all)
		if float64(n) < c.least*float64(all) {
			t.Errorf("only %d of %d %s sentences are %s", n, all, c.kind, c.right)
		}
	}
}
