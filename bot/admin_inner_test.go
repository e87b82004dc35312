package bot

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

func TestAnExportHasAtMostItsBytes(t *testing.T) {
	records := func(n int) iter.Seq2[record, error] {
		return func(yield func(record, error) bool) {
			for i := range n {
				if !yield(record{i, strings.Repeat("x", 100)}, nil) {
					return
				}
			}
		}
	}
	for _, format := range []string{formatCSV, formatJSON} {
		file, lines, left, err := fileOf(records(1000), []string{"n", "text"}, format, 5000)
		if err != nil || len(file) > 5000 || lines+left != 1000 || lines < 30 || !strings.Contains(string(file), "999") {
			t.Errorf("%s: %d bytes, %d lines, %d left out, %v", format, len(file), lines, left, err)
		}
		if format == formatCSV && !strings.HasPrefix(string(file), "n,text\n") {
			t.Errorf("no heading: %.20s", file)
		}
	}
	_, _, _, err := fileOf(func(yield func(record, error) bool) { yield(nil, errors.New("out of order")) }, nil, formatCSV, 10)
	if err == nil {
		t.Error("an error is not told")
	}
}

func TestGroupsAreTheSameWhateverTheOrder(t *testing.T) {
	var poors []poor
	for i, text := range []string{
		"Who painted the pier?", "who painted the PIER", "When was the pier painted?", "Who owns the crane?", "¿Quién pintó el muelle?", "quién pintó el muelle", "Who paints piers?", "¿?", "…",
	} {
		a := state.Answer{ID: fmt.Sprint(i), Asked: text, At: time.Unix(int64(i), 0)}
		a.Answer.Outcome = knowledge.NoMatch
		poors = append(poors, poor{answer: a})
	}
	show := func(list []*gap) (out []string) {
		for _, g := range list {
			out = append(out, fmt.Sprintf("%d %s", g.weight, strings.Join(g.keys, " ")))
		}
		return out
	}
	first, _ := grouped(poors)
	if first[0].weight != 4 || first[1].weight != 2 {
		t.Errorf("groups %v", show(first))
	}
	for i := range poors {
		turned := append(append([]poor{}, poors[i:]...), poors[:i]...)
		if again, _ := grouped(turned); fmt.Sprint(show(again)) != fmt.Sprint(show(first)) {
			t.Errorf("turned by %d: %v, want %v", i, show(again), show(first))
		}
	}
}

func TestAPageOfGapsFits(t *testing.T) {
	b, err := New(Options{Answerer: &script{}, Settings: Settings{AdminUsers: []string{"ana"}}})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for i := range 60 {
		a := state.Answer{ID: fmt.Sprint(i), Guild: strings.Repeat("1", 20), Channel: strings.Repeat("2", 20), Messages: []string{strings.Repeat("3", 20)}, At: now}
		a.Asked = fmt.Sprintf("%c %s", 'a'+i/6, strings.Repeat(string(rune('a'+i/6))+"*_~ ", 60+i%6))
		a.Answer.Outcome = knowledge.NoMatch
		if err := b.store.PutAnswer(t.Context(), now, a); err != nil {
			t.Fatal(err)
		}
	}
	u := use{user: "ana", lang: knowledge.Spanish, event: &discordgo.Interaction{}}
	for page := range 4 {
		p := b.gapsAt(t.Context(), u, page, wordDismissed.In(u.lang)).parts[0]
		if n := length(p.Content); n > maxContent || n < 500 || !strings.HasSuffix(p.Content, wordDismissed.In(u.lang)) {
			t.Errorf("page %d has %d characters:\n%s", page, n, p.Content)
		}
	}
}

// TestCorrectionsFit puts corrections under messages of every length: nothing grows beyond what Discord takes, and no source is lost.
func TestCorrectionsFit(t *testing.T) {
	long := strings.Repeat("The lighthouse is said to be higher than anybody knew before. ", 40)
	for _, texts := range [][]string{{"short"}, {long}, {long, long, long}, {"", "a", long}} {
		var lines []correctionLine
		for i, text := range texts {
			lines = append(lines, correctionLine{"-# ✎ Corrected <t:1753962345:D>: ", fmt.Sprintf("[%d]", i+1), " now reads", text})
		}
		for n := 0; n <= maxContent-120; n += 7 {
			sources := "-# [1] ✓ official · Port Gazette · <https://gazette.example.org/2024/harbour>"
			content := strings.TrimSpace(strings.Repeat("word ", n/5)) + " [1]\n" + sources
			got := appendCorrections(content, lines)
			if length(got) > maxContent {
				t.Fatalf("%d characters from %d", length(got), n)
			}
			if !strings.Contains(got, "\n"+sources+"\n") {
				t.Fatalf("the sources are not whole from %d:\n%s", n, got)
			}
			for i := range texts {
				if !strings.Contains(got[strings.LastIndex(got, sources):], fmt.Sprintf("[%d]", i+1)) {
					t.Fatalf("correction %d is missing from %d:\n%s", i+1, n, got)
				}
			}
		}
	}
}

