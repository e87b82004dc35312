package webhook

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	why := s.take(w, r)
	if why == "" {
		return
	}
	s.refused(why)
	s.log.Debug("a request is not taken", slog.String("why", string(why)))
	s.doubt(why)
	if why == Replayed {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	switch why {
	case WrongMethod:
		h.Set("Allow", http.MethodPost)
	case Busy:
		h.Set("Retry-After", "1")
	}
	status, text := why.answer()
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // whoever sent it may be gone
}

// answer is the status and the line with which a request is refused. Of a signature they do not tell what is wrong with it.
func (r Reason) answer() (status int, text string) {
	switch r {
	case WrongPath:
		return http.StatusNotFound, "not found"
	case WrongMethod:
		return http.StatusMethodNotAllowed, "POST only"
	case TooLarge:
		return http.StatusRequestEntityTooLarge, "the body is too large"
	case Slow:
		return http.StatusRequestTimeout, "the body came too slowly"
	case Unsigned, Forged, Stale:
		return http.StatusUnauthorized, "invalid request signature"
	case WrongType:
		return http.StatusUnsupportedMediaType, "application/json only"
	case Busy:
		return http.StatusServiceUnavailable, "busy"
	}
	return http.StatusBadRequest, "not an interaction"
}

// take does what a request asks, and answers it, or returns why not.
func (s *Server) take(w http.ResponseWriter, r *http.Request) Reason {
	if r.URL.Path != Path {
		return WrongPath
	}
	if r.Method != http.MethodPost {
		return WrongMethod
	}
	sig := signed(r.Header)
	message, free, why := s.bodies.read(w, r, sig.timestamp)
	defer free()
	if why != "" {
		return why
	}
	s.listener.complete(r.Context())
	if why := s.verify(sig, message); why != "" {
		return why
	}
	s.verified.Store(true)
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return WrongType
	}
	return s.believe(w, message[len(sig.timestamp):])
}

// believe takes a body that is Discord's.
func (s *Server) believe(w http.ResponseWriter, body []byte) Reason {
	what, err := kind(body)
	if err == nil && what == discordgo.InteractionPing {
		s.log.Info("Discord checks the interactions endpoint")
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"type":1}`) // whoever sent it may be gone
		return ""
	}
	i, err := decode(body)
	if err != nil {
		s.log.Warn("an interaction cannot be read", slog.Any("error", err))
		return Malformed
	}
	if why := s.begin(i, body); why != "" {
		return why
	}
	w.WriteHeader(http.StatusAccepted)
	return ""
}

// begin starts the work on an interaction, unless it began before or there is no room.
func (s *Server) begin(i *discordgo.Interaction, raw []byte) Reason {
	select {
	case s.running <- struct{}{}: // before the id is remembered: what finds no room may come again
	default:
		s.log.Warn("too many interactions at once; one is refused", slog.String("interaction", i.ID))
		return Busy
	}
	if id, _ := snowflake(i.ID); s.seen.before(id, s.now()) {
		<-s.running
		return Replayed
	}
	s.accepted()
	go func() {
		defer func() { <-s.running }()
		defer s.contain(i)
		s.handler.Interaction(gateway.WithRaw(s.ctx, raw), i)
	}()
	return ""
}

// contain keeps a handler's panic in its room. It is to be deferred.
func (s *Server) contain(i *discordgo.Interaction) {
	p := recover()
	if p == nil {
		return
	}
	s.panicked()
	quiet := func(text string) string { return strings.ReplaceAll(text, i.Token, "[token]") }
	s.log.Error("a panic is contained", slog.String("interaction", i.ID), slog.String("panic", quiet(fmt.Sprint(p))), slog.String("stack", quiet(string(debug.Stack()))))
}

// doubts is after how many wrong signatures, with no right one before, the key itself is in doubt.
const doubts = 3

// doubt tells the operator once when every signature so far is wrong.
func (s *Server) doubt(why Reason) {
	if why == Forged && !s.verified.Load() && s.forged.Add(1) == doubts {
		s.log.Warn("no request so far was signed with discord.interactions.public_key (is it the Public Key of this application?)")
	}
}

func isClosed(err error) bool { return errors.Is(err, net.ErrClosed) }
