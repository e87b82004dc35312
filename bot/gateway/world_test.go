package gateway

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testToken = "MTA.secret-bot-token.xyz"

// world is a scripted Discord for tests in a synctest bubble: its network is net.Pipe, its REST a
// function. serve is called for each websocket, n from 0, after the upgrade.
type world struct {
	t     *testing.T
	serve func(n int, p *peer)
	dial  DialFunc // nil: a pipe to serve
	// secure wraps the server's end; nil: no TLS.
	secure func(net.Conn) net.Conn
	rest   func(r *http.Request) (*http.Response, error) // nil, or nil response: the default

	mu    sync.Mutex
	info  GatewayInfo
	dials []time.Time
	urls  []string
	peers []*peer
	asked int // /gateway/bot
	logs  bytes.Buffer
	hooks hookLog
}

type hookLog struct {
	mu     sync.Mutex
	alerts []string
	panics []string
	sheds  []Reason
	rest   []int
}

func newWorld(t *testing.T, serve func(n int, p *peer)) *world {
	w := &world{t: t, serve: serve}
	w.info.URL = "ws://gateway.test"
	w.info.Shards = 1
	w.info.Starts.Total, w.info.Starts.Remaining, w.info.Starts.MaxConcurrency = 1000, 1000, 1
	return w
}

func (w *world) options() Options {
	return Options{
		Token: testToken, HTTP: transport(w.roundTrip), Dial: w.connect,
		Log: slog.New(slog.NewTextHandler(lockedWriter{w}, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Hooks: Hooks{
			Alert: func(what string) {
				w.hooks.mu.Lock()
				w.hooks.alerts = append(w.hooks.alerts, what)
				w.hooks.mu.Unlock()
			},
			Panic: func(event string) {
				w.hooks.mu.Lock()
				w.hooks.panics = append(w.hooks.panics, event)
				w.hooks.mu.Unlock()
			},
			Shed: func(_ string, why Reason) {
				w.hooks.mu.Lock()
				w.hooks.sheds = append(w.hooks.sheds, why)
				w.hooks.mu.Unlock()
			},
			REST: func(_ string, status int, _ time.Duration) {
				w.hooks.mu.Lock()
				w.hooks.rest = append(w.hooks.rest, status)
				w.hooks.mu.Unlock()
			},
		},
	}
}

type lockedWriter struct{ w *world }

func (l lockedWriter) Write(p []byte) (int, error) {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	return l.w.logs.Write(p)
}

func (w *world) log() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.logs.String()
}

func (w *world) alerts() []string {
	w.hooks.mu.Lock()
	defer w.hooks.mu.Unlock()
	return append([]string(nil), w.hooks.alerts...)
}

type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	return f(r)
}

func (w *world) roundTrip(r *http.Request) (*http.Response, error) {
	if w.rest != nil {
		if resp, err := w.rest(r); resp != nil || err != nil {
			return resp, err
		}
	}
	if strings.HasSuffix(r.URL.Path, "/gateway/bot") {
		w.mu.Lock()
		w.asked++
		info := w.info
		w.mu.Unlock()
		return answer(200, info), nil
	}
	return answer(200, map[string]any{"id": "77", "channel_id": "5"}), nil
}

// answer makes a response; headers are name, value, name, value, …
func answer(status int, body any, headers ...string) *http.Response {
	var b []byte
	switch v := body.(type) {
	case nil:
	case string:
		b = []byte(v)
	default:
		b = mustJSON(v)
	}
	resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(b))}
	for i := 0; i < len(headers); i += 2 {
		resp.Header.Set(headers[i], headers[i+1])
	}
	return resp
}

func (w *world) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	w.mu.Lock()
	w.dials = append(w.dials, time.Now())
	w.urls = append(w.urls, addr)
	n := len(w.dials) - 1
	w.mu.Unlock()
	if w.dial != nil {
		return w.dial(ctx, network, addr)
	}
	return w.pipe(n), nil
}

