package doctor

import (
	"net/http"
	"sync"
	"time"
)

// How far this machine's clock may be from others'. Times in messages and the day of a token budget are off from the first on;
// from the second on certificates and signatures of interactions are at risk.
const (
	clockWarns = 5 * time.Second
	clockFails = time.Minute
)

// clock compares this machine's with the Date that others send (RFC 9110, 6.6.1: to the second).
type clock struct {
	now func() time.Time

	mu   sync.Mutex
	seen map[string]reading
}

// reading is how far another clock is ahead of ours, give or take.
type reading struct{ ahead, error time.Duration }

// listen is a transport that notes the dates of answers as those of a source.
func (c *clock) listen(source string, next http.RoundTripper) http.RoundTripper {
	return listener{c, source, next}
}

type listener struct {
	*clock
	source string
	next   http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (l listener) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := l.now()
	resp, err := l.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	took := l.now().Sub(sent)
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		l.note(l.source, reading{date.Add(time.Second / 2).Sub(sent.Add(took / 2)), took/2 + time.Second/2})
	}
	return resp, nil
}

// note keeps the most exact reading of each source.
func (c *clock) note(source string, r reading) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.seen[source]; ok && old.error <= r.error {
		return
	}
	if c.seen == nil {
		c.seen = map[string]reading{}
	}
	c.seen[source] = r
}

// check judges by Discord's clock where it was heard, else by the model endpoint's.
func (c *clock) check() Check {
	const name = "clock"
	c.mu.Lock()
	defer c.mu.Unlock()
	source := sourceDiscord
	r, ok := c.seen[source]
	if !ok {
		source = sourceModel
		r, ok = c.seen[source]
	}
	if !ok {
		return skipped(name, "nobody was heard whose clock could be compared", "")
	}
	off, way := r.ahead, "behind"
	if off < 0 {
		off, way = -off, "ahead of"
	}
	sure := max(off-r.error, 0)
	const remedy = "set the clock and keep it right (timedatectl set-ntp true, or the time service of your system or host)"
	switch shown := off.Round(time.Second); {
	case sure > clockFails:
		return failed(name, remedy, "this machine's clock is %s %s %s's", shown, way, source)
	case sure > clockWarns:
		return warned(name, remedy, "this machine's clock is %s %s %s's", shown, way, source)
	}
	return passed(name, "right by %s's, to within %s", source, (off + r.error).Round(time.Second/10))
}

// The sources whose clocks are heard.
const (
	sourceDiscord = "Discord"
	sourceModel   = "the model's endpoint"
)
