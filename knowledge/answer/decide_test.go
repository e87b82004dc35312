package answer_test

import (
	"testing"

	"enlace/knowledge"
)

func TestWhatNoFactNamesIsNotAnswered(t *testing.T) {
	s := serve(shipped(t))
	for _, q := range []string{
		"who is the president of the united states", "Quién es el presidente de Estados Unidos?", "What is the capital of Ecuador?", "who is Rafael Correa",
		"who is Fito's brother", "quien es el hermano de fito", "who is the US ambassador to Ecuador", "who is the CEO of Boeing",
		"Noboa es narco?", "is reimberg a criminal", "quién es el líder de Los Lobos", "who is the leader of los lobos", "cuántos policías tiene la Policía Nacional del Ecuador",
	} {
		if a := ask(s, q); !a.Abstained {
			t.Errorf("%q: %q", q, a.Text)
		}
	}
	for q, want := range map[string]knowledge.FactID{
		"who is the president of Ecuador": "people-and-bodies-noboa", "who is Daniel Noboa": "people-and-bodies-noboa", "who is the interior minister": "people-and-bodies-reimberg",
		"Who Signed The Memorandum": "mou-who-signed", "WHO SIGNED THE MEMORANDUM": "mou-who-signed", "¿quién es Kristi Noem?": "people-and-bodies-noem",
	} {
		if got := cited(ask(s, q)); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %v, want %s", q, got, want)
		}
	}
}

func TestAnUnsureAnswerIsOneFact(t *testing.T) {
	s := serve(shipped(t))
	if got := cited(ask(s, "how good did he have it inside before he split")); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
