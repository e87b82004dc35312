package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

// The names of the checks on Discord's side.
const (
	nameToken   = "discord token"
	nameIntents = "intents"
	nameApp     = "interactions"
	nameGateway = "gateway"
	nameCommand = "commands"
	nameInvite  = "invite link"
)

const portal = "https://discord.com/developers/applications"

// connection is Discord as the bot's token sees it.
type connection struct {
	*exam
	rest *gateway.Rest
	me   *discordgo.User
	app  *gateway.AppInfo

	guilds guildBook
}

// discord looks at everything behind the token.
func (x *exam) discord(ctx context.Context) []Check {
	if x.set.Discord.Token == "" {
		return []Check{skipped(nameToken, "no bot token is set: `enlace serve` does not start; ask, check, summary and timeline work",
			"create an application at "+portal+" and set DISCORD_TOKEN, or ENLACE_DISCORD_TOKEN_FILE to a file that holds it")}
	}
	rest, err := newRest(x)
	if err != nil {
		return []Check{failed(nameToken, "see `enlace config` for where it comes from", "%v", err)}
	}
	c := &connection{exam: x, rest: rest}
	token := c.token(ctx)
	if token.Status == Fail {
		checks := []Check{token}
		for _, name := range []string{nameIntents, nameGateway, nameCommand, nameInvite} {
			checks = append(checks, skipped(name, "needs a token that works", ""))
		}
		return checks
	}
	checks := []Check{token, c.intents(), c.interactions()}
	steps := []step{{nameGateway, x.Each, c.sessions}}
	for _, part := range x.sideBySide(ctx, append(steps, c.places()...)...) {
		checks = append(checks, part...)
	}
	return append(checks, c.invite())
}

func newRest(x *exam) (*gateway.Rest, error) {
	return gateway.NewRest(gateway.Options{
		Token: x.set.Discord.Token.Reveal(), APIBase: x.set.Discord.APIBase, HTTP: x.clock.listen(sourceDiscord, x.http),
	})
}

// token asks who the bot is. All else waits for the answer.
func (c *connection) token(ctx context.Context) Check {
	var meErr, appErr error
	broke := c.sideBySide(ctx,
		step{nameToken, c.Each, func(ctx context.Context) []Check { c.me, meErr = c.rest.Me(ctx); return nil }},
		step{nameToken, c.Each, func(ctx context.Context) []Check { c.app, appErr = c.rest.AppInfo(ctx); return nil }},
	)
	for _, part := range broke {
		if len(part) > 0 {
			return part[0]
		}
	}
	for _, err := range []error{meErr, appErr} {
		if errors.Is(err, gateway.ErrUnauthorized) {
			return failed(nameToken, "copy the token again, or reset it, at "+portal+" (Bot, Reset Token), and set DISCORD_TOKEN to the new one",
				"Discord refuses the token (from %s)", c.origin("discord.token"))
		}
	}
	if err := errors.Join(meErr, appErr); err != nil {
		return c.refused(nameToken, err)
	}
	return passed(nameToken, "it is %s of the application %s (%s)", foreign(c.me.Username), foreign(c.app.Name), c.app.ID)
}

// origin says where a setting comes from.
func (x *exam) origin(key string) string {
	for _, s := range x.set.Settings() {
		if s.Key == key {
			return s.Source.String()
		}
	}
	return "nowhere"
}

// refused is a failed check for a request that did not succeed, whatever it was about.
func (c *connection) refused(name string, err error) Check {
	remedy := "see whether " + c.set.Discord.APIBase + " can be reached from here (network, HTTPS_PROXY, discord.api_base) and https://discordstatus.com"
	var api *gateway.APIError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return failed(name, remedy, "Discord does not answer within %s", c.Each)
	case errors.Is(err, gateway.ErrRateLimited):
		return failed(name, "wait, and run doctor again; if it stays, another program uses the token", "Discord asks to wait: %v", err)
	case errors.As(err, &api) && strings.Contains(api.Message, "certificate"):
		return failed(name, "check this machine's clock and its root certificates, and what stands between it and Discord", "no secure connection: %s", foreign(api.Message))
	case errors.As(err, &api) && api.Status == 0:
		return failed(name, remedy, "Discord cannot be reached at %s: %s", c.set.Discord.APIBase, foreign(api.Message))
	}
	return failed(name, remedy, "%s", foreign(err.Error()))
}

