package picture

import (
	"image/color"

	"enlace/knowledge"
)

// palette is the colours of a theme. Those of the statuses are of the colour-blind safe set of Okabe and Ito (2008); a test
// holds that marks have a contrast of 3 and texts of 4.5 against the background (WCAG 2.2, 1.4.11 and 1.4.3).
type palette struct {
	background, band, text, muted, line, faint color.NRGBA
	status                                     map[knowledge.Status]color.NRGBA
}

func rgb(v uint32) color.NRGBA { return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255} }

var light = palette{
	background: rgb(0xffffff), band: rgb(0xf3f5f8), text: rgb(0x1b1f24), muted: rgb(0x59616d), line: rgb(0x8a93a0), faint: rgb(0xd5dae1),
	status: map[knowledge.Status]color.NRGBA{
		knowledge.Official: rgb(0x0072b2), knowledge.Reported: rgb(0x009e73), knowledge.Alleged: rgb(0xd55e00), knowledge.Disputed: rgb(0xcc79a7),
	},
}

var dark = palette{
	background: rgb(0x1e1f22), band: rgb(0x26282c), text: rgb(0xf2f3f5), muted: rgb(0xabb1ba), line: rgb(0x7d838e), faint: rgb(0x3f434a),
	status: map[knowledge.Status]color.NRGBA{
		knowledge.Official: rgb(0x56b4e9), knowledge.Reported: rgb(0x009e73), knowledge.Alleged: rgb(0xe69f00), knowledge.Disputed: rgb(0xcc79a7),
	},
}

func (p *palette) of(s knowledge.Status) color.NRGBA {
	if c, ok := p.status[s]; ok {
		return c
	}
	return p.muted
}

// mix returns a colour between background (share 0) and c (share 1).
func (p *palette) mix(c color.NRGBA, share float64) color.NRGBA {
	m := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*share + 0.5) }
	return color.NRGBA{m(p.background.R, c.R), m(p.background.G, c.G), m(p.background.B, c.B), 255}
}
