package picture

import "image/color"

type point struct{ x, y float64 }

// rect is a box; y runs down.
type rect struct{ x, y, w, h float64 }

func (r rect) overlaps(o rect) bool {
	return r.x < o.x+o.w && o.x < r.x+r.w && r.y < o.y+o.h && o.y < r.y+r.h
}

// step is a part of a path: a move, a line, a cubic curve (two control points, then the end) or the closing line.
type step struct {
	op rune // M, L, C, Z: as in SVG
	p  [3]point
}

type path []step

func (p *path) move(x, y float64)   { *p = append(*p, step{'M', [3]point{{x, y}}}) }
func (p *path) line(x, y float64)   { *p = append(*p, step{'L', [3]point{{x, y}}}) }
func (p *path) curve(a, b, c point) { *p = append(*p, step{'C', [3]point{a, b, c}}) }
func (p *path) close()              { *p = append(*p, step{op: 'Z'}) }

// polygon returns the closed path through points.
func polygon(points ...point) path {
	var p path
	for i, q := range points {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
	p.close()
	return p
}

// kappa makes a cubic curve a quarter of a circle, to 0.03 % of the radius.
const kappa = 0.5522847498

// rounded returns a rectangle with round corners; with a radius of half its height, a pill, or a circle.
func rounded(b rect, r float64) path {
	k := r * (1 - kappa)
	x0, y0, x1, y1 := b.x, b.y, b.x+b.w, b.y+b.h
	var p path
	p.move(x0+r, y0)
	p.line(x1-r, y0)
	p.curve(point{x1 - k, y0}, point{x1, y0 + k}, point{x1, y0 + r})
	p.line(x1, y1-r)
	p.curve(point{x1, y1 - k}, point{x1 - k, y1}, point{x1 - r, y1})
	p.line(x0+r, y1)
	p.curve(point{x0 + k, y1}, point{x0, y1 - k}, point{x0, y1 - r})
	p.line(x0, y0+r)
	p.curve(point{x0, y0 + k}, point{x0 + k, y0}, point{x0 + r, y0})
	p.close()
	return p
}

// item is one thing that is drawn: a path that is filled or stroked, or a text.
type item struct {
	path  path
	color color.NRGBA
	width float64 // of the stroke; 0 = filled
	dash  float64 // length of dashes and gaps; 0 = solid

	text     string
	x, y     float64 // start of the base line
	size     float64
	bold     bool
	measured float64 // width of the text
}

// label is something that has its place to itself: a text, or a mark with what stands in it.
type label struct {
	rect
	what   string
	counts int // of a count: the events that it stands for
}

// scene is a picture in units, with what is drawn first at the bottom.
type scene struct {
	w, h       float64
	background color.NRGBA
	items      []item
	labels     []label
}

func (s *scene) fill(p path, c color.NRGBA) { s.items = append(s.items, item{path: p, color: c}) }

func (s *scene) stroke(p path, c color.NRGBA, width, dash float64) {
	s.items = append(s.items, item{path: p, color: c, width: width, dash: dash})
}

func (s *scene) rule(x0, y0, x1, y1 float64, c color.NRGBA, width, dash float64) {
	var p path
	p.move(x0, y0)
	p.line(x1, y1)
	s.stroke(p, c, width, dash)
}

// claim notes that a box is taken.
func (s *scene) claim(b rect, what string) { s.labels = append(s.labels, label{rect: b, what: what}) }

// typeface is a size and weight of type.
type typeface struct {
	size float64
	bold bool
}

func (f typeface) face() *face {
	if f.bold {
		return faces().bold
	}
	return faces().regular
}

func (f typeface) width(s string) float64 { return f.face().width(s, f.size) }

func (f typeface) fit(s string, width float64) string { return f.face().fit(s, f.size, width) }

func (f typeface) wrap(s string, width float64, most int) []string {
	return f.face().wrap(s, f.size, width, most)
}

// box is where a text that starts at x on base line y leaves ink: capitals, accents and descenders, without line spacing.
func (f typeface) box(s string, x, y float64) rect {
	return rect{x, y - 0.78*f.size, f.width(s), f.size}
}

// text writes a text from x on, on base line y, and returns where it ends.
func (s *scene) text(f typeface, x, y float64, c color.NRGBA, text string) float64 {
	end := s.ink(f, x, y, c, text)
	if text != "" {
		s.claim(f.box(text, x, y), text)
	}
	return end
}

// ink is text within something that has claimed its place.
func (s *scene) ink(f typeface, x, y float64, c color.NRGBA, text string) float64 {
	if text == "" {
		return x
	}
	w := f.width(text)
	s.items = append(s.items, item{text: text, x: x, y: y, size: f.size, bold: f.bold, color: c, measured: w})
	return x + w
}
