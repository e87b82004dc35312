package eval

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/search"
)

var update = flag.Bool("update", false, "write testdata/golden_ranks.txt anew")

func shippedSuites(t *testing.T) []*Suite {
	t.Helper()
	suites, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(suites) == 0 || suites[0].Half != Open {
		t.Fatal("the open half is missing")
	}
	return suites
}

func shippedBase(t *testing.T) *knowledge.Base {
	t.Helper()
	b, err := facts.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestShippedSuitesNameFactsInService(t *testing.T) {
	b := shippedBase(t)
	for _, s := range shippedSuites(t) {
		if err := s.Check(b); err != nil {
			t.Error(err)
		}
	}
}

func TestShippedSuitesAreApartFromTheAsks(t *testing.T) {
	b := shippedBase(t)
	for _, s := range shippedSuites(t) {
		for _, c := range Copies(s, b) {
			t.Errorf("%s:%d: %s (reword the phrasing of the fact or the question)", s.Name, c.Question.Line, c)
		}
	}
}

// TestShippedSuitesAreLarge keeps every suite to what makes its figures mean something.
func TestShippedSuitesAreLarge(t *testing.T) {
	id := regexp.MustCompile(`^([ob])-(en|es)-(d?)\d{2,3}$`)
	for _, s := range shippedSuites(t) {
		kinds := map[Kind]map[knowledge.Lang]int{}
		wordings := map[string]string{}
		for i := range s.Questions {
			q := &s.Questions[i]
			m := id.FindStringSubmatch(q.ID)
			if m == nil || m[1] != string(s.Half[:1]) || m[2] != string(q.Lang) || m[3] != "" {
				t.Errorf("%s:%d: the id %q does not tell the half and language", s.Name, q.Line, q.ID)
			}
			if other := wordings[wording(q.Text)]; other != "" {
				t.Errorf("%s:%d: %s asks the same as %s", s.Name, q.Line, q.ID, other)
			}
			wordings[wording(q.Text)] = q.ID
			if kinds[q.Kind] == nil {
				kinds[q.Kind] = map[knowledge.Lang]int{}
			}
			kinds[q.Kind][q.Lang]++
		}
		least := map[Kind]int{NearMiss: 15, OffTopic: 12}
		for _, k := range Kinds {
			for _, l := range knowledge.Langs {
				if want := max(6, least[k]); kinds[k][l] < want {
					t.Errorf("%s: %d questions of kind %s in %s, want %d", s.Name, kinds[k][l], k, l, want)
				}
			}
		}
		if len(s.Questions) < 200 || len(s.Dialogues) < 20 {
			t.Errorf("%s: %d questions and %d dialogues", s.Name, len(s.Questions), len(s.Dialogues))
		}
	}
}

func TestShippedSuitesHaveKeyPointsForEverySummary(t *testing.T) {
	b := shippedBase(t)
	points := map[knowledge.TopicID]int{}
	for _, s := range shippedSuites(t) {
		for _, p := range s.Summaries {
			points[p.Topic] = max(points[p.Topic], len(p.Points))
		}
	}
	topics := []knowledge.TopicID{""}
	for _, topic := range b.Topics {
		topics = append(topics, topic.ID)
	}
	for _, topic := range topics {
		if n := points[topic]; n < 8 || n > 10 {
			t.Errorf("topic %q has %d key points, want 8 to 10", topic, n)
		}
	}
}

// TestShippedSuitesAskLikePeople holds two thirds of the answerable questions to one content word in common with their fact.
func TestShippedSuitesAskLikePeople(t *testing.T) {
	b := shippedBase(t)
	for _, s := range shippedSuites(t) {
		var few Ratio
		for i := range s.Questions {
			q := &s.Questions[i]
			if len(q.Facts) == 0 {
				continue
			}
			text, l := b.Fact(q.Facts[0][0]).Text.Best(q.Lang)
			fact := ContentWords(text, l)
			common := 0
			for _, w := range ContentWords(q.Text, q.Lang) {
				if slices.Contains(fact, w) {
					common++
				}
			}
			few.count(common <= 1)
		}
		t.Logf("%s: %.0f of %d questions share at most one content word with their fact", s.Name, few.Sum, few.Of)
		if few.Value() < 2.0/3 {
			t.Errorf("%s: only %s %% of the questions share at most one content word with their fact", s.Name, percent(few))
		}
	}
}

func shippedReport(t *testing.T) *Report {
	t.Helper()
	service := answer.New(search.NewLive(search.New(shippedBase(t))), answer.Options{})
	r, err := Run(context.Background(), service, shippedSuites(t), Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestGoldenRanks fails when the open half's facts are found later than before, and says which. After a change that is worth
// its falls: go test ./knowledge/eval -run GoldenRanks -update
func TestGoldenRanks(t *testing.T) {
	const golden = "testdata/golden_ranks.txt"
	got := shippedReport(t).Ranks(Open)
	if *update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	old, err := ParseRanks(string(text))
	if err != nil {
		t.Fatalf("%s: %v", golden, err)
	}
	fell, rose := got.Diff(old)
	if len(rose) > 0 {
		t.Logf("found earlier, worth an -update:\n%s", strings.Join(rose, "\n"))
	}
	if len(fell) > 0 {
		t.Errorf("found later than in %s:\n%s", golden, strings.Join(fell, "\n"))
	}
}

// TestAnswersCiteOnlyFactsOfTheBase asks the whole suite and looks at every answer's citations.
func TestAnswersCiteOnlyFactsOfTheBase(t *testing.T) {
	b := shippedBase(t)
	for _, res := range shippedReport(t).Results {
		for _, id := range slices.Concat(res.Cited, res.Retrieved) {
			if f := b.Fact(id); f == nil || !f.InService() {
				t.Errorf("%s %q: %s is not in service", res.ID, res.Question, id)
			}
		}
	}
}
