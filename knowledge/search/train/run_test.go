package train_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/eval"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
	"enlace/knowledge/search/train"
)

var (
	long   = flag.Bool("long", false, "train on the shipped base and compare with the weights that are checked in")
	update = flag.Bool("update", false, "with -long: write classifier.bin, following.txt, cues.txt, calibration.txt and reranking.txt, and the learned fields of weights.go to the log")
)

// smallBase has a dozen facts that share few words, each with phrasings.
func smallBase() *knowledge.Base {
	var list []knowledge.Fact
	for i, subject := range []string{"bridge", "harbour", "tower", "market", "library", "museum", "station", "garden", "castle", "theatre", "school", "factory"} {
		f := knowledge.Fact{ID: knowledge.FactID(subject), Text: knowledge.Text{EN: fmt.Sprintf("The %s was opened in %d by the mayor.", subject, 1900+i)}}
		for _, form := range []string{"when did the %s open", "opening of the %s", "year of the %s", "who opened the %s", "how old is the %s", "the %s since when"} {
			f.Asks.EN = append(f.Asks.EN, fmt.Sprintf(form, subject))
		}
		f.Corrects.EN = []string{"the " + subject + " never opened", "the " + subject + " was opened by the king"}
		list = append(list, f)
	}
	b := knowledge.NewBase("", nil, nil, nil, list)
	b.Lists = []knowledge.List{{ID: "openings", Title: knowledge.Text{EN: "All openings"}, Facts: []knowledge.FactID{"bridge", "harbour", "tower"}, Asks: knowledge.Texts{EN: []string{"list all openings", "every opening in order"}}}}
	return b
}

var smallQuestions = []train.Question{
	{Text: "what is the salary of the mayor", Lang: "en", Outcome: knowledge.NoMatch}, {Text: "who painted the ceiling", Lang: "en", Outcome: knowledge.NoMatch},
	{Text: "is the mayor married", Lang: "en", Outcome: knowledge.NoMatch}, {Text: "best pizza nearby", Lang: "en", Outcome: knowledge.OffTopic},
	{Text: "tell me a joke", Lang: "en", Outcome: knowledge.OffTopic}, {Text: "will it rain", Lang: "en", Outcome: knowledge.OffTopic},
	{Text: "since what year do people cross the bridge", Lang: "en", Outcome: knowledge.Answered, Fact: "bridge"}, {Text: "the harbour began when", Lang: "en", Outcome: knowledge.Answered, Fact: "harbour"},
	{Text: "tell me all openings of the town", Lang: "en", Outcome: knowledge.Answered, List: "openings"}, {Text: "of what is gone", Lang: "en", Outcome: knowledge.Answered, Fact: "gone"},
}

