package search_test

import (
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/search"
)

func TestCuesNameWordsConceptsAndWhatIsMissing(t *testing.T) {
	r := ask(search.New(smallBase()), "what is the salary of judge block", "en")
	got := search.CuesOf(r)
	for _, want := range []string{search.CueBias, "^en:what", "en:what_is", "person-salary", "-person-salary", "what?person-salary"} {
		if !slices.Contains(got, want) {
			t.Errorf("no cue %s in %v", want, got)
		}
	}
	for _, c := range got {
		if c == "-en:what" || c == "-en:block" {
			t.Errorf("%s is a cue, though the fact has it or need not", c)
		}
	}
}

func TestChatIsReadAsWhatItMeans(t *testing.T) {
	x := search.New(smallBase())
	for _, c := range []struct{ lang, said, meant string }{
		{"en", "wen was the memorandum signed", "when was the memorandum signed"},
		{"en", "who signed teh memorandum", "who signed the memorandum"},
		{"es", "qando se firmo el memorando", "cuando se firmo el memorando"},
		{"es", "kien firmo el memorando", "quien firmo el memorando"},
	} {
		a, b := ask(x, c.said, knowledge.Lang(c.lang)), ask(x, c.meant, knowledge.Lang(c.lang))
		if a.Asked != b.Asked || ids(a)[0] != ids(b)[0] {
			t.Errorf("%q asks for %b and finds %v, %q for %b and %v", c.said, a.Asked, ids(a), c.meant, b.Asked, ids(b))
		}
	}
}
