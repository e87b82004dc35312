package gateway

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func TestFormsWithLabelsAreRead(t *testing.T) {
	const form = `{"id":"1","token":"t","type":5,"message":{"id":"9","components":[{"type":99}]},"data":{"custom_id":"f","components":[
		{"type":18,"id":1,"component":{"type":3,"custom_id":"why","values":["wrong","other"]}},
		{"type":18,"component":{"type":4,"custom_id":"text","value":"It is 42."}},
		{"type":18,"component":{"type":19,"custom_id":"file","values":[7]}},
		{"type":18},{"type":18,"component":7},{"type":77,"component":{"value":"x"}},7,null,
		{"type":1,"components":[{"type":4,"custom_id":"old","value":"row"}]}]}}`
	i := ReadInteraction([]byte(form))
	data, ok := i.Data.(discordgo.ModalSubmitInteractionData)
	if !ok || i.ID != "1" || data.CustomID != "f" {
		t.Fatalf("%+v", i)
	}
	got := map[string]string{}
	for _, c := range data.Components {
		for _, inner := range c.(*discordgo.ActionsRow).Components {
			input := inner.(*discordgo.TextInput)
			got[input.CustomID] = input.Value
		}
	}
	for id, want := range map[string]string{"why": "wrong,other", "text": "It is 42.", "file": "", "old": "row"} {
		if v, ok := got[id]; !ok || v != want {
			t.Errorf("%s = %q, want %q", id, v, want)
		}
	}
	if i.Message == nil || i.Message.ID != "9" {
		t.Errorf("the message is lost: %+v", i.Message)
	}
}

func FuzzReadInteraction(f *testing.F) {
	for _, s := range []string{
		`{`, `null`, `[]`, `{"type":5}`, `{"type":5,"data":7}`, `{"type":5,"data":{"components":[{"type":18,"component":{"type":3,"values":[1]}}]}}`,
		`{"type":3,"data":{"custom_id":"x"},"message":{"components":[{"type":99}]}}`, `{"type":2,"data":{"resolved":{"messages":{"1":{"components":[{"type":20}]}}}}}`,
		strings.Repeat(`{"data":`, 200) + strings.Repeat(`}`, 200),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if ReadInteraction(raw) == nil {
			t.Error("nil")
		}
	})
}
