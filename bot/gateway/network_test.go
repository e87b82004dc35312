package gateway

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

func TestCatalogueC76ConnectionResetInTheMiddleOfAFrame(t *testing.T) {
	reconnects(t, func(p *peer) {
		p.begin("first")
		p.await(opHeartbeat)
		whole := appendReceived(nil, frame{final: true, op: opText, payload: []byte(`{"op":11}`)})
		p.raw(whole[:len(whole)-3])
		_ = p.conn.Close()
	}, func(t *testing.T, w *world) { second(t, w, opResume, 5*time.Second) })
}

func TestCatalogueC76HalfOpenConnection(t *testing.T) {
	reconnects(t, func(p *peer) {
		p.begin("first")
		p.await(opHeartbeat)
		time.Sleep(2 * time.Minute) // nothing is read or written any more, and the connection stays
	}, func(t *testing.T, w *world) { second(t, w, opResume, 90*time.Second) })
}

func TestCatalogueC76FailuresBeforeTheWebsocket(t *testing.T) {
	for name, fail := range map[string]func(w *world) (net.Conn, error){
		"DNS failure": func(*world) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "gateway.test", IsNotFound: true}}
		},
		"connection refused": func(*world) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
		},
		"TLS error": func(*world) (net.Conn, error) {
			client, server := net.Pipe()
			go func() {
				_, _ = server.Read(make([]byte, 1024))
				_, _ = server.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
				_ = server.Close()
			}()
			return client, nil
		},
		"TLS silence": func(*world) (net.Conn, error) {
			client, server := net.Pipe()
			go func() { // swallows what comes until the client goes
				for buf := make([]byte, 1024); ; {
					if _, err := server.Read(buf); err != nil {
						return
					}
				}
			}()
			return client, nil
		},
		"upgrade not answered": func(w *world) (net.Conn, error) {
			client, server := net.Pipe()
			go func() {
				for buf := make([]byte, 1024); ; {
					if _, err := server.Read(buf); err != nil {
						return
					}
				}
			}()
			return client, nil
		},
		"upgrade refused": func(w *world) (net.Conn, error) {
			client, server := net.Pipe()
			go func() {
				_, _ = server.Read(make([]byte, 4096))
				_, _ = server.Write([]byte("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"))
				_ = server.Close()
			}()
			return client, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
				secure := strings.HasPrefix(name, "TLS")
				if secure {
					w.info.URL = "wss://gateway.test"
				}
				w.dial = func(context.Context, string, string) (net.Conn, error) {
					if w.count() <= 5 {
						return fail(w)
					}
					return w.pipe(w.count()), nil
				}
				w.rest = nil
				g, stop := w.run(&recorder{})
				if secure {
					time.Sleep(time.Minute)
					w.mu.Lock()
					w.info.URL = "ws://gateway.test"
					w.mu.Unlock()
				}
				time.Sleep(5 * time.Minute)
				if !g.State().AllReady() {
					t.Errorf("did not recover: %+v\n%s", g.State(), w.log())
				}
				if gap := w.dials[1].Sub(w.dials[0]); gap > upgradeWithin+10*time.Second {
					t.Errorf("came back after %s", gap)
				}
				if name == "upgrade refused" && w.dials[1].Sub(w.dials[0]) < 7*time.Second {
					t.Errorf("came back after %s, want at least Retry-After", w.dials[1].Sub(w.dials[0]))
				}
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestCatalogueC76HalfAnHourWithoutNetwork(t *testing.T) {
	bubble(t, func(_ int, p *peer) { p.begin("one"); p.await(opHeartbeat); p.live() }, func(t *testing.T, w *world) {
		var down atomic.Bool
		w.dial = func(context.Context, string, string) (net.Conn, error) {
			if down.Load() {
				return nil, &net.OpError{Op: "dial", Err: errors.New("network is unreachable")}
			}
			return w.pipe(0), nil
		}
		g, stop := w.run(&recorder{})
		time.Sleep(5 * time.Minute)
		down.Store(true)
		_ = w.peer(0).conn.Close()
		time.Sleep(30 * time.Minute)
		down.Store(false)
		tries := w.count()
		if tries < 15 || tries > 60 {
			t.Errorf("%d attempts in half an hour, want a steady few", tries)
		}
		time.Sleep(2*time.Minute + time.Second)
		if !g.State().AllReady() {
			t.Errorf("not back within two minutes: %+v", g.State())
		}
		if st := g.State().Shards[0]; st.Resumes != 1 || st.Identifies != 1 {
			t.Errorf("state = %+v, want one identify and one resume", st)
		}
		gaps := map[time.Duration]bool{}
		for i := 2; i < len(w.dials); i++ {
			gap := w.dials[i].Sub(w.dials[i-1])
			if gap > 2*time.Minute {
				t.Errorf("a pause of %s", gap)
			}
			gaps[gap] = true
		}
		if len(gaps) < tries/2 {
			t.Errorf("the pauses have no jitter: %v", gaps)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCatalogueC80ThousandReconnects(t *testing.T) {
	bubble(t, func(n int, p *peer) {
		p.begin("one")
		p.await(opHeartbeat)
		switch {
		case n >= 1100:
		case n%3 == 0:
			p.send(opReconnect, nil)
		case n%3 == 1:
			p.close(4009)
		default:
			_ = p.conn.Close()
		}
		p.live()
	}, func(t *testing.T, w *world) {
		w.info.Starts.Remaining = 1 << 30
		g, stop := w.run(&recorder{})
		for w.count() < 100 {
			time.Sleep(time.Minute)
		}
		before, buckets := settled(), g.Rest().Buckets()
		for w.count() < 1101 {
			time.Sleep(time.Minute)
		}
		time.Sleep(10 * time.Minute)
		after := settled()
		if after > before+5 {
			t.Errorf("%d goroutines after 1,000 reconnects, %d before", after, before)
		}
		if n := g.Rest().Buckets(); n > buckets {
			t.Errorf("%d buckets, %d before", n, buckets)
		}
		if !g.State().AllReady() {
			t.Errorf("state = %+v", g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

// settled counts goroutines when nothing can go on.
func settled() int {
	synctest.Wait()
	return runtime.NumGoroutine()
}

func TestCatalogueC90SuspendedForTenMinutes(t *testing.T) {
	// The process sleeps; meanwhile the peer and every middlebox forget the connection.
	reconnects(t, func(p *peer) {
		p.begin("first")
		p.await(opHeartbeat)
		time.Sleep(70 * time.Second)
		_ = p.conn.Close()
	}, func(t *testing.T, w *world) {
		if got := w.peer(1).ops(); !slices.Equal(got, []int{opResume}) {
			t.Errorf("came back with %v, want a Resume", got)
		}
	})
}

func TestWedgedAttemptsAreLeftBehindAndCounted(t *testing.T) {
	bubble(t, func(int, *peer) {}, func(t *testing.T, w *world) {
		release := make(chan struct{})
		w.dial = func(context.Context, string, string) (net.Conn, error) {
			<-release // a resolver that ignores its context
			return nil, errors.New("too late")
		}
		g, err := New(w.options(), &recorder{})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		err = g.Run(t.Context())
		var fatal *FatalError
		if !errors.As(err, &fatal) || fatal.Code != 0 {
			t.Errorf("Run = %v, want a FatalError", err)
		}
		if n := g.State().Shards[0].Abandoned; n != maxAbandoned || w.count() != maxAbandoned {
			t.Errorf("%d abandoned of %d, want %d", n, w.count(), maxAbandoned)
		}
		if d := time.Since(start); d > 10*time.Minute {
			t.Errorf("took %s", d)
		}
		close(release)
		synctest.Wait()
	})
}

func TestResumeIsGivenUpAfterThreeFailures(t *testing.T) {
	bubble(t, func(n int, p *peer) {
		switch {
		case n == 0:
			p.begin("first")
			p.await(opHeartbeat)
			_ = p.conn.Close()
		case n <= 3:
			p.hello(40 * time.Second)
			p.await(opResume)
			_ = p.conn.Close()
		default:
			p.begin("second")
			p.live()
		}
	}, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(5 * time.Minute)
		if got := w.peer(4).ops(); !slices.Equal(got, []int{opIdentify}) {
			t.Errorf("the fifth connection sent %v, want an Identify", got)
		}
		if !g.State().AllReady() {
			t.Errorf("state = %+v", g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestDeadResumeAddressFallsBackToTheMainOne(t *testing.T) {
	bubble(t, func(n int, p *peer) { p.begin("one"); p.await(opHeartbeat); p.live() }, func(t *testing.T, w *world) {
		w.dial = func(_ context.Context, _, addr string) (net.Conn, error) {
			if addr == "resume.test:80" {
				return nil, &net.OpError{Op: "dial", Err: errors.New("no route to host")}
			}
			return w.pipe(0), nil
		}
		g, stop := w.run(&recorder{})
		time.Sleep(time.Minute)
		_ = w.peer(0).conn.Close()
		time.Sleep(time.Minute)
		if st := g.State().Shards[0]; st.Phase != Ready || st.Resumes != 1 {
			t.Errorf("state = %+v, want resumed at the main address", st)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestTokenIsNotSentToALessProtectedAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"wss://gateway-us-east1-b.discord.gg": true, "ws://gateway.evil": false, "https://x": false, "wss://u@x": false, "": false, "://": false,
	} {
		if got := resumeURL(address, "wss://gateway.discord.gg"); got != want {
			t.Errorf("resumeURL(%q) = %t, want %t", address, got, want)
		}
	}
}

func TestBackoffGrowsToTwoMinutesWithJitter(t *testing.T) {
	for n, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 120, 120} {
		lo, hi := backoff(n, func() float64 { return 0 }), backoff(n, func() float64 { return 0.999999 })
		if lo != want*time.Second/2 || hi > want*time.Second || hi < want*time.Second*9/10 {
			t.Errorf("backoff(%d) is between %s and %s, want half of %ds to all of it", n, lo, hi, want)
		}
	}
	if d := backoff(1<<40, func() float64 { return 1 }); d > maxDelay {
		t.Errorf("backoff of many failures = %s", d)
	}
}

func TestConnectsOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(nil) // for its certificate
	server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	for name, trusted := range map[string]*tls.Config{"trusted": {RootCAs: roots}, "not trusted": nil} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
				w.info.URL = "wss://example.com"
				w.secure = func(raw net.Conn) net.Conn { return tls.Server(raw, server.TLS) }
				g, stop := w.run(&recorder{}, func(o *Options) { o.TLS = trusted })
				time.Sleep(time.Minute)
				if g.State().AllReady() != (trusted != nil) {
					t.Errorf("state = %+v", g.State())
				}
				if trusted != nil && w.urls[0] != "example.com:443" {
					t.Errorf("dialled %s", w.urls[0])
				}
				if err := stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestCatalogueC90ClockJumpKeepsTheSession(t *testing.T) {
	// After a jump of the wall clock discordgo believes that nothing was acknowledged for an hour, and
	// closes its connection with 1000.
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		p := &peer{conn: server, in: bufio.NewReader(server)}
		go func() {
			defer func() { _ = recover() }() // when the client has gone
			p.next()
		}()
		w := newWire(client, "Bot x", &session{id: "s", seq: 5}, quietEvents())
		w.wLive = true
		_, _ = w.Write(appendSent(nil, closeFrame(1000)))
		_ = w.Close()
		synctest.Wait()
		if code, _ := p.closeCode(); code != closeResumable {
			t.Errorf("Discord saw %d, want %d", code, closeResumable)
		}
		if w.end.endsSession() || w.resumable() == nil {
			t.Errorf("the session is lost: %s", w.end)
		}
	})
}
