package report

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The colours that plots are drawn in stand for variables of the page's style sheet, which knows the reader's scheme.
var (
	ink      = color.RGBA{1, 2, 3, 255}
	grid     = color.RGBA{1, 2, 4, 255}
	series   = [...]color.Color{color.RGBA{1, 2, 5, 255}, color.RGBA{1, 2, 6, 255}}
	schemed  = strings.NewReplacer("#010203", "var(--ink)", "#010204", "var(--grid)", "#010205", "var(--one)", "#010206", "var(--two)")
	fontName = strings.NewReplacer("font-family:Liberation Sans", "font-family:inherit")
)

const (
	plotWidth  = vg.Length(760)
	plotHeight = vg.Length(270)
	plotType   = vg.Length(12)
)

// bars is a named row of values, one for each name of the plot.
type bars struct {
	name   string
	values []float64
}

// sample is named sorted values.
type sample struct {
	name   string
	values []float64
}

// newPlot returns an empty plot in the page's colours and type.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.Transparent
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Color, a.Tick.Color, a.Tick.Label.Color, a.Label.TextStyle.Color = ink, ink, ink, ink
		a.Tick.Label.Font.Variant, a.Tick.Label.Font.Size = "Sans", plotType
		a.Label.TextStyle.Font.Variant, a.Label.TextStyle.Font.Size = "Sans", plotType
	}
	p.Legend.TextStyle.Color = ink
	p.Legend.TextStyle.Font.Variant, p.Legend.TextStyle.Font.Size = "Sans", plotType
	p.Legend.Top = true
	p.Legend.ThumbnailWidth = 14
	p.Legend.Padding = 3
	return p
}

func lines(vertical bool) *plotter.Grid {
	g := plotter.NewGrid()
	style := draw.LineStyle{Color: grid, Width: 0.6}
	g.Horizontal = style
	g.Vertical = draw.LineStyle{}
	if vertical {
		g.Horizontal, g.Vertical = g.Vertical, style
	}
	return g
}

// barPlot draws groups of upright bars with values from 0 to 100.
func barPlot(title string, names []string, rows []bars) (drawn, error) {
	p := newPlot()
	p.Y.Min, p.Y.Max = 0, 124 // room for the legend
	p.Y.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: 25, Label: "25"}, {Value: 50, Label: "50"}, {Value: 75, Label: "75"}, {Value: 100, Label: "100"}}
	p.Add(lines(false))
	width := plotWidth * 0.36 / vg.Length(len(names))
	for i, r := range rows {
		b, err := plotter.NewBarChart(plotter.Values(r.values), width)
		if err != nil {
			return drawn{}, fmt.Errorf("plot %q: %w", title, err)
		}
		b.Color, b.LineStyle.Width = series[i%len(series)], 0
		b.Offset = (vg.Length(i) - vg.Length(len(rows)-1)/2) * width
		p.Add(b)
		p.Legend.Add(r.name, b)
	}
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.6, float64(len(names))-0.4
	height := plotHeight
	if len(names) > 10 {
		p.X.Tick.Label.Rotation = math.Pi / 5
		p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = draw.XRight, draw.YTop
		height += 30
	}
	p.Legend.XOffs = -4
	return svg(p, title, height)
}

// rowPlot draws groups of lying bars, the first name at the top.
func rowPlot(title string, names []string, rows []bars) (drawn, error) {
	p := newPlot()
	p.Add(lines(true))
	reversed := slices.Clone(names)
	slices.Reverse(reversed)
	const width = vg.Length(8)
	for i, r := range rows {
		values := slices.Clone(r.values)
		slices.Reverse(values)
		b, err := plotter.NewBarChart(plotter.Values(values), width)
		if err != nil {
			return drawn{}, fmt.Errorf("plot %q: %w", title, err)
		}
		b.Horizontal = true
		b.Color, b.LineStyle.Width = series[i%len(series)], 0
		b.Offset = (vg.Length(len(rows)-1)/2 - vg.Length(i)) * width
		p.Add(b)
		p.Legend.Add(r.name, b)
	}
	p.NominalY(reversed...)
	p.Y.Min, p.Y.Max = -0.6, float64(len(names))-0.4
	p.X.Min = 0
	p.Legend.Top = false
	p.Legend.XOffs, p.Legend.YOffs = -8, 8
	return svg(p, title, vg.Length(len(names))*22+50)
}

// histPlot draws how often values occur.
func histPlot(title string, values []float64) (drawn, error) {
	p := newPlot()
	p.Add(lines(false))
	h, err := plotter.NewHist(plotter.Values(values), 40)
	if err != nil {
		return drawn{}, fmt.Errorf("plot %q: %w", title, err)
	}
	h.FillColor, h.LineStyle.Width = series[0], 0
	p.Add(h)
	p.X.Label.Text, p.Y.Label.Text = "ms", "answers"
	p.X.Min = 0
	return svg(p, title, plotHeight)
}

// boxPlot draws lying boxes of samples, the first at the top.
func boxPlot(title string, samples []sample) (drawn, error) {
	p := newPlot()
	p.Add(lines(true))
	names := make([]string, len(samples))
	for i, s := range samples {
		at := len(samples) - 1 - i
		names[at] = s.name
		b, err := plotter.NewBoxPlot(22, float64(at), plotter.Values(s.values))
		if err != nil {
			return drawn{}, fmt.Errorf("plot %q: %w", title, err)
		}
		b.Horizontal = true
		b.FillColor = series[i%len(series)]
		b.BoxStyle.Color, b.WhiskerStyle.Color, b.MedianStyle.Color, b.GlyphStyle.Color = ink, ink, ink, grid
		b.WhiskerStyle.Dashes = nil
		b.MedianStyle.Width = 2
		b.GlyphStyle.Shape, b.GlyphStyle.Radius = draw.CircleGlyph{}, 1.5
		p.Add(b)
	}
	p.NominalY(names...)
	p.Y.Min, p.Y.Max = -0.7, float64(len(names))-0.3
	p.X.Min = 0
	p.X.Label.Text = "ms"
	return svg(p, title, vg.Length(len(samples))*40+60)
}

// svg renders a plot as an element of the page.
func svg(p *plot.Plot, title string, height vg.Length) (drawn, error) {
	c := vgsvg.New(plotWidth, height)
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return drawn{}, fmt.Errorf("plot %q: %w", title, err)
	}
	_, body, ok := strings.Cut(b.String(), "<svg")
	if _, rest, found := strings.Cut(body, ">"); ok && found {
		body = rest
	}
	body = fontName.Replace(schemed.Replace(body))
	head := fmt.Sprintf(`<svg viewBox="0 0 %.0f %.0f" role="img" aria-label="%s">`, float64(plotWidth), float64(height), html.EscapeString(title))
	return drawn{title, template.HTML(head + body)}, nil // names are escaped by vgsvg
}
