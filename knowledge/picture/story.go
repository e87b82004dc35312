package picture

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// maxEvents bounds what is drawn; the shipped base has some 240 dated facts.
const maxEvents = 5000

// event is one fact of a story.
type event struct {
	date, until knowledge.Date
	id          knowledge.FactID
	status      knowledge.Status
	lane        int
	text        string // harmless and on one line
	key         int    // how telling the fact is: 1 = most; 10 = not marked
	publisher   string // short; "" without a source
	source      knowledge.SourceKind
}

// story is what a picture tells, before it is laid out.
type story struct {
	lang   knowledge.Lang
	title  string
	asOf   knowledge.Date
	lanes  []string // titles of the topics, in their order
	events []event
}

func newStory(events []answer.Event, o Options) *story {
	s := &story{lang: o.Lang, asOf: o.AsOf}
	events = slices.DeleteFunc(slices.Clone(events), func(e answer.Event) bool { return e.Date.IsZero() })
	events = events[:min(len(events), maxEvents)]
	topics := s.topics(events, o.Base)
	for _, e := range events {
		s.events = append(s.events, s.event(e, slices.Index(topics, e.Topic), o))
	}
	s.title = harmless(o.Title)
	if s.title == "" {
		s.title = wordTimeline.In(s.lang) + ": " + wordAllTopics.In(s.lang)
		if len(s.lanes) == 1 {
			s.title = wordTimeline.In(s.lang) + ": " + s.lanes[0]
		}
	}
	return s
}

// topics returns the topics of the events in the order of the base, unknown ones last, and names the lanes after them.
func (s *story) topics(events []answer.Event, b *knowledge.Base) []knowledge.TopicID {
	order := func(id knowledge.TopicID) int {
		if b == nil {
			return 0
		}
		if i := slices.IndexFunc(b.Topics, func(t knowledge.Topic) bool { return t.ID == id }); i >= 0 {
			return i
		}
		return len(b.Topics)
	}
	var ids []knowledge.TopicID
	for _, e := range events {
		if !slices.Contains(ids, e.Topic) {
			ids = append(ids, e.Topic)
		}
	}
	slices.SortFunc(ids, func(x, y knowledge.TopicID) int { return cmp.Or(order(x)-order(y), cmp.Compare(x, y)) })
	if len(ids) > maxLanes { // one lane for the rest
		ids = ids[:maxLanes]
	}
	for _, id := range ids {
		title := cmp.Or(string(id), wordNoTopic.In(s.lang))
		if b != nil && b.Topic(id) != nil {
			if t, _ := b.Topic(id).Title.Best(s.lang); t != "" {
				title = t
			}
		}
		s.lanes = append(s.lanes, cmp.Or(harmless(title), string(box)))
	}
	return ids
}

func (s *story) event(e answer.Event, lane int, o Options) event {
	out := event{date: e.Date, until: e.Until, id: e.Fact, status: e.Status, lane: lane, text: cmp.Or(harmless(e.Text), harmless(string(e.Fact)), string(box)), key: 10}
	if lane < 0 {
		out.lane = len(s.lanes) - 1
	}
	if o.Base == nil {
		return out
	}
	f := o.Base.Fact(e.Fact)
	if f == nil {
		return out
	}
	if f.Key > 0 {
		out.key = f.Key
	}
	if o.AsOf.IsZero() && f.AsOf.Compare(s.asOf) > 0 {
		s.asOf = f.AsOf
	}
	if len(f.Sources) > 0 {
		if src := o.Base.Source(f.Sources[0]); src != nil {
			out.source, out.publisher = src.Kind, short(harmless(src.Publisher), o.Base)
		}
	}
	return out
}

// short returns a publisher's name without what stands behind it, or its abbreviation where the base knows one.
func short(publisher string, b *knowledge.Base) string {
	for _, end := range []string{" (", " / ", " via ", ","} {
		publisher, _, _ = strings.Cut(publisher, end)
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		names := append([]string{e.Name}, e.Aliases...)
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(plain(n), plain(publisher)) }) {
			continue
		}
		for _, n := range names {
			if abbreviation(n) && len(n) < len(publisher) {
				return harmless(n)
			}
		}
	}
	return publisher
}

func plain(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, "U.S.", "US"), "US ")
}

// abbreviation reports whether a name is two to six capitals, like DHS.
func abbreviation(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 2 && n <= 6 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// tell chooses at most n events to be told in words: three fifths of them the most telling of each topic in turn, the others
// those that lie farthest, along the axis, from everything told so far. The result is in the order of the events.
func (s *story) tell(n int, at func(*event) float64) []int {
	var told []int
	left := make([]int, len(s.events))
	for i := range left {
		left[i] = i
	}
	take := func(i int) {
		told = append(told, i)
		left = slices.DeleteFunc(left, func(x int) bool { return x == i })
	}
	for _, i := range s.inTurn() {
		if len(told) >= (3*n+4)/5 || s.events[i].key == 10 {
			break
		}
		take(i)
	}
	for len(told) < n && len(left) > 0 {
		take(slices.MaxFunc(left, func(x, y int) int {
			return cmp.Or(
				cmp.Compare(s.distance(x, told, at), s.distance(y, told, at)),
				cmp.Compare(s.events[y].key, s.events[x].key), cmp.Compare(y, x))
		}))
	}
	slices.Sort(told)
	return told
}

// distance is how far an event lies from the nearest one told, in steps of a few pixels, so that how telling it is decides
// between neighbours.
func (s *story) distance(i int, told []int, at func(*event) float64) int {
	best := 1 << 30
	for _, t := range told {
		d := at(&s.events[i]) - at(&s.events[t])
		best = min(best, int(max(d, -d)/10))
	}
	return best
}

// inTurn returns all events: the most telling of every topic, then the second of every topic, and so on.
func (s *story) inTurn() []int {
	byLane := make([][]int, len(s.lanes))
	for i := range s.events {
		l := s.events[i].lane
		byLane[l] = append(byLane[l], i)
	}
	for _, l := range byLane {
		slices.SortStableFunc(l, func(x, y int) int { return s.events[x].key - s.events[y].key })
	}
	var out []int
	for rank := 0; len(out) < len(s.events); rank++ {
		for _, l := range byLane {
			if rank < len(l) {
				out = append(out, l[rank])
			}
		}
	}
	return out
}
