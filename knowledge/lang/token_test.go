package lang

import (
	"strings"
	"testing"
	"unicode"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"Noem's trip":                   "noem 's trip",
		"don’t CAN'T O'Neill's":         "don't can't o'neill 's",
		"the prosecutors' case":         "the prosecutors ' case",
		"the 1990's":                    "the 1990 's",
		"'Fito'":                        "' fito '",
		"U.S. law, D.C.":                "us law , dc",
		"EE. UU. y EE.UU. y EEUU, eeuu": "eeuu y eeuu y eeuu , eeuu",
		"las FF. AA.":                   "las ffaa",
		"ee uu":                         "eeuu",
		"fee uuu":                       "fee uuu",
		"1,234.5 or 13.5 million":       "1,234.5 or 13.5 million",
		"2025-07-31 14:00 31/07/2025.":  "2025-07-31 14:00 31/07/2025 .",
		"14h00 21st 21.º":               "14 h 00 21 st 21 . º",
		"7–8 $5 60,82 %":                "7 – 8 $ 5 60,82 %",
		"second-largest":                "second - largest",
		"¿Quién firmó?":                 "¿ quien firmo ?",
		"e\u0301l":                      "el",
		"a\x00b\u200b c":                "a b \u200b c",
		"at 2 p.m. on":                  "at 2 pm on",
		"end. A new":                    "end . a new",
	} {
		var got []string
		for _, tok := range Tokens(nil, text) {
			got = append(got, tok.Folded)
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("Tokens(%q) = %q, want %q", text, g, want)
		}
	}
}

func TestTokenKinds(t *testing.T) {
	for i, tok := range Tokens(nil, "word 12.5 $") {
		if want := []Kind{Word, Number, Punct}[i]; tok.Kind != want {
			t.Errorf("%q is a %v, want a %v", tok.Text, tok.Kind, want)
		}
	}
}

func TestTokensAllocatesOnceAtMost(t *testing.T) {
	dst := make([]Token, 0, 64)
	for text, most := range map[string]float64{
		"who signed the agreement with the us": 0,
		"Noem y Reimberg firmó EXTRADICIÓN":    1,
	} {
		if n := testing.AllocsPerRun(100, func() { dst = Tokens(dst[:0], text) }); n > most {
			t.Errorf("%q: %v allocations, want %v at most", text, n, most)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"EE. UU.", "EE.", "ee", "ee u", "A.B.", "it's'", "s's's", "1.,2", "\xff\xfe", "n\u0303's", "’s", "ee.uu.u", "1-", "EE UÚ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, tok := range Tokens(nil, text) {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(text) || text[tok.Start:tok.End] != tok.Text {
				t.Fatalf("%q: token %+v after byte %d", text, tok, at)
			}
			if strings.TrimFunc(text[at:tok.Start], skipped) != "" {
				t.Fatalf("%q: %q belongs to no token", text, text[at:tok.Start])
			}
			at = tok.End
		}
		if strings.TrimFunc(text[at:], skipped) != "" {
			t.Fatalf("%q: %q belongs to no token", text, text[at:])
		}
	})
}

func skipped(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

const benchSentence = "José Adolfo Macías Villamar, alias Fito, fue recapturado en la provincia de Manabí el 25 de junio de 2025, tras unos 17 meses prófugo."

func BenchmarkTokens(b *testing.B) {
	var dst []Token
	b.ReportAllocs()
	b.SetBytes(int64(len(benchSentence)))
	for b.Loop() {
		dst = Tokens(dst[:0], benchSentence)
	}
}
