package picture

import (
	"image/color"
	"math"
	"slices"
)

// The measures of a wide picture, in units.
const (
	wideWidth  = 550.0
	wideHeight = 350.0
	wideMargin = 12.0
	wideLine   = 14.5 // leading of the list
	wideRow    = 25.0 // the height of a lane
	wideOnly   = 64.0 // the height of the only one
	mostWide   = 10   // told facts
	maxLanes   = 7    // topics beyond share the last one
)

var (
	small    = typeface{size: smallest}
	smallB   = typeface{smallest, true}
	headline = typeface{15, true}
)

// wide lays out a picture for a channel: the title, a legend, lanes over an axis, and the told facts as a numbered list.
func (d *drawing) wide() {
	d.paper(wideWidth, wideHeight)
	inner := wideWidth - 2*wideMargin
	d.heading()
	names := 0.0
	if len(d.lanes) > 1 {
		names = 104
	}
	d.scale = newScale(d.days(), wideMargin+names, wideWidth-wideMargin, 8)
	status, other, span := d.legend()
	entries := append(status, other...)
	top := d.rows(entries, wideMargin, 39, inner, 15)
	if names == 0 {
		top = d.rows(append(span, d.legendOfPlot()...), wideMargin, top, inner, 15)
	}
	top -= 7

	labels, rows := d.axisLabels()
	axis := 5 + 11.5*float64(rows)
	height := wideRow
	if len(d.lanes) == 1 {
		height = wideOnly
	}
	bottom := top + height*float64(len(d.lanes))
	room, rest := math.Modf((wideHeight - 7 - (bottom + axis)) / wideLine)
	height += rest * wideLine / float64(len(d.lanes))
	bottom = top + height*float64(len(d.lanes))
	d.told = d.tell(min(int(room), mostWide), d.place)
	d.wideAxis(labels, top, bottom)
	if names > 0 {
		d.rows(span, wideMargin, bottom+13.5, names, 0)
	}
	for lane := range d.lanes {
		d.wideLane(lane, wideMargin, names, top+height*float64(lane), height)
	}
	d.list(bottom+axis+11, int(room))
}

// heading writes the title, and on its right what is told and as of when.
func (d *drawing) heading() {
	right := wideWidth - wideMargin
	if c := d.checked(shortDate); c != "" {
		right -= small.width(c)
		d.text(small, right, 21.5, d.colors.muted, c)
		right -= 8
		d.rule(right+3, 12, right+3, 24, d.colors.muted, 1, 3)
	}
	if w := small.width(d.summary()); headline.width(d.title) < right-w-wideMargin-16 {
		right -= w + 4
		d.text(small, right, 21.5, d.colors.muted, d.summary())
	}
	d.text(headline, wideMargin, 22, d.colors.text, headline.fit(d.title, right-wideMargin-12))
}

// axisLabel is a tick whose label has found a place.
type axisLabel struct {
	tick
	x   float64
	row int
}

// axisLabels finds places for the labels of an axis that begins at from: first for the years that segments begin in, in two
// rows, then for the other years and the months, in the first row alone. What finds none has no label.
func (d *drawing) axisLabels() (out []axisLabel, rows int) {
	var taken []rect
	place := func(t tick, row int) bool {
		f := d.axisFont(t)
		w := f.width(t.label)
		x := t.at - w/2
		if t.rank == 0 {
			x = t.from // further right than this it would run into the next one
		}
		x = min(x, wideWidth-3-w)
		b := rect{x - 1, float64(row), w + 2, 1}
		if slices.ContainsFunc(taken, b.overlaps) {
			return false
		}
		taken = append(taken, b)
		out = append(out, axisLabel{t, x, row})
		rows = max(rows, row+1)
		return true
	}
	ticks := d.scale.ticks(d.lang, 26)
	for rank := range 3 {
		for _, t := range ticks {
			if t.rank == rank && !place(t, 0) && rank == 0 {
				place(t, 1)
			}
		}
	}
	return out, rows
}

func (d *drawing) axisFont(t tick) typeface { return typeface{smallest, t.rank < 2} }