func (w *world) pipe(n int) net.Conn {
	client, server := net.Pipe()
	if w.secure != nil {
		server = w.secure(server)
	}
	p := &peer{conn: server, in: bufio.NewReader(server)}
	w.mu.Lock()
	w.peers = append(w.peers, p)
	w.mu.Unlock()
	go func() {
		defer server.Close()
		defer func() {
			if r := recover(); r != nil && r != errPeerGone {
				panic(r)
			}
		}()
		p.upgrade()
		w.serve(n, p)
	}()
	return client
}

func (w *world) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.dials)
}

// run starts a gateway and returns it with a function that stops it and returns Run's error.
func (w *world) run(h Handler, change ...func(*Options)) (*Gateway, func() error) {
	w.t.Helper()
	o := w.options()
	for _, c := range change {
		c(&o)
	}
	g, err := New(o, h)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	result := make(chan error, 1)
	go func() { result <- g.Run(ctx) }()
	return g, func() error {
		cancel()
		return <-result
	}
}

// peer is the server's end of one websocket.
type peer struct {
	conn net.Conn
	in   *bufio.Reader
	buf  []byte

	mu       sync.Mutex
	got      []sentMessage // text messages from the client
	closed   int           // the client's close code; 0 = none came
	closedAt time.Time
}

type sentMessage struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	at time.Time
}

var errPeerGone = errors.New("the client has gone")

func (p *peer) upgrade() {
	r, err := http.ReadRequest(p.in)
	p.must(err)
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	p.raw([]byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"))
}

func (p *peer) must(err error) {
	if err != nil {
		panic(errPeerGone)
	}
}

func (p *peer) raw(b []byte) {
	_, err := p.conn.Write(b)
	p.must(err)
}

func (p *peer) text(s string) {
	p.raw(appendReceived(nil, frame{final: true, op: opText, payload: []byte(s)}))
}

func (p *peer) send(op int, d any) { p.text(fmt.Sprintf(`{"op":%d,"d":%s}`, op, mustJSON(d))) }
func (p *peer) event(s int, name string, d any) {
	p.text(fmt.Sprintf(`{"op":0,"s":%d,"t":%q,"d":%s}`, s, name, mustJSON(d)))
}
func (p *peer) hello(interval time.Duration) {
	p.send(opHello, map[string]any{"heartbeat_interval": interval.Milliseconds()})
}

func (p *peer) close(code int) { p.raw(appendReceived(nil, closeFrame(code))) }

func (p *peer) ready(id string) {
	p.event(1, "READY", map[string]any{
		"v": 9, "session_id": id, "resume_gateway_url": "ws://resume.test",
		"user": map[string]any{"id": "1", "username": "bot", "bot": true}, "guilds": []any{map[string]any{"id": "9", "unavailable": true}},
		"application": map[string]any{"id": "2", "flags": 0},
	})
}

// next returns the client's next text message; it ends the script when the client has gone.
func (p *peer) next() sentMessage {
	for {
		f, n, err := parseSent(p.buf)
		if errors.Is(err, errTruncated) {
			chunk := make([]byte, 4096)
			n, err := p.in.Read(chunk)
			p.must(err)
			p.buf = append(p.buf, chunk[:n]...)
			continue
		}
		p.must(err)
		p.buf = p.buf[n:]
		switch f.op {
		case opClose:
			p.mu.Lock()
			if p.closed == 0 { // the first one counts
				p.closed, _ = closeCode(f.payload)
				p.closedAt = time.Now()
			}
			p.mu.Unlock()
		case opText:
			var m sentMessage
			if json.Unmarshal(f.payload, &m) != nil {
				panic("the client sent no JSON")
			}
			m.at = time.Now()
			p.mu.Lock()
			p.got = append(p.got, m)
			p.mu.Unlock()
			return m
		}
	}
}

// await returns the next message with op, acknowledging heartbeats on the way.
func (p *peer) await(op int) sentMessage {
	for {
		m := p.next()
		if m.Op == opHeartbeat {
			p.ack()
		}
		if m.Op == op {
			return m
		}
	}
}

// ack answers a heartbeat without waiting for the client to read it: it may be writing.
func (p *peer) ack() { p.send(opAck, nil) }

// live answers heartbeats until the client goes.
func (p *peer) live() {
	for {
		if p.next().Op == opHeartbeat {
			p.ack()
		}
	}
}

// begin does the usual start: HELLO, Identify or Resume, READY or RESUMED. It returns the opcode.
func (p *peer) begin(id string) int {
	p.hello(40 * time.Second)
	for {
		switch m := p.next(); m.Op {
		case opIdentify:
			p.ready(id)
			return opIdentify
		case opResume:
			p.event(100, "RESUMED", struct{}{})
			return opResume
		}
	}
}

// ops lists the opcodes of a connection's client without heartbeats.
func (p *peer) ops() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []int
	for _, m := range p.got {
		if m.Op != opHeartbeat {
			out = append(out, m.Op)
		}
	}
	return out
}

