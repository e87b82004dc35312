//go:build unix

package cli

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/bot/discordtest"
	"enlace/bot/state"
	"enlace/bot/state/jetstream"
)

// TestForgetErasesAPersonFromTheEngine asks, votes and is forgotten, and looks into the engine afterwards: what another person did is
// all that is left.
func TestForgetErasesAPersonFromTheEngine(t *testing.T) {
	d := discordtest.New(t)
	dir := t.TempDir()
	facts, err := filepath.Abs("testdata/facts")
	if err != nil {
		t.Fatal(err)
	}
	s := startServe(t, nil, "DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL(), "ENLACE_STATE_DIR="+dir, "ENLACE_FACTS_DIR="+facts)
	d.Gateway().WaitReady(1)
	d.WaitCommand("forget")
	g := d.Guild("harbour")
	ana, ben := g.Member("ana"), g.Member("ben")
	remembered := func(n int) {
		t.Helper()
		for end := time.Now().Add(10 * time.Second); strings.Count(s.stderr.String(), "msg=answered") < n; time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("less than %d answers\n%s", n, s.stderr)
			}
		}
	}
	for i, who := range []*discordtest.Member{ana, ben} {
		a := who.Asks(g.Channel("general"), "How high is the lighthouse?").Answer()
		a.WaitUntil("buttons", func(m *discordtest.Message) bool { return len(m.Buttons()) > 0 })
		remembered(2*i + 1)
		who.Clicks(a, "👍").Reply()
		who.Slash(g.Channel("general"), "ask", discordtest.Opt("question", "¿Cuánto mide el faro?")).Reply()
		remembered(2*i + 2)
	}
	told := ana.Clicks(ana.Slash(g.Channel("general"), "forget").Reply(), "Erase it all")
	told.Acked()
	s.stop()
	s.exits(t, done)

	e, err := jetstream.Open(t.Context(), jetstream.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	answers, votes := map[string]int{}, map[string]int{}
	for a, err := range e.Since(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		answers[a.User]++
		if _, kept, err := e.Result(t.Context(), a.ID); err != nil || !kept {
			t.Errorf("the result of %s's question is gone, too: %v", a.User, err)
		}
	}
	for v, err := range e.Votes(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		votes[v.User]++
	}
	if answers[ana.ID] != 0 || votes[ana.ID] != 0 || answers[ben.ID] != 2 || votes[ben.ID] != 1 {
		t.Errorf("answers %v, votes %v; ana is %s, ben %s", answers, votes, ana.ID, ben.ID)
	}
	if again, err := e.Erase(context.Background(), ana.ID); err != nil || again != (state.Erased{}) {
		t.Errorf("something is left: %+v, %v", again, err)
	}
	if strings.Contains(s.stderr.String(), "not forgotten") {
		t.Error(s.stderr)
	}
}
