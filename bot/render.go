package bot

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// maxParts is how many messages an answer may take.
const maxParts = 5

// maxLink is the longest address that is shown; a longer one is left out.
const maxLink = 512

// Render returns an answer as the contents of messages: sentences with their [n] marks, then a small line for each fact cited in
// that message with its status, publisher, date and address, then notes and notices. There is at least one, at most maxParts, and
// each has at most 2,000 characters in either way of counting. Long answers are split between sentences, and each message has the
// sources of its own sentences.
func Render(a *knowledge.Answer) []string { return render(a, "") }

// render is Render with a heading over it, "" for none. Under a heading every sentence is a line of its own.
func render(a *knowledge.Answer, heading string) []string {
	if len(a.Sentences) == 0 || len(a.Citations) == 0 {
		return []string{escaped(a.Text)}
	}
	r := renderer{lang: a.Language, body: heading, between: " ", cited: map[knowledge.FactID]*knowledge.Citation{}}
	if heading != "" {
		r.between = "\n- "
	}
	for i := range a.Citations {
		r.cited[a.Citations[i].ID] = &a.Citations[i]
	}
	for _, s := range a.Sentences {
		r.add(s)
	}
	for _, line := range notices(a) {
		r.small("-# " + Escape(line))
	}
	return r.done()
}

// renderText is a text without sources, such as an outcome's.
func renderText(text string) []Part {
	return []Part{{Content: escaped(text)}}
}

// escaped is a text as one message shows it, line by line.
func escaped(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = Escape(line); line != "" {
			lines = append(lines, line)
		}
	}
	head, _ := cut(strings.Join(lines, "\n"), maxContent)
	return head
}

// renderNotice is a text of the bot's own, which may use markup.
func renderNotice(text string) []Part {
	head, _ := cut(text, maxContent)
	return []Part{{Content: head}}
}

// plain are messages without buttons.
func plain(contents []string) []Part {
	parts := make([]Part, len(contents))
	for i, c := range contents {
		parts[i].Content = c
	}
	return parts
}

// notices returns the lines of an answer's text that stand after its sentences.
func notices(a *knowledge.Answer) []string {
	_, rest, found := strings.Cut(a.Text, "\n")
	if !found {
		return nil
	}
	return strings.Split(rest, "\n")
}

// renderer fills one message after the other.
type renderer struct {
	lang    knowledge.Lang
	cited   map[knowledge.FactID]*knowledge.Citation
	parts   []string
	body    string   // the sentences of the message that is being filled
	between string   // two sentences
	ids     []string // of the facts that have a line in it
	lines   []string // their source lines and notes
	full    bool
}

// add puts a sentence into the message, or begins another one where it does not fit with its sources. A sentence that does not fit
// alone is cut at a space, and every piece keeps its marks.
func (r *renderer) add(s knowledge.Sentence) {
	marks, text := r.marks(s.Citations), Escape(s.Text)
	if r.fits(text+marks, s.Citations, true) {
		r.put(text+marks, s.Citations, true)
		return
	}
	r.flush()
	for text != "" {
		notes := r.fits(text+marks, s.Citations, true)
		if notes || r.fits(text+marks, s.Citations, false) {
			r.put(text+marks, s.Citations, notes)
			return
		}
		room := r.room() - length(" …"+marks) - 1 - length(strings.Join(r.sources(s.Citations, false), "\n"))
		head, rest := cut(text, max(room, 200))
		r.put(head+" …"+marks, s.Citations, false)
		r.flush()
		text = rest
	}
}

func (r *renderer) marks(ids []knowledge.FactID) (out string) {
	for _, id := range ids {
		if c := r.cited[id]; c != nil {
			out += fmt.Sprintf(" [%d]", c.N)
		}
	}
	return out
}

func (r *renderer) put(text string, ids []knowledge.FactID, notes bool) {
	lines := r.sources(ids, notes)
	r.body = strings.TrimLeft(r.body+r.between, " \n") + text
	r.lines = append(r.lines, lines...)
	for _, id := range ids {
		r.ids = append(r.ids, string(id))
	}
}

