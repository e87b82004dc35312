package playground

import (
	"bytes"
	"image"
	_ "image/gif"  // sizes of pictures
	_ "image/jpeg" // sizes of pictures
	_ "image/png"  // sizes of pictures
	"slices"
	"strings"
	"time"

	"enlace/bot/discordtest"
)

// What the page is told. Times are milliseconds since 1970, 0 = never.
type (
	personView struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		Bot  bool   `json:"bot,omitempty"`
	}
	selfView struct {
		personView
		Locale string `json:"locale"`
		Admin  bool   `json:"admin"`
	}
	channelView struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Kind   string `json:"kind"` // text, thread, dm
		Parent string `json:"parent,omitempty"`
	}
	messageView struct {
		ID          string                  `json:"id"`
		Channel     string                  `json:"channel"`
		Author      personView              `json:"author"`
		Content     string                  `json:"content"`
		Created     int64                   `json:"created"`
		Edited      int64                   `json:"edited,omitempty"`
		Ephemeral   bool                    `json:"ephemeral,omitempty"`
		Loading     bool                    `json:"loading,omitempty"`
		Quiet       bool                    `json:"quiet,omitempty"` // previews of links are off
		Pings       bool                    `json:"pings,omitempty"` // the reader
		Everyone    bool                    `json:"everyone,omitempty"`
		Reply       *replyView              `json:"reply,omitempty"`
		Use         *useView                `json:"use,omitempty"`
		Embeds      []discordtest.Embed     `json:"embeds,omitempty"`
		Components  []discordtest.Component `json:"components,omitempty"`
		Attachments []fileView              `json:"attachments,omitempty"`
		Reactions   []reactionView          `json:"reactions,omitempty"`
		Thread      *channelView            `json:"thread,omitempty"`
	}
	replyView struct {
		ID      string      `json:"id"`
		Author  *personView `json:"author,omitempty"` // nil = it is gone
		Excerpt string      `json:"excerpt,omitempty"`
	}
	useView struct {
		User    personView `json:"user"`
		Command string     `json:"command"` // "" = a button or a form
		Menu    bool       `json:"menu,omitempty"`
	}
	fileView struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Alt   string `json:"alt,omitempty"`
		Image bool   `json:"image,omitempty"`
		Size  int    `json:"size"`
		URL   string `json:"url"`
		// Of a picture in pixels, so that the page can leave room for it; 0 = not known.
		Width  int `json:"width,omitempty"`
		Height int `json:"height,omitempty"`
	}
	reactionView struct {
		Emoji string `json:"emoji"`
		Count int    `json:"count"`
		Mine  bool   `json:"mine,omitempty"`
	}
)

// excerptLength is how much of a message a reply quotes, in characters.
const excerptLength = 140

func personOf(u *discordtest.User) personView { return personView{u.ID, u.Name, u.Bot} }

func (p *Playground) channelOf(c *discordtest.Channel) channelView {
	v := channelView{ID: c.ID, Name: c.Name, Kind: "text"}
	switch {
	case c.Kind.Thread():
		v.Kind, v.Parent = "thread", c.Parent().ID
	case c.Guild() == nil:
		v.Kind, v.Name = "dm", p.discord.Bot().Name
	}
	return v
}

// messageOf is a message as a person sees it.
func (p *Playground) messageOf(m *discordtest.Message, reader *discordtest.User) messageView {
	v := messageView{
		ID: m.ID, Channel: m.Channel.ID, Author: personOf(m.Author), Content: m.Content, Created: millis(m.Created), Edited: millis(m.Edited),
		Ephemeral: m.Ephemeral(), Loading: m.Loading(), Quiet: m.Flags&discordtest.FlagSuppressEmbeds != 0, Everyone: m.MentionEveryone,
		Pings: m.MentionEveryone || slices.Contains(m.Mentions, reader), Embeds: m.Embeds, Components: m.Components,
	}
	if m.ReplyTo != "" {
		v.Reply = p.replyOf(m, reader)
	}
	if i := m.Interaction; i != nil && (m.Type == discordtest.TypeChatInput || m.Type == discordtest.TypeContextMenu) {
		v.Use = &useView{User: personOf(i.User), Command: i.Command, Menu: m.Type == discordtest.TypeContextMenu}
	}
	for _, a := range m.Attachments {
		v.Attachments = append(v.Attachments, fileOf(m, a))
	}
	for _, r := range m.Reactions {
		v.Reactions = append(v.Reactions, reactionView{r.Emoji, len(r.Users), slices.Contains(r.Users, reader)})
	}
	if m.Thread != nil {
		t := p.channelOf(m.Thread)
		v.Thread = &t
	}
	return v
}

func fileOf(m *discordtest.Message, a discordtest.Attachment) fileView {
	v := fileView{ID: a.ID, Name: a.Name, Alt: a.Description, Image: pictures[mediaType(a.ContentType)], Size: len(a.Data), URL: "/files/" + m.ID + "/" + a.ID}
	if v.Image {
		if c, _, err := image.DecodeConfig(bytes.NewReader(a.Data)); err == nil {
			v.Width, v.Height = c.Width, c.Height
		}
	}
	return v
}

func (p *Playground) replyOf(m *discordtest.Message, reader *discordtest.User) *replyView {
	v := &replyView{ID: m.ReplyTo}
	to := p.discord.Message(m.ReplyTo)
	if to == nil || !p.sees(reader, to) {
		return v
	}
	author := personOf(to.Author)
	v.Author = &author
	runes := []rune(strings.Join(strings.Fields(to.Text()), " "))
	v.Excerpt = string(runes[:min(len(runes), excerptLength)])
	return v
}

// sees reports whether a person sees a message: everybody sees the server, and each their own direct channel.
func (p *Playground) sees(u *discordtest.User, m *discordtest.Message) bool {
	return (m.VisibleTo == nil || m.VisibleTo == u) && p.enters(u, m.Channel)
}

func (p *Playground) enters(u *discordtest.User, c *discordtest.Channel) bool {
	return c.Guild() == p.guild || c == u.DM()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
