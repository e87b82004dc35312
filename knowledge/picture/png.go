package picture

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
)

// pixels per unit of a PNG.
const pixels = 2

// PNG returns the picture as a PNG with two pixels for each unit. An error means that there was no memory for it.
func (p *Picture) PNG() ([]byte, error) {
	s := &p.scene
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(s.w), vg.Length(s.h)), vgimg.UseDPI(72*pixels), vgimg.UseBackgroundColor(s.background))
	for i := range s.items {
		paint(c, s.h, &s.items[i])
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := enc.Encode(&b, reduce(c.Image(), s.colors())); err != nil {
		return nil, fmt.Errorf("encoding the picture: %w", err)
	}
	return b.Bytes(), nil
}

// colors returns every colour that something of the scene has.
func (s *scene) colors() (out []uint32) {
	for i := range s.items {
		c := s.items[i].color
		v := uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B)
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// reduce returns the image with the colours that are kept and those that it uses most, 256 in all, and the nearest of them for
// the others, which are steps between two colours at the edges of letters. That makes files of 40 % of the size.
func reduce(img image.Image, kept []uint32) image.Image {
	full, ok := img.(*image.RGBA)
	if !ok {
		return img
	}
	n := len(full.Pix) / 4
	at := func(i int) uint32 {
		p := full.Pix[i*4 : i*4+3 : i*4+3]
		return uint32(p[0])<<16 | uint32(p[1])<<8 | uint32(p[2])
	}
	uses := map[uint32]int{}
	for i := 0; i < n; {
		c, run := at(i), 1
		for i+run < n && at(i+run) == c {
			run++
		}
		uses[c] += run
		i += run
	}
	for _, c := range kept {
		uses[c] += n
	}
	colors := slices.SortedFunc(maps.Keys(uses), func(x, y uint32) int { return cmp.Or(uses[y]-uses[x], cmp.Compare(x, y)) })
	colors = colors[:min(len(colors), 256)]
	out := image.NewPaletted(full.Bounds(), nil)
	index := map[uint32]uint8{}
	for i, c := range colors {
		out.Palette = append(out.Palette, color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255})
		index[c] = uint8(i)
	}
	last, lastIndex := colors[0], uint8(0)
	for i := range n {
		if c := at(i); c != last {
			k, ok := index[c]
			if !ok {
				k = nearest(colors, c)
				index[c] = k
			}
			last, lastIndex = c, k
		}
		out.Pix[i] = lastIndex
	}
	return out
}

// nearest returns the index of the colour that is nearest to c.
func nearest(colors []uint32, c uint32) uint8 {
	best, least := 0, 1<<30
	for i, o := range colors {
		sum := 0
		for shift := 0; shift <= 16; shift += 8 {
			d := int(c>>shift&255) - int(o>>shift&255)
			sum += d * d
		}
		if sum < least {
			best, least = i, sum
		}
	}
	return uint8(best)
}

// paint draws an item on a canvas, whose y runs up from the bottom.
func paint(c *vgimg.Canvas, h float64, it *item) {
	c.SetColor(it.color)
	if it.text != "" {
		f := typeface{it.size, it.bold}.face().Face
		f.Font.Size = vg.Length(it.size)
		c.FillString(f, vg.Point{X: vg.Length(it.x), Y: vg.Length(h - it.y)}, it.text)
		return
	}
	at := func(q point) vg.Point { return vg.Point{X: vg.Length(q.x), Y: vg.Length(h - q.y)} }
	var p vg.Path
	for _, st := range it.path {
		switch st.op {
		case 'M':
			p.Move(at(st.p[0]))
		case 'L':
			p.Line(at(st.p[0]))
		case 'C':
			p.CubeTo(at(st.p[0]), at(st.p[1]), at(st.p[2]))
		case 'Z':
			p.Close()
		}
	}
	if it.width == 0 {
		c.Fill(p)
		return
	}
	c.SetLineWidth(vg.Length(it.width))
	var dashes []vg.Length
	if it.dash > 0 {
		dashes = []vg.Length{vg.Length(it.dash), vg.Length(it.dash)}
	}
	c.SetLineDash(dashes, 0)
	c.Stroke(p)
}
