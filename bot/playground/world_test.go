package playground_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"enlace/bot/discordtest"
	"enlace/bot/playground"
)

func TestMain(m *testing.M) {
	// A server that has refused a long request waits half a second before it hangs up.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

// world is a local Discord with a playground in front of it.
type world struct {
	t      *testing.T
	d      *discordtest.Discord
	page   *playground.Playground
	client *http.Client
}

func start(t *testing.T, choices ...func(*playground.Options)) *world {
	t.Helper()
	return startOn(t, discordtest.New(t, func(o *discordtest.Options) { o.Bot, o.Fail, o.Wait = "Enlace", playground.Refuse, time.Second }), choices...)
}

func startOn(t *testing.T, d *discordtest.Discord, choices ...func(*playground.Options)) *world {
	t.Helper()
	o := playground.Options{Discord: d}
	for _, choose := range choices {
		choose(&o)
	}
	page, err := playground.New(o)
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- page.Serve() }()
	transport := &http.Transport{}
	t.Cleanup(func() {
		if err := page.Close(); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
		transport.CloseIdleConnections()
	})
	return &world{t, d, page, &http.Client{Transport: transport, Timeout: 10 * time.Second}}
}

func (w *world) origin() string { return strings.TrimSuffix(w.page.URL(), "/") }

func (w *world) channel(name string) *discordtest.Channel {
	return w.d.Guild("Playground").Channel(name)
}

// ask makes a request as the page would, changed by alter.
func (w *world) ask(method, path string, body any, alter func(*http.Request)) (int, string, http.Header) {
	w.t.Helper()
	var in io.Reader
	if body != nil {
		data, isText := body.(string)
		if !isText {
			raw, err := json.Marshal(body)
			if err != nil {
				w.t.Fatal(err)
			}
			data = string(raw)
		}
		in = strings.NewReader(data)
	}
	req, err := http.NewRequest(method, w.origin()+path, in)
	if err != nil {
		w.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Origin", w.origin())
		req.Header.Set("Content-Type", "application/json")
	}
	if alter != nil {
		alter(req)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return resp.StatusCode, string(got), resp.Header
}

// tab is one tab of a browser.
type tab struct {
	*world
	token string
	name  string
}

func (w *world) tab(wish map[string]any) *tab {
	w.t.Helper()
	status, body, _ := w.ask("POST", "/session", wish, nil)
	var got struct {
		Token  string
		Person struct {
			Name   string
			Locale string
			Admin  bool
		}
	}
	if err := json.Unmarshal([]byte(body), &got); status != 200 || err != nil {
		w.t.Fatalf("%d %s", status, body)
	}
	return &tab{w, got.Token, got.Person.Name}
}

func (b *tab) act(deed string, body any) (int, string) {
	b.t.Helper()
	status, got, _ := b.ask("POST", "/act/"+deed, body, func(r *http.Request) { r.Header.Set("X-Playground-Session", b.token) })
	return status, got
}

// does acts, and fails the test where that is refused. It returns the field of the answer.
func (b *tab) does(deed string, body any, field string) string {
	b.t.Helper()
	status, got := b.act(deed, body)
	if status != 200 {
		b.t.Fatalf("%s %v: %d %s", deed, body, status, got)
	}
	var fields map[string]any
	if err := json.Unmarshal([]byte(got), &fields); err != nil {
		b.t.Fatal(err)
	}
	s, _ := fields[field].(string)
	return s
}

type event struct {
	id, kind string
	data     map[string]any
	raw      string
}

// stream is an open stream of events.
type stream struct {
	t     *testing.T
	lines *bufio.Scanner
	stop  context.CancelFunc
}

func (b *tab) follow() *stream {
	b.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	req, err := http.NewRequestWithContext(ctx, "GET", b.origin()+"/events?session="+b.token, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	resp, err := b.client.Do(req)
	if err != nil || resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		b.t.Fatalf("%v %v", resp, err)
	}
	b.t.Cleanup(func() {
		stop()
		resp.Body.Close()
	})
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 4<<20)
	return &stream{b.t, lines, stop}
}

// next reads the next event.
func (s *stream) next() event {
	s.t.Helper()
	e := event{}
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.raw = value
			_ = json.Unmarshal([]byte(value), &e.data) // lists and booleans stay raw
		case "":
			if e.kind != "" {
				return e
			}
		}
	}
	s.t.Fatalf("the stream ended: %v", s.lines.Err())
	return e
}

// until reads to the next event of a kind that fits.
func (s *stream) until(kind string, fits func(event) bool) event {
	s.t.Helper()
	for {
		if e := s.next(); e.kind == kind && (fits == nil || fits(e)) {
			return e
		}
	}
}

// registers gives the bot commands.
func (w *world) registers(commands ...map[string]any) {
	w.t.Helper()
	raw, err := json.Marshal(commands)
	if err != nil {
		w.t.Fatal(err)
	}
	req, err := http.NewRequest("PUT", w.d.URL()+"/api/v10/applications/"+w.d.ApplicationID()+"/commands", bytes.NewReader(raw))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+w.d.Token())
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	resp, err := w.d.Client().Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, _ := io.ReadAll(resp.Body); resp.StatusCode != 200 {
		w.t.Fatalf("%d %s", resp.StatusCode, got)
	}
}

// answers lets a bot that lives behind an HTTP endpoint answer uses: what it returns is the response, "" is silence.
func (w *world) answers(respond func(kind float64, data map[string]any) string) {
	w.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !discordgo.VerifyInteraction(r, w.d.PublicKey()) {
			rw.WriteHeader(http.StatusUnauthorized)
			return
		}
		var i struct {
			Type float64
			Data map[string]any
		}
		_ = json.NewDecoder(r.Body).Decode(&i) // the local Discord's own
		rw.Header().Set("Content-Type", "application/json")
		if i.Type == discordtest.InteractionPing {
			fmt.Fprint(rw, `{"type":1}`)
			return
		}
		fmt.Fprint(rw, respond(i.Type, i.Data))
	}))
	w.t.Cleanup(server.Close)
	if err := w.d.UseEndpoint(server.URL, server.Client()); err != nil {
		w.t.Fatal(err)
	}
}
