package discordtest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

const maxRequest = 25 << 20 // bytes; Discord docs, reference, "Uploading Files"

// route is one operation of the API: its template is the path in Discord's OpenAPI description.
type route struct {
	method, template string
	segments         []string
	open             bool // needs no bot token: the token is in the path
	handle           func(*call) reply
}

// call is one request on its way through the API.
type call struct {
	d       *Discord
	method  string
	route   route
	path    string
	version int
	query   url.Values
	header  http.Header
	params  map[string]string
	raw     []byte
	body    any // decoded JSON, numbers as json.Number
	obj     object
	files   []upload
}

type upload struct {
	key, name, contentType string
	data                   []byte
}

// reply is what the API answers.
type reply struct {
	status int
	body   any
	header http.Header
	text   string // in place of a JSON body
	shared bool   // a 429 that does not count as an invalid request
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

func noContent() reply { return reply{status: http.StatusNoContent} }

// fail is an error of the API (topics/opcodes-and-status-codes, "JSON Error Codes").
func fail(status, code int, message string) reply {
	return reply{status: status, body: object{"message": message, "code": code}}
}

var (
	notFound       = fail(http.StatusNotFound, 0, "404: Not Found")
	unauthorized   = fail(http.StatusUnauthorized, 0, "401: Unauthorized")
	unknownChannel = fail(http.StatusNotFound, 10003, "Unknown Channel")
	unknownGuild   = fail(http.StatusNotFound, 10004, "Unknown Guild")
	unknownMessage = fail(http.StatusNotFound, 10008, "Unknown Message")
	unknownUser    = fail(http.StatusNotFound, 10013, "Unknown User")
	missingAccess  = fail(http.StatusForbidden, 50001, "Missing Access")
	missingPerms   = fail(http.StatusForbidden, 50013, "Missing Permissions")
)

// ServeHTTP serves REST, the gateway's websockets and the files of messages. It is what the local Discord's own
// listener uses, and fits any other server.
func (d *Discord) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !d.enter() {
		http.Error(w, "stopped", http.StatusServiceUnavailable)
		return
	}
	defer d.running.Done()
	switch {
	case websocket.IsWebSocketUpgrade(r):
		d.serveGateway(w, r)
	case strings.HasPrefix(r.URL.Path, "/attachments/"):
		d.serveAttachment(w, r)
	default:
		d.serveREST(w, r)
	}
}

// enter counts a request in, unless the server is stopping.
func (d *Discord) enter() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	select {
	case <-d.done:
		return false
	default:
		d.running.Add(1)
		return true
	}
}

func (d *Discord) serveREST(w http.ResponseWriter, r *http.Request) {
	c, early := d.newCall(r)
	record := &Request{At: d.Now(), Method: r.Method, Route: c.method + " " + c.route.template, Path: r.URL.Path, Query: r.URL.Query(),
		Header: r.Header.Clone(), Raw: c.raw, Body: c.body}
	for _, f := range c.files {
		record.Files = append(record.Files, f.name)
	}
	fault := d.rest.take(record)
	if !d.pause(r, fault.delay+d.rest.latencyNow()) {
		return
	}
	rep := early
	switch {
	case fault.status != 0 && !fault.after:
		rep = fault.reply(d)
	case fault.cut && !fault.after:
	case early.status == 0:
		rep = d.answer(c, record)
		if fault.status != 0 {
			rep = fault.reply(d)
		}
	}
	d.rest.done(record, rep, fault)
	d.write(w, r, rep, fault)
}

