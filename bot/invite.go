package bot

import (
	"net/url"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// Permissions are what the bot needs in a guild, and nothing else: see channels, write in them and their threads, attach pictures,
// read the message that it replies to, open threads, and show its links.
const Permissions = discordgo.PermissionViewChannel | discordgo.PermissionSendMessages | discordgo.PermissionEmbedLinks |
	discordgo.PermissionAttachFiles | discordgo.PermissionReadMessageHistory | discordgo.PermissionCreatePublicThreads |
	discordgo.PermissionSendMessagesInThreads

// InviteLink returns the address at which somebody who manages a guild adds the application to it.
func InviteLink(app string) string {
	q := url.Values{"client_id": {app}, "permissions": {strconv.FormatInt(Permissions, 10)}, "scope": {"bot applications.commands"}}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}
