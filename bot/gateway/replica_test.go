package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/bot/discordtest"
	"enlace/bot/gateway"
)

func TestOneReplicaRunsAllShards(t *testing.T) {
	inFleet(t, 4, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		d := within(t, 10*time.Second, "all ready", func() bool { return a.g.State().AllReady() && len(a.shards()) == 4 })
		t.Logf("4 shards ready after %s", d)
		if st := a.g.State(); st.Count != 4 || st.Standby {
			t.Errorf("state = %+v", st)
		}
		fl.end(a)
		if n := len(fl.d.Gateway().Sessions()); n != 0 {
			t.Errorf("%d sessions outlive the last replica, which makes the bot look online", n)
		}
	})
}

func TestRebalancing(t *testing.T) {
	inFleet(t, 4, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 4 })
		b, c := fl.start("b"), fl.start("c")
		even := func(most int, members ...*member) func() bool {
			return func() bool {
				l := loads(members...)
				return sum(l) == 4 && slices.Max(l) <= most && slices.Min(l) > 0 && fl.once(4)
			}
		}
		d := within(t, 20*time.Second, "shared by three", even(2, a, b, c))
		t.Logf("1→3 replicas: %v after %s, %d identifies, %d resumes", loads(a, b, c), d, fl.d.Gateway().Stats().Identifies, fl.d.Gateway().Stats().Resumes)
		time.Sleep(5 * time.Minute)
		if l := loads(a, b, c); sum(l) != 4 || slices.Min(l) < 1 {
			t.Errorf("loads = %v later", l)
		}
		c.stop()
		d = within(t, time.Second, "shared by two", even(2, a, b))
		t.Logf("3→2 replicas: %v after %s", loads(a, b), d)
		if err := <-c.ended; err != nil {
			t.Error(err)
		}
		if n := fl.d.Gateway().Stats().Identifies; n != 4 {
			t.Errorf("%d identifies, want 4: every hand-over resumes", n)
		}
		fl.end(a, b)
	})
}

func TestStandbyReplicaIsReady(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a is ready", func() bool { return sum(loads(a)) == 1 })
		b := fl.start("b")
		within(t, 10*time.Second, "b stands by", func() bool { return b.g.State().Standby && b.g.State().AllReady() })
		time.Sleep(time.Minute)
		if l := loads(a, b); l[0] != 1 || l[1] != 0 {
			t.Errorf("loads = %v, want the shard to stay", l)
		}
		fl.end(a, b)
	})
}

func TestTermHandsOverWithinASecondAndLosesNothing(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 2 })
		b := fl.start("b")
		within(t, 10*time.Second, "shared", func() bool { return slices.Equal(loads(a, b), []int{1, 1}) })
		guild := fl.d.Guild("Library")
		ana, general := guild.Member("ana"), guild.Channel("general")
		talked, said := make(chan struct{}), 0
		go func() {
			defer close(talked)
			for ; said < 400; said++ {
				ana.Says(general, fmt.Sprintf("<@%s> number %d", fl.d.Bot().ID, said))
				time.Sleep(5 * time.Millisecond)
			}
		}()
		time.Sleep(500 * time.Millisecond)
		start := time.Now()
		a.stop()
		d := within(t, time.Second, "b has all", func() bool { return sum(loads(b)) == 2 && fl.once(2) })
		if err := <-a.ended; err != nil {
			t.Error(err)
		}
		t.Logf("handed over after %s, Run returned after %s", d, time.Since(start))
		<-talked
		time.Sleep(time.Second)
		lost, twice := 0, 0
		for i := range said {
			text := fmt.Sprintf("<@%s> number %d", fl.d.Bot().ID, i)
			switch n := a.heard.times(text) + b.heard.times(text); {
			case n == 0:
				lost++
			case n > 1:
				twice++
			}
		}
		if lost > 0 || twice > 0 {
			t.Errorf("of %d messages %d were lost and %d came twice", said, lost, twice)
		}
		if n := fl.d.Gateway().Stats().Identifies; n != 2 {
			t.Errorf("%d identifies, want 2", n)
		}
		if len(b.heard.users) != 1 || b.heard.ready < 2 || b.g.State().User == "" || b.g.State().App == "" {
			t.Errorf("b was told who it is: %v, %d times, state %+v", b.heard.users, b.heard.ready, b.g.State())
		}
		fl.end(b)
	})
}