func TestCorrectionLinesSayWhatChanged(t *testing.T) {
	was := knowledge.Fact{ID: "height", Text: knowledge.Text{EN: "It is *41* metres high.", ES: "Mide 41 metros."}, Status: knowledge.Official}
	at := time.Unix(1753962345, 0)
	for _, c := range []struct {
		lang knowledge.Lang
		now  state.Correction
		want string
	}{
		{"en", state.Correction{Now: knowledge.Text{EN: "It is @43 metres high."}, Status: knowledge.Official}, "[1] now reads: It is \\@43 metres high."},
		{"es", state.Correction{Now: knowledge.Text{ES: "Mide 43 metros."}, Status: knowledge.Disputed}, "[1] ahora dice (≠ en disputa): Mide 43 metros."},
		{"en", state.Correction{Now: was.Text, Status: knowledge.Disputed}, "[1] is now ≠ disputed"},
		{"en", state.Correction{Reason: "It *fell*."}, "[1] withdrawn: It \\*fell\\*."},
		{"es", state.Correction{}, "[1] retirado"},
		{"es", state.Correction{Now: knowledge.Text{EN: "It is 43 metres high."}, Status: knowledge.Official}, "[1] ahora dice: It is 43 metres high."},
	} {
		c.now.Fact, c.now.At = "height", at
		a := state.Answer{Cited: []state.Cited{{Fact: was}}, Corrections: []state.Correction{c.now}}
		a.Answer = knowledge.Answer{Language: c.lang, Citations: []knowledge.Citation{{N: 1, ID: "height"}}}
		got := withCorrections([]string{"x [1]\n-# [1] ✓", "y"}, &a)
		word := map[knowledge.Lang]string{"en": "Corrected", "es": "Corregido"}[c.lang]
		if want := "x [1]\n-# [1] ✓\n-# ✎ " + word + " <t:1753962345:D>: " + c.want; got[0] != want || got[1] != "y" {
			t.Errorf("got  %q\nwant %q", got[0], want)
		}
	}
}

func TestAroundShowsTheDifference(t *testing.T) {
	same := strings.Repeat("the same words go on ", 10)
	for _, c := range [][2]string{{same + "old end", same + "new end"}, {same + "día", same + "día y noche"}, {same, same + "more"}, {"short", "shorter"}, {same + "ñandú", same + "ñu"}} {
		for _, s := range []string{around(c[0], c[1], 50), around(c[1], c[0], 50)} {
			if n := len([]rune(s)); n > 52 || strings.ContainsRune(s, '�') {
				t.Errorf("%q has %d characters", s, n)
			}
		}
	}
	if got := around(same+"old end", same+"new end", 50); !strings.HasPrefix(got, "…") || !strings.Contains(got, "old end") {
		t.Errorf("%q", got)
	}
}

// TestCorrectionsFitUnderEveryKindOfMessage puts a correction under full messages whose first line is short, as those of summaries and
// facts are.
func TestCorrectionsFitUnderEveryKindOfMessage(t *testing.T) {
	line := correctionLine{"-# ✎ Corregido <t:1753962345:D>: ", "[1]", " ahora dice", "El faro mide 43 metros de alto."}
	source := "-# [1] ✓ oficial · Port Gazette · <https://gazette.example.org/2024/harbour>"
	for n := 1700; n <= maxContent; n++ {
		for _, head := range []string{"**Resumen: El faro**", "**Hecho** `lighthouse-height` · El faro"} {
			content := head + "\n- " + strings.Repeat("palabra ", 60) + "\n- " + strings.Repeat("palabra ", 80) + "[1]\n"
			content += strings.Repeat("x", max(0, n-length(content)-length(source)-1)) + "\n" + source
			got := appendCorrections(content, []correctionLine{line})
			if length(got) > maxContent || !strings.HasPrefix(got, head+"\n") || !strings.Contains(got, "\n"+source+"\n-# ✎ Corregido") || strings.Contains(got, "\n\n") {
				t.Fatalf("%d characters of %d:\n%s", length(got), n, got)
			}
		}
	}
	if got := shortened(strings.Repeat("-# [1] <https://gazette.example.org/>\n", 60), 500); length(got) > 500 {
		t.Errorf("sources alone: %d characters", length(got))
	}
}
