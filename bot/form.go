package bot

import (
	"encoding/json"

	"github.com/bwmarrin/discordgo"
)

// Component types of forms; Discord docs, components/reference. Text inputs in rows of their own are deprecated there, and menus in
// forms stand in labels only, which discordgo v0.29.0 has no type for.
const (
	componentSelect = 3
	componentInput  = 4
	componentLabel  = 18
)

// label is a part of a form with its heading.
type label struct {
	text  string
	inner any
}

var _ discordgo.MessageComponent = label{}

func (label) Type() discordgo.ComponentType { return componentLabel }

func (l label) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"type": componentLabel, "label": l.text, "component": l.inner})
}

// labels are the parts of a form.
func labels(f Form) (list []discordgo.MessageComponent) {
	for _, c := range f.Choices {
		options := make([]map[string]any, len(c.Options))
		for i, o := range c.Options {
			options[i] = map[string]any{"label": o.Label, "value": o.Value, "default": o.Value == c.Chosen}
		}
		list = append(list, label{c.Label, map[string]any{
			"type": componentSelect, "custom_id": c.ID, "options": options, "required": false, "min_values": 0, "max_values": 1,
		}})
	}
	for _, t := range f.Fields {
		input := map[string]any{"type": componentInput, "custom_id": t.CustomID, "style": t.Style, "required": t.Required}
		for key, n := range map[string]int{"min_length": t.MinLength, "max_length": t.MaxLength} {
			if n > 0 {
				input[key] = n
			}
		}
		for key, s := range map[string]string{"placeholder": t.Placeholder, "value": t.Value} {
			if s != "" {
				input[key] = s
			}
		}
		list = append(list, label{t.Label, input})
	}
	return list
}