func (p *peer) closeCode() (int, time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed, p.closedAt
}

func (w *world) peer(n int) *peer {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n >= len(w.peers) {
		w.t.Helper()
		w.t.Fatalf("there were %d connections, want more than %d", len(w.peers), n)
	}
	return w.peers[n]
}

// recorder is a Handler that writes down what it gets, and may do more.
type recorder struct {
	mu     sync.Mutex
	got    []string
	onI    func(context.Context, *discordgo.Interaction)
	onM    func(context.Context, *discordgo.Message)
	onShed func(context.Context, Reason, *discordgo.Interaction, *discordgo.Message)
}

func (r *recorder) add(s string) {
	r.mu.Lock()
	r.got = append(r.got, s)
	r.mu.Unlock()
}

func (r *recorder) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.got...)
}

func (r *recorder) count(what string) int {
	n := 0
	for _, s := range r.list() {
		if s == what {
			n++
		}
	}
	return n
}

func (r *recorder) Ready(_ context.Context, d *discordgo.Ready) { r.add("ready " + d.SessionID) }
func (r *recorder) Interaction(ctx context.Context, i *discordgo.Interaction) {
	r.add("interaction " + i.ID)
	if r.onI != nil {
		r.onI(ctx, i)
	}
}
func (r *recorder) MessageCreate(ctx context.Context, m *discordgo.Message) {
	r.add("message " + m.ID)
	if r.onM != nil {
		r.onM(ctx, m)
	}
}
func (r *recorder) MessageUpdate(_ context.Context, m *discordgo.Message) { r.add("update " + m.ID) }
func (r *recorder) MessageDelete(_ context.Context, channel, id string) {
	r.add("delete " + channel + "/" + id)
}
func (r *recorder) Shed(ctx context.Context, why Reason, i *discordgo.Interaction, m *discordgo.Message) {
	id := ""
	if i != nil {
		id = i.ID
	} else {
		id = m.ID
	}
	r.add("shed " + string(why) + " " + id)
	if r.onShed != nil {
		r.onShed(ctx, why, i, m)
	}
}

func interaction(id string) map[string]any {
	return map[string]any{
		"id": id, "application_id": "2", "type": 2, "token": "interaction-token-" + id, "version": 1, "channel_id": "5",
		"data": map[string]any{"id": "3", "name": "ask", "type": 1},
	}
}

func chat(id string) map[string]any {
	return map[string]any{"id": id, "channel_id": "5", "content": "hi", "author": map[string]any{"id": "8", "username": "u"}}
}

// bubble runs f in a synctest bubble with a world.
func bubble(t *testing.T, serve func(n int, p *peer), f func(t *testing.T, w *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, newWorld(t, serve)) })
}
