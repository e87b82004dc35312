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
		"SoftPool": 1.32, "SoftText": 0.09, "SoftAsk": 0.76, "SoftAskSecond": 0.01, "SoftFocus": 0.15, "Likely": 2,
		"Likelihood": 0.19, "SoftLikely": 0.58, "Saturation": 0.2, "Profile": 0.1, "Corrected": 0, "Pool": 1.78,
		"Text": 0.6, "Ask": 0.19, "AskSecond": 0, "Association": 5.2, "AskFocus": 0.5, "AskMismatch": 0.3,
		"CorrectsFocus": 0.6, "Corrects": 1.7, "Entity": 0.05, "Literal": 0.3, "Trigram": 0.2, "AskTrigram": 0,
		"Damping": 0.03, "Surface": 0.05, "AskSurface": 0.34, "Bigram": 0.02, "AskBigram": 0.35, "Proximity": 0.02,
		"Focus": 0, "EntityShare": 0.17, "LiteralShare": 0.24, "AnswerType": 0.45, "Key": 0.4, "Recency": 0.27,
	}
	wantCalibration := map[string]float64{
		"Bias": 4.89, "Score": 0.69, "Raw": -0.37, "Text": -1.29, "Ask": 3.06, "Covered": -1.54, "Trigram": 0.59,
		"Margin": -0.98, "Z": 7, "Rarest": 0.13, "Unknown": -3.56, "Entity": -0.46, "Literal": -0.36, "AskedFor": -0.53,
		"Pool": -3.77, "SoftPool": 0.86, "SoftAsk": -1.44, "Likelihood": -0.45, "SoftLikely": -0.38, "Focus": -2.52,
		"SoftFocus": -0.2, "Unmet": -5.37, "UnmetText": -2.9, "UnmetAsk": 0.62, "UnmetRarest": 1.01, "Attribute": -1.63,
		"Off": -3, "Strange": 2.34, "Asked": -0.99, "Repaired": 0.18, "Vague": -1.32, "Met": -3.84,
		"PolarityOfWords": -1.61, "PolarityOfConcepts": -1.15, "Answer": 0.47, "Offer": 0.21,
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
