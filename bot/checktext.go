package bot

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Bounds of what is read of a message: more than Discord lets anybody send.
const (
	maxEmbeds    = 10
	maxSnapshots = 4
	maxDepth     = 12
)

// texts returns what a message says, in the order in which it is read: its content, its text displays, its embeds, the message that it
// replies to, and the messages that it forwards. raw is the event, for components that discordgo cannot decode.
func (b *Bot) texts(m *discordgo.Message, raw json.RawMessage, id string) []string {
	if m == nil {
		return nil
	}
	out := b.ownTexts(m)
	if len(m.Components) == 0 {
		out = append(out, displays(raw, id)...)
	}
	if r := m.ReferencedMessage; r != nil && !b.isOwn(m) { // an answer of the bot's quotes the question
		out = append(out, b.ownTexts(r)...)
	}
	for _, s := range m.MessageSnapshots[:min(len(m.MessageSnapshots), maxSnapshots)] {
		if s.Message != nil {
			out = append(out, b.ownTexts(s.Message)...)
		}
	}
	for i := range out {
		out[i] = head(out[i])
	}
	return out
}

func (b *Bot) ownTexts(m *discordgo.Message) (out []string) {
	add := func(text string) {
		if text = plainText(head(text)); text != "" {
			out = append(out, text)
		}
	}
	content := m.Content
	if b.isOwn(m) {
		content = ownText(content)
	}
	add(content)
	displayed(m.Components, 0, add)
	for _, e := range m.Embeds[:min(len(m.Embeds), maxEmbeds)] {
		if e == nil {
			continue
		}
		add(e.Title)
		add(e.Description)
		for _, f := range e.Fields[:min(len(e.Fields), 25)] {
			if f != nil {
				add(f.Name)
				add(f.Value)
			}
		}
		if e.Footer != nil {
			add(e.Footer.Text)
		}
	}
	return out
}

// isOwn reports whether the bot wrote a message.
func (b *Bot) isOwn(m *discordgo.Message) bool {
	return m.Author != nil && m.Author.ID != "" && m.Author.ID == b.self.Load().user
}

// displayed calls add with the texts of components.
func displayed(list []discordgo.MessageComponent, depth int, add func(string)) {
	if depth > maxDepth {
		return
	}
	for _, c := range list {
		switch c := c.(type) {
		case *discordgo.TextDisplay:
			add(c.Content)
		case *discordgo.Section:
			displayed(c.Components, depth+1, add)
		case *discordgo.Container:
			displayed(c.Components, depth+1, add)
		}
	}
}

// displays returns the texts of the components of a message in a raw event, whatever other components there are.
func displays(raw json.RawMessage, id string) (out []string) {
	var event struct {
		Data struct {
			Resolved struct {
				Messages map[string]struct {
					Components any `json:"components"`
				} `json:"messages"`
			} `json:"resolved"`
		} `json:"data"`
	}
	if len(raw) == 0 || json.Unmarshal(raw, &event) != nil {
		return nil
	}
	walkDisplays(event.Data.Resolved.Messages[id].Components, 0, func(text string) {
		if text = plainText(head(text)); text != "" {
			out = append(out, text)
		}
	})
	return out
}

// textDisplay is the type of components that only show a text; Discord docs, components/reference.
const textDisplay = 10

func walkDisplays(v any, depth int, add func(string)) {
	if depth > 2*maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walkDisplays(e, depth+1, add)
		}
	case map[string]any:
		if text, ok := v["content"].(string); ok && v["type"] == float64(textDisplay) {
			add(text)
		}
		walkDisplays(v["components"], depth+1, add)
	}
}

// What people write for the looks of a text: none of it is part of a sentence.
var (
	linkedText = regexp.MustCompile(`\[([^\[\]\n]+)\]\(<?https?://[^\s()<>]+>?\)`)
	addresses  = regexp.MustCompile(`<?https?://[^\s<>]+>?`)
	lineMarks  = regexp.MustCompile(`(?m)^[ \t]*(?:>>> |> |-# |#{1,3} |[-*+] )+`)
	emphasis   = strings.NewReplacer("***", "", "**", "", "__", "", "~~", "", "||", "", "```", "\n", "`", "")
)

// plainText returns what a text says without Discord's markup, line by line.
func plainText(text string) string {
	s := linkedText.ReplaceAllString(text, "$1")
	s = addresses.ReplaceAllString(markup.ReplaceAllString(s, " "), " ")
	s = lineMarks.ReplaceAllString(emphasis.Replace(s), "")
	return strings.TrimSpace(s)
}

var citationMarks = regexp.MustCompile(` \[\d{1,3}\]`)

// ownText is what a message of the bot's own says, without its source lines and marks.
func ownText(content string) string {
	var lines []string
	for line := range strings.SplitSeq(content, "\n") {
		if !strings.HasPrefix(line, "-# ") {
			lines = append(lines, unescape(citationMarks.ReplaceAllString(line, "")))
		}
	}
	return strings.Join(lines, "\n")
}
