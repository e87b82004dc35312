package answer

import (
	"cmp"
	"slices"

	"enlace/knowledge"
)

// summaryLength is how many facts a summary quotes at most: about what a reader takes in at once.
const summaryLength = 10

// A summary of everything quotes the facts with key 1 where there are enough of them, and somewhat more than one topic's.
const (
	enoughFirsts  = 6
	overallLength = 12
)

// Summary returns a cited summary of a topic, or of the whole base for "": the facts that the topic stands on, in the order in
// which the curator tells them. An unknown or empty topic ends in NoMatch with the topics' names.
func (s *Service) Summary(topic knowledge.TopicID, l knowledge.Lang) knowledge.Answer {
	start := s.now()
	b := s.live.Load().Base()
	a := newAnswer(knowledge.Question{}, l, b)
	a.Topic = topic
	chosen := summaryFacts(b, topic)
	if len(chosen) == 0 {
		a.Outcome = knowledge.NoMatch
		a.Text = OutcomeText(a.Outcome, l, titles(b, nil, l), 0)
		return s.finish(a, start)
	}
	lines := make([]line, len(chosen))
	for i, f := range chosen {
		lines[i] = line{fact: f}
	}
	s.compose(&a, b, lines)
	a.Outcome = knowledge.Answered
	return s.finish(a, start)
}

// summaryFacts chooses the facts of a summary and returns them in base order. Curated keys decide; facts without one follow by
// status, number of sources and place in the file, so that a base without keys has summaries too.
func summaryFacts(b *knowledge.Base, topic knowledge.TopicID) []*knowledge.Fact {
	var all []*knowledge.Fact
	for i := range b.Facts {
		if f := &b.Facts[i]; f.InService() && (topic == "" || f.Topic == topic) {
			all = append(all, f)
		}
	}
	place := make(map[*knowledge.Fact]int, len(all)) // of each fact within its own topic, most needed first
	perTopic := map[knowledge.TopicID]int{}
	needed := slices.Clone(all)
	slices.SortStableFunc(needed, func(x, y *knowledge.Fact) int {
		return cmp.Or(
			cmp.Compare(keyRank(x), keyRank(y)),
			cmp.Compare(slices.Index(knowledge.Statuses[:], x.Status), slices.Index(knowledge.Statuses[:], y.Status)),
			cmp.Compare(len(y.Sources), len(x.Sources)),
		)
	})
	for _, f := range needed {
		place[f] = perTopic[f.Topic]
		perTopic[f.Topic]++
	}
	length := summaryLength
	if topic == "" {
		firsts := slices.IndexFunc(needed, func(f *knowledge.Fact) bool { return f.Key != 1 })
		if firsts >= enoughFirsts { // the curator has said what everything stands on
			length = min(firsts, overallLength)
		} else { // every topic has its say before one has its second
			slices.SortStableFunc(needed, func(x, y *knowledge.Fact) int { return cmp.Compare(place[x], place[y]) })
		}
	}
	picked := map[*knowledge.Fact]bool{}
	for _, f := range needed[:min(len(needed), length)] {
		picked[f] = true
	}
	return slices.DeleteFunc(all, func(f *knowledge.Fact) bool { return !picked[f] })
}

// keyRank orders keys with "not marked" last.
func keyRank(f *knowledge.Fact) int {
	if f.Key == 0 {
		return 10
	}
	return f.Key
}
