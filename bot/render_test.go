package bot

import (
	"fmt"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

func date(s string) knowledge.Date {
	d, err := knowledge.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// made is an answer of n sentences, each with its own fact; text makes a sentence.
func made(l knowledge.Lang, n int, text func(i int) string) *knowledge.Answer {
	a := &knowledge.Answer{Language: l, Outcome: knowledge.Answered}
	for i := range n {
		id := knowledge.FactID(fmt.Sprint("fact-", i))
		a.Sentences = append(a.Sentences, knowledge.Sentence{Text: text(i), Citations: []knowledge.FactID{id}})
		a.Citations = append(a.Citations, knowledge.Citation{
			N: i + 1, ID: id, Status: knowledge.Official,
			Sources: []knowledge.CitedSource{{Publisher: "Port Gazette", URL: "https://gazette.example/x", Published: date("2024-03-05")}},
		})
		a.Text += text(i)
	}
	return a
}

func TestRenderIsPlainTextWithSources(t *testing.T) {
	a := made(knowledge.English, 1, func(int) string { return "It is 41 metres high." })
	a.Citations[0].Note = "As of *2024*."
	a.Citations[0].Sources = append(a.Citations[0].Sources, knowledge.CitedSource{Publisher: "Herald"})
	a.Text += " [1]\n(Last checked: 2020.)"
	want := `It is 41 metres high. [1]
-# [1] ✓ official · Port Gazette · <t:1709640000:D> · <https://gazette.example/x> · +1 more
-# ↳ Note: As of \*2024\*.
-# (Last checked: 2020.)`
	if got := Render(a); len(got) != 1 || got[0] != want {
		t.Errorf("%q", got)
	}
}

func TestRenderSplitsBetweenSentencesWithTheirSources(t *testing.T) {
	for _, filler := range []string{"word ", "palabra ñ ", "🙂 ", "*_~|` "} {
		a := made(knowledge.Spanish, 12, func(i int) string {
			return fmt.Sprintf("Frase %d empieza. ", i) + strings.TrimSpace(strings.Repeat(filler, 320/len(filler)))
		})
		parts := Render(a)
		if len(parts) < 2 {
			t.Fatalf("%q: %d parts", filler, len(parts))
		}
		for _, part := range parts {
			if n := length(part); n > maxContent {
				t.Errorf("%q: a part of %d units", filler, n)
			}
			body, sources, _ := strings.Cut(part, "\n")
			for i := range 12 {
				mark := fmt.Sprintf("[%d]", i+1)
				if strings.Contains(body, " "+mark) != strings.Contains(sources, "-# "+mark+" ") {
					t.Errorf("%q: %s is apart from its source:\n%s", filler, mark, part)
				}
				if strings.Contains(body, fmt.Sprintf("Frase %d empieza", i)) != strings.Contains(body, " "+mark) {
					t.Errorf("%q: sentence %d is apart from its mark:\n%s", filler, i, part)
				}
			}
		}
	}
}

func TestRenderCutsWhatNoMessageCanHold(t *testing.T) {
	a := made(knowledge.English, 1, func(int) string { return strings.Repeat("**word** ", 900) })
	parts := Render(a)
	if len(parts) < 2 || len(parts) > maxParts {
		t.Fatalf("%d parts", len(parts))
	}
	for _, part := range parts {
		if length(part) > maxContent || !strings.Contains(part, " [1]\n-# [1] ") {
			t.Errorf("%d units: %q…", length(part), part[:50])
		}
	}
	if !strings.Contains(parts[len(parts)-1], wordShort.EN) {
		t.Error("it is not said that there is more")
	}
}

func TestStatusMarksAreComplete(t *testing.T) {
	for _, s := range knowledge.Statuses {
		if statusMarks[s].EN == "" || statusMarks[s].ES == "" {
			t.Errorf("%s has no mark", s)
		}
	}
}

func TestTimestampsShowTheDayEverywhere(t *testing.T) {
	for in, want := range map[string]string{"2025-07-31": "<t:1753963200:D>", "2025-07": "julio de 2025", "2025": "2025", "1961-06-02": "2 de junio de 1961"} {
		if got := timestamp(date(in), knowledge.Spanish); got != want {
			t.Errorf("%s: %q", in, got)
		}
	}
	if got := timestamp(knowledge.Date{}, knowledge.Spanish); got != "" {
		t.Errorf("no date: %q", got)
	}
}

func TestLinkTakesWebAddressesOnly(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.dhs.gov/news/2025?a=b#c":         "<https://www.dhs.gov/news/2025?a=b#c>",
		"http://example.org":                          "<http://example.org>",
		"https://es.wikipedia.org/wiki/Daniel_(Fito)": "<https://es.wikipedia.org/wiki/Daniel_(Fito)>",
		"https://example.org/ñ":                       "<https://example.org/%C3%B1>",
		"https://example.org/a>b":                     "<https://example.org/a%3Eb>",
		"https://dhs.gov@evil.example/":               "",
		"javascript:alert(1)":                         "",
		"discord://x":                                 "",
		"https://dhs.gоv/":                            "", // a Cyrillic o
		"https:///x":                                  "",
		"https://e.org/" + strings.Repeat("x", 600):   "",
		"": "",
	} {
		if got := Link(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestEveryOutcomeHasItsTextInBothLanguages(t *testing.T) {
	texts := map[string]knowledge.Outcome{}
	for _, o := range knowledge.Outcomes {
		if o == knowledge.Answered {
			continue
		}
		for _, l := range []knowledge.Lang{knowledge.English, knowledge.Spanish} {
			text := renderText(answer.OutcomeText(o, l, []string{"Topic"}, 500))[0].Content
			if before, ok := texts[text]; ok || text == "" {
				t.Errorf("%s in %s: %q, like %s", o, l, text, before)
			}
			texts[text] = o
		}
	}
}

// FuzzRender: whatever the facts say, no message is too long or has anything active in it but what the bot put there.
func FuzzRender(f *testing.F) {
	f.Add("A sentence.", "Publisher", "https://a.example/x", "note", uint8(3), uint8(1))
	f.Add("@everyone **x** [a](https://evil)", "＠here", "https://a@b/", "\n# x", uint8(40), uint8(30))
	f.Fuzz(func(t *testing.T, text, publisher, link, note string, n, times uint8) {
		a := made(knowledge.English, 1+int(n)%20, func(i int) string { return strings.Repeat(text, 1+int(times)%60) })
		for i := range a.Citations {
			a.Citations[i].Note, a.Citations[i].Sources[0].Publisher, a.Citations[i].Sources[0].URL = note, publisher, link
		}
		parts := Render(a)
		if len(parts) == 0 || len(parts) > maxParts {
			t.Fatalf("%d parts", len(parts))
		}
		for _, part := range parts {
			if length(part) > maxContent {
				t.Fatalf("%d units", length(part))
			}
			for line := range strings.SplitSeq(part, "\n") {
				if bad := inert(Escape(line)); bad != "" {
					t.Fatalf("%q", line)
				}
				if strings.Contains(line, "@everyone") && !strings.Contains(line, `\@everyone`) {
					t.Fatalf("%q", line)
				}
			}
		}
	})
}
