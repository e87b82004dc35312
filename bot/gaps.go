package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/state"
	"enlace/knowledge"
)

const (
	actionGaps    = "gaps"
	actionDismiss = "dismiss"

	// markGap begins the marks of dismissed questions: the server, if only its admins dismissed them, a hash of their stems, and when it was.
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
		if key := gapKey(a.Asked); at.After(later(dismissed[key], dismissed[b.gapScope(u)+key])) {
			a.Cited = nil
			list = append(list, poor{a, against[a.ID]})
		}
	}
	return list, nil
}

// gapScope stands before the questions in the marks of what an admin dismisses: who administers one server hides nothing from others.
func (b *Bot) gapScope(u use) string {
	if b.operates(u) {
		return ""
	}
	return u.guild + "."
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
	var buttons []discordgo.MessageComponent
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
		rows = append(rows, buttonRow(back, on))
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
		if err := b.store.PutMark(ctx, markGap+b.gapScope(u)+key, now); err != nil {
			return failedWith(err, "", u.lang)
		}
	}
	d := b.gapsAt(ctx, u, page, wordDismissed.In(u.lang))
	d.detail = fmt.Sprintf("%d questions", list[i].weight+list[i].off)
	return d
}
