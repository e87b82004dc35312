package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"enlace/config"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

const (
	settingsFile = "enlace.yaml"
	schemaFile   = "facts.schema.json"
	factsFolder  = "facts" // of a first fact directory, where nobody says another
)

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a commented enlace.yaml and, if you like, a first fact directory",
		Long: `Write enlace.yaml into the working directory, or the file that --config names: every setting with its default and what it
means. With --facts-dir, or with any of the words below, write a directory with a first fact of your own, too; enlace.yaml
then names it. A directory that holds facts already is named and left as it is.

On a terminal it asks for what the flags do not say, unless --yes is given; elsewhere it never asks. Nothing is
overwritten: --force keeps what was there as .bak. The files hold no secrets; tokens and keys belong into the environment.`,
		Example: `  enlace init
  enlace init --yes --facts-dir facts --lang es
  enlace init --topic "The harbour" --fact "The harbour is closed at night." --source "Harbour office"`,
		Args: cobra.NoArgs,
		RunE: run(a.init),
	}
	flags := cmd.Flags()
	flags.String("facts-dir", "", "fact `DIR` to begin")
	flags.String("topic", "", "`TITLE` of its topic")
	flags.String("fact", "", "its first fact, as one `SENTENCE`")
	flags.String("question", "", "a `QUESTION` that the fact answers")
	flags.String("source", "", "`PUBLISHER` of the fact's source")
	flags.String("url", "", "`ADDRESS` of the source")
	flags.BoolP("yes", "y", false, "ask nothing")
	flags.Bool("force", false, "write anew what is there, and keep the old as .bak")
	return cmd
}

// plan is what is to be written.
type plan struct {
	file  string // of the settings
	dir   string // of the facts; "" = none
	words *firstWords
	force bool
	a     *app
}

func (a *app) init(cmd *cobra.Command, _ []string) error {
	p := &plan{file: a.path(settingsFile), force: given(cmd, "force"), a: a}
	if a.configFile != "" {
		p.file = a.path(a.configFile)
	}
	l := cmd.Flag("lang").Value.String()
	if l != "auto" && l != "en" && l != "es" {
		return misuse(cmd, "--lang is %q (write auto, en or es)", l)
	}
	if err := p.free(p.file); err != nil {
		return err
	}
	spoken := a.spoken(&config.Config{Language: l})
	p.words = wordsOf(cmd, spoken)
	p.dir = cmd.Flag("facts-dir").Value.String()
	if p.dir == "" && p.words.any() {
		p.dir = factsFolder
	}
	if a.StdinTerminal && a.StderrTerminal && !given(cmd, "yes") {
		q := newQuestions(cmd.Context(), a)
		if err := p.ask(q, cmd.Flag("lang").Changed); err != nil {
			return err
		}
	}
	return p.write(cmd, l)
}

// ask fills in what the flags left open.
func (p *plan) ask(q *questions, langGiven bool) error {
	if p.dir == "" {
		yes, err := q.yes(wordOwnFacts.In(p.words.lang))
		if err != nil || !yes {
			return err
		}
		if p.dir, err = q.line(wordWhere.In(p.words.lang), factsFolder); err != nil {
			return err
		}
	}
	if holdsFacts(p.a.path(p.dir)) {
		return nil
	}
	return p.words.ask(q, langGiven)
}

// write makes sure of everything before it writes anything.
func (p *plan) write(cmd *cobra.Command, l string) error {
	set := map[string]string{}
	if l != "auto" {
		set["language"] = l
	}
	var first *factDirectory
	if p.dir != "" {
		dir := p.a.path(p.dir)
		set["facts.dir"] = seenFrom(filepath.Dir(p.file), dir)
		switch info, err := os.Stat(dir); {
		case err == nil && !info.IsDir():
			return fmt.Errorf("%s is not a directory (name another with --facts-dir)", p.dir)
		case holdsFacts(dir) && p.words.any():
			return fmt.Errorf("%s holds facts already, and they are not touched (name another directory, or leave the words away to use this one)", p.dir)
		case holdsFacts(dir):
		default:
			var err error
			if first, err = p.words.directory(dir, p.a.Now()); err != nil {
				return misuse(cmd, "%v", err)
			}
		}
	}
	text, err := config.Example(set)
	if err != nil {
		return err
	}
	if first != nil {
		if err := first.write(p); err != nil {
			return err
		}
	}
	if err := p.put(p.file, []byte(text), 0o600); err != nil {
		return err
	}
	p.next(cmd.Context(), first)
	return nil
}

