package bot

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/knowledge"
)

// use is one use of a command, a button, a form or an option that is being typed.
type use struct {
	event   *discordgo.Interaction
	user    string
	guild   string // "" = outside of guilds
	channel string
	lang    knowledge.Lang // of texts of the bot's own
	admin   bool           // its user may administer the bot
	late    bool           // its response was put off, and is to be filled
	start   time.Time
	ahead   ahead
}

// ahead is what the store was asked for a question while it was claimed.
type ahead struct {
	conversation string         // see ask
	wait         *time.Duration // see ask
}

// used is the use in an interaction, and false where nobody can be told to be its user.
func (b *Bot) used(i *discordgo.Interaction, start time.Time) (use, bool) {
	user := i.User
	if i.Member != nil && i.Member.User != nil {
		user = i.Member.User
	}
	if user == nil || user.ID == "" || user.Bot || i.ID == "" || i.Token == "" {
		return use{}, false
	}
	return use{event: i, user: user.ID, guild: i.GuildID, channel: i.ChannelID, lang: b.locale(i.Locale), admin: b.isAdmin(i, user.ID), start: start}, true
}

// locale is the language of the bot's own texts for somebody's Discord: the operator's choice, else the client's.
func (b *Bot) locale(l discordgo.Locale) knowledge.Lang {
	switch {
	case b.set.Lang != "":
		return b.set.Lang
	case strings.HasPrefix(string(l), "es"):
		return knowledge.Spanish
	}
	return knowledge.English
}

// isAdmin reports whether somebody may administer the bot: a user or role of the settings, or a member with Administrator. Discord's
// own permissions for commands only hide them, and whoever manages a server can change these; so this is asked every time.
func (b *Bot) isAdmin(i *discordgo.Interaction, user string) bool {
	if slices.Contains(b.set.AdminUsers, user) {
		return true
	}
	if i.Member == nil || i.GuildID == "" {
		return false
	}
	return i.Member.Permissions&discordgo.PermissionAdministrator != 0 ||
		slices.ContainsFunc(i.Member.Roles, func(role string) bool { return slices.Contains(b.set.AdminRoles, role) })
}

// interaction takes a use of whatever the bot offers. Each is answered once, whoever delivers it and how often.
func (b *Bot) interaction(ctx context.Context, i *discordgo.Interaction, start time.Time) {
	if i == nil {
		return
	}
	u, ok := b.used(i, start)
	if !ok {
		return
	}
	what, do := b.handler(u)
	if do == nil {
		return
	}
	if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
		defer b.contain(what, nil)
	} else {
		if !b.isFirst(ctx, &u) {
			return
		}
		b.counted(u, what)
		defer b.contain(what, func() { b.whisper(ctx, u, wordFailed.In(u.lang)) })
	}
	if b.stopped(ctx, u) {
		return
	}
	do(ctx, u)
}

// isFirst reports whether a use is this process's. A question's first response waits for all that the store is asked before, so this is
// asked at once: what a question goes on from, and its limits, for which a call counts once however often it is delivered.
func (b *Bot) isFirst(ctx context.Context, u *use) bool {
	data, ok := u.event.Data.(discordgo.ApplicationCommandInteractionData)
	if !ok || data.Name != askName {
		return b.claimUse(ctx, u.event)
	}
	var side sync.WaitGroup
	brief, cancel := context.WithTimeout(ctx, admitTime/3)
	defer cancel()
	defer side.Wait()
	a := ask{id: u.event.ID, origin: byCommand, guild: u.guild, channel: u.channel, user: u.user}
	side.Go(func() {
		defer b.contain("conversation", nil)
		u.ahead.conversation = b.conversation(brief, a)
	})
	if b.speaksEverywhere(a) && !b.stopping() { // elsewhere the channel has to be looked at first
		side.Go(func() {
			defer b.contain("limits", nil) // they are counted later
			wait := b.limited(brief, a)
			u.ahead.wait = &wait
		})
	}
	return b.claimUse(ctx, u.event)
}

