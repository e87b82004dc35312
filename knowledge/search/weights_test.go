package search_test

import (
	"reflect"
	"testing"

	"enlace/knowledge/search"
)

// TestEveryWeightIsNamed keeps the table complete: a new weight needs a line here, and a changed one a changed line.
func TestEveryWeightIsNamed(t *testing.T) {
	want := map[string]float64{
		"K1": 0.5, "B": 0.4, "Heading": 1, "Topic": 0, "Repair": 0.7, "StopWord": 1.7, "PoolK1": 1.5, "PoolB": 0.4,
		"PoolText": 1.4, "PoolConcept": 0.5, "PoolAbroad": 0.5, "PickConcept": 0.6, "ByConcept": 1, "ByNear": 0.25,
		"SoftPool": 1.18, "SoftText": 0, "SoftAsk": 0.66, "SoftAskSecond": 0, "SoftFocus": 0.2, "Likely": 2,
		"Likelihood": 0.34, "SoftLikely": 0.51, "Saturation": 0.2, "Profile": 0.1, "Corrected": 0, "Pool": 2.2,
		"Text": 0.6, "Ask": 0.39, "AskSecond": 0, "Association": 5.12, "AskFocus": 0.5, "AskMismatch": 0.3,
		"CorrectsFocus": 0.6, "Corrects": 1.7, "Entity": 0.05, "Literal": 0.3, "Trigram": 0.2, "AskTrigram": 0.2,
		"Damping": 0.03, "Surface": 0.05, "AskSurface": 0.44, "Bigram": 0.02, "AskBigram": 0.34, "Proximity": 0.02,
		"Focus": 0.09, "EntityShare": 0.1, "LiteralShare": 0.2, "AnswerType": 0.45, "Key": 0.4, "Recency": 0.26,
	}
	wantCalibration := map[string]float64{
		"Bias": 2.69, "Score": 0.96, "Raw": -0.32, "Text": -2.03, "Ask": 1, "Covered": 0.01, "Trigram": 0.31,
		"Margin": -1.8, "Z": 10.46, "Rarest": -0.29, "Unknown": -3.64, "Entity": -0.09, "Literal": -0.18, "AskedFor": -0.6,
		"Pool": -1.18, "SoftPool": -1.57, "SoftAsk": -0.53, "Likelihood": -0.44, "SoftLikely": -0.24, "Focus": -1.01,
		"SoftFocus": -0.17, "Unmet": -5.39, "UnmetText": -2.64, "UnmetAsk": 1.51, "UnmetRarest": 1.18, "Attribute": -1.34,
		"Off": -2.28, "Strange": 2.81, "Asked": -0.87, "Repaired": 3.59, "Vague": -4.8, "Met": -3.18,
		"PolarityOfWords": -1.44, "PolarityOfConcepts": -0.77, "Answer": 0.66, "Offer": 0.52,
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
