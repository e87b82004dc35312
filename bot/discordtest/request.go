package discordtest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Request is one REST request and how it was answered.
type Request struct {
	At            time.Time // when it arrived
	Method, Route string    // Route is method and template, such as "POST /channels/{channel_id}/messages"
	Path          string
	Query         url.Values
	Header        http.Header
	Raw           []byte
	Body          any // decoded JSON (of payload_json when there are files), numbers as json.Number
	Files         []string
	Status        int
	Code          int // Discord's error code
	Violation     string
	Faulty        bool // a scripted fault answered
}

// Field returns the value at a path of keys and indexes in the body, nil if there is none: r.Field("data", "content").
func (r *Request) Field(path ...any) any {
	at := r.Body
	for _, step := range path {
		switch step := step.(type) {
		case string:
			o, _ := at.(object)
			at = o[step]
		case int:
			list, _ := at.([]any)
			if step >= len(list) {
				return nil
			}
			at = list[step]
		}
	}
	return at
}

// REST scripts the faults of the HTTP side and tells what was requested.
type REST struct {
	d *Discord

	// guarded by Discord.mu
	faults     []*Fault
	latency    time.Duration
	log        []*Request
	counts     map[string]int
	invalid    []time.Time
	violations []Violation
}

// done records how a request was answered.
func (r *REST) done(record *Request, rep reply, fault Fault) {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	record.Status, record.Faulty = rep.status, fault.status != 0 || fault.cut
	if body, isObject := rep.body.(object); isObject {
		record.Code, _ = body["code"].(int)
	}
	r.log = append(r.log, record)
	if keep := r.d.opts.Keep; len(r.log) > 2*keep {
		r.log = slices.Clone(r.log[len(r.log)-keep:])
	}
	if r.counts == nil {
		r.counts = map[string]int{}
	}
	r.counts[record.Route]++
	if rep.status == 401 || rep.status == 403 || rep.status == 429 && !rep.shared {
		r.invalid = append(r.invalid, r.d.opts.Clock.Now())
	}
	r.d.changed.fire()
	r.d.emit(Event{Kind: EventRequest, Request: record})
}

const (
	invalidWindow = 10 * time.Minute // topics/rate-limits, "Invalid Request Limit"
	invalidMax    = 10000
	banPage       = "<!DOCTYPE html><html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head><body>error code: 1015</body></html>"
)

func (r *REST) invalidNow() int {
	since := r.d.opts.Clock.Now().Add(-invalidWindow)
	r.invalid = slices.DeleteFunc(r.invalid, func(t time.Time) bool { return t.Before(since) })
	return len(r.invalid)
}

func (r *REST) banned() bool { return len(r.invalid) > invalidMax && r.invalidNow() > invalidMax }

// Invalid is the number of requests of the last ten minutes that were answered 401, 403 or (unless shared) 429; Discord bans at 10,000.
func (r *REST) Invalid() int {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	return r.invalidNow()
}

// Requests returns the requests of a route, oldest first, "" for all. Parameters may have any name or be the very ids, and
// "*" stands for any method and for the rest of a path: "POST /channels/{id}/messages", "* /webhooks/*".
func (r *REST) Requests(route string) []*Request {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	var list []*Request
	for _, record := range r.log {
		if route == "" || record.is(route) {
			list = append(list, record)
		}
	}
	return list
}

// Count is the number of requests of a route since the start, also of those no longer remembered; here the route has
// parameters, not ids.
func (r *REST) Count(route string) int {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	return r.count(route)
}

func (r *REST) count(route string) int {
	n := 0
	for template, times := range r.counts {
		if route == "" || routeMatches(route, template) {
			n += times
		}
	}
	return n
}

// WaitFor waits until a route has been requested n times since the start, and returns the last of the requests.
func (r *REST) WaitFor(route string, n int) *Request {
	r.d.must(r.d.await(&r.d.changed, fmt.Sprintf("%d requests of %s", n, route), func() bool { return r.count(route) >= n }))
	if list := r.Requests(route); len(list) > 0 {
		return list[len(list)-1]
	}
	return nil
}

// is reports whether the request's route, or its path with the very ids, fits a pattern.
func (r *Request) is(pattern string) bool {
	if routeMatches(pattern, r.Route) {
		return true
	}
	path := strings.TrimPrefix(r.Path, "/api")
	if rest, versioned := strings.CutPrefix(path, "/v"); versioned {
		_, tail, _ := strings.Cut(rest, "/")
		path = "/" + tail
	}
	return routeMatches(pattern, r.Method+" "+path)
}

// routeMatches compares "METHOD /path" with a pattern: {…} is any segment, a final * any rest, and * any method.
func routeMatches(pattern, route string) bool {
	wantMethod, wantPath, hasPath := strings.Cut(pattern, " ")
	if !hasPath {
		wantMethod, wantPath = "*", pattern
	}
	method, path, _ := strings.Cut(route, " ")
	if wantMethod != "*" && wantMethod != method {
		return false
	}
	want, got := strings.Split(strings.Trim(wantPath, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	for i, segment := range want {
		switch {
		case segment == "*" && i == len(want)-1:
			return true
		case i >= len(got) || !strings.HasPrefix(segment, "{") && segment != got[i]:
			return false
		}
	}
	return len(want) == len(got)
}
