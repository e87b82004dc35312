package picture

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"enlace/knowledge"
)

// maxAlt is Discord's limit for the description of an attachment, in characters (docs, resources/message, attachment object).
const maxAlt = 1024

// altText is what a picture shows, in words.
type altText struct {
	short, full string
	shown       []knowledge.FactID
}

// Alt returns what the picture shows in at most 1,024 characters (UTF-16 units), for the description of an attachment: title,
// counts and, as far as there is room, the facts that it tells.
func (p *Picture) Alt() string { return p.alt.short }

// AltFull returns the same with every event of the picture, one to a line, as long as it needs to be.
func (p *Picture) AltFull() string { return p.alt.full }

func (s *story) alt(told []int) altText {
	var a altText
	if len(s.events) == 0 {
		a.short = s.title + ". " + wordNothing.In(s.lang)
		a.full = a.short
		return a
	}
	head := s.head()
	var short strings.Builder
	short.WriteString(head)
	left := maxAlt - length(head)
	lines := make([]string, len(told))
	for i, t := range told {
		e := &s.events[t]
		a.shown = append(a.shown, e.id)
		lines[i] = s.line(e, i+1)
	}
	short.WriteString(s.within(lines, left))
	a.short = short.String()

	var full strings.Builder
	full.WriteString(head)
	for i := range s.events {
		e := &s.events[i]
		full.WriteString("\n" + s.line(e, 0))
		if len(s.lanes) > 1 {
			full.WriteString(" [" + s.lanes[e.lane] + "]")
		}
	}
	a.full = full.String()
	return a
}

// within writes the lines into left characters: each gets the same share, and one that needs less leaves it to the others.
func (s *story) within(lines []string, left int) string {
	lengths := make([]int, len(lines))
	for i, l := range lines {
		lengths[i] = length(l)
	}
	room := func(most int) int {
		n := 0
		for _, l := range lengths {
			n += min(l, most) + 1
		}
		return n
	}
	most := left
	for most > 20 && room(most) > left {
		most--
	}
	var b strings.Builder
	for i, l := range lines {
		l = clip(l, most)
		if length(b.String())+length(l)+1 > left {
			more := "\n" + fmt.Sprintf(wordAnd.In(s.lang), count(len(lines)-i, s.lang))
			if length(b.String())+length(more) <= left {
				b.WriteString(more)
			}
			break
		}
		b.WriteString("\n" + l)
	}
	return b.String()
}

// head is the title, the counts of facts by status and by topic, and the check date.
func (s *story) head() string {
	parts := []string{clip(s.title, 150), s.summary()}
	var by []string
	for _, st := range knowledge.Statuses {
		if n := s.countOf(func(e *event) bool { return e.status == st }); n > 0 {
			by = append(by, count(n, s.lang)+" "+statusWords[st].In(s.lang))
		}
	}
	parts = append(parts, strings.Join(by, ", "))
	if len(s.lanes) > 1 {
		var lanes []string
		for i, title := range s.lanes {
			n := s.countOf(func(e *event) bool { return e.lane == i })
			lanes = append(lanes, clip(title, 60)+" "+count(n, s.lang))
		}
		parts = append(parts, clip(strings.Join(lanes, ", "), 400))
	}
	if c := s.checked(longDate); c != "" {
		parts = append(parts, strings.ToUpper(c[:1])+c[1:])
	}
	return strings.Join(parts, ". ") + "."
}

func (s *story) countOf(is func(*event) bool) (n int) {
	for i := range s.events {
		if is(&s.events[i]) {
			n++
		}
	}
	return n
}

func (s *story) line(e *event, n int) string {
	var b strings.Builder
	if n > 0 {
		fmt.Fprintf(&b, "%d. ", n)
	}
	fmt.Fprintf(&b, "%s (%s): %s", e.when(s.lang, shortDate), statusWords[e.status].In(s.lang), sentence(e.text))
	if n == 0 && e.publisher != "" {
		fmt.Fprintf(&b, " %s: %s (%s).", wordSource.In(s.lang), e.publisher, sourceWords[e.source].name.In(s.lang))
	}
	return b.String()
}

// length counts UTF-16 units, which no limit on characters counts more strictly than.
func length(s string) int { return len(utf16.Encode([]rune(s))) }

// clip cuts text to most characters, after a whole word where there is one.
func clip(text string, most int) string {
	if length(text) <= most {
		return text
	}
	r := []rune(text)
	r = r[:min(len(r), max(most-1, 0))]
	s := string(r)
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:.") + "…"
}
