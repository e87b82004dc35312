package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"

	"enlace/knowledge"
)

// maxWidth is the longest line that is comfortable to read, in columns.
const maxWidth = 100

// What lipgloss calls the colours of a terminal, by the numbers of its termenv.Profile: the plain sixteen, which follow the reader's
// own theme, or none.
const (
	sixteen = 2
	none    = 3
)

// page writes text for a person: wrapped and coloured on a terminal, plain and unwrapped elsewhere.
type page struct {
	w     io.Writer
	width int // 0 = do not wrap
	style *lipgloss.Renderer
}

func (a *app) page() *page {
	p := &page{w: a.out, style: lipgloss.NewRenderer(io.Discard)}
	p.style.SetColorProfile(none)
	if !a.StdoutTerminal {
		return p
	}
	p.width = a.width()
	if a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb" { // no-color.org: present and not empty
		p.style.SetColorProfile(sixteen)
	}
	return p
}

// line writes text with spaces in front: indent of them, and hang more on the lines that it wraps to.
func (p *page) line(indent, hang int, text string) {
	margin := strings.Repeat(" ", indent)
	used := 0
	for i, word := range strings.Split(text, " ") {
		w := lipgloss.Width(word)
		switch {
		case i == 0:
			io.WriteString(p.w, margin+word)
			used = indent + w
		case p.width > 0 && used+1+w > p.width:
			io.WriteString(p.w, "\n"+margin+strings.Repeat(" ", hang)+word)
			used = indent + hang + w
		default:
			io.WriteString(p.w, " "+word)
			used += 1 + w
		}
	}
	io.WriteString(p.w, "\n")
}

func (p *page) gap() { io.WriteString(p.w, "\n") }

func (p *page) bold(s string) string { return p.style.NewStyle().Bold(true).Render(s) }

// dim and the like decorate word by word, since lines break between words.
func (p *page) dim(s string) string { return p.each(p.style.NewStyle().Faint(true), s) }

func (p *page) title(s string) string { return p.each(p.style.NewStyle().Bold(true), s) }

func (p *page) each(style lipgloss.Style, s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if w != "" {
			words[i] = style.Render(w)
		}
	}
	return strings.Join(words, " ")
}

// status colours the word for a status, in the language.
func (p *page) status(s knowledge.Status, l knowledge.Lang) string {
	return p.each(p.style.NewStyle().Foreground(statusColors[s]), statusWords[s].In(l))
}

var statusColors = map[knowledge.Status]lipgloss.Color{
	knowledge.Official: "2", knowledge.Reported: "6", knowledge.Alleged: "3", knowledge.Disputed: "5", // green, cyan, yellow, magenta
}

// marks makes the [n] of an answer stand out.
func (p *page) marks(text string) string {
	style := p.style.NewStyle().Foreground(lipgloss.Color("6"))
	words := strings.Split(text, " ")
	for i, w := range words {
		if strings.HasPrefix(w, "[") && strings.Trim(w, "[]0123456789.,;") == "" {
			words[i] = style.Render(w)
		}
	}
	return strings.Join(words, " ")
}

// clean makes text harmless for a terminal: control characters, which could move the cursor or set the window's title, show
// as �, tabs as a space; characters that turn the direction of writing are dropped. Line feeds stay.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case r < ' ', r >= 0x7f && r < 0xa0:
			return utf8.RuneError
		case turns(r):
			return -1
		}
		return r // an invalid byte is the replacement character already
	}, s)
}

// cleanLine is clean for text of one line.
func cleanLine(s string) string { return strings.ReplaceAll(clean(s), "\n", " ") }

// turns reports whether r is one of Unicode's bidirectional controls (UAX 9, section 2), line or paragraph separators, or a
// byte order mark.
func turns(r rune) bool {
	return r == 0x061C || r == 0x200E || r == 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF
}

// writeJSON writes v as one line, or indented. What clean would change is escaped instead, so nothing is lost.
func writeJSON(w io.Writer, v any, indent bool) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if indent {
		e.SetIndent("", "  ")
	}
	if err := e.Encode(v); err != nil {
		return err
	}
	for _, r := range b.String() {
		var err error
		if r >= 0x7f && r < 0xa0 || turns(r) {
			_, err = fmt.Fprintf(w, `\u%04x`, r)
		} else {
			_, err = io.WriteString(w, string(r))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
