package gateway

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Deadlines of a connection, from the moment the network connection stands.
const (
	upgradeWithin = 10 * time.Second
	helloWithin   = 20 * time.Second
	readyWithin   = 40 * time.Second
	writeWithin   = 10 * time.Second
	closeWithin   = time.Second
	// replayPause is how long a resume may pause between two replayed events.
	replayPause = 20 * time.Second
)

// breath is how long the reader waits before it tells discordgo of the end: its heartbeat, if it just
// wrote, still needs the session's lock, which the reader then holds for a second.
const breath = 1123 * time.Microsecond

// closeResumable ends a connection so that the session can be resumed: anything but 1000 and 1001
// (Discord docs, events/gateway, "disconnecting").
const closeResumable = 4000

// session is what it takes to resume, and what READY told.
type session struct {
	id        string
	url       string // resume_gateway_url, "" = none given
	seq       int64
	user, app string
	guilds    int
}

// wireEvents are what a wire tells its owner, from the goroutines that read and write.
type wireEvents struct {
	hello      func(resuming bool) // HELLO came
	identified func()              // Identify was written
	ready      func(r readyInfo)
	frame      func()
	latency    func(time.Duration)
	odd        func(what string) // something was swallowed that should not have come
}

// readyInfo is what READY told, or is known of a session that was resumed.
type readyInfo struct {
	resumed bool
	session string // its id
	guilds  int
	user    string
	app     string
}

// wire is the network connection below a discordgo session. It parses the websocket frames of both
// directions, so what discordgo handles badly never reaches it; see the package comment.
//
// Read is called by one goroutine at a time, Write by any; the rest is safe for concurrent use.
type wire struct {
	raw    net.Conn
	token  string
	on     wireEvents
	start  time.Time
	resume *session // nil: identify

	in       *bufio.Reader
	out      []byte // what Read hands out next
	upgraded bool
	message  []byte // fragments so far
	partial  bool
	opened   bool // a message after HELLO went to discordgo, so Open no longer waits for one

	writing  lock
	sent     []byte // bytes written that are not a whole frame yet
	wLive    bool
	headTail []byte

	mu        sync.Mutex
	phase     wirePhase
	interval  time.Duration
	session   session
	lastFrame time.Time
	lastBeat  time.Time
	unacked   time.Time // the oldest beat without an acknowledgement
	answers   int       // opcode 1 answered since the newest own beat

	over  atomic.Bool
	end   ending // valid when done is closed
	done  chan struct{}
	quiet chan struct{} // closed when what was read has been handled, and nothing more will be
	hush  sync.Once
}

// lock is a mutex that a synctest bubble knows to be a wait, since it is held while writing.
type lock chan struct{}

func (l lock) lock()   { l <- struct{}{} }
func (l lock) unlock() { <-l }

type wirePhase uint8

const (
	phaseUpgrade wirePhase = iota
	phaseHello
	phaseReady
	phaseLive
)

func newWire(raw net.Conn, token string, resume *session, on wireEvents) *wire {
	w := &wire{
		raw: raw, token: token, on: on, start: time.Now(), resume: resume, writing: make(lock, 1),
		done: make(chan struct{}), quiet: make(chan struct{}),
	}
	if resume != nil {
		w.session = *resume
	}
	w.in = bufio.NewReaderSize(deadlineReader{w}, 16<<10)
	return w
}

// deadlineReader reads the raw connection under the deadline of the phase.
type deadlineReader struct{ w *wire }

func (d deadlineReader) Read(p []byte) (int, error) {
	if err := d.w.raw.SetReadDeadline(d.w.deadline()); err != nil {
		return 0, err
	}
	return d.w.raw.Read(p)
}

func (w *wire) deadline() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch w.phase {
	case phaseUpgrade:
		return w.start.Add(upgradeWithin)
	case phaseHello:
		return w.start.Add(helloWithin)
	case phaseReady:
		ready := w.start.Add(readyWithin)
		if replay := w.lastFrame.Add(replayPause); w.resume != nil && replay.After(ready) {
			return replay
		}
		return ready
	}
	return time.Now().Add(w.interval * 19 / 10)
}

// Read hands discordgo the upgrade's answer and then whole messages, as the filter lets them through.
func (w *wire) Read(p []byte) (int, error) {
	for len(w.out) == 0 {
		if err := w.next(); err != nil {
			w.fail(err)
			<-w.done
			w.hush.Do(func() { close(w.quiet) }) // discordgo comes back only when it has handled what it got
			time.Sleep(breath)
			return 0, net.ErrClosed
		}
	}
	n := copy(p, w.out)
	w.out = w.out[n:]
	return n, nil
}

// errEnded is returned within the wire after finish was called.
var errEnded = errors.New("ended")

