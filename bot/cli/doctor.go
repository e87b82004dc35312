package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/spf13/cobra"

	"enlace/bot"
	"enlace/bot/doctor"
	"enlace/config"
)

func (a *app) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at the whole set-up and say what to do about what is wrong",
		Long: `Look at the whole set-up: the settings and where they come from, the facts, the state directory, the clock, the model's
endpoint, and on Discord's side the token, intents, session starts, registered commands, servers, channels and the
invite link. A line for each: pass, warn, fail or skip, what was found, and what to do about it.

Without a bot token or a model what belongs to it is skipped: answering in the terminal needs neither. It changes
nothing, asks the model for about a hundred tokens (--no-model leaves it alone), and takes at most half a minute.

Exit codes: 0 nothing fails, 1 something does.`,
		Example: `  enlace doctor
  DISCORD_TOKEN=… enlace doctor --config /etc/enlace/enlace.yaml
  enlace doctor --json | jq '.checks[] | select(.status == "fail")'`,
		Args: cobra.NoArgs,
		RunE: run(a.doctor),
	}
	jsonFlag(cmd, "the report")
	cmd.Flags().Bool("no-model", false, "leave the model alone")
	cmd.Flags().Duration("timeout", doctor.DefaultEach, "longest `TIME` for each look over the network; all together may take six times as long")
	return cmd
}

func (a *app) doctor(cmd *cobra.Command, _ []string) error {
	each, err := cmd.Flags().GetDuration("timeout")
	if err != nil || each < 100*time.Millisecond || each > 5*time.Minute {
		return misuse(cmd, "--timeout is %s (write 100ms to 5m)", each)
	}
	o := doctor.Options{Now: a.Now, Each: each, Total: 6 * each, NoModel: given(cmd, "no-model"), Permissions: bot.Permissions, Invite: bot.InviteLink}
	o.Settings, o.Problems = a.config(cmd)
	var problems config.Problems
	if errors.As(o.Problems, &problems) {
		o.Problems = problems
	}
	if c := o.Settings; c != nil {
		where := a.place(c)
		o.Facts, o.FactsName = where.fs, where.name
		o.Commands = bot.Commands(c.Limits.QuestionChars, len(c.Discord.Guilds) == 0)
	}
	r := doctor.Run(cmd.Context(), o)
	if cmd.Context().Err() != nil {
		return context.Cause(cmd.Context())
	}
	if given(cmd, "json") {
		err = writeJSON(a.out, r, true)
	} else {
		a.page().report(&r)
	}
	if err == nil && !r.OK {
		err = &failure{code: failed, err: fmt.Errorf("%d of %d checks fail", r.Count(doctor.Fail), len(r.Checks))}
	}
	return err
}

var doctorColors = map[doctor.Status]lipgloss.Color{doctor.Pass: "2", doctor.Warn: "3", doctor.Fail: "1", doctor.Skip: "8"}

// report writes a table: status, name, what was found, and the remedy, which has lines of its own on a terminal.
func (p *page) report(r *doctor.Report) {
	widest := 0
	for _, c := range r.Checks {
		widest = max(widest, lipgloss.Width(c.Name))
	}
	hang := len("pass") + 2 + widest + 2
	if p.width > 0 && p.width < hang+30 {
		hang = len("pass") + 2 // too narrow for columns
	}
	for _, c := range r.Checks {
		status := p.style.NewStyle().Foreground(doctorColors[c.Status]).Render(string(c.Status))
		name := cleanLine(c.Name)
		line := status + "  " + p.each(p.style.NewStyle().Bold(c.Status != doctor.Pass), name) + strings.Repeat(" ", widest-lipgloss.Width(name)) + "  " + cleanLine(c.Detail)
		switch remedy := "→ " + cleanLine(c.Remedy); {
		case c.Remedy == "":
			p.line(0, hang, line)
		case p.width == 0:
			p.line(0, hang, line+" "+remedy)
		default:
			p.line(0, hang, line)
			p.line(hang, 2, p.dim(remedy))
		}
	}
	p.gap()
	p.line(0, 0, fmt.Sprintf("%d pass, %d warn, %d fail, %d skip", r.Count(doctor.Pass), r.Count(doctor.Warn), r.Count(doctor.Fail), r.Count(doctor.Skip)))
}
