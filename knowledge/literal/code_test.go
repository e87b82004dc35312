package literal

import (
	"strings"
	"testing"

	"enlace/knowledge"
)

func TestCodesAreTheDigitsThatAreNoLiterals(t *testing.T) {
	for _, c := range []struct {
		l    knowledge.Lang
		text string
		want string
	}{
		{knowledge.English, "report GAO-17-216 of 2017 on 3 men", "GAO-17-216"},
		{knowledge.English, "case 25-114 (FB), filed July 1, 2025", "25-114"},
		{knowledge.English, "Covid-19 and F1, 24/7.", "Covid-19|F1|24/7"},
		{knowledge.English, "call 1-800-555-1234.", "1-800-555-1234"},
		{knowledge.Spanish, "El ECU 911 y la MS-13 el 31 de julio", "911|MS-13"},
		{knowledge.Spanish, "18 meses", ""},
	} {
		var got []string
		for _, s := range Codes(c.text, c.l) {
			got = append(got, c.text[s.Start:s.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("Codes(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSpansHoldApproximatorWeekdayAndUnit(t *testing.T) {
	for _, c := range []struct {
		l          knowledge.Lang
		text, want string
	}{
		{knowledge.English, "after about 17 months at large", "about 17 months"},
		{knowledge.English, "on Thursday, July 31, 2025, in Quito", "Thursday, July 31, 2025"},
		{knowledge.English, "gave $13.5 million in aid", "$13.5 million"},
		{knowledge.English, "under Article 79 of it", "79"},
		{knowledge.Spanish, "tras unos 17 meses prófugo", "unos 17 meses"},
		{knowledge.Spanish, "de más de diez horas y", "más de diez horas"},
		{knowledge.Spanish, "el jueves 31 de julio de 2025 en Quito", "jueves 31 de julio de 2025"},
		{knowledge.Spanish, "poco después de las 2 de la tarde y", "2 de la tarde"},
	} {
		x := one(t, c.text, c.l)
		if got := c.text[x.Start:x.End]; got != c.want {
			t.Errorf("span in %q is %q, want %q", c.text, got, c.want)
		}
	}
}
