package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
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

// wording is how an old and a new text are shown beside each other.
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

// sheet is a message with a heading and sections of lines, and a file with all lines where they do not all fit.
type sheet struct {
	head, file string
	lang       knowledge.Lang
	open       int // how many lines of a section are shown
	sections   []section
}

type section struct {
	title        string
	brief, whole []string
}

func (s *sheet) section(title string, brief, whole []string) {
	if title != "" || len(brief) > 0 {
		s.sections = append(s.sections, section{title, brief, whole})
	}
}

// maxLine is the longest line of a sheet in a message.
const maxLine = 300

// parts returns the message. Every section has its title in it; lines that find no room are in the file.
func (s *sheet) parts() []Part {
	room := maxContent - length(s.head) - length(wordAttached.In(s.lang)) - 10
	for _, x := range s.sections {
		room -= length(x.title) + 6
	}
	out, short := s.head, false
	for _, x := range s.sections {
		if x.title != "" {
			out += "\n**" + x.title + "**"
		}
		for i, line := range x.brief {
			shown, rest := cut(Escape(line), maxLine)
			if rest != "" {
				shown += " …"
			}
			if shown = "\n- " + shown; i >= s.open || length(shown) > room {
				short = true
				break
			}
			short = short || rest != "" || line != x.whole[i]
			room -= length(shown)
			out += shown
		}
	}
	if !short {
		return []Part{{Content: out}}
	}
	return []Part{{Content: out + "\n-# " + wordAttached.In(s.lang), Files: []*discordgo.File{textFile(s.file, s.text())}}}
}

// text is everything, for the file.
func (s *sheet) text() string {
	var out strings.Builder
	out.WriteString(strings.NewReplacer("**", "", "`", "").Replace(s.head) + "\n")
	for _, x := range s.sections {
		if x.title != "" {
			out.WriteString("\n" + x.title + "\n")
		}
		for _, line := range x.whole {
			out.WriteString("- " + line + "\n")
		}
	}
	return out.String()
}

func textFile(name, text string) *discordgo.File {
	return &discordgo.File{Name: name, ContentType: "text/plain; charset=utf-8", Reader: strings.NewReader(text)}
}

// number names a count: "1 fact", "2 facts".
func number(forms [2]knowledge.Text, n int, l knowledge.Lang) string {
	if n == 1 {
		return forms[0].In(l)
	}
	return fmt.Sprintf(forms[1].In(l), n)
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

// rollback shows what an earlier version would change, or which versions there are.
func (b *Bot) rollback(ctx context.Context, u use) done {
	if version := u.text(optionVersion); version != "" {
		return b.rollbackTo(ctx, u, version)
	}
	if b.desk == nil {
		return failedWith(curate.ErrBuiltIn, "", u.lang)
	}
	history, err := b.desk.History(ctx)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	live := b.desk.Base().Version
	lines, menu := []string{wordVersions.In(u.lang)}, discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: customID(actionVersion, "-"), Placeholder: wordChoose.In(u.lang)}
	for _, base := range history {
		line := "- " + versionLine(base, u.lang, "`"+shortVersion(base.Version)+"`", fmt.Sprintf("<t:%d:f>", base.At.Unix()), who(base.By))
		if base.Version == live {
			lines = append(lines, line+" · "+wordInService.In(u.lang))
			continue
		}
		lines = append(lines, line)
		if !slices.ContainsFunc(menu.Options, func(o discordgo.SelectMenuOption) bool { return o.Value == base.Version }) {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: plainVersion(base, u.lang), Value: base.Version})
		}
	}
	if len(menu.Options) == 0 {
		return said(wordNoVersions.In(u.lang))
	}
	d := said(strings.Join(lines, "\n"))
	d.detail, d.parts[0].Rows = "list", []discordgo.MessageComponent{buttonRow(menu)}
	return d
}

// chosenVersion is rollback to what was picked in the list.
func (b *Bot) chosenVersion(ctx context.Context, u use) done {
	data, _ := u.event.Data.(discordgo.MessageComponentInteractionData)
	if len(data.Values) != 1 {
		return failedWith(state.ErrUnknownBase, "", u.lang)
	}
	return b.rollbackTo(ctx, u, data.Values[0])
}

func (b *Bot) rollbackTo(ctx context.Context, u use, version string) done {
	if b.desk == nil {
		return failedWith(curate.ErrBuiltIn, "", u.lang)
	}
	r, err := b.desk.ReviewOf(ctx, version)
	if err != nil {
		return failedWith(err, shortVersion(version), u.lang)
	}
	return offer(r, u.lang, actionRestore, true)
}

// suggestVersions lists the versions that a rollback can go to.
func (b *Bot) suggestVersions(ctx context.Context, u use) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	if u.admin && b.desk != nil {
		typed := strings.ToLower(u.text(optionVersion))
		history, _ := b.desk.History(ctx)
		live := b.desk.Base().Version
		for _, base := range history {
			name := plainVersion(base, u.lang)
			known := slices.ContainsFunc(choices, func(c *discordgo.ApplicationCommandOptionChoice) bool { return c.Value == base.Version })
			if base.Version != live && !known && strings.Contains(strings.ToLower(name+" "+base.Version), typed) {
				choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: base.Version})
			}
		}
	}
	_ = b.discord.Suggest(ctx, u.event, choices) // whoever types goes on typing
}

// versionLine tells which version it is, since when, by whom, why, and with how many facts.
func versionLine(base state.Base, l knowledge.Lang, version, at, by string) string {
	items := []string{version, at}
	if why, ok := whyWords[base.Why]; ok {
		items = append(items, why.In(l))
	}
	if by != "" {
		items = append(items, by)
	}
	return strings.Join(append(items, number(wordFacts, base.Facts, l)), " · ")
}

// plainVersion is versionLine where no markup works: at most 100 characters.
func plainVersion(base state.Base, l knowledge.Lang) string {
	line, _ := cut(versionLine(base, l, shortVersion(base.Version), base.At.UTC().Format(time.DateOnly+" 15:04 UTC"), base.By), 100)
	return line
}

// who shows a user; messages ping nobody.
func who(user string) string {
	if user == "" {
		return ""
	}
	return "<@" + user + ">"
}
