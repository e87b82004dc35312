package bot

import (
	"fmt"
	"slices"
	"strings"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

// What has become of a fact since it was cited.
var (
	wordSince       = knowledge.Text{EN: "Since then:", ES: "Desde entonces:"}
	wordUnchanged   = knowledge.Text{EN: "Unchanged since then.", ES: "Sin cambios desde entonces."}
	wordGone        = knowledge.Text{EN: "the fact was taken out of the fact base", ES: "el hecho se quitó de la base de hechos"}
	wordOut         = knowledge.Text{EN: "withdrawn: %s", ES: "retirado: %s"}
	wordBack        = knowledge.Text{EN: "in service again", ES: "de nuevo en servicio"}
	wordInstead     = knowledge.Text{EN: "superseded by %s: %s", ES: "sustituido por %s: %s"}
	wordSays        = knowledge.Text{EN: "it now says: %s", ES: "ahora dice: %s"}
	wordNow         = knowledge.Text{EN: "its status is now %s", ES: "ahora su estado es %s"}
	wordRedated     = knowledge.Text{EN: "its dates are now %s", ES: "ahora sus fechas son %s"}
	wordUndated     = knowledge.Text{EN: "it has no date any more", ES: "ya no tiene fecha"}
	wordAnnotated   = knowledge.Text{EN: "its note is now: %s", ES: "ahora su nota es: %s"}
	wordBare        = knowledge.Text{EN: "its note is gone", ES: "ya no tiene nota"}
	wordNewSources  = knowledge.Text{EN: "new sources: %s", ES: "fuentes nuevas: %s"}
	wordLostSources = knowledge.Text{EN: "sources taken away: %s", ES: "fuentes retiradas: %s"}
	wordRechecked   = knowledge.Text{EN: "checked again on %s", ES: "comprobado de nuevo: %s"}
)

// citedPages are the pages that show the facts of an answer as they were when it was given, and what has changed in them since, by the
// base in service.
func citedPages(a *state.Answer, base *knowledge.Base, l knowledge.Lang) []string {
	head := "-# " + fmt.Sprintf(wordThen.In(l), fmt.Sprintf("<t:%d:f>", a.At.Unix()))
	blocks := []string{}
	for i := range a.Cited {
		c := &a.Cited[i]
		lines := append([]string{fmt.Sprintf("**[%d]** ", i+1) + code(string(c.Fact.ID))}, statements(c, l)...)
		lines = append(lines, sourceBlock(c, l), since(c, base, l))
		blocks = append(blocks, strings.Join(lines, "\n"))
	}
	blocks[0] = head + "\n" + blocks[0]
	return sheets(blocks, maxContent-footerRoom)
}

// since tells what has changed in a fact since it was cited.
func since(c *state.Cited, base *knowledge.Base, l knowledge.Lang) string {
	now := base.Fact(c.Fact.ID)
	if now == nil {
		return "**" + wordSince.In(l) + "** " + wordGone.In(l)
	}
	changes := append(outOfService(&c.Fact, now, base, l), restated(&c.Fact, now, l)...)
	changes = append(changes, resourced(c, now, base, l)...)
	if now.AsOf.Compare(c.Fact.AsOf) > 0 {
		changes = append(changes, fmt.Sprintf(wordRechecked.In(l), answer.FormatDate(now.AsOf, l)))
	}
	switch len(changes) {
	case 0:
		return "-# " + wordUnchanged.In(l)
	case 1:
		return "**" + wordSince.In(l) + "** " + changes[0]
	}
	return "**" + wordSince.In(l) + "**\n- " + strings.Join(changes, "\n- ")
}

func outOfService(was, now *knowledge.Fact, base *knowledge.Base, l knowledge.Lang) (list []string) {
	if now.Withdrawn != "" && now.Withdrawn != was.Withdrawn {
		list = append(list, fmt.Sprintf(wordOut.In(l), Escape(now.Withdrawn)))
	}
	if now.ReplacedBy != "" && now.ReplacedBy != was.ReplacedBy {
		says := ""
		if by := base.Fact(now.ReplacedBy); by != nil {
			says, _ = by.Text.Best(l)
		}
		list = append(list, fmt.Sprintf(wordInstead.In(l), code(string(now.ReplacedBy)), Escape(says)))
	}
	if !was.InService() && now.InService() {
		list = append(list, wordBack.In(l))
	}
	return list
}

// restated tells what a fact says otherwise now. What was told in one language only is compared in that.
func restated(was, now *knowledge.Fact, l knowledge.Lang) (list []string) {
	for _, one := range []knowledge.Lang{l, l.Other()} {
		if before := was.Text.In(one); before != "" && now.Text.In(one) != before {
			says, _ := now.Text.Best(one)
			list = append(list, fmt.Sprintf(wordSays.In(l), Escape(says)))
		}
	}
	if now.Status != was.Status {
		list = append(list, fmt.Sprintf(wordNow.In(l), statusMarks[now.Status].In(l)))
	}
	if !slices.Equal(now.Dates, was.Dates) {
		if len(now.Dates) == 0 {
			list = append(list, wordUndated.In(l))
		} else {
			dates := make([]string, len(now.Dates))
			for i, d := range now.Dates {
				dates[i] = answer.FormatDate(d, l)
			}
			list = append(list, fmt.Sprintf(wordRedated.In(l), strings.Join(dates, "; ")))
		}
	}
	if before, _ := was.Note.Best(l); before != "" || was.Note.IsZero() {
		switch after, _ := now.Note.Best(l); {
		case after == before || was.Note.In(l) == "" && after != "" && before == now.Note.In(l.Other()):
		case after == "":
			list = append(list, wordBare.In(l))
		default:
			list = append(list, fmt.Sprintf(wordAnnotated.In(l), Escape(after)))
		}
	}
	return list
}

func resourced(c *state.Cited, now *knowledge.Fact, base *knowledge.Base, l knowledge.Lang) (list []string) {
	name := func(s *knowledge.Source) string {
		if s.Title == "" {
			return Escape(shorten(s.Publisher, 100))
		}
		return Escape(shorten(s.Publisher, 100)) + ", " + quotedOne(shorten(s.Title, 100), l)
	}
	var added, dropped []string
	for _, id := range now.Sources {
		if s := base.Source(id); s != nil && !slices.Contains(c.Fact.Sources, id) {
			added = append(added, name(s))
		}
	}
	for i := range c.Sources {
		if !slices.Contains(now.Sources, c.Sources[i].ID) {
			dropped = append(dropped, name(&c.Sources[i]))
		}
	}
	if len(added) > 0 {
		list = append(list, fmt.Sprintf(wordNewSources.In(l), strings.Join(added, "; ")))
	}
	if len(dropped) > 0 {
		list = append(list, fmt.Sprintf(wordLostSources.In(l), strings.Join(dropped, "; ")))
	}
	return list
}
