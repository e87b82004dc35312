package bot_test

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"enlace/bot"
	"enlace/bot/curate"
	"enlace/bot/discordtest"
	"enlace/bot/state"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/eval"
)

// desk is a fact directory in memory with the desk that brings it into service.
type desk struct {
	*curate.Desk
	store state.Store
	mu    sync.Mutex
	files fstest.MapFS
}

// withDesk makes a setup one whose facts are files, and whose bot does all that it does in service.
func withDesk(s *setup) *desk {
	d := &desk{files: fstest.MapFS{}}
	for _, name := range []string{"harbour.yaml", "lighthouse.yaml"} {
		data, err := os.ReadFile("testdata/facts/" + name)
		if err != nil {
			panic(err)
		}
		d.files[name] = &fstest.MapFile{Data: data}
	}
	s.also = func(w *world, o *bot.Options) {
		if o.Store == nil {
			o.Store = state.NewMemory()
		}
		d.store = o.Store
		d.open(w, o.Store)
		w.live = d.Live()
		o.Desk, o.Replica = d, "here"
		if s.answerer == nil {
			o.Answerer = answer.New(w.live, answer.Options{})
		}
		wrapped := d.Desk.Swapped
		d.Desk.Swapped = func(old, now *knowledge.Base) {
			if wrapped != nil {
				wrapped(old, now)
			}
			w.bot.BaseChanged()
		}
	}
	s.then = func(w *world) {
		stop := background(d.Desk.Run, func(ctx context.Context) error { w.bot.Run(ctx); return nil })
		before := w.stop
		w.stop = func() { stop(); before() }
		w.Cleanup(stop)
		w.settle(time.Second)
	}
	return d
}

// background runs functions until the one that it returns is called.
func background(list ...func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, f := range list {
		running.Go(func() { _ = f(ctx) })
	}
	return sync.OnceFunc(func() { cancel(); running.Wait() })
}

func (d *desk) open(t testing.TB, store state.Store) {
	suite, err := eval.Load("suite.yaml", []byte(`half: open
questions:
  - {id: o-en-001, lang: en, q: "How high is the lighthouse?", kind: how_many, outcome: answered, facts: [lighthouse-height]}
  - {id: o-en-002, lang: en, q: "Who signed the harbour agreement?", kind: who, outcome: answered, facts: [harbour-who-signed]}
  - {id: o-es-001, lang: es, q: "¿Cuánto mide el faro?", kind: how_many, outcome: answered, facts: [lighthouse-height]}
`))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := curate.Open(context.Background(), curate.Options{
		Files: d.now, Name: "facts", Store: store, Suites: []*eval.Suite{suite}, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Desk = opened
}

// at is the desk as it is open now: a test may open another one, as a new process does, while the bot goes on.
func (d *desk) at() *curate.Desk {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.Desk
}

func (d *desk) Base() *knowledge.Base                              { return d.at().Base() }
func (d *desk) Behind() (string, error)                            { return d.at().Behind() }
func (d *desk) Review(ctx context.Context) (*curate.Review, error) { return d.at().Review(ctx) }
func (d *desk) ReviewOf(ctx context.Context, version string) (*curate.Review, error) {
	return d.at().ReviewOf(ctx, version)
}
func (d *desk) Apply(ctx context.Context, version, before, by string) error {
	return d.at().Apply(ctx, version, before, by)
}
func (d *desk) Rollback(ctx context.Context, version, before, by string) (string, error) {
	return d.at().Rollback(ctx, version, before, by)
}
func (d *desk) History(ctx context.Context) ([]state.Base, error) { return d.at().History(ctx) }

func (d *desk) now() fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files
}

// save replaces text in a file.
func (d *desk) save(t testing.TB, file, old, text string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	before := string(d.files[file].Data)
	after := strings.ReplaceAll(before, old, strings.ReplaceAll(text, `\n`, "\n"))
	if before == after {
		t.Fatalf("%s does not hold %q", file, old)
	}
	next := fstest.MapFS{}
	for name, f := range d.files {
		next[name] = f
	}
	next[file] = &fstest.MapFile{Data: []byte(after)}
	d.files = next
}

// audits are the lines of the record: "user action allowed failed".
func (d *desk) audits(t testing.TB) (list []state.Audit) {
	t.Helper()
	for a, err := range d.store.Audits(context.Background(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

// ruler makes a member an administrator of the server.
func (w *world) ruler(name string) *discordtest.User {
	m := w.guild.Member(name)
	m.Give(w.guild.Role("rulers", discordtest.PermAdministrator))
	return m.User
}
