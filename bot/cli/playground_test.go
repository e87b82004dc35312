package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// played is a running `enlace playground`.
type played struct {
	tb     testing.TB
	url    string
	stderr *syncBuffer
	stop   context.CancelFunc
	code   chan int
}

// startPlayground starts it and waits until its page's address is printed, or it ends.
func startPlayground(tb testing.TB, args []string, environ ...string) *played {
	tb.Helper()
	p := &played{tb: tb, stderr: &syncBuffer{}, code: make(chan int, 1)}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	tb.Cleanup(stop)
	out, in := io.Pipe()
	env := Env{Stdin: strings.NewReader(""), Stdout: in, Stderr: p.stderr, Environ: append([]string{"HOME=" + tb.TempDir()}, environ...), Dir: tb.TempDir()}
	go func() {
		p.code <- Run(ctx, append([]string{"playground"}, args...), env)
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	if lines.Scan() {
		p.url = lines.Text()
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return p
}

func (p *played) exits(want int) {
	p.tb.Helper()
	select {
	case got := <-p.code:
		if got != want {
			p.tb.Errorf("exit code %d, want %d\n%s", got, want, p.stderr)
		}
	case <-time.After(20 * time.Second):
		p.tb.Fatalf("it does not end\n%s", p.stderr)
	}
}

// post sends what the page would.
func (p *played) post(path, token string, body any) (got map[string]any) {
	p.tb.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		p.tb.Fatal(err)
	}
	req, err := http.NewRequest("POST", strings.TrimSuffix(p.url, "/")+path, strings.NewReader(string(data)))
	if err != nil {
		p.tb.Fatal(err)
	}
	req.Header.Set("Origin", strings.TrimSuffix(p.url, "/"))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Playground-Session", token)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 5 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		p.tb.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || resp.StatusCode != 200 {
		p.tb.Fatalf("%s: %d %v %v", path, resp.StatusCode, got, err)
	}
	return got
}

// watch reads the events of a tab until one fits, and returns its kind and data.
func (p *played) watch(token string, fits func(kind, data string) bool) (data string) {
	p.tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", p.url+"events?session="+token, nil)
	if err != nil {
		p.tb.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		p.tb.Fatal(err)
	}
	defer resp.Body.Close()
	lines, kind := bufio.NewScanner(resp.Body), ""
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		if value, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			kind = value
		}
		if value, ok := strings.CutPrefix(lines.Text(), "data: "); ok && fits(kind, value) {
			return value
		}
	}
	p.tb.Fatalf("the stream ended: %v\n%s", lines.Err(), p.stderr)
	return ""
}

// arrives waits until the bot is there with its commands, and returns a tab's token and what it sees.
func (p *played) arrives() (token string, state map[string]any) {
	p.tb.Helper()
	token, _ = p.post("/session", "", map[string]any{"name": "Ana"})["token"].(string)
	p.watch(token, func(kind, data string) bool {
		return (kind == "state" || kind == "commands") && strings.Contains(data, `"path":"ask"`)
	})
	first := p.watch(token, func(kind, _ string) bool { return kind == "state" })
	if err := json.Unmarshal([]byte(first), &state); err != nil {
		p.tb.Fatal(err)
	}
	return token, state
}

func TestPlaygroundAnswersAQuestionOverARealConnection(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	p := startPlayground(t, []string{"--admin", "Ana", "--facts", filepath.Join(mustGetwd(t), "testdata/facts")})
	if !strings.HasPrefix(p.url, "http://127.0.0.1:") {
		t.Fatalf("it prints %q\n%s", p.url, p.stderr)
	}
	token, state := p.arrives()
	if person := state["person"].(map[string]any); person["admin"] != true {
		t.Errorf("Ana is %v", person)
	}
	dm := ""
	for _, c := range state["channels"].([]any) {
		if v := c.(map[string]any); v["kind"] == "dm" {
			dm = v["id"].(string)
		}
	}
	asked := p.post("/act/say", token, map[string]any{"channel": dm, "text": "How high is the lighthouse?"})["message"].(string)
	got := p.watch(token, func(_, data string) bool { return strings.Contains(data, "41 metres high. [1]") })
	if !strings.Contains(got, asked) {
		t.Errorf("the answer is no reply to %s: %s", asked, got)
	}
	if kept, _ := filepath.Glob(filepath.Join(temp, "enlace-playground-*")); len(kept) != 1 {
		t.Errorf("what the bot keeps is in %v", kept)
	}
	p.stop()
	p.exits(done)
	if kept, _ := filepath.Glob(filepath.Join(temp, "enlace-playground-*")); len(kept) != 0 {
		t.Errorf("it leaves %v", kept)
	}
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPlaygroundKeepsStateWhereItIsTold(t *testing.T) {
	temp, kept := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	p := startPlayground(t, []string{"--facts", filepath.Join(mustGetwd(t), "testdata/facts")}, "ENLACE_STATE_DIR="+kept)
	p.arrives()
	p.stop()
	p.exits(done)
	if made, _ := filepath.Glob(filepath.Join(temp, "enlace-playground-*")); len(made) != 0 {
		t.Errorf("%v", made)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}

func TestPlaygroundSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"an address for everybody", []string{"--listen", "0.0.0.0:8900"}, misused, "this machine alone"},
		{"no address", []string{"--listen", "8900"}, misused, "127.0.0.1:8900"},
		{"no facts", []string{"--facts", t.TempDir()}, invalid, "fact"},
		{"an argument", []string{"now"}, misused, "now"},
	} {
		p := startPlayground(t, c.args)
		p.exits(c.code)
		if !strings.Contains(p.stderr.String(), c.says) {
			t.Errorf("%s: it does not say %q:\n%s", c.name, c.says, p.stderr)
		}
	}
}

// BenchmarkPlaygroundStart is the time from the command to a bot that is connected, with its commands, and a page that shows them: it has to
// be below a second.
func BenchmarkPlaygroundStart(b *testing.B) {
	for b.Loop() {
		p := startPlayground(b, nil)
		p.arrives()
		b.StopTimer()
		p.stop()
		p.exits(done)
		b.StartTimer()
	}
}
