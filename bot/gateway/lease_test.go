package gateway

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// slowLeases answers late, and from some moment on never.
type slowLeases struct {
	MemoryLeases
	mu    sync.Mutex
	delay time.Duration
	off   bool
	sent  time.Time // of the newest request that was carried out
}

func (s *slowLeases) PutLease(ctx context.Context, name, value string, revision uint64, ttl time.Duration) (uint64, bool, error) {
	sent := time.Now()
	s.mu.Lock()
	delay, off := s.delay, s.off
	s.mu.Unlock()
	if off {
		<-ctx.Done()
		return 0, false, ctx.Err()
	}
	time.Sleep(delay)
	next, ok, err := s.MemoryLeases.PutLease(ctx, name, value, revision, ttl)
	if ok {
		s.mu.Lock()
		s.sent = sent
		s.mu.Unlock()
	}
	return next, ok, err
}

func testKeeper(store Leases) *keeper {
	return &keeper{store: store, id: "me", times: LeaseTimes{}.withDefaults(), log: discardLog()}
}

func TestFenceCountsFromBeforeTheRenewalWasSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slowLeases{delay: 1500 * time.Millisecond}
		l, err := testKeeper(store).acquire(t.Context(), "shard.0", 0, func() string { return leaseValue{Holder: "me"}.String() })
		if err != nil || l == nil {
			t.Fatal(l, err)
		}
		time.Sleep(time.Minute)
		store.mu.Lock()
		store.off = true
		store.mu.Unlock()
		<-l.lost
		if d := time.Since(store.sent); d != 22*time.Second {
			t.Errorf("lost %s after the last renewal was sent, want 22s", d)
		}
		l.k.asked.Wait()
	})
}

func TestLeaseThatSomebodyElseHasIsLostAtTheNextRenewal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var store MemoryLeases
		l, err := testKeeper(&store).acquire(t.Context(), "shard.0", 0, func() string { return leaseValue{Holder: "me"}.String() })
		if err != nil || l == nil {
			t.Fatal(l, err)
		}
		if _, ok, _ := store.PutLease(t.Context(), "shard.0", leaseValue{Holder: "other"}.String(), 1, time.Minute); !ok {
			t.Fatal("not written")
		}
		start := time.Now()
		<-l.lost
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("noticed after %s", d)
		}
		<-l.done
	})
}

func TestNumberOfShardsThatIsInUseCounts(t *testing.T) {
	entryOf := func(holder string, n int) entry { return entry{leaseValue{Holder: holder, Shards: n}, 1} }
	for _, c := range []struct {
		all  map[string]entry
		want int
	}{
		{nil, 7},
		{map[string]entry{"shards": entryOf("a", 3)}, 3},
		{map[string]entry{"replica.a": entryOf("a", 4)}, 4}, // who wrote the number is gone, others are there
		{map[string]entry{"replica.a": entryOf("a", 4), "shards": entryOf("b", 4)}, 4},
		{map[string]entry{"shard.0": entryOf("a", 5), "replica.a": entryOf("a", 0)}, 7},
	} {
		if got := agreed(c.all, 7); got != c.want {
			t.Errorf("agreed(%v) = %d, want %d", c.all, got, c.want)
		}
	}
}

