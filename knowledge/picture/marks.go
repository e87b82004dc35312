package picture

import (
	"image/color"
	"math"

	"enlace/knowledge"
)

const (
	markSize   = 8.0 // of a status mark with the room around it
	pillHeight = 13.0
)

var pillFont = typeface{size: smallest, bold: true}

// drawing is a picture in the making.
type drawing struct {
	scene
	*story
	colors palette
	scale  *scale
	told   []int // events told in words
}

// paper sets the size.
func (d *drawing) paper(w, h float64) {
	d.w, d.h, d.background = w, math.Ceil(h), d.colors.background
}

// mark draws the mark of a status around a point: official facts are a full circle and reported ones a full square; what is not
// established is hollow: a triangle for allegations, a diamond for what is disputed.
func (d *drawing) mark(s knowledge.Status, x, y float64) {
	c := d.colors.of(s)
	switch s {
	case knowledge.Official:
		d.fill(rounded(rect{x - 3.5, y - 3.5, 7, 7}, 3.5), c)
	case knowledge.Reported:
		d.fill(rounded(rect{x - 3.1, y - 3.1, 6.2, 6.2}, 0.6), c)
	case knowledge.Alleged:
		d.hollow(polygon(point{x, y - 3.5}, point{x + 3.5, y + 2.8}, point{x - 3.5, y + 2.8}), c)
	case knowledge.Disputed:
		d.hollow(polygon(point{x, y - 3.9}, point{x + 3.9, y}, point{x, y + 3.9}, point{x - 3.9, y}), c)
	default:
		d.fill(rounded(rect{x - 1.5, y - 3.5, 3, 7}, 1), c)
	}
}

func (d *drawing) hollow(p path, c color.NRGBA) {
	d.fill(p, d.colors.background)
	d.stroke(p, c, 1.5, 0)
}

// pillWidth is the width of a pill with a number.
func pillWidth(n int) float64 { return pillFont.width(itoa(n)) + 9 }

// pill draws how many events are at one place, over a bar that says of which status they are.
func (d *drawing) pill(events []int, x, y float64, what string) {
	w := pillWidth(len(events))
	b := rect{x - w/2, y - pillHeight/2, w, pillHeight}
	d.labels = append(d.labels, label{b, what, len(events)})
	d.fill(rounded(b, 3), d.colors.mix(d.colors.text, 0.13))
	label := itoa(len(events))
	d.ink(pillFont, x-pillFont.width(label)/2, y+2.6, d.colors.text, label)
	at, width := b.x+1.5, w-3
	for _, s := range knowledge.Statuses {
		n := 0
		for _, e := range events {
			if d.events[e].status == s {
				n++
			}
		}
		part := width * float64(n) / float64(len(events))
		if n > 0 {
			d.fill(polygon(point{at, b.y + b.h - 2.2}, point{at + part, b.y + b.h - 2.2}, point{at + part, b.y + b.h}, point{at, b.y + b.h}), d.colors.of(s))
		}
		at += part
	}
}

// badge draws the number of a told event.
func (d *drawing) badge(n int, x, y float64) {
	w := badgeWidth(n)
	b := rect{x - w/2, y - pillHeight/2, w, pillHeight}
	d.claim(b, "number "+itoa(n))
	d.fill(rounded(b, pillHeight/2), d.colors.text)
	label := itoa(n)
	d.ink(pillFont, x-pillFont.width(label)/2, y+3.9, d.colors.background, label)
}

func badgeWidth(n int) float64 { return max(pillFont.width(itoa(n))+6, pillHeight) }

// sourceMark draws the letter of a kind of source in a frame, from x on around base line y, and returns where it ends.
func (d *drawing) sourceMark(k knowledge.SourceKind, x, y float64) float64 {
	letter := sourceWords[k].mark.In(d.lang)
	if letter == "" {
		return x
	}
	b := rect{x, y - 9.6, sourceWidth, 12}
	d.claim(b, "source "+letter)
	d.stroke(rounded(b, 2), d.colors.line, 0.8, 0)
	d.ink(sourceFont, x+(b.w-sourceFont.width(letter))/2, y, d.colors.muted, letter)
	return x + b.w
}

const sourceWidth = 12.5

var sourceFont = typeface{size: smallest}

// breakMark draws two slanting strokes across an axis, which runs across where along is true.
func (d *drawing) breakMark(x, y float64, along bool) {
	for _, off := range []float64{-2, 2} {
		if along {
			d.rule(x+off-2, y+4.5, x+off+2, y-4.5, d.colors.muted, 1.3, 0)
		} else {
			d.rule(x-4.5, y+off+2, x+4.5, y+off-2, d.colors.muted, 1.3, 0)
		}
	}
}

