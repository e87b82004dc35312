//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot/discordtest"
	"enlace/bot/state/clustertest"
)

// TestServeSharesEverythingOverACluster runs two replicas of the bot on one state: they share the shards, the fact base and the
// questions, and when one is stopped the other one goes on with its sessions within a second.
func TestServeSharesEverythingOverACluster(t *testing.T) {
	d := discordtest.New(t, func(o *discordtest.Options) { o.Shards, o.MaxConcurrency = 4, 4 })
	c := clustertest.Start(t, 1)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	ana, harbour := d.User("ana"), d.Guild("harbour")
	replica := func() *served {
		return startServe(t, []string{"--facts", facts}, "DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL(), "ENLACE_FACTS_WATCH=false",
			"ENLACE_DISCORD_ADMINS_USERS="+ana.ID, "ENLACE_STATE_URL="+c.URL())
	}
	one := replica()
	d.Gateway().WaitReady(4)
	two := replica()
	two.stderr.waitFor(t, "msg=\"shard taken\"")
	d.WaitCommand("admin")
	says := func(m *discordtest.Message, want ...string) *discordtest.Message {
		t.Helper()
		return m.WaitUntil(strings.Join(want, ", "), func(m *discordtest.Message) bool {
			return !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(m.Content, w) })
		})
	}
	status := func(want ...string) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); ; {
			got := ana.Slash(ana.DM(), "admin status").Reply().Content
			if !slices.ContainsFunc(want, func(w string) bool { return !strings.Contains(got, w) }) {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("the status does not say %q but\n%s\n%s\n%s", want, got, one.stderr, two.stderr)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	status("2 of 2 on version", "shards 0–1", "shards 2–3")

	rewrite(t, filepath.Join(facts, "lighthouse.yaml"), func(s string) string { return strings.ReplaceAll(s, "41", "43") })
	review := says(ana.Slash(ana.DM(), "admin reload").Reply(), "→")
	ana.Clicks(review, "Confirm")
	says(review, "Done: version")
	for _, s := range []*served{one, two} {
		s.stderr.waitFor(t, "a new fact base is in service")
	}
	status("2 of 2 on version")
	if got := harbour.Member("ben").Asks(harbour.Channel("general"), "How high is the lighthouse?").Answer().Content; !strings.HasPrefix(got, "The lighthouse is 43 metres high.") {
		t.Errorf("%q", got)
	}

	resumed, began := d.Gateway().Stats().Resumes, time.Now()
	one.stop()
	d.Gateway().WaitResumed(resumed + 2)
	if took := time.Since(began); took > time.Second {
		t.Errorf("the shards of a replica that is stopped are taken over after %s", took)
	} else {
		t.Logf("taken over in %s", took)
	}
	one.exits(t, done)
	status("**Processes**:", "this one")
	if got := harbour.Member("eva").Asks(harbour.Channel("general"), "How high is the lighthouse?").Answer().Content; !strings.HasPrefix(got, "The lighthouse is 43 metres high.") {
		t.Errorf("%q", got)
	}
	two.stop()
	two.exits(t, done)
	for _, session := range d.Gateway().Sessions() {
		if session.Connected {
			t.Errorf("shard %d stays connected", session.Shard)
		}
	}
}