// wideAxis draws the bands of the segments, the labels and the breaks.
func (d *drawing) wideAxis(labels []axisLabel, top, bottom float64) {
	for i, g := range d.scale.segments {
		d.fill(polygon(point{g.start, top}, point{g.end, top}, point{g.end, bottom}, point{g.start, bottom}), d.colors.band)
		d.rule(g.start, bottom, g.end, bottom, d.colors.line, 1, 0)
		if i > 0 {
			d.breakMark((d.scale.segments[i-1].end+g.start)/2, bottom, true)
		}
	}
	for _, t := range d.scale.ticks(d.lang, 26) {
		if t.rank > 0 {
			d.rule(t.at, top, t.at, bottom, d.colors.faint, 0.7, 0)
		}
		d.rule(t.at, bottom, t.at, bottom+3, d.colors.line, 0.8, 0)
	}
	for _, t := range labels {
		if t.row == 1 {
			d.rule(t.at, bottom, t.at, bottom+15.5, d.colors.line, 0.8, 0)
		}
		d.text(d.axisFont(t.tick), t.x, bottom+13.5+float64(t.row)*11.5, d.colors.muted, t.label)
	}
	d.today(top, bottom)
}

// today draws a line at the check date.
func (d *drawing) today(top, bottom float64) {
	if d.asOf.IsZero() || d.asOf.Day == 0 || !d.scale.holds(stretch(d.asOf)[0]) {
		return
	}
	x := d.scale.middle(stretch(d.asOf)[0])
	d.rule(x, top-2, x, bottom+4, d.colors.muted, 1, 3)
}

// wideLane draws the events of a topic: numbers of the told ones above, marks or counts of all below.
func (d *drawing) wideLane(lane int, left, names, y, height float64) {
	if lane > 0 {
		d.rule(left, y, wideWidth-wideMargin, y, d.colors.faint, 0.8, 0)
	}
	if names > 0 {
		lines := small.wrap(d.lanes[lane], names-10, 2)
		base := y + height/2 + 4
		if len(lines) == 2 {
			base = y + 10.5
		}
		for i, l := range lines {
			d.text(small, left, base+12*float64(i), d.colors.text, l)
		}
	}
	var events []int
	var at []float64
	for i := range d.events {
		if d.events[i].lane == lane {
			events = append(events, i)
			at = append(at, d.place(&d.events[i]))
			d.wideSpan(&d.events[i], y+height-3)
		}
	}
	rows, base := 1, y+height/2-1
	if names == 0 {
		rows, base = int((height-pillHeight-12)/markSize), y+height-9
	}
	groups := d.groups(events, at, rows)
	if names == 0 {
		d.fan(y+pillHeight/2+1, base)
	} else {
		d.besides(lane, groups, rows, base)
	}
	for _, g := range groups {
		d.group(g, rows, base, d.lanes[lane])
	}
}

// groups are the clusters of a lane, with marks stacked up to rows high, within the axis.
func (d *drawing) groups(events []int, at []float64, rows int) []cluster {
	groups := clusters(events, at, func(n int) float64 { return groupWidth(n, rows) })
	var want, size []float64
	for _, g := range groups {
		want = append(want, g.at)
		size = append(size, groupWidth(len(g.events), rows))
	}
	for i, at := range spread(want, size, d.scale.segments[0].start, wideWidth-wideMargin) {
		groups[i].at = at
	}
	return groups
}

func groupWidth(n, rows int) float64 {
	if n <= rows {
		return markSize
	}
	return pillWidth(n) + 1.5
}

func (d *drawing) group(g cluster, rows int, base float64, lane string) {
	if len(g.events) > rows {
		d.pill(g.events, g.at, base, "count of "+lane)
		return
	}
	for i, e := range g.events {
		y := base - markSize*float64(i)
		d.claim(rect{g.at - markSize/2, y - markSize/2, markSize, markSize}, string(d.events[e].id))
		d.mark(d.events[e].status, g.at, y)
	}
}

// wideSpan draws the days that an event's dates may mean.
func (d *drawing) wideSpan(e *event, y float64) {
	c := d.colors.mix(d.colors.of(e.status), 0.55)
	if !e.until.IsZero() {
		d.rule(d.place(e), y+1.2, d.scale.middle(stretch(e.until)[1]), y+1.2, c, 0.8, 0)
	}
	if e.date.Day == 0 {
		s := stretch(e.date)
		d.bar(d.scale.at(s[0]), d.scale.at(s[1])+d.scale.perDay, y, c)
	}
}