// next says on stderr what to do now.
func (p *plan) next(ctx context.Context, first *factDirectory) {
	with := ""
	if filepath.Base(p.file) != settingsFile || p.a.configFile != "" {
		with = " --config " + shellQuote(p.a.at(p.file).name)
	}
	l := p.words.lang
	_ = p.a.out.Flush() // what was written is said first; a failure shows at the end
	try := ""
	if first != nil {
		w := p.words
		if try = first.answered(ctx, l, w.question, w.known().In(l), w.fact); try != w.question {
			fmt.Fprintf(p.a.Stderr, wordUnmet.In(l)+"\n", strconv.Quote(w.question))
		}
	}
	fmt.Fprintf(p.a.Stderr, "\n%s\n", wordNext.In(l))
	if first != nil {
		fmt.Fprintf(p.a.Stderr, "  enlace facts lint%s\n", with)
	}
	if try != "" {
		fmt.Fprintf(p.a.Stderr, "  enlace ask%s %s\n", with, shellQuote(try))
	}
	fmt.Fprintf(p.a.Stderr, "  enlace doctor%s\n", with)
}

// path is what somebody typed, from the working directory or, after ~/, from home.
func (a *app) path(typed string) string {
	if rest, ok := strings.CutPrefix(typed, "~/"); ok && a.getenv("HOME") != "" {
		return filepath.Join(a.getenv("HOME"), rest)
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(a.Dir, typed)
	}
	if full, err := filepath.Abs(typed); err == nil {
		return full
	}
	return typed
}

// free reports an error where something stands in the way of a file.
func (p *plan) free(file string) error {
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return fmt.Errorf("%s is a directory (name a file)", p.a.at(file).name)
	case !p.force:
		return fmt.Errorf("%s is there already, and nothing was written (--force writes it anew and keeps the old as .bak)", p.a.at(file).name)
	}
	return nil
}

// put writes a file that is not there yet; with --force what was there gets another name.
func (p *plan) put(file string, text []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if _, err := os.Lstat(file); err == nil && p.force {
		kept, err := backup(file)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.a.out, "kept  %s\n", clean(p.a.at(kept).name))
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	fmt.Fprintf(p.a.out, "wrote %s\n", clean(p.a.at(file).name))
	return nil
}

// backup moves a file to the first of .bak, .bak2, .bak3 … that is free, and returns where it is.
func backup(file string) (string, error) {
	to := file + ".bak"
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			return to, os.Rename(file, to)
		} else if err != nil || n > 999 {
			return "", fmt.Errorf("%s cannot be kept: too many old ones stand beside it (remove some)", file)
		}
		to = fmt.Sprintf("%s.bak%d", file, n)
	}
}

// seenFrom is the path of dir as a file in base names it: relative where it is below.
func seenFrom(base, dir string) string {
	if rel, err := filepath.Rel(base, dir); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return dir
}

// holdsFacts reports whether there are fact files in a directory.
func holdsFacts(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".yaml" || ext == ".yml" {
			return true
		}
	}
	return false
}

// factDirectory is a first fact directory that was found to be good.
type factDirectory struct {
	dir, file string
	text      []byte
	base      *knowledge.Base
}

// answered returns the first of the questions that the facts answer, "" for none.
func (d *factDirectory) answered(ctx context.Context, l knowledge.Lang, questions ...string) string {
	service := answer.New(search.NewLive(search.New(d.base)), answer.Options{})
	for _, q := range questions {
		if service.Answer(ctx, knowledge.Question{Text: q, Lang: l}).Outcome == knowledge.Answered {
			return q
		}
	}
	return ""
}

// checkFacts holds a fact file to the loader's rules, in a directory of its own, and returns the base that it makes.
func checkFacts(name string, text []byte, now knowledge.Date) (*knowledge.Base, error) {
	dir, err := os.MkdirTemp("", "enlace-init-*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system clears what is left
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
		return nil, err
	}
	base, problems := facts.CheckWith(os.DirFS(dir), facts.LintOptions{Now: now})
	return base, problems.Err()
}

func (d *factDirectory) write(p *plan) error {
	if err := p.put(filepath.Join(d.dir, d.file), d.text, 0o644); err != nil {
		return err
	}
	schema := filepath.Join(d.dir, schemaFile)
	if _, err := os.Lstat(schema); err == nil {
		return nil // somebody's own; it only helps an editor
	}
	return p.put(schema, facts.Schema(), 0o644)
}

// shellQuote writes a word so that a shell takes it as it is.
func shellQuote(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" && s != "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
