package discordtest

// ConnFault is what goes wrong with one connection.
type ConnFault struct {
	at          faultPoint
	refuse      int
	code        int
	op          int
	resumable   bool
	silent      bool
	silentReady bool
	noAck       bool
	cut         bool
	raw         []byte
	binary      bool
}

type faultPoint int

const (
	onIdentify  faultPoint = iota // in place of READY or RESUMED
	beforeHello                   // in place of Hello
	afterHello
	afterReady
)

func (f ConnFault) acts() bool { return f.code != 0 || f.op != 0 || f.cut || f.raw != nil }

// CloseCode closes the connection with code in place of READY or RESUMED.
func CloseCode(code int) ConnFault { return ConnFault{code: code} }

// Refused answers the websocket handshake with an HTTP status, such as 502.
func Refused(status int) ConnFault { return ConnFault{refuse: status} }

// Silent accepts the connection and never says anything, not even Hello.
func Silent() ConnFault { return ConnFault{silent: true} }

// NoReady says Hello and takes the identify, but never sends READY.
func NoReady() ConnFault { return ConnFault{silentReady: true} }

// ReconnectOp sends op 7 in place of READY or RESUMED.
func ReconnectOp() ConnFault { return ConnFault{op: opReconnect} }

// InvalidSession sends op 9 in place of READY or RESUMED, saying whether the session may be resumed. The connection stays
// open and an identify on it is taken.
func InvalidSession(resumable bool) ConnFault {
	return ConnFault{op: opInvalidSession, resumable: resumable}
}

// Dropped cuts the TCP connection in place of READY or RESUMED.
func Dropped() ConnFault { return ConnFault{cut: true} }

// NoAcks leaves the connection's heartbeats without an answer.
func NoAcks() ConnFault { return ConnFault{noAck: true} }

// Garbage sends bytes that are no event in place of READY or RESUMED: text, or (binary) compressed data.
func Garbage(data []byte, binary bool) ConnFault { return ConnFault{raw: data, binary: binary} }

// Fine is a connection without a fault, for scripts.
func Fine() ConnFault { return ConnFault{} }

// BeforeHello lets the fault happen in place of Hello.
func (f ConnFault) BeforeHello() ConnFault { f.at = beforeHello; return f }

// AfterHello lets the fault happen right after Hello.
func (f ConnFault) AfterHello() ConnFault { f.at = afterHello; return f }

// AfterReady lets the fault happen right after READY and the guilds.
func (f ConnFault) AfterReady() ConnFault { f.at = afterReady; return f }

// applyFault does once what the connection's fault says.
func (c *conn) applyFault() {
	f := c.fault
	c.fault = ConnFault{noAck: f.noAck}
	switch {
	case f.code != 0:
		c.close(f.code)
	case f.cut:
		c.drop()
	case f.raw != nil:
		c.sendRaw(f.raw, f.binary)
	case f.op == opInvalidSession:
		c.invalidate(f.resumable)
	default:
		c.send(object{"op": f.op, "s": nil, "t": nil, "d": nil})
	}
}

func (c *conn) invalidate(resumable bool) {
	if s := c.session; s != nil {
		c.session, s.conn, s.lost = nil, nil, c.d.opts.Clock.Now()
		if !resumable {
			delete(c.d.gateway.sessions, s.id)
		}
	}
	c.send(object{"op": opInvalidSession, "s": nil, "t": nil, "d": resumable})
}
