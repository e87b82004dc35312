package webhook_test

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"enlace/bot/webhook"
)

func TestB60RequestsHaveLimits(t *testing.T) {
	d := newDesk(t, nil)
	body := command("1")
	for _, c := range []struct {
		name   string
		change func(*http.Request)
		status int
		why    webhook.Reason
	}{
		{"another path", func(r *http.Request) { r.URL.Path = "/" }, 404, webhook.WrongPath},
		{"a longer path", func(r *http.Request) { r.URL.Path = webhook.Path + "/" }, 404, webhook.WrongPath},
		{"a crooked path", func(r *http.Request) { r.URL.Path = "/." + webhook.Path }, 404, webhook.WrongPath},
		{"a GET", func(r *http.Request) { r.Method = http.MethodGet }, 405, webhook.WrongMethod},
		{"a HEAD", func(r *http.Request) { r.Method = http.MethodHead }, 405, webhook.WrongMethod},
		{"an OPTIONS", func(r *http.Request) { r.Method = http.MethodOptions }, 405, webhook.WrongMethod},
		{"a PUT", func(r *http.Request) { r.Method = http.MethodPut }, 405, webhook.WrongMethod},
		{"no content type", func(r *http.Request) { r.Header.Del("Content-Type") }, 415, webhook.WrongType},
		{"another content type", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415, webhook.WrongType},
		{"a malformed content type", func(r *http.Request) { r.Header.Set("Content-Type", "application/json;;=") }, 415, webhook.WrongType},
		{"no content type and no signature", func(r *http.Request) { r.Header = http.Header{} }, 401, webhook.Unsigned},
		{"an announced 50 MB", func(r *http.Request) { r.ContentLength = 50 << 20 }, 413, webhook.TooLarge},
		{"a body that breaks off", func(r *http.Request) { r.Body = io.NopCloser(io.MultiReader(r.Body, broken{})) }, 400, webhook.Broken},
	} {
		r := request(body)
		c.change(r)
		w := d.answer(r)
		if w.Code != c.status || d.last() != c.why {
			t.Errorf("%s: %d, %q", c.name, w.Code, d.last())
		}
		if c.status == 405 && w.Header().Get("Allow") != "POST" {
			t.Errorf("%s: Allow is %q", c.name, w.Header().Get("Allow"))
		}
	}
	for _, media := range []string{"application/json", "application/json; charset=utf-8", "Application/JSON"} {
		r := request(ping)
		r.Header.Set("Content-Type", media)
		if w := d.answer(r); w.Code != 200 {
			t.Errorf("%s: %d", media, w.Code)
		}
	}
	d.closes(t)
	if d.count() != 0 {
		t.Errorf("%d ran", d.count())
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestB60ABodyOfFiftyMegabytesLeavesMemoryFlat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		client := p.client()
		sends := func(length int64) (int, error) {
			r := outgoing(request(nil))
			r.Body, r.ContentLength = io.NopCloser(io.LimitReader(noise{}, 50<<20)), length
			resp, err := client.Do(r)
			if err != nil {
				return 0, err
			}
			defer resp.Body.Close()
			return resp.StatusCode, nil
		}
		for _, length := range []int64{50 << 20, -1} { // announced, in chunks
			before := allocated()
			const times = 20
			for range times {
				if status, err := sends(length); err == nil && status != 413 { // an error: cut off while still writing
					t.Errorf("status %d", status)
				}
			}
			each := (allocated() - before) / times
			t.Logf("length %d: %d KB allocated for each, client included", length, each/1000)
			if each > 5<<20 {
				t.Errorf("%d bytes allocated for a refused body", each)
			}
		}
		stop()
		for _, why := range d.refused {
			if why != webhook.TooLarge {
				t.Errorf("counted as %q", why)
			}
		}
		if len(d.refused) != 40 || d.count() != 0 {
			t.Errorf("%d refused, %d ran", len(d.refused), d.count())
		}
	})
}

type noise struct{}

