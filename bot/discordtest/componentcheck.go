package discordtest

import (
	"slices"
	"strings"
)

// checkV1 compares components without the V2 flag with the limits: rows of buttons or of one select.
func checkV1(f *formErrors, list []Component) {
	f.count("components", len(list), 0, maxRows)
	for i, row := range list {
		at := "components." + itoa(i)
		if row.Type != CompActionRow {
			f.add(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,). Other components need the IS_COMPONENTS_V2 flag.")
			continue
		}
		checkRow(f, at, row)
	}
	checkCustomIDs(f, list)
}

func checkRow(f *formErrors, at string, row Component) {
	f.count(at+".components", len(row.Components), 1, 5)
	for j, c := range row.Components {
		at := at + ".components." + itoa(j)
		switch {
		case c.Type == CompButton:
			checkButton(f, at, c)
		case isSelect(c.Type):
			checkSelect(f, at, c)
			if len(row.Components) > 1 {
				f.add(at, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
			}
		default:
			f.add(at+".type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).")
		}
	}
}

func checkButton(f *formErrors, at string, c Component) {
	f.length(at+".label", c.Label, 0, 80)
	if c.Label == "" && c.Emoji == nil {
		f.add(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button needs a label or an emoji")
	}
	switch {
	case c.Style < 1 || c.Style > 6:
		f.add(at+".style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
	case c.Style == ButtonLink && c.URL == "":
		f.required(at + ".url")
	case c.Style == ButtonLink && c.CustomID != "" || c.Style != ButtonLink && c.URL != "":
		f.add(at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case c.Style < ButtonLink && c.CustomID == "":
		f.required(at + ".custom_id")
	}
	checkURL(f, at+".url", c.URL, 512, false)
}

func checkSelect(f *formErrors, at string, c Component) {
	f.length(at+".placeholder", c.Placeholder, 0, 150)
	if c.CustomID == "" {
		f.required(at + ".custom_id")
	}
	if c.Type != CompStringSelect {
		return
	}
	f.count(at+".options", len(c.Options), 1, 25)
	values := map[string]bool{}
	for k, o := range c.Options {
		at := at + ".options." + itoa(k)
		f.length(at+".label", o.Label, 1, 100)
		f.length(at+".value", o.Value, 1, 100)
		f.length(at+".description", o.Description, 0, 100)
		if values[o.Value] {
			f.add(at+".value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[o.Value] = true
	}
}

// checkCustomIDs wants 1–100 characters, each id once in the message.
func checkCustomIDs(f *formErrors, list []Component) {
	seen := map[string]bool{}
	walk(list, func(c Component) {
		if c.CustomID == "" {
			return
		}
		f.length("components.custom_id", c.CustomID, 1, 100)
		if seen[c.CustomID] {
			f.add("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
		}
		seen[c.CustomID] = true
	})
}

// checkV2 compares a message of components V2 with the limits.
func (m *draft) checkV2(f *formErrors) {
	const forbidden = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
	if m.text() != "" {
		f.add("content", forbidden, "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	if len(m.Embeds) > 0 {
		f.add("embeds", forbidden, "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	if len(m.StickerIDs) > 0 || m.Poll != nil {
		f.add("sticker_ids", forbidden, "Stickers and polls cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
	total, text := 0, 0
	walk(m.Components, func(c Component) {
		total++
		if c.Type == CompTextDisplay {
			text += units(c.Content)
		}
	})
	if total > maxV2 {
		f.add("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 40 in length.")
	}
	if text > maxV2Text {
		f.add("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Total displayable text size exceeds maximum size of 4000")
	}
	for i, c := range m.Components {
		m.checkBlock(f, "components."+itoa(i), c, topLevelV2)
	}
	checkCustomIDs(f, m.Components)
}

// checkBlock checks one component that stands where only the types of may can stand.
func (m *draft) checkBlock(f *formErrors, at string, c Component, may []int) {
	if !slices.Contains(may, c.Type) {
		f.add(at+".type", "UNION_TYPE_CHOICES", "A component of this type cannot stand here.")
		return
	}
	switch c.Type {
	case CompActionRow:
		checkRow(f, at, c)
	case CompTextDisplay:
		f.length(at+".content", c.Content, 1, maxV2Text)
	case CompSection:
		m.checkSection(f, at, c)
	case CompGallery:
		f.count(at+".items", len(c.Items), 1, 10)
		for i, item := range c.Items {
			f.length(at+".items."+itoa(i)+".description", item.Description, 0, 1024)
			checkURL(f, at+".items."+itoa(i)+".media.url", item.Media.URL, 2048, true)
		}
	case CompFile:
		if c.File == nil || !strings.HasPrefix(c.File.URL, "attachment://") {
			f.add(at+".file.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('attachment',).")
		}
	case CompContainer:
		for i, child := range c.Components {
			m.checkBlock(f, at+".components."+itoa(i), child, containerChildren)
		}
	}
}

func (m *draft) checkSection(f *formErrors, at string, c Component) {
	f.count(at+".components", len(c.Components), 1, 3)
	for i, child := range c.Components {
		m.checkBlock(f, at+".components."+itoa(i), child, []int{CompTextDisplay})
	}
	switch a := c.Accessory; {
	case a == nil:
		f.required(at + ".accessory")
	case a.Type == CompButton:
		checkButton(f, at+".accessory", *a)
	case a.Type != CompThumbnail:
		f.add(at+".accessory.type", "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 11).")
	}
}
