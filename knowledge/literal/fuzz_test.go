package literal

import (
	"fmt"
	"testing"
	"time"

	"enlace/knowledge"
)

// checkParse fails the test where the spans of a text are not valid, in order and apart, or a literal contradicts itself.
func checkParse(t *testing.T, text string, l knowledge.Lang) []Literal {
	t.Helper()
	xs, end := Parse(text, l), 0
	for _, x := range xs {
		if x.Start < end || x.End <= x.Start || x.End > len(text) {
			t.Fatalf("%q: span %d–%d after %d of %d bytes", text, x.Start, x.End, end, len(text))
		}
		end = x.End
		if !x.Equal(x) || !Entails(x, x) && !x.WeekdayWrong() {
			t.Fatalf("%q: %v does not entail itself", text, x)
		}
		if x.Kind == Date && (x.Date == knowledge.Date{} || x.Date.Day > 0 && !valid(x.Date)) {
			t.Fatalf("%q: impossible date %v", text, x)
		}
		if x.Kind == Time && (x.Hour < 0 || x.Hour > 23 || x.Minute < 0 || x.Minute > 59) {
			t.Fatalf("%q: impossible time %v", text, x)
		}
		if x.String() == "" || x.Kind.String() == "" {
			t.Fatalf("%q: a literal without a name", text)
		}
	}
	return xs
}

// checkRoundTrip reads a full date back from what String writes and from both languages' usual forms.
func checkRoundTrip(t *testing.T, x Literal) {
	t.Helper()
	if x.Kind != Date || x.Range || x.Date.Year < 1800 || x.Date.Year > 2100 {
		return
	}
	forms := map[string]knowledge.Lang{x.Date.String(): knowledge.English, x.Date.String() + " ": knowledge.Spanish}
	if full(x.Date) {
		forms[x.Date.First().Format("January 2, 2006")] = knowledge.English
		forms[x.Date.First().Format("02/01/2006")] = knowledge.Spanish
	}
	for form, l := range forms {
		again := Parse(form, l)
		if len(again) != 1 || again[0].Date != x.Date {
			t.Fatalf("%v written as %q is read as %v", x.Date, form, again)
		}
	}
}

// checkNoGain fails where a claim that a fact entails has a part of a date that the fact has not.
func checkNoGain(t *testing.T, fact, claim Literal) {
	t.Helper()
	if !Entails(fact, claim) || claim.Kind != Date || claim.Equal(fact) {
		return
	}
	for _, part := range [][2]int{{fact.Date.Year, claim.Date.Year}, {int(fact.Date.Month), int(claim.Date.Month)}, {fact.Date.Day, claim.Date.Day}} {
		if part[1] != 0 && part[1] != part[0] {
			t.Fatalf("%v entails %v", fact, claim)
		}
	}
	if claim.Approx != fact.Approx && claim.Approx != Exact || claim.Approx == Exact && fact.Approx == About {
		t.Fatalf("%v entails %v", fact, claim)
	}
	if Entails(claim, fact) {
		t.Fatalf("%v and %v entail each other but are not equal", fact, claim)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		for _, l := range knowledge.Langs {
			xs := checkParse(t, text, l)
			for i, x := range xs {
				checkRoundTrip(t, x)
				for _, y := range xs[max(0, i-3):i] {
					checkNoGain(t, x, y)
					checkNoGain(t, y, x)
				}
			}
			if a, b := Diff(xs, xs); a != nil || b != nil {
				t.Fatalf("%q differs from itself: %v, %v", text, a, b)
			}
			end := 0
			for _, c := range Codes(text, l) {
				if c.Start < end || c.End <= c.Start || c.End > len(text) {
					t.Fatalf("%q: code %v after %d", text, c, end)
				}
				end = c.End
			}
		}
	})
}

// seeds returns texts that reach every reader.
func seeds() []string {
	return []string{
		"On Thursday, July 31, 2025, about 2:30 p.m., 54 to 45, over $13.5 million (60.82 percent) for 18 months since the 1990s",
		"El jueves 31 de julio de 2025, a las 14h00, 54 votos a 45, más de 13,5 millones de dólares (60,82 %) por 18 meses",
		"December 7–8, 2022; from about 2020 to 2025; 2/3 of; two-thirds; counts two, three and four; article 79; GAO-17-216; 24/7; 9/11",
		"del 5 al 6 de noviembre, entre el 5 y el 6, 11 mil 589, 6'261.740, mil millones, un año y medio, cargos dos, tres y cuatro, siglo XIX",
		"one-million-dollar 1,234.5 1.234,5 1.2.3 7/31 31.07.2025 '90s 200+ ~50 § 5 #5 N.º 98 §§ -- . - / 0 00 000 99999999999999999999",
	}
}

func TestEveryDayOfTwoYearsReadsBack(t *testing.T) {
	months := [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}
	for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
		want := knowledge.Date{Year: day.Year(), Month: day.Month(), Day: day.Day()}
		forms := map[string]knowledge.Lang{
			day.Format("Monday, January 2, 2006"): knowledge.English, day.Format("2 January 2006"): knowledge.English,
			day.Format("Jan 2, 2006"): knowledge.English, day.Format("1/2/2006"): knowledge.English, day.Format("2006-01-02"): knowledge.English,
			fmt.Sprintf("%d de %s de %d", day.Day(), months[day.Month()-1], day.Year()): knowledge.Spanish, day.Format("2/1/2006"): knowledge.Spanish,
		}
		for form, l := range forms {
			xs := Parse(form, l)
			if len(xs) != 1 || xs[0].Date != want || xs[0].WeekdayWrong() {
				t.Fatalf("Parse(%q, %s) = %q, want %v", form, l, shown(xs), want)
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	texts := seeds()[:2]
	b.SetBytes(int64(len(texts[0]) + len(texts[1])))
	b.ReportAllocs()
	var room []Literal
	var r Reader
	for b.Loop() {
		room = r.Append(room[:0], texts[0], knowledge.English)
		room = r.Append(room[:0], texts[1], knowledge.Spanish)
	}
	if len(room) < 6 {
		b.Fatalf("%d literals", len(room))
	}
}
