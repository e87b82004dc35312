package picture

import (
	"slices"
	"strings"
)

// The measures of a tall picture, in units.
const (
	tallWidth  = 550.0
	tallMargin = 16.0
	tallYears  = 44.0 // room for the years, left of the lanes
	tallLane   = 24.0 // the least width of a lane
	tallOnly   = 66.0 // the width of the only one
	tallFan    = 34.0 // room for the lines from the lanes to the texts
	tallLine   = 15.0
	tallLeast  = 300.0 // the least length of the axis
	mostTall   = 22    // told facts
	tallLines  = 3     // of a told fact
)

var (
	tallTitle = typeface{18, true}
	body      = typeface{size: 12}
	bodyB     = typeface{12, true}
)

// block is the told events of one date.
type block struct {
	events []int
	all    int // events of that date, told or not
	lines  [][]string
	height float64
}

// tall lays out a page: the title and a legend, then time running down, lanes of marks, and the told facts beside them.
func (d *drawing) tall() {
	inner := tallWidth - 2*tallMargin
	d.paper(tallWidth, 0)
	y := 32.0
	for _, l := range tallTitle.wrap(d.title, inner, 2) {
		d.text(tallTitle, tallMargin, y, d.colors.text, l)
		y += 22
	}
	y -= 3
	end := d.text(body, tallMargin, y, d.colors.muted, d.summary())
	if c := d.checked(longDate); c != "" {
		d.rule(end+11, y-10, end+11, y+2, d.colors.muted, 1, 3)
		d.text(body, end+18, y, d.colors.muted, c)
	}
	lane := d.laneWidth()
	left := tallMargin + tallYears
	right := left + lane*float64(len(d.lanes))
	text := right + tallFan
	blocks, total := d.blocks(text)

	status, source, span := d.legend()
	y = d.rows(status, tallMargin, y+22, inner, 16)
	y = d.rows(slices.Concat(source, span, d.legendOfPlot()), tallMargin, y, inner, 16)
	y = d.laneKey(y, inner)

	top := y + 4
	bottom := top + max(total, tallLeast)
	d.scale = newScale(d.days(), top, bottom, 7)
	d.tallAxis(left, right)
	d.tallBlocks(blocks, left, lane, right, text, top, bottom)
	for i := range d.lanes {
		d.tallLaneMarks(i, left+lane*float64(i), lane)
	}
	d.paper(tallWidth, bottom+tallMargin)
}

// laneWidth is wide enough for the count of all events.
func (d *drawing) laneWidth() float64 {
	if len(d.lanes) == 1 {
		return tallOnly
	}
	return max(tallLane, pillWidth(len(d.events))+2)
}

// laneKey names the lanes by letter and draws the letters above them.
func (d *drawing) laneKey(y, inner float64) float64 {
	if len(d.lanes) == 1 {
		return y
	}
	for i, title := range d.lanes {
		x := tallMargin + float64(i%2)*(inner/2+4)
		d.letter(i, x, y)
		n := count(d.countOf(func(e *event) bool { return e.lane == i }), d.lang)
		room := inner/2 - 4 - sourceWidth - 5 - small.width(n) - 4
		end := d.text(small, x+sourceWidth+5, y, d.colors.text, small.fit(title, room))
		d.text(small, end+4, y, d.colors.muted, n)
		if i%2 == 1 || i == len(d.lanes)-1 {
			y += 16
		}
	}
	for i := range d.lanes {
		d.letter(i, tallMargin+tallYears+d.laneWidth()*(float64(i)+0.5)-sourceWidth/2, y+6)
	}
	return y + 12
}

// letter draws the letter of a lane from x on, around base line y.
func (d *drawing) letter(lane int, x, y float64) {
	b := rect{x, y - 9.8, sourceWidth, sourceWidth}
	name := string(rune('A' + lane))
	d.claim(b, "lane "+name)
	d.fill(rounded(b, sourceWidth/2), d.colors.text)
	d.ink(pillFont, x+(b.w-pillFont.width(name))/2, y+0.4, d.colors.background, name)
}

// blocks chooses the told events and breaks their texts into lines, from x on; the second result is their height.
func (d *drawing) blocks(x float64) ([]block, float64) {
	d.scale = newScale(d.days(), 0, 1000, 8)
	d.told = d.tell(mostTall, d.place)
	var out []block
	for _, t := range d.told {
		e := &d.events[t]
		if n := len(out); n > 0 && d.events[out[n-1].events[0]].date == e.date {
			out[n-1].events = append(out[n-1].events, t)
			continue
		}
		out = append(out, block{events: []int{t}, all: d.countOf(func(o *event) bool { return o.date == e.date })})
	}
	total := 0.0
	for i := range out {
		b := &out[i]
		b.height = 17 + 9
		for _, t := range b.events {
			lines := body.wrap(d.events[t].telling(d.lang), tallWidth-tallMargin-x-13, tallLines)
			b.lines = append(b.lines, lines)
			b.height += tallLine*float64(len(lines)+1) + 2
		}
		total += b.height
	}
	return out, total
}

