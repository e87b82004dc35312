package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/knowledge"
)

// The actions of the buttons and menus under a review.
const (
	actionApply   = "apply"
	actionRestore = "restore"
	actionCancel  = "cancel"
	actionVersion = "version"
)

// review compares the fact files with the base in service; Confirm puts them in its place.
func (b *Bot) review(ctx context.Context, u use, confirm bool) done {
	if b.desk == nil {
		return failedWith(curate.ErrBuiltIn, "", u.lang)
	}
	r, err := b.desk.Review(ctx)
	switch {
	case err != nil:
		return failedWith(err, "", u.lang)
	case len(r.Problems) > 0:
		return brokenFiles(r, u.lang)
	}
	return offer(r, u.lang, actionApply, confirm)
}

// brokenFiles shows why the fact files cannot be served: the first problems, and all of them in a file.
func brokenFiles(r *curate.Review, l knowledge.Lang) done {
	lines := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		lines[i] = p.String()
	}
	count := number(wordProblems, len(lines), l)
	s := sheet{head: fmt.Sprintf(wordBroken.In(l), shortVersion(r.Before), count), lang: l, file: "problems.txt", open: 8}
	s.section("", lines, lines)
	return done{parts: s.parts(), detail: count, failed: errors.New(lines[0])}
}

// offer shows what would change.
func offer(r *curate.Review, l knowledge.Lang, action string, confirm bool) done {
	if r.Same() {
		return said(fmt.Sprintf(wordNoChange.In(l), shortVersion(r.Before)))
	}
	s := sheet{head: fmt.Sprintf(wordReview.In(l), shortVersion(r.Version), shortVersion(r.Before), number(wordFacts, r.Facts, l)), lang: l, file: "review.txt", open: 4}
	for _, kind := range []struct {
		name  string
		title knowledge.Text
	}{{"changed", wordChanged}, {"withdrawn", wordWithdrawnFacts}, {"added", wordAdded}, {"removed", wordRemoved}} {
		var brief, whole []string
		for _, c := range r.Changes {
			if string(c.Kind) == kind.name {
				brief = append(brief, changeLine(string(c.ID), c.Fields, c.Old, c.New, l, clipped))
				whole = append(whole, changeLine(string(c.ID), c.Fields, c.Old, c.New, l, plainly))
			}
		}
		s.section(titled(kind.title.In(l), len(brief)), brief, whole)
	}
	var brief, whole []string
	for _, m := range r.Moved {
		brief, whole = append(brief, movedLine(m, clipped)), append(whole, movedLine(m, plainly))
	}
	s.section(wordMovedTitle.In(l)+": "+fmt.Sprintf(wordOfAsked.In(l), len(r.Moved), r.Asked), brief, whole)
	var lint []string
	for _, p := range r.Lint {
		lint = append(lint, p.String())
	}
	s.section(titled(wordLint.In(l), len(lint)), lint, lint)
	s.section(fmt.Sprintf(wordAffected.In(l), r.Affected), nil, nil)
	d := done{parts: s.parts(), detail: fmt.Sprintf("%s → %s, %d changes, %d answers", shortVersion(r.Before), shortVersion(r.Version), len(r.Changes), r.Affected)}
	if confirm {
		d.parts[0].Rows = []discordgo.MessageComponent{buttonRow(
			button(discordgo.SuccessButton, wordConfirm.In(l), action, versions(r.Version, r.Before)),
			button(discordgo.SecondaryButton, wordCancel.In(l), actionCancel, "-"),
		)}
	}
	return d
}

func titled(title string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s: %d", title, n)
}

// pairing is how an old and a new text are shown beside each other.
type pairing func(old, new string) (string, string)

// clipped shows the surroundings of the first difference, plainly everything.
func clipped(old, new string) (string, string) { return around(old, new, 110), around(new, old, 110) }
func plainly(old, new string) (string, string) { return old, new }

