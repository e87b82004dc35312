package picture

import (
	"cmp"
	"slices"
	"time"

	"enlace/knowledge"
)

// breakLength is how much of an axis a break takes, in units.
const breakLength = 11

// segment is a stretch of time that is drawn without a break: days from..to of the axis at from..to units, the padding
// within.
type segment struct {
	first, last int // days, both included
	start, end  float64
}

// scale maps days to units along an axis. All segments have the same number of units for a day; between them lie breaks.
type scale struct {
	segments []segment
	perDay   float64
	pad      float64 // at both ends of every segment
}

// day counts days since 1970.
func day(t time.Time) int { return int(t.Unix() / 86400) }

// stretch is the days that a date may mean.
func stretch(d knowledge.Date) [2]int { return [2]int{day(d.First()), day(d.Last())} }

// newScale makes a scale over the days on which something may have happened, from start to end. A gap becomes a break where
// that saves room: where it would be longer than a break with the padding around it.
func newScale(days [][2]int, start, end, pad float64) *scale {
	runs := merge(days)
	gaps := make([]int, 0, len(runs))
	for i := 1; i < len(runs); i++ {
		gaps = append(gaps, i)
	}
	slices.SortStableFunc(gaps, func(x, y int) int { return cmp.Compare(gap(runs, y), gap(runs, x)) })
	total := runs[len(runs)-1][1] - runs[0][0] + 1
	room := end - start - 2*pad
	breaks := 0
	cost := breakLength + 2*pad
	for _, g := range gaps {
		left := room - float64(breaks)*cost
		if width := float64(gap(runs, g)) * left / float64(total); width < 1.15*cost || left < 2*cost || gap(runs, g) < leastGap {
			break
		}
		total -= gap(runs, g)
		breaks++
	}
	cut := gaps[:breaks]
	return layOut(runs, cut, start, end, pad)
}

// layOut gives every stretch between the cuts its place.
func layOut(runs [][2]int, cut []int, start, end, pad float64) *scale {
	s := &scale{pad: pad}
	days := 0
	for i, r := range runs {
		if i == 0 || slices.Contains(cut, i) {
			s.segments = append(s.segments, segment{first: r[0]})
		}
		s.segments[len(s.segments)-1].last = r[1]
	}
	for _, g := range s.segments {
		days += g.last - g.first + 1
	}
	n := float64(len(s.segments))
	room := end - start - (n-1)*breakLength
	s.perDay = min(max(room-2*pad*n, 1)/float64(days), maxPerDay)
	s.pad = (room - s.perDay*float64(days)) / (2 * n)
	at := start
	for i := range s.segments {
		g := &s.segments[i]
		g.start = at
		g.end = at + 2*s.pad + s.perDay*float64(g.last-g.first+1)
		at = g.end + breakLength
	}
	return s
}

// leastGap is the least number of empty days that a break may stand for.
const leastGap = 60

// maxPerDay keeps a scale of a few days from looking like one of hours.
const maxPerDay = 40

func gap(runs [][2]int, i int) int { return runs[i][0] - runs[i-1][1] - 1 }

// merge sorts stretches of days and joins those that overlap or touch.
func merge(days [][2]int) [][2]int {
	days = slices.Clone(days)
	slices.SortFunc(days, func(x, y [2]int) int { return cmp.Or(x[0]-y[0], x[1]-y[1]) })
	var out [][2]int
	for _, d := range days {
		if n := len(out); n > 0 && d[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], d[1])
			continue
		}
		out = append(out, d)
	}
	return out
}

// at returns the place of the start of a day; a day within a break is at its middle. Days outside are at the nearest end.
func (s *scale) at(d int) float64 {
	for i, g := range s.segments {
		if d < g.first {
			if i == 0 {
				return g.start
			}
			return (s.segments[i-1].end + g.start) / 2
		}
		if d <= g.last {
			return g.start + s.pad + s.perDay*float64(d-g.first)
		}
	}
	return s.segments[len(s.segments)-1].end
}

// middle returns the place of the middle of a day.
func (s *scale) middle(d int) float64 { return s.at(d) + s.perDay/2 }

// holds reports whether a day is on the axis, and not in a break.
func (s *scale) holds(d int) bool {
	return slices.ContainsFunc(s.segments, func(g segment) bool { return g.first <= d && d <= g.last })
}

// tick is a place on the axis with a label.
type tick struct {
	at    float64
	from  float64 // the start of the segment, for the first one of each; else at
	label string
	rank  int // 0 = the year that a segment begins in, 1 = another year, 2 = month
}

// ticks returns the years of each segment, and the months where a month is at least monthRoom long, in order.
func (s *scale) ticks(l knowledge.Lang, monthRoom float64) []tick {
	var out []tick
	for i, g := range s.segments {
		first, last := date(g.first), date(g.last)
		label := itoa(first.Year())
		if i > 0 && date(s.segments[i-1].last).Year() == first.Year() {
			label = shortMonth(first.Month(), l) + " " + label
		}
		out = append(out, tick{s.at(g.first), g.start, label, 0})
		for y := first.Year() + 1; y <= last.Year() && len(out) < 400; y++ {
			at := s.at(day(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)))
			out = append(out, tick{at, at, itoa(y), 1})
		}
		if s.perDay*30 < monthRoom {
			continue
		}
		for m := time.Date(first.Year(), first.Month()+1, 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, 1, 0) {
			if m.Month() != time.January {
				at := s.at(day(m))
				out = append(out, tick{at, at, shortMonth(m.Month(), l), 2})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y tick) int { return cmp.Compare(x.at, y.at) })
	return out
}

func date(d int) time.Time { return time.Unix(int64(d)*86400, 0).UTC() }
