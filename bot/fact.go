package bot

import (
	"context"
	"fmt"
	"strings"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

var (
	wordFact      = knowledge.Text{EN: "Fact", ES: "Hecho"}
	wordHappened  = knowledge.Text{EN: "dated %s", ES: "fechado: %s"}
	wordChecked   = knowledge.Text{EN: "checked %s", ES: "comprobado: %s"}
	wordCorrects  = knowledge.Text{EN: "Often misstated as", ES: "Errores frecuentes"}
	wordSources   = knowledge.Text{EN: "Sources", ES: "Fuentes"}
	wordRelated   = knowledge.Text{EN: "Related", ES: "Relacionados"}
	wordWithdrawn = knowledge.Text{EN: "⊘ Withdrawn: no answer uses this fact any more. Reason: %s", ES: "⊘ Retirado: ninguna respuesta usa ya este hecho. Motivo: %s"}
	wordReplaced  = knowledge.Text{EN: "⊘ Superseded by %s: %s", ES: "⊘ Sustituido por %s: %s"}
	wordReplaces  = knowledge.Text{EN: "Supersedes %s", ES: "Sustituye a %s"}
	wordNoFact    = knowledge.Text{
		EN: "No fact has the id “%s” or these words. Type a word or two, and choose one that is suggested.",
		ES: "Ningún hecho tiene el identificador «%s» ni esas palabras. Escribe una o dos palabras y elige uno de los sugeridos.",
	}
	wordWhichFact = knowledge.Text{EN: "Several facts fit “%s”. Which one? Give its id:", ES: "Varios hechos encajan con «%s». ¿Cuál? Indica su identificador:"}
	wordNear      = knowledge.Text{EN: "No fact has the id “%s”. These come near:", ES: "Ningún hecho tiene el identificador «%s». Estos se parecen:"}
)

// langNames are the languages of facts, in their own words.
var langNames = map[knowledge.Lang]string{knowledge.English: "English", knowledge.Spanish: "Español"}

// kindNames are the kinds of sources; a test holds them complete.
var kindNames = map[knowledge.SourceKind]knowledge.Text{
	knowledge.Primary:    {EN: "primary source", ES: "fuente primaria"},
	knowledge.Wire:       {EN: "news agency", ES: "agencia de noticias"},
	knowledge.Press:      {EN: "press", ES: "prensa"},
	knowledge.Aggregator: {EN: "aggregator", ES: "agregador"},
}

// factCommand answers a use of /fact.
func (b *Bot) factCommand(ctx context.Context, u use) {
	if !b.admit(ctx, u) {
		return
	}
	h := b.hinted()
	typed := u.text(optionID)
	f := h.base.Fact(knowledge.FactID(typed))
	if f == nil {
		list := find(h.facts, typed)
		only, sure := one(list)
		if len(folded(typed)) == 0 || !sure {
			b.whisper(ctx, u, whichFact(typed, list, u.lang))
			return
		}
		f = h.base.Fact(knowledge.FactID(only.id))
	}
	text, l := f.Text.Best(u.lang)
	got := knowledge.Answer{
		Topic: f.Topic, Language: u.lang, Outcome: knowledge.Answered, Mode: knowledge.Quotes, Text: text + " [1]", FactsVersion: h.base.Version,
		Sentences: []knowledge.Sentence{{Text: text, Citations: []knowledge.FactID{f.ID}}},
		Citations: []knowledge.Citation{answer.Cite(h.base, f, 1, l)},
	}
	b.give(ctx, u, b.made(u, factAsked+string(f.ID), b.private(u), got))
}

// factAsked is how a use of /fact is remembered.
const factAsked = "/" + factName + " "

// whichFact helps somebody who typed what is no fact, or several.
func whichFact(typed string, list []found, l knowledge.Lang) string {
	shown := Escape(shorten(typed, maxChoice))
	if len(list) == 0 || len(folded(typed)) == 0 {
		return fmt.Sprintf(wordNoFact.In(l), shown)
	}
	text := wordNear
	if list[0].rank%lateRank < someRank {
		text = wordWhichFact
	}
	lines := []string{fmt.Sprintf(text.In(l), shown)}
	for _, f := range list[:min(len(list), 8)] {
		says, _ := f.name.Best(l)
		lines = append(lines, "- "+code(f.id)+" · "+Escape(shorten(says, 120)))
	}
	return strings.Join(lines, "\n")
}

// isFact reports whether an answer shows one fact in full.
func isFact(a *state.Answer) bool {
	return unasked(a) && len(a.Cited) == 1 && a.Asked == factAsked+string(a.Cited[0].Fact.ID)
}

// renderFact writes everything about a fact, a message or more. base tells what it is related to.
func renderFact(c *state.Cited, base *knowledge.Base, l knowledge.Lang) []string {
	f := &c.Fact
	head := "**" + wordFact.In(l) + "** " + code(string(f.ID))
	if t := base.Topic(f.Topic); t != nil {
		title, _ := t.Title.Best(l)
		head += " · " + Escape(title)
	}
	blocks := []string{strings.Join(append([]string{head}, standing(f, base, l)...), "\n")}
	blocks[0] += "\n" + strings.Join(statements(c, l), "\n")
	var more []string
	for _, id := range f.Replaces {
		more = append(more, "-# "+fmt.Sprintf(wordReplaces.In(l), code(string(id))))
	}
	if wrong := f.Corrects.In(l); len(wrong) > 0 {
		more = append(more, "-# "+wordCorrects.In(l)+": "+quotedAll(wrong, l))
	}
	if len(more) > 0 {
		blocks = append(blocks, strings.Join(more, "\n"))
	}
	blocks = append(blocks, sourceBlock(c, l))
	if near := related(base, f); len(near) > 0 {
		lines := []string{"**" + wordRelated.In(l) + "**"}
		for _, r := range near {
			says, _ := r.Text.Best(l)
			lines = append(lines, "- "+code(string(r.ID))+" · "+Escape(shorten(says, 120)))
		}
		blocks = append(blocks, strings.Join(lines, "\n"))
	}
	return sheets(blocks, maxContent)
}

// standing says that a fact is not in service any more, and why.
func standing(f *knowledge.Fact, base *knowledge.Base, l knowledge.Lang) (lines []string) {
	if f.Withdrawn != "" {
		lines = append(lines, fmt.Sprintf(wordWithdrawn.In(l), Escape(f.Withdrawn)))
	}
	if f.ReplacedBy != "" {
		says := ""
		if by := base.Fact(f.ReplacedBy); by != nil {
			says, _ = by.Text.Best(l)
		}
		lines = append(lines, fmt.Sprintf(wordReplaced.In(l), code(string(f.ReplacedBy)), Escape(says)))
	}
	return lines
}

// statements are what a fact says in each language, the reader's first, then its status and dates and its note.
func statements(c *state.Cited, l knowledge.Lang) (lines []string) {
	f := &c.Fact
	for _, one := range []knowledge.Lang{l, l.Other()} {
		if text := f.Text.In(one); text != "" {
			lines = append(lines, "> **"+langNames[one]+":** "+Escape(text))
		}
	}
	items := []string{statusMarks[f.Status].In(l)}
	if len(f.Dates) > 0 {
		dates := make([]string, len(f.Dates))
		for i, d := range f.Dates {
			dates[i] = answer.FormatDate(d, l)
		}
		items = append(items, fmt.Sprintf(wordHappened.In(l), strings.Join(dates, "; ")))
	}
	if !f.AsOf.IsZero() {
		items = append(items, fmt.Sprintf(wordChecked.In(l), answer.FormatDate(f.AsOf, l)))
	}
	lines = append(lines, strings.Join(items, " · "))
	if note, _ := f.Note.Best(l); note != "" {
		lines = append(lines, "-# "+wordNote.In(l)+": "+Escape(note))
	}
	return lines
}

// sourceBlock lists all sources of a fact with their addresses.
func sourceBlock(c *state.Cited, l knowledge.Lang) string {
	lines := []string{fmt.Sprintf("**%s** (%d)", wordSources.In(l), len(c.Sources))}
	for i := range c.Sources {
		lines = append(lines, "- "+fullSource(&c.Sources[i], l))
	}
	return strings.Join(lines, "\n")
}

// fullSource is everything that a reader needs to find a source.
func fullSource(s *knowledge.Source, l knowledge.Lang) string {
	items := []string{Escape(shorten(s.Publisher, 150))}
	if s.Title != "" {
		items = append(items, quotedOne(shorten(s.Title, 200), l))
	}
	if when := timestamp(s.Published, l); when != "" {
		items = append(items, when)
	}
	items = append(items, kindNames[s.Kind].In(l))
	if link := Link(s.URL); link != "" {
		items = append(items, link)
	}
	return strings.Join(items, " · ")
}

func quotedOne(s string, l knowledge.Lang) string {
	if l == knowledge.Spanish {
		return "«" + Escape(s) + "»"
	}
	return "“" + Escape(s) + "”"
}

func quotedAll(list []string, l knowledge.Lang) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quotedOne(s, l)
	}
	return strings.Join(out, "; ")
}
