package wording

import (
	"slices"
	"strings"
	"testing"

	"enlace/knowledge"
)

func TestFindGivesPlacesInOrder(t *testing.T) {
	const text = "Según la Fiscalía, habría firmado unos 17 convenios."
	at := -1
	for _, m := range Find(text, knowledge.Spanish) {
		if text[m.Start:m.End] != m.Text || m.Start < at {
			t.Errorf("match %+v after byte %d", m, at)
		}
		at = m.Start
	}
	var got []string
	for _, m := range Find(text, knowledge.Spanish, Allegation, Approximator) {
		got = append(got, m.Class.String()+" "+m.Text)
	}
	want := []string{"allegation Según la", "allegation habría", "approximator unos"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFindTakesTheLongestEntryOnce(t *testing.T) {
	m := Find("A guilty plea, not a not-guilty plea.", knowledge.English, LegalStage)
	if len(m) != 2 || m[0].Stage != PleadedGuilty || m[1].Stage != PleadedNotGuilty || m[1].Text != "not-guilty plea" {
		t.Errorf("got %+v", m)
	}
}

func TestFindCrossesNoPunctuation(t *testing.T) {
	if m := Find("As a rule. Result in hand", knowledge.English, Causal); m != nil {
		t.Errorf("got %+v", m)
	}
	if Has("Some left. Then others came", knowledge.English, Dispute) {
		t.Error("a gap passes the end of the sentence")
	}
}

func TestFindInNothing(t *testing.T) {
	if m := Find("", knowledge.English); m != nil {
		t.Errorf("got %+v", m)
	}
}

// entries calls f for every phrase of every list.
func entries(f func(l knowledge.Lang, c Class, s Stage, entry, phrase string)) {
	each := func(l knowledge.Lang, c Class, s Stage, list string) {
		for entry := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
			if entry = strings.TrimSpace(entry); entry != "" {
				for _, phrase := range expand(entry) {
					f(l, c, s, entry, phrase)
				}
			}
		}
	}
	for c := range classCount {
		each(knowledge.English, c, NoStage, english[c])
		each(knowledge.Spanish, c, NoStage, spanish[c])
	}
	for s, r := range ladder {
		for _, w := range []words{r.en, {told: r.en.named}} {
			each(knowledge.English, LegalStage, Stage(s), w.told)
		}
		for _, w := range []words{r.es, {told: r.es.named}} {
			each(knowledge.Spanish, LegalStage, Stage(s), w.told)
		}
	}
}

func TestEntriesAreWellFormed(t *testing.T) {
	known := []string{"<n>", "<q>", "<w>", "<pp>", "<gap>", "<future>", "<conditional>"}
	entries(func(l knowledge.Lang, c Class, s Stage, entry, phrase string) {
		if strings.ContainsAny(phrase, "()|") {
			t.Errorf("%s, %v %v: %q has an open group", l, c, s, entry)
		}
		for i, part := range strings.Fields(strings.TrimPrefix(phrase, "!")) {
			if part[0] == '<' && !slices.Contains(known, part) {
				t.Errorf("%s, %v %v: %q asks for the unknown %s", l, c, s, entry, part)
			}
			if strings.Contains(part[1:], "!") || i == 0 && part == "<gap>" {
				t.Errorf("%s, %v %v: %q cannot match", l, c, s, entry)
			}
		}
	})
}

// sample fills the placeholders of a phrase.
var sample = strings.NewReplacer("<n>", "12", "<q>", "12", "<w>", "xyz", "<pp>", "firmado", "<gap>", "xyz", "<future>", "firmará",
	"<conditional>", "firmaría", "=", "", "~n't", "didn't", "~'ll", "she'll", "~'d", "she'd")

func TestEveryEntryFindsItself(t *testing.T) {
	entries(func(l knowledge.Lang, c Class, s Stage, entry, phrase string) {
		blocked := strings.HasPrefix(phrase, "!")
		text := sample.Replace(strings.TrimPrefix(phrase, "!"))
		found := slices.ContainsFunc(Find(text, l, c), func(m Match) bool { return m.Stage == s && m.Start == 0 })
		if found == blocked {
			t.Errorf("%s, %v %v: entry %q, found in %q: %v", l, c, s, entry, text, found)
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"some x others", "not guilty", "habría $ 12", "unos otros. otros", "<gap> !", "’s n't", "\xff no"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range knowledge.Langs {
			for _, m := range Find(text, l) {
				if m.Start < 0 || m.Start >= m.End || m.End > len(text) || text[m.Start:m.End] != m.Text {
					t.Fatalf("%q: match %+v", text, m)
				}
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for l, text := range map[knowledge.Lang]string{
		knowledge.English: "Prosecutors allege that Macías Villamar, who was extradited on July 20, 2025, led the gang for about 10 years.",
		knowledge.Spanish: "José Adolfo Macías Villamar, alias Fito, fue recapturado en Manabí el 25 de junio de 2025, tras unos 17 meses prófugo.",
	} {
		b.Run(string(l), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Find(text, l)
			}
		})
	}
}
