package bot

import (
	"context"
	"log/slog"
	"maps"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// mentions are the ids of commands, which make their names in a text something to click on: by guild ("" = global) and name.
type mentions map[string]map[string]string

// learn asks Discord for the ids of the commands in a guild. Without them the names are plain text.
func (b *Bot) learn(ctx context.Context, app, guild string) {
	list, err := b.discord.Commands(ctx, app, guild)
	if err != nil {
		b.log.Warn("the ids of the commands are not known", slog.String("guild", guild), slog.Any("error", err))
		return
	}
	known := map[string]string{}
	for _, c := range list {
		if c != nil && c.Type == discordgo.ChatApplicationCommand {
			known[c.Name] = c.ID
		}
	}
	for {
		old := b.ids.Load()
		next := mentions{}
		if old != nil {
			maps.Copy(next, *old)
		}
		next[guild] = known
		if b.ids.CompareAndSwap(old, &next) {
			return
		}
	}
}

// mention writes a command so that it can be clicked on, where its id is known; else as its user types it.
func (b *Bot) mention(u use, name string) string {
	if ids := b.ids.Load(); ids != nil {
		for _, guild := range []string{u.guild, ""} {
			if id := (*ids)[guild][name]; id != "" {
				return "</" + name + ":" + id + ">"
			}
		}
	}
	return "`/" + typed(name, u.lang) + "`"
}

// typed is a command's name in a language.
func typed(name string, l knowledge.Lang) string {
	for _, c := range memberCommands(1) {
		if c.Name == name && l == knowledge.Spanish {
			return (*c.NameLocalizations)[discordgo.SpanishES]
		}
	}
	return name
}
