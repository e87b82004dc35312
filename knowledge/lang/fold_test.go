package lang

import "testing"

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "abc": "abc", "Noboa": "noboa", "EXTRADICIÓN": "extradicion", "Peñafiel": "penafiel", "pingüino": "pinguino",
		"e\u0301l": "el", "don’t": "don't", "Łódź": "łodz", "Ệ": "e", "İ": "i", "21.º": "21.º", "¿Qué?": "¿que?",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldKeepEnyeKeepsOnlyEnye(t *testing.T) {
	for in, want := range map[string]string{
		"Muñoz": "muñoz", "MUN\u0303OZ": "muñoz", "José": "jose", "ãõ": "ao", "nandu": "nandu",
	} {
		if got := FoldKeepEnye(in); got != want {
			t.Errorf("FoldKeepEnye(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldDoesNotCopyFoldedText(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Fold("already folded") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Ñandú", "e\u0301", "İ’ʼ", "\xff", "n\u0303"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, fold := range []func(string) string{Fold, FoldKeepEnye} {
			if once := fold(s); fold(once) != once {
				t.Errorf("folding %q twice gives %q, once %q", s, fold(once), once)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Fold("Extradición")
	}
}
