package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
)

var update = flag.Bool("update", false, "write what commands print into the scripts' golden files")

// TestMain lets scripts start the program as `enlace`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"enlace": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		os.Exit(Run(ctx, os.Args[1:], System()))
	}})
}

// TestScripts runs the whole program, end to end, over the fact base in testdata/facts.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts (%v)", err)
	}
	testscript.Run(t, testscript.Params{
		Files:               scripts,
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("GORACE", "atexit_sleep_ms=0") // a second for each of many short processes
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			return os.CopyFS(filepath.Join(env.WorkDir, "facts"), os.DirFS("testdata/facts"))
		},
		Condition: func(name string) (bool, error) {
			if name != "shipped" {
				return false, fmt.Errorf("unknown condition %s", name)
			}
			_, err := facts.Load(data.FS)
			return err == nil, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "fills": fills, "holds": holds},
	})
}

// exits is `exits CODE COMMAND ARGS…`: the command must end with the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var status *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &status) {
		got = status.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}
