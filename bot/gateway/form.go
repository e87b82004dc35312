package gateway

import (
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Component types of forms (Discord docs, components/reference); discordgo v0.29.0 does not know labels.
const (
	componentRow   json.Number = "1"
	componentInput json.Number = "4"
	componentLabel json.Number = "18"
)

// ReadInteraction decodes an interaction as far as discordgo v0.29.0 can: messages in it lose their components where one of them is
// of a type that it does not know, and what was filled into the labels of a form stands in rows of text inputs, a choice as its
// value. What remains undecodable is left out, so Data may be nil.
func ReadInteraction(raw []byte) *discordgo.Interaction {
	i := new(discordgo.Interaction)
	if json.Unmarshal(raw, i) == nil {
		return i
	}
	partial := new(discordgo.Interaction)
	_ = json.Unmarshal(withoutComponents(raw), partial) // what there is
	return partial
}

// filledIn turns the labels of a form that was sent in into rows of text inputs, and leaves out what holds neither text nor choice.
func filledIn(list []any) []any {
	out := []any{}
	for _, item := range list {
		c, _ := item.(map[string]any)
		inner, _ := c["component"].(map[string]any)
		switch kind, _ := c["type"].(json.Number); {
		case kind == componentRow:
			out = append(out, c)
		case kind == componentLabel && inner != nil:
			id, _ := inner["custom_id"].(string)
			input := map[string]any{"type": componentInput, "custom_id": id, "value": value(inner)}
			out = append(out, map[string]any{"type": componentRow, "components": []any{input}})
		}
	}
	return out
}

// value is the text of an input, or the choices of a menu, comma after comma.
func value(c map[string]any) string {
	if s, ok := c["value"].(string); ok {
		return s
	}
	values, _ := c["values"].([]any)
	var out []string
	for _, v := range values {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return strings.Join(out, ",")
}
