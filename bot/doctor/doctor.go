// Package doctor looks at a set-up and says what is wrong with it and what to do: the settings, the facts, the state directory, the
// clock, the model's endpoint, and everything on Discord's side that the settings depend on. It changes nothing, except that it
// writes and removes a file in the state directory, and it asks the model for about a hundred tokens.
//
// [Run] takes values and returns a [Report]; it knows nothing of terminals. What depends on nothing else is looked at side by
// side, every look over the network has a time limit, and a check that panics or hangs is a line of the report like any other.
// No secret is ever part of one.
package doctor

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/config"
)

// How long a look over the network may take, and all of them together.
const (
	DefaultEach  = 5 * time.Second
	DefaultTotal = 30 * time.Second
	// grace is how long after its limit a check may still say itself what went wrong.
	grace = 500 * time.Millisecond
)

// Options are what there is to look at. Settings or Problems is required; all else has a zero value that works.
type Options struct {
	Settings *config.Config // nil where they are not valid
	Problems error          // why: config.Problems, or any other error

	Facts     fs.FS  // the fact directory; nil = it cannot be read
	FactsName string // how it is called in messages; "" = the built-in base

	Commands    []*discordgo.ApplicationCommand // what the bot registers, in the scope that the settings give
	Permissions int64                           // what the bot needs in a channel
	Invite      func(app string) string         // the address that adds the application to a guild

	NoModel     bool              // leave the model alone
	Each, Total time.Duration     // 0 = DefaultEach, DefaultTotal
	Now         func() time.Time  // nil = time.Now
	HTTP        http.RoundTripper // nil = a transport with the environment's proxy
}

// exam is one run of the doctor.
type exam struct {
	Options
	set   *config.Config
	clock *clock
	http  http.RoundTripper
	free  func(dir string) (bytes uint64, known bool)
}

// Run looks at everything and returns what it found. It takes at most Options.Total, and returns at once when ctx ends.
func Run(ctx context.Context, o Options) Report {
	x := newExam(o)
	if t, ok := x.http.(*http.Transport); ok && o.HTTP == nil {
		defer t.CloseIdleConnections()
	}
	return x.run(ctx)
}

func newExam(o Options) *exam {
	o.Each, o.Total = cmp.Or(o.Each, DefaultEach), cmp.Or(o.Total, DefaultTotal)
	if o.Now == nil {
		o.Now = time.Now
	}
	x := &exam{Options: o, set: o.Settings, clock: &clock{now: o.Now}, http: o.HTTP, free: freeSpace}
	if x.http == nil {
		x.http = &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 16, TLSHandshakeTimeout: o.Each, ForceAttemptHTTP2: true}
	}
	return x
}

func (x *exam) run(ctx context.Context) Report {
	if x.set == nil {
		return report(append(x.badSettings(), skipped("everything else", "needs settings that are valid", "correct the configuration and run doctor again")), nil)
	}
	ctx, cancel := context.WithTimeout(ctx, x.Total)
	defer cancel()
	found := x.sideBySide(ctx,
		step{"configuration", x.Each, x.settings},
		step{"fact base", x.Total, x.facts},
		step{"state directory", x.Each, x.state},
		step{"model endpoint", x.Total, x.model},
		step{"discord token", x.Total, x.discord},
	)
	var checks []Check
	for i, part := range found {
		checks = append(checks, part...)
		if i == 2 { // what the others heard by the way stands before them
			checks = append(checks, x.clock.check())
		}
	}
	return report(checks, x.secrets())
}

func (x *exam) secrets() []string {
	return []string{
		x.set.Discord.Token.Reveal(), x.set.Model.APIKey.Reveal(), x.set.State.URL.Reveal(), x.set.State.Credentials.Reveal(),
	}
}

// step is a part of an exam that may go wrong on its own.
type step struct {
	name  string // of the check that stands for it where it has none of its own
	limit time.Duration
	run   func(context.Context) []Check
}

// sideBySide takes all steps at once and returns what each found, in their order.
func (x *exam) sideBySide(ctx context.Context, steps ...step) [][]Check {
	found := make([][]Check, len(steps))
	var all sync.WaitGroup
	for i, s := range steps {
		all.Go(func() { found[i] = s.take(ctx) })
	}
	all.Wait()
	return found
}

// take runs the step within its limit. A step that panics, or that does not come back, becomes a failed check.
func (s step) take(ctx context.Context) []Check {
	ctx, cancel := context.WithTimeout(ctx, s.limit)
	defer cancel()
	done := make(chan []Check, 1)
	go func() {
		var found []Check
		defer func() {
			if broke := recover(); broke != nil {
				found = []Check{failed(s.name, "report this with the version of enlace", "the check itself broke: %s", foreign(fmt.Sprint(broke)))}
			}
			done <- found
		}()
		found = s.run(ctx)
	}()
	select {
	case found := <-done:
		return found
	case <-ctx.Done():
	}
	late := time.NewTimer(grace)
	defer late.Stop()
	select {
	case found := <-done:
		return found
	case <-late.C:
		return []Check{failed(s.name, "see whether a file system or a server hangs, and run doctor again", "no answer within %s", s.limit)}
	}
}
