package state

import (
	"context"
	"time"
)

// Replica is a process of the bot, and how it is.
type Replica struct {
	ID          string
	Facts       string    // version of the fact base that it answers from
	Count       int       // of its facts
	Lag         *Lag      `json:",omitempty"` // nil = none that it knows of
	Shards      []int     // that it holds
	Build       string    // version of the program
	Since       time.Time // when it started
	Open        int       // answers that it works on
	Corrections Corrections
}

// Lag is why a replica does not answer from the fact base in service.
type Lag struct{ Version, Why string }

// Corrections count what became of the answers that a base made outdated.
type Corrections struct {
	At                            time.Time // when it began; zero = never
	Running                       bool
	Edited, Skipped, Failed, Left int
}

// Presence tells which processes there are.
type Presence interface {
	// PutReplica tells that a replica is there, for Timing.Replica.
	PutReplica(ctx context.Context, r Replica) error
	// RemoveReplica tells that it is not there any longer.
	RemoveReplica(ctx context.Context, id string) error
	// Replicas returns those that are there, by ID.
	Replicas(ctx context.Context) ([]Replica, error)
}

// AnnounceEvery is how often a replica tells that it is there.
const AnnounceEvery = 10 * time.Second

// Announce tells that a replica is there, as now returns it, at once, every AnnounceEvery and whenever changed yields something,
// until ctx ends; then it removes it. What failed is told to failed, which may be nil.
func Announce(ctx context.Context, p Presence, changed <-chan struct{}, now func() Replica, failed func(error)) {
	tick := time.NewTicker(AnnounceEvery)
	defer tick.Stop()
	for {
		if err := p.PutReplica(ctx, now()); err != nil && ctx.Err() == nil && failed != nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			bye, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			_ = p.RemoveReplica(bye, now().ID)
			return
		case <-changed:
		case <-tick.C:
		}
	}
}
