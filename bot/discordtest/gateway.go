package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Gateway scripts the faults of the gateway and tells what happened on it.
type Gateway struct {
	d *Discord

	// guarded by Discord.mu
	conns      map[*conn]bool
	sessions   map[string]*session
	script     []ConnFault
	always     *ConnFault
	identified map[int]time.Time
	received   []Received
	paths      []string
	total      int
	starts     int // of the day that began at firstStart
	firstStart time.Time
	identifies int
	resumes    int
	early      int
	twice      int
	noAck      bool
	revoked    bool
}

func newGateway(d *Discord) *Gateway {
	return &Gateway{d: d, conns: map[*conn]bool{}, sessions: map[string]*session{}, identified: map[int]time.Time{}}
}

// Received is one message that a client sent.
type Received struct {
	At         time.Time
	Op         int
	Data       json.RawMessage
	Connection int // the number of the connection, from 1
}

func (g *Gateway) record(c *conn, op int, data json.RawMessage) {
	g.received = append(g.received, Received{At: g.d.opts.Clock.Now(), Op: op, Data: data, Connection: g.total})
	if keep := g.d.opts.Keep; len(g.received) > 2*keep {
		g.received = slices.Clone(g.received[len(g.received)-keep:])
	}
	g.d.changed.fire()
}

// resetAfter is how long it takes until the day's identifies are renewed.
func (g *Gateway) resetAfter() time.Duration {
	if g.firstStart.IsZero() {
		return 0
	}
	return max(24*time.Hour-g.d.opts.Clock.Now().Sub(g.firstStart), 0)
}

// countStart counts an identify of the day; it reports false when there are none left.
func (g *Gateway) countStart() bool {
	if g.resetAfter() == 0 {
		g.firstStart, g.starts = g.d.opts.Clock.Now(), 0
	}
	g.starts++
	g.identifies++
	return g.starts <= g.d.opts.SessionStarts
}

// UseStarts takes n identifies from the day's stock, as if the bot had started n times.
func (g *Gateway) UseStarts(n int) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	if g.resetAfter() == 0 {
		g.firstStart, g.starts = g.d.opts.Clock.Now(), 0
	}
	g.starts += n
}

// Next scripts the next connections: one fault for each, in order; later ones are fine again.
func (g *Gateway) Next(faults ...ConnFault) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.script = append(g.script, faults...)
}

// Always gives every connection without a script this fault, until Always(Fine()).
func (g *Gateway) Always(f ConnFault) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.always = &f
}

func (g *Gateway) nextFault() ConnFault {
	switch {
	case len(g.script) > 0:
		f := g.script[0]
		g.script = g.script[1:]
		return f
	case g.always != nil:
		return *g.always
	}
	return ConnFault{}
}

// each calls f for every connection that is open.
func (g *Gateway) each(f func(*conn)) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for c := range g.conns {
		if !c.closing {
			f(c)
		}
	}
}

// Reconnect sends op 7 to every connection.
func (g *Gateway) Reconnect() {
	g.each(func(c *conn) { c.send(object{"op": opReconnect, "s": nil, "t": nil, "d": nil}) })
}

// Invalidate sends op 9 to every connection and, unless resumable, forgets the sessions.
func (g *Gateway) Invalidate(resumable bool) { g.each(func(c *conn) { c.invalidate(resumable) }) }

// CloseAll closes every connection with code.
func (g *Gateway) CloseAll(code int) { g.each(func(c *conn) { c.close(code) }) }

// Drop cuts every TCP connection; sessions can be resumed.
func (g *Gateway) Drop() { g.each((*conn).drop) }

// DropMidFrame cuts every TCP connection in the middle of a message.
func (g *Gateway) DropMidFrame() {
	g.each(func(c *conn) {
		c.muted = true
		go func() {
			_, _ = c.raw.Write([]byte{0x81, 0x7e, 0x01, 0x00, '{', '"', 'o'})
			c.out.put(frame{drop: true})
		}()
	})
}

