package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// What an error of Rest can be asked for with errors.Is.
var (
	// ErrUnauthorized: Discord refused the bot's token, so nothing is sent any more.
	ErrUnauthorized = errors.New("discord refuses the token")
	// ErrExpired: the interaction is unknown or its token is dead; nothing more can be said there.
	ErrExpired = errors.New("the interaction has expired")
	// ErrForbidden: the bot may not do this here (403).
	ErrForbidden = errors.New("not permitted")
	// ErrNotFound: channel, message or whatever was named does not exist (any more).
	ErrNotFound = errors.New("not found")
	// ErrRateLimited: the wait would take longer than the context or anybody's patience allows.
	ErrRateLimited = errors.New("rate limited")
	// ErrBraked: too many invalid requests in ten minutes; only what is essential is sent.
	ErrBraked = errors.New("too many invalid requests")
	// ErrUnavailable: no usable answer came: network, timeout, 5xx.
	ErrUnavailable = errors.New("discord is unavailable")
)

// Discord's error codes that decide something here (Discord docs, topics/opcodes-and-status-codes).
const (
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeInvalidToken       = 50027
	codeThreadExists       = 160004
)

// APIError is why a request did not succeed. Its text holds neither tokens nor ids nor what was sent.
type APIError struct {
	Route      string // template
	Status     int    // HTTP status; 0 = no answer
	Code       int    // Discord's error code; 0 = none
	Message    string // Discord's words, or ours where Local or without an answer
	Fields     string // which fields of the body were refused, and by which rule
	RetryAfter time.Duration
	Local      bool // not sent: an earlier answer already decided

	kind error
}

// Error returns one line.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "discord %s:", e.Route)
	if e.Status != 0 {
		fmt.Fprintf(&b, " %d", e.Status)
	}
	if e.Code != 0 {
		fmt.Fprintf(&b, " (%d)", e.Code)
	}
	if e.Message != "" {
		b.WriteString(" " + e.Message)
	}
	if e.Fields != "" {
		b.WriteString(" [" + e.Fields + "]")
	}
	if e.RetryAfter > 0 {
		fmt.Fprintf(&b, ", try again in %s", e.RetryAfter.Round(time.Millisecond))
	}
	if e.Local {
		b.WriteString(" (not sent)")
	}
	return b.String()
}

// Unwrap returns the kind, one of the Err… values, or nil for another refusal (4xx).
func (e *APIError) Unwrap() error { return e.kind }

// RetryAfter returns how long to wait after a rate-limited request, 0 for other errors.
func RetryAfter(err error) time.Duration {
	var api *APIError
	if errors.As(err, &api) && errors.Is(err, ErrRateLimited) {
		return api.RetryAfter
	}
	return 0
}

// Code returns Discord's error code, 0 where there is none.
func Code(err error) int {
	var api *APIError
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}

// apiError explains an answer that is not a success.
func (c *call) apiError(status int, body []byte) *APIError {
	e := &APIError{Route: c.route, Status: status}
	var d struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(body, &d) == nil {
		e.Code, e.Message = d.Code, printable(redact(d.Message, c.secrets...))
		e.Fields = printable(strings.Join(fields("", d.Errors, 0), ", "))
	}
	if e.Message == "" {
		e.Message = http.StatusText(status)
	}
	e.kind = c.kind(status, e.Code)
	return e
}

func (c *call) kind(status, code int) error {
	switch {
	case c.token && (code == codeUnknownInteraction || code == codeUnknownWebhook || status == 401):
		return ErrExpired
	case status == 401:
		return ErrUnauthorized
	case status == 403:
		return ErrForbidden
	case status == 404:
		return ErrNotFound
	case status == 429:
		return ErrRateLimited
	case status >= 500:
		return ErrUnavailable
	}
	return nil
}

// fields lists the refused fields of a 50035 error as "path: RULE", without the messages, which may
// quote what was sent.
func fields(path string, raw json.RawMessage, depth int) []string {
	var m map[string]json.RawMessage
	if depth > 8 || json.Unmarshal(raw, &m) != nil {
		return nil
	}
	var list []struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(m["_errors"], &list) == nil && len(list) > 0 {
		return []string{strings.TrimPrefix(path, ".") + ": " + list[0].Code}
	}
	var out []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, fields(path+"."+k, m[k], depth+1)...)
	}
	return out
}
