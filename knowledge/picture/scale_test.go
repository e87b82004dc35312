package picture

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

func days(t *testing.T, dates ...string) (out [][2]int) {
	t.Helper()
	for _, s := range dates {
		d, err := knowledge.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, stretch(d))
	}
	return out
}

func TestEqualTimesAreEquallyLongInAndBetweenSegments(t *testing.T) {
	s := newScale(days(t, "1872-06-28", "1873-01", "2023-03", "2024-01-09", "2025-07-31", "2027"), 10, 510, 6)
	if len(s.segments) < 2 {
		t.Fatalf("no break over 150 years: %+v", s.segments)
	}
	for _, g := range s.segments {
		for d := g.first; d < g.last; d++ {
			if step := s.at(d+1) - s.at(d); math.Abs(step-s.perDay) > 1e-9 {
				t.Fatalf("day %d is %v long, not %v", d, step, s.perDay)
			}
		}
	}
	if first, last := s.segments[0].start, s.segments[len(s.segments)-1].end; first != 10 || math.Abs(last-510) > 1e-9 {
		t.Errorf("the scale runs from %v to %v, not from 10 to 510", first, last)
	}
	for i := 1; i < len(s.segments); i++ {
		if s.segments[i].first-s.segments[i-1].last-1 < leastGap {
			t.Errorf("a break of fewer than %d days", leastGap)
		}
		if room := s.segments[i].start - s.segments[i-1].end; math.Abs(room-breakLength) > 1e-9 {
			t.Errorf("a break of %v units", room)
		}
	}
}

func TestNothingKnownFallsIntoABreak(t *testing.T) {
	all := days(t, "1872-06-28", "1939-09-22", "1945", "1979-09-30", "2001-10", "2024-04-21", "2025-07-31")
	s := newScale(all, 0, 500, 6)
	for _, d := range all {
		if !s.holds(d[0]) || !s.holds(d[1]) {
			t.Errorf("days %v are in a break", d)
		}
	}
}

func TestOneDayFillsAScale(t *testing.T) {
	s := newScale(days(t, "2025-07-31"), 0, 500, 6)
	if at := s.middle(s.segments[0].first); math.Abs(at-250) > 1e-9 {
		t.Errorf("the only day is at %v of 500", at)
	}
}

func TestSpreadKeepsOrderAndRoom(t *testing.T) {
	for _, c := range []struct {
		want, size []float64
		out        []float64
	}{
		{[]float64{10, 50}, []float64{10, 10}, []float64{10, 50}},
		{[]float64{50, 50}, []float64{10, 10}, []float64{45, 55}},
		{[]float64{50, 50, 50}, []float64{10, 20, 10}, []float64{35, 50, 65}},
		{[]float64{0, 0}, []float64{10, 10}, []float64{5, 15}},
		{[]float64{100, 100}, []float64{10, 10}, []float64{85, 95}},
	} {
		got := spread(c.want, c.size, 0, 100)
		if !slices.EqualFunc(got, c.out, func(x, y float64) bool { return math.Abs(x-y) < 1e-9 }) {
			t.Errorf("spread(%v, %v) = %v, want %v", c.want, c.size, got, c.out)
		}
	}
}

func TestClustersJoinWhatWouldOverlap(t *testing.T) {
	got := clusters([]int{0, 1, 2, 3}, []float64{0, 3, 7, 40}, func(int) float64 { return 8 })
	if len(got) != 2 || len(got[0].events) != 3 || len(got[1].events) != 1 {
		t.Errorf("clusters = %+v", got)
	}
}

func TestDatesInBothLanguages(t *testing.T) {
	d := knowledge.Date{Year: 2025, Month: 7, Day: 31}
	for _, c := range []struct{ got, want string }{
		{shortDate(d, knowledge.English), "Jul 31, 2025"},
		{shortDate(d, knowledge.Spanish), "31 jul. 2025"},
		{longDate(d, knowledge.English), "July 31, 2025"},
		{longDate(d, knowledge.Spanish), "31 de julio de 2025"},
		{longDate(knowledge.Date{Year: 2025, Month: 7}, knowledge.Spanish), "julio de 2025"},
		{shortDate(knowledge.Date{Year: 1872}, knowledge.English), "1872"},
		{count(1234, knowledge.English), "1,234"},
		{count(1234, knowledge.Spanish), "1234"},
		{count(1234567, knowledge.Spanish), "1.234.567"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestEveryEventHasItsMark counts marks and counts in the lanes.
func TestEveryEventHasItsMark(t *testing.T) {
	b := shipped(t)
	events := answer.Timeline(b, answer.Span{}, knowledge.English)
	for _, layout := range Layouts {
		p := Draw(events, Options{Layout: layout, Base: b})
		n := 0
		for _, l := range p.scene.labels {
			if b.Fact(knowledge.FactID(l.what)) != nil {
				n++
			}
			n += l.counts
		}
		if n != len(events) {
			t.Errorf("%s: %d of %d events are marked", layout, n, len(events))
		}
	}
}

func TestNoEventsAreSaidToBeNone(t *testing.T) {
	p := Draw(nil, Options{Lang: knowledge.Spanish})
	checkLayout(t, p)
	if p.Alt() != "Cronología: todos los temas. No hay hechos con fecha en ese período." {
		t.Errorf("alt = %q", p.Alt())
	}
}

func TestColorsHaveContrast(t *testing.T) {
	for name, p := range map[string]*palette{"light": &light, "dark": &dark} {
		for _, s := range knowledge.Statuses {
			if c := contrast(p.of(s), p.background); c < 2.95 { // the set's purple on white is 2.96
				t.Errorf("%s: %s has a contrast of %.2f", name, s, c)
			}
		}
		for _, back := range []struct{ what string }{{"background"}, {"band"}} {
			under := p.background
			if back.what == "band" {
				under = p.band
			}
			if c := min(contrast(p.text, under), contrast(p.muted, under)); c < 4.5 {
				t.Errorf("%s: text on the %s has a contrast of %.2f", name, back.what, c)
			}
		}
	}
}

// contrast is WCAG 2.2's contrast ratio.
func contrast(a, b color.NRGBA) float64 {
	luminance := func(c color.NRGBA) float64 {
		linear := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