// newCall takes the request apart; a reply with a status says that it is not one for the API.
func (d *Discord) newCall(r *http.Request) (*call, reply) {
	c := &call{d: d, method: r.Method, query: r.URL.Query(), header: r.Header, params: map[string]string{}, version: 6}
	path, isAPI := strings.CutPrefix(r.URL.EscapedPath(), "/api")
	if !isAPI {
		return c, notFound
	}
	if rest, found := strings.CutPrefix(path, "/v"); found {
		number, tail, _ := strings.Cut(rest, "/")
		c.version, _ = strconv.Atoi(number)
		path = "/" + tail
	}
	c.path = path
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	c.raw = raw
	if err != nil {
		return c, fail(http.StatusBadRequest, 0, "400: Bad Request")
	}
	if c.version < 6 || c.version > 10 {
		return c, fail(http.StatusBadRequest, 50041, "Invalid API version provided.")
	}
	if rep := c.match(d.routes); rep.status != 0 {
		return c, rep
	}
	if len(raw) > maxRequest {
		return c, fail(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
	}
	return c, c.decode()
}

// match finds the route; literal segments win over parameters.
func (c *call) match(routes []route) reply {
	segments := strings.Split(strings.Trim(c.path, "/"), "/")
	known := false
	for _, r := range routes {
		params, fits := r.fits(segments)
		if !fits {
			continue
		}
		known = true
		if r.method == c.method {
			c.route, c.params = r, params
			return reply{}
		}
	}
	if known {
		return fail(http.StatusMethodNotAllowed, 0, "405: Method Not Allowed")
	}
	return notFound
}

func (r route) fits(segments []string) (map[string]string, bool) {
	if len(segments) != len(r.segments) {
		return nil, false
	}
	params := map[string]string{}
	for i, want := range r.segments {
		if name, isParam := strings.CutPrefix(want, "{"); isParam {
			value, err := url.PathUnescape(segments[i])
			if err != nil {
				return nil, false
			}
			params[strings.TrimSuffix(name, "}")] = value
		} else if want != segments[i] {
			return nil, false
		}
	}
	return params, true
}

// answer checks who asks and how often, and lets the route do its work.
func (d *Discord) answer(c *call, record *Request) reply {
	if violation := d.checkDescription(c); violation != nil {
		d.rest.violate(*violation, record)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rest.banned() {
		return reply{status: http.StatusTooManyRequests, text: banPage, header: http.Header{"Retry-After": {"600"}, "Content-Type": {"text/html"}}}
	}
	if !c.route.open && (d.gateway.revoked || c.header.Get("Authorization") != "Bot "+d.opts.Token) {
		return unauthorized
	}
	if !strings.HasPrefix(c.header.Get("User-Agent"), "DiscordBot (") {
		return fail(http.StatusForbidden, 40333, "internal network error")
	}
	headers, limited := d.limit(c)
	if limited != nil {
		return *limited
	}
	rep := c.route.handle(c)
	rep.header = headers
	return rep
}

// write sends the reply, as slowly and as incompletely as the fault wants.
func (d *Discord) write(w http.ResponseWriter, r *http.Request, rep reply, fault Fault) {
	if fault.cut {
		panic(http.ErrAbortHandler)
	}
	for name, values := range rep.header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	data := []byte(rep.text)
	if rep.text == "" && rep.status != http.StatusNoContent && rep.body != nil {
		var err error
		if data, err = json.Marshal(rep.body); err != nil {
			panic("discordtest: " + err.Error())
		}
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Date", d.Now().UTC().Format(http.TimeFormat))
	w.WriteHeader(rep.status)
	if fault.slow > 0 && len(data) > 1 {
		_, _ = w.Write(data[:len(data)/2])
		_ = http.NewResponseController(w).Flush()
		if !d.pause(r, fault.slow) {
			return
		}
		data = data[len(data)/2:]
	}
	_, _ = w.Write(data)
}

// pause waits on the clock; it reports false when the client has gone or the server stops.
func (d *Discord) pause(r *http.Request, wait time.Duration) bool {
	if wait <= 0 {
		return true
	}
	over := make(chan struct{})
	stop := d.opts.Clock.AfterFunc(wait, func() { close(over) })
	defer stop()
	select {
	case <-over:
		return true
	case <-r.Context().Done():
	case <-d.done:
	}
	return false
}

// decodeJSON reads one JSON value, with numbers as they are written.
func decodeJSON(raw []byte) (any, error) {
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("text after the JSON value")
	}
	return v, nil
}

func itoa(n int) string { return strconv.Itoa(n) }
