package facts

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"enlace/knowledge"
	"enlace/knowledge/lang"
)

// LintOptions are a curator's choices. The zero value asks for nothing that depends on the day or on a goal.
type LintOptions struct {
	// MinAsks is how many phrasings a fact in service needs in each language that it has; 0 = any number will do.
	MinAsks int
	// Now is today. Without it no date is called old or in the future.
	Now knowledge.Date
	// MaxAge is how many days after as_of a fact is due to be checked again; 0 = 365.
	MaxAge int
}

// Lint returns what a careful editor would notice in a base, sorted by place. Places are the first lines of facts, sources and
// entities; [Check], which knows the files, points closer. Facts that are withdrawn or replaced are history and left in peace.
//
// The findings are warnings, except an allegation that is worded as a fact, which is an error.
func Lint(b *knowledge.Base) Problems { return LintWith(b, LintOptions{}) }

// LintWith is [Lint] with options.
func LintWith(b *knowledge.Base, o LintOptions) Problems { return lint(b, o, nil) }

// Check loads the fact files of a directory and lints them: all problems, sorted by place. With errors of loading the base is nil and
// nothing is linted; errors that only lint knows leave the base, and it is for the caller to look at [Problems.Err].
//
// A curator who has looked at a finding may silence it with a comment that says why, on a line of the fact, source or entity or
// directly above it:
//
//	# lint: allow numbers-differ because the decree gives the figure in words only
func Check(fsys fs.FS) (*knowledge.Base, Problems) { return CheckWith(fsys, LintOptions{}) }

// CheckWith is [Check] with options.
func CheckWith(fsys fs.FS, o LintOptions) (*knowledge.Base, Problems) {
	l := take(fsys).load()
	if l.base == nil {
		return nil, l.problems
	}
	found := allow(l.docs, lint(l.base, o, spotsOf(l.docs)))
	problems := append(slices.Clone(l.problems), found...)
	problems.sort()
	return l.base, problems
}

// spot is the YAML node of a fact, source or entity and the file that it is in.
type spot struct {
	file string
	node *yaml.Node
}

// spotsOf returns where every item of the files stands, by block and id.
func spotsOf(docs []*document) map[string]spot {
	spots := map[string]spot{}
	for _, d := range docs {
		for b := sourceBlock; b <= listBlock; b++ {
			for _, n := range d.nodes[b] {
				if id := field(n, "id"); id != nil {
					spots[b.String()+" "+id.Value] = spot{d.name, n}
				}
			}
		}
	}
	return spots
}

// linter collects findings about one base.
type linter struct {
	LintOptions
	base     *knowledge.Base
	spots    map[string]spot // nil when the files are not at hand
	names    *namer
	problems Problems
}

func lint(b *knowledge.Base, o LintOptions, spots map[string]spot) Problems {
	if o.MaxAge <= 0 {
		o.MaxAge = 365
	}
	l := &linter{LintOptions: o, base: b, spots: spots, names: newNamer(b.Entities)}
	var readings []*reading
	for i := range b.Facts {
		f := &b.Facts[i]
		if !f.InService() {
			continue
		}
		r := l.read(f)
		readings = append(readings, r)
		for _, side := range r.sides {
			l.wording(f, side)
			l.form(f, side)
			l.datesGiven(f, side)
		}
		l.languages(f, r)
		l.phrasings(f, r)
		l.age(f)
	}
	l.unused()
	l.sharedNames()
	l.sharedPhrasings(readings)
	l.sharedTexts(readings)
	l.contradictions(readings)
	l.titles()
	l.problems.sort()
	return l.problems
}

// finding adds a problem at a key of a fact, "text" and "en" for example, or at the nearest place that is known.
func (l *linter) finding(s Severity, rule string, f *knowledge.Fact, path []string, fix, format string, args ...any) {
	p := Problem{Pos: f.Pos, Severity: s, Rule: rule, Fix: fix, Fact: f.ID, Message: fmt.Sprintf("fact %s: ", f.ID) + fmt.Sprintf(format, args...)}
	if at, ok := l.spots["fact "+string(f.ID)]; ok {
		p.Pos = at.find(path...)
	}
	l.problems = append(l.problems, p)
}

// warn is finding for warnings.
func (l *linter) warn(rule string, f *knowledge.Fact, path []string, fix, format string, args ...any) {
	l.finding(Warning, rule, f, path, fix, format, args...)
}

// find returns the position of the value that path leads to, of the n-th item where a part of it is a number in brackets, or of
// what comes closest.
func (s spot) find(path ...string) knowledge.Position {
	n := s.node
	for _, name := range path {
		next := field(n, name)
		if i, ok := itemIndex(name); ok && n.Kind == yaml.SequenceNode && i < len(n.Content) {
			next = n.Content[i]
		}
		if next == nil {
			break
		}
		n = next
	}
	return knowledge.Position{File: s.file, Line: n.Line, Column: n.Column}
}

func index(i int) string { return fmt.Sprintf("[%d]", i) }

func itemIndex(name string) (i int, ok bool) {
	_, err := fmt.Sscanf(name, "[%d]", &i)
	return i, err == nil
}

// age reports a fact that nobody has checked for long, or whose check has no date or one that is still to come.
func (l *linter) age(f *knowledge.Fact) {
	at := []string{"as_of"}
	switch {
	case f.AsOf.IsZero():
		l.warn("as-of", f, at, "check the fact and add as_of: the day", "as_of is missing")
	case l.Now.IsZero():
	case f.AsOf.First().After(l.Now.Last()):
		l.warn("as-of", f, at, "correct the date", "as_of %s is in the future", f.AsOf)
	default:
		if days := int(l.Now.First().Sub(f.AsOf.Last()) / (24 * time.Hour)); days > l.MaxAge {
			l.warn("as-of", f, at, "check the fact again and set as_of to the day", "was last checked %d days ago, on %s", days, f.AsOf)
		}
	}
}

// titles reports sources whose title is plainly in another language than they are said to be.
func (l *linter) titles() {
	for i := range l.base.Sources {
		s := &l.base.Sources[i]
		if s.Language != knowledge.English && s.Language != knowledge.Spanish {
			continue
		}
		if is, margin := lang.Detect(s.Title); is != s.Language && margin > sureOfTitle {
			l.about("source", string(s.ID), s.Pos, []string{"language"}, "source-language", "correct the language, or the title if it was translated", "language is %s, but the title reads as %s", s.Language, is)
		}
	}
}

// about adds a warning about a source or an entity.
func (l *linter) about(kind, id string, pos knowledge.Position, path []string, rule, fix, format string, args ...any) {
	if at, ok := l.spots[kind+" "+id]; ok {
		pos = at.find(path...)
	}
	l.problems = append(l.problems, Problem{Pos: pos, Severity: Warning, Rule: rule, Fix: fix, Message: fmt.Sprintf("%s %s: ", kind, id) + fmt.Sprintf(format, args...)})
}
