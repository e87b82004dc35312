package doctor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

// maxPlaces bounds how many guilds and how many channels are looked at: a request or three for each, within Discord's limits.
const maxPlaces = 25

// guildBook asks for every guild once, whoever wants to know.
type guildBook struct {
	mu  sync.Mutex
	all map[string]*guildLook
}

// guildLook is a guild and the bot in it.
type guildLook struct {
	once  sync.Once
	guild *discordgo.Guild
	bot   *discordgo.Member
	err   error
}

func (c *connection) guild(ctx context.Context, id string) *guildLook {
	c.guilds.mu.Lock()
	if c.guilds.all == nil {
		c.guilds.all = map[string]*guildLook{}
	}
	look := c.guilds.all[id]
	if look == nil {
		look = &guildLook{}
		c.guilds.all[id] = look
	}
	c.guilds.mu.Unlock()
	look.once.Do(func() {
		if look.guild, look.err = c.rest.Guild(ctx, id); look.err == nil {
			look.bot, look.err = c.rest.Member(ctx, id, c.me.ID)
		}
	})
	return look
}

// places are the steps for the guilds and channels of the settings, and for the commands in them.
func (c *connection) places() []step {
	var steps []step
	guilds := c.set.Discord.Guilds
	for _, id := range guilds[:min(len(guilds), maxPlaces)] {
		steps = append(steps, step{"guild " + id, c.Each, func(ctx context.Context) []Check { return c.configuredGuild(ctx, id) }})
	}
	steps = append(steps, step{nameCommand, c.Each, c.globalCommands})
	var channels []string
	for _, id := range slices.Concat(c.set.Discord.Channels.Allow, c.set.Discord.Channels.AutoAnswer) {
		if !slices.Contains(channels, id) {
			channels = append(channels, id)
		}
	}
	for _, id := range channels[:min(len(channels), maxPlaces)] {
		steps = append(steps, step{"channel " + id, c.Each, func(ctx context.Context) []Check { return []Check{c.channel(ctx, id)} }})
	}
	if over := max(len(guilds)-maxPlaces, 0) + max(len(channels)-maxPlaces, 0); over > 0 {
		steps = append(steps, step{"other places", c.Each, func(context.Context) []Check {
			return []Check{skipped("other places", fmt.Sprintf("%d more guilds and channels of the settings were not looked at", over), "")}
		}})
	}
	return steps
}

// configuredGuild looks whether the bot is in a guild of discord.guilds, what its roles lack, and which commands it has there.
func (c *connection) configuredGuild(ctx context.Context, id string) []Check {
	name := "guild " + id
	look := c.guild(ctx, id)
	var api *gateway.APIError
	switch {
	case look.err == nil:
	case errors.As(look.err, &api) && (api.Status == 403 || api.Status == 404):
		return []Check{failed(name, "open the invite link below and choose that server, or remove the id from discord.guilds", "the bot is not in this server, which discord.guilds names: its commands cannot be registered there")}
	default:
		return []Check{c.refused(name, look.err)}
	}
	title := foreign(look.guild.Name)
	check := passed(name, "%s: the bot is a member, and its roles have all that it needs", title)
	if lacks := c.Permissions &^ look.base(); lacks != 0 {
		check = warned(name, "give them to the bot's role (Server Settings, Roles), or open the invite link again", "%s: the bot's roles lack %s", title, permissionNames(lacks))
	}
	return []Check{check, c.commandsIn(ctx, id)}
}

// channel looks whether the bot may do in a channel what it does there.
func (c *connection) channel(ctx context.Context, id string) Check {
	name := "channel " + id
	setting := c.channelSetting(id)
	ch, err := c.rest.Channel(ctx, id)
	switch {
	case gateway.Code(err) == codeUnknownChannel || errors.Is(err, gateway.ErrNotFound):
		return failed(name, "correct the id in "+setting+" (Developer Mode, right click, Copy Channel ID)", "there is no channel of this id, which %s names", setting)
	case errors.Is(err, gateway.ErrForbidden):
		return failed(name, "allow the bot's role View Channel in the channel's permissions, or invite the bot to that server", "the bot cannot see this channel, which %s names", setting)
	case err != nil:
		return c.refused(name, err)
	case ch.GuildID == "":
		return warned(name, "remove the id from "+setting+": direct messages are always answered", "this is no channel of a server")
	}
	look := c.guild(ctx, ch.GuildID)
	if look.err != nil {
		return c.refused(name, look.err)
	}
	title := "#" + foreign(ch.Name) + " of " + foreign(look.guild.Name)
	if ch.Type == discordgo.ChannelTypeGuildCategory {
		return failed(name, "name the channels in it instead, in "+setting, "%s is a category, in which nobody can write", title)
	}
	at := ch
	if ch.IsThread() { // a thread has its channel's permissions
		if at, err = c.rest.Channel(ctx, ch.ParentID); err != nil {
			return c.refused(name, err)
		}
	}
	has := look.in(at)
	lacks := c.Permissions &^ has
	if lacks == 0 {
		return passed(name, "%s: the bot may do all that it needs", title)
	}
	if has&discordgo.PermissionViewChannel == 0 {
		lacks = discordgo.PermissionViewChannel // the others follow from it
	}
	remedy := fmt.Sprintf("allow the bot's role %s in the channel's permissions (Edit Channel, Permissions)", permissionNames(lacks))
	if look.base()&lacks != lacks {
		remedy = fmt.Sprintf("give the bot's role %s (Server Settings, Roles), or allow it in the channel's permissions", permissionNames(lacks))
	}
	vital := lacks & vitalIn(ch)
	if vital == 0 {
		return warned(name, remedy, "%s: the bot lacks %s", title, permissionNames(lacks))
	}
	return failed(name, remedy, "%s: the bot lacks %s, so it cannot answer there", title, permissionNames(lacks))
}