// Mute lets every connection go dead without an end (half open): nothing is sent, not even answers to heartbeats.
func (g *Gateway) Mute() { g.each(func(c *conn) { c.muted = true; c.fault.silent = true }) }

// Acks switches the answers to heartbeats on or off, for all connections.
func (g *Gateway) Acks(on bool) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.noAck = !on
}

// AskHeartbeat sends op 1: the client has to send a heartbeat at once.
func (g *Gateway) AskHeartbeat() {
	g.each(func(c *conn) { c.send(object{"op": opHeartbeat, "s": nil, "t": nil, "d": nil}) })
}

// Duplicate delivers each of the next n events twice, with the same sequence number.
func (g *Gateway) Duplicate(n int) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	g.twice = n
}

// Send dispatches any event to every session, known to Discord or not.
func (g *Gateway) Send(name string, data any) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for _, s := range g.sessions {
		s.dispatch(name, data)
	}
}

// Raw writes bytes to every connection as one websocket message: malformed JSON, or (binary) zlib data.
func (g *Gateway) Raw(data []byte, binary bool) { g.each(func(c *conn) { c.sendRaw(data, binary) }) }

// SkipSequence leaves a gap of n in the sequence numbers of every session.
func (g *Gateway) SkipSequence(n int) {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	for _, s := range g.sessions {
		s.seq += int64(n)
	}
}

// ForgetSessions makes every later resume fail with op 9 false.
func (g *Gateway) ForgetSessions() {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	clear(g.sessions)
}

// SessionState is a session as the gateway sees it.
type SessionState struct {
	ID            string
	Shard, Shards int
	Intents       Intents
	Connected     bool
	Sequence      int64
}

// Sessions returns the sessions, by shard and id.
func (g *Gateway) Sessions() []SessionState {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	var list []SessionState
	for _, id := range slices.Sorted(maps.Keys(g.sessions)) {
		s := g.sessions[id]
		list = append(list, SessionState{s.id, s.shard, s.shards, s.intents, s.conn != nil, s.seq})
	}
	slices.SortStableFunc(list, func(a, b SessionState) int { return a.Shard - b.Shard })
	return list
}

// GatewayStats are counts since the start.
type GatewayStats struct {
	Connections int // accepted websockets
	Open        int // still open
	Identifies  int // sessions started
	Resumes     int
	Early       int // identifies beyond max_concurrency, answered with op 9
	Paths       []string
}

// Stats returns the counts since the start.
func (g *Gateway) Stats() GatewayStats {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	return GatewayStats{g.total, len(g.conns), g.identifies, g.resumes, g.early, slices.Clone(g.paths)}
}

// Received returns what clients sent with this opcode, oldest first.
func (g *Gateway) Received(op int) []Received {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	var list []Received
	for _, r := range g.received {
		if r.Op == op {
			list = append(list, r)
		}
	}
	return list
}

// WaitReady waits until n sessions are connected.
func (g *Gateway) WaitReady(n int) {
	g.waitFor("sessions to be ready", func() bool {
		ready := 0
		for _, s := range g.sessions {
			if s.conn != nil && s.seq > 0 {
				ready++
			}
		}
		return ready >= n
	})
}

// WaitResumed waits until n resumes have succeeded since the start.
func (g *Gateway) WaitResumed(n int) {
	g.waitFor("resumes", func() bool { return g.resumes >= n })
}

// WaitConnections waits until n connections have been accepted since the start.
func (g *Gateway) WaitConnections(n int) {
	g.waitFor("connections", func() bool { return g.total >= n })
}

// WaitReceived waits until clients have sent n messages with this opcode.
func (g *Gateway) WaitReceived(op, n int) {
	g.waitFor("messages of the client", func() bool {
		got := 0
		for _, r := range g.received {
			if r.Op == op {
				got++
			}
		}
		return got >= n
	})
}

// WaitClosed waits until no connection is open.
func (g *Gateway) WaitClosed() {
	g.waitFor("the connections to end", func() bool { return len(g.conns) == 0 })
}

func (g *Gateway) waitFor(what string, cond func() bool) {
	g.d.must(g.d.await(&g.d.changed, what, cond))
}
