package discordtest

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	maxPayload  = 4096 // bytes a client may send; events/gateway, "Sending Events"
	maxSends    = 120  // per connection and sendWindow
	sendWindow  = time.Minute
	lingerClose = time.Second // how long the peer may take to answer a close frame
)

// conn is one websocket connection. Fields below mu are guarded by Discord.mu.
type conn struct {
	d   *Discord
	ws  *websocket.Conn
	raw net.Conn
	out outbox

	session   *session
	fault     ConnFault
	sends     []time.Time
	beat      func() bool // stops the heartbeat timer
	muted     bool        // nothing is sent any more
	closing   bool        // the server has sent a close frame
	version   int
	connected time.Time
}

// frame is one thing to write: a message, a close frame, or the end.
type frame struct {
	data   []byte
	binary bool
	code   int
	drop   bool
	// partial are bytes for the wire itself: a frame that announces more than it holds.
	partial bool
}

// outbox is an unbounded queue, so that a client that does not read never blocks Discord.
type outbox struct {
	mu    sync.Mutex
	queue []frame
	wake  chan struct{}
}

func (o *outbox) put(f frame) {
	o.mu.Lock()
	o.queue = append(o.queue, f)
	o.mu.Unlock()
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

func (o *outbox) take() []frame {
	o.mu.Lock()
	defer o.mu.Unlock()
	batch := o.queue
	o.queue = nil
	return batch
}

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

// serveGateway answers a websocket request: Hello first, then whatever the client says.
func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	fault := d.gateway.nextFault()
	d.mu.Unlock()
	if fault.refuse != 0 {
		http.Error(w, http.StatusText(fault.refuse), fault.refuse)
		return
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{d: d, ws: ws, raw: ws.NetConn(), fault: fault, out: outbox{wake: make(chan struct{}, 1)}}
	c.version, _ = strconv.Atoi(r.URL.Query().Get("v"))
	ws.SetReadLimit(1 << 20)
	ws.SetCloseHandler(func(int, string) error { return nil })
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() { c.write(stop) })
	if d.gateway.open(c, r.URL.Path) {
		c.read()
	}
	d.gateway.closed(c)
	close(stop)
	_ = ws.Close()
	writer.Wait()
}

// open takes the connection in and says Hello; it reports false when the server is stopping.
func (g *Gateway) open(c *conn, path string) bool {
	d := g.d
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.done:
		return false
	default:
	}
	c.connected = d.opts.Clock.Now()
	g.conns[c] = true
	g.total++
	g.paths = append(g.paths, path)
	d.changed.fire()
	c.begin()
	return true
}

// begin is the first thing that a connection hears.
func (c *conn) begin() {
	f := c.fault
	if f.silent {
		return
	}
	if f.at == beforeHello && f.acts() {
		c.applyFault()
		return
	}
	if c.version != 0 && (c.version < 6 || c.version > 10) {
		c.close(CloseInvalidVersion)
		return
	}
	c.send(object{"op": opHello, "s": nil, "t": nil, "d": object{"heartbeat_interval": c.d.opts.Heartbeat.Milliseconds(), "_trace": []string{"local"}}})
	c.expectBeat()
	if f.at == afterHello && f.acts() {
		c.applyFault()
	}
}

// expectBeat ends the connection when no heartbeat comes for one and a half intervals.
func (c *conn) expectBeat() {
	if c.beat != nil {
		c.beat()
	}
	c.beat = c.d.opts.Clock.AfterFunc(c.d.opts.Heartbeat*3/2, func() {
		c.d.mu.Lock()
		defer c.d.mu.Unlock()
		if !c.muted {
			c.close(CloseSessionTimedOut)
		}
	})
}

// read handles what the client sends until the connection ends.
func (c *conn) read() {
	for {
		_, data, err := c.ws.ReadMessage()
		c.d.mu.Lock()
		if err != nil {
			c.ended(err)
			c.d.mu.Unlock()
			c.linger(err)
			return
		}
		if !c.closing && !c.fault.silent {
			c.receive(data)
		}
		c.d.mu.Unlock()
	}
}

// linger leaves it to a client that has said goodbye to hang up, in memory mode. discordgo sleeps between the two with
// its lock held, and in a synctest bubble a second goroutine that then waits for the lock would stop time for good.
func (c *conn) linger(err error) {
	var goodbye *websocket.CloseError
	if !c.d.opts.Memory || !errors.As(err, &goodbye) || goodbye.Code == websocket.CloseAbnormalClosure {
		return
	}
	_ = c.raw.SetReadDeadline(time.Now().Add(2 * lingerClose))
	_, _ = io.Copy(io.Discard, c.raw)
}

