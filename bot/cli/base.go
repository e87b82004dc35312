package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"enlace/config"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
	"enlace/knowledge/facts/data"
	"enlace/knowledge/lang"
	"enlace/knowledge/search"
)

// place is where a fact base is, and how messages name its files.
type place struct {
	fs   fs.FS
	name string // "" for the embedded base
}

func (a *app) place(c *config.Config) place {
	if c.Facts.Dir == "" {
		return place{fs: data.FS}
	}
	return a.at(c.Facts.Dir)
}

// directory is a fact directory that was typed as an argument.
func (a *app) directory(cmd *cobra.Command, typed string) (place, error) {
	where := a.at(typed)
	if info, err := fs.Stat(where.fs, "."); err != nil || !info.IsDir() {
		return place{}, misuse(cmd, "%q is not a directory that can be read", typed)
	}
	return where, nil
}

// at is the fact directory at a path, named from the working directory where it is inside.
func (a *app) at(dir string) place {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(a.Dir, dir)
	}
	name := dir
	if work, err := filepath.Abs(a.Dir); err == nil {
		if rel, err := filepath.Rel(work, dir); err == nil && filepath.IsLocal(rel) {
			name = rel
		}
	}
	return place{os.DirFS(dir), filepath.ToSlash(name)}
}

// load reads a base; one that cannot be served is a failure with every problem.
func (p place) load() (*knowledge.Base, error) {
	b, err := facts.Load(p.fs)
	if err == nil {
		return b, nil
	}
	var problems facts.Problems
	if errors.As(err, &problems) {
		err = problems.In(p.name)
	}
	return nil, &failure{code: invalid, err: fmt.Errorf("the fact base is not valid:\n%w", err)}
}

// base reads the settings and the fact base that they name.
func (a *app) base(cmd *cobra.Command) (*knowledge.Base, *config.Config, error) {
	c, err := a.config(cmd)
	if err != nil {
		return nil, nil, err
	}
	start := a.Now()
	b, err := a.place(c).load()
	if err != nil {
		return nil, nil, err
	}
	a.logger(c).Debug("fact base loaded", "version", b.Version, "facts", len(b.Facts), "took", a.Now().Sub(start))
	return b, c, nil
}

// service is base with an answer service over it.
func (a *app) service(cmd *cobra.Command) (*answer.Service, *knowledge.Base, *config.Config, error) {
	defer grow(hurriedGrowth)()
	b, c, err := a.base(cmd)
	if err != nil {
		return nil, nil, nil, err
	}
	o, err := a.answerOptions(cmd, c)
	if err != nil {
		return nil, nil, nil, err
	}
	return answer.New(search.NewLive(search.New(b)), o), b, c, nil
}

// asked is the language that the settings ask for, "" for auto.
func asked(c *config.Config) knowledge.Lang {
	if c.Language == "auto" {
		return ""
	}
	return knowledge.Lang(c.Language)
}

// spoken is the language for output that answers no question: the settings', else the locale's, else English.
func (a *app) spoken(c *config.Config) knowledge.Lang {
	if l := asked(c); l != "" {
		return l
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // POSIX: the first that is set decides
		if v := a.getenv(name); v != "" {
			if v == "es" || strings.HasPrefix(v, "es_") || strings.HasPrefix(v, "es.") {
				return knowledge.Spanish
			}
			break
		}
	}
	return knowledge.English
}

// fold makes names comparable, whatever their case, accents and white space.
func fold(s string) string { return lang.Fold(strings.Join(strings.Fields(s), " ")) }

// topic finds a topic by what somebody typed: its id, a title or an alias.
func topic(cmd *cobra.Command, b *knowledge.Base, typed string) (*knowledge.Topic, error) {
	var names, ids []string
	for i := range b.Topics {
		t := &b.Topics[i]
		own := append([]string{string(t.ID), t.Title.EN, t.Title.ES}, t.Aliases...)
		for _, name := range own {
			if fold(name) == fold(typed) && name != "" {
				return t, nil
			}
			names = append(names, fold(name))
		}
		ids = append(ids, string(t.ID))
	}
	hint := "topics: " + strings.Join(ids, ", ")
	if near, ok := config.Nearest(fold(typed), names); ok {
		hint = fmt.Sprintf("did you mean %s? %s", near, hint)
	}
	return nil, misuse(cmd, "there is no topic %q (%s)", typed, hint)
}
