package bot

import (
	"fmt"
	"slices"
	"strings"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/knowledge"
)

// standing returns an answer's messages as they have to stand: as it was given, and what was corrected since. Those that are there
// already bound their number.
func (b *Bot) standing(a *state.Answer) []Part {
	parts := b.shown(a)
	if a.SharedBy != "" {
		parts = withName(a.SharedBy, parts, languageOf(a))
	}
	if n := len(a.Messages); n > 0 { // another version of the program may split it into more
		parts = within(parts, n, languageOf(a))
	}
	contents := make([]string, len(parts))
	for i, p := range parts {
		contents[i] = p.Content
	}
	for i, c := range withCorrections(contents, a) {
		parts[i].Content = c
	}
	return parts
}

// languageOf is the language of an answer.
func languageOf(a *state.Answer) knowledge.Lang {
	if a.Checked != nil {
		return a.Checked.Language
	}
	return a.Answer.Language
}

// withCorrections puts the corrections of an answer under its messages: each under the first one that has the fact among its sources.
func withCorrections(contents []string, a *state.Answer) []string {
	l, citations := languageOf(a), a.Answer.Citations
	if a.Checked != nil {
		citations = a.Checked.Citations
	}
	under := make([][]correctionLine, len(contents))
	for _, c := range curate.Standing(a) {
		mark := ""
		if i := slices.IndexFunc(citations, func(x knowledge.Citation) bool { return x.ID == c.Fact }); i >= 0 {
			mark = fmt.Sprintf("[%d]", citations[i].N)
		}
		at := slices.IndexFunc(contents, func(content string) bool { return strings.Contains(content, "\n-# "+mark+" ") })
		if at < 0 || mark == "" {
			at = len(contents) - 1
		}
		if at >= 0 {
			under[at] = append(under[at], lineOf(c, a, mark, l))
		}
	}
	out := slices.Clone(contents)
	for i, lines := range under {
		out[i] = appendCorrections(out[i], lines)
	}
	return out
}

// correctionLine is a line that tells what changed: "-# ✎ Corrected <when>: [1] now reads: <text>".
type correctionLine struct{ when, mark, what, text string }

func lineOf(c state.Correction, a *state.Answer, mark string, l knowledge.Lang) correctionLine {
	line := correctionLine{when: fmt.Sprintf("-# ✎ %s <t:%d:D>: ", wordCorrected.In(l), c.At.Unix()), mark: mark}
	if mark == "" {
		line.mark = Escape(string(c.Fact))
	}
	before, was := "", cited(a, c.Fact)
	if was != nil {
		before, _ = was.Text.Best(l)
	}
	text, _ := c.Now.Best(l)
	switch {
	case c.Now == (knowledge.Text{}):
		line.what, line.text = " "+wordIsWithdrawn.In(l), Escape(c.Reason)
	case was != nil && text == before && was.Status != c.Status:
		line.what = " " + wordNowIs.In(l) + " " + statusMarks[c.Status].In(l)
	default:
		if text == before { // shown in both languages, and the other one changed
			text = c.Now.In(l.Other())
		}
		line.what, line.text = " "+wordNowReads.In(l), Escape(text)
		if was != nil && was.Status != c.Status {
			line.what += " (" + statusMarks[c.Status].In(l) + ")"
		}
	}
	return line
}

// cited returns a fact as an answer used it, nil where it did not.
func cited(a *state.Answer, id knowledge.FactID) *knowledge.Fact {
	for i := range a.Cited {
		if a.Cited[i].Fact.ID == id {
			return &a.Cited[i].Fact
		}
	}
	return nil
}

// fit is the line in at most n characters, "" where not even its beginning fits.
func (c correctionLine) fit(n int) string {
	line := c.when + c.mark + c.what
	if c.text != "" {
		line += ": " + c.text
	}
	if length(line) <= n {
		return line
	}
	head := c.when + c.mark + c.what + ": "
	room := n - length(head) - length(" …")
	if c.text == "" || room < 20 {
		return ""
	}
	text, _ := cut(c.text, room)
	return head + text + " …"
}

// appendCorrections puts lines under a message. The sources stay; where there is little room the corrections are shortened, at last to
// the bare marks, and only where not even these fit the words of the answer are.
func appendCorrections(content string, lines []correctionLine) string {
	if len(lines) == 0 {
		return content
	}
	room := maxContent - length(content)
	var whole, shared []string
	total := 0
	for _, line := range lines {
		whole = append(whole, line.fit(maxContent))
		total += 1 + length(whole[len(whole)-1])
	}
	if total <= room && !slices.Contains(whole, "") {
		return content + "\n" + strings.Join(whole, "\n")
	}
	for i, line := range lines { // what one line does not need the next ones may take
		fitted := line.fit(room/(len(lines)-i) - 1)
		if fitted == "" {
			break
		}
		shared, room = append(shared, fitted), room-1-length(fitted)
	}
	if len(shared) == len(lines) {
		return content + "\n" + strings.Join(shared, "\n")
	}
	var marks []string
	for _, line := range lines {
		marks = append(marks, line.mark)
	}
	bare, _ := cut(lines[0].when+strings.Join(marks, ", "), maxContent/4)
	return shortened(content, maxContent-1-length(bare)) + "\n" + bare
}

// shortened is a message of at most n characters: its longest lines are cut, and those that tell sources only where nothing else helps.
func shortened(content string, n int) string {
	lines := strings.Split(content, "\n")
	for over := length(content) - n; over > 0; {
		at := -1
		for i, line := range lines {
			if !strings.HasPrefix(line, "-# ") && !strings.Contains(line, "<http") && (at < 0 || length(line) > length(lines[at])) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		before := length(lines[at])
		body, _ := cut(lines[at], max(before-over-length(" …"), 1))
		if length(body)+length(" …") >= before {
			break
		}
		lines[at] = body + " …"
		over -= before - length(lines[at])
	}
	out, _ := cut(strings.Join(lines, "\n"), n)
	return out
}
