// Package llmtest is an OpenAI-compatible HTTP server whose behaviour is a script: honest, paraphrasing, lying in every way of the
// catalogue, obedient to every attacker, or broken in transport. It reads the facts and the question from the prompt as any
// model would, so that it tests the prompt as well.
//
// Every behaviour has a name, for tables of tests and for a command line. A Server is an http.Handler; inside a synctest bubble,
// where real connections are not allowed, serve it over Listen.
package llmtest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

// maxRequest bounds a request's body in bytes, maxKept the requests that a server remembers.
const (
	maxRequest = 4 << 20
	maxKept    = 256
)

// Behaviour is one way to answer a request.
type Behaviour struct {
	Name  string
	About string // one line
	Entry int    // of the fault and attack catalogue; 0 = none
	Kind  Kind
	serve func(w http.ResponseWriter, r *http.Request, q Request)
}

// Kind groups behaviours.
type Kind string

// The kinds of behaviour. A Good one's answers can be proved; a Lie's and a Puppet's must not be shown; a Fault is no answer.
const (
	Good   Kind = "good"
	Lie    Kind = "lie"
	Puppet Kind = "puppet"
	Fault  Kind = "fault"
	Odd    Kind = "odd" // an honest answer in a form that has to be tolerated
)

// Server answers chat completions by its script. It is safe for concurrent use.
type Server struct {
	mu       sync.Mutex
	script   []Behaviour
	cycle    bool
	served   int
	requests []Request
}

// New returns a server that meets its n-th request with the n-th behaviour, and all later ones with the last. Without a script it
// is honest.
func New(script ...Behaviour) *Server {
	if len(script) == 0 {
		script = []Behaviour{Named("honest")}
	}
	return &Server{script: script}
}

// Cycle makes the script begin again after its last behaviour, and returns the server.
func (s *Server) Cycle() *Server {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cycle = true
	return s
}

// Parse returns a server for names separated by commas, such as "429,lie-number,honest". The error names what is unknown.
func Parse(names string) (*Server, error) {
	var script []Behaviour
	for name := range strings.SplitSeq(names, ",") {
		b, ok := find(strings.TrimSpace(name))
		if !ok {
			return nil, fmt.Errorf("%q is not a behaviour (known: %s)", name, strings.Join(Names(), ", "))
		}
		script = append(script, b)
	}
	return New(script...), nil
}

// ServeHTTP implements http.Handler: chat completions at any path that ends in /chat/completions, and the list of models.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasSuffix(r.URL.Path, "/chat/completions") && r.Method == http.MethodPost:
	case strings.HasSuffix(r.URL.Path, "/models"):
		sendJSON(w, http.StatusOK, `{"object":"list","data":[{"id":"scripted","object":"model","owned_by":"llmtest"}]}`)
		return
	default:
		fail(w, http.StatusNotFound, "not_found", "no such address")
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		fail(w, http.StatusRequestEntityTooLarge, "too_large", "the request is too large")
		return
	}
	q, err := parseRequest(raw)
	if err != nil {
		fail(w, http.StatusBadRequest, "invalid_request_error", "the request is not a chat completion")
		return
	}
	q.Path, q.Authorization, q.AzureKey = r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("api-key")
	s.next(q).serve(w, r, q)
}

// next records a request and returns the behaviour whose turn it is.
func (s *Server) next(q Request) Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.served
	s.served++
	if len(s.requests) == maxKept {
		s.requests = append(s.requests[:0], s.requests[1:]...)
	}
	s.requests = append(s.requests, q)
	if s.cycle {
		return s.script[n%len(s.script)]
	}
	return s.script[min(n, len(s.script)-1)]
}

// Served returns the number of requests so far.
func (s *Server) Served() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served
}

// Requests returns the latest requests, oldest first, at most 256.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}