func TestRunIsDeterministicAndTellsItsProgress(t *testing.T) {
	var reports [2]train.Report
	var steps, total int
	for i := range reports {
		steps = 0
		var err error
		reports[i], err = train.Run(context.Background(), smallBase(), smallQuestions, func(done, of int) { steps, total = done, of })
		if err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(reports[0], reports[1]) {
		t.Errorf("two runs differ:\n%+v\n%+v", reports[0], reports[1])
	}
	if steps != total || total == 0 {
		t.Errorf("progress ended at %d of %d", steps, total)
	}
	r := &reports[0]
	if n := r.After.Asks[0].Questions; n != 72 || r.After.Corrects[0].Questions != 24 {
		t.Errorf("%d asks and %d corrects were held out, want 72 and 24", n, r.After.Corrects[0].Questions)
	}
	if n := r.After.Apart[0].Questions; n != 2 {
		t.Errorf("%d questions written apart were asked, want the two whose facts are there", n)
	}
	if n := len(r.Weights.Classifier.Facts); n != 13 {
		t.Errorf("the classifier knows %d facts and lists, want 13", n)
	}
	if first := r.After.Asks[0].First; first < 60 {
		t.Errorf("%d of 72 held-out asks find their fact first, want nearly all", first)
	}
	for i, v := range r.Weights.Ranking() {
		if v < 0 || math.IsNaN(v) {
			t.Errorf("%s is %v", search.RankingNames()[i], v)
		}
	}
	if c := r.Weights.Calibration; c.Offer > c.Answer || c.Answer <= 0 || c.Answer > 1 {
		t.Errorf("the thresholds are %v and %v", c.Offer, c.Answer)
	}
}

func TestConversationsAreLearned(t *testing.T) {
	questions := append([]train.Question{}, smallQuestions...)
	after := func(text string, l knowledge.Lang, told knowledge.FactID, fact knowledge.FactID, also ...knowledge.FactID) {
		q := train.Question{Text: text, Lang: l, Outcome: knowledge.Answered, Fact: fact, Also: also, After: []search.Said{{Facts: []knowledge.FactID{told}}}}
		if fact == "" {
			q.Outcome = knowledge.NoMatch
		}
		questions = append(questions, q)
	}
	for i := range 6 {
		told := []knowledge.FactID{"bridge", "harbour", "market", "library", "museum", "station"}[i]
		after("and the tower", "en", told, "tower", "garden")
		after("and the castle then", "en", told, "castle")
		after("who paid for it", "en", told, "")
	}
	after("and that one", "en", "bridge", "gone") // of another base
	r, err := train.Run(context.Background(), smallBase(), questions, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Following
	if r.Weights.Following == nil || f.Hits.Questions != 12 || f.Hits.First < 9 {
		t.Errorf("%+v", f)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil || !strings.Contains(b.String(), "after others        12") {
		t.Errorf("%v\n%s", err, &b)
	}
	bad := train.Question{Text: "and?", Lang: "en", Outcome: knowledge.Answered, After: []search.Said{{Question: "who opened the tower"}}}
	if _, err := train.Run(context.Background(), smallBase(), []train.Question{bad}, nil); err == nil {
		t.Error("an answered question without its fact is learned from")
	}
}

func TestTheReportHoldsFiguresAndSource(t *testing.T) {
	r, err := train.Run(context.Background(), smallBase(), smallQuestions, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"hit@1", "near-miss", "Association: ", "Answer: "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report has no %q:\n%s", want, &b)
		}
	}
}

func TestRunRefusesWhatItCannotUse(t *testing.T) {
	ctx := context.Background()
	if _, err := train.Run(ctx, smallBase(), []train.Question{{Text: "when did it open", Outcome: knowledge.Answered}}, nil); err == nil {
		t.Error("an answered question is taken for one without an answer")
	}
	if _, err := train.Run(ctx, knowledge.NewBase("", nil, nil, nil, nil), nil, nil); err == nil {
		t.Error("a base without phrasings is trained on")
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := train.Run(done, smallBase(), nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled run ends with %v", err)
	}
}

// TestTheTableIsWhatTrainingGives trains on the shipped base: go test -run Table -long -v prints the report.
func TestTheTableIsWhatTrainingGives(t *testing.T) {
	if !*long {
		t.Skip("training takes twenty minutes: run with -long")
	}
	b, err := facts.Load(os.DirFS("../../facts/data"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := train.Run(context.Background(), b, examples(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := r.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + text.String())
	if *update {
		if err := write(&r.Weights); err != nil {
			t.Fatal(err)
		}
	}
	got, want := search.DefaultWeights(), r.Weights
	tolerance := func(v float64) float64 { return 0.1 + 0.15*math.Abs(v) } // facts are edited more often than weights
	values := want.Ranking()
	for i, v := range got.Ranking() {
		if math.Abs(v-values[i]) > tolerance(values[i]) {
			t.Errorf("%s is %v in the table, training gives %v", search.RankingNames()[i], v, values[i])
		}
	}
	if math.Abs(got.Calibration.Answer-want.Calibration.Answer) > 0.05 || math.Abs(got.Calibration.Offer-want.Calibration.Offer) > 0.05 {
		t.Errorf("the thresholds are %v and %v in the table, training gives %v and %v",
			got.Calibration.Answer, got.Calibration.Offer, want.Calibration.Answer, want.Calibration.Offer)
	}
}

// write puts what was learned where search embeds it.
func write(w *search.Weights) error {
	var network, reranker, following strings.Builder
	if err := errors.Join(w.Calibration.Network.WriteText(&network), w.Reranker.WriteText(&reranker), w.Following.WriteText(&following)); err != nil {
		return err
	}
	classifier, _ := w.Classifier.AppendBinary(nil)
	return errors.Join(os.WriteFile("../classifier.bin", classifier, 0o644), os.WriteFile("../following.txt", []byte(following.String()), 0o644), os.WriteFile("../reranking.txt", []byte(reranker.String()), 0o644), os.WriteFile("../cues.txt", []byte(train.CuesText(w.Cues)), 0o644), os.WriteFile("../calibration.txt", []byte(network.String()), 0o644))
}

// examples returns the questions that package eval holds for training.
func examples(t *testing.T) (list []train.Question) {
	all, err := eval.Training()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		q := train.Question{Text: e.Text, Lang: e.Lang, Outcome: e.Outcome, Fact: e.Fact, List: e.List, Also: e.Also}
		for _, before := range e.After {
			said := search.Said{Question: before.Text}
			if before.Fact != "" {
				said.Facts = []knowledge.FactID{before.Fact}
			}
			q.After = append(q.After, said)
		}
		list = append(list, q)
	}
	return list
}
