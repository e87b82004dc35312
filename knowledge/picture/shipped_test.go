package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
)

// most is the most bytes that a picture may have.
const most = 1 << 20

func shipped(t testing.TB) *knowledge.Base {
	t.Helper()
	b, err := facts.Load(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// eachShipped calls f with every picture of the shipped base: the whole and each topic, both languages, themes and layouts. With
// PICTURE_DIR set it keeps them there, to be looked at.
func eachShipped(t *testing.T, f func(t *testing.T, events []answer.Event, o Options)) {
	b := shipped(t)
	topics := []knowledge.TopicID{""}
	for _, topic := range b.Topics {
		topics = append(topics, topic.ID)
	}
	for _, id := range topics {
		for _, l := range knowledge.Langs {
			events := answer.Timeline(b, answer.Span{Topic: id}, l)
			for _, theme := range Themes {
				for _, layout := range Layouts {
					t.Run(fmt.Sprintf("%s-%s-%s-%s", id, l, theme, layout), func(t *testing.T) {
						f(t, events, Options{Lang: l, Theme: theme, Layout: layout, Base: b})
					})
				}
			}
		}
	}
}

func TestNoLabelsOfTheShippedBaseCollide(t *testing.T) {
	eachShipped(t, func(t *testing.T, events []answer.Event, o Options) {
		p := Draw(events, o)
		checkLayout(t, p)
		least := 6
		if o.Layout == Tall {
			least = 12
		}
		if n := len(p.Shown()); n < least {
			t.Errorf("only %d facts are told in words", n)
		}
	})
}

// checkLayout reports labels that collide or leave the picture, and type that is too small.
func checkLayout(t *testing.T, p *Picture) {
	t.Helper()
	s := &p.scene
	for i, x := range s.labels {
		if x.x < 0 || x.y < 0 || x.x+x.w > s.w+0.01 || x.y+x.h > s.h+0.01 {
			t.Errorf("%q at %v leaves the picture of %v by %v", x.what, x.rect, s.w, s.h)
		}
		for _, y := range s.labels[:i] {
			if x.shrunk().overlaps(y.rect) {
				t.Errorf("%q at %v collides with %q at %v", x.what, x.rect, y.what, y.rect)
			}
		}
	}
	for _, it := range s.items {
		if it.text != "" && it.size < smallest {
			t.Errorf("%q is %v units tall, below %d", it.text, it.size, smallest)
		}
	}
}

// shrunk allows for the rounding of sums.
func (r rect) shrunk() rect { return rect{r.x + 0.05, r.y + 0.05, r.w - 0.1, r.h - 0.1} }

func TestShippedPicturesAreSmallAndWellFormed(t *testing.T) {
	dir := os.Getenv("PICTURE_DIR")
	eachShipped(t, func(t *testing.T, events []answer.Event, o Options) {
		if o.Theme == Dark && dir == "" {
			t.Skip("as large as the light one")
		}
		p := Draw(events, o)
		img, err := p.PNG()
		if err != nil {
			t.Fatal(err)
		}
		conf, err := png.DecodeConfig(bytes.NewReader(img))
		if err != nil {
			t.Fatal(err)
		}
		if conf.Width != pixels*p.Width() || conf.Height != pixels*p.Height() || p.Width() != 550 {
			t.Errorf("PNG of %d by %d pixels for %d by %d units", conf.Width, conf.Height, p.Width(), p.Height())
		}
		svg := p.SVG()
		checkXML(t, svg)
		if len(img) > most || len(svg) > most {
			t.Errorf("PNG of %d bytes, SVG of %d", len(img), len(svg))
		}
		if n := length(p.Alt()); n > maxAlt {
			t.Errorf("alt text of %d characters", n)
		}
		if n := strings.Count(p.AltFull(), "\n"); n != len(events) {
			t.Errorf("full alt text of %d lines for %d events", n, len(events))
		}
		if dir != "" {
			name := filepath.Join(dir, strings.ReplaceAll(strings.TrimPrefix(t.Name(), "TestShippedPicturesAreSmallAndWellFormed/"), "/", "_"))
			if err := errors.Join(os.WriteFile(name+".png", img, 0o644), os.WriteFile(name+".svg", svg, 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// checkXML reads a whole document and holds that it refers to nothing outside it.
func checkXML(t *testing.T, svg []byte) {
	t.Helper()
	dec := xml.NewDecoder(bytes.NewReader(svg))
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if el, ok := tok.(xml.StartElement); ok {
			switch el.Name.Local {
			case "svg", "title", "desc", "rect", "path", "text":
			default:
				t.Errorf("there is an element <%s>", el.Name.Local)
			}
			for _, a := range el.Attr {
				if strings.Contains(a.Name.Local, "href") || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("there is an attribute %s=%q", a.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestEqualInputGivesEqualBytes(t *testing.T) {
	b := shipped(t)
	for _, layout := range Layouts {
		var pngs, svgs [2][]byte
		for i := range 2 {
			p := Draw(answer.Timeline(b, answer.Span{}, knowledge.Spanish), Options{Lang: knowledge.Spanish, Layout: layout, Base: b})
			img, err := p.PNG()
			if err != nil {
				t.Fatal(err)
			}
			pngs[i], svgs[i] = img, p.SVG()
		}
		if !bytes.Equal(pngs[0], pngs[1]) || !bytes.Equal(svgs[0], svgs[1]) {
			t.Errorf("two %s pictures of the same events differ", layout)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	base := shipped(b)
	for _, layout := range Layouts {
		events := answer.Timeline(base, answer.Span{}, knowledge.Spanish)
		b.Run(string(layout), func(b *testing.B) {
			for b.Loop() {
				img, err := Draw(events, Options{Lang: knowledge.Spanish, Layout: layout, Base: base}).PNG()
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(img)), "bytes")
			}
		})
	}
}

func BenchmarkSVG(b *testing.B) {
	base := shipped(b)
	for _, layout := range Layouts {
		events := answer.Timeline(base, answer.Span{}, knowledge.Spanish)
		b.Run(string(layout), func(b *testing.B) {
			for b.Loop() {
				svg := Draw(events, Options{Lang: knowledge.Spanish, Layout: layout, Base: base}).SVG()
				b.ReportMetric(float64(len(svg)), "bytes")
			}
		})
	}
}
