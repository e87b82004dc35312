package cli

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// syncBuffer is a buffer that a running program writes and a test reads.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// waitFor waits until the buffer holds text.
func (b *syncBuffer) waitFor(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !strings.Contains(b.String(), text); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%q does not appear in\n%s", text, b)
		}
	}
}

const testToken = "MTAwMDAwMDAwMDAwMDAwMDAx.GdtLoc.not-a-real-secret-0123456789abcdef"

// served is a running `enlace serve`.
type served struct {
	stderr *syncBuffer
	stop   context.CancelFunc
	code   chan int
}

func startServe(t *testing.T, args []string, environ ...string) *served {
	t.Helper()
	s := &served{stderr: &syncBuffer{}, code: make(chan int, 1)}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.Background())
	environ = append([]string{"HOME=" + t.TempDir(), "ENLACE_STATE_DIR=" + t.TempDir(), "ENLACE_HTTP_LISTEN="}, environ...)
	env := Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: s.stderr, Environ: environ, Dir: t.TempDir()}
	go func() { s.code <- Run(ctx, append([]string{"serve"}, args...), env) }()
	t.Cleanup(s.stop)
	return s
}

func (s *served) exits(t *testing.T, want int) {
	t.Helper()
	select {
	case got := <-s.code:
		if got != want {
			t.Errorf("exit code %d, want %d\n%s", got, want, s.stderr)
		}
	case <-time.After(20 * time.Second):
		t.Fatalf("it does not end\n%s", s.stderr)
	}
	if strings.Contains(s.stderr.String(), testToken[30:]) {
		t.Errorf("the token is in the log:\n%s", s.stderr)
	}
}

func TestServeSaysWhatIsMissing(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		name    string
		args    []string
		environ []string
		code    int
		says    string
	}{
		{"no token", nil, nil, misused, "DISCORD_TOKEN"},
		{"no facts", []string{"--facts", t.TempDir()}, []string{"DISCORD_TOKEN=" + testToken}, invalid, "fact"},
		{"address in use", nil, []string{"DISCORD_TOKEN=" + testToken, "ENLACE_HTTP_LISTEN=" + taken.Addr().String()}, failed, "http.listen"},
		{"nothing to ask for its health", []string{"--health"}, nil, misused, "http.listen"},
		{"nobody is there", []string{"--health"}, []string{"ENLACE_HTTP_LISTEN=127.0.0.1:1"}, failed, "not healthy"},
		{"an argument", []string{"now"}, nil, misused, "now"},
	} {
		s := startServe(t, c.args, c.environ...)
		s.exits(t, c.code)
		if !strings.Contains(s.stderr.String(), c.says) {
			t.Errorf("%s: it does not say %q:\n%s", c.name, c.says, s.stderr)
		}
	}
}

func TestServeEndsWithItsOwnCodeWhenDiscordRefusesTheToken(t *testing.T) {
	discord := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"message":"401: Unauthorized","code":0}`)
	}))
	defer discord.Close()
	s := startServe(t, nil, "DISCORD_TOKEN="+testToken, "ENLACE_DISCORD_API_BASE="+discord.URL)
	s.exits(t, disconnected)
}

func TestServeHelpNamesTheExitCodes(t *testing.T) {
	var out bytes.Buffer
	env := Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: io.Discard}
	if code := Run(context.Background(), []string{"serve", "--help"}, env); code != done {
		t.Fatalf("exit code %d", code)
	}
	for _, want := range []string{"3 invalid fact base", "4 Discord ended the connection for good", "SIGHUP"} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), want) {
			t.Errorf("%q is missing", want)
		}
	}
}
