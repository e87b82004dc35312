package webhook_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"enlace/bot/webhook"
)

func TestMain(m *testing.M) {
	// A server that has refused a long request waits half a second before it hangs up.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("net/http.(*conn).closeWriteAndWait"))
}

var private = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

func publicKey() string { return hex.EncodeToString(private.Public().(ed25519.PublicKey)) }

func sign(timestamp string, body []byte) string {
	return hex.EncodeToString(ed25519.Sign(private, append([]byte(timestamp), body...)))
}

const secret = "aW50ZXJhY3Rpb246c2VjcmV0"

// command is a use of /ask in a guild.
func command(id string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"application_id":"100000000000000002","type":2,"token":%q,"version":1,"guild_id":"5","channel_id":"6","locale":"en-US",`+
		`"app_permissions":"8","member":{"user":{"id":"7","username":"ana"},"roles":[],"permissions":"8"},"data":{"id":"9","name":"ask","type":1,`+
		`"options":[{"name":"question","type":3,"value":"How high?"}]}}`, id, secret)
}

var ping = []byte(`{"id":"1","application_id":"100000000000000002","type":1,"token":"t","version":1}`)

// desk is a server with what came of its requests.
type desk struct {
	*webhook.Server
	mu       sync.Mutex
	taken    []*discordgo.Interaction
	accepted int
	refused  []webhook.Reason
	panics   int
	log      bytes.Buffer
	now      time.Time // zero = the system's
	handle   func(ctx context.Context, i *discordgo.Interaction)
}

func (d *desk) Interaction(ctx context.Context, i *discordgo.Interaction) {
	d.mu.Lock()
	d.taken = append(d.taken, i)
	d.mu.Unlock()
	if d.handle != nil {
		d.handle(ctx, i)
	}
}

func (d *desk) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.Write(p)
}

func (d *desk) logged() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.log.String()
}

func (d *desk) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.taken)
}

func newDesk(t testing.TB, l net.Listener, change ...func(*webhook.Options)) *desk {
	t.Helper()
	d := &desk{}
	o := webhook.Options{
		PublicKey: publicKey(), Handler: d, Log: slog.New(slog.NewTextHandler(d, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Now: func() time.Time {
			d.mu.Lock()
			defer d.mu.Unlock()
			if d.now.IsZero() {
				return time.Now()
			}
			return d.now
		},
		Accepted: func() { d.mu.Lock(); d.accepted++; d.mu.Unlock() },
		Refused:  func(r webhook.Reason) { d.mu.Lock(); d.refused = append(d.refused, r); d.mu.Unlock() },
		Panicked: func() { d.mu.Lock(); d.panics++; d.mu.Unlock() },
	}
	for _, f := range change {
		f(&o)
	}
	if l == nil {
		l = newPipes()
	}
	var err error
	if d.Server, err = webhook.New(l, o); err != nil {
		t.Fatal(err)
	}
	return d
}

// closes ends the server and waits for its handlers.
func (d *desk) closes(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := d.Close(ctx); err != nil {
		t.Errorf("close: %v", err)
	}
}

func (d *desk) last() webhook.Reason {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.refused) == 0 {
		return ""
	}
	return d.refused[len(d.refused)-1]
}

// request is an interaction as Discord sends it now.
func request(body []byte) *http.Request { return requestAt(body, time.Now()) }

func requestAt(body []byte, at time.Time) *http.Request {
	r := httptest.NewRequest(http.MethodPost, webhook.Path, bytes.NewReader(body))
	timestamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", timestamp)
	r.Header.Set("X-Signature-Ed25519", sign(timestamp, body))
	return r
}

// answer lets the server answer a request without a connection.
func (d *desk) answer(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

// pipes is a listener of connections in memory.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.done) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }

func (p *pipes) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case p.conns <- server:
		return client, nil
	case <-p.done:
		return nil, io.ErrClosedPipe
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// client is an HTTP client of what listens there.
func (p *pipes) client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: p.Dial, DisableKeepAlives: true}}
}

// outgoing turns a request into one that a client sends.
func outgoing(r *http.Request) *http.Request {
	r.RequestURI, r.URL.Scheme, r.URL.Host = "", "http", "enlace.test"
	return r
}

// serving starts a server on connections in memory; stop ends it.
func serving(t testing.TB, change ...func(*webhook.Options)) (d *desk, p *pipes, stop func()) {
	t.Helper()
	p = newPipes()
	d = newDesk(t, p, change...)
	ended := make(chan error, 1)
	go func() { ended <- d.Serve() }()
	return d, p, func() {
		t.Helper()
		d.closes(t)
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	}
}

// heap is what is alive now.
func heap() uint64 {
	var m runtime.MemStats
	for range 3 { // pools keep their things for two
		runtime.GC()
	}
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// allocated is what was ever allocated.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func ids(list []*discordgo.Interaction) (out []string) {
	for _, i := range list {
		out = append(out, i.ID)
	}
	slices.Sort(out)
	return out
}