// tallAxis draws the bands, the years and months, and the breaks.
func (d *drawing) tallAxis(left, right float64) {
	for i, g := range d.scale.segments {
		d.fill(polygon(point{left, g.start}, point{right, g.start}, point{right, g.end}, point{left, g.end}), d.colors.band)
		d.rule(left, g.start, left, g.end, d.colors.line, 1, 0)
		if i > 0 {
			d.breakMark(left, (d.scale.segments[i-1].end+g.start)/2, false)
		}
	}
	ticks := d.scale.ticks(d.lang, 15)
	var taken []float64
	for rank := range 3 {
		for _, t := range ticks {
			if t.rank != rank {
				continue
			}
			d.rule(left-3, t.at, left, t.at, d.colors.line, 0.8, 0)
			if rank > 0 {
				d.rule(left, t.at, right, t.at, d.colors.faint, 0.6, 0)
			}
			if near(taken, t.at, 12.5) {
				continue
			}
			taken = append(taken, t.at)
			label := t.label
			if i := strings.LastIndexByte(label, ' '); i >= 0 {
				label = label[:i] // the month of a year that is already there
			}
			f := d.axisFont(t)
			d.text(f, left-6-f.width(label), t.at+4, d.colors.muted, label)
		}
	}
	if !d.asOf.IsZero() && d.asOf.Day > 0 && d.scale.holds(stretch(d.asOf)[0]) {
		y := d.scale.middle(stretch(d.asOf)[0])
		d.rule(left-4, y, right+4, y, d.colors.muted, 1, 3)
	}
}

func near(taken []float64, at, least float64) bool {
	for _, t := range taken {
		if max(at-t, t-at) < least {
			return true
		}
	}
	return false
}

// tallBlocks writes the told facts, each as near to its place on the axis as it fits, with a line from its lane.
func (d *drawing) tallBlocks(blocks []block, left, lane, right, text, top, bottom float64) {
	var want, size []float64
	for _, b := range blocks {
		want = append(want, d.place(&d.events[b.events[0]])-8+b.height/2)
		size = append(size, b.height)
	}
	for i, at := range spread(want, size, top, bottom) {
		b := blocks[i]
		first := &d.events[b.events[0]]
		y := at - b.height/2 + 12
		from := d.place(first)
		x := left + lane*(float64(first.lane)+0.5)
		d.leader(point{x, from}, point{right, from}, point{text - 6, y - 4})
		d.tallBlock(b, text, y)
	}
}

// leader draws a line from a mark straight to the edge of the lanes, and from there in a bow to a text.
func (d *drawing) leader(from, edge, to point) {
	var p path
	p.move(from.x, from.y)
	p.line(edge.x, edge.y)
	bend := (to.x - edge.x) * 0.6
	p.curve(point{edge.x + bend, edge.y}, point{to.x - bend, to.y}, to)
	d.stroke(p, d.colors.line, 0.8, 0)
}

// tallBlock writes the date, then each fact with its mark and source.
func (d *drawing) tallBlock(b block, x, y float64) {
	first := &d.events[b.events[0]]
	end := d.text(bodyB, x, y, d.colors.text, longDate(first.date, d.lang))
	if b.all > len(b.events) {
		d.text(small, end+7, y, d.colors.muted, d.factsOf(b.all))
	}
	y += 17
	for i, t := range b.events {
		e := &d.events[t]
		d.mark(e.status, x+4, y-4)
		for _, l := range b.lines[i] {
			d.text(body, x+13, y, d.colors.text, l)
			y += tallLine
		}
		d.origin(e, x+13, y)
		y += tallLine + 2
	}
}

// origin writes the source of a fact and the letter of its lane.
func (d *drawing) origin(e *event, x, y float64) {
	if len(d.lanes) > 1 {
		d.letter(e.lane, x, y)
		x += sourceWidth + 5
	}
	if e.source != "" {
		x = d.sourceMark(e.source, x, y)
		d.text(small, x+5, y, d.colors.muted, small.fit(e.publisher, tallWidth-tallMargin-x-5))
	}
}

// tallLaneMarks draws the events of a topic: marks side by side, or counts where they are too many.
func (d *drawing) tallLaneMarks(lane int, x, width float64) {
	if lane > 0 {
		for _, g := range d.scale.segments {
			d.rule(x, g.start, x, g.end, d.colors.faint, 0.6, 0)
		}
	}
	var events []int
	var at []float64
	for i := range d.events {
		if e := &d.events[i]; e.lane == lane {
			events = append(events, i)
			at = append(at, d.place(e))
			d.tallSpan(e, x+2)
		}
	}
	side := int((width - 6) / markSize)
	size := func(n int) float64 {
		if n <= side {
			return markSize
		}
		return pillHeight + 1.5
	}
	for _, g := range clusters(events, at, size) {
		middle := x + width/2 + 1
		if len(g.events) > side {
			d.pill(g.events, middle, g.at, "count of "+d.lanes[lane])
			continue
		}
		for i, e := range g.events {
			mx := middle + markSize*(float64(i)-float64(len(g.events)-1)/2)
			d.claim(rect{mx - markSize/2, g.at - markSize/2, markSize, markSize}, string(d.events[e].id))
			d.mark(d.events[e].status, mx, g.at)
		}
	}
}

// tallSpan draws the days that an event's dates may mean.
func (d *drawing) tallSpan(e *event, x float64) {
	c := d.colors.mix(d.colors.of(e.status), 0.55)
	if !e.until.IsZero() {
		d.rule(x+1.2, d.place(e), x+1.2, d.scale.middle(stretch(e.until)[1]), c, 0.8, 0)
	}
	if e.date.Day == 0 {
		s := stretch(e.date)
		y0, y1 := d.scale.at(s[0]), d.scale.at(s[1])+d.scale.perDay
		d.fill(rounded(rect{x, y0, 2.4, max(y1-y0, 2.4)}, 1.2), c)
	}
}
