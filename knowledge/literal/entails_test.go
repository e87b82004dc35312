package literal

import (
	"testing"

	"enlace/knowledge"
)

// one returns the only literal of a text.
func one(t *testing.T, text string, l knowledge.Lang) Literal {
	t.Helper()
	xs := Parse(text, l)
	if len(xs) != 1 {
		t.Fatalf("Parse(%q, %s) = %v, want one literal", text, l, shown(xs))
	}
	return xs[0]
}

func TestLiteralsOfBothLanguagesAreEqual(t *testing.T) {
	for _, pair := range [][2]string{
		{"two p.m.", "14:00"},
		{"2 p.m.", "las 2 de la tarde"},
		{"seven counts", "siete cargos"},
		{"54 to 45", "54 votos a 45"},
		{"seven votes to three", "siete votos contra tres"},
		{"$13.5 million", "13,5 millones de dólares"},
		{"1 billion", "mil millones"},
		{"1 trillion", "un billón"},
		{"1,600", "1.600"},
		{"the 1990s", "los años noventa"},
		{"the '90s", "la década de 1990"},
		{"July 31, 2025", "31 de julio de 2025"},
		{"7/31/2025", "31/7/2025"},
		{"mid-July 2025", "a mediados de julio de 2025"},
		{"December 7–8, 2022", "7 y 8 de diciembre de 2022"},
		{"in 2022–2024", "entre 2022 y 2024"},
		{"about 17 months", "unos 17 meses"},
		{"up to 300", "hasta 300"},
		{"over 272,000", "más de 272.000"},
		{"60.82 percent", "60,82 %"},
		{"Article 79", "el artículo 79"},
		{"count one", "cargo uno"},
		{"17 people", "17"},
		{"a year and a half", "un año y medio"},
		{"19th century", "siglo XIX"},
		{"9/11", "11-S"},
		{"Thursday, July 31", "31 de julio"},
	} {
		en, es := one(t, pair[0], knowledge.English), one(t, pair[1], knowledge.Spanish)
		if !en.Equal(es) || !Entails(en, es) && es.Weekday == 0 {
			t.Errorf("%q is %v and %q is %v, want equal literals", pair[0], en, pair[1], es)
		}
	}
}

func TestEditedLiteralsAreRefused(t *testing.T) {
	for _, pair := range [][2]string{
		{"1,600", "1,601"},
		{"two guards", "seven guards"},
		{"5 million", "5 billion"},
		{"1,200", "1.2"},
		{"18 months", "18 years"},
		{"5 million dollars", "5 million euros"},
		{"5 million dollars", "5 million"},
		{"60 percent", "60"},
		{"July 31, 2025", "July 30, 2025"},
		{"July 31, 2025", "June 30, 2025"},
		{"July 31, 2025", "July 31, 2024"},
		{"06/07/2025", "07/06/2025"},
		{"July 2025", "July 14, 2025"},
		{"2025", "July 2025"},
		{"July 31", "July 31, 2025"},
		{"the 1990s", "1994"},
		{"mid-July 2025", "July 15, 2025"},
		{"December 7–8, 2022", "December 7, 2022"},
		{"December 7–8, 2022", "December 7–9, 2022"},
		{"December 7, 2022", "December 7–8, 2022"},
		{"2022–2024", "2022"},
		{"about 1,600", "1,600"},
		{"1,600", "about 1,600"},
		{"about 2020", "2020"},
		{"more than ten hours", "less than ten hours"},
		{"up to 300", "at least 300"},
		{"nearly 50", "50"},
		{"54 to 45", "45 to 54"},
		{"54 to 45", "54 to 44"},
		{"10 to 20 years", "20 years"},
		{"second", "first"},
		{"article 79", "article 97"},
		{"article 79", "decree 79"},
		{"decree 98", "98 people"},
		{"2 p.m.", "2 a.m."},
		{"14:00", "14:30"},
		{"two thirds", "one third of"},
		{"one year", "two years"},
		{"July 31, 2025", "Wednesday, July 31, 2025"},
		{"Thursday, July 31, 2025", "Friday, July 31, 2025"},
		{"July 31", "Thursday, July 31"},
		{"mid-July 2025", "mid 2025"},
	} {
		fact := one(t, pair[0], knowledge.English)
		for _, claim := range Parse(pair[1], knowledge.English) {
			if Entails(fact, claim) {
				t.Errorf("Entails(%q, %q) = true for %v and %v", pair[0], pair[1], fact, claim)
			}
		}
		if len(Parse(pair[1], knowledge.English)) == 0 {
			t.Errorf("Parse(%q) has no literal: the edit would not be seen", pair[1])
		}
	}
}

