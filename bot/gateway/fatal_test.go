package gateway

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCatalogueC75FatalCloseCodesEndRun(t *testing.T) {
	for _, code := range []int{4004, 4010, 4011, 4012, 4013, 4014} {
		for _, when := range []string{"in place of READY", "later"} {
			t.Run(fmt.Sprint(code, " ", when), func(t *testing.T) {
				bubble(t, func(_ int, p *peer) {
					if when == "later" {
						p.begin("one")
						p.await(opHeartbeat)
					} else {
						p.hello(40 * time.Second)
						p.await(opIdentify)
					}
					p.close(code)
					p.next()
				}, func(t *testing.T, w *world) {
					g, err := New(w.options(), &recorder{})
					if err != nil {
						t.Fatal(err)
					}
					err = g.Run(t.Context())
					var fatal *FatalError
					if !errors.As(err, &fatal) || fatal.Code != code {
						t.Fatalf("Run = %v, want a FatalError with code %d", err, code)
					}
					time.Sleep(time.Hour)
					if n := w.count(); n != 1 {
						t.Errorf("%d connections, want no further one", n)
					}
					if n := strings.Count(w.log(), "level=ERROR"); n != 1 {
						t.Errorf("%d error lines, want one:\n%s", n, w.log())
					}
					if g.State().Shards[0].Phase != Stopped {
						t.Errorf("state = %+v, want stopped", g.State())
					}
				})
			})
		}
	}
}

func TestOneFatalShardEndsAll(t *testing.T) {
	bubble(t, func(n int, p *peer) {
		p.begin("one")
		p.await(opHeartbeat)
		if n == 2 {
			p.close(4010)
		}
		p.live()
	}, func(t *testing.T, w *world) {
		o := w.options()
		o.Shards = 3
		g, err := New(o, &recorder{})
		if err != nil {
			t.Fatal(err)
		}
		var fatal *FatalError
		if err := g.Run(t.Context()); !errors.As(err, &fatal) || fatal.Code != 4010 {
			t.Errorf("Run = %v, want a FatalError", err)
		}
		if code, _ := w.peer(0).closeCode(); code != 1000 {
			t.Errorf("the other shard was closed with %d, want 1000", code)
		}
	})
}

func TestCatalogueC77GatewayAddress(t *testing.T) {
	type reply struct {
		resp *http.Response
		err  error
	}
	unauthorized := func() *http.Response { return answer(401, `{"message":"401: Unauthorized","code":0}`) }
	ban := func() *http.Response { return answer(429, "<html>banned</html>", "Retry-After", "100") }
	for name, tc := range map[string]struct {
		first    func(*http.Request) reply
		fatal    bool
		min, max time.Duration // until the first connection
	}{
		"401": {first: func(*http.Request) reply { return reply{resp: unauthorized()} }, fatal: true},
		"429 with a page": {first: func(*http.Request) reply { return reply{resp: ban()} },
			min: 100 * time.Second, max: 105 * time.Second},
		"500": {first: func(*http.Request) reply { return reply{resp: answer(500, "oops")} }, min: time.Second, max: 6 * time.Second},
		"timeout": {first: func(r *http.Request) reply { <-r.Context().Done(); return reply{err: r.Context().Err()} },
			min: 10 * time.Second, max: 36 * time.Second},
		"no address": {first: func(*http.Request) reply { return reply{resp: answer(200, `{"url":"http://x"}`)} }, max: 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
				calls := 0
				w.rest = func(r *http.Request) (*http.Response, error) {
					if calls++; calls > 3 || name == "429 with a page" && calls > 1 || name == "no address" && calls > 1 {
						return nil, nil
					}
					a := tc.first(r)
					return a.resp, a.err
				}
				start := time.Now()
				_, stop := w.run(&recorder{})
				time.Sleep(5 * time.Minute)
				err := stop()
				var fatal *FatalError
				if tc.fatal {
					if !errors.As(err, &fatal) || calls != 1 || w.count() != 0 {
						t.Errorf("Run = %v after %d requests and %d connections; want a FatalError after one and none", err, calls, w.count())
					}
					return
				}
				if err != nil || w.count() != 1 {
					t.Fatalf("Run = %v, %d connections\n%s", err, w.count(), w.log())
				}
				if d := w.dials[0].Sub(start); d < tc.min || d > tc.max {
					t.Errorf("connected after %s, want %s to %s", d, tc.min, tc.max)
				}
			})
		})
	}
}

func TestCatalogueC78NoSessionStartLeft(t *testing.T) {
	bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
		w.info.Starts.Remaining = 0
		w.info.Starts.ResetAfter = int((3 * time.Hour).Milliseconds())
		start := time.Now()
		g, stop := w.run(&recorder{})
		time.Sleep(2*time.Hour + 59*time.Minute)
		if n := w.count(); n != 0 {
			t.Fatalf("%d connections before the reset", n)
		}
		w.mu.Lock()
		w.info.Starts.Remaining = 1000
		w.mu.Unlock()
		time.Sleep(2 * time.Minute)
		if !g.State().AllReady() {
			t.Errorf("not ready after the reset: %+v", g.State())
		}
		if d := w.dials[0].Sub(start); d < 3*time.Hour || d > 3*time.Hour+10*time.Second {
			t.Errorf("connected after %s, want just after 3 h", d)
		}
		if w.asked > 3 {
			t.Errorf("asked %d times meanwhile", w.asked)
		}
		if got := w.alerts(); !slices.Contains(got, "session_starts") {
			t.Errorf("alerts = %v", got)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestIdentifiesNeverExceedWhatRemains(t *testing.T) {
	// Every session dies at once and cannot be resumed: the worst storm that Discord could provoke.
	bubble(t, func(_ int, p *peer) { p.begin("x"); p.await(opHeartbeat); p.close(4009); p.live() },
		func(t *testing.T, w *world) {
			w.info.Starts.Remaining = 20
			w.info.Starts.ResetAfter = int((24 * time.Hour).Milliseconds())
			w.rest = func(r *http.Request) (*http.Response, error) {
				if !strings.HasSuffix(r.URL.Path, "/gateway/bot") {
					return nil, nil
				}
				info := w.info
				info.Starts.Remaining -= w.count()
				return answer(200, info), nil
			}
			_, stop := w.run(&recorder{})
			time.Sleep(12 * time.Hour)
			if n := w.count(); n > 20 {
				t.Errorf("%d identifies, want at most the 20 that remained", n)
			}
			if n := w.count(); n < 10 {
				t.Errorf("%d identifies only; it should have gone on trying", n)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
}
