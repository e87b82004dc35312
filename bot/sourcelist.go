package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// doRegistry turns the pages of the register of sources; its subject is a page and the button's own name.
const doRegistry = "registry"

var (
	wordRegister  = knowledge.Text{EN: "Register of sources: %d", ES: "Registro de fuentes: %d"}
	wordNoSource  = knowledge.Text{EN: "There are no sources on file.", ES: "No hay fuentes registradas."}
	wordCites     = knowledge.Text{EN: "%d facts", ES: "%d hechos"}
	wordCitesOne  = knowledge.Text{EN: "1 fact", ES: "1 hecho"}
	wordCitesNone = knowledge.Text{EN: "no fact in service", ES: "ningún hecho en servicio"}
)

// kindTitles are the kinds of sources as headings; a test holds them complete.
var kindTitles = map[knowledge.SourceKind]knowledge.Text{
	knowledge.Primary:    {EN: "Primary sources", ES: "Fuentes primarias"},
	knowledge.Wire:       {EN: "News agencies", ES: "Agencias de noticias"},
	knowledge.Press:      {EN: "Press", ES: "Prensa"},
	knowledge.Aggregator: {EN: "Aggregators", ES: "Agregadores"},
}

// sourcesCommand answers a use of /sources with the first page of the register.
func (b *Bot) sourcesCommand(ctx context.Context, u use) {
	_, _ = b.reply(ctx, u, []Part{register(b.base(), "0", u.lang)}, true) // it is logged there
}

// registryButton turns a page of the register.
func (b *Bot) registryButton(ctx context.Context, u use) {
	page, _, _ := strings.Cut(u.subject(), ":")
	m := u.event.Message
	b.turn(ctx, u, register(b.base(), page, u.lang), m != nil && m.Flags&discordgo.MessageFlagsEphemeral != 0)
}

// register is a page of all sources, kind by kind, by publisher and date; buttons turn the pages and go to a kind.
func register(base *knowledge.Base, page string, l knowledge.Lang) Part {
	if len(base.Sources) == 0 {
		return Part{Content: wordNoSource.In(l)}
	}
	cites := citations(base)
	var pages []string
	var kinds []discordgo.MessageComponent
	for _, kind := range knowledge.SourceKinds {
		lines := registerLines(base, kind, cites, l)
		if len(lines) == 0 {
			continue
		}
		name := fmt.Sprintf("%s (%d)", kindTitles[kind].In(l), len(lines))
		kinds = append(kinds, discordgo.Button{Label: name, Style: discordgo.SecondaryButton, CustomID: customID(doRegistry, fmt.Sprintf("%d:%s", len(pages), kind))})
		for _, p := range sheets([]string{strings.Join(lines, "\n")}, maxContent-footerRoom) {
			pages = append(pages, "**"+name+"**\n"+p)
		}
	}
	n := leaf(page, len(pages))
	out := Part{Content: fmt.Sprintf(wordRegister.In(l), len(base.Sources)) + "\n" + pages[n] + numbered(n, len(pages), l)}
	turn := turners(n, len(pages), func(n int) string { return customID(doRegistry, fmt.Sprintf("%d:turn", n)) })
	if len(turn) > 0 {
		out.Rows = append(row(turn), row(kinds)...)
	}
	return out
}

// citations counts the facts in service that each source stands for.
func citations(base *knowledge.Base) map[knowledge.SourceID]int {
	n := map[knowledge.SourceID]int{}
	for i := range base.Facts {
		if f := &base.Facts[i]; f.InService() {
			for _, id := range f.Sources {
				n[id]++
			}
		}
	}
	return n
}

func registerLines(base *knowledge.Base, kind knowledge.SourceKind, cites map[knowledge.SourceID]int, l knowledge.Lang) (lines []string) {
	var list []*knowledge.Source
	for i := range base.Sources {
		if base.Sources[i].Kind == kind {
			list = append(list, &base.Sources[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *knowledge.Source) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Publisher), strings.ToLower(b.Publisher)), a.Published.Compare(b.Published))
	})
	for _, s := range list {
		lines = append(lines, registerLine(s, cites[s.ID], l))
	}
	return lines
}

func registerLine(s *knowledge.Source, cites int, l knowledge.Lang) string {
	items := []string{Escape(shorten(s.Publisher, 80))}
	if s.Title != "" {
		items = append(items, quotedOne(shorten(s.Title, 100), l))
	}
	if when := timestamp(s.Published, l); when != "" {
		items = append(items, when)
	}
	switch cites {
	case 0:
		items = append(items, wordCitesNone.In(l))
	case 1:
		items = append(items, wordCitesOne.In(l))
	default:
		items = append(items, fmt.Sprintf(wordCites.In(l), cites))
	}
	if link := Link(s.URL); link != "" {
		items = append(items, link)
	}
	return "- " + strings.Join(items, " · ")
}
