package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/knowledge"
)

// rollback shows what an earlier version would change, or which versions there are.
func (b *Bot) rollback(ctx context.Context, u use) done {
	if version := u.text(optionVersion); version != "" {
		return b.rollbackTo(ctx, u, version)
	}
	if b.desk == nil {
		return failedWith(curate.ErrBuiltIn, "", u.lang)
	}
	history, err := b.desk.History(ctx)
	if err != nil {
		return failedWith(err, "", u.lang)
	}
	live := b.desk.Base().Version
	lines, menu := []string{wordVersions.In(u.lang)}, discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: customID(actionVersion, "-"), Placeholder: wordChoose.In(u.lang)}
	for _, base := range history {
		line := "- " + versionLine(base, u.lang, "`"+shortVersion(base.Version)+"`", fmt.Sprintf("<t:%d:f>", base.At.Unix()), who(base.By))
		if base.Version == live {
			lines = append(lines, line+" · "+wordInService.In(u.lang))
			continue
		}
		lines = append(lines, line)
		if !slices.ContainsFunc(menu.Options, func(o discordgo.SelectMenuOption) bool { return o.Value == base.Version }) {
			menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: plainVersion(base, u.lang), Value: base.Version})
		}
	}
	if len(menu.Options) == 0 {
		return said(wordNoVersions.In(u.lang))
	}
	d := said(strings.Join(lines, "\n"))
	d.detail, d.parts[0].Rows = "list", []discordgo.MessageComponent{buttonRow(menu)}
	return d
}

// chosenVersion is rollback to what was picked in the list.
func (b *Bot) chosenVersion(ctx context.Context, u use) done {
	data, _ := u.event.Data.(discordgo.MessageComponentInteractionData)
	if len(data.Values) != 1 {
		return failedWith(state.ErrUnknownBase, "", u.lang)
	}
	return b.rollbackTo(ctx, u, data.Values[0])
}

func (b *Bot) rollbackTo(ctx context.Context, u use, version string) done {
	if b.desk == nil {
		return failedWith(curate.ErrBuiltIn, "", u.lang)
	}
	r, err := b.desk.ReviewOf(ctx, version)
	if err != nil {
		return failedWith(err, "", u.lang) // what was typed is no detail to keep
	}
	return offer(r, u.lang, actionRestore, true)
}

// suggestVersions lists the versions that a rollback can go to.
func (b *Bot) suggestVersions(ctx context.Context, u use) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	choices := []*discordgo.ApplicationCommandOptionChoice{}
	if u.admin && b.desk != nil {
		typed := strings.ToLower(u.text(optionVersion))
		history, _ := b.desk.History(ctx)
		live := b.desk.Base().Version
		for _, base := range history {
			name := plainVersion(base, u.lang)
			known := slices.ContainsFunc(choices, func(c *discordgo.ApplicationCommandOptionChoice) bool { return c.Value == base.Version })
			if base.Version != live && !known && strings.Contains(strings.ToLower(name+" "+base.Version), typed) {
				choices = append(choices, &discordgo.ApplicationCommandOptionChoice{Name: name, Value: base.Version})
			}
		}
	}
	_ = b.discord.Suggest(ctx, u.event, choices) // whoever types goes on typing
}

// versionLine tells which version it is, since when, by whom, why, and with how many facts.
func versionLine(base state.Base, l knowledge.Lang, version, at, by string) string {
	items := []string{version, at}
	if why, ok := whyWords[base.Why]; ok {
		items = append(items, why.In(l))
	}
	if by != "" {
		items = append(items, by)
	}
	return strings.Join(append(items, number(wordFacts, base.Facts, l)), " · ")
}

// plainVersion is versionLine where no markup works: at most 100 characters.
func plainVersion(base state.Base, l knowledge.Lang) string {
	line, _ := cut(versionLine(base, l, shortVersion(base.Version), base.At.UTC().Format(time.DateOnly+" 15:04 UTC"), base.By), 100)
	return line
}

// who shows a user; messages ping nobody.
func who(user string) string {
	if user == "" {
		return ""
	}
	return "<@" + user + ">"
}
