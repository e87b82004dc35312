package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"enlace/bot/discordtest"
	"enlace/bot/playground"
	"enlace/config"
	"enlace/knowledge"
	"enlace/knowledge/llm"
)

// completeWithin is how long the page waits for what may stand in an option: the bot owes it within three seconds.
const completeWithin = 3500 * time.Millisecond

func (a *app) playgroundCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "playground",
		Short: "Try the bot in a Discord of your own, in the browser",
		Long: `Try the bot in a Discord of your own: a local one, in this process, with a web page in front that looks and behaves like
a channel. The bot is the real one, connected over a websocket; no Discord account, token or key is needed.

It prints the page's address. Each tab is a person of its own, in English or Spanish, who may be an administrator. The
inspector beside the channel shows how an answer came about: what was retrieved, the prompt, each sentence's verdict.

Facts and model are those of "enlace serve": --facts, model.base_url and the rest. Questions are not limited unless limits.…
say so. Everything is forgotten at the end, except in state.dir where that is set. Only this machine can reach the page.`,
		Example: `  enlace playground --open
  enlace playground --listen 127.0.0.1:8900 --admin Ana --admin Ben
  enlace playground --facts ./facts
  ENLACE_MODEL_BASE_URL=http://127.0.0.1:11434/v1 ENLACE_MODEL_NAME=qwen3 enlace playground`,
		Args: cobra.NoArgs,
		RunE: run(a.playground),
	}
	noModelFlag(cmd)
	cmd.Flags().String("listen", "127.0.0.1:0", "loopback `ADDRESS` of the page; port 0 is a free one")
	cmd.Flags().Bool("open", false, "open the page in a browser")
	cmd.Flags().StringArray("admin", nil, "`NAME` of a person who is an administrator from the start; may be repeated")
	cmd.Flags().Bool("register", true, "") // the local Discord knows no commands at the start
	_ = cmd.Flags().MarkHidden("register") // it exists
	return cmd
}

func (a *app) playground(cmd *cobra.Command, _ []string) error {
	defer grow(hurriedGrowth)()
	c, err := a.config(cmd)
	if err != nil {
		return err
	}
	names, _ := cmd.Flags().GetStringArray("admin") // it exists
	d, err := discordtest.Start(discordtest.Options{Bot: "Enlace", Wait: completeWithin, Fail: playground.Refuse, MaxConcurrency: -1})
	if err != nil {
		return err
	}
	defer d.Close()
	own, forget, err := local(c, d, names)
	if err != nil {
		return err
	}
	defer forget()
	page, err := playground.New(playground.Options{
		Discord: d, Listen: cmd.Flag("listen").Value.String(), Admins: names, Prompt: llm.Prompt, Samples: samples(c), Questions: suggestions(c), Log: a.logger(c),
	})
	if err != nil {
		return misuse(cmd, "--listen: %v", err)
	}
	a.trace = page.Trace
	h, err := a.house(cmd, own)
	if err != nil {
		return errors.Join(err, page.Close())
	}
	return a.play(cmd.Context(), h, page, given(cmd, "open"))
}

// play runs the bot and its page until ctx ends, or one of them does.
func (a *app) play(ctx context.Context, h *house, page *playground.Playground, open bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	served := make(chan error, 1)
	go func() {
		served <- page.Serve()
		stop()
	}()
	fmt.Fprintln(a.out, page.URL())
	if err := a.out.Flush(); err != nil {
		stop()
	}
	if open {
		a.browse(ctx, h.log, page.URL())
	}
	err := h.run(ctx)
	return errors.Join(err, page.Close(), <-served)
}

// local are the settings of a bot that lives on a local Discord. What it keeps goes to a directory that forget removes, unless the
// settings say where to keep it.
func local(c *config.Config, d *discordtest.Discord, admins []string) (own *config.Config, forget func(), err error) {
	set := map[string]bool{}
	for _, s := range c.Settings() {
		set[s.Key] = s.Source.Layer != config.Default
	}
	copied := *c
	own, forget = &copied, func() {}
	own.Discord = config.Discord{Token: config.Secret(d.Token()), APIBase: d.URL(), PrivateByDefault: c.Discord.PrivateByDefault}
	own.Discord.Admins.Users = playground.MakeAdmin(d, admins)
	own.HTTP.Listen, own.State.URL = "", ""
	if !set["limits.user_per_minute"] {
		own.Limits.UserPerMinute = 0
	}
	if !set["limits.channel_per_minute"] {
		own.Limits.ChannelPerMinute = 0
	}
	if !set["log.level"] {
		own.Log.Level = "warn"
	}
	if set["state.dir"] {
		return own, forget, nil
	}
	own.State.Dir, err = os.MkdirTemp("", "enlace-playground-")
	if err != nil {
		return nil, nil, fmt.Errorf("no place for what the bot keeps while it runs: %w", err)
	}
	return own, func() { _ = os.RemoveAll(own.State.Dir) }, nil
}

// samples are messages to check, where the facts are those that they are about.
func samples(c *config.Config) []playground.Sample {
	if c.Facts.Dir != "" {
		return nil
	}
	return []playground.Sample{
		{Author: "Wire", Channel: "news", Text: "According to DHS, the July 2025 memorandum was signed by Secretary Kristi Noem and Ecuador's interior minister, John Reimberg. " +
			"It was signed in June 2025. It lets US officers make arrests in Ecuador."},
		{Author: "Rumores", Channel: "news", Text: "Estados Unidos y Ecuador firmaron el memorando de entendimiento sobre enlaces policiales el jueves 31 de julio de 2025. " +
			"Se firmó en junio de 2025. El presidente Noboa viajó a Washington."},
	}
}

// suggestions are questions that stand on the page.
func suggestions(c *config.Config) knowledge.Texts {
	if c.Facts.Dir != "" {
		return knowledge.Texts{}
	}
	return knowledge.Texts{
		EN: []string{"Who signed the memorandum?", "Was it signed in June 2025?", "What is the NTC?"},
		ES: []string{"¿Quién firmó el memorando?", "¿Se firmó en junio de 2025?", "¿Qué es el NTC?"},
	}
}

// browse opens an address in the system's browser. Where there is none, the address that was printed has to do.
func (a *app) browse(ctx context.Context, lg *slog.Logger, address string) {
	opener := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if opener == nil {
		opener = []string{"xdg-open"}
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), opener[0], append(opener[1:], address)...)
	if err := cmd.Start(); err != nil {
		lg.Warn("no browser is opened; open the address yourself", slog.String("address", address), slog.Any("error", err))
		return
	}
	go func() { _ = cmd.Wait() }() // it may run on
}
