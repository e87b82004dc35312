package curate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/eval"
	"enlace/knowledge/facts"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const frame = `sources:
  - {id: gazette, publisher: Port Gazette, title: The lighthouse, kind: primary}
facts:
  - id: lighthouse-height
    text: {en: The lighthouse is %d metres high., es: El faro mide %d metros de alto.}
    status: official
    sources: [gazette]
  - id: pier-length
    text: {en: The pier is 90 metres long., es: El muelle mide 90 metros de largo.}
    status: reported
    sources: [gazette]
`

// directory is a fact directory in memory that may change.
type directory struct {
	mu    sync.Mutex
	files fstest.MapFS
}

func (d *directory) say(text string) *directory {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files = fstest.MapFS{"lighthouse.yaml": {Data: []byte(text)}}
	return d
}

// height makes the directory one that says how high the lighthouse is.
func (d *directory) height(metres int) *directory { return d.say(fmt.Sprintf(frame, metres, metres)) }

func (d *directory) now() fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files
}

var quiet = slog.New(slog.DiscardHandler)

func options(d *directory, s Store) Options {
	return Options{Files: d.now, Name: "facts", Store: s, Log: quiet}
}

func open(t *testing.T, o Options) *Desk {
	t.Helper()
	d, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// serves fails unless the desk says how high the lighthouse is.
func serves(t *testing.T, d *Desk, metres int) {
	t.Helper()
	want := fmt.Sprintf("The lighthouse is %d metres high.", metres)
	if got := d.Base().Fact("lighthouse-height").Text.EN; got != want {
		t.Errorf("it serves %q, want %q", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("the error is %v, want %v", got, want)
	}
}

func TestNewFilesWinAtTheStart(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	open(t, options(dir, store))
	dir.height(43)
	d := open(t, options(dir, store))
	serves(t, d, 43)
	live, _, _ := store.LiveBase(t.Context())
	history, _ := d.History(t.Context())
	if live.Version != d.Base().Version || live.Why != AtStart || live.Facts != 2 || len(history) != 2 {
		t.Errorf("live %+v, history %v", live, history)
	}
}

func TestARollbackSurvivesARestart(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	first := open(t, options(dir, store)).Base().Version
	dir.height(43)
	d := open(t, options(dir, store))
	version, err := d.Rollback(t.Context(), "", "", "ana")
	must(t, err)
	if version != first {
		t.Errorf("it went back to %s, want %s", version, first)
	}
	again := open(t, options(dir, store))
	serves(t, again, 41)
	if again.Base().Version != first {
		t.Errorf("version %s after the restart, want %s", again.Base().Version, first)
	}
	dir.height(45)
	serves(t, open(t, options(dir, store)), 45)
}

func TestNewFactsOfTheProgramWinAtTheStart(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	o := options(dir, store)
	o.BuiltIn = true
	open(t, o)
	dir.height(43)
	d := open(t, o)
	serves(t, d, 43)
	_, err := d.Review(t.Context())
	wants(t, err, ErrBuiltIn)
	wants(t, d.Apply(t.Context(), d.Base().Version, "", "ana"), ErrBuiltIn)
	wants(t, d.Reload(t.Context(), BySignal), ErrBuiltIn)
	_, err = d.Rollback(t.Context(), "", "", "ana") // an earlier version is at hand all the same
	must(t, err)
	serves(t, d, 41)
}

func TestFilesWithErrorsAreNotServedAtTheStart(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	open(t, options(dir, store))
	_, err := Open(t.Context(), options(dir.say("facts: [1]"), store))
	var problems facts.Problems
	if !errors.As(err, &problems) || problems[0].Pos.File != "facts/lighthouse.yaml" || problems[0].Pos.Line == 0 {
		t.Errorf("error %v", err)
	}
}

// failing is a store that does not do what it is asked for a while.
type failing struct {
	*state.Memory
	mu                       sync.Mutex
	live, put, bundle, watch int // how often each fails
}

func (f *failing) fails(n *int) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if *n <= 0 {
		return nil
	}
	*n--
	return errors.New("out of order")
}

func (f *failing) LiveBase(ctx context.Context) (state.Base, bool, error) {
	if err := f.fails(&f.live); err != nil {
		return state.Base{}, false, err
	}
	return f.Memory.LiveBase(ctx)
}

func (f *failing) PutBase(ctx context.Context, b state.Base, bundle []byte, before string) error {
	if err := f.fails(&f.put); err != nil {
		return err
	}
	return f.Memory.PutBase(ctx, b, bundle, before)
}

func (f *failing) Bundle(ctx context.Context, version string) ([]byte, error) {
	if err := f.fails(&f.bundle); err != nil {
		return nil, err
	}
	return f.Memory.Bundle(ctx, version)
}

func (f *failing) WatchBase(ctx context.Context, moved func(state.Base), staged func(string)) error {
	if err := f.fails(&f.watch); err != nil {
		return err
	}
	return f.Memory.WatchBase(ctx, moved, staged)
}

func TestAStoreThatFailsDoesNotKeepTheFilesFromService(t *testing.T) {
	dir := (&directory{}).height(41)
	for _, store := range []*failing{{Memory: state.NewMemory(), live: 1}, {Memory: state.NewMemory(), put: 1}} {
		serves(t, open(t, options(dir, store)), 41)
	}
	store := &failing{Memory: state.NewMemory()}
	open(t, options(dir, store))
	d := open(t, options(dir.height(43), store))
	_, err := d.Rollback(t.Context(), "", "", "ana")
	must(t, err)
	store.bundle = 1
	serves(t, open(t, options(dir, store)), 43) // the version in service cannot be read
}

func suite(t *testing.T) []*eval.Suite {
	t.Helper()
	s, err := eval.Load("suite.yaml", []byte(`half: open
questions:
  - {id: o-en-001, lang: en, q: "How high is the lighthouse?", kind: how_many, outcome: answered, facts: [lighthouse-height]}
  - {id: o-en-002, lang: en, q: "How long is the pier?", kind: how_many, outcome: answered, facts: [pier-length]}
  - {id: o-es-001, lang: es, q: "¿Cuánto mide el faro?", kind: how_many, outcome: answered, facts: [lighthouse-height]}
`))
	must(t, err)
	return []*eval.Suite{s}
}

// answered is an answer that cites the facts of a base.
func answered(id string, b *knowledge.Base, at time.Time, ids ...knowledge.FactID) state.Answer {
	a := state.Answer{ID: id, Channel: "c", User: "u", Messages: []string{"m" + id}, At: at}
	a.Answer.Language = knowledge.English
	for _, f := range ids {
		a.Cited = append(a.Cited, state.Cited{Fact: *b.Fact(f)})
	}
	return a
}

func TestAReviewSaysWhatWouldChange(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	o := options(dir, store)
	o.Suites = suite(t)
	d := open(t, o)
	now := time.Now()
	for i, a := range []state.Answer{
		answered("1", d.Base(), now, "lighthouse-height"), answered("2", d.Base(), now, "pier-length", "lighthouse-height"), answered("3", d.Base(), now, "pier-length"),
		answered("4", d.Base(), now.Add(-31*24*time.Hour), "lighthouse-height"), answered("5", d.Base(), now, "lighthouse-height"), answered("6", d.Base(), now, "lighthouse-height"),
	} {
		a.Private, a.Unreachable = i == 4, i == 5
		must(t, store.PutAnswer(t.Context(), now, a))
	}
	r, err := d.Review(t.Context())
	must(t, err)
	if !r.Same() || len(r.Changes) != 0 || r.Affected != 0 {
		t.Errorf("a review of the same: %+v", r)
	}
	dir.height(43)
	r, err = d.Review(t.Context())
	must(t, err)
	if r.Same() || r.Before != d.Base().Version || r.Facts != 2 || len(r.Changes) != 1 || r.Changes[0].ID != "lighthouse-height" || r.Changes[0].Kind != facts.Changed {
		t.Errorf("changes: %+v", r)
	}
	if r.Asked != 3 || len(r.Moved) != 2 || !strings.Contains(r.Moved[0].Old.Text, "41") || !strings.Contains(r.Moved[0].New.Text, "43") {
		t.Errorf("questions: %d %+v", r.Asked, r.Moved)
	}
	if r.Affected != 2 {
		t.Errorf("%d answers would be corrected, want 2", r.Affected)
	}
	if len(r.Lint) == 0 || !strings.HasPrefix(r.Lint[0].String(), "facts/lighthouse.yaml:") {
		t.Errorf("findings: %v", r.Lint)
	}
	serves(t, d, 41)
	dir.say("facts: [1]")
	r, err = d.Review(t.Context())
	must(t, err)
	if r.Same() || len(r.Problems) == 0 || !strings.HasPrefix(r.Problems[0].String(), "facts/lighthouse.yaml:1:") {
		t.Errorf("problems: %+v", r)
	}
}

func TestWhatWasReviewedIsApplied(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	d := open(t, options(dir, store))
	dir.height(43)
	r, err := d.Review(t.Context())
	must(t, err)
	dir.height(44) // it goes on changing
	must(t, d.Apply(t.Context(), r.Version, r.Before[:20], "ana"))
	serves(t, d, 43)
	live, _, _ := store.LiveBase(t.Context())
	if live.By != "ana" || live.Why != ByReload || live.Version != r.Version {
		t.Errorf("in service: %+v", live)
	}
	wants(t, d.Apply(t.Context(), r.Version, r.Before, "ana"), ErrSame)
}

func TestAReviewIsAppliedByAnotherProcess(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	d := open(t, options(dir, store))
	dir.height(43)
	r, err := d.Review(t.Context())
	must(t, err)
	other := open(t, options((&directory{}).height(41), store)) // started before the files changed
	other.Files = dir.now
	dir.height(44)
	wants(t, other.Apply(t.Context(), r.Version, r.Before, "ana"), ErrChanged)
	dir.say("facts: [1]")
	wants(t, other.Apply(t.Context(), r.Version, r.Before, "ana"), ErrChanged)
	serves(t, other, 41)
	dir.height(43)
	must(t, other.Apply(t.Context(), r.Version, r.Before, "ana"))
	serves(t, other, 43)
}

func TestAReviewOfAnotherBaseIsNotApplied(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	d := open(t, options(dir, store))
	dir.height(43)
	old, err := d.Review(t.Context())
	must(t, err)
	dir.height(44)
	must(t, d.Reload(t.Context(), ByWatch))
	wants(t, d.Apply(t.Context(), old.Version, old.Before, "ana"), state.ErrMoved)
	serves(t, d, 44)
	other := open(t, options(dir.height(43), store)) // it does not know yet that the store has moved on
	dir.height(45)
	must(t, d.Reload(t.Context(), ByWatch))
	wants(t, other.Apply(t.Context(), d.Base().Version, other.Base().Version, "ana"), state.ErrMoved)
}

func TestReloadPutsTheFilesInService(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	o, swaps, refused := options(dir, store), []string{}, 0
	o.Swapped = func(old, now *knowledge.Base) { swaps = append(swaps, now.Version) }
	o.Refused = func(error) { refused++ }
	d := open(t, o)
	wants(t, d.Reload(t.Context(), BySignal), ErrSame)
	dir.height(43)
	must(t, d.Reload(t.Context(), BySignal))
	serves(t, d, 43)
	dir.say("facts: [1]")
	var problems facts.Problems
	if err := d.Reload(t.Context(), BySignal); !errors.As(err, &problems) {
		t.Errorf("error %v", err)
	}
	serves(t, d, 43)
	if len(swaps) != 2 || refused != 1 {
		t.Errorf("%d swaps, %d refusals", len(swaps), refused)
	}
	var lines []string
	for a, err := range store.Audits(t.Context(), time.Time{}) {
		must(t, err)
		lines = append(lines, fmt.Sprint(a.Action, " ", a.User, a.Failed != ""))
	}
	if got := strings.Join(lines, ", "); got != "start false, signal false, signal true" {
		t.Errorf("audit: %s", got)
	}
}

func TestRollbackFindsVersionsByTheirBeginning(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	d := open(t, options(dir, store))
	versions := []string{d.Base().Version}
	for _, metres := range []int{43, 44} {
		dir.height(metres)
		must(t, d.Reload(t.Context(), ByWatch))
		versions = append(versions, d.Base().Version)
	}
	for _, c := range []struct {
		typed string
		err   error
	}{{"sha256:zz", state.ErrUnknownBase}, {versions[2], ErrSame}, {versions[2][7:12], ErrSame}} {
		_, err := d.Rollback(t.Context(), c.typed, "", "ana")
		wants(t, err, c.err)
	}
	_, err := d.Rollback(t.Context(), versions[0], versions[1], "ana")
	wants(t, err, state.ErrMoved)
	got, err := d.Rollback(t.Context(), versions[0][:15], versions[2], "ana")
	must(t, err)
	if got != versions[0] || d.Base().Version != versions[0] {
		t.Errorf("went back to %s, want %s", got, versions[0])
	}
	r, err := d.ReviewOf(t.Context(), versions[1])
	must(t, err)
	if r.Version != versions[1] || r.Before != versions[0] || len(r.Changes) != 1 {
		t.Errorf("%+v", r)
	}
	_, err = pick([]state.Base{{Version: "sha256:aab"}, {Version: "sha256:aac"}}, "aa", "sha256:b")
	wants(t, err, ErrAmbiguous)
}

// follows runs a desk until the bubble's end.
func follows(t *testing.T, d *Desk) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestTwoDesksOverOneStoreFollowEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, here, there := state.NewMemory(), (&directory{}).height(41), (&directory{}).height(41)
		a, b := open(t, options(here, store)), open(t, options(there, store))
		follows(t, a)
		follows(t, b)
		here.height(43)
		must(t, a.Reload(t.Context(), ByWatch))
		synctest.Wait()
		serves(t, b, 43)
		_, err := b.Rollback(t.Context(), "", "", "ana")
		must(t, err)
		synctest.Wait()
		serves(t, a, 41)
		if a.Base().Version != b.Base().Version {
			t.Error("they serve different versions")
		}
	})
}

