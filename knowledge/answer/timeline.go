package answer

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

// Event is a dated fact on a timeline.
type Event struct {
	Date   knowledge.Date    `json:"date"`           // the fact's first date within the span asked for
	Until  knowledge.Date    `json:"until,omitzero"` // its last one within the span, absent if there is only one
	Topic  knowledge.TopicID `json:"topic,omitempty"`
	Fact   knowledge.FactID  `json:"id"`
	Status knowledge.Status  `json:"status"`
	Text   string            `json:"text"` // in the language asked for where there is one
}

// Span says which dated facts a timeline shows. Its zero value means all of them.
type Span struct {
	Topic    knowledge.TopicID // "" = every topic
	From, To knowledge.Date    // inclusive; partial dates mean all of their days; absent = open
}

// Timeline returns the facts in service that have a date within the span, oldest first, equal dates in base order. The result
// is nil when there are none.
func Timeline(b *knowledge.Base, span Span, l knowledge.Lang) []Event {
	var events []Event
	for i := range b.Facts {
		f := &b.Facts[i]
		if !f.InService() || span.Topic != "" && f.Topic != span.Topic {
			continue
		}
		dates := slices.SortedFunc(slices.Values(f.Dates), knowledge.Date.Compare)
		dates = slices.DeleteFunc(dates, func(d knowledge.Date) bool { return !span.holds(d) })
		if len(dates) == 0 {
			continue
		}
		text, _ := f.Text.Best(l)
		e := Event{Date: dates[0], Topic: f.Topic, Fact: f.ID, Status: f.Status, Text: text}
		if len(dates) > 1 {
			e.Until = dates[len(dates)-1]
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(x, y Event) int {
		return cmp.Or(x.Date.Compare(y.Date), x.Until.Compare(y.Until))
	})
	return events
}

// holds reports whether any day that d may mean lies within the span.
func (s Span) holds(d knowledge.Date) bool {
	return (s.From.IsZero() || !d.Last().Before(s.From.First())) && (s.To.IsZero() || !d.First().After(s.To.Last()))
}