// fail ends the connection for an error of the network or the protocol.
func (w *wire) fail(err error) {
	switch {
	case errors.Is(err, errZombie):
		w.finish(ending{cause: zombie}, closeResumable)
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.finish(ending{cause: silent, text: w.waitingFor()}, closeResumable)
	case errors.Is(err, errBadFrame), errors.Is(err, errTooLarge), errors.Is(err, errHello), errors.Is(err, errReady):
		w.finish(ending{cause: broken, text: err.Error()}, closeResumable)
	default:
		w.finish(ending{cause: lost, text: plain(err, w.token)}, closeResumable)
	}
}

func (w *wire) waitingFor() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return [...]string{"no answer to the upgrade", "no HELLO", "no READY", "nothing received"}[w.phase]
}

func (w *wire) next() error {
	if w.over.Load() {
		return errEnded // what is in the buffer would be counted in the session, and lost
	}
	if !w.upgraded {
		return w.readUpgrade()
	}
	f, err := readFrame(w.in)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.lastFrame = time.Now()
	w.mu.Unlock()
	w.on.frame()
	if f.control() {
		return w.readControl(f)
	}
	return w.readData(f)
}

// readUpgrade passes the HTTP answer on and remembers why an upgrade was refused.
func (w *wire) readUpgrade() error {
	var head []byte
	for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
		line, err := w.in.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		if head = append(head, line...); len(head) > 64<<10 {
			return errTooLarge
		}
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(head)), nil)
	if err != nil {
		return errBadFrame
	}
	if resp.StatusCode != http.StatusSwitchingProtocols {
		w.finish(ending{cause: refused, code: resp.StatusCode, text: "gateway upgrade", after: retryAfterHeader(resp.Header)}, 0)
		return errEnded
	}
	w.upgraded, w.out = true, head
	w.mu.Lock()
	w.phase = phaseHello
	w.mu.Unlock()
	return nil
}

// readControl passes pings and pongs on; a close frame is the end.
func (w *wire) readControl(f frame) error {
	if f.op != opClose {
		w.out = appendReceived(w.out[:0], f)
		return nil
	}
	code, text := closeCode(f.payload)
	w.finish(ending{cause: closedBy, code: code, text: printable(redact(text, w.token))}, closeResumable)
	return errEnded
}

// readData collects a message and filters it.
func (w *wire) readData(f frame) error {
	if (f.op == opContinuation) != w.partial || f.op > opBinary {
		return errBadFrame
	}
	if f.op == opBinary {
		w.on.odd("binary message") // never asked for: Identify says compress false
		if !f.final {
			return errBadFrame
		}
		return nil
	}
	if len(w.message)+len(f.payload) > maxMessage {
		return errTooLarge
	}
	if w.partial = !f.final; w.partial {
		w.message = append(w.message, f.payload...)
		return nil
	}
	payload := f.payload
	if len(w.message) > 0 {
		payload = append(w.message, f.payload...)
		w.message = nil
	}
	pass, err := w.filter(payload)
	if err != nil || pass == nil {
		return err
	}
	w.out = appendReceived(w.out[:0], frame{final: true, op: opText, payload: pass})
	return nil
}

// Close is called by discordgo when it gives up on the connection.
func (w *wire) Close() error {
	w.finish(ending{cause: lost, text: "closed by the session"}, closeResumable)
	return nil
}

// finish ends the connection once: it sends a close frame with code (0 = none), closes the network
// connection and then done. The first ending counts.
func (w *wire) finish(e ending, code int) {
	if w.over.Swap(true) {
		return
	}
	w.end = e
	_ = w.raw.SetWriteDeadline(time.Now().Add(closeWithin)) // frees a Write that hangs, too
	w.writing.lock()
	_ = w.raw.SetWriteDeadline(time.Now().Add(closeWithin))
	if w.wLive && code != 0 {
		_, _ = w.raw.Write(appendSent(nil, closeFrame(code))) // a courtesy: the peer may be gone
	}
	w.writing.unlock()
	_ = w.raw.Close()
	close(w.done)
}

// settled waits until every event that the session counts has been handed on.
func (w *wire) settled(within time.Duration) bool {
	patience := time.NewTimer(within)
	defer patience.Stop()
	select {
	case <-w.quiet:
		return true
	case <-patience.C:
		return false
	}
}

// resumable returns the session as it stands, nil where there is none.
func (w *wire) resumable() *session {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.session.id == "" {
		return nil
	}
	s := w.session
	return &s
}

func (w *wire) LocalAddr() net.Addr  { return w.raw.LocalAddr() }
func (w *wire) RemoteAddr() net.Addr { return w.raw.RemoteAddr() }

// Deadlines are the wire's own; those of the websocket library would only loosen them.

func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetReadDeadline(time.Time) error  { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// retryAfterHeader reads Retry-After in seconds, fractions allowed; 0 = none.
func retryAfterHeader(h http.Header) time.Duration {
	s, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil || !(s > 0) {
		return 0
	}
	return seconds(s)
}

// seconds converts, bounded to a day: no answer of a server makes us wait longer.
func seconds(s float64) time.Duration {
	const day = 24 * time.Hour
	if !(s > 0) {
		return 0
	}
	if s >= day.Seconds() {
		return day
	}
	return time.Duration(s * float64(time.Second))
}
