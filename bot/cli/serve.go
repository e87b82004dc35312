package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"enlace/bot"
	"enlace/bot/gateway"
	"enlace/bot/ops"
	"enlace/bot/state"
	"enlace/config"
	"enlace/knowledge/answer"
)

// disconnected is the exit code when Discord ends the connection for good.
const disconnected = 4

// How the drain of at most ten seconds is spent: on open answers, then on the connection.
const (
	drainAnswers = 8500 * time.Millisecond
	drainGateway = time.Second
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the Discord bot",
		Long: `Run the Discord bot until SIGINT or SIGTERM, which lets open answers finish for up to ten seconds.

It needs a bot token: DISCORD_TOKEN, or discord.token in the configuration file. Once connected it prints the link with
which the bot is invited to a server. No privileged intent is needed, except for discord.channels.auto_answer.

SIGHUP reads the fact directory again; where facts.watch is on, changes of its files do as well. A directory with errors
leaves the base in service. Admins look at changes with /admin reload, and go back with /admin rollback. http.listen serves
/healthz, /readyz and /metrics; --health asks a running bot for the first and exits 0 or 1. With
discord.interactions.listen and its public key, commands, buttons and forms also come over HTTP, at /interactions.

Exit codes: 0 stopped by a signal, 1 failed, 2 wrong usage or configuration (no token, say), 3 invalid fact base,
4 Discord ended the connection for good (a wrong token, intents that are not allowed, wrong shards).`,
		Example: `  DISCORD_TOKEN=… enlace serve
  enlace serve --facts ./facts --log-format json
  enlace serve --health`,
		Args: cobra.NoArgs,
		RunE: run(a.serve),
	}
	noModelFlag(cmd)
	cmd.Flags().Bool("health", false, "ask the bot that runs on this machine whether it lives")
	cmd.Flags().Bool("register", false, "register the commands even if they are as they were")
	return cmd
}

func (a *app) serve(cmd *cobra.Command, _ []string) error {
	c, err := a.config(cmd)
	if err != nil {
		return err
	}
	if given(cmd, "health") {
		return a.health(cmd, c)
	}
	if c.Discord.Token == "" {
		return &failure{code: misused, err: errors.New("there is no bot token (create an application at https://discord.com/developers/applications, " +
			"copy the token of its bot, and set DISCORD_TOKEN, or ENLACE_DISCORD_TOKEN_FILE to a file that holds it)")}
	}
	defer grow(servedGrowth)()
	h, err := a.house(cmd, c)
	if err != nil {
		return err
	}
	return h.run(cmd.Context())
}

func (a *app) health(cmd *cobra.Command, c *config.Config) error {
	if c.HTTP.Listen == "" {
		return misuse(cmd, "there is nothing to ask: http.listen is off")
	}
	if err := ops.Check(cmd.Context(), c.HTTP.Listen); err != nil {
		return &failure{code: failed, err: fmt.Errorf("not healthy: %w", err)}
	}
	fmt.Fprintln(a.out, "ok")
	return nil
}

// house builds everything that serves, in the order in which it is needed. Nothing is connected yet.
func (a *app) house(cmd *cobra.Command, c *config.Config) (*house, error) {
	v := built()
	h := &house{
		log: a.logger(c), now: a.Now, dir: c.Facts.Dir, watch: c.Facts.Watch, build: v, started: a.Now(), replica: replicaName(),
		metrics: ops.NewMetrics(ops.Build{Version: v.Version, Commit: v.Commit, Go: v.Go}, a.Now()), ceiling: newCeiling(),
	}
	if h.dir != "" && !filepath.IsAbs(h.dir) {
		h.dir = filepath.Join(a.Dir, h.dir)
	}
	if err := h.openState(cmd.Context(), a, c); err != nil {
		return nil, err
	}
	options, err := a.answerOptions(cmd, c)
	if err != nil {
		return nil, err
	}
	h.model, _ = options.Writer.(prober)
	h.budget = a.budget
	if err := h.openDesk(cmd.Context(), a.place(c)); err != nil {
		return nil, err
	}
	if err := h.connect(c, answer.New(h.desk.Live(), options), given(cmd, "register")); err != nil {
		return nil, err
	}
	if err := h.openEndpoint(c); err != nil {
		return nil, err
	}
	if c.HTTP.Listen != "" {
		if h.ops, err = ops.Listen(c.HTTP.Listen, h.metrics, h.ready, h.log); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// connect makes the bot and its gateway, each of which needs the other.
func (h *house) connect(c *config.Config, s *answer.Service, register bool) error {
	intents := gateway.IntentsMinimal
	if len(c.Discord.Channels.AutoAnswer) > 0 {
		intents |= gateway.IntentMessageContent
		h.log.Info("discord.channels.auto_answer needs the privileged message content intent (switch it on in the developer portal, under Bot)")
	}
	var commands state.Registrations = h.store
	if register {
		commands = anew{h.store}
	}
	var err error
	h.bot, err = bot.New(bot.Options{
		Answerer: s, Store: h.store, Inbox: h.inbox, Outbox: h.outbox, Commands: commands, Meter: h.metrics, Log: h.log, Now: h.now,
		Desk: h.desk, Replica: h.replica, Shards: h.shards, Facts: h.desk.Base, Status: h.status, Budget: h.spent, Draw: h.draw,
		Settings: bot.Settings{
			Lang: asked(c), Guilds: c.Discord.Guilds, Allow: c.Discord.Channels.Allow, Deny: c.Discord.Channels.Deny, AutoAnswer: c.Discord.Channels.AutoAnswer,
			PrivateByDefault: c.Discord.PrivateByDefault, UserPerMinute: c.Limits.UserPerMinute, ChannelPerMinute: c.Limits.ChannelPerMinute,
			QuestionChars: c.Limits.QuestionChars, AdminUsers: c.Discord.Admins.Users, AdminRoles: c.Discord.Admins.Roles,
		},
	})
	if err != nil {
		return err
	}
	h.gateway, err = gateway.New(gateway.Options{
		Token: c.Discord.Token.Reveal(), APIBase: c.Discord.APIBase, Shards: c.Discord.Shards, Intents: intents, Log: h.log, Drain: drainGateway, Hooks: h.hooks(),
		Leases: h.leases(c), Replica: h.replica, Finish: h.finish,
	}, h.bot)
	if err != nil {
		return &failure{code: misused, err: err}
	}
	h.bot.Connect(bot.Over(h.gateway.Rest()))
	return nil
}
