//go:build unix

package cli

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"enlace/bot/discordtest"
)

// freeAddress is a loopback address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func fetch(t *testing.T, address, path string) (int, string) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	resp, err := client.Get("http://" + address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// rewrite changes a fact file in one step, as an editor does.
func rewrite(t *testing.T, path string, change func(string) string) {
	t.Helper()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", []byte(change(string(old))), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

func TestServeAnswersReloadsAndStops(t *testing.T) {
	d := discordtest.New(t)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	address := freeAddress(t)
	s := startServe(t, []string{"--facts", facts},
		"DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL(), "ENLACE_HTTP_LISTEN="+address, "ENLACE_FACTS_WATCH=false")
	d.Gateway().WaitReady(1)
	d.WaitCommand("ask")
	s.stderr.waitFor(t, "permissions=309237763072")

	g := d.Guild("harbour")
	ask := func(who string) string {
		return g.Member(who).Asks(g.Channel("general"), "How high is the lighthouse?").Answer().Content
	}
	if got := ask("ana"); !strings.HasPrefix(got, "The lighthouse is 41 metres high. [1]") {
		t.Errorf("%q", got)
	}
	if code, body := fetch(t, address, "/readyz"); code != 200 {
		t.Errorf("readyz: %d %s", code, body)
	}
	health := startServe(t, []string{"--health"}, "ENLACE_HTTP_LISTEN="+address)
	health.exits(t, done)

	rewrite(t, filepath.Join(facts, "lighthouse.yaml"), func(s string) string { return strings.ReplaceAll(s, "41", "43") })
	hangUp(t)
	s.stderr.waitFor(t, "a new fact base is in service")
	if got := ask("ben"); !strings.HasPrefix(got, "The lighthouse is 43 metres high. [1]") {
		t.Errorf("%q", got)
	}
	rewrite(t, filepath.Join(facts, "lighthouse.yaml"), func(s string) string { return s + "\n  nonsense: [" })
	hangUp(t)
	s.stderr.waitFor(t, "the facts are not valid; the base in service stays")
	if got := ask("eva"); !strings.HasPrefix(got, "The lighthouse is 43 metres high. [1]") {
		t.Errorf("%q", got)
	}
	metrics := ""
	for end := time.Now().Add(5 * time.Second); !strings.Contains(metrics, `mode="quotes"} 3`) && time.Now().Before(end); { // counted once it is sent
		_, metrics = fetch(t, address, "/metrics")
	}
	for _, want := range []string{
		`enlace_questions_total{outcome="answered",language="en",mode="quotes"} 3`, `enlace_facts_reloads_total{result="ok"} 1`, `enlace_facts_reloads_total{result="refused"} 1`,
		`enlace_gateway_shard{shard="0",phase="ready"} 1`, `enlace_answer_seconds_count{stage="ack"} 3`, `status="200"} 3`, `enlace_facts_info{version="sha256:`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("missing in the metrics: %s", want)
		}
	}
	s.stop()
	s.exits(t, done)
	log := s.stderr.String()
	for what, secret := range map[string]string{"the token": d.Token(), "a question": "lighthouse?"} {
		if strings.Contains(log, secret) || strings.Contains(metrics, secret) {
			t.Errorf("%s is in the log or in the metrics", what)
		}
	}
	if n := strings.Count(log, "msg=answered"); n != 3 {
		t.Errorf("%d answers in the log", n)
	}
	d.Gateway().WaitClosed()
}

// hangUp sends SIGHUP to this process.
func hangUp(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

func TestServeFollowsTheFactFiles(t *testing.T) {
	d := discordtest.New(t)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	s := startServe(t, []string{"--facts", facts, "--log-format", "json"}, "DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL())
	d.Gateway().WaitReady(1)
	rewrite(t, filepath.Join(facts, "lighthouse.yaml"), func(s string) string { return strings.ReplaceAll(s, "41", "47") })
	s.stderr.waitFor(t, "a new fact base is in service")
	g := d.Guild("harbour")
	if got := g.Member("ana").Asks(g.Channel("general"), "¿Cuánto mide el faro?").Answer().Content; !strings.HasPrefix(got, "El faro mide 47 metros") {
		t.Errorf("%q", got)
	}
	s.stop()
	s.exits(t, done)
}

func TestServeLetsAdminsReloadAndGoBack(t *testing.T) {
	d := discordtest.New(t)
	facts := filepath.Join(t.TempDir(), "facts")
	if err := os.CopyFS(facts, os.DirFS("testdata/facts")); err != nil {
		t.Fatal(err)
	}
	ana := d.User("ana")
	s := startServe(t, []string{"--facts", facts}, "DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL(), "ENLACE_FACTS_WATCH=false", "ENLACE_DISCORD_ADMINS_USERS="+ana.ID)
	d.Gateway().WaitReady(1)
	d.WaitCommand("admin")
	says := func(m *discordtest.Message, want string) *discordtest.Message {
		t.Helper()
		return m.WaitUntil(want, func(m *discordtest.Message) bool { return strings.Contains(m.Content, want) })
	}
	old := d.Guild("harbour").Member("ben").Asks(d.Guild("harbour").Channel("general"), "How high is the lighthouse?").Answer()
	s.stderr.waitFor(t, "msg=answered")
	rewrite(t, filepath.Join(facts, "lighthouse.yaml"), func(s string) string { return strings.ReplaceAll(s, "41", "43") })
	review := says(ana.Slash(ana.DM(), "admin reload").Reply(), "Answers that will be corrected: 1")
	ana.Clicks(review, "Confirm")
	says(review, "Done: version")
	says(old, "now reads: The lighthouse is 43 metres high.")
	says(ana.Slash(ana.DM(), "admin rollback").Reply(), "in service")
	s.stop()
	s.exits(t, done)
}

func TestServeEndsWhenDiscordClosesForGood(t *testing.T) {
	for _, code := range []int{discordtest.CloseAuthFailed, discordtest.CloseDisallowedIntents} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			d := discordtest.New(t)
			d.Gateway().Always(discordtest.CloseCode(code))
			s := startServe(t, nil, "DISCORD_TOKEN="+d.Token(), "ENLACE_DISCORD_API_BASE="+d.URL())
			s.exits(t, disconnected)
		})
	}
}