func TestTwoWatchersOfTheSameFilesDoNotQuarrel(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	a, b := open(t, options(dir, store)), open(t, options(dir, store)) // neither follows the store yet
	dir.height(43)
	must(t, a.Reload(t.Context(), ByWatch))
	wants(t, b.Reload(t.Context(), ByWatch), ErrSame)
	serves(t, b, 43)
	dir.height(44)
	must(t, b.Reload(t.Context(), ByWatch))
	dir.height(45)
	must(t, a.Reload(t.Context(), ByWatch)) // the files are newer than what b put in service
	serves(t, a, 45)
}

func TestOldNewsDoesNotTakeADeskBack(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	d := open(t, options(dir, store))
	old := d.Base().Version
	dir.height(43)
	must(t, d.Reload(t.Context(), ByWatch))
	must(t, d.follow(t.Context(), old))
	serves(t, d, 43)
}

func TestADeskTriesAgainWhatTheStoreDidNotDo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &failing{Memory: state.NewMemory(), watch: 3}
		here := (&directory{}).height(41)
		a, b := open(t, options(here, store)), open(t, options((&directory{}).height(41), store))
		follows(t, b)
		time.Sleep(time.Minute)
		here.height(43)
		must(t, a.Reload(t.Context(), ByWatch))
		synctest.Wait()
		serves(t, b, 43)
		here.height(44)
		store.mu.Lock()
		store.bundle = 4
		store.mu.Unlock()
		must(t, a.Reload(t.Context(), ByWatch))
		synctest.Wait()
		serves(t, b, 43)
		time.Sleep(time.Minute)
		serves(t, b, 44)
	})
}

func TestAStoredBaseThatIsDamagedIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, dir := state.NewMemory(), (&directory{}).height(41)
		o, told := options(dir, store), 0
		o.Lags = func(string, error) { told++ }
		d := open(t, o)
		follows(t, d)
		must(t, store.PutBase(t.Context(), state.Base{Version: "sha256:00"}, []byte("no bundle"), d.Base().Version))
		time.Sleep(time.Hour)
		serves(t, d, 41)
		if _, err := d.stored(t.Context(), "sha256:00"); !errors.Is(err, errUnusable) {
			t.Errorf("error %v", err)
		}
		if version, why := d.Behind(); version != "sha256:00" || !errors.Is(why, errUnusable) || told != 1 {
			t.Errorf("it is behind %q, %v; told %d times", version, why, told)
		}
		dir.height(42)
		must(t, d.Reload(t.Context(), BySignal)) // takes its place
		serves(t, d, 42)
		if version, why := d.Behind(); version != "" {
			t.Errorf("it is still behind %q, %v", version, why)
		}
	})
}

// TestManyChangesAtOnce lets watchers, admins and readers of two desks loose on one store: every answer comes from a whole base, and
// in the end both serve what the store says.
func TestManyChangesAtOnce(t *testing.T) {
	store, dir := state.NewMemory(), (&directory{}).height(41)
	a, b := open(t, options(dir, store)), open(t, options(dir, store))
	ctx, cancel := context.WithCancel(t.Context())
	var running, changing sync.WaitGroup
	for _, d := range []*Desk{a, b} {
		running.Go(func() { _ = d.Run(ctx) })
		running.Go(func() {
			for ctx.Err() == nil {
				if base := d.Base(); base.Fact("lighthouse-height") == nil || len(base.Facts) != 2 {
					t.Error("half a base is served")
					return
				}
			}
		})
		changing.Go(func() {
			for i := range 20 {
				dir.height(42 + i%5)
				_ = d.Reload(ctx, ByWatch)
			}
		})
		changing.Go(func() {
			for range 10 {
				if r, err := d.Review(ctx); err == nil && !r.Same() {
					_ = d.Apply(ctx, r.Version, r.Before, "ana")
				}
				_, _ = d.Rollback(ctx, "", "", "ana")
			}
		})
	}
	changing.Wait()
	live, _, _ := store.LiveBase(ctx)
	for end := time.Now().Add(10 * time.Second); a.Base().Version != live.Version || b.Base().Version != live.Version; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s and %s are served, but %s is in service", a.Base().Version, b.Base().Version, live.Version)
		}
	}
	cancel()
	running.Wait()
}

