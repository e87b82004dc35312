package curate

import (
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

// Review is what would happen if the fact files went into service.
type Review struct {
	Version, Before string
	Facts           int
	Problems        facts.Problems // errors, by place: the files cannot be served, and the rest is empty
	Lint            facts.Problems // what a careful editor would notice
	Changes         []facts.Change
	Moved           []Moved // questions of the suites that would be answered in another way
	Asked           int     // how many questions were asked
	Affected        int     // answers of the last 30 days whose facts change
}

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
	old := d.live.Load()
	draft, err := d.read()
	var problems facts.Problems
	if errors.As(err, &problems) {
		return &Review{Before: old.Base().Version, Problems: problems}, nil
	}
	if err != nil {
		return nil, err
	}
	r := &Review{Version: draft.base.Version, Before: old.Base().Version, Facts: len(draft.base.Facts), Lint: facts.Lint(draft.base), Changes: facts.Diff(old.Base(), draft.base)}
	if r.Version == r.Before {
		return r, nil
	}
	r.Moved, r.Asked = d.moved(ctx, old, search.New(draft.base))
	if r.Affected, err = d.affected(ctx, draft.base); err != nil {
		return nil, err
	}
	d.remember(r.Version, draft.bundle)
	return r, ctx.Err()
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
		if len(Outdated(&a, b, d.Now())) > 0 {
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

// Apply puts a reviewed version in service. The error is ErrChanged where the files hold another version by now and the review is not
// at hand any more, ErrSame where it is in service, and state.ErrMoved where somebody else was faster.
func (d *Desk) Apply(ctx context.Context, version, by string) error {
	if d.BuiltIn {
		return ErrBuiltIn
	}
	d.mu.Lock()
	bundle := d.reviewed[version]
	d.mu.Unlock()
	var next *draft
	if bundle != nil {
		fsys, err := facts.OpenBundle(bundle)
		if err != nil {
			return err
		}
		base, err := facts.Load(fsys)
		if err != nil {
			return err
		}
		next = &draft{base, bundle}
	} else {
		var err error
		if next, err = d.read(); err != nil {
			return err
		}
		if next.base.Version != version {
			return ErrChanged
		}
	}
	return d.put(ctx, next, by, ByReload)
}

// Reload puts the fact files in service without a review, for the watcher and for signals. Files that cannot be served leave the base
// as it is; they are told to Refused and logged.
func (d *Desk) Reload(ctx context.Context, why string) error {
	if d.BuiltIn {
		return ErrBuiltIn
	}
	next, err := d.read()
	if err == nil {
		err = d.put(ctx, next, "", why)
	}
	if err != nil && !errors.Is(err, ErrSame) {
		d.Log.Error("the fact files do not go into service; the base stays", slog.String("why", why), slog.Any("error", err))
		if d.Refused != nil {
			d.Refused(err)
		}
	}
	return err
}

// put stores a base, moves the pointer and serves it here.
func (d *Desk) put(ctx context.Context, next *draft, by, why string) error {
	d.changing.Lock()
	defer d.changing.Unlock()
	before := d.Base().Version
	if next.base.Version == before {
		return ErrSame
	}
	err := d.Store.PutBase(ctx, d.named(next.base, by, why), next.bundle, before)
	d.audit(ctx, by, why, short(before)+" → "+short(next.base.Version), err)
	if err != nil {
		return err
	}
	d.swap(next.base)
	return nil
}

// Rollback puts an earlier version in service again: its hash, or as much of its beginning as tells it from the others. "" is the one
// before the base in service. It returns the version.
func (d *Desk) Rollback(ctx context.Context, version, by string) (string, error) {
	history, err := d.Store.BaseHistory(ctx)
	if err != nil {
		return "", err
	}
	full, err := pick(history, version, d.Base().Version)
	if err != nil {
		return "", err
	}
	bundle, err := d.Store.Bundle(ctx, full)
	if err != nil {
		return "", err
	}
	base, err := d.stored(ctx, full)
	if err != nil {
		return "", err
	}
	return full, d.put(ctx, &draft{base, bundle}, by, ByRollback)
}

// pick finds a version by the beginning of its hash.
func pick(history []state.Base, typed, live string) (string, error) {
	typed = strings.TrimPrefix(typed, hashPrefix)
	var found []string
	for _, b := range history {
		if b.Version != live && strings.HasPrefix(strings.TrimPrefix(b.Version, hashPrefix), typed) && !slices.Contains(found, b.Version) {
			found = append(found, b.Version)
		}
	}
	switch {
	case len(found) == 0:
		return "", state.ErrUnknownBase
	case typed != "" && len(found) > 1:
		return "", fmt.Errorf("%d versions begin with %s (write more of it)", len(found), typed)
	}
	return found[0], nil
}

// History returns the bases that were in service, newest first.
func (d *Desk) History(ctx context.Context) ([]state.Base, error) { return d.Store.BaseHistory(ctx) }

// audit notes what somebody did, or what the program did by itself.
func (d *Desk) audit(ctx context.Context, by, why, detail string, failed error) {
	a := state.Audit{At: d.Now(), User: by, Action: why, Detail: detail, Allowed: true}
	if failed != nil {
		a.Failed = failed.Error()
	}
	if err := d.Store.PutAudit(ctx, a); err != nil {
		d.Log.Error("an audit line is not kept", slog.String("action", why), slog.Any("error", err))
	}
}

const hashPrefix = "sha256:"

// short is a version as people read it.
func short(version string) string {
	v := strings.TrimPrefix(version, hashPrefix)
	return v[:min(len(v), 8)]
}
