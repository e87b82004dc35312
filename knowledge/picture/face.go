package picture

import (
	"strings"
	"sync"
	"unicode/utf8"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/font/liberation"
	"gonum.org/v1/plot/vg"
)

// smallest is the smallest type that a picture uses, in units.
const smallest = 11

// face is one weight of the font with the widths of its characters. It is safe for concurrent use.
type face struct {
	font.Face
	common map[rune]float64 // widths at size 1 of the characters up to U+024F
}

type weights struct{ regular, bold *face }

// faces returns the two weights, which are read once.
var faces = sync.OnceValue(func() weights {
	var w weights
	for _, f := range liberation.Collection() {
		if f.Font.Variant != "Sans" || f.Font.Style != 0 {
			continue
		}
		if f.Font.Weight == 0 {
			w.regular = newFace(f)
		} else {
			w.bold = newFace(f)
		}
	}
	return w
})

func newFace(f font.Face) *face {
	out := &face{Face: f, common: map[rune]float64{}}
	out.Font.Size = vg.Points(1)
	for r := rune(' '); r < 0x250; r++ {
		out.common[r] = float64(out.Width(string(r)))
	}
	return out
}

// has reports whether the face has a glyph for r.
func (f *face) has(r rune) bool {
	i, err := f.Face.Face.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// width returns the width of text at a size in units, without kerning, which would only make it narrower.
func (f *face) width(text string, size float64) float64 {
	w := 0.0
	for _, r := range text {
		one, ok := f.common[r]
		if !ok {
			one = float64(f.Width(string(r)))
		}
		w += one
	}
	return w * size
}

// fit returns text, cut with an ellipsis after a whole word where there is one, so that it is at most width wide.
func (f *face) fit(text string, size, width float64) string {
	lines := f.wrap(text, size, width, 1)
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// wrap breaks text into at most most lines of a width, between words where it can; the last one ends in an ellipsis if there is
// more. A word that is longer than a line is broken.
func (f *face) wrap(text string, size, width float64, most int) []string {
	var lines []string
	for text != "" && len(lines) < most {
		n := f.take(text, size, width)
		if n < len(text) && len(lines) == most-1 {
			n = f.take(text, size, width-f.width("…", size))
			line := strings.TrimRight(text[:n], " ,;:.-–(")
			return append(lines, line+"…")
		}
		lines = append(lines, strings.TrimRight(text[:n], " "))
		text = strings.TrimLeft(text[n:], " ")
	}
	return lines
}

// take returns how many bytes of text go on a line: whole words, or, where the first word is too long, the characters that
// fit, and at least one.
func (f *face) take(text string, size, width float64) int {
	w, word := 0.0, 0
	for i, r := range text {
		if r == ' ' {
			word = i
		}
		if w += f.width(string(r), size); w > width && r != ' ' {
			if word > 0 {
				return word
			}
			return max(i, utf8.RuneLen(r))
		}
	}
	return len(text)
}