// codeUnknownChannel: Discord docs, topics/opcodes-and-status-codes.
const codeUnknownChannel = 10003

func (c *connection) channelSetting(id string) string {
	if slices.Contains(c.set.Discord.Channels.Allow, id) {
		return "discord.channels.allow"
	}
	return "discord.channels.auto_answer"
}

// vitalIn is what the bot cannot answer without in a channel: a reply needs the history, and in threads and forums another permission
// than elsewhere counts (Discord docs, topics/threads, "permissions").
func vitalIn(ch *discordgo.Channel) int64 {
	vital := int64(discordgo.PermissionViewChannel | discordgo.PermissionReadMessageHistory)
	if ch.IsThread() || ch.Type == discordgo.ChannelTypeGuildForum {
		return vital | discordgo.PermissionSendMessagesInThreads
	}
	return vital | discordgo.PermissionSendMessages
}

// base is what the bot may do in the guild as a whole (Discord docs, topics/permissions).
func (l *guildLook) base() int64 {
	if l.guild.OwnerID == l.bot.User.ID {
		return everything
	}
	var p int64
	for _, r := range l.guild.Roles {
		if r.ID == l.guild.ID || slices.Contains(l.bot.Roles, r.ID) { // the first is @everyone
			p |= r.Permissions
		}
	}
	if p&discordgo.PermissionAdministrator != 0 {
		return everything
	}
	return p
}

// everything is all permissions, those that have no name yet too.
const everything int64 = 1<<53 - 1

// in is what the bot may do in a channel (Discord docs, topics/permissions, "permission overwrites").
func (l *guildLook) in(ch *discordgo.Channel) int64 {
	p := l.base()
	if p&discordgo.PermissionAdministrator != 0 {
		return p
	}
	var everyone, roles, own discordgo.PermissionOverwrite
	for _, o := range ch.PermissionOverwrites {
		switch {
		case o.Type == discordgo.PermissionOverwriteTypeMember && o.ID == l.bot.User.ID:
			own = *o
		case o.Type != discordgo.PermissionOverwriteTypeRole:
		case o.ID == l.guild.ID:
			everyone = *o
		case slices.Contains(l.bot.Roles, o.ID):
			roles.Allow, roles.Deny = roles.Allow|o.Allow, roles.Deny|o.Deny
		}
	}
	for _, o := range []discordgo.PermissionOverwrite{everyone, roles, own} {
		p = p&^o.Deny | o.Allow
	}
	return p
}

// permissionNames are the names that Discord's settings show.
func permissionNames(p int64) string {
	var names []string
	for bit := int64(1); bit > 0 && bit <= p; bit <<= 1 {
		if p&bit == 0 {
			continue
		}
		name, ok := permissionWords[bit]
		if !ok {
			name = fmt.Sprintf("permission %d", bit)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

var permissionWords = map[int64]string{
	discordgo.PermissionAddReactions: "Add Reactions", discordgo.PermissionViewChannel: "View Channel", discordgo.PermissionSendMessages: "Send Messages",
	discordgo.PermissionEmbedLinks: "Embed Links", discordgo.PermissionAttachFiles: "Attach Files", discordgo.PermissionReadMessageHistory: "Read Message History",
	discordgo.PermissionCreatePublicThreads: "Create Public Threads", discordgo.PermissionSendMessagesInThreads: "Send Messages in Threads",
	discordgo.PermissionManageMessages: "Manage Messages", discordgo.PermissionManageThreads: "Manage Threads",
}
