package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/lang"
)

const (
	actionGaps    = "gaps"
	actionDismiss = "dismiss"

	// markGap begins the marks of dismissed questions: a hash of their stems, and when it was.
	markGap = "gap."

	gapsFor     = 30 * 24 * time.Hour
	gapsOnPage  = 5    // as many buttons fit in a row
	maxGaps     = 2000 // different questions that are grouped: the most frequent ones
	maxAsks     = 3    // wordings that are shown of a group
	maxLinks    = 3    // messages that a group links to
	likeness    = 0.5  // of two questions' stems so many have to be the same
	shownAsk    = 150  // characters of a question
	dismissKeys = 100  // questions of a group that are dismissed at once
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

// gapCounts are the figures of a list of gaps.
type gapCounts struct{ groups, none, down int }

// gaps returns what an admin may see of the gaps, the weightiest first, and whether there are more than are grouped.
func (b *Bot) gaps(ctx context.Context, u use) (list []*gap, counts gapCounts, more bool, err error) {
	poors, err := b.poors(ctx, u)
	if err != nil {
		return nil, counts, false, err
	}
	list, more = grouped(poors)
	for _, g := range list {
		counts.none += g.none + g.off
		counts.down += g.down
	}
	counts.groups = len(list)
	return list, counts, more, nil
}

// poors returns the answers of the last days that found nothing or are disliked, and were not dismissed since, oldest first.
func (b *Bot) poors(ctx context.Context, u use) (list []poor, err error) {
	from := b.now().Add(-gapsFor)
	dismissed, err := b.dismissed(ctx, from)
	if err != nil {
		return nil, err
	}
	against := map[string][]state.Vote{}
	for v, err := range b.store.Votes(ctx, from) {
		if err != nil {
			return nil, err
		}
		if !v.Up {
			against[v.Answer] = append(against[v.Answer], v)
		}
	}
	for a, err := range b.store.Since(ctx, from) {
		if err != nil {
			return nil, err
		}
		nothing := a.Answer.Outcome == knowledge.NoMatch || a.Answer.Outcome == knowledge.OffTopic
		if !b.sees(u, a.Guild, a.Private) || !nothing && len(against[a.ID]) == 0 {
			continue
		}
		at := a.At
		for _, v := range against[a.ID] {
			at = later(at, v.At)
		}
		if at.After(dismissed[gapKey(a.Asked)]) {
			a.Cited = nil
			list = append(list, poor{a, against[a.ID]})
		}
	}
	return list, nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// dismissed returns when questions were dismissed, and forgets dismissals that nothing can be before any more.
func (b *Bot) dismissed(ctx context.Context, from time.Time) (map[string]time.Time, error) {
	marks, err := b.store.Marks(ctx, markGap)
	if err != nil {
		return nil, err
	}
	out := make(map[string]time.Time, len(marks))
	for key, value := range marks {
		at, err := time.Parse(time.RFC3339Nano, value)
		if err != nil || at.Before(from) {
			_ = b.store.PutMark(ctx, key, "") // the next look does it otherwise
			continue
		}
		out[strings.TrimPrefix(key, markGap)] = at
	}
	return out, nil
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

func (b *Bot) gapsCommand(ctx context.Context, u use) done { return b.gapsAt(ctx, u, 1, "") }

// gapsPage turns to another page.
func (b *Bot) gapsPage(ctx context.Context, u use) done {
	page, _ := strconv.Atoi(u.subject())
	d := b.gapsAt(ctx, u, page, "")
	d.quiet = true
	return d
}

// gapsAt shows a page of the gaps, the nearest one where there is none with the number.
func (b *Bot) gapsAt(ctx context.Context, u use, page int, note string) done {
	list, counts, more, err := b.gaps(ctx, u)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	if len(list) == 0 {
		return said(strings.Trim(wordNoGaps.In(u.lang)+"\n"+note, "\n"))
	}
	pages := (len(list) + gapsOnPage - 1) / gapsOnPage
	page = min(max(page, 1), pages)
	shown := list[(page-1)*gapsOnPage:]
	shown = shown[:min(len(shown), gapsOnPage)]
	var head, tail []string
	head = append(head, fmt.Sprintf(wordGaps.In(u.lang), page, pages))
	var buttons, turns []discordgo.MessageComponent
	for i, g := range shown {
		n := (page-1)*gapsOnPage + i + 1
		buttons = append(buttons, button(discordgo.SecondaryButton, fmt.Sprintf(wordDismiss.In(u.lang), n), actionDismiss, fmt.Sprintf("%s:%d", g.first, page)))
	}
	for _, extra := range []struct {
		line string
		show bool
	}{{wordMoreGaps.In(u.lang), more && page == pages}, {wordHereOnly.In(u.lang), !b.operates(u)}, {note, note != ""}} {
		if extra.show {
			tail = append(tail, extra.line)
		}
	}
	rows := []discordgo.MessageComponent{buttonRow(buttons...)}
	if pages > 1 {
		back, on := button(discordgo.SecondaryButton, "◀", actionGaps, strconv.Itoa(page-1)), button(discordgo.SecondaryButton, "▶", actionGaps, strconv.Itoa(page+1))
		back.Disabled, on.Disabled = page == 1, page == pages
		rows = append(rows, buttonRow(append(turns, back, on)...))
	}
	text := ""
	for _, f := range []gapForm{{maxAsks, maxLinks}, {1, maxLinks}, {1, 1}} { // as much of each as there is room for
		lines := slices.Clone(head)
		for i, g := range shown {
			lines = append(lines, g.lines((page-1)*gapsOnPage+i+1, u.lang, f)...)
		}
		if text = strings.Join(append(lines, tail...), "\n"); length(text) <= maxContent {
			break
		}
	}
	return done{parts: []Part{{Content: text, Rows: rows}}, detail: fmt.Sprintf("%d groups", counts.groups)}
}

// gapForm is how much of a group is shown.
type gapForm struct{ asks, links int }

// lines show a group.
func (g *gap) lines(n int, l knowledge.Lang, f gapForm) []string {
	ask, rest := cut(Escape(g.asks[0]), shownAsk)
	if rest != "" {
		ask += " …"
	}
	var counts []string
	if g.none > 0 {
		counts = append(counts, fmt.Sprintf(wordFound.In(l), g.none))
	}
	if g.off > 0 {
		counts = append(counts, fmt.Sprintf(wordOff.In(l), g.off))
	}
	if g.down > 0 {
		var why []string
		for _, w := range slices.Sorted(maps.Keys(g.why)) {
			if word, ok := whyNotWords[w]; ok {
				why = append(why, fmt.Sprintf("%s %d", word.In(l), g.why[w]))
			}
		}
		line := fmt.Sprintf("👎 ×%d", g.down)
		if len(why) > 0 {
			line += " (" + strings.Join(why, ", ") + ")"
		}
		counts = append(counts, line)
	}
	counts = append(counts, fmt.Sprintf(wordLastAsked.In(l), relative(g.last)))
	lines := []string{fmt.Sprintf("**%d.** %s", n, ask), "-# " + strings.Join(counts, " · ")}
	for _, other := range g.asks[1:min(len(g.asks), f.asks)] {
		other, rest := cut(Escape(other), shownAsk/2)
		if rest != "" {
			other += " …"
		}
		lines[1] += " · “" + other + "”"
	}
	if len(g.links) > 0 {
		lines = append(lines, "-# <"+strings.Join(g.links[:min(len(g.links), f.links)], "> <")+">")
	}
	return lines
}

// dismissGap hides a group until somebody asks it again.
func (b *Bot) dismissGap(ctx context.Context, u use) done {
	first, at, _ := strings.Cut(u.subject(), ":")
	page, _ := strconv.Atoi(at)
	list, _, _, err := b.gaps(ctx, u)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	i := slices.IndexFunc(list, func(g *gap) bool { return g.first == first })
	if i < 0 { // somebody else did it
		return b.gapsAt(ctx, u, page, "")
	}
	now := b.now().Format(time.RFC3339Nano)
	for _, key := range list[i].keys[:min(len(list[i].keys), dismissKeys)] {
		if err := b.store.PutMark(ctx, markGap+key, now); err != nil {
			return failedWith(err, "", u.lang)
		}
	}
	d := b.gapsAt(ctx, u, page, wordDismissed.In(u.lang))
	d.detail = fmt.Sprintf("%d questions", list[i].weight+list[i].off)
	return d
}