func TestTheWatchServesWhatAnEditorSaves(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		must(t, os.WriteFile(filepath.Join(dir, "next"), []byte(text), 0o600))
		must(t, os.Rename(filepath.Join(dir, "next"), filepath.Join(dir, "lighthouse.yaml")))
	}
	store := state.NewMemory()
	write(fmt.Sprintf(frame, 41, 41))
	swapped, refused := make(chan string, 10), make(chan error, 10)
	o := Options{
		Files: func() fs.FS { return os.DirFS(dir) }, Name: "facts", Store: store, Log: quiet,
		Swapped: func(_, now *knowledge.Base) { swapped <- now.Fact("lighthouse-height").Text.EN }, Refused: func(err error) { refused <- err },
	}
	open(t, o)
	write(fmt.Sprintf(frame, 43, 43))
	_, err := open(t, o).Rollback(t.Context(), "", "", "ana")
	must(t, err)
	d := open(t, o) // the files say 43, and an admin has gone back to 41
	serves(t, d, 41)
	for len(swapped) > 0 {
		<-swapped
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Watch(ctx, dir) }()
	defer func() { cancel(); <-ended }()
	write("facts: [1]")
	if err := <-refused; !strings.Contains(err.Error(), "facts/lighthouse.yaml:1:") {
		t.Errorf("refused: %v", err)
	}
	serves(t, d, 41)
	write(fmt.Sprintf(frame, 47, 47))
	if got := <-swapped; got != "The lighthouse is 47 metres high." {
		t.Errorf("the first base that the watch serves says %q", got)
	}
	noted := false
	for a := range store.Audits(t.Context(), time.Time{}) {
		noted = noted || a.Action == ByWatch && strings.Contains(a.Failed, "facts/lighthouse.yaml:1:")
	}
	if !noted {
		t.Error("it is not noted that files were refused")
	}
}

