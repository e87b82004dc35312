package search_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"enlace/knowledge/search"
)

// TestEveryWeightIsNamed keeps the table complete: a new weight needs a line here, and a changed one a changed line.
func TestEveryWeightIsNamed(t *testing.T) {
	want := map[string]float64{
		"K1": 0.5, "B": 0.4, "Heading": 1, "Topic": 0, "Repair": 0.7, "StopWord": 1.7, "PoolK1": 1.5, "PoolB": 0.4,
		"PoolText": 1.4, "PoolConcept": 0.5, "PoolAbroad": 0.5, "PickConcept": 0.6, "ByConcept": 1, "ByNear": 0.25,
		"SoftPool": 0.86, "SoftText": 0, "SoftAsk": 0.52, "SoftAskSecond": 0, "SoftFocus": 0.1, "Likely": 2,
		"Likelihood": 0.12, "SoftLikely": 0.16, "Saturation": 0.2, "Profile": 0.1, "Corrected": 0, "Pool": 2.18,
		"Text": 0.6, "Ask": 0.36, "AskSecond": 0, "Association": 5.06, "AskFocus": 0.5, "AskMismatch": 0.3,
		"CorrectsFocus": 0.6, "Corrects": 1.7, "Entity": 0.05, "Literal": 0.3, "Trigram": 0.2, "AskTrigram": 0.28,
		"Damping": 0.03, "Surface": 0.05, "AskSurface": 0.36, "Bigram": 0.02, "AskBigram": 0.58, "Proximity": 0.02,
		"Focus": 0.02, "EntityShare": 0, "LiteralShare": 0.07, "AnswerType": 0.45, "Key": 0.4, "Recency": 0.24, "Class": 1.11,
	}
	wantCalibration := map[string]float64{"Answer": 0.47, "Offer": 0.33}
	w := search.DefaultWeights()
	checkWeights(t, reflect.ValueOf(w), want)
	checkWeights(t, reflect.ValueOf(w.Calibration), wantCalibration)
}

func checkWeights(t *testing.T, table reflect.Value, want map[string]float64) {
	t.Helper()
	seen := 0
	for i := range table.NumField() {
		name := table.Type().Field(i).Name
		if table.Field(i).Kind() != reflect.Float64 {
			continue
		}
		seen++
		if value, ok := want[name]; !ok || table.Field(i).Float() != value {
			t.Errorf("%s is %v, want %v (named: %v)", name, table.Field(i).Float(), value, ok)
		}
	}
	if seen != len(want) {
		t.Errorf("%d weights, %d named", seen, len(want))
	}
}

func TestProbabilityFollowsTheNetwork(t *testing.T) {
	w := search.DefaultWeights()
	r := ask(search.NewWith(smallBase(), search.Options{Weights: &w}), "who signed the memorandum", "en")
	in := search.Inputs(r)
	p := w.Calibration.Network.Probabilities(&in)
	if p[search.EndsAnswered] != r.Probability {
		t.Errorf("the result says %v, the network %v", r.Probability, p[search.EndsAnswered])
	}
	if sum := p[0] + p[1] + p[2]; math.Abs(sum-1) > 1e-9 {
		t.Errorf("the endings have %v together", sum)
	}
	more := *w.Calibration.Network
	more.OutputBias[search.EndsAnswered]++
	if after := more.Probabilities(&in); after[search.EndsAnswered] <= p[search.EndsAnswered] {
		t.Errorf("more bias took the probability from %v to %v", p[search.EndsAnswered], after[search.EndsAnswered])
	}
}

func TestANetworkIsReadAsItWasWritten(t *testing.T) {
	var text strings.Builder
	network := search.DefaultWeights().Calibration.Network
	if err := network.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	again, err := search.ParseNetwork(text.String())
	if err != nil {
		t.Fatal(err)
	}
	if *again != *network {
		t.Error("the network changed")
	}
	lines := strings.SplitAfter(text.String(), "\n")
	for _, bad := range []string{"", strings.Join(lines[1:], ""), strings.Replace(text.String(), " ", " x", 1)} {
		if _, err := search.ParseNetwork(bad); err == nil {
			t.Errorf("%.60q is taken for a network", bad)
		}
	}
}

func TestTheShippedTablesAreRead(t *testing.T) {
	w := search.DefaultWeights()
	if len(w.Cues) < 1000 || w.Cues[search.CueBias] == [2]float64{} {
		t.Errorf("%d cues, bias %v", len(w.Cues), w.Cues[search.CueBias])
	}
	if w.Reranker == nil || w.Reranker.Output == [search.RerankUnits]float64{} {
		t.Error("the reranker is empty")
	}
	if w.Calibration.Network.OutputBias == [search.Endings]float64{} {
		t.Error("the network is empty")
	}
}