func TestKilledHoldersShardsAreTakenAfterTheTTL(t *testing.T) {
	for _, quiet := range []bool{false, true} {
		inFleet(t, 2, func(t *testing.T, fl *fleet) {
			a, b := fl.start("a"), fl.start("b")
			within(t, 20*time.Second, "shared", func() bool { return slices.Equal(loads(a, b), []int{1, 1}) })
			time.Sleep(17 * time.Second)
			b.leases.set(func(f *faultyLeases) { f.mute = quiet })
			guild := fl.d.Guild("Library")
			ana, general := guild.Member("ana"), guild.Channel("general")
			a.kill()
			text := "<@" + fl.d.Bot().ID + "> while nobody listened"
			ana.Says(general, text)
			d := within(t, 35*time.Second, "b has all", func() bool { return sum(loads(b)) == 2 })
			t.Logf("without watching %t: taken after %s", quiet, d)
			time.Sleep(time.Second)
			if n := b.heard.times(text); n != 1 {
				t.Errorf("what was said meanwhile was heard %d times", n)
			}
			<-a.ended
			fl.end(b)
		})
	}
}

func TestIdentifiesAreSpacedOverReplicas(t *testing.T) {
	for _, concurrency := range []int{1, 2} {
		inFleet(t, 4, func(t *testing.T, fl *fleet) {
			members := []*member{fl.start("a"), fl.start("b"), fl.start("c")}
			d := within(t, time.Minute, "all ready", func() bool { return sum(loads(members...)) == 4 })
			t.Logf("max_concurrency %d: 4 shards ready after %s", concurrency, d)
			if want := time.Duration(4/concurrency-1) * 5 * time.Second; d < want || d > want+6*time.Second {
				t.Errorf("ready after %s, want %s and little more", d, want)
			}
			if st := fl.d.Gateway().Stats(); st.Early != 0 || st.Identifies != 4 {
				t.Errorf("%d identifies, %d too early", st.Identifies, st.Early)
			}
			fl.end(members...)
		}, func(o *discordtest.Options) { o.MaxConcurrency = concurrency })
	}
}

// A replica whose requests hang, as if it were stopped while the rest of the world goes on, must be gone before somebody else comes.
func TestPausedHolderClosesItsSessionBeforeTheTTL(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a is ready", func() bool { return sum(loads(a)) == 1 })
		b := fl.start("b")
		time.Sleep(time.Minute)
		blocked := make(chan struct{})
		a.leases.set(func(f *faultyLeases) { f.blocked = blocked })
		start := time.Now()
		left := within(t, 30*time.Second, "a closes its session", func() bool { return sum(loads(a)) == 0 && !fl.once(1) })
		if sum(loads(b)) != 0 {
			t.Error("b came before a went")
		}
		within(t, 30*time.Second, "b is ready", func() bool { return sum(loads(b)) == 1 })
		came := time.Since(start)
		t.Logf("closed after %s, taken after %s", left, came)
		if left > 22*time.Second || came < 25*time.Second || came > 32*time.Second {
			t.Errorf("closed after %s, taken after %s; want the fence before the expiry", left, came)
		}
		close(blocked)
		a.leases.set(func(f *faultyLeases) { f.blocked = nil })
		time.Sleep(time.Minute)
		if l := loads(a, b); !slices.Equal(l, []int{0, 1}) || !a.g.State().Standby {
			t.Errorf("loads = %v after the pause, want b to keep the shard", l)
		}
		if n := fl.d.Gateway().Stats().Identifies; n != 1 {
			t.Errorf("%d identifies, want one: b resumes", n)
		}
		fl.end(a, b)
	})
}

func TestStoreThatIsDownIsWaitedFor(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a, b := fl.start("a"), fl.start("b")
		within(t, 20*time.Second, "shared", func() bool { return slices.Equal(loads(a, b), []int{1, 1}) })
		before := fl.d.Gateway().Stats().Connections
		down := func(on bool) {
			for _, m := range []*member{a, b} {
				m.leases.set(func(f *faultyLeases) { f.down = on })
			}
		}
		down(true)
		time.Sleep(15 * time.Second) // another leader is chosen
		down(false)
		time.Sleep(time.Minute)
		if st := fl.d.Gateway().Stats(); !fl.once(2) || st.Connections != before {
			t.Errorf("a short outage ended sessions: %+v", st)
		}
		down(true)
		d := within(t, 23*time.Second, "everybody fences", func() bool { return sum(loads(a, b)) == 0 })
		t.Logf("fenced after %s", d)
		time.Sleep(10 * time.Second)
		down(false)
		d = within(t, 5*time.Second, "back", func() bool { return slices.Equal(loads(a, b), []int{1, 1}) && fl.once(2) })
		t.Logf("back %s after the store", d)
		if n := fl.d.Gateway().Stats().Identifies; n != 2 {
			t.Errorf("%d identifies, want 2: sessions are resumed", n)
		}
		fl.end(a, b)
	})
}

