package curate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/facts"
	"enlace/knowledge/search"
)

// CorrectFor is how long an answer is corrected after it was given.
const CorrectFor = 30 * 24 * time.Hour

// Review is what would happen if a base went into service.
type Review struct {
	Version, Before string
	Facts           int
	Problems        facts.Problems // errors, by place: the files cannot be served, and the rest is empty
	Lint            facts.Problems // what a careful editor would notice
	Changes         []facts.Change
	Moved           []Moved // questions of the suites that would be answered in another way
	Asked           int     // how many questions were asked
	// Affected is how many answers of the last 30 days would be corrected: those whose facts change, and whose messages are not
	// known to be out of reach.
	Affected int
}

// Same reports whether the base is the one in service.
func (r *Review) Same() bool { return len(r.Problems) == 0 && r.Version == r.Before }

// Moved is a question whose answer changes.
type Moved struct {
	Question string
	Lang     knowledge.Lang
	Old, New knowledge.Answer
}

// Review reads the fact files and compares them with the base in service. Files that cannot be served are in the review, not an error.
func (d *Desk) Review(ctx context.Context) (*Review, error) {
	if d.BuiltIn {
		return nil, ErrBuiltIn
	}
	next, err := d.read()
	var problems facts.Problems
	if errors.As(err, &problems) {
		return &Review{Before: d.Base().Version, Problems: problems.Only(facts.Error)}, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := d.compare(ctx, next)
	if err == nil && !r.Same() {
		d.remember(r.Version, next.bundle)
		d.stage(ctx, next)
	}
	return r, err
}

// ReviewOf is Review of an earlier version, as [Desk.Rollback] finds it.
func (d *Desk) ReviewOf(ctx context.Context, version string) (*Review, error) {
	next, err := d.earlier(ctx, version)
	if err != nil {
		return nil, err
	}
	r, err := d.compare(ctx, next)
	if err == nil && !r.Same() {
		d.stage(ctx, next)
	}
	return r, err
}

// compare says what would change if a base went into service.
func (d *Desk) compare(ctx context.Context, next *draft) (*Review, error) {
	old := d.live.Load()
	r := &Review{Version: next.base.Version, Before: old.Base().Version, Facts: len(next.base.Facts), Changes: facts.Diff(old.Base(), next.base)}
	if r.Lint = lint(next.bundle); d.Name != "" {
		r.Lint = r.Lint.In(d.Name)
	}
	if r.Same() {
		return r, nil
	}
	var err error
	index := search.New(next.base)
	d.prepare(r.Version, func(n *ready) { n.done(index, nil) })
	r.Moved, r.Asked = d.moved(ctx, old, index)
	if r.Affected, err = d.affected(ctx, next.base); err != nil {
		return nil, err
	}
	return r, ctx.Err()
}

// lint is what a careful editor would notice, without what the files themselves allow with a reason.
func lint(bundle []byte) facts.Problems {
	fsys, err := facts.OpenBundle(bundle)
	if err != nil {
		return nil // it was opened before
	}
	_, problems := facts.Check(fsys)
	return problems
}

// moved asks the suites' questions of both indexes.
func (d *Desk) moved(ctx context.Context, old, next *search.Index) (list []Moved, asked int) {
	before, after := d.answers(ctx, old), d.answers(ctx, next)
	for _, suite := range d.Suites {
		for _, q := range suite.Questions {
			asked++
			if a, b := before[q.ID], after[q.ID]; a.Text != b.Text || a.Outcome != b.Outcome {
				list = append(list, Moved{q.Text, q.Lang, a, b})
			}
		}
	}
	return list, asked
}

func (d *Desk) affected(ctx context.Context, b *knowledge.Base) (n int, err error) {
	for a, err := range d.Store.Since(ctx, d.Now().Add(-CorrectFor)) {
		if err != nil {
			return n, fmt.Errorf("counting the answers that change: %w", err)
		}
		if Reachable(&a) && len(Outdated(&a, b, d.Now())) > 0 {
			n++
		}
	}
	return n, nil
}

func (d *Desk) remember(version string, bundle []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.reviewed[version]; !ok && len(d.reviewed) >= maxReviewed {
		clear(d.reviewed)
	}
	d.reviewed[version] = bundle
}

// Apply puts a reviewed version in service for a user, in the place of the version that the review compared it with: its hash, or
// the beginning of it. The error is ErrChanged where the files hold another version by now and the review is not at hand any more,
// ErrSame where it is in service, and state.ErrMoved where another base came into service since the review.
func (d *Desk) Apply(ctx context.Context, version, before, by string) error {
	if d.BuiltIn {
		return ErrBuiltIn
	}
	d.mu.Lock()
	bundle := d.reviewed[version]
	d.mu.Unlock()
	var next *draft
	var err error
	if bundle != nil {
		next, err = d.open(ctx, version, bundle)
	} else if next, err = d.read(); err != nil || next.base.Version != version {
		err = ErrChanged // even where they cannot be served: the next review tells
	}
	if err != nil {
		return err
	}
	return d.put(ctx, next, before, by, ByReload)
}

// Reload puts the fact files in service without a review, for signals. Files that cannot be served leave the base as it is; they are
// told to Refused and logged. The error is ErrSame where the base in service is what the files say.
func (d *Desk) Reload(ctx context.Context, why string) error {
	if d.BuiltIn {
		return ErrBuiltIn
	}
	next, err := d.read()
	if err == nil {
		err = d.reload(ctx, next, why)
	}
	if err != nil && !errors.Is(err, ErrSame) {
		d.refuse(ctx, why, err)
	}
	return err
}

// Watch follows a fact directory until ctx ends, and puts what it comes to hold in service as Reload does. What it held at the start
// is no news, so that a base that an admin put in its place stays.
func (d *Desk) Watch(ctx context.Context, dir string) error {
	return facts.Watcher{
		Dir: dir, Since: d.files, Log: d.Log,
		Bundled: func(b *knowledge.Base, bundle []byte) {
			if err := d.reload(ctx, &draft{b, bundle}, ByWatch); err != nil && !errors.Is(err, ErrSame) && ctx.Err() == nil {
				d.refuse(ctx, ByWatch, err)
			}
		},
		Failed: func(err error) { d.refuse(ctx, ByWatch, d.problems(err)) },
	}.Run(ctx)
}

// refuse tells and notes that files do not go into service.
func (d *Desk) refuse(ctx context.Context, why string, err error) {
	d.Log.Error("the facts are not valid; the base in service stays", slog.String("why", why), slog.Any("error", err))
	if d.Refused != nil {
		d.Refused(err)
	}
	d.audit(ctx, why, "", err)
}

// reload puts what the fact files say in service in the place of whatever is. Another process that sees the same files may be faster.
func (d *Desk) reload(ctx context.Context, next *draft, why string) error {
	err := d.put(ctx, next, "", "", why)
	for range state.MaxBases {
		if !errors.Is(err, state.ErrMoved) || ctx.Err() != nil {
			break
		}
		if err = d.follow(ctx, d.Base().Version); err == nil || errors.Is(err, errUnusable) {
			err = d.put(ctx, next, "", "", why)
		}
	}
	return err
}

// unusable returns the base in service where nobody with this program can serve it, so that another one may take its place although
// this process never served it; "" otherwise.
func (d *Desk) unusable() string {
	version, why := d.Behind()
	if !errors.Is(why, errUnusable) {
		return ""
	}
	return version
}

// put stores a base, moves the pointer and serves it here. by "" is nobody.
func (d *Desk) put(ctx context.Context, next *draft, before, by, why string) error {
	d.changing.Lock()
	defer d.changing.Unlock()
	live := d.Base().Version
	over := d.unusable()
	switch {
	case next.base.Version == live && over == "":
		return ErrSame
	case !strings.HasPrefix(bare(live), bare(before)):
		return state.ErrMoved
	}
	index, err := d.prepared(ctx, next.base.Version)
	if err != nil {
		return err
	}
	if index == nil { // nobody has reviewed it, so the others have not heard of it either
		index = d.together(ctx, next)
	}
	if err := d.Store.PutBase(ctx, d.named(next.base, by, why), next.bundle, cmp.Or(over, live)); err != nil {
		return err
	}
	if by == "" {
		d.audit(ctx, why, short(live)+" → "+short(next.base.Version), nil)
	}
	d.swap(index)
	return nil
}

// Rollback puts an earlier version in service again: its hash, or as much of its beginning as tells it from the others; "" is the
// last one that differs from the base in service. It takes the place of the version before, which may be shortened as well, or "" for
// whatever is in service. It returns the version. The errors are state.ErrUnknownBase, state.ErrMoved and others.
func (d *Desk) Rollback(ctx context.Context, version, before, by string) (string, error) {
	next, err := d.earlier(ctx, version)
	if err != nil {
		return "", err
	}
	return next.base.Version, d.put(ctx, next, before, by, ByRollback)
}

// earlier reads a version that was in service.
func (d *Desk) earlier(ctx context.Context, version string) (*draft, error) {
	history, err := d.Store.BaseHistory(ctx)
	if err != nil {
		return nil, err
	}
	full, err := pick(history, version, d.Base().Version)
	if err != nil {
		return nil, err
	}
	bundle, err := d.Store.Bundle(ctx, full)
	if err != nil {
		return nil, err
	}
	next, err := d.open(ctx, full, bundle)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	return next, nil
}

// pick finds a version by the beginning of its hash.
func pick(history []state.Base, typed, live string) (string, error) {
	typed = bare(typed)
	if typed != "" && strings.HasPrefix(bare(live), typed) {
		return "", ErrSame
	}
	var found []string
	for _, b := range history {
		if b.Version != live && strings.HasPrefix(bare(b.Version), typed) && !slices.Contains(found, b.Version) {
			found = append(found, b.Version)
		}
	}
	switch {
	case len(found) == 0:
		return "", state.ErrUnknownBase
	case typed != "" && len(found) > 1:
		return "", ErrAmbiguous
	}
	return found[0], nil
}

// History returns the bases that were in service, newest first.
func (d *Desk) History(ctx context.Context) ([]state.Base, error) { return d.Store.BaseHistory(ctx) }

// audit notes what the program did by itself. What people do is noted where they do it.
func (d *Desk) audit(ctx context.Context, why, detail string, failed error) {
	a := state.Audit{At: d.Now(), Action: why, Detail: detail, Allowed: true}
	if failed != nil {
		a.Failed = failure(failed)
	}
	if err := d.Store.PutAudit(ctx, a); err != nil {
		d.Log.Error("an audit line is not kept", slog.String("action", why), slog.Any("error", err))
	}
}

// failure is an error in one line: how many problems there are, and the first of them.
func failure(err error) string {
	var p facts.Problems
	if errs := p; errors.As(err, &errs) {
		p = errs.Only(facts.Error)
	}
	if len(p) == 0 {
		return err.Error()
	}
	return fmt.Sprintf("%d problems, the first: %s", len(p), p[0])
}

const hashPrefix = "sha256:"

// bare is the hash of a version.
func bare(version string) string { return strings.TrimPrefix(version, hashPrefix) }

// short is a version as people read it.
func short(version string) string {
	v := bare(version)
	return v[:min(len(v), 8)]
}
