package llm

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"
)

// maxBody bounds an answer's body in bytes. A draft is a few kilobytes; without a bound the library would read for ever.
const maxBody = 1 << 20

// maxRetryAfter bounds what Retry-After may say.
const maxRetryAfter = 24 * time.Hour

// errLong is what reading a body beyond maxBody ends in.
var errLong = errors.New("the body is too long")

// exchange is what the library does not tell about one attempt.
type exchange struct {
	started    atomic.Bool // the request reached the transport
	wrote      atomic.Bool // the request was sent whole
	status     int
	retryAfter time.Duration // 0 = not said
	readErr    error         // what the body broke off with; nil for its regular end
}

type exchangeKey struct{}

// watch returns a context whose request is recorded in the exchange.
func watch(ctx context.Context) (context.Context, *exchange) {
	ex := new(exchange)
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(info httptrace.WroteRequestInfo) {
		ex.wrote.Store(info.Err == nil)
	}})
	return context.WithValue(ctx, exchangeKey{}, ex), ex
}

// roundTripper bounds bodies and reads the headers that the library hides.
type roundTripper struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (t roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	ex, _ := req.Context().Value(exchangeKey{}).(*exchange)
	if ex == nil {
		ex = new(exchange)
	}
	ex.started.Store(true)
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	ex.status = resp.StatusCode
	ex.retryAfter = retryAfter(resp.Header, time.Now())
	resp.Body = &body{from: resp.Body, left: maxBody, ex: ex}
	return resp, nil
}

// retryAfter reads Retry-After (RFC 9110, 10.2.3: seconds or a date) and the milliseconds that OpenAI and Azure send besides.
func retryAfter(h http.Header, now time.Time) time.Duration {
	d := time.Duration(0)
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 {
		d = time.Duration(min(ms, 1e9)) * time.Millisecond
	} else if s, err := strconv.ParseFloat(h.Get("Retry-After"), 64); err == nil && s > 0 {
		d = time.Duration(min(s, 1e6) * float64(time.Second))
	} else if at, err := http.ParseTime(h.Get("Retry-After")); err == nil {
		d = at.Sub(now)
	}
	return min(max(d, 0), maxRetryAfter)
}

// body reads at most left bytes and leaves out what stands before the first line of JSON: empty lines and comments that servers
// send to keep a connection open (": OPENROUTER PROCESSING").
type body struct {
	from    io.ReadCloser
	left    int
	ex      *exchange
	json    bool // the first line of JSON has begun
	comment bool // inside a comment
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	if b.left <= 0 {
		b.ex.readErr = errLong
		return 0, errLong
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	if err != nil && err != io.EOF {
		b.ex.readErr = err
	}
	return b.skip(p[:n]), err
}

// skip removes comments and white space before the JSON from p, in place, and returns how many bytes are left.
func (b *body) skip(p []byte) int {
	for i := 0; !b.json && i < len(p); {
		switch {
		case b.comment:
			end := bytes.IndexByte(p[i:], '\n')
			if end < 0 {
				return 0
			}
			i, b.comment = i+end, false
		case p[i] == ':':
			b.comment = true
		case p[i] == ' ', p[i] == '\t', p[i] == '\r', p[i] == '\n':
			i++
		default:
			b.json = true
			return copy(p, bytes.TrimPrefix(p[i:], []byte("\ufeff")))
		}
	}
	if !b.json {
		return 0
	}
	return len(p)
}

// Close implements io.Closer.
func (b *body) Close() error { return b.from.Close() }