// Renewals that are carried out while their answers are lost leave another revision behind.
func TestRevisionOfALostAnswerIsAdopted(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a is ready", func() bool { return sum(loads(a)) == 1 })
		for range 5 {
			a.leases.set(func(f *faultyLeases) { f.deaf = true })
			time.Sleep(10 * time.Second)
			a.leases.set(func(f *faultyLeases) { f.deaf = false })
			time.Sleep(10 * time.Second)
		}
		if st := a.g.State(); len(st.Shards) != 1 || st.Shards[0].Identifies != 1 || st.Shards[0].LastClose != "" {
			t.Errorf("state = %+v, want the session of the beginning", st)
		}
		fl.end(a)
	})
}

func TestReplicasAgreeOnTheNumberOfShards(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 2 })
		var mu sync.Mutex
		var alerts []string
		b := fl.start("b", func(o *gateway.Options) {
			o.Shards = 5
			o.Hooks.Alert = func(what string) {
				mu.Lock()
				defer mu.Unlock()
				alerts = append(alerts, what)
			}
		})
		within(t, 10*time.Second, "shared", func() bool { return slices.Equal(loads(a, b), []int{1, 1}) })
		if n := b.g.State().Count; n != 2 {
			t.Errorf("b counts %d shards, want those of a", n)
		}
		mu.Lock()
		if !slices.Equal(alerts, []string{"shard_count"}) || !strings.Contains(b.logs.String(), "stop all of them") {
			t.Errorf("alerts %v, log:\n%s", alerts, b.logs)
		}
		mu.Unlock()
		if err := a.term(); err != nil { // who wrote the number goes; it stays
			t.Error(err)
		}
		c := fl.start("c", func(o *gateway.Options) { o.Shards = 7 })
		within(t, 10*time.Second, "shared again", func() bool { return slices.Equal(loads(b, c), []int{1, 1}) })
		fl.end(b, c)
		d := fl.start("d", func(o *gateway.Options) { o.Shards = 3 })
		within(t, 30*time.Second, "a new number after all have stopped", func() bool { return sum(loads(d)) == 3 })
		fl.end(d)
	})
}

func TestReplicaThatStartsWhileTheStoreIsDown(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		down := func(o *gateway.Options) { o.Leases.(*faultyLeases).down = true }
		a := fl.start("a", down)
		time.Sleep(time.Minute)
		if fl.d.Gateway().Stats().Connections != 0 || a.g.State().AllReady() {
			t.Errorf("it connected without a lease: %+v", a.g.State())
		}
		a.leases.set(func(f *faultyLeases) { f.down = false })
		within(t, 5*time.Second, "ready", func() bool { return sum(loads(a)) == 1 })
		fl.end(a)
		b := fl.start("b", down)
		time.Sleep(time.Second)
		if err := b.term(); err != nil {
			t.Error(err)
		}
	})
}

func TestFatalCodeEndsAReplicaAndLeavesNothing(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 2 })
		fl.d.Gateway().CloseAll(4014)
		var fatal *gateway.FatalError
		if err := <-a.ended; !errors.As(err, &fatal) || fatal.Code != 4014 {
			t.Errorf("Run: %v, want 4014", err)
		}
		a.ended <- nil
		fl.end(a)
	})
}