// ended keeps the session for a resume, unless the client closed with 1000 or 1001.
func (c *conn) ended(err error) {
	if c.beat != nil {
		c.beat()
	}
	s := c.session
	if s == nil || s.conn != c {
		return
	}
	s.conn, s.lost = nil, c.d.opts.Clock.Now()
	if !c.closing && websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway) {
		delete(c.d.gateway.sessions, s.id)
	}
}

func (g *Gateway) closed(c *conn) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	delete(g.conns, c)
	g.d.changed.fire()
	g.d.emit(Event{Kind: EventDisconnected, User: g.d.bot})
}

// receive handles one message of the client; the lock is held.
func (c *conn) receive(data []byte) {
	now := c.d.opts.Clock.Now()
	if len(data) > maxPayload {
		c.close(CloseDecodeError)
		return
	}
	c.sends = slices.DeleteFunc(append(c.sends, now), func(t time.Time) bool { return now.Sub(t) >= sendWindow })
	if len(c.sends) > maxSends {
		c.close(CloseRateLimited)
		return
	}
	var in struct {
		Op *int            `json:"op"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(data, &in) != nil || in.Op == nil {
		c.close(CloseDecodeError)
		return
	}
	c.d.gateway.record(c, *in.Op, in.D)
	c.handle(*in.Op, in.D)
}

func (c *conn) handle(op int, data json.RawMessage) {
	switch op {
	case opHeartbeat:
		c.heartbeat(data)
	case opIdentify:
		c.identify(data)
	case opResume:
		c.resume(data)
	case opPresence, opVoice, opMembers, opSoundboard:
		if c.session == nil {
			c.close(CloseNotAuthenticated)
		}
	default:
		c.close(CloseUnknownOpcode)
	}
}

func (c *conn) heartbeat(data json.RawMessage) {
	c.expectBeat()
	if c.d.gateway.noAck || c.fault.noAck {
		return
	}
	c.send(object{"op": opAck, "s": nil, "t": nil, "d": nil})
}

// send queues one message; the lock is held.
func (c *conn) send(o object) {
	data, err := json.Marshal(o)
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	c.sendRaw(data, false)
}

func (c *conn) sendRaw(data []byte, binary bool) {
	if !c.closing && !c.muted {
		c.out.put(frame{data: data, binary: binary})
	}
}

// close sends a close frame and waits, a little, for the client's.
func (c *conn) close(code int) {
	if c.closing {
		return
	}
	c.closing = true
	if s := c.session; s != nil && s.conn == c {
		s.conn, s.lost = nil, c.d.opts.Clock.Now()
		if ends(code) {
			delete(c.d.gateway.sessions, s.id)
		}
	}
	c.out.put(frame{code: code})
}

// ends reports whether a session is over after the server closed with code.
func ends(code int) bool {
	return code == CloseInvalidSeq || code == CloseSessionTimedOut || code == CloseNotAuthenticated || Fatal(code)
}

// Fatal reports whether a client must not reconnect after this close code (topics/opcodes-and-status-codes).
func Fatal(code int) bool {
	return code == CloseAuthFailed || code >= CloseInvalidShard && code <= CloseDisallowedIntents
}

// drop ends the TCP connection without a word, also while a write is stuck.
func (c *conn) drop() {
	c.muted = true
	c.cut()
}

func (c *conn) cut() {
	if tcp, ok := c.raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset, not an orderly end
	}
	_ = c.raw.Close()
}

func (c *conn) write(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-c.out.wake:
		}
		for _, f := range c.out.take() {
			c.writeFrame(f)
		}
	}
}

func (c *conn) writeFrame(f frame) {
	switch {
	case f.drop:
		c.cut()
	case f.code != 0:
		message := websocket.FormatCloseMessage(f.code, closeText[f.code])
		_ = c.ws.WriteControl(websocket.CloseMessage, message, time.Now().Add(lingerClose))
		_ = c.ws.SetReadDeadline(time.Now().Add(lingerClose))
	case f.partial:
		_, _ = c.raw.Write(f.data)
	case f.binary:
		_ = c.ws.WriteMessage(websocket.BinaryMessage, f.data)
	default:
		_ = c.ws.WriteMessage(websocket.TextMessage, f.data)
	}
}

var closeText = map[int]string{
	CloseUnknownError: "Unknown error.", CloseUnknownOpcode: "Unknown opcode.", CloseDecodeError: "Error while decoding payload.",
	CloseNotAuthenticated: "Not authenticated.", CloseAuthFailed: "Authentication failed.", CloseAlreadyAuthenticated: "Already authenticated.",
	CloseInvalidSeq: "Invalid seq.", CloseRateLimited: "Rate limited.", CloseSessionTimedOut: "Session timed out.",
	CloseInvalidShard: "Invalid shard.", CloseShardingRequired: "Sharding required.", CloseInvalidVersion: "Invalid API version.",
	CloseInvalidIntents: "Invalid intent(s).", CloseDisallowedIntents: "Disallowed intent(s).",
}
