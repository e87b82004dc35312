package literal

import (
	"strings"
	"testing"

	"enlace/knowledge"
)

// shown writes literals as the tables below do: kind and value, with the weekday where there is one.
func shown(literals []Literal) string {
	parts := make([]string, len(literals))
	for i, x := range literals {
		parts[i] = x.Kind.String() + " " + x.String()
		if x.Weekday != 0 {
			parts[i] += " " + [...]string{"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}[x.Weekday]
		}
	}
	return strings.Join(parts, "; ")
}

func runTable(t *testing.T, l knowledge.Lang, rows [][2]string) {
	t.Helper()
	for _, row := range rows {
		if got := shown(Parse(row[0], l)); got != row[1] {
			t.Errorf("Parse(%q, %s) = %q, want %q", row[0], l, got, row[1])
		}
	}
}

func TestReaderAllocatesNothingOnceWarm(t *testing.T) {
	var r Reader
	var room []Literal
	texts := seeds()
	parse := func() {
		for _, text := range texts[:2] {
			room = r.Append(room[:0], text, knowledge.English)
			room = r.Append(room[:0], text, knowledge.Spanish)
		}
	}
	if n := testing.AllocsPerRun(20, parse); n > 0 {
		t.Errorf("%v allocations for each run, want none", n)
	}
}

func TestMarksAndCaseOfTheInputDoNotMatter(t *testing.T) {
	for _, c := range []struct {
		l    knowledge.Lang
		a, b string
	}{
		{knowledge.Spanish, "el miércoles 30 de julio de 2025, más de veintidós años", "el miercoles 30 de julio de 2025, mas de veintidos anos"},
		{knowledge.Spanish, "mie\u0301rcoles 30 de julio", "MIÉRCOLES 30 DE JULIO"},
		{knowledge.English, "Wednesday, July 30, 2025, More Than Ten", "wednesday, july 30, 2025, more than ten"},
		{knowledge.English, "18\u00a0months", "18 months"},
		{knowledge.English, "2022–2024", "2022-2024"},
	} {
		if a, b := shown(Parse(c.a, c.l)), shown(Parse(c.b, c.l)); a != b || a == "" {
			t.Errorf("%q gives %q and %q gives %q", c.a, a, c.b, b)
		}
	}
}

func TestOtherDigitsAreNoNumbers(t *testing.T) {
	for _, text := range []string{"٣٤", "５０", "10²³x", "x\xff5", ""} {
		for _, x := range Parse(text, knowledge.English) {
			if text[x.Start] >= 0x80 {
				t.Errorf("Parse(%q) has %v", text, x)
			}
		}
	}
}
