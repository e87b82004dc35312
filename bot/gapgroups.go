package bot

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// gap is a group of questions that are alike and that the bot did not serve well.
type gap struct {
	first  string // the id of its first answer, which names the group
	asks   []string
	none   int            // found nothing
	off    int            // were taken for something else
	down   int            // votes against
	why    map[string]int // their reasons
	last   time.Time
	links  []string
	keys   []string // of its questions
	stems  map[string]bool
	asked  map[string]bool
	weight int
}

// poor is an answer that found nothing or that somebody dislikes.
type poor struct {
	answer state.Answer
	votes  []state.Vote
}

// stems are the words of a question that say what it is about, in their basic form and in order.
func stems(text string) []string {
	l, _ := lang.Detect(text)
	var out []string
	for _, t := range lang.Tokens(nil, text) {
		if t.Kind != lang.Punct && !lang.IsStop(t.Folded, l) {
			out = append(out, lang.Stem(t.Folded, l))
		}
	}
	if len(out) == 0 { // nothing but stop words
		out = append(out, lang.Fold(strings.Join(strings.Fields(text), " ")))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// gapKey is the same for questions with the same stems.
func gapKey(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(stems(text), "\x00")))
	return hex.EncodeToString(sum[:12])
}

// grouped puts questions that are alike into groups: those with the same stems first; then, from the weightiest on, each into the
// group whose first question is likest to it, if it is like enough (Jaccard's index), or into one of its own. Equal answers make
// equal groups, whatever their order.
func grouped(poors []poor) (list []*gap, more bool) {
	same := map[string]*gap{}
	for _, p := range poors {
		key := gapKey(p.answer.Asked)
		if same[key] == nil {
			same[key] = &gap{keys: []string{key}, stems: set(stems(p.answer.Asked)), why: map[string]int{}, asked: map[string]bool{}, first: p.answer.ID}
		}
		same[key].take(p)
	}
	all := slices.SortedFunc(maps.Values(same), heavier)
	if more = len(all) > maxGaps; more {
		all = all[:maxGaps]
	}
	for _, g := range all {
		var best *gap
		most := likeness
		for _, leader := range list {
			if l := alike(g.stems, leader.stems); l > most || l == most && best == nil {
				best, most = leader, l
			}
		}
		if best == nil {
			list = append(list, g)
			continue
		}
		best.join(g)
	}
	slices.SortFunc(list, heavier)
	return list, more
}

func set(list []string) map[string]bool {
	out := make(map[string]bool, len(list))
	for _, s := range list {
		out[s] = true
	}
	return out
}

func alike(a, b map[string]bool) float64 {
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// heavier is the order of gaps: what found nothing or is disliked before what was taken for something else, which it may be.
func heavier(a, b *gap) int {
	return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.off, a.off), b.last.Compare(a.last), cmp.Compare(a.keys[0], b.keys[0]))
}

// take adds an answer.
func (g *gap) take(p poor) {
	a := p.answer
	switch a.Answer.Outcome {
	case knowledge.NoMatch:
		g.none++
	case knowledge.OffTopic:
		g.off++
	}
	g.down += len(p.votes)
	for _, v := range p.votes {
		g.why[v.Why]++
	}
	g.weight = g.none + g.down
	g.last = later(g.last, a.At)
	if text := lang.Normalize(a.Asked); !g.asked[text] {
		g.asked[text] = true
		g.asks = append(g.asks, text)
	}
	if link := jumpLink(&a); link != "" && len(g.links) < maxLinks {
		g.links = append(g.links, link)
	}
}

// join takes a group that is alike.
func (g *gap) join(other *gap) {
	g.none += other.none
	g.off += other.off
	g.down += other.down
	g.weight += other.weight
	for why, n := range other.why {
		g.why[why] += n
	}
	g.last = later(g.last, other.last)
	g.asks = append(g.asks, other.asks...)
	g.keys = append(g.keys, other.keys...)
	g.links = append(g.links, other.links...)
	g.links = g.links[:min(len(g.links), maxLinks)]
}
