package webhook_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/webhook"
)

func TestB58ForgedRequestsRunNothing(t *testing.T) {
	const signature, timestamp = "X-Signature-Ed25519", "X-Signature-Timestamp"
	body := command("42")
	set := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	respell := func(spell func(string) string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(signature, spell(r.Header.Get(signature))) }
	}
	with := func(body []byte) func(*http.Request) {
		return func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body)) }
	}
	other := strings.Replace(string(body), "How high?", "How deep?", 1)
	for _, c := range []struct {
		name  string
		spoil func(*http.Request)
		why   webhook.Reason
	}{
		{"no signature", func(r *http.Request) { r.Header.Del(signature) }, webhook.Unsigned},
		{"no timestamp", func(r *http.Request) { r.Header.Del(timestamp) }, webhook.Unsigned},
		{"neither", func(r *http.Request) { r.Header.Del(signature); r.Header.Del(timestamp) }, webhook.Unsigned},
		{"empty", set(signature, ""), webhook.Unsigned},
		{"zeros", set(signature, strings.Repeat("0", 128)), webhook.Forged},
		{"the neutral element", set(signature, "01"+strings.Repeat("0", 126)), webhook.Forged},
		{"of another body", set(signature, sign("1", []byte("other"))), webhook.Forged},
		{"for another body", with([]byte(other)), webhook.Forged},
		{"for another time", set(timestamp, strconv.FormatInt(time.Now().Unix()-1, 10)), webhook.Forged},
		{"upper-case", respell(strings.ToUpper), webhook.Unsigned},
		{"63 bytes", respell(func(s string) string { return s[2:] }), webhook.Unsigned},
		{"65 bytes", respell(func(s string) string { return s + "00" }), webhook.Unsigned},
		{"127 digits", respell(func(s string) string { return s[1:] }), webhook.Unsigned},
		{"not hexadecimal", respell(func(s string) string { return "g" + s[1:] }), webhook.Unsigned},
		{"white space", respell(func(s string) string { return " " + s[1:] }), webhook.Unsigned},
		{"a bit flipped", respell(func(s string) string { return s[:126] + map[bool]string{true: "00", false: "01"}[s[126:] != "00"] }), webhook.Forged},
		{"twice", func(r *http.Request) { r.Header.Add(signature, r.Header.Get(signature)) }, webhook.Unsigned},
		{"two timestamps", func(r *http.Request) { r.Header.Add(timestamp, r.Header.Get(timestamp)) }, webhook.Unsigned},
		{"a timestamp with a sign", set(timestamp, "+1700000000"), webhook.Unsigned},
		{"a timestamp of words", set(timestamp, "now"), webhook.Unsigned},
		{"a timestamp beyond int64", set(timestamp, "99999999999999999999"), webhook.Unsigned},
		{"trailing bytes", with(append(bytes.Clone(body), '\n')), webhook.Forged},
		{"a leading byte", with(append([]byte(" "), body...)), webhook.Forged},
		{"cut", with(body[:len(body)-1]), webhook.Forged},
		{"no body", with(nil), webhook.Forged},
		{"bytes moved into the timestamp", func(r *http.Request) {
			r.Header.Set(timestamp, r.Header.Get(timestamp)+"1")
		}, webhook.Forged},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, nil)
			for _, chunked := range []bool{false, true} {
				r := request(body)
				c.spoil(r)
				if chunked {
					r.ContentLength, r.TransferEncoding = -1, []string{"chunked"}
				}
				rest := &watched{Reader: r.Body}
				r.Body = io.NopCloser(rest)
				w := d.answer(r)
				if w.Code != http.StatusUnauthorized || w.Body.String() != "invalid request signature\n" {
					t.Errorf("chunked %v: %d %q", chunked, w.Code, w.Body)
				}
				if d.last() != c.why {
					t.Errorf("chunked %v: counted as %q, want %q", chunked, d.last(), c.why)
				}
				if !rest.ended {
					t.Errorf("chunked %v: it shows before the end of the body that something is wrong", chunked)
				}
			}
			d.closes(t)
			if d.count() != 0 || d.accepted != 0 {
				t.Errorf("%d interactions ran", d.count())
			}
		})
	}
}

