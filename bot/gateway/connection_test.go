package gateway

import (
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// reconnects runs a first connection that goes wrong and a second one that works, and returns the
// world after both.
func reconnects(t *testing.T, first func(p *peer), check func(t *testing.T, w *world)) {
	t.Helper()
	bubble(t, func(n int, p *peer) {
		if n == 0 {
			first(p)
			return
		}
		p.begin("second")
		p.live()
	}, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if !g.State().AllReady() {
			t.Errorf("not ready again: %+v\n%s", g.State(), w.log())
		}
		if n := w.count(); n != 2 {
			t.Errorf("%d connections, want 2\n%s", n, w.log())
		}
		check(t, w)
		if err := stop(); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

// second checks what the second connection began with, and how long after the first one's start.
func second(t *testing.T, w *world, op int, within time.Duration) {
	t.Helper()
	if got := w.peer(1).ops(); !slices.Equal(got, []int{op}) {
		t.Errorf("the second connection sent %v, want [%d]", got, op)
	}
	if d := w.dials[1].Sub(w.dials[0]); d > within {
		t.Errorf("reconnected after %s, want at most %s", d, within)
	}
}

func logged(t *testing.T, w *world, what string) {
	t.Helper()
	if !strings.Contains(w.log(), what) {
		t.Errorf("the log lacks %q:\n%s", what, w.log())
	}
}

func TestCatalogueC67ServerNeverSendsHello(t *testing.T) {
	reconnects(t, func(p *peer) { p.next() }, func(t *testing.T, w *world) {
		second(t, w, opIdentify, helloWithin+2*time.Second)
		logged(t, w, "silence: no HELLO")
	})
}

func TestCatalogueC68HelloButNeverReady(t *testing.T) {
	reconnects(t, func(p *peer) { p.hello(40 * time.Second); p.await(opIdentify); p.next() },
		func(t *testing.T, w *world) {
			second(t, w, opIdentify, readyWithin+2*time.Second)
			logged(t, w, "silence: no READY")
		})
}

func TestCatalogueC69Opcode7(t *testing.T) {
	t.Run("in place of HELLO", func(t *testing.T) {
		reconnects(t, func(p *peer) { p.send(opReconnect, nil); p.next() },
			func(t *testing.T, w *world) { second(t, w, opIdentify, 5*time.Second) })
	})
	t.Run("in place of READY", func(t *testing.T) {
		reconnects(t, func(p *peer) { p.hello(40 * time.Second); p.await(opIdentify); p.send(opReconnect, nil); p.next() },
			func(t *testing.T, w *world) { second(t, w, opIdentify, 8*time.Second) })
	})
	t.Run("in the middle", func(t *testing.T) {
		reconnects(t, func(p *peer) {
			p.begin("first")
			p.await(opHeartbeat)
			p.event(2, "MESSAGE_CREATE", chat("20"))
			p.send(opReconnect, nil)
			p.live()
		}, func(t *testing.T, w *world) {
			second(t, w, opResume, 5*time.Second)
			if got, want := string(w.peer(1).got[0].D), `{"seq":2,"session_id":"first","token":"Bot `+testToken+`"}`; got != want {
				t.Errorf("resume = %s, want %s", got, want)
			}
			if w.urls[1] != "resume.test:80" {
				t.Errorf("resumed at %s, want the address that READY told", w.urls[1])
			}
			if code, _ := w.peer(0).closeCode(); code == 1000 || code == 1001 || code == 0 {
				t.Errorf("closed with %d, which ends the session", code)
			}
		})
	})
	t.Run("twice", func(t *testing.T) {
		bubble(t, func(n int, p *peer) {
			p.begin("first")
			p.await(opHeartbeat)
			if n < 2 {
				p.send(opReconnect, nil)
			}
			p.live()
		}, func(t *testing.T, w *world) {
			g, stop := w.run(&recorder{})
			time.Sleep(time.Minute)
			st := g.State().Shards[0]
			if st.Identifies != 1 || st.Resumes != 2 || st.Phase != Ready {
				t.Errorf("state = %+v, want one identify and two resumes", st)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	})
}

func TestOpcode11InPlaceOfReadyDoesNotWedge(t *testing.T) {
	bubble(t, func(_ int, p *peer) {
		p.hello(40 * time.Second)
		p.await(opIdentify)
		p.send(opAck, nil)
		p.ready("one")
		p.live()
	}, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(time.Second)
		synctest.Wait()
		if !g.State().AllReady() {
			t.Errorf("state = %+v, want ready on the first connection", g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCatalogueC70ResumeRefused(t *testing.T) {
	bubble(t, func(n int, p *peer) {
		switch n {
		case 0:
			p.begin("first")
			p.await(opHeartbeat)
			p.send(opReconnect, nil)
			p.live()
		case 1:
			p.hello(40 * time.Second)
			p.await(opResume)
			p.send(opInvalidSession, false)
			p.next()
		default:
			p.begin("second")
			p.live()
		}
	}, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(time.Minute)
		if n := w.count(); n != 3 {
			t.Fatalf("%d connections, want 3", n)
		}
		if got := w.peer(2).ops(); !slices.Equal(got, []int{opIdentify}) {
			t.Errorf("after the refusal it sent %v, want one Identify", got)
		}
		_, refused := w.peer(1).closeCode()
		if d := w.dials[2].Sub(refused); d < time.Second || d > 5*time.Second {
			t.Errorf("identified %s after the refusal, want 1–5 s", d)
		}
		if id := g.State().Shards[0].Identifies; id != 2 {
			t.Errorf("%d identifies, want 2", id)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCatalogueC71InvalidSessionThatMayBeResumed(t *testing.T) {
	reconnects(t, func(p *peer) { p.begin("first"); p.await(opHeartbeat); p.send(opInvalidSession, true); p.live() },
		func(t *testing.T, w *world) { second(t, w, opResume, 6*time.Second) })
}

func TestCatalogueC72HeartbeatNotAcknowledged(t *testing.T) {
	const interval = 40 * time.Second
	for name, noise := range map[string]bool{"silence": false, "other events go on": true} {
		t.Run(name, func(t *testing.T) {
			reconnects(t, func(p *peer) {
				p.begin("first")
				if noise {
					go func() {
						defer func() { _ = recover() }() // until the client goes
						for i := 2; ; i++ {
							time.Sleep(10 * time.Second)
							p.event(i, "TYPING_START", struct{}{})
						}
					}()
				}
				for {
					p.next()
				}
			}, func(t *testing.T, w *world) {
				if got := w.peer(1).ops(); !slices.Equal(got, []int{opResume}) {
					t.Errorf("the second connection sent %v, want a Resume", got)
				}
				code, at := w.peer(0).closeCode()
				if code == 0 || code == 1000 || code == 1001 {
					t.Errorf("closed with %d", code)
				}
				if d := at.Sub(w.peer(0).got[1].at); d > 2*interval {
					t.Errorf("closed %s after the heartbeat, want at most two intervals", d)
				}
			})
		})
	}
}

func TestCatalogueC73ServerAsksForHeartbeat(t *testing.T) {
	bubble(t, func(_ int, p *peer) {
		p.begin("first")
		p.await(opHeartbeat)
		p.event(7, "RESUMED", struct{}{})
		p.send(opHeartbeat, nil)
		asked := time.Now()
		m := p.next()
		if m.Op != opHeartbeat || time.Since(asked) > 0 || string(m.D) != "7" {
			panic("no heartbeat at once, with the newest sequence")
		}
		p.ack()
		p.live()
	}, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(3 * time.Minute)
		if n := w.count(); n != 1 || !g.State().AllReady() {
			t.Errorf("%d connections, state %+v; want one that lives", n, g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCatalogueC74CloseCodesToReconnectAfter(t *testing.T) {
	for code, op := range map[int]int{
		4000: opResume, 4001: opResume, 4002: opResume, 4003: opIdentify, 4005: opResume,
		4007: opIdentify, 4008: opResume, 4009: opIdentify, 1000: opResume, 1001: opResume, 1006: opResume, 4999: opResume,
	} {
		reconnects(t, func(p *peer) { p.begin("first"); p.await(opHeartbeat); p.close(code); p.live() },
			func(t *testing.T, w *world) {
				t.Helper()
				t.Logf("close code %d", code)
				second(t, w, op, 8*time.Second)
			})
	}
}

func TestHeartbeatsKeepAQuietConnection(t *testing.T) {
	bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
		g, stop := w.run(&recorder{})
		time.Sleep(24 * time.Hour)
		if n := w.count(); n != 1 || !g.State().AllReady() {
			t.Errorf("%d connections, state %+v; want one that lives", n, g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if code, _ := w.peer(0).closeCode(); code != 1000 {
			t.Errorf("closed with %d at the end, want 1000", code)
		}
	})
}

// A heartbeat that stops is the other half of catalogue 72: then only the deadline of the reader is left.
func TestSilenceEndsAConnectionWithoutHeartbeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe()
		defer server.Close()
		w := newWire(client, "Bot x", nil, quietEvents())
		w.upgraded, w.phase, w.interval = true, phaseLive, 40*time.Second
		start := time.Now()
		if _, err := w.Read(make([]byte, 10)); err == nil {
			t.Error("no error")
		}
		if d := time.Since(start); w.end.cause != silent || d > 2*w.interval {
			t.Errorf("ended with %q after %s, want silence within two intervals", w.end, d)
		}
	})
}

func TestSessionStartsAreCountedBetweenAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fetched := 0
		s := &starts{asking: make(lock, 1), random: func() float64 { return 0 }, log: discardLog(), alert: func(string) {},
			fetch: func(context.Context) (GatewayInfo, error) {
				fetched++
				info := GatewayInfo{URL: "wss://x"}
				info.Starts.Remaining, info.Starts.ResetAfter = 2, int(time.Hour.Milliseconds())
				return info, nil
			}}
		s.fit(16)
		start := time.Now()
		for shard := range 3 {
			turn, _, err := s.wait(t.Context(), shard)
			if err != nil {
				t.Fatal(err)
			}
			turn.taken()
		}
		if d := time.Since(start); d < time.Hour || fetched != 2 {
			t.Errorf("three identifies within %s and %d answers, want the third one after the reset", d, fetched)
		}
		time.Sleep(time.Minute) // the turns end
	})
}