func TestOutdated(t *testing.T) {
	load := func(text string) *knowledge.Base {
		b, err := facts.Load(fstest.MapFS{"f.yaml": {Data: []byte(text)}})
		must(t, err)
		return b
	}
	text := fmt.Sprintf(frame, 41, 41)
	was, now := load(text), time.Now()
	for _, c := range []struct {
		name, old, new string // what is replaced in the files by what
		lang           knowledge.Lang
		want           string
	}{
		{"the same", "", "", "en", ""},
		{"another text", "The lighthouse is 41", "The lighthouse is 43", "en", "The lighthouse is 43 metres high. official "},
		{"a text in the other language", "El faro mide 41", "El faro mide 43", "en", ""},
		{"a text in its language", "El faro mide 41", "El faro mide 43", "es", "The lighthouse is 41 metres high. official "},
		{"any language where it has none", "El faro mide 41", "El faro mide 43", "", "The lighthouse is 41 metres high. official "},
		{"another status", "official", "disputed", "en", "The lighthouse is 41 metres high. disputed "},
		{"withdrawn", "status: official", "status: official\n    withdrawn: it fell", "en", "  it fell"},
		{"replaced", "id: pier-length", "id: pier-length\n    replaces: [lighthouse-height]", "en", "The pier is 90 metres long. reported "},
		{"removed", "id: lighthouse-height", "id: lighthouse-size", "en", "  "},
		{"a note", "status: official", "status: official\n    note: {en: As of May.}", "en", ""},
	} {
		a := answered("1", was, now, "lighthouse-height")
		a.Answer.Language = c.lang
		base := load(strings.Replace(text, c.old, c.new, 1))
		got := ""
		for _, x := range Outdated(&a, base, now) {
			got += fmt.Sprintf("%s %s %s", x.Now.EN, x.Status, x.Reason)
			a.Corrections = append(a.Corrections, x)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if again := Outdated(&a, base, now); len(again) > 0 {
			t.Errorf("%s: it is outdated again: %+v", c.name, again)
		}
		if back := Outdated(&a, was, now); (len(back) > 0) != (c.want != "") {
			t.Errorf("%s: back to the old base: %+v", c.name, back)
		} else if a.Corrections = append(a.Corrections, back...); len(Standing(&a)) != 0 {
			t.Errorf("%s: a correction stands although the fact says again what it said: %+v", c.name, Standing(&a))
		}
	}
}

func TestAFactThatIsShownInBothLanguagesIsOutdatedInBoth(t *testing.T) {
	was, err := facts.Load((&directory{}).height(41).now())
	must(t, err)
	now, err := facts.Load((&directory{}).say(strings.Replace(fmt.Sprintf(frame, 41, 41), "El faro mide 41", "El faro mide 43", 1)).now())
	must(t, err)
	a := answered("1", was, time.Now(), "lighthouse-height")
	a.Asked = "/fact lighthouse-height"
	if len(Outdated(&a, now, time.Now())) != 1 {
		t.Error("the Spanish text is forgotten")
	}
	a.Cited[0].Fact.Withdrawn = "it fell"
	if list := Outdated(&a, now, time.Now()); len(list) > 0 {
		t.Errorf("a fact that was shown as withdrawn is corrected: %+v", list)
	}
}

// unread is a store whose answers cannot be read.
type unread struct{ *state.Memory }

func (unread) Since(context.Context, time.Time) iter.Seq2[state.Answer, error] {
	return func(yield func(state.Answer, error) bool) { yield(state.Answer{}, errors.New("out of order")) }
}

func TestAReviewThatCannotCountSaysSo(t *testing.T) {
	dir := (&directory{}).height(41)
	d := open(t, options(dir, unread{state.NewMemory()}))
	dir.height(43)
	if _, err := d.Review(t.Context()); err == nil || !strings.Contains(err.Error(), "counting the answers") {
		t.Errorf("error %v", err)
	}
}