// watched notes whether a body was read to its end.
type watched struct {
	io.Reader
	ended bool
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.ended = w.ended || err == io.EOF
	return n, err
}

func TestASignedRequestRunsWholeOrInChunks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		for n, chunked := range []bool{false, true} {
			r := outgoing(request(command(fmt.Sprint(40 + n))))
			if chunked {
				r.ContentLength, r.GetBody = -1, nil
			}
			resp, err := p.client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusAccepted || len(body) != 0 {
				t.Errorf("chunked %v: %d %q", chunked, resp.StatusCode, body)
			}
		}
		stop()
		if got := ids(d.taken); fmt.Sprint(got) != "[40 41]" || d.accepted != 2 {
			t.Errorf("taken %v", got)
		}
		data, ok := d.taken[0].Data.(discordgo.ApplicationCommandInteractionData)
		if !ok || data.Name != "ask" || data.Options[0].Value != "How high?" || d.taken[0].AppID != "100000000000000002" || d.taken[0].Token != secret {
			t.Errorf("%+v", d.taken[0])
		}
		if strings.Contains(d.logged(), secret) {
			t.Error("the token is in the log")
		}
	})
}

func TestB59AReplayRunsOnceAndAStaleRequestNever(t *testing.T) {
	d := newDesk(t, nil)
	start := time.Unix(1_800_000_000, 0)
	at := func(now time.Duration) { d.mu.Lock(); d.now = start.Add(now); d.mu.Unlock() }
	for _, c := range []struct {
		name   string
		id     string
		signed time.Duration // since start
		now    time.Duration
		status int
		why    webhook.Reason
	}{
		{"the first", "1", 0, 0, 202, ""},
		{"after a second", "1", 0, time.Second, 202, webhook.Replayed},
		{"after five minutes", "1", 0, 300 * time.Second, 202, webhook.Replayed},
		{"a moment later", "1", 0, 301 * time.Second, 401, webhook.Stale},
		{"after ten minutes", "1", 0, 10 * time.Minute, 401, webhook.Stale},
		{"after a year", "1", 0, 365 * 24 * time.Hour, 401, webhook.Stale},
		{"signed anew", "1", 10 * time.Minute, 10 * time.Minute, 202, webhook.Replayed},
		{"a clock behind", "2", 300 * time.Second, 0, 202, ""},
		{"from the future, at the end of its time", "2", 300 * time.Second, 600 * time.Second, 202, webhook.Replayed},
		{"in the future", "3", 301 * time.Second, 0, 401, webhook.Stale},
		{"far in the future", "3", 1_000_000 * time.Hour, 0, 401, webhook.Stale},
		{"one of five minutes ago", "4", -300 * time.Second, 0, 202, ""},
	} {
		at(c.now)
		before := len(d.refused)
		if w := d.answer(requestAt(command(c.id), start.Add(c.signed))); w.Code != c.status {
			t.Errorf("%s: %d", c.name, w.Code)
		}
		if len(d.refused) == before && c.why != "" || len(d.refused) > before && d.last() != c.why {
			t.Errorf("%s: counted as %q, want %q", c.name, d.refused[before:], c.why)
		}
	}
	r := request(command("5"))
	r.Header.Set("X-Signature-Timestamp", "0")
	r.Header.Set("X-Signature-Ed25519", sign("0", command("5")))
	if w := d.answer(r); w.Code != 401 {
		t.Errorf("of 1970: %d", w.Code)
	}
	d.closes(t)
	if got := fmt.Sprint(ids(d.taken)); got != "[1 2 4]" {
		t.Errorf("taken %s", got)
	}
}

func TestB59ReplaysAtTheSameTimeRunOnce(t *testing.T) {
	d := newDesk(t, nil)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if w := d.answer(request(command("1"))); w.Code != 202 {
				t.Errorf("%d", w.Code)
			}
		})
	}
	all.Wait()
	d.closes(t)
	if d.count() != 1 {
		t.Errorf("%d ran", d.count())
	}
}
