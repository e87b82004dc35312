package gateway

import (
	"encoding/json"
	"io"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// maxDescription is the longest alt text; Discord docs, resources/message, "attachment object".
const maxDescription = 1024

type described struct {
	io.Reader
	text string
}

// Described returns the content of a file together with what it shows, for those who cannot see it: the alt text, for which
// discordgo.File has no field. Of a longer text the first 1,024 characters count.
func Described(content io.Reader, text string) io.Reader {
	if r := []rune(text); len(r) > maxDescription {
		text = string(r[:maxDescription-1]) + "…"
	}
	return described{content, text}
}

// describe lists the files that are described in a body: at its top, or in the data of a callback.
func describe(body []byte, files []*discordgo.File, callback bool) ([]byte, error) {
	type attachment struct {
		ID          string `json:"id"`
		Filename    string `json:"filename"`
		Description string `json:"description"`
	}
	var list []attachment
	for n, f := range files {
		if d, ok := f.Reader.(described); ok && d.text != "" {
			list = append(list, attachment{strconv.Itoa(n), fileName(f.Name), d.text})
		}
	}
	if len(list) == 0 {
		return body, nil
	}
	var o object
	if err := json.Unmarshal(body, &o); err != nil {
		return nil, err
	}
	if !callback {
		o["attachments"] = mustJSON(list)
		return json.Marshal(o)
	}
	var data object
	if err := json.Unmarshal(o["data"], &data); err != nil {
		return nil, err
	}
	data["attachments"] = mustJSON(list)
	o["data"] = mustJSON(data)
	return json.Marshal(o)
}
