package bot

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// Limits of what is suggested; Discord docs, interactions/receiving-and-responding, "autocomplete".
const (
	maxChoices = 25
	maxChoice  = 100
)

// maxWords is how many of the words that are typed count.
const maxWords = 12

// hints are what can be suggested of a base.
type hints struct {
	base          *knowledge.Base
	topics, facts []hint
}

// hint is one thing to suggest.
type hint struct {
	id    string
	name  knowledge.Text
	keys  []string // other names, folded: what is typed may be the beginning of one
	words []string // folded
	late  bool     // comes after the others
}

// hinted returns the hints of the base in service. They are made once for each base.
func (b *Bot) hinted() *hints {
	base := b.base()
	if h := b.hints.Load(); h != nil && h.base == base {
		return h
	}
	h := &hints{base: base}
	for i := range base.Topics {
		t := &base.Topics[i]
		one := hint{id: string(t.ID), name: t.Title}
		for _, name := range append([]string{t.Title.EN, t.Title.ES}, t.Aliases...) {
			one.add(name, true)
		}
		h.topics = append(h.topics, one)
	}
	for i := range base.Facts {
		f := &base.Facts[i]
		one := hint{id: string(f.ID), name: f.Text, late: !f.InService()}
		one.add(f.Text.EN, false)
		one.add(f.Text.ES, false)
		if t := base.Topic(f.Topic); t != nil {
			one.add(t.Title.EN, false)
			one.add(t.Title.ES, false)
		}
		h.facts = append(h.facts, one)
	}
	b.hints.Store(h)
	return h
}

func (h *hint) add(text string, key bool) {
	words := folded(text)
	if key && len(words) > 0 {
		h.keys = append(h.keys, strings.Join(words, " "))
	}
	for _, w := range words {
		if !slices.Contains(h.words, w) {
			h.words = append(h.words, w)
		}
	}
}

// folded are the words of a text, whatever their case and accents.
func folded(text string) []string {
	return strings.FieldsFunc(lang.Fold(lang.Normalize(text)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Ranks of what fits; a hint that comes late has lateRank more.
const (
	exactRank = iota
	beginsRank
	wordsRank
	someRank
	lateRank
	noRank = -1
)

// rank says how well typed words fit a hint, 0 being best, and how many of them do; noRank is not at all.
func (h *hint) rank(words []string) (rank, fitting int) {
	whole, id := strings.Join(words, " "), strings.Join(folded(h.id), " ")
	telling := false // a word that is not just a letter or two fits
	for _, w := range words {
		if strings.HasPrefix(id, w) || strings.Contains(id, " "+w) || slices.ContainsFunc(h.words, func(own string) bool { return strings.HasPrefix(own, w) }) {
			fitting++
			telling = telling || len(w) > 2
		}
	}
	switch {
	case whole == id || slices.Contains(h.keys, whole):
		rank = exactRank
	case strings.HasPrefix(id, whole) || slices.ContainsFunc(h.keys, func(k string) bool { return strings.HasPrefix(k, whole) }):
		rank = beginsRank
	case fitting == len(words):
		rank = wordsRank
	case telling && fitting*2 >= len(words):
		rank = someRank
	default:
		return noRank, 0
	}
	if h.late {
		rank += lateRank
	}
	return rank, fitting
}

// found is a hint that fits what was typed.
type found struct {
	*hint
	rank, fitting int
}

// find returns the hints that fit what somebody typed, best first, equal ones in their order; all of them for nothing typed. What fits
// in part only is there where nothing fits whole.
func find(list []hint, typed string) []found {
	typed, _ = cut(typed, 2*maxChoice)
	words := folded(typed)
	words = words[:min(len(words), maxWords)]
	var out []found
	for i := range list {
		rank, fitting := list[i].rank(words)
		if len(words) == 0 {
			rank = wordsRank
		}
		if rank != noRank {
			out = append(out, found{&list[i], rank, fitting})
		}
	}
	slices.SortStableFunc(out, func(a, b found) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.fitting, a.fitting)) })
	if len(out) > 0 && out[0].rank%lateRank < someRank {
		out = slices.DeleteFunc(out, func(f found) bool { return f.rank%lateRank == someRank })
	}
	return out
}

// one returns the hint that what was typed can only mean: the one that it names, or the only one that it fits whole.
func one(list []found) (*hint, bool) {
	if len(list) == 0 || list[0].rank%lateRank == someRank {
		return nil, false
	}
	if list[0].rank%lateRank == exactRank || len(list) == 1 {
		return list[0].hint, true
	}
	return nil, false
}

// suggestTopics suggests topics for what is being typed, by title and by their other names.
func (b *Bot) suggestTopics(ctx context.Context, u use) {
	b.suggest(ctx, u, find(b.hinted().topics, u.text(optionTopic)), func(h *hint) string {
		title, _ := h.name.Best(u.lang)
		return title
	})
}

// suggestFacts suggests facts by id and by what they say.
func (b *Bot) suggestFacts(ctx context.Context, u use) {
	b.suggest(ctx, u, find(b.hinted().facts, u.text(optionID)), func(h *hint) string {
		text, _ := h.name.Best(u.lang)
		if h.late {
			return "⊘ " + h.id + " · " + text
		}
		return h.id + " · " + text
	})
}

// suggest sends choices. Nobody is told where that fails: who types goes on typing.
func (b *Bot) suggest(ctx context.Context, u use, list []found, name func(*hint) string) {
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	for _, f := range list {
		label := shorten(lang.Normalize(name(f.hint)), maxChoice)
		if len(choices) == maxChoices || label == "" || length(f.id) > maxChoice {
			continue
		}
		choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: label, Value: f.id})
	}
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := b.discord.Suggest(ctx, u.event, choices); err != nil {
		b.log.Debug("nothing is suggested", slog.Any("error", err))
	}
}
