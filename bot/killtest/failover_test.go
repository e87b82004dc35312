//go:build linux

package killtest

import (
	"context"
	"encoding/json"
	"strings"
	"syscall"
	"testing"
	"time"

	"enlace/bot/gateway"
	"enlace/bot/state/jetstream"
)

// TestShardsGoOverToTheOtherReplica measures how long the shards of a replica are without a connection when it is told to stop, when
// it is killed, and when it is paused and comes back although others hold its leases by then.
func TestShardsGoOverToTheOtherReplica(t *testing.T) {
	f := newFleet(t)
	leases, err := jetstream.Open(t.Context(), f.options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = leases.Close() })
	apart := func() { // each replica has a shard
		t.Helper()
		f.each(leases, 60*time.Second)
		time.Sleep(6 * time.Second) // a renewal, which tells of the session
	}
	over := func(what string, most time.Duration, do func()) {
		t.Helper()
		apart()
		began, resumed := time.Now(), f.discord.Gateway().Stats().Resumes
		do()
		for f.discord.Gateway().Stats().Resumes == resumed {
			if time.Since(began) > 2*most {
				t.Fatalf("%s: its shard is not taken over", what)
			}
			time.Sleep(time.Millisecond)
		}
		took := time.Since(began)
		if t.Logf("%s: its shard is taken over after %s", what, took.Round(time.Millisecond)); took > most {
			t.Errorf("that is more than %s", most)
		}
	}
	over("SIGTERM", time.Second, func() { go f.bots[0].stop() })
	time.Sleep(3 * time.Second)
	f.bots[0].start()
	over("SIGKILL", 35*time.Second, f.bots[1].kill)
	f.bots[1].start()
	over("SIGSTOP", 35*time.Second, func() { send(t, f.bots[0].pid(), syscall.SIGSTOP) })
	again := time.Now()
	send(t, f.bots[0].pid(), syscall.SIGCONT)
	f.each(leases, 60*time.Second)
	t.Logf("a paused replica has a shard of its own again %s after it went on", time.Since(again).Round(time.Millisecond))
	sessions := map[int]int{}
	for _, s := range f.discord.Gateway().Sessions() {
		if s.Connected {
			sessions[s.Shard]++
		}
	}
	if len(sessions) != 2 || sessions[0] != 1 || sessions[1] != 1 {
		t.Errorf("connections by shard: %v", sessions)
	}
	for _, b := range f.bots {
		b.stop()
	}
}

// each waits until both replicas hold a shard, and both shards are connected.
func (f *fleet) each(leases gateway.Leases, within time.Duration) {
	f.t.Helper()
	for end := time.Now().Add(within); ; time.Sleep(20 * time.Millisecond) {
		holders := map[string]bool{}
		err := leases.EachLease(context.Background(), func(name, value string, _ uint64) {
			var lease struct{ Holder string }
			if strings.HasPrefix(name, "shard.") && json.Unmarshal([]byte(value), &lease) == nil && lease.Holder != "" {
				holders[lease.Holder] = true
			}
		})
		if err == nil && len(holders) == 2 && f.connected() == 2 {
			return
		}
		if time.Now().After(end) {
			f.t.Fatalf("the shards are held by %v, %v", holders, err)
		}
	}
}
