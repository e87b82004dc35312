package lang

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestSentences(t *testing.T) {
	for name, want := range map[string][]string{
		"plain":                     {"He signed it.", "She did not!", "Did they?", "Yes."},
		"Spanish marks":             {"¿Quién firmó?", "¡Nadie lo sabe!", "Fue en Quito."},
		"U.S. before a name":        {"The U.S. Department of Justice said so.", "It was July."},
		"U.S. before an opener":     {"He was sent to the U.S.", "The trial began later."},
		"EE. UU. inside":            {"Fue entregado a EE. UU. para ser juzgado.", "Llegó el domingo."},
		"EE. UU. at the end":        {"Fue extraditado a EE. UU.", "El juicio sigue."},
		"EE.UU. before a name":      {"Lo dijo EE.UU. Kristi Noem lo firmó y voló."},
		"D.C.":                      {"They met in Washington, D.C. in July.", "No text is public."},
		"titles":                    {"El Sr. Reimberg y la Dra. Peña hablaron.", "Mr. Noboa left."},
		"articles of law":           {"Lo dice el art. 79 de la Constitución.", "Y el Art. 80 no."},
		"numbers":                   {"It cost $13.5 million.", "No. 7 was third.", "In 2025.", "Then 1.234,5 más."},
		"no as an answer":           {"No.", "He did not sign."},
		"initials":                  {"United States v. Macías is a case.", "J. A. Macías left.", "George W. Bush came."},
		"times":                     {"It began at 2 p.m. on Monday.", "He spoke at 3 p.m.", "The court rose."},
		"quote closed before space": {"He said \"it is over.\"", "Then he left."},
		"quote with attribution":    {"\"Is it over?\" he asked.", "“Sí.” dijo ella."},
		"Spanish quotation":         {"Dijo: «Es así.»", "Luego calló."},
		"ellipsis":                  {"Well... it depends.", "Wait…", "Now."},
		"bullets":                   {"The parts:", "- the officer", "- the data", "1. First part", "2. Second part"},
		"headline":                  {"Fito is extradited", "He arrived on Sunday."},
		"chat":                      {"who signed?", "when?", "he was arrested.", "then what"},
		"months":                    {"It was Jul. 31 and Aug. 1.", "He left in Sept.", "He came back."},
		"etc.":                      {"Armas, drogas, etc. son delitos.", "Y más, etc.", "El resto no."},
		"words like abbreviations":  {"He likes art.", "It joined us.", "Noem left for Gen. Reyes."},
		"brackets":                  {"He left (it is said).", "She stayed (so they say.)", "End."},
	} {
		text := strings.Join(want, " ")
		if name == "bullets" || name == "headline" {
			text = strings.Join(want, "\n")
		}
		if got := Sentences(text); !slices.Equal(got, want) {
			t.Errorf("%s: got\n  %s\nwant\n  %s", name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}

func TestSentencesKeepsWrappedLinesTogether(t *testing.T) {
	for _, text := range []string{
		"The memorandum was signed in the\nCarondelet palace.",
		"The memorandum was signed\nin Quito by two ministers.",
		"Signed by Noem,\nReimberg and others.",
	} {
		if got := Sentences(text); len(got) != 1 {
			t.Errorf("%q is split: %q", text, got)
		}
	}
	if got := Sentences("One line\n\nanother line"); len(got) != 2 {
		t.Errorf("an empty line does not split: %q", got)
	}
	if got := Sentences(" \n\t"); got != nil {
		t.Errorf("white space has sentences: %q", got)
	}
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{"", "A. B. C", "U.S. The", "«¿Qué?» dijo.\n- a\n1. b", "…\"'", "x.\u2028y", "no. 7", "\xff. A"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Sentences(text)
		if a, b := withoutSpace(strings.Join(got, " ")), withoutSpace(text); a != b {
			t.Errorf("text lost: %q became %q", b, a)
		}
		for _, s := range got {
			if s == "" || s != strings.TrimSpace(s) {
				t.Errorf("sentence %q is not trimmed", s)
			}
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	text := strings.Repeat("The U.S. said so on Jul. 31. El Sr. Reimberg firmó en Quito. ", 5)
	b.ReportAllocs()
	for b.Loop() {
		Sentences(text)
	}
}
