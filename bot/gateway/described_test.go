package gateway

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func TestFilesAreDescribed(t *testing.T) {
	files := []*discordgo.File{
		{Name: "plain.txt", Reader: strings.NewReader("x")},
		{Name: "a\"b.png", Reader: Described(strings.NewReader("y"), "A line.")},
		{Name: "long.png", Reader: Described(strings.NewReader("z"), strings.Repeat("ñ", 2000))},
	}
	long := strings.Repeat("ñ", 1023) + "…"
	list := `"attachments":[{"id":"1","filename":"a_b.png","description":"A line."},{"id":"2","filename":"long.png","description":"` + long + `"}]`
	for _, c := range []struct {
		body, want string
		callback   bool
	}{
		{`{"content":"c"}`, `{` + list + `,"content":"c"}`, false},
		{`{"data":{"content":"c"},"type":4}`, `{"data":{` + list + `,"content":"c"},"type":4}`, true},
	} {
		if got, err := describe([]byte(c.body), files, c.callback); err != nil || string(got) != c.want {
			t.Errorf("%s, %v", got, err)
		}
		if got, err := describe([]byte(c.body), files[:1], c.callback); err != nil || string(got) != c.body {
			t.Errorf("nothing to describe: %s, %v", got, err)
		}
	}
	if _, err := describe([]byte(`{"data":7}`), files, true); err == nil {
		t.Error("a body that is none is taken")
	}
}
