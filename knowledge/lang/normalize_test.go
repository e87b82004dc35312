package lang

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		" \t who\n\n signed \u00a0 it ":   "who signed it",
		"quie\u0301n":                     "quién",
		"fi\u200bto\u202e\ufeff":          "fito",
		"a\x00b\x1bc\x7f":                 "abc",
		"tag\U000E0041\U000E007F":         "tag",
		"v\ufe0f\u034f\u3164\u2800\u115f": "v",
		"bad\xff byte":                    "bad byte",
		"line\u2028end":                   "line end",
		"￿\ue000x":                        "x",
		"𝐁 stays, 10² stays":              "𝐁 stays, 10² stays",
		"e\u200d\u0301":                   "é",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNormalizeCapsFloodsOfMarks(t *testing.T) {
	if got := Normalize("a" + strings.Repeat("\u0301", 2000)); len([]rune(got)) > 1+maxMarks {
		t.Errorf("%d characters are left", len([]rune(got)))
	}
}

func TestNormalizeDoesNotCopyCleanASCII(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Normalize("who signed it?") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"e\u200d\u0301", "a\u0301\u0300\u0302\u0303", " \u0301 ", "\u1100\u1161\u11a8", "\xffé", "\u212a\u2000", "\u09c7\u0301\u0301\u0301\u09be"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Normalize(s)
		if twice := Normalize(once); twice != once {
			t.Errorf("%q: once %q, twice %q", s, once, twice)
		}
		if !norm.NFC.IsNormalString(once) {
			t.Errorf("%q is not NFC", once)
		}
		if strings.ContainsFunc(once, isInvisible) || strings.Contains(once, "  ") || once != strings.TrimSpace(once) {
			t.Errorf("%q is not clean", once)
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Normalize("¿Quién firmó  el acuerdo\n con EE. UU.?")
	}
}
