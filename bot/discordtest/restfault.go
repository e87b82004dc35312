package discordtest

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// Fault is a scripted answer, delay or cut of REST requests.
type Fault struct {
	route   string
	status  int
	left    int // how many requests it still hits; below 0: all
	hits    int
	text    string
	retry   time.Duration
	global  bool
	scope   string
	noJSON  bool
	after   bool
	cut     bool
	delay   time.Duration
	slow    time.Duration
	only    func(*Request) bool
	code    int
	message string
}

// FaultOption refines a fault.
type FaultOption func(*Fault)

// Times lets the fault hit n requests; without it, one.
func Times(n int) FaultOption { return func(f *Fault) { f.left = n } }

// Forever lets the fault hit every request, until [REST.Heal].
func Forever() FaultOption { return Times(-1) }

// RetryAfter is the time told by a 429; the default is one second.
func RetryAfter(d time.Duration) FaultOption { return func(f *Fault) { f.retry = d } }

// Global makes a 429 one of the whole bot.
func Global() FaultOption { return func(f *Fault) { f.global, f.scope = true, "global" } }

// Shared makes a 429 one of a resource that others share; it does not count as an invalid request.
func Shared() FaultOption { return func(f *Fault) { f.scope = "shared" } }

// HTML answers with a page in place of JSON, as Cloudflare does.
func HTML() FaultOption { return func(f *Fault) { f.text, f.noJSON = banPage, true } }

// Body answers with this text in place of JSON.
func Body(text string) FaultOption { return func(f *Fault) { f.text, f.noJSON = text, true } }

// Code is the error code and the message of the answer.
func Code(code int, message string) FaultOption {
	return func(f *Fault) { f.code, f.message = code, message }
}

// AfterEffect lets the request do its work first: only the answer goes wrong. It is how idempotency is tested.
func AfterEffect() FaultOption { return func(f *Fault) { f.after = true } }

// Delayed waits before the request is handled.
func Delayed(d time.Duration) FaultOption { return func(f *Fault) { f.delay = d } }

// SlowBody sends half of the answer and waits before the other half.
func SlowBody(d time.Duration) FaultOption { return func(f *Fault) { f.slow = d } }

// OnlyIf restricts the fault to requests of which ok is true.
func OnlyIf(ok func(*Request) bool) FaultOption { return func(f *Fault) { f.only = ok } }

// Fail lets the next request of a route fail with status: Fail("POST /channels/{id}/messages", 429, RetryAfter(1500*time.Millisecond)).
// Faults are tried in the order of their calls; patterns are those of [REST.Requests].
func (r *REST) Fail(route string, status int, options ...FaultOption) {
	r.script(Fault{route: route, status: status, left: 1, retry: time.Second, scope: "user"}, options)
}

// Cut ends the connection of the next request of a route without an answer: before the request is handled, or [AfterEffect].
func (r *REST) Cut(route string, options ...FaultOption) {
	r.script(Fault{route: route, cut: true, left: 1}, options)
}

// Slow lets the next request of a route wait, and be handled then; see [SlowBody] for a slow answer.
func (r *REST) Slow(route string, d time.Duration, options ...FaultOption) {
	r.script(Fault{route: route, delay: d, left: 1}, options)
}

func (r *REST) script(f Fault, options []FaultOption) {
	for _, option := range options {
		option(&f)
	}
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	r.faults = append(r.faults, &f)
}

// Latency lets every request wait this long before it is handled.
func (r *REST) Latency(d time.Duration) {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	r.latency = d
}

func (r *REST) latencyNow() time.Duration {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	return r.latency
}

// Heal ends all faults and latencies.
func (r *REST) Heal() {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	r.faults, r.latency = nil, 0
}

// take returns the fault that hits a request, the zero value if none does.
func (r *REST) take(record *Request) Fault {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	for _, f := range r.faults {
		if f.left == 0 || !record.is(f.route) || f.only != nil && !f.only(record) {
			continue
		}
		if f.left > 0 {
			f.left--
		}
		f.hits++
		return *f
	}
	return Fault{}
}

// Unspent is the number of requests that scripted faults have yet to hit, those Forever not counted.
func (r *REST) Unspent() int {
	r.d.mu.Lock()
	defer r.d.mu.Unlock()
	n := 0
	for _, f := range r.faults {
		n += max(f.left, 0)
	}
	return n
}

func (f Fault) reply(d *Discord) reply {
	rep := reply{status: f.status, header: http.Header{}}
	if f.status == http.StatusTooManyRequests {
		rep = tooMany(d.Now(), f.retry, f.scope)
		if f.noJSON {
			rep.header = http.Header{"Retry-After": rep.header["Retry-After"]}
		}
	} else if !f.noJSON {
		rep.body = f.errorBody()
	}
	if f.noJSON {
		rep.body, rep.text = nil, f.text
		rep.header.Set("Content-Type", "text/html; charset=UTF-8")
	}
	return rep
}

func (f Fault) errorBody() any {
	code, message := f.code, f.message
	if code == 0 && message == "" {
		code, message = usualCode[f.status], strconv.Itoa(f.status)+": "+http.StatusText(f.status)
	}
	return object{"message": message, "code": code}
}

var usualCode = map[int]int{http.StatusForbidden: 50013, http.StatusBadRequest: 50035}

// tooMany is a 429 with its headers (topics/rate-limits, "Exceeding A Rate Limit").
func tooMany(now time.Time, retry time.Duration, scope string) reply {
	seconds := math.Max(retry.Seconds(), 0.001)
	h := http.Header{}
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(seconds))))
	h.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		h.Set("X-RateLimit-Global", "true")
	} else {
		h.Set("X-RateLimit-Limit", "5")
		h.Set("X-RateLimit-Remaining", "0")
		h.Set("X-RateLimit-Reset", decimal(float64(now.UnixMilli())/1000+seconds))
		h.Set("X-RateLimit-Reset-After", decimal(seconds))
		h.Set("X-RateLimit-Bucket", "scripted")
	}
	body := object{"message": "You are being rate limited.", "retry_after": seconds, "global": scope == "global"}
	if scope == "shared" {
		body["message"] = "The resource is being rate limited."
	}
	return reply{status: http.StatusTooManyRequests, body: body, header: h, shared: scope == "shared"}
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 3, 64) }
