package search_test

import (
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/search"
)

// goOn asks a question after one that was answered by a fact; "" = by none.
func goOn(x *search.Index, before string, told knowledge.FactID, text string, l knowledge.Lang) *search.Result {
	said := search.Said{Question: before}
	if told != "" {
		said.Facts = []knowledge.FactID{told}
	}
	r := new(search.Result)
	x.Search(search.Query{Text: text, Lang: l, Depth: search.MaxDepth, After: []search.Said{said}}, r)
	return r
}

func TestQuestionsThatGoOnInAnyBase(t *testing.T) {
	x := search.New(smallBase())
	first := ids(ask(x, "who signed the memorandum", "en"))[0]
	for _, c := range []struct {
		text string
		lean search.Lean
	}{
		{"and for how long?", search.MustLean}, {"did he sign it", search.MustLean}, {"how long?", search.MustLean},
		{"in which room of the prison did Alejandro Dávalos hold the long hearing", search.StandsAlone},
	} {
		r := goOn(x, "who signed the memorandum", knowledge.FactID(first), c.text, "en")
		if r.Follow.Lean != c.lean {
			t.Errorf("%q leans %d, want %d", c.text, r.Follow.Lean, c.lean)
		}
		if searched := r.Searched != c.text; searched != (c.lean == search.MustLean) {
			t.Errorf("%q is searched as %q", c.text, r.Searched)
		}
	}
	if r := goOn(x, "", "", "how long?", "en"); r.Searched != "how long?" {
		t.Errorf("after nothing it is searched as %q", r.Searched)
	}
	if r := goOn(x, "what of it", "no-such-fact", "and then", "en"); r.Follow.Read {
		t.Errorf("there is nothing to go on from, and it is read with %q", r.Searched)
	}
}

func TestQuestionsThatGoOnInTheShippedBase(t *testing.T) {
	b, err := facts.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	x := search.New(b)
	for _, c := range []struct {
		before, told, text string
		lang               knowledge.Lang
		want               []string
	}{
		{"who signed the memorandum", "mou-who-signed", "and where?", "en", []string{"mou-place"}},
		{"who signed the memorandum", "mou-who-signed", "for how long", "en", []string{"mou-duration-18-months"}},
		{"quién firmó el memorando", "mou-who-signed", "¿y dónde?", "es", []string{"mou-place"}},
		{"quién firmó el memorando", "mou-who-signed", "por cuánto tiempo", "es", []string{"mou-duration-18-months"}},
		{"when was Fito recaptured", "extradition-recapture-date", "where did they find him", "en", []string{"extradition-recapture-place", "extradition-recapture-bunker"}},
	} {
		r := goOn(x, c.before, knowledge.FactID(c.told), c.text, c.lang)
		if !slices.Contains(c.want, ids(r)[0]) || r.Verdict == search.Abstain && r.Probability < 0.2 {
			t.Errorf("%q after %s finds %v (%.2f), want one of %v", c.text, c.told, ids(r)[:3], r.Probability, c.want)
		}
	}
	alone := ask(x, "how many votes did the question on extradition get in the referendum of 2024", "en")
	after := goOn(x, "who signed the memorandum", "mou-who-signed", "how many votes did the question on extradition get in the referendum of 2024", "en")
	if ids(after)[0] != ids(alone)[0] {
		t.Errorf("after another subject %s is found, alone %s", ids(after)[0], ids(alone)[0])
	}
}

func TestContextOfAClassifier(t *testing.T) {
	b := smallBase()
	of := func(said ...search.Said) []uint32 { return search.ClassifierContext(b, said, "en") }
	id := b.Facts[0].ID
	one := search.Said{Question: "who signed it", Facts: []knowledge.FactID{id}}
	if of() != nil {
		t.Error("nothing was said, and there is a context")
	}
	for name, other := range map[string][]search.Said{
		"another question": {{Question: "where was it opened", Facts: one.Facts}}, "another fact": {{Question: one.Question, Facts: []knowledge.FactID{b.Facts[1].ID}}},
		"no fact": {{Question: one.Question}}, "a turn before": {one, one},
	} {
		if slices.Equal(of(one), of(other...)) {
			t.Errorf("%s makes no difference", name)
		}
	}
	if !slices.IsSorted(of(one, one)) || len(slices.Compact(of(one, one))) != len(of(one, one)) {
		t.Error("features are not ascending")
	}
	if !slices.Equal(of(one, one), of(search.Said{Question: "long ago", Facts: one.Facts}, one, one)) {
		t.Error("more than two turns count")
	}
	of(search.Said{Question: "x", Facts: []knowledge.FactID{"gone"}}) // a fact of another version of the base
}

func TestFollowingIsReadAsItIsWritten(t *testing.T) {
	w := search.DefaultWeights().Following
	if w == nil {
		t.Fatal("there is no table (train it anew: go test ./knowledge/search/train -run Table -long -update)")
	}
	var text strings.Builder
	if err := w.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	again, err := search.ParseFollowing(text.String())
	if err != nil || *again != *w {
		t.Errorf("%v\n%+v\nwant\n%+v", err, again, w)
	}
	for _, broken := range []string{"", "rows 1 2", strings.Replace(text.String(), "bias", "base", 1), strings.Replace(text.String(), "mean", "mean x", 1)} {
		if _, err := search.ParseFollowing(broken); err == nil {
			t.Errorf("%.30q is read", broken)
		}
	}
}
