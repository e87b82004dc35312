package search_test

import (
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

func TestWhatAQuestionAsksFor(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct {
		lang     knowledge.Lang
		question string
		want     search.Asked
	}{
		{"en", "who signed it", search.AskedWho},
		{"en", "how many charges", search.AskedHowMany},
		{"en", "how long is the sentence", search.AskedHowLong},
		{"en", "how did it happen", search.AskedHow},
		{"en", "what day was it", search.AskedWhen},
		{"en", "Did Noboa sign it?", search.AskedYesNo},
		{"en", "why was he moved", search.AskedWhy},
		{"en", "where is he now", search.AskedWhere | search.AskedNow},
		{"en", "what are the charges", search.AskedList},
		{"es", "¿Quién lo firmó?", search.AskedWho},
		{"es", "¿Por qué lo trasladaron?", search.AskedWhy},
		{"es", "cuánto tiempo dura", search.AskedHowLong},
		{"es", "cuántos cargos", search.AskedHowMany},
		{"es", "en qué fecha", search.AskedWhen},
		{"es", "dónde está ahora", search.AskedWhere | search.AskedNow},
		{"es", "¿Es cierto que firmó?", search.AskedYesNo},
		{"es", "memorando", 0},
	} {
		if got := ask(x, c.question, c.lang).Asked; got != c.want {
			t.Errorf("%q asks for %b, want %b", c.question, got, c.want)
		}
	}
}