func (d *drawing) bar(x0, x1, y float64, c color.NRGBA) {
	w := max(x1-x0, 2.4)
	d.fill(rounded(rect{x0, y, w, 2.4}, 1.2), c)
}

// fan draws the numbers of the told events in a row, as near to their places as they fit, with a line down to each.
func (d *drawing) fan(y, base float64) {
	var want, size []float64
	for i, t := range d.told {
		want = append(want, d.place(&d.events[t]))
		size = append(size, badgeWidth(i+1)+2)
	}
	at := spread(want, size, d.scale.segments[0].start, wideWidth-wideMargin)
	for i := range at {
		d.rule(at[i], y+pillHeight/2, want[i], base, d.colors.line, 0.9, 0)
	}
	for i := range at {
		d.badge(i+1, at[i], y)
	}
}

// besides draws the numbers of a lane's told events on the line of its marks, each at the free place nearest to its event.
func (d *drawing) besides(lane int, groups []cluster, rows int, y float64) {
	var taken [][2]float64
	for _, g := range groups {
		w := groupWidth(len(g.events), rows)
		taken = append(taken, [2]float64{g.at - w/2, g.at + w/2})
	}
	for i, t := range d.told {
		if d.events[t].lane != lane {
			continue
		}
		w := badgeWidth(i+1) + 1
		x := d.free(taken, d.place(&d.events[t]), w)
		taken = append(taken, [2]float64{x - w/2, x + w/2})
		d.badge(i+1, x, y)
	}
}

// free returns the centre nearest to x of a stretch of the axis of width w that overlaps nothing taken.
func (d *drawing) free(taken [][2]float64, x, w float64) float64 {
	lo, hi := d.scale.segments[0].start+w/2, wideWidth-wideMargin-w/2
	best := lo
	try := func(at float64) {
		over := func(t [2]float64) bool { return at-w/2 < t[1]-0.01 && t[0] < at+w/2-0.01 }
		if at >= lo && at <= hi && !slices.ContainsFunc(taken, over) && (best == lo || math.Abs(at-x) < math.Abs(best-x)) {
			best = at
		}
	}
	try(x)
	for _, t := range taken {
		try(t[0] - w/2)
		try(t[1] + w/2)
	}
	return best
}

// list writes the told facts, which share the lines that are left over.
func (d *drawing) list(y float64, room int) {
	dates := 0.0
	for _, t := range d.told {
		dates = max(dates, smallB.width(shortDate(d.events[t].date, d.lang)))
	}
	x := wideMargin + 20
	text := x + dates + 8 + 13
	lines := make([][]string, len(d.told))
	tags := make([]float64, len(d.told))
	extra := room - len(d.told)
	for i, t := range d.told {
		e := &d.events[t]
		tags[i] = d.tagWidth(e)
		width := wideWidth - wideMargin - text - tags[i]
		lines[i] = small.wrap(e.telling(d.lang), width, 1)
		if more := small.wrap(e.telling(d.lang), width, 2); extra > 0 && len(more) == 2 {
			lines[i] = more
			extra--
		}
	}
	for i, t := range d.told {
		e := &d.events[t]
		d.badge(i+1, wideMargin+8, y-4)
		d.text(smallB, x, y, d.colors.text, shortDate(e.date, d.lang))
		d.mark(e.status, text-9, y-4)
		d.tag(e, wideWidth-wideMargin-tags[i]+8, y)
		for _, l := range lines[i] {
			d.text(small, text, y, d.colors.text, l)
			y += wideLine
		}
	}
}

// maxPublisher is the room for a publisher's name.
const maxPublisher = 62.0

// tagWidth is the room that a source takes at the end of a line.
func (d *drawing) tagWidth(e *event) float64 {
	if e.source == "" {
		return 0
	}
	return 8 + sourceWidth + 4 + small.width(small.fit(e.publisher, maxPublisher))
}

// tag names the source of an event.
func (d *drawing) tag(e *event, x, y float64) {
	if e.source == "" {
		return
	}
	x = d.sourceMark(e.source, x, y)
	d.text(small, x+4, y, d.colors.muted, small.fit(e.publisher, maxPublisher))
}