// fits reports whether the message can take the text with the lines of its facts.
func (r *renderer) fits(text string, ids []knowledge.FactID, notes bool) bool {
	n := length(r.body) + length(r.between) + length(text)
	for _, line := range append(r.sources(ids, notes), r.lines...) {
		n += 1 + length(line)
	}
	return n <= r.room()
}

// room is how much a message takes: enough is left to say in the last one that there is more.
func (r *renderer) room() int { return maxContent - length("\n-# "+wordShort.In(r.lang)) }

// sources returns the lines of the facts that the message does not have yet.
func (r *renderer) sources(ids []knowledge.FactID, notes bool) (lines []string) {
	seen := map[string]bool{}
	for _, id := range r.ids {
		seen[id] = true
	}
	for _, id := range ids {
		c := r.cited[id]
		if c == nil || seen[string(id)] {
			continue
		}
		seen[string(id)] = true
		lines = append(lines, sourceLine(c, r.lang))
		if notes && c.Note != "" {
			lines = append(lines, "-# ↳ "+wordNote.In(r.lang)+": "+Escape(c.Note))
		}
	}
	return lines
}

// small adds a line that belongs to the whole answer to the last message.
func (r *renderer) small(line string) {
	if r.body == "" || !r.fits(line, nil, false) {
		return // a message of its own would not be worth it
	}
	r.lines = append(r.lines, line)
}

func (r *renderer) flush() {
	if r.body == "" {
		return
	}
	switch content := strings.Join(append([]string{r.body}, r.lines...), "\n"); {
	case len(r.parts) < maxParts:
		r.parts = append(r.parts, content)
	case !r.full:
		r.full = true
	}
	r.body, r.ids, r.lines = "", nil, nil
}

func (r *renderer) done() []string {
	r.flush()
	if last := len(r.parts) - 1; r.full {
		r.parts[last] += "\n-# " + wordShort.In(r.lang)
	}
	return r.parts
}

// sourceLine is the line of a cited fact: the mark, how firmly it is known, and its best source.
func sourceLine(c *knowledge.Citation, l knowledge.Lang) string {
	items := []string{fmt.Sprintf("-# [%d] %s", c.N, statusMarks[c.Status].In(l))}
	if len(c.Sources) > 0 {
		s := c.Sources[0]
		publisher, rest := cut(Escape(s.Publisher), 200)
		if rest != "" {
			publisher += "…"
		}
		items = append(items, publisher)
		if d := timestamp(s.Published, l); d != "" {
			items = append(items, d)
		}
		if link := Link(s.URL); link != "" {
			items = append(items, link)
		}
		if more := len(c.Sources) - 1; more > 0 {
			items = append(items, "+"+fmt.Sprintf(wordMore.In(l), more))
		}
	}
	return strings.Join(items, " · ")
}

// timestamp writes a date so that Discord shows it in the reader's own way: noon UTC, which is the same day nearly everywhere.
// Partial dates, and those before 1970, are written out.
func timestamp(d knowledge.Date, l knowledge.Lang) string {
	if d.Day == 0 || d.Year < 1970 {
		return answer.FormatDate(d, l)
	}
	return fmt.Sprintf("<t:%d:D>", d.First().Add(12*time.Hour).Unix())
}

// Link returns an address in angle brackets, which link without a preview, or "" for one that is not a plain web address.
func Link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.Opaque != "" {
		return ""
	}
	for _, c := range []byte(u.Host) {
		if c >= 0x80 || strings.IndexByte(" <>\"'`\\|()*", c) >= 0 {
			return ""
		}
	}
	s := strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20", "`", "%60", "|", "%7C", `\`, "%5C", `"`, "%22").Replace(u.String())
	if length(s) > maxLink || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return ""
	}
	return "<" + s + ">"
}
