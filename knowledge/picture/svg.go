package picture

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strconv"
)

// SVG returns the picture as an SVG document with its title and description, in UTF-8. It refers to nothing outside it.
func (p *Picture) SVG() []byte {
	var b bytes.Buffer
	s := &p.scene
	w, h := int(s.w), int(s.h)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="t d" xml:lang="%s" font-family="'Liberation Sans', Arimo, Arial, Helvetica, sans-serif">`+"\n", w, h, w, h, p.lang)
	title, _, _ := bytes.Cut([]byte(p.alt.full), []byte(". "))
	b.WriteString(`<title id="t">`)
	escape(&b, string(title))
	b.WriteString("</title>\n<desc id=\"d\">")
	escape(&b, p.alt.full)
	b.WriteString("</desc>\n")
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="%s"/>`+"\n", w, h, hex(s.background))
	for i := range s.items {
		writeItem(&b, &s.items[i])
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func writeItem(b *bytes.Buffer, it *item) {
	if it.text != "" {
		weight := ""
		if it.bold {
			weight = ` font-weight="bold"`
		}
		// The width is pinned for readers that do not have the font.
		fmt.Fprintf(b, `<text x="%s" y="%s" font-size="%s"%s fill="%s" textLength="%s" lengthAdjust="spacingAndGlyphs">`,
			num(it.x), num(it.y), num(it.size), weight, hex(it.color), num(it.measured))
		escape(b, it.text)
		b.WriteString("</text>\n")
		return
	}
	b.WriteString(`<path d="`)
	for _, st := range it.path {
		b.WriteRune(st.op)
		for i := range st.points() {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(num(st.p[i].x) + "," + num(st.p[i].y))
		}
	}
	if it.width == 0 {
		fmt.Fprintf(b, `" fill="%s"/>`+"\n", hex(it.color))
		return
	}
	fmt.Fprintf(b, `" fill="none" stroke="%s" stroke-width="%s"`, hex(it.color), num(it.width))
	if it.dash > 0 {
		fmt.Fprintf(b, ` stroke-dasharray="%s"`, num(it.dash))
	}
	b.WriteString("/>\n")
}

// points says how many points a step has.
func (s step) points() int {
	switch s.op {
	case 'C':
		return 3
	case 'Z':
		return 0
	}
	return 1
}

func escape(b *bytes.Buffer, s string) { _ = xml.EscapeText(b, []byte(s)) } // a buffer takes everything

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// num writes a number with two decimals at most.
func num(v float64) string {
	v = float64(int64(v*100+0.5*sign(v))) / 100
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}
