package search_test

import (
	"reflect"
	"testing"

	"enlace/knowledge/search"
)

// TestEveryWeightIsNamed keeps the table complete: a new weight needs a line here, and a changed one a changed line.
func TestEveryWeightIsNamed(t *testing.T) {
	want := map[string]float64{
		"K1": 0.5, "B": 0.4, "Heading": 1, "Topic": 0, "Repair": 0.7, "StopWord": 1.1, "PoolK1": 1.5, "PoolB": 0.4,
		"PoolText": 1.4, "Pool": 3, "Text": 0.6, "Ask": 0.5, "AskSecond": 0.2, "Association": 5, "AskFocus": 0.5,
		"AskMismatch": 0.3, "CorrectsFocus": 0.6, "Corrects": 1.7, "Entity": 0.05, "Literal": 0.3, "Trigram": 0.2,
		"AskTrigram": 0.15, "Damping": 0.03, "Surface": 0.05, "AskSurface": 0.2, "Bigram": 0.02, "AskBigram": 0.02,
		"Proximity": 0.02, "Focus": 0.15, "EntityShare": 0.05, "LiteralShare": 0.25, "AnswerType": 0.45,
		"Key": 0.4, "Recency": 0.25,
	}
	wantCalibration := map[string]float64{
		"Bias": -2.61, "Score": 1.15, "Raw": 0.19, "Text": -4.13, "Ask": -0.6, "Covered": 2.84, "Trigram": -0.34,
		"Margin": 1.57, "Z": 1.88, "Rarest": -0.08, "Unknown": -2.2, "Entity": -0.54, "Literal": 0.35,
		"AskedFor": -0.34, "Answer": 0.5, "Offer": 0.3,
	}
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

func TestProbabilityFollowsItsTable(t *testing.T) {
	x := search.New(smallBase())
	r := ask(x, "who signed the memorandum", "en")
	flat := search.Calibration{}
	if got := flat.Probability(r); got != 0.5 {
		t.Errorf("without weights the probability is %v, want 0.5", got)
	}
	table := search.DefaultWeights().Calibration
	before := table.Probability(r)
	table.Bias++
	if after := table.Probability(r); after <= before {
		t.Errorf("more bias took the probability from %v to %v", before, after)
	}
	if before != r.Probability {
		t.Errorf("the result says %v, the table %v", r.Probability, before)
	}
}
