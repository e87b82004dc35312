package bot

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// sheet is a message with a heading and sections of lines, and a file with all lines where they do not all fit.
type sheet struct {
	head, file string
	lang       knowledge.Lang
	open       int // how many lines of a section are shown
	sections   []section
}

type section struct {
	title        string
	brief, whole []string
}

func (s *sheet) section(title string, brief, whole []string) {
	if title != "" || len(brief) > 0 {
		s.sections = append(s.sections, section{title, brief, whole})
	}
}

// maxLine is the longest line of a sheet in a message.
const maxLine = 300

// parts returns the message. Every section has its title in it; lines that find no room are in the file.
func (s *sheet) parts() []Part {
	room := maxContent - length(s.head) - length(wordAttached.In(s.lang)) - 10
	for _, x := range s.sections {
		room -= length(x.title) + 6
	}
	out, short := s.head, false
	for _, x := range s.sections {
		if x.title != "" {
			out += "\n**" + x.title + "**"
		}
		for i, line := range x.brief {
			shown, rest := cut(Escape(line), maxLine)
			if rest != "" {
				shown += " …"
			}
			if shown = "\n- " + shown; i >= s.open || length(shown) > room {
				short = true
				break
			}
			short = short || rest != "" || line != x.whole[i]
			room -= length(shown)
			out += shown
		}
	}
	if !short {
		return []Part{{Content: out}}
	}
	return []Part{{Content: out + "\n-# " + wordAttached.In(s.lang), Files: []*discordgo.File{textFile(s.file, s.text())}}}
}

// text is everything, for the file.
func (s *sheet) text() string {
	var out strings.Builder
	out.WriteString(strings.NewReplacer("**", "", "`", "").Replace(s.head) + "\n")
	for _, x := range s.sections {
		if x.title != "" {
			out.WriteString("\n" + x.title + "\n")
		}
		for _, line := range x.whole {
			out.WriteString("- " + line + "\n")
		}
	}
	return out.String()
}

func textFile(name, text string) *discordgo.File {
	return &discordgo.File{Name: name, ContentType: "text/plain; charset=utf-8", Reader: strings.NewReader(text)}
}

// number names a count: "1 fact", "2 facts".
func number(forms [2]knowledge.Text, n int, l knowledge.Lang) string {
	if n == 1 {
		return forms[0].In(l)
	}
	return fmt.Sprintf(forms[1].In(l), n)
}
