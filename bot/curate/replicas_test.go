package curate_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"enlace/bot/curate"
	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
	"enlace/knowledge"
	"enlace/knowledge/answer"
	"enlace/knowledge/facts"
)

var (
	long   = flag.Bool("long", false, "run the slow tests as well: three servers, and a base of 5 MB")
	rounds = flag.Int("rounds", 40, "how often the base of 5 MB is replaced")
)

// files are a fact directory that changes: every fact that says a number says the same one.
type files struct {
	padding [][]byte // facts that do not change, by file
	now     atomic.Pointer[fstest.MapFS]
}

func (f *files) say(n int) {
	fsys := fstest.MapFS{
		"harbour.yaml": {Data: fmt.Appendf(nil, `topic: {id: harbour, order: 1, title: {en: The harbour, es: El puerto}}
sources:
  - {id: gazette, publisher: Port Gazette, title: The lighthouse, kind: primary}
facts:
  - id: lighthouse-height
    text: {en: The lighthouse is %[1]d metres high., es: El faro mide %[1]d metros de alto.}
    status: official
    sources: [gazette]
    asks: {en: [How high is the lighthouse, How tall is the lighthouse], es: [Cuánto mide el faro]}
  - id: pier-length
    text: {en: The pier is %[1]d metres long., es: El muelle mide %[1]d metros de largo.}
    status: reported
    sources: [gazette]
    asks: {en: [How long is the pier, What is the length of the pier], es: [Cuánto mide el muelle]}
`, n)},
	}
	for i, data := range f.padding {
		fsys[fmt.Sprintf("padding%d.yaml", i)] = &fstest.MapFile{Data: data}
	}
	f.now.Store(&fsys)
}

// pad makes facts of made-up words, as many bytes as are asked for, with as many phrasings as shipped facts have.
func pad(size int) (list [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var w strings.Builder
		for range 2 + r.IntN(3) {
			w.WriteByte("bcdfglmnprstv"[r.IntN(13)])
			w.WriteByte("aeiou"[r.IntN(5)])
		}
		return w.String()
	}
	words := make([]string, 20_000)
	for i := range words {
		words[i] = word()
	}
	sentence := func(n int) string {
		var out []string
		for range n {
			out = append(out, words[int(r.ExpFloat64()*2000)%len(words)])
		}
		return strings.Join(out, " ")
	}
	const file = 1 << 20 // a fact file has at most twice as much
	for n := range (size + file - 1) / file {
		var b bytes.Buffer
		b.WriteString("facts:\n")
		for i := 0; b.Len() < min(file, size-n*file); i++ {
			fmt.Fprintf(&b, "  - id: padding-%d-%d\n    text: {en: The %s., es: El %s.}\n    status: official\n    sources: [gazette]\n    asks:\n", n, i, sentence(18), sentence(20))
			for _, l := range []string{"en", "es"} {
				fmt.Fprintf(&b, "      %s:\n", l)
				for range 45 {
					fmt.Fprintf(&b, "        - %s\n", sentence(6))
				}
			}
		}
		list = append(list, b.Bytes())
	}
	return list
}

// fleet is three processes' desks over one cluster.
type fleet struct {
	t       *testing.T
	files   files
	desks   []*curate.Desk
	stores  []*pointed
	swapped chan time.Time
	says    sync.Map // what each version says
	asking  sync.WaitGroup
}

// pointed notes when it was asked to move the pointer.
type pointed struct {
	*jetstream.Store
	at atomic.Pointer[time.Time]
}

func (p *pointed) PutBase(ctx context.Context, b state.Base, bundle []byte, before string) error {
	now := time.Now()
	p.at.Store(&now)
	return p.Store.PutBase(ctx, b, bundle, before)
}

