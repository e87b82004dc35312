package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is what `enlace version --json` prints.
type version struct {
	Version      string `json:"version"` // "(devel)" where the build does not say
	Commit       string `json:"commit,omitempty"`
	Modified     bool   `json:"modified,omitempty"` // the commit and then some
	Go           string `json:"go"`
	FactsVersion string `json:"facts_version,omitempty"`
	Facts        int    `json:"facts,omitempty"`
}

func (a *app) versionCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the versions of the program and of the fact base",
		Args:  cobra.NoArgs,
		RunE:  run(a.showVersion),
	}
	jsonFlag(cmd, "the versions")
	return cmd
}

// showVersion prints what it knows even where the base is not valid.
func (a *app) showVersion(cmd *cobra.Command, _ []string) error {
	v := built()
	b, _, err := a.base(cmd)
	if err == nil {
		v.FactsVersion, v.Facts = b.Version, len(b.Facts)
	}
	if given(cmd, "json") {
		if broken := writeJSON(a.out, v, true); broken != nil {
			return broken
		}
		return err
	}
	fmt.Fprintf(a.out, "enlace %s\n", v.Version)
	if v.Commit != "" {
		fmt.Fprintf(a.out, "commit %s%s\n", v.Commit, map[bool]string{true: " (modified)"}[v.Modified])
	}
	fmt.Fprintf(a.out, "go     %s\n", v.Go)
	if err == nil {
		fmt.Fprintf(a.out, "facts  %s (%d facts)\n", v.FactsVersion, v.Facts)
	}
	return err
}

// built is what the Go toolchain wrote into the binary.
func built() version {
	v := version{Version: "(devel)", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}
