package lang

import (
	"sync"
	"testing"

	"enlace/knowledge"
)

func TestStemBringsFormsTogether(t *testing.T) {
	for l, groups := range map[knowledge.Lang][][]string{
		knowledge.Spanish: {
			{"país", "pais", "paises", "países"}, {"teoría", "teoria", "teorías", "teorias"}, {"también", "tambien"},
			{"además", "ademas"}, {"extradición", "extradicion", "extradiciones"}, {"policía", "policia", "policías", "policias"},
			{"inglés", "ingles", "ingleses"}, {"interés", "interes", "intereses"}, {"joven", "jóvenes", "jovenes"},
			{"mujer", "mujeres"}, {"líder", "lideres"}, {"juez", "jueces"}, {"enlace", "enlaces"}, {"crimen", "crímenes"},
			{"investigación", "investigaciones", "investigar", "investigado"}, {"organización", "organizaciones"},
			{"fiscal", "fiscales"}, {"mes", "meses"}, {"cárcel", "carceles"}, {"firmó", "firmo", "firmaron", "firmar"},
			{"acusado", "acusada", "acusan", "acusación"}, {"energía", "energias"}, {"después", "despues"},
		},
		knowledge.English: {
			{"agreement", "agreements"}, {"extradited", "extradite", "extraditing"}, {"said", "says", "say"}, {"fled", "flee"},
			{"officer", "officers"}, {"café", "cafes"}, {"Signed", "signing", "signs"},
		},
	} {
		for _, g := range groups {
			for _, w := range g[1:] {
				if a, b := Stem(g[0], l), Stem(w, l); a != b {
					t.Errorf("%s: %s has the stem %q, %s %q", l, g[0], a, w, b)
				}
			}
		}
	}
}

func TestStemKeepsWordsApart(t *testing.T) {
	for _, p := range [][2]string{{"policia", "politica"}, {"estacion", "estar"}, {"nacion", "nacer"}, {"oficial", "oficina"}} {
		if Stem(p[0], knowledge.Spanish) == Stem(p[1], knowledge.Spanish) {
			t.Errorf("%s and %s have one stem", p[0], p[1])
		}
	}
	if Stem("charge", knowledge.English) == Stem("change", knowledge.English) {
		t.Error("charge and change have one stem")
	}
}

func TestStemIsSafeForConcurrentUse(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if a, b := Stem("extradited", knowledge.English), Stem("paises", knowledge.Spanish); a != "extradit" || b != "pais" {
					t.Errorf("stems %q and %q", a, b)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestStopWords(t *testing.T) {
	for word, l := range map[string]knowledge.Lang{
		"who": "en", "the": "en", "not": "en", "no": "en", "don't": "en", "how": "en", "'s": "en", "did": "en",
		"quien": "es", "q": "es", "k": "es", "xq": "es", "porq": "es", "sin": "es", "cual": "es", "los": "es", "cuando": "es",
	} {
		if !IsStop(word, l) {
			t.Errorf("%s: %q is no stop word", l, word)
		}
	}
	for word, l := range map[string]knowledge.Lang{
		"us": "en", "may": "en", "noboa": "en", "state": "en", "estado": "es", "estados": "es", "sentido": "es", "acuerdo": "es",
	} {
		if IsStop(word, l) {
			t.Errorf("%s: %q is a stop word", l, word)
		}
	}
}

func TestListsAreFolded(t *testing.T) {
	for _, m := range []map[string]struct{}{stopEnglish, stopSpanish, questionEnglish, questionSpanish, neutral, titles, numbered, ordinary, maybeLast, openers, neverLast} {
		for w := range m {
			if Fold(w) != w {
				t.Errorf("%q can never match: write %q", w, Fold(w))
			}
		}
	}
	for w := range evidence {
		if Fold(w) != w || has(neutral, w) {
			t.Errorf("%q can never count", w)
		}
	}
}

func TestQuestionWords(t *testing.T) {
	if !IsQuestionWord("whats", knowledge.English) || !IsQuestionWord("xq", knowledge.Spanish) || IsQuestionWord("the", knowledge.English) {
		t.Error("question words are not told from others")
	}
}

func BenchmarkStem(b *testing.B) {
	for l, w := range map[knowledge.Lang]string{knowledge.English: "extraditing", knowledge.Spanish: "investigaciones"} {
		b.Run(string(l), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Stem(w, l)
			}
		})
	}
}
