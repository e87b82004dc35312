package bot

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// doTimeline turns the pages of a timeline; its subject is topic:from:to:page.
const doTimeline = "timeline"

var (
	wordTimeline = knowledge.Text{EN: "Timeline: %s", ES: "Cronología: %s"}
	wordEvents   = knowledge.Text{EN: "%d events", ES: "%d hechos"}
	wordEvent    = knowledge.Text{EN: "1 event", ES: "1 hecho"}
	wordFrom     = knowledge.Text{EN: "from %s", ES: "desde %s"}
	wordTo       = knowledge.Text{EN: "to %s", ES: "hasta %s"}
	wordNarrow   = knowledge.Text{EN: "narrow it with topic, from and to", ES: "acótala con tema, desde y hasta"}
	wordNoEvents = knowledge.Text{EN: "No dated fact lies there. Try a wider span or another topic.", ES: "Ahí no hay ningún hecho con fecha. Prueba con un período más amplio o con otro tema."}
	wordBadDate  = knowledge.Text{
		EN: "“%s” is not a date that I can read. Write a year, a month or a day: `2025`, `2025-07` or `2025-07-31`.",
		ES: "«%s» no es una fecha que pueda leer. Escribe un año, un mes o un día: `2025`, `2025-07` o `2025-07-31`.",
	}
	wordBackwards = knowledge.Text{EN: "The span begins after it ends: %s comes after %s. Swap the two dates.", ES: "El período empieza después de terminar: %s es posterior a %s. Intercambia las dos fechas."}
)

// timelineCommand answers a use of /timeline.
func (b *Bot) timelineCommand(ctx context.Context, u use) {
	if !b.admit(ctx, u) {
		return
	}
	topic, ok := b.topic(ctx, u)
	if !ok {
		return
	}
	span, complaint := spanOf(u, topic)
	if complaint != "" {
		b.whisper(ctx, u, complaint)
		return
	}
	part, events := b.timeline(span, "0", u.lang)
	if len(events) == 0 {
		b.whisper(ctx, u, wordNoEvents.In(u.lang))
		return
	}
	if b.draw != nil {
		if u, ok = b.putOff(ctx, u, b.private(u)); !ok {
			return
		}
		part.Files = b.drawn(events, topic, u.lang)
	}
	_, _ = b.reply(ctx, u, []Part{part}, b.private(u)) // it is logged there
}

// spanOf is the span that a command asks for, or what is wrong with its dates.
func spanOf(u use, topic *knowledge.Topic) (s answer.Span, complaint string) {
	s.Topic = topicID(topic)
	for _, end := range []struct {
		option string
		date   *knowledge.Date
	}{{optionFrom, &s.From}, {optionTo, &s.To}} {
		typed := u.text(end.option)
		if typed == "" {
			continue
		}
		d, err := knowledge.ParseDate(typed)
		if err != nil {
			return s, fmt.Sprintf(wordBadDate.In(u.lang), Escape(shorten(typed, 40)))
		}
		*end.date = d
	}
	if !s.From.IsZero() && !s.To.IsZero() && s.From.First().After(s.To.Last()) {
		return s, fmt.Sprintf(wordBackwards.In(u.lang), s.From, s.To)
	}
	return s, ""
}

// timeline is a page of the events in a span, with the buttons that turn it, and all the events.
func (b *Bot) timeline(span answer.Span, page string, l knowledge.Lang) (Part, []answer.Event) {
	base := b.base()
	events := answer.Timeline(base, span, l)
	blocks := make([]string, len(events))
	for i, e := range events {
		blocks[i] = eventLine(e, l)
	}
	head := timelineHead(base, span, len(events), l)
	pages := sheets([]string{strings.Join(blocks, "\n")}, maxContent-footerRoom-length(head))
	n := leaf(page, len(pages))
	p := Part{Content: head + pages[n]}
	if len(pages) > 1 {
		p.Content += numbered(n, len(pages), l) + " · " + wordNarrow.In(l)
		p.Rows = row(turners(n, len(pages), func(n int) string {
			return customID(doTimeline, fmt.Sprintf("%s:%s:%s:%d", span.Topic, span.From, span.To, n))
		}))
	}
	return p, events
}

func timelineHead(base *knowledge.Base, span answer.Span, events int, l knowledge.Lang) string {
	title := wordAll.In(l)
	if t := base.Topic(span.Topic); t != nil {
		title, _ = t.Title.Best(l)
	}
	items := []string{"**" + fmt.Sprintf(wordTimeline.In(l), Escape(shorten(title, 150))) + "**"}
	if !span.From.IsZero() {
		items = append(items, fmt.Sprintf(wordFrom.In(l), theDate(span.From, l)))
	}
	if !span.To.IsZero() {
		items = append(items, fmt.Sprintf(wordTo.In(l), theDate(span.To, l)))
	}
	count := fmt.Sprintf(wordEvents.In(l), events)
	if events == 1 {
		count = wordEvent.In(l)
	}
	return strings.Join(append(items, count), " · ") + "\n"
}

// theDate is a date behind a preposition.
func theDate(d knowledge.Date, l knowledge.Lang) string {
	if l == knowledge.Spanish && d.Day > 0 {
		return "el " + answer.FormatDate(d, l)
	}
	return answer.FormatDate(d, l)
}

func eventLine(e answer.Event, l knowledge.Lang) string {
	when := answer.FormatDate(e.Date, l)
	if !e.Until.IsZero() {
		when += " – " + answer.FormatDate(e.Until, l)
	}
	return "- **" + when + "** · " + statusMarks[e.Status].In(l) + " · " + Escape(e.Text) + " " + code(string(e.Fact))
}

// drawn is the picture of a timeline, nil where there is none.
func (b *Bot) drawn(events []answer.Event, topic *knowledge.Topic, l knowledge.Lang) (files []*discordgo.File) {
	defer b.contain("drawing", nil)
	png, alt, err := b.draw(events, topic, l)
	if err != nil || len(png) == 0 {
		b.log.Warn("a timeline is not drawn", slog.Any("error", err))
		return nil
	}
	return []*discordgo.File{{Name: "timeline.png", ContentType: "image/png", Reader: gateway.Described(bytes.NewReader(png), alt)}}
}

// timelineButton turns the page of a timeline for the one who asked for it; anybody else gets the page for themselves.
func (b *Bot) timelineButton(ctx context.Context, u use) {
	fields := strings.Split(u.subject(), ":")
	if len(fields) != 4 {
		b.whisper(ctx, u, wordForeign.In(u.lang))
		return
	}
	span := answer.Span{Topic: knowledge.TopicID(fields[0])}
	var wrong [2]error
	if fields[1] != "" {
		span.From, wrong[0] = knowledge.ParseDate(fields[1])
	}
	if fields[2] != "" {
		span.To, wrong[1] = knowledge.ParseDate(fields[2])
	}
	if wrong[0] != nil || wrong[1] != nil || span.Topic != "" && b.base().Topic(span.Topic) == nil {
		b.whisper(ctx, u, wordForeign.In(u.lang))
		return
	}
	p, _ := b.timeline(span, fields[3], u.lang)
	b.turn(ctx, u, p, owner(u.event.Message) == u.user)
}

// turn shows a page in the place of the message with the button, or to the user alone.
func (b *Bot) turn(ctx context.Context, u use, p Part, own bool) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	var err error
	if own {
		err = b.discord.Update(ctx, u.event, p)
	} else {
		err = b.discord.Respond(ctx, u.event, p, true)
	}
	if err != nil {
		b.log.Warn("a page is not turned", slog.String("interaction", u.event.ID), slog.Any("error", err))
	}
}
