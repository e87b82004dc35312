package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"enlace/knowledge"
	"enlace/knowledge/answer"
)

var (
	wordStVersion = knowledge.Text{EN: "Program: %s", ES: "Programa: %s"}
	wordStFacts   = knowledge.Text{EN: "Facts: %d in service, from %d sources, on %d topics", ES: "Hechos: %d en servicio, de %d fuentes, sobre %d temas"}
	wordStBase    = knowledge.Text{EN: "Version of the facts: %s", ES: "Versión de los hechos: %s"}
	wordStChecked = knowledge.Text{EN: "Newest check of a fact: %s (%s)", ES: "Comprobación más reciente de un hecho: %s (%s)"}
	wordToday     = knowledge.Text{EN: "today", ES: "hoy"}
	wordYesterday = knowledge.Text{EN: "yesterday", ES: "ayer"}
	wordDaysAgo   = knowledge.Text{EN: "%d days ago", ES: "hace %d días"}
	wordStQuotes  = knowledge.Text{EN: "Mode: quotes; answers are the facts in their own words", ES: "Modo: citas; las respuestas son los hechos con sus propias palabras"}
	wordStModel   = knowledge.Text{
		EN: "Mode: model; a language model words answers%s, and every sentence is proved against the facts before it is shown",
		ES: "Modo: modelo; un modelo de lenguaje redacta las respuestas%s y cada frase se prueba con los hechos antes de mostrarse",
	}
	wordStLatency = knowledge.Text{EN: "Connection to Discord: %d ms", ES: "Conexión con Discord: %d ms"}
	wordStUp      = knowledge.Text{EN: "Running since %s", ES: "En marcha desde %s"}
	wordStPaused  = knowledge.Text{EN: "**Paused by an administrator**", ES: "**En pausa por un administrador**"}
)

// statusCommand answers a use of /status.
func (b *Bot) statusCommand(ctx context.Context, u use) {
	brief, cancel := b.inTime(ctx, u)
	defer cancel()
	b.whisper(ctx, u, b.statusText(b.status(), b.paused(brief) != nil, u.lang))
}

func (b *Bot) statusText(s Status, paused bool, l knowledge.Lang) string {
	base := b.base()
	inService := 0
	for i := range base.Facts {
		if base.Facts[i].InService() {
			inService++
		}
	}
	var lines []string
	add := func(text string) { lines = append(lines, "- "+text) }
	if paused {
		add(wordStPaused.In(l))
	}
	if s.Version != "" {
		add(fmt.Sprintf(wordStVersion.In(l), Escape(s.Version)))
	}
	add(fmt.Sprintf(wordStFacts.In(l), inService, len(base.Sources), len(base.Topics)))
	if v := strings.TrimPrefix(base.Version, "sha256:"); v != "" {
		add(fmt.Sprintf(wordStBase.In(l), code(v[:min(len(v), 12)])))
	}
	if d := base.Checked(); !d.IsZero() {
		add(fmt.Sprintf(wordStChecked.In(l), answer.FormatDate(d, l), age(d, b.now(), l)))
	}
	add(modeText(s, l))
	if s.Latency > 0 {
		add(fmt.Sprintf(wordStLatency.In(l), s.Latency.Milliseconds()))
	}
	started := s.Started
	if started.IsZero() {
		started = b.started
	}
	add(fmt.Sprintf(wordStUp.In(l), fmt.Sprintf("<t:%d:f> (<t:%d:R>)", started.Unix(), started.Unix())))
	return strings.Join(lines, "\n")
}

func modeText(s Status, l knowledge.Lang) string {
	if s.Mode != knowledge.Model {
		return wordStQuotes.In(l)
	}
	name := ""
	if s.Model != "" {
		name = " (" + Escape(shorten(s.Model, 80)) + ")"
	}
	return fmt.Sprintf(wordStModel.In(l), name)
}

// age says how long ago a date was, in days.
func age(d knowledge.Date, now time.Time, l knowledge.Lang) string {
	switch days := int(now.UTC().Sub(d.Last()).Hours() / 24); {
	case days <= 0:
		return wordToday.In(l)
	case days == 1:
		return wordYesterday.In(l)
	default:
		return fmt.Sprintf(wordDaysAgo.In(l), days)
	}
}
