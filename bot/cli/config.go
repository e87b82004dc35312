package cli

import (
	"github.com/spf13/cobra"

	"enlace/config"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings in force and where each came from",
		Long: `Show the settings in force and where each came from; secrets are masked.

A flag wins over a variable (ENLACE_ and the key in capitals, dots as underscores), a variable over the file, and the
file over the default. The file is --config, or the first of ./enlace.yaml, $XDG_CONFIG_HOME/enlace/enlace.yaml
(~/.config/enlace/enlace.yaml) and /etc/enlace/enlace.yaml.`,
		Example: `  enlace config
  ENLACE_LOG_LEVEL=debug enlace config --json`,
		Args: cobra.NoArgs,
		RunE: run(a.showConfig),
	}
	jsonFlag(cmd, "the settings")
	return cmd
}

func (a *app) showConfig(cmd *cobra.Command, _ []string) error {
	c, err := a.config(cmd)
	if err != nil {
		return err
	}
	if given(cmd, "json") {
		return writeJSON(a.out, struct {
			File     string           `json:"file"` // "" where none was read
			Settings []config.Setting `json:"settings"`
		}{c.File(), c.Settings()}, true)
	}
	p := a.page()
	if c.File() != "" {
		p.line(0, 0, p.dim("# "+cleanLine(c.File())))
	}
	for _, s := range c.Settings() {
		p.line(0, 4, p.bold(s.Key)+" = "+quoted(s.Value)+" "+p.dim("("+cleanLine(s.Source.String())+")"))
	}
	return nil
}

// quoted shows an empty value as "".
func quoted(s string) string {
	if s == "" {
		return `""`
	}
	return cleanLine(s)
}