// changeLine tells in one line what happened to a fact.
func changeLine(id string, fields []string, old, new *knowledge.Fact, l knowledge.Lang, show pairing) string {
	line := id
	if len(fields) > 0 {
		line += " (" + strings.Join(fields, ", ") + ")"
	}
	switch {
	case old == nil, new == nil:
		f := new
		if f == nil {
			f = old
		}
		text, _ := f.Text.Best(l)
		text, _ = show(text, "")
		return line + ": “" + text + "”"
	case new.Withdrawn != "" && old.Withdrawn == "":
		reason, _ := show(new.Withdrawn, "")
		return line + ": " + reason
	case new.ReplacedBy != "" && old.ReplacedBy == "":
		return line + ": " + fmt.Sprintf(wordReplacedBy.In(l), new.ReplacedBy)
	}
	if old.Status != new.Status {
		line += fmt.Sprintf(": %s → %s", old.Status, new.Status)
	}
	if old.Text.In(l) == new.Text.In(l) {
		l = l.Other()
	}
	if before, after := old.Text.In(l), new.Text.In(l); before != after {
		before, after = show(before, after)
		line += ": “" + before + "” → “" + after + "”"
	}
	return line
}

// movedLine tells in one line how a question is answered now and later.
func movedLine(m curate.Moved, show pairing) string {
	if m.Old.Outcome != m.New.Outcome {
		return fmt.Sprintf("%s · %s → %s", m.Question, m.Old.Outcome, m.New.Outcome)
	}
	old, new := show(strings.ReplaceAll(m.Old.Text, "\n", " "), strings.ReplaceAll(m.New.Text, "\n", " "))
	return m.Question + " · “" + old + "” → “" + new + "”"
}

// around returns at most n characters of s, from shortly before the place where it begins to differ from other.
func around(s, other string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	at := 0
	for at < len(s) && at < len(other) && s[at] == other[at] {
		at++
	}
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	start := at
	if i := strings.IndexByte(s[max(0, at-n/2):at], ' '); i >= 0 { // from a word before it
		start = max(0, at-n/2) + i + 1
	}
	if start < n/3 {
		start = 0
	}
	runes := []rune(s[start:])
	out := string(runes[:min(len(runes), n)])
	if start > 0 {
		out = "…" + out
	}
	if len(runes) > n {
		out += "…"
	}
	return out
}

const (
	versionPrefix = "sha256:"
	shownVersion  = 8  // digits of a version that people read
	knownVersion  = 16 // digits by which a button knows the version that was in service
)

func shortVersion(v string) string {
	v = strings.TrimPrefix(v, versionPrefix)
	return v[:min(len(v), shownVersion)]
}

// versions is the subject of a button that puts one version in the place of another.
func versions(next, before string) string {
	before = strings.TrimPrefix(before, versionPrefix)
	return strings.TrimPrefix(next, versionPrefix) + ":" + before[:min(len(before), knownVersion)]
}

// versionsOf takes a subject apart. What it names is looked up, never trusted.
func versionsOf(subject string) (next, before string, ok bool) {
	next, before, _ = strings.Cut(subject, ":")
	ok = len(next) == 64 && before != "" && strings.Trim(next+before, "0123456789abcdef") == ""
	return versionPrefix + next, before, ok
}

// apply puts what was reviewed in service.
func (b *Bot) apply(ctx context.Context, u use) done {
	return b.change(u, func(next, before string) (string, error) { return next, b.desk.Apply(ctx, next, before, u.user) })
}

// restore puts an earlier version in service.
func (b *Bot) restore(ctx context.Context, u use) done {
	return b.change(u, func(next, before string) (string, error) { return b.desk.Rollback(ctx, next, before, u.user) })
}

// change does what a confirmed review says.
func (b *Bot) change(u use, do func(next, before string) (string, error)) done {
	next, before, ok := versionsOf(u.subject())
	if !ok || b.desk == nil {
		return failedWith(state.ErrUnknownBase, "", u.lang)
	}
	detail := shortVersion(before) + " → " + shortVersion(next)
	next, err := do(next, before)
	if err != nil {
		return failedWith(err, detail, u.lang)
	}
	d := said(fmt.Sprintf(wordApplied.In(u.lang), shortVersion(next), shortVersion(before)))
	d.detail = detail
	return d
}

func (b *Bot) cancel(_ context.Context, u use) done { return said(wordCancelled.In(u.lang)) }
