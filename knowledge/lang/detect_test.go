package lang

import (
	"testing"

	"enlace/knowledge"
)

func TestDetectQuestions(t *testing.T) {
	for want, texts := range map[knowledge.Lang][]string{
		knowledge.English: {
			"did noboa sign it", "fito sentence?", "who leads los choneros", "WHO SIGNED IT", "noboa signed?", "and fito?",
			"what does convenio administrativo mean", "is the acuerdo legal", "how many counts", "fito guilty plea", "what is NTC",
			"extradition fito", "biometric data sharing", "tell me about Los Choneros", "recipe for lasagna", "weather quito",
			"whats the mou", "u know when he was caught", "Signed?", "The Los Angeles case", "who is el jefe de los choneros",
		},
		knowledge.Spanish: {
			"de q lo acusan los gringos", "quien firmo", "¿Quién firmó?", "q firmo noboa", "QUIEN FIRMO", "noboa firmo?", "y fito?",
			"cuantos cargos", "fecha juicio", "extradicion fito", "sentencia?", "hablame del acuerdo", "datos biometricos",
			"a que carcel lo mandaron", "xq lo extraditaron", "resumen", "firmaron algo?", "receta de ceviche", "ntc que es",
			"son extraditables los ecuatorianos", "quien firmo the agreement", "el MOU de Noem y Reimberg",
		},
	} {
		for _, text := range texts {
			if got, margin := Detect(text); got != want || margin <= 0 || margin > 1 {
				t.Errorf("Detect(%q) = %s, %.2f, want %s", text, got, margin, want)
			}
		}
	}
}

func TestDetectWithoutEvidenceIsUndecided(t *testing.T) {
	for _, text := range []string{
		"", "12345", "Noboa?", "Fito", "fito", "los choneros", "Los Choneros", "José Adolfo Macías Villamar", "Kristi Noem", "no", "?!",
		"Quito", "guayaquil", "DHS CBP", "\xff\xfe",
	} {
		if got, margin := Detect(text); got != knowledge.English || margin != 0 {
			t.Errorf("Detect(%q) = %s, %.2f, want en, 0", text, got, margin)
		}
	}
}

func TestDetectIsLessSureOfMixedText(t *testing.T) {
	_, pure := Detect("quien firmo el acuerdo")
	if _, mixed := Detect("quien firmo the agreement"); mixed >= pure {
		t.Errorf("margin %.2f for mixed text, %.2f for pure", mixed, pure)
	}
}

func BenchmarkDetect(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Detect("de q lo acusan los gringos en new york")
	}
}