func TestDatesMayLosePrecision(t *testing.T) {
	for _, pair := range [][2]string{
		{"July 31, 2025", "July 2025"},
		{"July 31, 2025", "2025"},
		{"July 31, 2025", "July 31"},
		{"July 31, 2025", "in July"},
		{"July 31, 2025", "Thursday, July 31, 2025"},
		{"July 31, 2025", "Thursday, July 31"},
		{"Thursday, July 31, 2025", "July 31, 2025"},
		{"July 2025", "2025"},
		{"mid-July 2025", "July 2025"},
		{"December 7–8, 2022", "December 2022"},
		{"December 7–8, 2022", "December 7–8"},
		{"around January 31, 2027", "around January 2027"},
		{"1994", "the 1990s"},
		{"May 3, 1994", "the 1990s"},
		{"early 1990s", "the 1990s"},
	} {
		fact, claim := one(t, pair[0], knowledge.English), one(t, pair[1], knowledge.English)
		if !Entails(fact, claim) {
			t.Errorf("Entails(%q, %q) = false for %v and %v", pair[0], pair[1], fact, claim)
		}
	}
}

func TestWrongWeekdayIsNoticed(t *testing.T) {
	for text, want := range map[string]bool{
		"Thursday, July 31, 2025": false, "Monday, July 31, 2025": true, "Sunday, July 20, 2025": false, "Monday, July 31": false, "July 31, 2025": false,
	} {
		if got := one(t, text, knowledge.English).WeekdayWrong(); got != want {
			t.Errorf("WeekdayWrong of %q = %v", text, got)
		}
	}
}

func TestDiff(t *testing.T) {
	for _, c := range []struct{ en, es, onlyEN, onlyES string }{
		{"On Thursday, July 31, 2025, two p.m.", "El 31 de julio de 2025, a las 14:00", "", ""},
		{"five and five", "cinco", "number 5", ""},
		{"60 days, 3 men", "tres hombres, 61 días", "number 60 day", "number 61 day"},
		{"in July 2025", "el 31 de julio de 2025", "date 2025-07", "date 2025-07-31"},
		{"July 30 and later August 2, 2025", "", "date --07-30; date 2025-08-02", ""},
		{"moved the hearing of 2022 to another of 2024", "de 2022 a 2024", "", ""},
		{"54 in favour, 45 against", "54 a 45", "", ""},
		{"from 5 to 9 guards", "5 guardias, luego 9 guardias", "", ""},
		{"about 5 guards", "5 guardias", "number about 5", "number 5"},
	} {
		en, es := Diff(Parse(c.en, knowledge.English), Parse(c.es, knowledge.Spanish))
		if shown(en) != c.onlyEN || shown(es) != c.onlyES {
			t.Errorf("Diff(%q, %q) = %q, %q, want %q, %q", c.en, c.es, shown(en), shown(es), c.onlyEN, c.onlyES)
		}
	}
}

func TestEachLiteralOfAFactWarrantsOne(t *testing.T) {
	for _, c := range []struct{ fact, claim, want string }{
		{"decrees 164 and 165", "decrees 164 and 165", ""},
		{"decrees 164 and 165", "decrees 165 and 164", ""},
		{"decrees 164 and 165", "decrees 165 and 165", "number decree 165"},
		{"held in 2013, 2023 and 2025", "held in 2013 and 2025", ""},
		{"held in 2013, 2023 and 2025", "held in 2025 and 2025", "date 2025"},
		{"in July 2025 and in 2024", "in July 2025 and in 2025", "date 2025"},
		{"on July 31, 2025, and July 30, 2025", "in July 2025 and on July 31, 2025", ""},
		{"", "18 months", "number 18 month"},
	} {
		got := shown(Unwarranted(Parse(c.fact, knowledge.English), Parse(c.claim, knowledge.English)))
		if got != c.want {
			t.Errorf("Unwarranted(%q, %q) = %q, want %q", c.fact, c.claim, got, c.want)
		}
	}
}