// The session that a lease tells of gets the bot's token: a foreign address is not used, nor what does not fit.
func TestForeignSessionsAreNotBelieved(t *testing.T) {
	for name, value := range map[string]string{
		"other intents": `{"shards":1,"session":{"id":"x","seq":5,"shards":1,"intents":1,"user":"1"}}`,
		"other count":   `{"shards":1,"session":{"id":"x","seq":5,"shards":2,"intents":4609,"user":"1"}}`,
		"nobody":        `{"shards":1,"session":{"id":"x","seq":5,"shards":1,"intents":4609}}`,
		"unknown":       `{"shards":1,"session":{"id":"x","url":"wss://evil.example/","seq":5,"shards":1,"intents":4609,"user":"1"}}`,
		"negative":      `{"shards":1,"session":{"id":"x","seq":-5,"shards":1,"intents":4609,"user":"1"}}`,
		"nothing":       `{}`,
	} {
		t.Run(name, func(t *testing.T) {
			inFleet(t, 1, func(t *testing.T, fl *fleet) {
				if _, ok, err := fl.leases.PutLease(t.Context(), "shard.0", value, 0, time.Minute); !ok || err != nil {
					t.Fatal(ok, err)
				}
				a := fl.start("a")
				within(t, 20*time.Second, "ready", func() bool { return sum(loads(a)) == 1 })
				if resumed := len(fl.d.Gateway().Received(6)) > 0; resumed != (name == "unknown") {
					t.Errorf("a resume was tried: %t", resumed)
				}
				for _, address := range a.dead.addresses() {
					if strings.Contains(address, "evil") {
						t.Errorf("connected to %s", address)
					}
				}
				fl.end(a)
			})
		})
	}
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		if _, ok, err := fl.leases.PutLease(t.Context(), "shard.0", "not a value", 0, time.Minute); !ok || err != nil {
			t.Fatal(ok, err)
		}
		a := fl.start("a")
		time.Sleep(50 * time.Second)
		if len(a.shards()) != 0 {
			t.Error("a lease that cannot be read was taken")
		}
		within(t, 15*time.Second, "ready after it expired", func() bool { return sum(loads(a)) == 1 })
		fl.end(a)
	})
}

func TestTimesOfLeasesMustFit(t *testing.T) {
	_, err := gateway.New(gateway.Options{Token: "x", LeaseTimes: gateway.LeaseTimes{TTL: 10 * time.Second}}, &listener{})
	if err == nil || !strings.Contains(err.Error(), "fence at 22s") {
		t.Errorf("error = %v", err)
	}
}

// What a replica has taken it finishes, while its shards are elsewhere already.
func TestTermHandsOverBeforeItDrains(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a is ready", func() bool { return sum(loads(a)) == 1 })
		b := fl.start("b")
		time.Sleep(5 * time.Second)
		finished := false
		a.heard.work = func(ctx context.Context) {
			time.Sleep(6 * time.Second)
			finished = ctx.Err() == nil
		}
		guild := fl.d.Guild("Library")
		guild.Member("ana").Says(guild.Channel("general"), "<@"+fl.d.Bot().ID+"> a long one")
		time.Sleep(time.Second)
		a.stop()
		d := within(t, time.Second, "b has it", func() bool { return sum(loads(b)) == 1 })
		if err := <-a.ended; err != nil || !finished {
			t.Errorf("Run: %v, the handler finished: %t", err, finished)
		}
		t.Logf("handed over after %s, with a handler at work", d)
		fl.end(b)
	})
}

// Nobody hears of a hand-over, so polling has to find it.
func TestTermWithoutWatching(t *testing.T) {
	inFleet(t, 1, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a is ready", func() bool { return sum(loads(a)) == 1 })
		b := fl.start("b")
		time.Sleep(5 * time.Second)
		b.leases.set(func(f *faultyLeases) { f.mute = true })
		a.stop()
		t.Logf("found after %s", within(t, 2*time.Second+10*time.Millisecond, "b has it", func() bool { return sum(loads(b)) == 1 }))
		<-a.ended
		fl.end(b)
	})
}

// A replica that was killed just after it came is given a shard that it does not take. The giver takes it back, and rests.
func TestGiftThatNobodyTakesComesBack(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 2 })
		if _, ok, err := fl.leases.PutLease(t.Context(), "replica.gone.1", `{"holder":"gone.1","shards":2}`, 0, 30*time.Second); !ok || err != nil {
			t.Fatal(ok, err)
		}
		within(t, 3*time.Second, "a gives", func() bool { return sum(loads(a)) == 1 })
		within(t, 8*time.Second, "it comes back", func() bool { return sum(loads(a)) == 2 })
		time.Sleep(time.Minute)
		if st := fl.d.Gateway().Stats(); !fl.once(2) || st.Resumes != 1 {
			t.Errorf("stats = %+v, want one hand-over", st)
		}
		fl.end(a)
	})
}