func (noise) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// talker is a connection that says something.
func talk(t *testing.T, p *pipes, text string) net.Conn {
	t.Helper()
	c, err := p.Dial(context.Background(), "", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestB60SlowRequestsAreCut(t *testing.T) {
	for _, c := range []struct {
		name, starts string
		within       time.Duration
		status       int // 0 = the connection just ends
	}{
		{"nothing", "", webhook.HeaderTime, 0},
		{"half a line", "POST /inter", webhook.HeaderTime, 0},
		{"a header at a time", "POST " + webhook.Path + " HTTP/1.1\r\nHost: e\r\n", webhook.HeaderTime, 0},
		{"a slow body", "POST " + webhook.Path + " HTTP/1.1\r\nHost: e\r\nContent-Length: 1000\r\n\r\n{", webhook.ReadTime, 408},
		{"slow chunks", "POST " + webhook.Path + " HTTP/1.1\r\nHost: e\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", webhook.ReadTime, 408},
		{"an endless header", "GET / HTTP/1.1\r\nX: " + strings.Repeat("x", 100), webhook.HeaderTime, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d, p, stop := serving(t)
				start := time.Now()
				conn := talk(t, p, c.starts)
				defer conn.Close()
				var writing sync.WaitGroup
				writing.Go(func() { // a byte now and then
					for _, err := conn.Write([]byte("1")); err == nil; _, err = conn.Write([]byte("1")) {
						time.Sleep(500 * time.Millisecond)
					}
				})
				raw, _ := io.ReadAll(conn)
				if took := time.Since(start); took > c.within+500*time.Millisecond {
					t.Errorf("cut after %s", took)
				}
				writing.Wait()
				if c.status != 0 {
					resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), nil)
					if err != nil || resp.StatusCode != c.status || d.last() != webhook.Slow {
						t.Errorf("%q, counted as %q", raw, d.last())
					}
				}
				stop()
				if d.count() != 0 {
					t.Errorf("%d ran", d.count())
				}
			})
		})
	}
}

func TestB60HugeHeadersAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		r := outgoing(request(command("1")))
		r.Header.Set("X-More", strings.Repeat("x", 1<<20))
		resp, err := p.client().Do(r)
		if err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
				t.Errorf("status %d", resp.StatusCode)
			}
		}
		stop()
		if d.count() != 0 {
			t.Errorf("%d ran", d.count())
		}
	})
}

func TestB60AThousandConnectionsLeaveMemoryFlatAndDiscordServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		before := heap()
		const conns = 1000
		start := "POST " + webhook.Path + " HTTP/1.1\r\nHost: e\r\nContent-Length: 1000000\r\n\r\n" + strings.Repeat("x", 1000)
		var all sync.WaitGroup
		ctx, cancel := context.WithCancel(context.Background())
		for range conns {
			all.Go(func() {
				c, err := p.Dial(ctx, "", "")
				if err != nil {
					t.Errorf("dial: %v", err)
					return
				}
				defer c.Close()
				if _, err := io.WriteString(c, start); err == nil {
					_, _ = io.Copy(io.Discard, c) // until it is cut
				}
			})
		}
		synctest.Wait()
		during := heap()
		t.Logf("heap %.1f MB → %.1f MB with %d connections of which %d are let in", float64(before)/1e6, float64(during)/1e6, conns, webhook.MaxConns)
		if during > before+24<<20 {
			t.Errorf("heap %d → %d", before, during)
		}
		client, asked := p.client(), time.Now()
		resp, err := client.Do(outgoing(request(command("1"))))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if took := time.Since(asked); resp.StatusCode != 202 || took > 500*time.Millisecond {
			t.Errorf("status %d after %s", resp.StatusCode, took)
		}
		t.Logf("Discord's request waited %s", time.Since(asked))
		all.Wait()
		cancel()
		time.Sleep(time.Second)
		after := heap()
		if after > before+4<<20 {
			t.Errorf("heap %d → %d when they are gone", before, after)
		}
		t.Logf("heap %.1f MB when they are gone", float64(after)/1e6)
		stop()
		if d.count() != 1 {
			t.Errorf("%d ran", d.count())
		}
	})
}

func TestB60LargeBodiesShareABudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, p, stop := serving(t)
		before := heap()
		const conns = 300
		start := []byte("POST " + webhook.Path + " HTTP/1.1\r\nHost: e\r\nContent-Length: " + strconv.Itoa(webhook.MaxBody) + "\r\n\r\n" + strings.Repeat("x", 600<<10))
		var all sync.WaitGroup
		for range conns {
			all.Go(func() {
				c, err := p.Dial(context.Background(), "", "")
				if err != nil {
					t.Errorf("dial: %v", err)
					return
				}
				defer c.Close()
				if _, err := c.Write(start); err == nil {
					_, _ = io.Copy(io.Discard, c) // until it is cut
				}
			})
		}
		synctest.Wait()
		during := heap()
		t.Logf("heap %.1f MB → %.1f MB with %d bodies of 600 KB that do not end", float64(before)/1e6, float64(during)/1e6, conns)
		if during > before+webhook.MaxPending+24<<20 {
			t.Errorf("heap %d → %d", before, during)
		}
		all.Wait()
		resp, err := p.client().Do(outgoing(request(command("1"))))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		stop()
		if d.count() != 1 {
			t.Errorf("%d ran after it", d.count())
		}
	})
}
