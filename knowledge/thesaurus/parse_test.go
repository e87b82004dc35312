package thesaurus

import (
	"strings"
	"testing"

	"enlace/knowledge"
)

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a bad id", "Jail | en: jail | es: cárcel", `line 1: "Jail" is no concept id`},
		{"two concepts of one id", "a | en: b | es: c\na | en: d | es: e", "line 2: concept a exists already"},
		{"a missing language", "a | en: b", "line 1: 1 fields"},
		{"languages in the wrong order", "a | es: b | en: c", `field 2 must be "en:"`},
		{"an empty list", "a | en: | es: c", `field 2 must be "en:"`},
		{"an empty entry", "a | en: b,, c | es: d", `"" is no word or phrase`},
		{"a gap at the end", "a | en: ship _ | es: d", `"ship _" is no word or phrase`},
		{"an exact phrase", "a | en: =big house | es: d", `"=big house" is no word or phrase`},
		{"a phrase too long", "a | en: one two three four five six seven eight nine | es: d", "is no word or phrase"},
		{"a word under three concepts", "a | en: x | es: q\nb | en: x | es: r\nc | en: x | es: s", `line 3: "x" (en) stands under more than 2`},
		{"an unknown near id", "# head\na | en: x | es: y | near: b", `line 2: near: "b" is no other concept`},
		{"itself as near", "a | en: x | es: y | near: a", `near: "a" is no other concept`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Parse(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestLoadRefusesBrokenData(t *testing.T) {
	for _, text := range []string{"", "x", "1\n", "99999999999\n", "-1\n", compiled[:len(compiled)/2], compiled + "x"} {
		if _, err := load(text); err == nil {
			t.Errorf("no error for %.20q… of %d bytes", text, len(text))
		}
	}
}

// FuzzParse checks that no text makes Parse panic, and that what it accepts survives compile and load.
func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add("a | en: b _ c, =d | es: ñ | near: a")
	f.Add("a|en:x|es:y\n|||\n#")
	f.Fuzz(func(t *testing.T, text string) {
		th, err := Parse(text)
		if err != nil {
			return
		}
		again, err := load(compile(th))
		if err != nil {
			t.Fatalf("load: %v", err)
		}
		for _, l := range knowledge.Langs {
			if got, want := names(again, text, l), names(th, text, l); got != want {
				t.Errorf("%s: loaded %q, parsed %q", l, got, want)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(compiled); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := concepts(b)
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}
