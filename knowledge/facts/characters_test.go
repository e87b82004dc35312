package facts

import "testing"

func TestRefusedCharacters(t *testing.T) {
	for _, r := range []rune{0, 7, 0x1B, 0x7F, 0x85, 0xAD, 0x200B, 0x200D, 0x2060, 0xFEFF, 0x202E, 0x2066, 0x200F, 0x61C, 0x2028, 0x2029, 0x2800, 0x3164, 0x115F, 0xFFA0,
		0xE0041, 0xE0100, 0xE000, 0xF0000, 0xFFFD, 0xFFFE, 0xFF20, 0xFF41, 0x1D400, 0x0663, 0xFF11, 0x180E} {
		if refused(r) == "" {
			t.Errorf("U+%04X passes", r)
		}
	}
	for _, r := range "aZ09 ñÑáéíóúü¿¡«»“”‘’–—…€º²½°%\n\r\tłŠ中і😀\u00a0\u202f" {
		if why := refused(r); why != "" {
			t.Errorf("%q is refused as %s", r, why)
		}
	}
}

func TestBadCharacterFindsMarks(t *testing.T) {
	for s, want := range map[string]rune{"plain": 0, "señor": 0, fold("sen\u0303or", look("sen\u0303or")): 0, "a\u0301\u0301\u0301": 0x301, "tab\there": '\t', "v\ufe0f": 0xFE0F} {
		if got, _ := badCharacter(s); got != want {
			t.Errorf("%q: got U+%04X, want U+%04X", s, got, want)
		}
	}
}

func TestMixedWord(t *testing.T) {
	for s, want := range map[string]string{"Noboa": "", "Nоbоa signed": "Nоbоa", "он Noboa": "", "µm and Łódź": "", "a-б": "", "the pаper": "pаper"} {
		if got := mixedWord(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"id", "text", "status", "sources", "entities"}
	for word, want := range map[string]string{"stauts": "status", "source": "sources", "txet": "text", "entites": "entities", "di": "", "foo": "", "": "", "x": ""} {
		if got := nearest(word, known); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestLookCounts(t *testing.T) {
	for s, want := range map[string]sight{"": {}, "a b": {3, 2, spaceByte}, " ñandú\tx ": {9, 2, spaceByte | oddByte}, "a\nb": {3, 2, spaceByte | lineByte}, "a:": {2, 1, markByte}, "“x”": {3, 1, otherByte}, "¿x": {2, 1, oddByte}} {
		if got := look(s); got != want {
			t.Errorf("%q: got %+v, want %+v", s, got, want)
		}
	}
}

func TestIsIDIsThePattern(t *testing.T) {
	for _, s := range []string{"", "a", "-", "a-", "-a", "a--b", "a-b", "0-9", "A", "a_b", "ñ", "a-b-c", "a b"} {
		if isID(s) != idPattern.MatchString(s) {
			t.Errorf("%q", s)
		}
	}
}
