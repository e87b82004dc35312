//go:build unix

package cli

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"enlace/bot/discordtest"
)

func TestServeTakesInteractionsOverHTTP(t *testing.T) {
	d := discordtest.New(t)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	address, operator := freeAddress(t), freeAddress(t)
	s := startServe(t, []string{"--facts", facts},
		"DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL(), "ENLACE_HTTP_LISTEN="+operator,
		"ENLACE_DISCORD_INTERACTIONS_LISTEN="+address, "ENLACE_DISCORD_INTERACTIONS_PUBLIC_KEY="+d.PublicKeyHex())
	s.stderr.waitFor(t, "listen="+address+" path=/interactions")
	d.Gateway().WaitReady(1)
	d.WaitCommand("ask")
	if err := d.UseEndpoint("http://"+address+"/interactions", nil); err != nil {
		t.Fatal(err)
	}
	g := d.Guild("harbour")
	ana := g.Member("ana")
	i := ana.Slash(g.Channel("general"), "ask", discordtest.Opt("question", "How high is the lighthouse?"))
	i.WaitFor("the answer", func(m *discordtest.Message) bool {
		return strings.HasPrefix(m.Content, "The lighthouse is 41 metres high. [1]")
	})
	if got := ana.Asks(g.Channel("general"), "How high is the lighthouse?").Answer().Content; !strings.HasPrefix(got, "The lighthouse is 41 metres high. [1]") {
		t.Errorf("a mention, by the gateway: %q", got)
	}
	if _, metrics := fetch(t, operator, "/metrics"); !strings.Contains(metrics, `enlace_dropped_events_total{event="HTTP interaction: forged"} 1`) {
		t.Error("Discord's bad probe is not counted")
	}
	s.stop()
	s.exits(t, done)
	if c, err := net.Dial("tcp", address); err == nil {
		_ = c.Close()
		t.Error("it still listens")
	}
	if log := s.stderr.String(); strings.Contains(log, i.Token) || strings.Contains(log, "lighthouse?") {
		t.Errorf("the log has a token or a question:\n%s", log)
	}
}

func TestServeSaysWhatIsWrongWithTheEndpoint(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name, listen, key string
		code              int
		says              string
	}{
		{"a placeholder as key", "127.0.0.1:0", strings.Repeat("0", 64), misused, "discord.interactions.public_key is wrong: it is a placeholder"},
		{"address in use", taken.Addr().String(), discordtest.New(t).PublicKeyHex(), failed, "set discord.interactions.listen to a free address"},
	} {
		s := startServe(t, nil, "DISCORD_TOKEN="+testToken, "ENLACE_DISCORD_INTERACTIONS_LISTEN="+c.listen, "ENLACE_DISCORD_INTERACTIONS_PUBLIC_KEY="+c.key)
		s.exits(t, c.code)
		if !strings.Contains(s.stderr.String(), c.says) {
			t.Errorf("%s: it does not say %q:\n%s", c.name, c.says, s.stderr)
		}
	}
}