// legendEntry is a sample with its word: how wide they are, and what draws them from x on, over base line y.
type legendEntry struct {
	width float64
	draw  func(x, y float64)
}

// legend returns the entries that the picture needs.
func (d *drawing) legend() (status, source, span []legendEntry) {
	f := typeface{size: smallest}
	entry := func(sample float64, word string, draw func(x, y float64)) legendEntry {
		return legendEntry{sample + 3 + f.width(word), func(x, y float64) {
			draw(x, y)
			d.text(f, x+sample+3, y, d.colors.muted, word)
		}}
	}
	for _, s := range knowledge.Statuses {
		if n := d.countOf(func(e *event) bool { return e.status == s }); n > 0 {
			status = append(status, entry(8, statusWords[s].In(d.lang)+" "+count(n, d.lang), func(x, y float64) { d.mark(s, x+4, y-3.8) }))
		}
	}
	for _, k := range knowledge.SourceKinds {
		if d.countOf(func(e *event) bool { return e.source == k }) > 0 {
			source = append(source, entry(sourceWidth, sourceWords[k].name.In(d.lang), func(x, y float64) { d.sourceMark(k, x, y) }))
		}
	}
	if d.countOf(func(e *event) bool { return e.date.Day == 0 }) > 0 {
		span = append(span, entry(14, wordSpan.In(d.lang), func(x, y float64) { d.bar(x, x+14, y-5, d.colors.mix(d.colors.muted, 0.7)) }))
	}
	return status, source, span
}

// legendOfPlot explains the counts and the breaks.
func (d *drawing) legendOfPlot() (out []legendEntry) {
	add := func(sample float64, word string, draw func(x, y float64)) {
		out = append(out, legendEntry{sample + 3 + small.width(word), func(x, y float64) {
			draw(x, y)
			d.text(small, x+sample+3, y, d.colors.muted, word)
		}})
	}
	w := pillFont.width("9") + 9
	add(w, wordCount.In(d.lang), func(x, y float64) {
		b := rect{x, y - 10, w, pillHeight}
		d.fill(rounded(b, 3), d.colors.mix(d.colors.text, 0.13))
		d.ink(pillFont, x+4.5, y-0.9, d.colors.text, "9")
		part := (w - 3) / float64(len(knowledge.Statuses))
		for i, s := range knowledge.Statuses {
			at := x + 1.5 + part*float64(i)
			d.fill(polygon(point{at, y + 0.8}, point{at + part, y + 0.8}, point{at + part, y + 3}, point{at, y + 3}), d.colors.of(s))
		}
	})
	if len(d.scale.segments) > 1 {
		add(9, wordBreak.In(d.lang), func(x, y float64) { d.breakMark(x+4.5, y-3.8, true) })
	}
	return out
}

// rows lays legend entries out in rows of a width from x, y on, closer together where that saves a row, and returns the base
// line after them.
func (d *drawing) rows(entries []legendEntry, x, y, width, leading float64) float64 {
	space, total := 13.0, 0.0
	for _, e := range entries {
		total += e.width
	}
	if tight := (width - total) / float64(max(len(entries)-1, 1)); tight < space {
		space = max(tight, 5)
	}
	at := x
	for i, e := range entries {
		if i > 0 && at+e.width > x+width+0.1 {
			at, y = x, y+leading
		}
		e.draw(at, y)
		at += e.width + space
	}
	return y + leading
}

// nothing says that there are no events.
func (d *drawing) nothing() {
	d.paper(550, 96)
	d.text(typeface{16, true}, 16, 34, d.colors.text, typeface{16, true}.fit(d.title, 518))
	d.text(typeface{13, false}, 16, 62, d.colors.muted, wordNothing.In(d.lang))
}

// days returns the stretches of days that the events are about, and the check date where it lies between them.
func (d *drawing) days() [][2]int {
	var out [][2]int
	for i := range d.events {
		e := &d.events[i]
		out = append(out, populated(e.date))
		if !e.until.IsZero() {
			out = append(out, populated(e.until))
		}
	}
	if d.asOf.IsZero() || d.asOf.Day == 0 {
		return out
	}
	from, to := d.years()
	if d.asOf.Year >= from && d.asOf.Year <= to {
		out = append(out, stretch(d.asOf))
	}
	return out
}

// populated is the days of a date that the axis has to show. Of a date that is only a year that is the first quarter: the rest
// may fall into a break, and the bar that stands for the date then runs into it.
func populated(d knowledge.Date) [2]int {
	s := stretch(d)
	if d.Month == 0 {
		s[1] = s[0] + 89
	}
	return s
}

// place is where the mark of an event is on the axis: the first day that its date may mean.
func (d *drawing) place(e *event) float64 { return d.scale.middle(stretch(e.date)[0]) }
