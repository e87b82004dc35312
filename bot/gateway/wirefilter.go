package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"
)

// Opcodes of Discord's gateway (Discord docs, topics/opcodes-and-status-codes).
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Heartbeat intervals that we believe. Discord's is 41.25 s; discordgo panics at zero.
const (
	minInterval = 5 * time.Millisecond
	maxInterval = 10 * time.Minute
)

// maxAnswers bounds the heartbeats that a server may ask for between two of our own, far below the
// 120 messages a minute after which Discord disconnects.
const maxAnswers = 20

var (
	errHello = errors.New("HELLO is not usable")
	errReady = errors.New("READY is not usable")
)

// envelope is what every message of the gateway has.
type envelope struct {
	Op *int            `json:"op"`
	S  *int64          `json:"s"`
	T  string          `json:"t"`
	D  json.RawMessage `json:"d"`
}

// handled are the events that discordgo gets to decode. Everything else ends here: other events hold
// nothing for us, and some of their forms crash it.
var handled = map[string]bool{
	"INTERACTION_CREATE": true, "MESSAGE_CREATE": true, "MESSAGE_UPDATE": true,
	"MESSAGE_DELETE": true, "MESSAGE_DELETE_BULK": true,
}

// filter decides on one message from Discord: what discordgo gets to see of it, nil for nothing.
func (w *wire) filter(message []byte) ([]byte, error) {
	var e envelope
	if err := json.Unmarshal(message, &e); err != nil || e.Op == nil {
		w.on.odd("malformed message")
		return nil, nil
	}
	w.mu.Lock()
	phase := w.phase
	w.mu.Unlock()
	switch *e.Op {
	case opHello:
		return w.hello(e, phase)
	case opHeartbeat:
		return nil, w.answerBeat()
	case opReconnect:
		w.finish(ending{cause: asked}, closeResumable)
		return nil, errEnded
	case opInvalidSession:
		return nil, w.invalidSession(e)
	case opAck:
		return w.ack(message)
	case opDispatch:
		if phase == phaseReady || phase == phaseLive {
			return w.dispatch(e, message)
		}
	}
	w.on.odd("unexpected opcode")
	return nil, nil
}

func (w *wire) hello(e envelope, phase wirePhase) ([]byte, error) {
	if phase != phaseHello {
		w.on.odd("HELLO again")
		return nil, nil
	}
	var d struct {
		Interval float64 `json:"heartbeat_interval"`
	}
	if err := json.Unmarshal(e.D, &d); err != nil {
		return nil, errHello
	}
	if !(d.Interval >= 1 && d.Interval <= float64(maxInterval/time.Millisecond)) {
		return nil, errHello
	}
	ms := int64(d.Interval)
	w.mu.Lock()
	w.interval = max(time.Duration(ms)*time.Millisecond, minInterval)
	w.phase = phaseReady
	w.mu.Unlock()
	w.on.hello(w.resume != nil)
	return mustJSON(map[string]any{"op": opHello, "d": map[string]any{"heartbeat_interval": ms}}), nil
}

// answerBeat answers opcode 1 at once. discordgo would, too, but it reads its connection without
// the lock there and crashes when it is being closed.
func (w *wire) answerBeat() error {
	w.mu.Lock()
	w.answers++
	quiet := w.answers > maxAnswers || w.phase < phaseReady
	w.mu.Unlock()
	if quiet {
		w.on.odd("heartbeat asked for too often")
		return nil
	}
	w.writing.lock()
	err := w.sendBeat()
	w.writing.unlock()
	return err
}

func (w *wire) invalidSession(e envelope) error {
	why := invalidated
	if bytes.Equal(bytes.TrimSpace(e.D), []byte("true")) {
		why = retryLater
	}
	w.finish(ending{cause: why}, closeResumable)
	return errEnded
}

// ack passes an acknowledgement on, except where discordgo's Open would deadlock on it.
func (w *wire) ack(message []byte) ([]byte, error) {
	w.mu.Lock()
	latency := time.Since(w.lastBeat)
	beaten := !w.unacked.IsZero()
	w.unacked = time.Time{}
	w.mu.Unlock()
	if beaten {
		w.on.latency(latency)
	}
	if !w.opened {
		return nil, nil
	}
	return message, nil
}

func (w *wire) dispatch(e envelope, message []byte) ([]byte, error) {
	w.mu.Lock()
	if e.S != nil && *e.S > w.session.seq {
		w.session.seq = *e.S
	}
	w.mu.Unlock()
	switch {
	case e.T == "READY":
		return w.ready(e)
	case e.T == "RESUMED":
		w.live(readyInfo{resumed: true, session: w.session.id, guilds: w.session.guilds, user: w.session.user, app: w.session.app})
		return w.pass(mustJSON(map[string]any{"op": opDispatch, "s": e.S, "t": e.T, "d": struct{}{}})), nil
	case !handled[e.T]:
		return nil, nil
	}
	return w.pass(message), nil
}

func (w *wire) pass(message []byte) []byte {
	w.opened = true
	return message
}

func (w *wire) live(r readyInfo) {
	w.mu.Lock()
	w.phase = phaseLive
	w.mu.Unlock()
	w.on.ready(r)
}

// slimReady is the part of READY that we keep: of the guilds only their ids.
type slimReady struct {
	Version     int             `json:"v"`
	SessionID   string          `json:"session_id"`
	ResumeURL   string          `json:"resume_gateway_url,omitempty"`
	User        json.RawMessage `json:"user,omitempty"`
	Shard       json.RawMessage `json:"shard,omitempty"`
	Application json.RawMessage `json:"application,omitempty"`
	Guilds      []*slimGuild    `json:"guilds"`
}

type slimGuild struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable"`
}

func (w *wire) ready(e envelope) ([]byte, error) {
	var r slimReady
	if err := json.Unmarshal(e.D, &r); err != nil || r.SessionID == "" {
		return nil, errReady
	}
	kept := r.Guilds[:0]
	for _, g := range r.Guilds {
		if g != nil {
			kept = append(kept, g)
		}
	}
	r.Guilds = kept
	user, app := idOf(r.User), idOf(r.Application)
	w.mu.Lock()
	w.session = session{id: r.SessionID, url: r.ResumeURL, seq: w.session.seq, user: user, app: app, guilds: len(kept)}
	if e.S != nil {
		w.session.seq = *e.S // a new session counts anew
	}
	w.mu.Unlock()
	w.live(readyInfo{session: r.SessionID, guilds: len(kept), user: user, app: app})
	r.ResumeURL = ""
	return w.pass(mustJSON(map[string]any{"op": opDispatch, "s": e.S, "t": e.T, "d": r})), nil
}

func idOf(object json.RawMessage) string {
	var o struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(object, &o) // no id is a valid outcome
	return o.ID
}

// mustJSON marshals values of this package, which cannot fail.
func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("gateway: " + err.Error())
	}
	return b
}
