package answer_test

import (
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
)

func TestSmallTalkIsAnsweredInKind(t *testing.T) {
	s := serve(shipped(t))
	for _, x := range []struct {
		text, want string
		lang       knowledge.Lang
	}{
		{"Hello!", "Hello!", "en"}, {"thank you so much", "welcome", "en"}, {"bye", "Goodbye", "en"},
		{"¡Buenos días!", "Hola", "es"}, {"muchas gracias :)", "gusto", "es"}, {"hasta luego", "Hasta luego", "es"},
	} {
		a := s.Answer(t.Context(), knowledge.Question{Text: x.text})
		if a.Outcome != knowledge.OffTopic || a.Language != x.lang || !strings.Contains(a.Text, x.want) {
			t.Errorf("%q: %s %s %q, want %q", x.text, a.Outcome, a.Language, a.Text, x.want)
		}
	}
	if a := s.Answer(t.Context(), knowledge.Question{Text: "thanks, but who signed the memorandum?"}); a.Outcome != knowledge.Answered {
		t.Errorf("a polite question ends in %s", a.Outcome)
	}
}

func TestAConversationCanAskForSourcesAndMore(t *testing.T) {
	b := shipped(t)
	s := serve(b)
	for _, x := range []struct {
		lang                 knowledge.Lang
		first, source, again string
	}{{"en", "who signed the memorandum?", "says who?", "tell me more"}, {"es", "¿quién firmó el memorando?", "¿y la fuente?", "cuéntame más"}} {
		first := ask(s, x.first)
		if first.Outcome != knowledge.Answered {
			t.Fatalf("%q ends in %s", x.first, first.Outcome)
		}
		history := []knowledge.Turn{{Question: x.first, Answer: first.Text}}
		source := ask(s, x.source, history...)
		if source.Outcome != knowledge.Answered || !slices.Equal(sorted(cited(source)), sorted(cited(first))) || source.Language != x.lang {
			t.Errorf("%q cites %v in %s, the answer %v", x.source, cited(source), source.Language, cited(first))
		}
		history = append(history, knowledge.Turn{Question: x.source, Answer: source.Text})
		for range 2 { // and again
			more := ask(s, x.again, history...)
			if more.Outcome != knowledge.Answered || len(cited(more)) == 0 {
				t.Fatalf("%q after %q ends in %s", x.again, x.first, more.Outcome)
			}
			for _, id := range cited(more) {
				if text := b.Fact(id).Text.In(x.lang); slices.ContainsFunc(history, func(turn knowledge.Turn) bool { return strings.Contains(turn.Answer, text) }) {
					t.Errorf("%q tells %s again", x.again, id)
				}
			}
			history = append(history, knowledge.Turn{Question: x.again, Answer: more.Text})
		}
	}
	if a := ask(s, "says who?"); a.Outcome == knowledge.Answered {
		t.Errorf("without a conversation it cites %v", cited(a))
	}
}

func sorted(ids []knowledge.FactID) []knowledge.FactID { return slices.Sorted(slices.Values(ids)) }
