package gateway

import (
	"bytes"
	"errors"
	"time"
)

// errZombie is returned within the wire for a beat that finds the one before unacknowledged.
var errZombie = errors.New("zombie")

// Write takes what discordgo writes: the upgrade request as it is, then frames, which it may replace.
//
// It reports no errors. discordgo would close the session from its heartbeat then, at the same time
// as its reader does; so it learns of every end in one place, from Read.
func (w *wire) Write(p []byte) (int, error) {
	w.writing.lock()
	err := w.write(p)
	w.writing.unlock()
	if err != nil {
		go w.fail(err) // not here: discordgo holds its lock for writing
	}
	return len(p), nil
}

func (w *wire) write(p []byte) error {
	if w.over.Load() {
		return nil
	}
	if !w.wLive {
		return w.writeRequest(p)
	}
	w.sent = append(w.sent, p...)
	for len(w.sent) > 0 {
		f, n, err := parseSent(w.sent)
		if errors.Is(err, errTruncated) {
			return nil
		}
		if err != nil {
			return err
		}
		whole := w.sent[:n]
		w.sent = w.sent[n:]
		if err := w.writeFrame(f, whole); err != nil {
			return err
		}
	}
	w.sent = w.sent[:0:0]
	return nil
}

// writeRequest passes the upgrade request on until its empty line.
func (w *wire) writeRequest(p []byte) error {
	if err := w.rawWrite(p); err != nil {
		return err
	}
	w.headTail = append(w.headTail, p...)
	if bytes.HasSuffix(w.headTail, []byte("\r\n\r\n")) {
		w.wLive, w.headTail = true, nil
		return nil
	}
	if n := len(w.headTail); n > 4 {
		w.headTail = w.headTail[n-4:]
	}
	return nil
}

// writeFrame sends a frame of discordgo, or what stands for it: its heartbeats carry our sequence
// and are watched, its Identify may become a Resume, and its close frames (always 1000 on an error,
// which would end the session) are left out, because finish sends ours.
func (w *wire) writeFrame(f frame, whole []byte) error {
	switch {
	case f.op == opClose:
		return nil
	case f.op != opText || !f.final:
		return w.rawWrite(whole)
	case bytes.HasPrefix(f.payload, []byte(`{"op":1,`)):
		w.mu.Lock()
		w.answers = 0
		w.mu.Unlock()
		return w.sendBeat()
	case bytes.HasPrefix(f.payload, []byte(`{"op":2,`)):
		return w.begin(whole)
	}
	return w.rawWrite(whole)
}

// begin sends the Identify, or the Resume that stands for it.
func (w *wire) begin(identify []byte) error {
	if w.resume == nil {
		w.on.identified()
		return w.rawWrite(identify)
	}
	return w.sendText(mustJSON(map[string]any{"op": opResume, "d": map[string]any{
		"token": w.token, "session_id": w.resume.id, "seq": w.resume.seq,
	}}))
}

// sendBeat sends a heartbeat with the newest sequence, unless one from about an interval ago is
// still unacknowledged: then the connection is a zombie (Discord docs, events/gateway, "heartbeat").
// The caller holds the lock for
// writing.
func (w *wire) sendBeat() error {
	now := time.Now()
	w.mu.Lock()
	if !w.unacked.IsZero() && now.Sub(w.unacked) >= w.interval*9/10 {
		w.mu.Unlock()
		return errZombie
	}
	if w.unacked.IsZero() {
		w.unacked = now
	}
	w.lastBeat = now
	var seq any // null before the first event
	if w.session.seq > 0 {
		seq = w.session.seq
	}
	w.mu.Unlock()
	return w.sendText(mustJSON(map[string]any{"op": opHeartbeat, "d": seq}))
}

func (w *wire) sendText(payload []byte) error {
	return w.rawWrite(appendSent(nil, frame{final: true, op: opText, payload: payload}))
}

func (w *wire) rawWrite(p []byte) error {
	if err := w.raw.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	_, err := w.raw.Write(p)
	return err
}
