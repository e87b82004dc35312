package discordtest

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	anyUser    = regexp.MustCompile(`<@!?(\d+)>`)
	anyChannel = regexp.MustCompile(`<#(\d+)>`)
	anyRole    = regexp.MustCompile(`<@&(\d+)>`)
	anyCommand = regexp.MustCompile(`</([^:>]+):\d+>`)
)

// Transcript is the text of a channel as viewer reads it (nil reads all), one message after another:
//
//	ana: @bot Who signed it?
//	bot → ana “@bot Who signed it?”: John Reimberg signed it. [1]
//	    -# [1] official · DHS
//	    [Sources] [👍] [👎]
//	    (edited)
//
// Further lines are indented. Ids are replaced by names, so equal conversations have equal transcripts. Ephemeral
// messages say who alone sees them; responses say to which command.
func (c *Channel) Transcript(viewer *User) string { return c.transcript(viewer, false) }

// History is Transcript with the earlier states of edited messages, each under the message, oldest first.
func (c *Channel) History(viewer *User) string { return c.transcript(viewer, true) }

func (c *Channel) transcript(viewer *User, versions bool) string {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	var b strings.Builder
	for _, m := range c.visible(viewer) {
		c.d.render(&b, m, versions)
	}
	return b.String()
}

// String is the message as it stands in a transcript.
func (m *Message) String() string {
	d := m.Channel.d
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	d.render(&b, m, false)
	return b.String()
}

func (d *Discord) render(b *strings.Builder, m *Message, versions bool) {
	b.WriteString(d.heading(m) + ": ")
	var lines []string
	add := func(text string) {
		if text != "" {
			lines = append(lines, strings.Split(d.named(text), "\n")...)
		}
	}
	if m.Loading() {
		add("thinking…")
	}
	add(m.Content)
	for _, line := range layout(m.Components) {
		add(line)
	}
	for _, e := range m.Embeds {
		add(e.text())
	}
	for _, a := range m.Attachments {
		add(strings.TrimSpace("file " + a.Name + " " + a.Description))
	}
	for _, u := range m.Unfurls() {
		add("preview of " + u)
	}
	for _, r := range m.Reactions {
		add(fmt.Sprintf("%s %d", r.Emoji, len(r.Users)))
	}
	if m.Thread != nil {
		add("thread “" + m.Thread.Name + "”")
	}
	if versions {
		for n, v := range m.Versions {
			add(fmt.Sprintf("(version %d) %s", n+1, strings.Join(append([]string{v.shown()}, layout(v.Components)...), "\n")))
		}
	}
	if !m.Edited.IsZero() {
		add("(edited)")
	}
	b.WriteString(strings.Join(lines, "\n    ") + "\n")
}

func (v Version) shown() string {
	if v.Flags&FlagLoading != 0 {
		return "thinking…"
	}
	return v.Content
}

// heading says who speaks, to whom, and who sees it.
func (d *Discord) heading(m *Message) string {
	who := m.Author.Name
	if to := d.messages[m.ReplyTo]; to != nil {
		who += " → " + to.Author.Name + " " + quote(strings.ReplaceAll(d.named(to.Text()), "\n", " "))
	} else if m.ReplyTo != "" {
		who += " → a deleted message"
	}
	if i := m.Interaction; i != nil {
		who += " (to " + i.String() + ")"
	}
	if m.VisibleTo != nil {
		who += " (only " + m.VisibleTo.Name + " sees this)"
	}
	if m.Pings() && m.Author == d.bot {
		who += " (pings " + strings.Join(d.pinged(m), ", ") + ")"
	}
	return who
}

func (d *Discord) pinged(m *Message) []string {
	var names []string
	for _, u := range m.Mentions {
		names = append(names, u.Name)
	}
	for _, id := range m.MentionRoles {
		names = append(names, "role "+d.roleName(id))
	}
	if m.MentionEveryone {
		names = append(names, "everyone")
	}
	return names
}

func (d *Discord) roleName(id string) string {
	for _, g := range d.guilds {
		for _, r := range g.roles {
			if r.ID == id {
				return r.Name
			}
		}
	}
	return "deleted-role"
}

// named replaces ids in mentions by names.
func (d *Discord) named(text string) string {
	text = replace(anyUser, text, func(id string) string {
		if u := d.userByID(id); u != nil {
			return "@" + u.Name
		}
		return "@unknown-user"
	})
	text = replace(anyChannel, text, func(id string) string {
		if c := d.channels[id]; c != nil {
			return "#" + c.Name
		}
		return "#unknown"
	})
	text = replace(anyRole, text, func(id string) string { return "@" + d.roleName(id) })
	return replace(anyCommand, text, func(name string) string { return "/" + name })
}

func replace(pattern *regexp.Regexp, text string, by func(string) string) string {
	return pattern.ReplaceAllStringFunc(text, func(found string) string { return by(pattern.FindStringSubmatch(found)[1]) })
}

// layout draws components: a line for a row of buttons, the texts of displays, what else there is by its kind.
func layout(list []Component) []string {
	var lines []string
	for _, c := range list {
		switch {
		case c.Type == CompActionRow:
			lines = append(lines, row(c.Components))
		case c.Type == CompTextDisplay:
			lines = append(lines, c.Content)
		case c.Type == CompSeparator:
			lines = append(lines, "───")
		case c.Type == CompFile && c.File != nil:
			lines = append(lines, "file "+c.File.URL)
		case c.Type == CompGallery:
			for _, item := range c.Items {
				lines = append(lines, strings.TrimSpace("picture "+item.Media.URL+" "+item.Description))
			}
		default:
			lines = append(lines, layout(c.Components)...)
			if c.Accessory != nil {
				lines = append(lines, row([]Component{*c.Accessory}))
			}
		}
	}
	return lines
}

func row(list []Component) string {
	var parts []string
	for _, c := range list {
		switch {
		case c.Type == CompButton && c.Style == ButtonLink:
			parts = append(parts, "["+c.face()+" ↗ "+c.URL+"]")
		case c.Type == CompButton && c.Disabled:
			parts = append(parts, "["+c.face()+" (disabled)]")
		case c.Type == CompButton:
			parts = append(parts, "["+c.face()+"]")
		case c.Type == CompThumbnail && c.Media != nil:
			parts = append(parts, "picture "+c.Media.URL)
		default:
			parts = append(parts, "[menu "+c.Placeholder+"]")
		}
	}
	return strings.Join(parts, " ")
}

func (e Embed) text() string {
	var lines []string
	for _, line := range []string{e.Author.Name, e.Title, e.Description} {
		if line != "" {
			lines = append(lines, "| "+strings.ReplaceAll(line, "\n", "\n| "))
		}
	}
	for _, f := range e.Fields {
		lines = append(lines, "| "+f.Name+": "+strings.ReplaceAll(f.Value, "\n", "\n| "))
	}
	if e.Footer.Text != "" {
		lines = append(lines, "| "+e.Footer.Text)
	}
	return strings.Join(lines, "\n")
}