func TestManyShardsAndReplicas(t *testing.T) {
	const shards = 24
	inFleet(t, shards, func(t *testing.T, fl *fleet) {
		var members []*member
		for i := range 6 {
			members = append(members, fl.start(fmt.Sprint("r", i)))
		}
		settled := func(most int) func() bool {
			return func() bool {
				l := loads(members...)
				return sum(l) == shards && slices.Max(l) <= most && fl.once(shards)
			}
		}
		t.Logf("shared by 6 after %s", within(t, time.Minute, "shared by six", settled(4)))
		for len(members) > 2 {
			last := members[len(members)-1]
			members = members[:len(members)-1]
			last.stop()
			n := len(members)
			t.Logf("shared by %d after %s", n, within(t, time.Second, "shared by the rest", settled((shards+n-1)/n)))
			if err := <-last.ended; err != nil {
				t.Error(err)
			}
		}
		for range 2 {
			members = append(members, fl.start("late"))
		}
		t.Logf("shared by 4 after %s", within(t, time.Minute, "shared with two more", settled(6)))
		if n := fl.d.Gateway().Stats().Identifies; n != shards {
			t.Errorf("%d identifies, want %d", n, shards)
		}
		fl.end(members...)
	})
}

func TestNobodyTakesMoreThanItsShareAtFirst(t *testing.T) {
	inFleet(t, 4, func(t *testing.T, fl *fleet) {
		fl.presence("dead.1", 4, 20*time.Second)
		fl.presence("dead.2", 4, 20*time.Second)
		a := fl.start("a")
		within(t, 2100*time.Millisecond, "a has its share", func() bool { return sum(loads(a)) == 2 })
		time.Sleep(2500 * time.Millisecond)
		if n := sum(loads(a)); n != 2 {
			t.Errorf("a took %d of 4 shards, with three replicas", n)
		}
		within(t, 5*time.Second, "a takes what nobody else does", func() bool { return sum(loads(a)) == 4 })
		time.Sleep(time.Minute)
		if n := sum(loads(a)); n != 4 {
			t.Errorf("a has %d shards alone", n)
		}
		fl.end(a)
	})
}

func TestGiverRestsWhenNobodyTakes(t *testing.T) {
	inFleet(t, 4, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 4 })
		b := fl.start("b")
		within(t, 10*time.Second, "shared", func() bool { return slices.Equal(loads(a, b), []int{2, 2}) })
		before := fl.d.Gateway().Stats().Resumes
		fl.presence("dead.1", 4, 29*time.Second)
		time.Sleep(time.Minute)
		if n := fl.d.Gateway().Stats().Resumes - before; n != 1 || !slices.Equal(loads(a, b), []int{2, 2}) {
			t.Errorf("%d shards moved for a replica that takes none, want one that comes back; loads %v", n, loads(a, b))
		}
		fl.end(a, b)
	})
}

func TestTermWhileTheStoreHangs(t *testing.T) {
	inFleet(t, 2, func(t *testing.T, fl *fleet) {
		a := fl.start("a")
		within(t, 10*time.Second, "a has all", func() bool { return sum(loads(a)) == 2 })
		blocked := make(chan struct{})
		a.leases.set(func(f *faultyLeases) { f.blocked = blocked })
		time.Sleep(3 * time.Second)
		start := time.Now()
		if err := a.term(); err != nil {
			t.Error(err)
		}
		if d := time.Since(start); d > 7*time.Second {
			t.Errorf("Run returned after %s", d)
		}
		close(blocked)
	})
}

// The rest runs in memory; this is one hand-over over real sockets, in real time.
func TestLoopbackHandOver(t *testing.T) {
	d := discordtest.New(t)
	leases := &gateway.MemoryLeases{}
	run := func(name string) (ready chan time.Time, stop func() error) {
		ready = make(chan time.Time, 1)
		g, err := gateway.New(gateway.Options{
			Token: d.Token(), APIBase: d.URL(), Leases: leases, Replica: name, OnReady: func(int) { ready <- time.Now() },
		}, &listener{users: map[string]bool{}, heard: map[string]int{}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- g.Run(ctx) }()
		return ready, func() error { cancel(); return <-ended }
	}
	first, stopFirst := run("a")
	<-first
	second, stopSecond := run("b")
	for present := 0; present < 2; { // b has told that it is there
		present = 0
		if err := leases.EachLease(t.Context(), func(name, _ string, _ uint64) {
			if strings.HasPrefix(name, "replica.") {
				present++
			}
		}); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	over := make(chan error, 1)
	go func() { over <- stopFirst() }()
	if took := (<-second).Sub(start); took > time.Second {
		t.Errorf("handed over after %s", took)
	} else {
		t.Logf("handed over after %s", took)
	}
	if err := <-over; err != nil {
		t.Error(err)
	}
	if err := stopSecond(); err != nil {
		t.Error(err)
	}
	if st := d.Gateway().Stats(); st.Identifies != 1 || st.Resumes != 1 {
		t.Errorf("stats = %+v, want one identify and one resume", st)
	}
}
