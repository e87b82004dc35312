package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Bounds of streams of events.
const (
	maxStreams    = 32 // a browser opens at most six to one host
	waitingFrames = 256
	beatEvery     = 15 * time.Second // a comment, so that a dead page is noticed
	sendWithin    = 10 * time.Second
)

// frame is an event for a page.
type frame struct {
	kind string
	data any
}

// stream is an open stream of events to one tab. Frames are made where things happen and written where the tab is.
type stream struct {
	token  string
	frames chan frame
	gone   chan struct{} // closed when it is to end
	once   sync.Once
}

func (s *stream) end() { s.once.Do(func() { close(s.gone) }) }

// events is the stream of a tab: first everything that its person sees, then what happens.
func (p *Playground) events(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("session")
	if _, ok := p.people.who(token, time.Now()); !ok {
		refuse(w, http.StatusUnauthorized, "unknown")
		return
	}
	s := p.hub.join(token)
	if s == nil {
		refuse(w, http.StatusServiceUnavailable, "full")
		return
	}
	p.streams.Add(1)
	defer p.streams.Done()
	defer p.hub.leave(s)
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	out := &eventWriter{w: w, control: http.NewResponseController(w)}
	who, ok := p.people.who(token, time.Now()) // as they are after the stream was opened
	if !ok || out.write(frame{onState, p.hub.state(who)}) != nil {
		return
	}
	beat := time.NewTicker(beatEvery)
	defer beat.Stop()
	for {
		var err error
		select {
		case f := <-s.frames:
			err = out.write(f)
		case <-beat.C:
			p.people.who(token, time.Now()) // it is still in use
			err = out.beat()
		case <-s.gone:
			return
		case <-r.Context().Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// eventWriter writes server-sent events with numbers, each within a time of its own; WHATWG HTML, 9.2.
type eventWriter struct {
	w       http.ResponseWriter
	control *http.ResponseController
	n       int
}

func (e *eventWriter) write(f frame) error {
	data, err := json.Marshal(f.data)
	if err != nil {
		return err
	}
	e.n++
	return e.raw(fmt.Appendf(nil, "id: %d\nevent: %s\ndata: %s\n\n", e.n, f.kind, data))
}

func (e *eventWriter) beat() error { return e.raw([]byte(": here\n\n")) }

func (e *eventWriter) raw(b []byte) error {
	if err := e.control.SetWriteDeadline(time.Now().Add(sendWithin)); err != nil {
		return err
	}
	if _, err := e.w.Write(b); err != nil {
		return err
	}
	return e.control.Flush()
}