// intents compares what the settings need with what the application has.
func (c *connection) intents() Check {
	auto := len(c.set.Discord.Channels.AutoAnswer)
	switch has := c.app.MessageContent(); {
	case auto > 0 && !has:
		return failed(nameIntents, "switch on Message Content Intent at "+portal+"/"+c.app.ID+"/bot (Privileged Gateway Intents), or empty discord.channels.auto_answer",
			"discord.channels.auto_answer needs the privileged message content intent, which is off: Discord refuses the connection (close code 4014)")
	case auto > 0:
		return passed(nameIntents, "message content is on, as discord.channels.auto_answer needs")
	case has:
		return passed(nameIntents, "no privileged intent is needed; message content is on and not used")
	}
	return passed(nameIntents, "no privileged intent is needed")
}

// interactions compares the way on which Discord sends interactions with the one on which they are awaited.
func (c *connection) interactions() Check {
	here := c.set.Discord.Interactions
	switch there := foreign(c.app.EndpointURL); {
	case there != "" && here.Listen == "":
		return failed(nameApp, "empty Interactions Endpoint URL at "+portal+"/"+c.app.ID+"/information, or set discord.interactions.listen and .public_key",
			"the application sends its interactions to %s, so slash commands never reach this bot", there)
	case there == "" && here.Listen != "":
		return warned(nameApp, "enter the public address of the endpoint as Interactions Endpoint URL at "+portal+"/"+c.app.ID+"/information",
			"discord.interactions.listen is set, but the application sends its interactions through the gateway")
	case here.PublicKey != "" && !strings.EqualFold(here.PublicKey, c.app.VerifyKey):
		return failed(nameApp, "copy Public Key from "+portal+"/"+c.app.ID+"/information", "discord.interactions.public_key is not the key of this application: no interaction would be believed")
	case there != "":
		return passed(nameApp, "Discord sends them to %s", there)
	}
	return passed(nameApp, "they come through the gateway")
}

// sessions looks at how often the bot may still connect today.
func (c *connection) sessions(ctx context.Context) []Check {
	info, err := c.rest.GatewayBot(ctx)
	if err != nil {
		return []Check{c.refused(nameGateway, err)}
	}
	shards := c.set.Discord.Shards
	if shards == 0 {
		shards = max(info.Shards, 1)
	}
	left := info.Starts
	const remedy = "stop what starts the bot again and again (a restart loop, a second copy with the same token) and wait; enlace waits by itself"
	detail := fmt.Sprintf("%d of %d session starts are left", left.Remaining, left.Total)
	if anew := time.Duration(left.ResetAfter) * time.Millisecond; anew >= time.Second {
		detail += " for the next " + anew.Round(time.Second).String()
	}
	switch {
	case left.Remaining < shards:
		return []Check{failed(nameGateway, remedy, "%s, and %d shards need one each: the bot cannot connect before", detail, shards)}
	case left.Remaining < left.Total/10:
		return []Check{warned(nameGateway, remedy, "%s", detail)}
	case c.set.Discord.Shards > 0 && c.set.Discord.Shards < info.Shards:
		return []Check{warned(nameGateway, "set discord.shards to auto", "discord.shards is %d and Discord recommends %d; beyond 2500 servers on a shard it refuses the connection", shards, info.Shards)}
	}
	return []Check{passed(nameGateway, "%s; shards: %d", detail, shards)}
}

// invite tells the link, and whether it works and was ever used.
func (c *connection) invite() Check {
	link := ""
	if c.Invite != nil {
		link = c.Invite(c.app.ID)
	}
	switch {
	case c.app.CodeGrant:
		return warned(nameInvite, "switch off Requires OAuth2 Code Grant at "+portal+"/"+c.app.ID+"/bot", "the link does not work: %s", link)
	case c.app.Guilds != nil && *c.app.Guilds == 0:
		return warned(nameInvite, "open the link and choose a server", "the bot is in no server yet: %s", link)
	case !c.app.Public:
		return passed(nameInvite, "%s (for the application's owner alone: Public Bot is off)", link)
	}
	return passed(nameInvite, "%s", link)
}
