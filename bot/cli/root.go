package cli

import (
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const about = `Enlace answers questions about the liaison agreement between Ecuador and the United States, and about what
surrounds it, in English and Spanish. Every sentence of an answer is a checked fact and names its source; what the
facts do not say, Enlace does not say either.

The fact base is built in: nothing needs to be set up.`

// root builds the tree of commands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "enlace COMMAND",
		Short: "Cited answers about the liaison agreement",
		Long:  about,
		Example: `  enlace ask "Who signed the memorandum?"
  enlace ask "¿Quién firmó el memorando?"
  enlace summary mou
  enlace timeline --from 2025`,
		SilenceErrors: true, SilenceUsage: true, DisableAutoGenTag: true,
		Args: cobra.ArbitraryArgs,
		RunE: run(chooseCommand),
	}
	root.SetIn(a.Stdin)
	root.SetOut(a.out) // of --help, which is a result
	root.SetErr(a.Stderr)
	root.CompletionOptions.HiddenDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVar(&a.configFile, "config", "", "configuration `FILE` instead of the search path")
	flags.String("facts", "", "fact `DIR` instead of the built-in base")
	flags.String("lang", "auto", "`LANGUAGE` of the output: en, es or auto")
	flags.String("log-level", "info", "least `LEVEL` that is logged: debug, info, warn or error")
	flags.String("log-format", "text", "`FORM` of log lines: text or json")
	root.AddCommand(a.askCommand(), a.checkCommand(), a.summaryCommand(), a.timelineCommand(), a.factsCommand(), a.evalCommand(), a.serveCommand(), a.playgroundCommand(), a.stateCommand(), a.doctorCommand(), a.initCommand(), a.configCommand(), a.versionCommand())
	root.SetHelpCommand(helpCommand(root))
	return root
}

// chooseCommand runs where a command of a group is missing or unknown.
func chooseCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return misuse(cmd, "say what to do: %s", commandNames(cmd))
	}
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return misuse(cmd, "there is no command %q (did you mean %s?)", args[0], near[0])
	}
	return misuse(cmd, "there is no command %q (there are: %s)", args[0], commandNames(cmd))
}

func commandNames(cmd *cobra.Command) (names string) {
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names += ", " + c.Name()
		}
	}
	return names[2:]
}

func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: run(func(cmd *cobra.Command, args []string) error {
			target, rest, err := root.Find(args)
			if err != nil {
				return misuse(root, "%v", err)
			}
			if len(rest) > 0 {
				return chooseCommand(target, rest)
			}
			return target.Help()
		}),
	}
}

func flagNames(cmd *cobra.Command) (names []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// jsonFlag gives a command --json.
func jsonFlag(cmd *cobra.Command, what string) {
	cmd.Flags().Bool("json", false, fmt.Sprintf("print %s as JSON", what))
}

// given reports whether a boolean flag of the command is on.
func given(cmd *cobra.Command, name string) bool {
	on, err := cmd.Flags().GetBool(name)
	return err == nil && on
}