// What lies in the buffer when we end a connection is left for the successor: it is neither handed on nor counted.
func TestWireThatEndsReadsNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer server.Close()
		go func() {
			var b []byte
			for i := 1; i <= 3; i++ {
				b = appendReceived(b, frame{final: true, op: opText, payload: fmt.Appendf(nil, `{"op":0,"s":%d,"t":"MESSAGE_DELETE","d":{}}`, i)})
			}
			_, _ = server.Write(b) // the client may go
			_, _ = bytes.NewBuffer(nil).ReadFrom(server)
		}()
		w := newWire(client, "Bot x", nil, quietEvents())
		w.upgraded, w.phase, w.interval, w.session.id = true, phaseLive, 40*time.Second, "one"
		got := make([]byte, 1000)
		if n, err := w.Read(got); err != nil || !bytes.Contains(got[:n], []byte(`"s":1`)) {
			t.Fatalf("read %q, %v", got[:n], err)
		}
		w.finish(ending{cause: stopped}, 0)
		if w.settled(time.Second) {
			t.Error("settled, while what was read may not have been handled")
		}
		if n, err := w.Read(got); err == nil {
			t.Errorf("read %q after the end", got[:n])
		}
		if !w.settled(0) && !w.settled(time.Second) || w.resumable().seq != 1 {
			t.Errorf("session at %d, want what was read", w.resumable().seq)
		}
	})
}

// An event that is just being decoded when SIGTERM comes is handled here, not turned away.
func TestEventInHandIsHandledBeforeTheShardIsHandedOver(t *testing.T) {
	bubble(t, func(_ int, p *peer) {
		p.begin("one")
		p.await(opHeartbeat)
		time.Sleep(time.Second)
		p.event(2, "MESSAGE_CREATE", chat("20"))
		p.live()
	}, func(t *testing.T, w *world) {
		store, h := &MemoryLeases{}, &recorder{}
		if _, ok, _ := store.PutLease(t.Context(), "replica.other", `{"holder":"other","shards":1}`, 0, time.Hour); !ok {
			t.Fatal("not written")
		}
		_, stop := w.run(h, func(o *Options) {
			o.Leases = store
			o.Hooks.Event = func(name string) {
				if name == "MESSAGE_CREATE" {
					time.Sleep(100 * time.Millisecond)
				}
			}
		})
		time.Sleep(1050 * time.Millisecond)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if got := h.list(); !slices.Contains(got, "message 20") {
			t.Errorf("handled %q, want message 20 too", got)
		}
		seq := int64(0)
		_ = store.EachLease(t.Context(), func(name, value string, _ uint64) {
			if s := readLease(value).Session; name == "shard.0" && s != nil {
				seq = s.Seq
			}
		})
		if seq != 2 {
			t.Errorf("the successor resumes after %d, want 2", seq)
		}
		if code, _ := w.peer(0).closeCode(); code != closeResumable {
			t.Errorf("closed with %d, which ends the session", code)
		}
	})
}

func TestDomainsOfResumeAddresses(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"wss://gateway-us-east1-b.discord.gg", "wss://gateway.discord.gg", true},
		{"wss://evil.example", "wss://gateway.discord.gg", false},
		{"wss://discord.gg.evil.example", "wss://gateway.discord.gg", false},
		{"wss://evildiscord.gg", "wss://gateway.discord.gg", false},
		{"wss://a.evildiscord.gg", "wss://gateway.discord.gg", false},
		{"ws://127.0.0.1:8080/resume", "ws://127.0.0.1:8080/", true},
		{"ws://127.0.0.1:8081/resume", "ws://127.0.0.1:8080/", false},
		{"ws://9.9.0.1/", "ws://127.9.0.1/", false},
		{"", "", false}, {"%", "%", false},
	} {
		if got := sameDomain(c.a, c.b); got != c.want {
			t.Errorf("sameDomain(%q, %q) = %t", c.a, c.b, got)
		}
	}
}

func FuzzReadLease(f *testing.F) {
	f.Add(`{"holder":"a","shards":2,"session":{"id":"x","seq":1,"shards":2,"intents":4609,"user":"1"}}`)
	f.Add("")
	f.Add("null")
	f.Fuzz(func(t *testing.T, raw string) {
		v := readLease(raw)
		if again := readLease(v.String()); len(raw) <= 1000 && again.String() != v.String() {
			t.Errorf("%q is read as %s and then as %s", raw, v, again)
		}
		v.Session.session(2, 4609, "wss://gateway.discord.gg")
	})
}
