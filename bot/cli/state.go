package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"enlace/bot/state/jetstream"
	"enlace/config"
)

func (a *app) stateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "state COMMAND",
		Short: "Back up, restore and look at what the bot remembers",
		Long: `Back up, restore and look at what the bot remembers: questions that wait, answers, votes, limits, the record of
admins and the fact bases.

It is the state that the configuration names: the embedded engine in state.dir, or the cluster of state.url. One process
at a time can have a state.dir, so the bot must be stopped; a cluster is backed up while bots run on it.

To grow from one machine to a cluster: stop the bot, ` + "`enlace state backup DIR`" + `, set state.url and state.replicas,
` + "`enlace state restore DIR`" + `, start the bots. The same way leads back.`,
		Args: cobra.ArbitraryArgs,
		RunE: run(chooseCommand),
	}
	backup := &cobra.Command{
		Use: "backup DIR", Short: "Write the state to a directory", Args: cobra.ExactArgs(1), RunE: run(a.backupState),
		Long:    "Write the state to DIR, which must be empty or missing. Leases, and who is there, are left out.",
		Example: "  enlace state backup /var/backups/enlace-2026-11-22",
	}
	restore := &cobra.Command{
		Use: "restore DIR", Short: "Fill an empty state with a backup", Args: cobra.ExactArgs(1), RunE: run(a.restoreState),
		Long: `Fill an empty state with the backup in DIR, whichever kind of engine it is of. A state that holds something already
is left as it is, and so is one that a bot runs on. Where it fails, nothing stays behind.`,
		Example: "  ENLACE_STATE_URL=nats://node1:4222 ENLACE_STATE_REPLICAS=3 enlace state restore /var/backups/enlace-2026-11-22",
	}
	inspect := &cobra.Command{
		Use: "inspect", Short: "Show what the state holds", Args: cobra.NoArgs, RunE: run(a.inspectState),
		Long: "Show what the state holds, and may hold: each stream with its messages, bytes and bounds, in a cluster with its leader; the fact\nbase in service; the processes that are there.",
	}
	for _, c := range []*cobra.Command{backup, restore, inspect} {
		jsonFlag(c, "the result")
		cmd.AddCommand(c)
	}
	cmd.AddCommand(&cobra.Command{
		Use: "node DIR", Short: "Make a directory ready for a server of a cluster", Args: cobra.ExactArgs(1),
		Long: `Make DIR ready as the store_dir of a nats-server in a cluster, or say why it cannot be: a clustered server that is
started on the directory of an embedded engine deletes what is there.`,
		Example: "  enlace state node /var/lib/nats && nats-server -c node.conf",
		RunE:    run(func(_ *cobra.Command, args []string) error { return jetstream.ClusterDir(a.path(args[0])) }),
	})
	return cmd
}

// engineOptions say which engine the configuration names.
func engineOptions(c *config.Config) jetstream.Options {
	return jetstream.Options{Dir: c.State.Dir, URL: c.State.URL.Reveal(), Credentials: c.State.Credentials.Reveal(), Replicas: c.State.Replicas}
}

// engine opens the state that the configuration names. One that is not there is not made.
func (a *app) engine(cmd *cobra.Command) (*jetstream.Store, error) {
	c, err := a.config(cmd)
	if err != nil {
		return nil, err
	}
	o := engineOptions(c)
	if _, err := os.Stat(o.Dir); err != nil && o.URL == "" {
		return nil, fmt.Errorf("there is no state in %s: %w (the bot makes it when it is started; state.dir names another)", o.Dir, err)
	}
	o.Log, o.Progress, o.Watch = a.logger(c), a.progress("streams"), -1
	return jetstream.Open(cmd.Context(), o)
}

func (a *app) backupState(cmd *cobra.Command, args []string) (err error) {
	s, err := a.engine(cmd)
	if err != nil {
		return err
	}
	b, err := s.Backup(cmd.Context(), a.path(args[0]))
	if closed := s.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return a.tellBackup(cmd, b, "Written to "+args[0])
}

func (a *app) restoreState(cmd *cobra.Command, args []string) error {
	c, err := a.config(cmd)
	if err != nil {
		return err
	}
	o := engineOptions(c)
	o.Log, o.Progress, o.Watch = a.logger(c), a.progress("streams"), -1
	b, err := jetstream.Restore(cmd.Context(), o, a.path(args[0]))
	if err != nil {
		return err
	}
	return a.tellBackup(cmd, b, "Restored from "+args[0])
}

// tellBackup prints what is in a backup.
func (a *app) tellBackup(cmd *cobra.Command, b jetstream.Backed, what string) error {
	var messages uint64
	var size int64
	for _, s := range b.Streams {
		messages, size = messages+s.Messages, size+s.Size
	}
	if given(cmd, "json") {
		type stream struct {
			Name     string `json:"name"`
			Messages uint64 `json:"messages"`
			Bytes    int64  `json:"bytes"`
		}
		out := struct {
			At       time.Time `json:"at"`
			Messages uint64    `json:"messages"`
			Bytes    int64     `json:"bytes"`
			Streams  []stream  `json:"streams"`
		}{b.At, messages, size, []stream{}}
		for _, s := range b.Streams {
			out.Streams = append(out.Streams, stream{s.Name, s.Messages, s.Size})
		}
		return writeJSON(a.out, out, true)
	}
	_, err := fmt.Fprintf(a.out, "%s: %d messages in %d streams, %s, of %s\n", what, messages, len(b.Streams), bytesText(size), b.At.UTC().Format(time.DateTime+" UTC"))
	return err
}

