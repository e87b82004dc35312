package facts

// sight is what one pass over the bytes of a text tells: most texts need no closer look.
type sight struct {
	characters int
	words      int // runs without white space of ASCII, as \s and \S of the schema's patterns see them
	has        uint8
}

// The classes of bytes.
const (
	spaceByte uint8 = 1 << iota
	lineByte        // LF or CR
	markByte        // punctuation that markup is made of
	oddByte         // control characters, and the first byte of U+0080 to U+00BF, where some stand
	otherByte       // the first byte of a character from U+0240 on: anything but Western letters
)

var byteClass = classify()

func classify() (class [256]uint8) {
	for c := range class {
		switch {
		case c < ' ', c == 0x7F, c == 0xC2:
			class[c] = oddByte
		case c >= 0xC9:
			class[c] = otherByte
		}
	}
	for _, c := range []byte("@<`[*_~|#>/:") {
		class[c] |= markByte
	}
	for _, c := range []byte(" \t\n\r\f") {
		class[c] |= spaceByte
	}
	class['\n'], class['\r'] = spaceByte|lineByte, spaceByte|lineByte
	return class
}

// look passes over a text once.
func look(s string) sight {
	var (
		out   sight
		space = spaceByte
	)
	for i := range len(s) {
		c := s[i]
		class := byteClass[c]
		out.has |= class
		if class&spaceByte == 0 && space != 0 {
			out.words++
		}
		space = class & spaceByte
		if c&0xC0 != 0x80 { // not inside of a character
			out.characters++
		}
	}
	return out
}

func countWords(s string) int { return look(s).words }
