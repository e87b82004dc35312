package gateway

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

func TestCatalogueC79OddEvents(t *testing.T) {
	huge := make([]any, 0, 25_000)
	for i := range 25_000 {
		huge = append(huge, map[string]any{"id": fmt.Sprint(i), "unavailable": true, "name": strings.Repeat("x", 800)})
	}
	bubble(t, func(_ int, p *peer) {
		p.hello(40 * time.Second)
		p.await(opIdentify)
		p.text("null") // each of these crashes discordgo, or stops its reader for ever
		p.event(1, "READY", map[string]any{"v": 9, "session_id": "one", "user": map[string]any{"id": "1"}, "guilds": append(huge, nil)})
		p.await(opHeartbeat)
		for _, s := range []string{
			"null", "[]", "7", `"x"`, "{", `{"op":null}`, `{"op":"0"}`, `{"op":0}`, `{"op":99,"d":{}}`, `{"op":10,"d":{"heartbeat_interval":0}}`,
			`{"op":0,"s":2,"t":"GUILD_CREATE","d":null}`, `{"op":0,"s":3,"t":"GUILD_CREATE","d":{"members":[null],"channels":[null]}}`,
			`{"op":0,"s":4,"t":"NO_SUCH_EVENT","d":{"a":1}}`, `{"op":0,"s":5,"t":"MESSAGE_CREATE","d":null}`,
			`{"op":0,"s":6,"t":"MESSAGE_CREATE","d":[]}`, `{"op":0,"s":7,"t":"MESSAGE_CREATE","d":{"id":5}}`,
			`{"op":0,"s":8,"t":"INTERACTION_CREATE","d":{"type":2,"id":"x","token":"y","data":null}}`,
			`{"op":0,"s":9,"t":"INTERACTION_CREATE","d":{}}`, `{"op":0,"s":9,"t":"VOICE_STATE_UPDATE","d":null}`,
			`{"op":0,"s":9,"t":"MESSAGE_DELETE_BULK","d":{"ids":["a","b"],"channel_id":"5"}}`,
			`{"op":0,"s":"ten","t":"MESSAGE_CREATE","d":{}}`, strings.Repeat("[", 100_000),
		} {
			p.text(s)
		}
		p.raw(appendReceived(nil, frame{final: true, op: opBinary, payload: []byte("\x78\x9cgarbage")}))
		p.event(40, "MESSAGE_CREATE", chat("40")) // a gap
		p.event(39, "MESSAGE_CREATE", chat("39")) // out of order
		p.event(41, "MESSAGE_CREATE", chat("40")) // twice
		p.event(42, "INTERACTION_CREATE", interaction("50"))
		p.event(43, "INTERACTION_CREATE", interaction("50"))
		p.raw(appendReceived(nil, frame{op: opText, payload: []byte(`{"op":0,"s":44,"t":"MESSAGE_UP`)})) // in two frames
		p.raw(appendReceived(nil, frame{final: true, op: opContinuation, payload: []byte(`DATE","d":{"id":"40","channel_id":"5"}}`)}))
		p.live()
	}, func(t *testing.T, w *world) {
		h := &recorder{}
		g, stop := w.run(h)
		time.Sleep(3 * time.Minute)
		got := h.list()
		slices.Sort(got)
		want := []string{"delete 5/a", "delete 5/b", "interaction 50", "interaction x", "message 39", "message 40", "ready one", "update 40"}
		if !slices.Equal(got, want) {
			t.Errorf("handled %q, want %q", got, want)
		}
		if st := g.State().Shards[0]; w.count() != 1 || st.Phase != Ready || st.Guilds != 25_000 {
			t.Errorf("%d connections, state %+v; want one that lives", w.count(), st)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestCatalogueC79BrokenFramesEndTheConnectionOnly(t *testing.T) {
	for name, raw := range map[string][]byte{
		"reserved bits":        {0xf1, 0x00},
		"masked":               {0x81, 0x80, 1, 2, 3, 4},
		"claims 2^63 bytes":    {0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0},
		"claims 33 MB":         {0x81, 127, 0, 0, 0, 0, 0x02, 0x10, 0, 0},
		"continues nothing":    {0x80, 0x00},
		"long control frame":   {0x89, 126, 0x00, 0xff},
		"unknown opcode":       {0x83, 0x00},
		"text inside fragment": append(appendReceived(nil, frame{op: opText, payload: []byte("{")}), appendReceived(nil, frame{final: true, op: opText})...),
	} {
		t.Run(name, func(t *testing.T) {
			reconnects(t, func(p *peer) { p.begin("first"); p.await(opHeartbeat); p.raw(raw); p.live() },
				func(t *testing.T, w *world) { second(t, w, opResume, 8*time.Second) })
		})
	}
}

func TestHeartbeatIntervalThatWouldCrash(t *testing.T) {
	for _, d := range []string{`{"heartbeat_interval":0}`, `{"heartbeat_interval":-5}`, `{"heartbeat_interval":9e18}`, `{}`, `null`, `{"heartbeat_interval":"x"}`} {
		reconnects(t, func(p *peer) { p.text(`{"op":10,"d":` + d + `}`); p.next() },
			func(t *testing.T, w *world) { t.Helper(); second(t, w, opIdentify, 5*time.Second) })
	}
}

func TestUnknownComponentsDoNotLoseTheMessage(t *testing.T) {
	odd := []any{map[string]any{"type": 99, "components": []any{}}}
	bubble(t, func(_ int, p *peer) {
		p.begin("one")
		m := chat("60")
		m["components"] = odd
		m["referenced_message"] = map[string]any{"id": "59", "channel_id": "5", "components": odd}
		p.event(2, "MESSAGE_CREATE", m)
		i := interaction("61")
		i["data"] = map[string]any{"id": "3", "name": "Check facts", "type": 3, "target_id": "62",
			"resolved": map[string]any{"messages": map[string]any{"62": map[string]any{"id": "62", "content": "told", "components": odd}}}}
		p.event(3, "INTERACTION_CREATE", i)
		p.live()
	}, func(t *testing.T, w *world) {
		h := &recorder{}
		var content, target string
		var raw []byte
		h.onM = func(_ context.Context, m *discordgo.Message) { content = m.Content }
		h.onI = func(ctx context.Context, i *discordgo.Interaction) {
			raw = Raw(ctx)
			target = i.ApplicationCommandData().Resolved.Messages["62"].Content
		}
		_, stop := w.run(h)
		time.Sleep(time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		if content != "hi" || target != "told" {
			t.Errorf("content = %q, target = %q; want both read without their components", content, target)
		}
		if !bytes.Contains(raw, []byte(`"type":99`)) {
			t.Errorf("Raw = %s, want what Discord sent", raw)
		}
	})
}

func TestCatalogueC81HandlerPanics(t *testing.T) {
	bubble(t, func(_ int, p *peer) {
		p.begin("one")
		p.event(2, "INTERACTION_CREATE", interaction("70"))
		p.event(3, "MESSAGE_CREATE", chat("71"))
		p.event(4, "MESSAGE_CREATE", chat("72"))
		p.live()
	}, func(t *testing.T, w *world) {
		h := &recorder{}
		h.onI = func(_ context.Context, i *discordgo.Interaction) { panic("lost it: " + i.Token + testToken) }
		h.onM = func(_ context.Context, m *discordgo.Message) {
			if m.ID == "71" {
				var none *discordgo.Message
				_ = none.Content
			}
		}
		h.onShed = func(context.Context, Reason, *discordgo.Interaction, *discordgo.Message) { panic("and again") }
		g, stop := w.run(h)
		time.Sleep(3 * time.Minute)
		for what, want := range map[string]int{"shed panicked 70": 1, "shed panicked 71": 1, "message 72": 1, "shed panicked 72": 0} {
			if n := h.count(what); n != want {
				t.Errorf("%q happened %d times, want %d", what, n, want)
			}
		}
		if !g.State().AllReady() {
			t.Errorf("state = %+v", g.State())
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if n := len(w.hooks.panics); n != 4 {
			t.Errorf("%d panics counted, want 2 of handlers and 2 while telling", n)
		}
		if strings.Contains(w.log(), testToken) || strings.Contains(w.log(), "interaction-token") {
			t.Errorf("a token is in the log:\n%s", w.log())
		}
	})
}

func TestCatalogueC86FullQueueIsToldEarly(t *testing.T) {
	const workers, queue, all = 4, 8, 40
	bubble(t, func(_ int, p *peer) {
		p.begin("one")
		for i := range all {
			p.event(2+i, "INTERACTION_CREATE", interaction(fmt.Sprint(1000+i)))
		}
		p.live()
	}, func(t *testing.T, w *world) {
		h := &recorder{}
		var mu sync.Mutex
		start, slowest := time.Now(), time.Duration(0)
		told := func() {
			mu.Lock()
			slowest = max(slowest, time.Since(start))
			mu.Unlock()
		}
		h.onI = func(context.Context, *discordgo.Interaction) { told(); time.Sleep(2 * time.Second) }
		h.onShed = func(context.Context, Reason, *discordgo.Interaction, *discordgo.Message) { told() }
		_, stop := w.run(h, func(o *Options) { o.Workers, o.Queue = workers, queue })
		time.Sleep(time.Minute)
		handled, busy, late := 0, 0, 0
		for _, s := range h.list() {
			switch {
			case strings.HasPrefix(s, "interaction"):
				handled++
			case strings.HasPrefix(s, "shed busy"):
				busy++
			case strings.HasPrefix(s, "shed late"):
				late++
			}
		}
		if handled != workers || busy != all-workers-queue || late != queue {
			t.Errorf("%d handled, %d busy, %d late; want %d, %d, %d", handled, busy, late, workers, all-workers-queue, queue)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		if slowest > 2500*time.Millisecond {
			t.Errorf("the last one heard of it after %s, want below 3 s", slowest)
		}
	})
}

func TestInteractionsOvertakeMessages(t *testing.T) {
	bubble(t, func(_ int, p *peer) {
		p.begin("one")
		for i := range 5 {
			p.event(2+i, "MESSAGE_CREATE", chat(fmt.Sprint(80+i)))
		}
		p.event(9, "INTERACTION_CREATE", interaction("90"))
		p.live()
	}, func(t *testing.T, w *world) {
		h := &recorder{}
		h.onM = func(context.Context, *discordgo.Message) { time.Sleep(500 * time.Millisecond) }
		_, stop := w.run(h, func(o *Options) { o.Workers = 1 })
		time.Sleep(10 * time.Second)
		if err := stop(); err != nil {
			t.Error(err)
		}
		got := h.list()
		if i := slices.Index(got, "interaction 90"); i < 0 || i > 2 {
			t.Errorf("handled %q; want the interaction right after the first", got)
		}
	})
}

func TestCatalogueC88StopWithFiftyOpen(t *testing.T) {
	for name, tc := range map[string]struct{ work, max time.Duration }{
		"they finish":      {3 * time.Second, 4 * time.Second},
		"they are told so": {time.Hour, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			var first *peer
			bubble(t, func(_ int, p *peer) {
				first = p
				p.begin("one")
				for i := range 50 {
					p.event(2+i, "INTERACTION_CREATE", interaction(fmt.Sprint(100+i)))
				}
				p.live()
			}, func(t *testing.T, w *world) {
				h := &recorder{}
				h.onI = func(ctx context.Context, i *discordgo.Interaction) {
					select {
					case <-time.After(tc.work):
						h.add("finished")
					case <-ctx.Done():
						h.add("told")
					}
				}
				_, stop := w.run(h)
				time.Sleep(time.Second)
				synctest.Wait()
				start := time.Now()
				go func() {
					time.Sleep(time.Second)
					first.event(99, "INTERACTION_CREATE", interaction("199"))
				}()
				err := stop()
				if d := time.Since(start); err != nil || d > tc.max+3*time.Second {
					t.Errorf("Run = %v after %s, want nil after at most %s and a second for the goodbye", err, d, tc.max)
				}
				if done := h.count("finished") + h.count("told"); done != 50 {
					t.Errorf("%d of 50 came to an end", done)
				}
				if tc.work < time.Minute && h.count("finished") != 50 {
					t.Errorf("only %d finished", h.count("finished"))
				}
				if h.count("interaction 199") != 0 || h.count("shed draining 199") != 1 {
					t.Errorf("the new one was not turned away: %q", h.list()[50:])
				}
				if code, _ := first.closeCode(); code != 1000 {
					t.Errorf("closed with %d, want 1000, so that the session is gone", code)
				}
			})
		})
	}
}

func TestShardsStartWithinMaxConcurrency(t *testing.T) {
	var mu sync.Mutex
	var identified []time.Time
	var shards []string
	bubble(t, func(n int, p *peer) {
		time.Sleep(time.Duration(n*137%900) * time.Millisecond) // connections differ in speed
		p.hello(40 * time.Second)
		m := p.await(opIdentify)
		var d struct{ Shard [2]int }
		_ = jsonUnmarshal(m.D, &d)
		mu.Lock()
		identified = append(identified, m.at)
		shards = append(shards, fmt.Sprint(d.Shard))
		mu.Unlock()
		p.ready(fmt.Sprint("s", n))
		p.live()
	}, func(t *testing.T, w *world) {
		w.info.Shards = 6
		w.info.Starts.MaxConcurrency = 2
		g, stop := w.run(&recorder{})
		time.Sleep(time.Minute)
		if len(g.State().Shards) != 6 || !g.State().AllReady() {
			t.Errorf("state = %+v, want six ready shards", g.State())
		}
		slices.SortFunc(identified, time.Time.Compare)
		for i := 2; i < len(identified); i++ {
			if gap := identified[i].Sub(identified[i-2]); gap < 5*time.Second {
				t.Errorf("three identifies within %s, want two per 5 s", gap)
			}
		}
		slices.Sort(shards)
		if want := []string{"[0 6]", "[1 6]", "[2 6]", "[3 6]", "[4 6]", "[5 6]"}; !slices.Equal(shards, want) {
			t.Errorf("shards = %v, want %v", shards, want)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestIntentsAreMinimalUnlessAskedFor(t *testing.T) {
	for intents, want := range map[int]string{0: `"intents":4609`, IntentsMinimal | IntentMessageContent: `"intents":37377`} {
		bubble(t, func(_ int, p *peer) { p.begin("one"); p.live() }, func(t *testing.T, w *world) {
			_, stop := w.run(&recorder{}, func(o *Options) { o.Intents = intents })
			time.Sleep(time.Second)
			if err := stop(); err != nil {
				t.Error(err)
			}
			identify := string(w.peer(0).got[0].D)
			if !strings.Contains(identify, want) || !strings.Contains(identify, `"compress":false`) {
				t.Errorf("identify = %s, want %s", identify, want)
			}
		})
	}
}

func TestRecentIsBounded(t *testing.T) {
	r := newRecent(10)
	for i := range 1000 {
		if r.before(fmt.Sprint(i)) {
			t.Fatalf("%d was never seen", i)
		}
		if len(r.new)+len(r.old) > 20 {
			t.Fatalf("%d ids remembered", len(r.new)+len(r.old))
		}
	}
	if !r.before("995") || r.before("0") {
		t.Error("want the newest remembered and the oldest forgotten")
	}
}

func FuzzFilterNeverPanics(f *testing.F) {
	for _, s := range []string{
		"null", `{"op":0,"s":1,"t":"READY","d":{"session_id":"x","guilds":[null]}}`, `{"op":10,"d":{"heartbeat_interval":1}}`,
		`{"op":0,"s":2,"t":"MESSAGE_CREATE","d":{"id":"1","components":[{"type":17}]}}`, `{"op":9,"d":true}`, `{"op":11}`, `{"op":1}`,
		`{"op":0,"t":"INTERACTION_CREATE","d":{"type":5,"id":"1","token":"t","data":{"components":[{"type":18}]}}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h := &recorder{}
		for phase := phaseHello; phase <= phaseLive; phase++ {
			w := newWire(discardConn{}, "Bot x", nil, quietEvents())
			w.phase = phase
			pass, err := w.filter(b)
			if err != nil || pass == nil {
				continue
			}
			var e *discordgo.Event
			if jsonUnmarshal(pass, &e) != nil || e == nil {
				t.Fatalf("discordgo cannot decode what it is given: %s", pass)
			}
			v := &events{h: h, seen: newRecent(4), log: discardLog()}
			v.fill(&job{}, e)
		}
	})
}
