package discordtest

import (
	"encoding/json"
	"slices"
	"strings"
)

// Component types (components/reference).
const (
	CompActionRow    = 1
	CompButton       = 2
	CompStringSelect = 3
	CompTextInput    = 4
	CompChannelSel   = 8
	CompSection      = 9
	CompTextDisplay  = 10
	CompThumbnail    = 11
	CompGallery      = 12
	CompFile         = 13
	CompSeparator    = 14
	CompContainer    = 17
	CompLabel        = 18
	CompFileUpload   = 19
)

// ButtonLink is the style of buttons that open an address and send no interaction.
const ButtonLink = 5

// Component is a component of a message or a modal, of any type; fields that its type does not have are zero.
type Component struct {
	Type        int            `json:"type"`
	ID          int            `json:"id"`
	CustomID    string         `json:"custom_id"`
	Style       int            `json:"style"`
	Label       string         `json:"label"`
	URL         string         `json:"url"`
	Emoji       *Emoji         `json:"emoji"`
	Disabled    bool           `json:"disabled"`
	Placeholder string         `json:"placeholder"`
	Options     []SelectOption `json:"options"`
	MinValues   *int           `json:"min_values"`
	MaxValues   *int           `json:"max_values"`
	Content     string         `json:"content"`
	Description string         `json:"description"`
	Value       string         `json:"value"`
	MinLength   *int           `json:"min_length"`
	MaxLength   *int           `json:"max_length"`
	Required    *bool          `json:"required"`
	Components  []Component    `json:"components"`
	Component   *Component     `json:"component"`
	Accessory   *Component     `json:"accessory"`
	Items       []GalleryItem  `json:"items"`
	File        *EmbedMedia    `json:"file"`
	Media       *EmbedMedia    `json:"media"`
}

// Emoji is a standard emoji (no ID) or a custom one.
type Emoji struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// SelectOption is one line of a select menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

// GalleryItem is one picture of a media gallery.
type GalleryItem struct {
	Media       EmbedMedia `json:"media"`
	Description string     `json:"description"`
}

// face is what a reader sees on a button.
func (c Component) face() string {
	if c.Emoji != nil {
		return strings.TrimSpace(c.Emoji.Name + " " + c.Label)
	}
	return c.Label
}

// walk calls visit for every component of the tree, parents first.
func walk(list []Component, visit func(Component)) {
	for _, c := range list {
		visit(c)
		walk(c.Components, visit)
		if c.Component != nil {
			walk([]Component{*c.Component}, visit)
		}
		if c.Accessory != nil {
			walk([]Component{*c.Accessory}, visit)
		}
	}
}

// find returns the component with this custom_id, or with this label or emoji.
func find(list []Component, name string) (found Component, ok bool) {
	var byFace *Component
	walk(list, func(c Component) {
		switch {
		case c.CustomID == name && name != "":
			found, ok = c, true
		case byFace == nil && c.Type == CompButton && c.CustomID != "" && (c.face() == name || c.Label == name):
			byFace = &c
		}
	})
	if !ok && byFace != nil {
		return *byFace, true
	}
	return found, ok
}

// Buttons returns the faces of the message's buttons, in order.
func (m *Message) Buttons() []string {
	var faces []string
	walk(m.Components, func(c Component) {
		if c.Type == CompButton {
			faces = append(faces, c.face())
		}
	})
	return faces
}

// Text is everything of the message that a reader reads, line by line: content, text displays, embeds.
func (m *Message) Text() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(m.Content)
	walk(m.Components, func(c Component) { add(c.Content) })
	for _, e := range m.Embeds {
		add(e.Author.Name)
		add(e.Title)
		add(e.Description)
		for _, f := range e.Fields {
			add(f.Name)
			add(f.Value)
		}
		add(e.Footer.Text)
	}
	return strings.Join(parts, "\n")
}

// numbered gives every component of a message an id, as Discord does.
func numbered(list []any) []any {
	used := map[string]bool{}
	each(list, func(o object) {
		if n, ok := o["id"].(json.Number); ok && n != "0" {
			used[n.String()] = true
		}
	})
	next := 0
	each(list, func(o object) {
		if n, ok := o["id"].(json.Number); ok && n != "0" {
			return
		}
		for next++; used[json.Number(itoa(next)).String()]; next++ {
		}
		o["id"] = next
	})
	return list
}

// copied is a deep copy of decoded JSON.
func copied(v any) any {
	switch v := v.(type) {
	case object:
		o := make(object, len(v))
		for key, value := range v {
			o[key] = copied(value)
		}
		return o
	case []any:
		list := make([]any, len(v))
		for i, value := range v {
			list[i] = copied(value)
		}
		return list
	}
	return v
}

// each calls visit for every component object of decoded JSON.
func each(list []any, visit func(object)) {
	for _, item := range list {
		o, ok := item.(object)
		if !ok {
			continue
		}
		visit(o)
		children, _ := o["components"].([]any)
		each(children, visit)
		for _, key := range []string{"component", "accessory"} {
			if child, ok := o[key].(object); ok {
				each([]any{child}, visit)
			}
		}
	}
}

func isSelect(kind int) bool { return kind == CompStringSelect || kind >= 5 && kind <= CompChannelSel }

var containerChildren = []int{CompActionRow, CompTextDisplay, CompSection, CompGallery, CompSeparator, CompFile}

var topLevelV2 = append(slices.Clone(containerChildren), CompContainer)
