package picture

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// hostile are texts that break layouts.
var hostile = []string{
	"", " ", "plain", strings.Repeat("W", 5000), strings.Repeat("word ", 2000), "tab\tand\nline\r\nfeed", "\x00\x01\x1b[31mred\x7f",
	"\u202eright to left\u202c \u2066isolated\u2069 \ufeff", "🇪🇨 emoji 👩‍👩‍👧 🧿", "שלום עולם", "مرحبا بالعالم", "漢字かな交じり文", "z" + strings.Repeat("\u0301", 300),
	"<script>alert(1)</script>", `"><svg onload="x">&amp;&#0;`, "]]>", "\xff\xfe broken", "\ufffe\uffff", strings.Repeat("\U000e0041", 50),
	"a\u00a0b\u2028c\u2029d", "ﷺ", strings.Repeat("ﬃ", 200), "Quito–Guayaquil “quotes” ñ Ñ á ¿? … €",
}

func TestHostileTextNeitherBreaksLayoutNorPanics(t *testing.T) {
	for i, text := range hostile {
		for _, layout := range Layouts {
			t.Run(fmt.Sprintf("%d-%s", i, layout), func(t *testing.T) {
				events, base := hostileBase(text)
				p := Draw(events, Options{Title: text, Layout: layout, Theme: Dark, Base: base})
				checkLayout(t, p)
				checkXML(t, p.SVG())
				if _, err := p.PNG(); err != nil {
					t.Error(err)
				}
				if n := length(p.Alt()); n > maxAlt {
					t.Errorf("alt text of %d characters", n)
				}
				for _, it := range p.scene.items {
					for _, r := range it.text {
						if !faces().regular.has(r) || r < ' ' {
							t.Errorf("%q holds %q, which the font cannot show", it.text, r)
						}
					}
				}
			})
		}
	}
}

// hostileBase has the text in every place where one can stand.
func hostileBase(text string) ([]answer.Event, *knowledge.Base) {
	both := knowledge.Text{EN: text, ES: text}
	var topics []knowledge.Topic
	var list []knowledge.Fact
	var events []answer.Event
	for i := range 12 { // more topics than lanes
		id := knowledge.TopicID(fmt.Sprint("t", i))
		topics = append(topics, knowledge.Topic{ID: id, Title: both})
		f := knowledge.Fact{ID: knowledge.FactID(fmt.Sprint("f", i)), Topic: id, Text: both, Status: knowledge.Statuses[i%4], Sources: []knowledge.SourceID{"s"}, AsOf: knowledge.Date{Year: 2024, Month: 2, Day: 29}}
		list = append(list, f)
		events = append(events, answer.Event{Date: knowledge.Date{Year: 1000 + 800*i, Month: time.Month(i%3) * 2}, Topic: id, Fact: f.ID, Status: f.Status, Text: text})
	}
	source := knowledge.Source{ID: "s", Publisher: text, Kind: knowledge.Aggregator}
	entity := knowledge.Entity{ID: "e", Name: text, Aliases: []string{text}}
	return events, knowledge.NewBase("v", topics, []knowledge.Source{source}, []knowledge.Entity{entity}, list)
}

func TestAnyEventsAreLaidOutWithoutCollisions(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 60 {
		var events []answer.Event
		years := []int{1, 3, 40, 9000}[round%4]
		for range random.IntN(1 + 20*(round%9)) {
			e := answer.Event{
				Date: knowledge.Date{Year: 1000 + random.IntN(years)}, Topic: knowledge.TopicID(fmt.Sprint(random.IntN(1 + round%8))),
				Fact: "f", Status: knowledge.Statuses[random.IntN(4)], Text: hostile[random.IntN(len(hostile))],
			}
			if random.IntN(3) > 0 {
				e.Date.Month = time.Month(1 + random.IntN(12))
				e.Date.Day = random.IntN(29)
			}
			if random.IntN(4) == 0 {
				e.Until = knowledge.Date{Year: e.Date.Year + random.IntN(3)}
			}
			events = append(events, e)
		}
		for _, layout := range Layouts {
			for _, l := range knowledge.Langs {
				p := Draw(events, Options{Layout: layout, Lang: l, AsOf: knowledge.Date{Year: 1001, Month: 5, Day: 6}})
				checkLayout(t, p)
			}
		}
		if t.Failed() {
			t.Fatalf("round %d with %d events", round, len(events))
		}
	}
}

func TestHarmless(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"  two\n words\t", "two words"},
		{"a\u202eb\u200dc\ufeff", "abc"},
		{"e\u0301\u0301\u0301\u0301", "e\u0301\u0301"},
		{"\u0301x", "x"},
		{"x🧿y", "x□y"},
		{"\xff", "□"},
		{"\x1b[1m", "□[1m"},
		{"אב", "□□"},
		{"ñandú ¿qué? “so” – 5 € …", "ñandú ¿qué? “so” – 5 € …"},
	} {
		if got := harmless(c.in); got != c.want {
			t.Errorf("harmless(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if !shown(box) {
		t.Error("the font has no box for what it cannot show")
	}
}

func FuzzHarmless(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		out := harmless(s)
		if again := harmless(out); again != out && len([]rune(out)) <= maxText {
			t.Errorf("%q becomes %q, which becomes %q", s, out, again)
		}
		for _, line := range small.wrap(out, 60, 3) {
			if w := small.width(line); w > 60.01 && len([]rune(line)) > 2 {
				t.Errorf("%q is %v wide", line, w)
			}
		}
	})
}
