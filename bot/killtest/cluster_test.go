package killtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"enlace/bot/state"
	"enlace/bot/state/clustertest"
	"enlace/bot/state/jetstream"
)

// fleet is two replicas of the bot on a cluster of three servers, each a process of its own.
type fleet struct {
	*crowd
	t       *testing.T
	cluster *clustertest.Cluster
	bots    []*process
}

func newFleet(t *testing.T) *fleet {
	t.Helper()
	slow(t)
	log := newJournal(t)
	f := &fleet{t: t, crowd: newCrowd(t, log), cluster: clustertest.Spawn(t, 3, clustertest.Build(t))}
	for i := range 2 {
		f.bots = append(f.bots, newProcess(t, fmt.Sprint("bot", i), log, append(f.environ(), "ENLACE_STATE_URL="+f.cluster.URL(), "ENLACE_STATE_REPLICAS=3", "ENLACE_DISCORD_SHARDS=2")...))
	}
	for _, b := range f.bots {
		b.start()
	}
	f.ready()
	return f
}

// ready waits until both shards are connected.
func (f *fleet) ready() {
	f.t.Helper()
	for end := time.Now().Add(90 * time.Second); f.connected() < 2; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			f.t.Fatal("the shards are not connected")
		}
	}
	f.discord.WaitCommand("ask")
}

// connected counts the shards that are.
func (c *crowd) connected() int {
	shards := map[int]bool{}
	for _, s := range c.discord.Gateway().Sessions() {
		if s.Connected {
			shards[s.Shard] = true
		}
	}
	return len(shards)
}

// ends lets everything be answered, and looks at it.
func (f *fleet) ends(killed int) {
	f.t.Helper()
	f.ready()
	time.Sleep(3 * time.Second)
	f.quiet()
	f.settled(2 * time.Minute)
	for _, b := range f.bots {
		if took := b.stop(); took > 10*time.Second {
			f.t.Errorf("the end of %s takes %s", b.name, took)
		}
	}
	s := f.count(killed)
	s.check(f.t)
	if n := pending(f.t, f.options()); n != (state.Pending{}) {
		f.t.Errorf("%+v is left in the inbox", n)
	}
}

func (f *fleet) options() jetstream.Options {
	return jetstream.Options{URL: f.cluster.URL(), Replicas: 3}
}

// TestAReplicaThatIsKilledIsReplacedByTheOther kills one of two replicas at random instants under load. What it was working on goes
// on in the other one; its shards wait there until their leases have ended.
func TestAReplicaThatIsKilledIsReplacedByTheOther(t *testing.T) {
	f := newFleet(t)
	f.asks(150 * time.Millisecond)
	for range *kills {
		time.Sleep(2*time.Second + rand.N(36*time.Second))
		b := f.bots[rand.N(len(f.bots))]
		b.kill()
		time.Sleep(rand.N(2 * time.Second))
		b.start()
	}
	f.ends(*kills)
}

// TestNothingIsLostWithAServerOfTheCluster kills servers of the cluster at random instants under load, every other time the one
// that leads the inbox.
func TestNothingIsLostWithAServerOfTheCluster(t *testing.T) {
	f := newFleet(t)
	f.asks(150 * time.Millisecond)
	for n := range *kills {
		time.Sleep(3*time.Second + rand.N(5*time.Second))
		victim := rand.N(f.cluster.Len())
		if n%2 == 0 {
			victim = f.leads("enlace_inbox", victim)
		}
		f.cluster.Kill(victim)
		time.Sleep(3*time.Second + rand.N(3*time.Second))
		f.cluster.Restart(victim)
		f.cluster.Ready()
	}
	f.ends(*kills)
}

// leads returns the server that leads a stream, or another one where nobody does.
func (f *fleet) leads(stream string, other int) int {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	s, err := jetstream.Open(ctx, f.options())
	if err != nil {
		f.t.Fatal(err)
	}
	defer s.Close()
	in, err := s.Inspect(ctx)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, one := range in.Streams {
		for i := range f.cluster.Len() {
			if one.Name == stream && one.Leader == f.cluster.Name(i) {
				return i
			}
		}
	}
	return other
}
