package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"enlace/knowledge"
)

// maxQuestion bounds a question that is read from stdin, in bytes: far more than any limit in characters.
const maxQuestion = 64 << 10

func (a *app) askCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ask QUESTION…",
		Short: "Answer a question with cited facts",
		Long: `Answer a question in its own language, in the words of checked facts, each with its source.

The words of the question need no quotation marks unless the shell minds them. "-" reads the question from stdin, and
so does no question at all where stdin is a file or a pipe. With --jsonl, stdin holds one question per line: plain
text, a JSON string, or {"id","question","lang","history":[{"question","answer"}]}. Stdout gets one answer object per
line in the same order, as soon as it is known; a line that cannot be understood gets {"id","error","line"}.`,
		Example: `  enlace ask "Who signed the memorandum?"
  enlace ask did noboa sign it
  enlace ask --json "¿Cuántos cargos enfrenta Fito?"
  enlace ask --jsonl < questions.jsonl > answers.jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: run(a.ask),
	}
	jsonFlag(cmd, "the answer object")
	cmd.Flags().Bool("jsonl", false, "answer a stream of questions, one per line")
	noModelFlag(cmd)
	return cmd
}

func noModelFlag(cmd *cobra.Command) {
	cmd.Flags().Bool("no-model", false, "quote the facts in their own words, even where a model is configured")
}

func (a *app) ask(cmd *cobra.Command, args []string) error {
	switch stream := given(cmd, "jsonl"); {
	case stream && given(cmd, "json"):
		return misuse(cmd, "--json and --jsonl exclude each other (a stream is JSON already)")
	case stream && len(args) > 0:
		return misuse(cmd, "--jsonl reads its questions from stdin, not from arguments")
	case stream:
		return a.askStream(cmd)
	}
	text, err := a.question(cmd, args)
	if err != nil {
		return err
	}
	service, _, c, err := a.service(cmd)
	if err != nil {
		return err
	}
	got := service.Answer(cmd.Context(), knowledge.Question{Text: text, Lang: asked(c)})
	if given(cmd, "json") {
		err = writeJSON(a.out, got, true)
	} else {
		a.page().answer(&got)
	}
	if cause := context.Cause(cmd.Context()); cause != nil {
		return cause
	}
	if err == nil && got.Outcome == knowledge.Failed {
		return &failure{code: failed, err: errors.New("the question could not be answered")}
	}
	return err
}

// question returns what was asked: the arguments, or stdin.
func (a *app) question(cmd *cobra.Command, args []string) (string, error) {
	fromStdin := len(args) == 1 && args[0] == "-" || len(args) == 0 && !a.StdinTerminal
	switch {
	case !fromStdin && len(args) == 0:
		return "", misuse(cmd, "ask what? Write the question after the command")
	case !fromStdin:
		return strings.Join(args, " "), nil
	}
	type read struct {
		text []byte
		err  error
	}
	got := make(chan read, 1)
	go func() { // a read cannot be interrupted; the process ends with it
		text, err := io.ReadAll(io.LimitReader(a.Stdin, maxQuestion))
		got <- read{text, err}
	}()
	select {
	case r := <-got:
		return string(r.text), r.err
	case <-cmd.Context().Done():
		return "", context.Cause(cmd.Context())
	}
}