// counted counts and logs a use of something that the bot offers, by our names for it.
func (b *Bot) counted(u use, what string) {
	name := what
	switch data := u.event.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		name = strings.TrimSpace(data.Name + " " + u.subcommand())
	case discordgo.MessageComponentInteractionData:
		name += " " + action(data.CustomID)
	case discordgo.ModalSubmitInteractionData:
		name += " " + action(data.CustomID)
	}
	b.meter.Used(name)
	b.log.Info("used", slog.String("name", name), slog.String("interaction", u.event.ID), slog.String("guild", u.guild), slog.String("channel", u.channel))
}

// handler returns what a use asks for: nil for what the bot does not offer.
func (b *Bot) handler(u use) (what string, do func(context.Context, use)) {
	switch data := u.event.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		if u.event.Type == discordgo.InteractionApplicationCommandAutocomplete {
			return "option", b.handlers.options[data.Name]
		}
		return "command", b.handlers.commands[data.Name]
	case discordgo.MessageComponentInteractionData:
		return "button", b.handlers.buttons[action(data.CustomID)]
	case discordgo.ModalSubmitInteractionData:
		return "form", b.handlers.forms[action(data.CustomID)]
	}
	return "", nil
}

// A custom id of ours is "enlace:" + action + ":" + its subject. Everybody can see it and send any other, so it names things and
// proves nothing.
const idPrefix = "enlace:"

// maxCustomID is the longest custom id; Discord docs, components/reference.
const maxCustomID = 100

// customID returns the custom id for an action on a subject, at most maxCustomID characters.
func customID(action, subject string) string { return idPrefix + action + ":" + subject }

// action returns the action of a custom id, "" for one that is not ours.
func action(id string) string {
	a, _, _ := splitID(id)
	return a
}

// splitID takes a custom id apart.
func splitID(id string) (action, subject string, ok bool) {
	rest, ours := strings.CutPrefix(id, idPrefix)
	action, subject, ok = strings.Cut(rest, ":")
	if !ours || !ok {
		return "", "", false
	}
	return action, subject, true
}

// subject returns what a pressed button or a form that was sent in is about.
func (u use) subject() string {
	id := ""
	switch data := u.event.Data.(type) {
	case discordgo.MessageComponentInteractionData:
		id = data.CustomID
	case discordgo.ModalSubmitInteractionData:
		id = data.CustomID
	}
	_, subject, _ := splitID(id)
	return subject
}

// field returns what was filled into a field of a form, bounded; "" for nothing.
func (u use) field(id string) string {
	data, _ := u.event.Data.(discordgo.ModalSubmitInteractionData)
	for _, c := range data.Components {
		row, _ := c.(*discordgo.ActionsRow)
		if row == nil {
			continue
		}
		for _, inner := range row.Components {
			if input, ok := inner.(*discordgo.TextInput); ok && input.CustomID == id {
				return strings.TrimSpace(head(input.Value))
			}
		}
	}
	return ""
}

// options returns the values that somebody gave to the options of a command, by name; those of a subcommand are under its own names.
func (u use) options() map[string]*discordgo.ApplicationCommandInteractionDataOption {
	data, _ := u.event.Data.(discordgo.ApplicationCommandInteractionData)
	list, out := data.Options, map[string]*discordgo.ApplicationCommandInteractionDataOption{}
	for len(list) == 1 && list[0] != nil && (list[0].Type == discordgo.ApplicationCommandOptionSubCommand || list[0].Type == discordgo.ApplicationCommandOptionSubCommandGroup) {
		list = list[0].Options
	}
	for _, o := range list {
		if o != nil {
			out[o.Name] = o
		}
	}
	return out
}

// subcommand returns the name of the subcommand that is used, "" for none.
func (u use) subcommand() string {
	data, _ := u.event.Data.(discordgo.ApplicationCommandInteractionData)
	if len(data.Options) == 1 && data.Options[0] != nil && data.Options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		return data.Options[0].Name
	}
	return ""
}

// text returns the value of a text option, bounded and without white space around it; "" where it is not given.
func (u use) text(name string) string {
	if o := u.options()[name]; o != nil {
		if s, ok := o.Value.(string); ok {
			return strings.TrimSpace(head(s))
		}
	}
	return ""
}

// private reports whether only the user is to see the answer.
func (b *Bot) private(u use) bool {
	if o := u.options()[optionPrivate]; o != nil {
		if v, ok := o.Value.(bool); ok {
			return v
		}
	}
	return b.set.PrivateByDefault
}
