// Package cli is the program as it is used from a terminal: the commands, what they print and how they exit.
//
// [Run] is the whole program but for the process around it, so that tests start what an operator starts. Results go to
// stdout and nothing else does; errors, logs and progress go to stderr. A command reads the configuration and the fact base
// only when it needs them.
package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"enlace/bot/state"
	"enlace/config"
	"enlace/knowledge/answer"
	"enlace/knowledge/llm"
)

// The exit codes of the program.
const (
	done    = 0 // an abstention is a result, not a failure
	failed  = 1
	misused = 2 // wrong usage or configuration
	invalid = 3 // invalid fact base
)

// Env is what the program sees of the world. Stdin, Stdout and Stderr are required.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // as os.Environ returns it
	Dir            string   // working directory; "" = the process's
	// What is a terminal: a command does not wait for a person where there is none, and decorates only what one reads.
	StdinTerminal, StdoutTerminal, StderrTerminal bool
	Width                                         int              // of the terminal in columns; 0 = 80
	Now                                           func() time.Time // nil = time.Now
}

// System returns the process's own environment.
func System() Env {
	isTerminal := func(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }
	width, _, _ := term.GetSize(int(os.Stdout.Fd())) // 0 where it has none
	return Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Width: width,
		StdinTerminal: isTerminal(os.Stdin), StdoutTerminal: isTerminal(os.Stdout), StderrTerminal: isTerminal(os.Stderr),
	}
}

// failure is an error that knows its exit code.
type failure struct {
	code  int
	err   error
	usage *cobra.Command // whose usage helps; nil for none
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// misuse is a failure of what was typed.
func misuse(cmd *cobra.Command, format string, args ...any) error {
	return &failure{misused, fmt.Errorf(format, args...), cmd}
}

// app is one run of the program.
type app struct {
	Env
	out        *bufio.Writer // stdout
	configFile string
	settings   *config.Config     // nil until a command asks for it
	budget     llm.Budget         // of the model that serves; nil = none
	spending   state.Budget       // where tokens are counted for all processes; nil = in a file, for one
	trace      func(answer.Trace) // told how answers come about; nil = nobody looks
	closers    []func()           // give back what commands hold, at the end
}

// Run runs the program with the arguments after its name and returns its exit code: 0 done, 1 failed, 2 wrong usage or
// configuration, 3 invalid fact base. It returns soon after ctx is done, even while it waits for input.
func Run(ctx context.Context, args []string, env Env) int {
	if env.Now == nil {
		env.Now = time.Now
	}
	a := &app{Env: env, out: bufio.NewWriterSize(env.Stdout, 32<<10)}
	root := a.root()
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	for _, c := range slices.Backward(a.closers) {
		c()
	}
	if flushed := a.out.Flush(); err == nil && flushed != nil {
		err = &failure{code: failed, err: fmt.Errorf("writing the output: %w", flushed)}
	}
	return a.exit(ctx, cmd, err)
}

// exit reports an error on stderr and returns the exit code.
func (a *app) exit(ctx context.Context, cmd *cobra.Command, err error) int {
	var f *failure
	switch {
	case err == nil:
		return done
	case errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe):
		return failed // whoever read the output has had enough and does not want to hear more
	case ctx.Err() != nil && errors.Is(err, context.Cause(ctx)):
		fmt.Fprintln(a.Stderr, "enlace: interrupted")
		return failed
	case !errors.As(err, &f): // cobra's own: commands give failures
		f = &failure{misused, suggestFlag(cmd, err), cmd}
	}
	if text := f.Error(); text != "" {
		fmt.Fprintf(a.Stderr, "enlace: %s\n", clean(text))
	}
	if f.usage != nil {
		fmt.Fprintf(a.Stderr, "Usage: %s\nSee `%s --help`.\n", f.usage.UseLine(), f.usage.CommandPath())
	}
	return f.code
}

// suggestFlag adds the flag that an unknown one may have been meant for.
func suggestFlag(cmd *cobra.Command, err error) error {
	name, ok := strings.CutPrefix(err.Error(), "unknown flag: --")
	if !ok {
		return err
	}
	if best, ok := config.Nearest(name, flagNames(cmd)); ok {
		return fmt.Errorf("%w (did you mean --%s?)", err, best)
	}
	return err
}

// run makes a cobra handler of a command: whatever goes wrong in it is a failure.
func run(f func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		err := f(cmd, args)
		if known := (*failure)(nil); err == nil || errors.As(err, &known) {
			return err
		}
		return &failure{code: failed, err: err}
	}
}

// config returns the effective settings, which are read once.
func (a *app) config(cmd *cobra.Command) (*config.Config, error) {
	if a.settings != nil {
		return a.settings, nil
	}
	flags := map[string]string{}
	for _, name := range []string{"facts", "log-level", "log-format", "lang"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			flags[name] = f.Value.String()
		}
	}
	c, err := config.Load(config.Options{Dir: a.Dir, Environ: a.Environ, Flags: flags, File: a.configFile})
	if err != nil {
		return nil, &failure{code: misused, err: fmt.Errorf("the configuration is not valid:\n%w", err)}
	}
	a.settings = c
	return c, nil
}

// getenv returns the last value of a variable, "" where it is not set.
func (a *app) getenv(name string) (val string) {
	for _, pair := range a.Environ {
		if k, v, _ := strings.Cut(pair, "="); k == name {
			val = v
		}
	}
	return val
}

// logger writes to stderr as the settings say.
func (a *app) logger(c *config.Config) *slog.Logger { return c.Log.New(a.Stderr) }

func (a *app) width() int { return max(20, min(cmp.Or(a.Width, 80), maxWidth)) }