// holdings is what `state inspect` shows.
type holdings struct {
	Place    string           `json:"place"`
	Server   string           `json:"server"`
	Waiting  int              `json:"waiting"`
	Working  int              `json:"working"`
	Base     *baseHoldings    `json:"base,omitempty"`
	Replicas []replicaHolding `json:"replicas"`
	Streams  []streamHoldings `json:"streams"`
}

type baseHoldings struct {
	Version string    `json:"version"`
	Facts   int       `json:"facts"`
	At      time.Time `json:"at"`
	Why     string    `json:"why"`
}

type replicaHolding struct {
	ID     string    `json:"id"`
	Facts  string    `json:"facts"`
	Shards []int     `json:"shards"`
	Build  string    `json:"build"`
	Since  time.Time `json:"since"`
}

type streamHoldings struct {
	Name     string     `json:"name"`
	Messages uint64     `json:"messages"`
	Bytes    uint64     `json:"bytes"`
	Most     int64      `json:"max_bytes"`
	Oldest   *time.Time `json:"oldest,omitempty"`
	Copies   int        `json:"copies"`
	Leader   string     `json:"leader,omitempty"`
	Behind   int        `json:"behind"`
}

func (a *app) inspectState(cmd *cobra.Command, _ []string) (err error) {
	s, err := a.engine(cmd)
	if err != nil {
		return err
	}
	defer func() {
		if closed := s.Close(); err == nil {
			err = closed
		}
	}()
	ctx := cmd.Context()
	in, err := s.Inspect(ctx)
	if err != nil {
		return err
	}
	h := holdings{Place: in.Place, Server: in.Server, Replicas: []replicaHolding{}, Streams: []streamHoldings{}}
	for _, one := range in.Streams {
		sh := streamHoldings{Name: one.Name, Messages: one.Messages, Bytes: one.Bytes, Most: one.MaxBytes, Copies: one.Replicas, Leader: one.Leader, Behind: one.Behind}
		if !one.Oldest.IsZero() {
			sh.Oldest = &one.Oldest
		}
		h.Streams = append(h.Streams, sh)
	}
	b, ok, err := s.LiveBase(ctx)
	if err != nil {
		return err
	}
	if ok {
		h.Base = &baseHoldings{b.Version, b.Facts, b.At, b.Why}
	}
	pending, err := s.Pending(ctx)
	if err != nil {
		return err
	}
	h.Waiting, h.Working = pending.Waiting, pending.Working
	replicas, err := s.Replicas(ctx)
	if err != nil {
		return err
	}
	for _, r := range replicas {
		h.Replicas = append(h.Replicas, replicaHolding{r.ID, r.Facts, slices.Concat([]int{}, r.Shards), r.Build, r.Since})
	}
	if given(cmd, "json") {
		return writeJSON(a.out, h, true)
	}
	a.tellHoldings(h)
	return nil
}

func (a *app) tellHoldings(h holdings) {
	fmt.Fprintf(a.out, "%s, version %s\n", h.Place, h.Server)
	fmt.Fprintf(a.out, "questions: %d waiting, %d being answered\n", h.Waiting, h.Working)
	if b := h.Base; b != nil {
		fmt.Fprintf(a.out, "facts: %s, %d facts, since %s (%s)\n", b.Version, b.Facts, b.At.UTC().Format(time.DateTime+" UTC"), b.Why)
	}
	for _, r := range h.Replicas {
		fmt.Fprintf(a.out, "process: %s, facts %s, shards %v\n", r.ID, r.Facts, r.Shards)
	}
	width := len("stream")
	for _, s := range h.Streams {
		width = max(width, len(s.Name))
	}
	fmt.Fprintf(a.out, "\n%-*s %10s %10s %10s  %-10s %s\n", width, "stream", "messages", "size", "at most", "oldest", "copies")
	for _, s := range h.Streams {
		oldest := "-"
		if s.Oldest != nil {
			oldest = s.Oldest.UTC().Format(time.DateOnly)
		}
		copies := fmt.Sprint(s.Copies)
		if s.Leader != "" {
			copies += ", led by " + s.Leader
		}
		if s.Behind > 0 {
			copies += fmt.Sprintf(", %d behind", s.Behind)
		}
		fmt.Fprintf(a.out, "%-*s %10d %10s %10s  %-10s %s\n", width, s.Name, s.Messages, bytesText(int64(s.Bytes)), bytesText(s.Most), oldest, copies)
	}
}

// bytesText is a number of bytes for people.
func bytesText(n int64) string {
	const units = "kMG"
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n), -1
	for value >= 999.5 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", value), ".0") + " " + units[unit:unit+1] + "B"
}