func newFleet(t *testing.T, c *clustertest.Cluster, padding int) *fleet {
	f := &fleet{t: t, swapped: make(chan time.Time, 100)}
	f.files.padding = pad(padding)
	f.files.say(100)
	ctx, cancel := context.WithCancel(context.Background())
	var going sync.WaitGroup
	t.Cleanup(func() { cancel(); going.Wait(); f.asking.Wait() })
	for range 3 {
		s, err := jetstream.Open(t.Context(), jetstream.Options{URL: c.URL(), Replicas: c.Len()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		p := &pointed{Store: s}
		d, err := curate.Open(t.Context(), curate.Options{
			Files: func() fs.FS { return *f.files.now.Load() }, Store: p, Log: slog.New(slog.DiscardHandler),
			Swapped: func(old, _ *knowledge.Base) {
				if old != nil {
					f.swapped <- time.Now()
				}
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		f.desks, f.stores = append(f.desks, d), append(f.stores, p)
		going.Go(func() { _ = d.Run(ctx) })
	}
	return f
}

// all waits until every process serves another base, and returns when the last one did.
func (f *fleet) all() (last time.Time) {
	f.t.Helper()
	for range f.desks {
		select {
		case last = <-f.swapped:
		case <-time.After(30 * time.Second):
			f.t.Fatal("a process does not serve the next base")
		}
	}
	return last
}

var number = regexp.MustCompile(`\d+ metres`)

// ask asks every process until ctx ends, for one fact and for two: no answer may be of two versions.
func (f *fleet) ask(ctx context.Context) (asked *atomic.Int64) {
	asked = &atomic.Int64{}
	for _, d := range f.desks {
		service := answer.New(d.Live(), answer.Options{})
		f.asking.Go(func() {
			for ctx.Err() == nil {
				f.one(service.Answer(context.WithoutCancel(ctx), knowledge.Question{ID: fmt.Sprint(asked.Add(1)), Text: "How high is the lighthouse?"}), 1)
				f.one(service.Summary("harbour", knowledge.English), 2)
				time.Sleep(2 * time.Millisecond)
			}
		})
	}
	return asked
}

// one checks that an answer says one number only, in its text and in what it cites, and that it is the number of its version.
func (f *fleet) one(a knowledge.Answer, facts int) {
	said := number.FindAllString(a.Text, -1)
	for _, c := range a.Citations {
		said = append(said, number.FindString(c.Text))
	}
	if len(said) < 2*facts || len(slices.Compact(slices.Sorted(slices.Values(said)))) != 1 {
		f.t.Errorf("an answer of version %s: %q %v", a.FactsVersion, a.Text, said)
		return
	}
	if first, known := f.says.LoadOrStore(a.FactsVersion, said[0]); known && first != said[0] {
		f.t.Errorf("version %s says %s and %s", a.FactsVersion, first, said[0])
	}
}

func TestAllReplicasServeTheSame(t *testing.T) {
	f := newFleet(t, clustertest.Start(t, 1), 0)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	asked := f.ask(ctx)
	for i := range 12 {
		by, version := f.desks[i%3], ""
		f.files.say(101 + i)
		switch i % 3 {
		case 0: // reviewed
			r, err := by.Review(ctx)
			if err != nil || len(r.Problems) > 0 {
				t.Fatal(r, err)
			}
			version = r.Version
			if err := by.Apply(ctx, r.Version, r.Before, "ana"); err != nil {
				t.Fatal(err)
			}
		case 1:
			if err := by.Reload(ctx, curate.BySignal); err != nil {
				t.Fatal(err)
			}
			version = by.Base().Version
		case 2:
			var err error
			if version, err = by.Rollback(ctx, "", "", "ana"); err != nil {
				t.Fatal(err)
			}
		}
		f.all()
		for n, d := range f.desks {
			if d.Base().Version != version {
				t.Errorf("process %d serves %s, want %s", n, d.Base().Version, version)
			}
		}
	}
	f.files.say(111) // what was replaced, and is still on the disk of who starts later
	late, err := curate.Open(ctx, curate.Options{Files: func() fs.FS { return *f.files.now.Load() }, Store: f.stores[0], Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if late.Base().Version != f.desks[0].Base().Version {
		t.Errorf("who starts later serves %s, the others %s", late.Base().Version, f.desks[0].Base().Version)
	}
	if asked.Load() < 30 {
		t.Errorf("only %d questions were asked", asked.Load())
	}
}

// TestALargeBaseIsServedByAllSoon replaces a base of 5 MB in three processes over three servers, and tells how long it takes.
func TestALargeBaseIsServedByAllSoon(t *testing.T) {
	if !*long {
		t.Skip("takes a minute: go test ./bot/curate -run LargeBase -v -long")
	}
	f := newFleet(t, clustertest.Spawn(t, 3, clustertest.Build(t)), 5<<20)
	bundle, err := facts.Bundle(*f.files.now.Load())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d facts, files of %.1f MB, a bundle of %.1f MB", len(f.desks[0].Base().Facts), float64(len(bytes.Join(f.files.padding, nil)))/(1<<20), float64(len(bundle))/(1<<20))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	asked := f.ask(ctx)
	var confirmed, reloaded, moved, staged []time.Duration
	for i := range *rounds {
		by := f.desks[i%3]
		f.files.say(101 + i)
		began := time.Now()
		r, err := by.Review(ctx)
		if err != nil {
			t.Fatal(err)
		}
		f.settle(r.Version)
		staged = append(staged, time.Since(began))
		began = time.Now()
		if err := by.Apply(ctx, r.Version, r.Before, "ana"); err != nil {
			t.Fatal(err)
		}
		confirmed = append(confirmed, f.all().Sub(began))

		by = f.desks[(i+1)%3]
		f.files.say(10_000 + i)
		began = time.Now()
		if err := by.Reload(ctx, curate.BySignal); err != nil {
			t.Fatal(err)
		}
		last := f.all()
		reloaded = append(reloaded, last.Sub(began))
		moved = append(moved, last.Sub(*f.stores[(i+1)%3].at.Load()))
	}
	tell := func(what string, list []time.Duration) (p99 time.Duration) {
		slices.Sort(list)
		p99 = list[len(list)*99/100]
		t.Logf("%-60s p50 %6.1f ms   p99 %6.1f ms", what, float64(list[len(list)/2].Microseconds())/1e3, float64(p99.Microseconds())/1e3)
		return p99
	}
	tell("from the review's beginning until all have it ready", staged)
	p99 := tell("from the confirmation until all three serve it", confirmed)
	tell("a signal: from the pointer's move until all serve it", moved)
	tell("a signal: from the signal until all serve it", reloaded)
	if t.Logf("%d questions answered meanwhile", asked.Load()); p99 > 250*time.Millisecond {
		t.Errorf("a confirmed base is served by all after %s", p99)
	}
}

// settle waits until every process has a version ready, as it has when an admin has read a review.
func (f *fleet) settle(version string) {
	f.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(time.Millisecond) {
		ready := 0
		for _, d := range f.desks {
			if d.Prepared(f.t.Context(), version) {
				ready++
			}
		}
		if ready == len(f.desks) {
			return
		}
		if time.Now().After(end) {
			f.t.Fatalf("%d processes are ready", ready)
		}
	}
}
