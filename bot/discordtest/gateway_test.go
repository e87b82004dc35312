package discordtest_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"enlace/bot/discordtest"
)

const messageIntents = discordtest.IntentGuilds | discordtest.IntentGuildMessages | discordtest.IntentDirectMessages

func TestIdentifyIsReadyThenGuilds(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	w := dial(t, d).identify(messageIntents)
	ready := w.want(0, "READY")
	if ready.S != 1 {
		t.Errorf("READY has sequence %d, want 1", ready.S)
	}
	o := ready.data(t)
	if at(o, "guilds.0.unavailable") != true || at(o, "guilds.0.id") != g.ID || at(o, "user.id") != d.Bot().ID || at(o, "application.id") != d.ApplicationID() {
		t.Errorf("READY is %v", o)
	}
	create := w.want(0, "GUILD_CREATE").data(t)
	if at(create, "channels.0.name") != "general" || at(create, "members.0.user.id") == nil || at(create, "roles.0.permissions") == nil {
		t.Errorf("GUILD_CREATE is %v", create)
	}
}

func TestCloseCodes(t *testing.T) {
	for _, tc := range []struct {
		name string
		do   func(w *wire)
		want int
	}{
		{"wrong token", func(w *wire) { w.send(2, obj{"token": "wrong", "intents": 1}) }, 4004},
		{"no intents", func(w *wire) { w.send(2, obj{"token": w.d.Token()}) }, 4013},
		{"unknown intents", func(w *wire) { w.send(2, identity(w.d, 1<<30)) }, 4013},
		{"privileged intent that is off", func(w *wire) { w.send(2, identity(w.d, discordtest.IntentMessageContent)) }, 4014},
		{"shard out of range", func(w *wire) { w.send(2, identity(w.d, 1, 2, 2)) }, 4010},
		{"presence before identify", func(w *wire) { w.send(3, obj{}) }, 4003},
		{"unknown opcode", func(w *wire) { w.send(77, obj{}) }, 4001},
		{"no JSON", func(w *wire) { _ = w.ws.WriteMessage(websocket.TextMessage, []byte("{")) }, 4002},
		{"too large", func(w *wire) { w.send(1, strings.Repeat("x", 4096)) }, 4002},
		{"identify twice", func(w *wire) { w.send(2, identity(w.d, 1)); w.want(0, "READY"); w.send(2, identity(w.d, 1)) }, 4005},
		{"too many sends", func(w *wire) {
			for range 121 {
				w.send(1, 0)
			}
		}, 4008},
		{"resume with the wrong token", func(w *wire) { w.send(6, obj{"token": "x", "session_id": "s", "seq": 1}) }, 4004},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t)
			w := dial(t, d)
			w.want(10, "")
			tc.do(w)
			if got := w.closed(); got != tc.want {
				t.Errorf("closed with %d, want %d", got, tc.want)
			}
		})
	}
}

func TestResumeReplaysWhatWasMissed(t *testing.T) {
	d := discordtest.New(t)
	general := d.Guild("Library").Channel("general")
	ana := d.Guild("Library").Member("ana")
	w := dial(t, d).identify(messageIntents)
	id := w.want(0, "READY").data(t)["session_id"]
	w.want(0, "GUILD_CREATE")
	d.Gateway().Drop()
	w.closed()
	d.Gateway().WaitClosed()
	ana.Asks(general, "one")
	ana.Asks(general, "two")

	again := dial(t, d)
	again.want(10, "")
	again.send(6, obj{"token": "Bot " + d.Token(), "session_id": id, "seq": w.seq})
	for _, want := range []string{"one", "two"} {
		if got := again.want(0, "MESSAGE_CREATE").data(t)["content"]; !strings.HasSuffix(got.(string), want) {
			t.Errorf("replayed %q, want %q", got, want)
		}
	}
	again.want(0, "RESUMED")
	if s := d.Gateway().Stats(); s.Identifies != 1 || s.Resumes != 1 {
		t.Errorf("stats are %+v", s)
	}
}

func TestResumeThatCannotWork(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil func(d *discordtest.Discord, w *wire)
		want  int // close code, 0 for op 9 false
	}{
		{"unknown session", func(d *discordtest.Discord, w *wire) { d.Gateway().ForgetSessions(); d.Gateway().Drop() }, 0},
		{"closed with 1000", func(d *discordtest.Discord, w *wire) {
			_ = w.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
		}, 0},
		{"sequence of the future", func(d *discordtest.Discord, w *wire) { w.seq = 1000; d.Gateway().Drop() }, 4007},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t, many)
			w := dial(t, d).identify(messageIntents)
			id := w.want(0, "READY").data(t)["session_id"]
			tc.spoil(d, w)
			d.Gateway().WaitClosed()
			again := dial(t, d)
			again.want(10, "")
			again.send(6, obj{"token": d.Token(), "session_id": id, "seq": w.seq})
			if tc.want != 0 {
				if got := again.closed(); got != tc.want {
					t.Errorf("closed with %d, want %d", got, tc.want)
				}
				return
			}
			if p := again.want(9, ""); string(p.D) != "false" {
				t.Errorf("op 9 says %s, want false", p.D)
			}
		})
	}
}

func TestRefusedResumeTakesAnIdentifyOnTheSameSocket(t *testing.T) {
	d := discordtest.New(t)
	w := dial(t, d)
	w.want(10, "")
	w.send(6, obj{"token": d.Token(), "session_id": "gone", "seq": 3})
	w.want(9, "")
	w.send(2, identity(d, 1))
	w.want(0, "READY")
}

func TestSessionCannotBeResumedAfterAFewMinutes(t *testing.T) {
	clock := discordtest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	w := dial(t, d).identify(messageIntents)
	id := w.want(0, "READY").data(t)["session_id"]
	d.Gateway().Drop()
	d.Gateway().WaitClosed()
	clock.Advance(4 * time.Minute)
	again := dial(t, d)
	again.want(10, "")
	again.send(6, obj{"token": d.Token(), "session_id": id, "seq": w.seq})
	again.want(9, "")
}

func TestHeartbeats(t *testing.T) {
	clock := discordtest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	w := dial(t, d).identify(1)
	w.want(0, "READY")
	w.send(1, w.seq)
	w.want(11, "")
	d.Gateway().AskHeartbeat()
	w.want(1, "")
	d.Gateway().Acks(false)
	w.send(1, w.seq)
	d.Gateway().WaitReceived(1, 2)
	d.Gateway().Acks(true)
	w.send(1, w.seq)
	d.Gateway().WaitReceived(1, 3)
	if p, err := w.next(); err != nil || p.Op != 11 {
		t.Errorf("got op %d (%v), want the answer to the third heartbeat", p.Op, err)
	}
	clock.Advance(62 * time.Second)
	if got := w.closed(); got != 4009 {
		t.Errorf("silent client closed with %d, want 4009", got)
	}
}

func TestScriptedConnections(t *testing.T) {
	for _, tc := range []struct {
		name  string
		fault discordtest.ConnFault
		check func(t *testing.T, w *wire)
	}{
		{"close in place of READY", discordtest.CloseCode(4014), func(t *testing.T, w *wire) {
			if got := w.identify(1).closed(); got != 4014 {
				t.Errorf("closed with %d", got)
			}
		}},
		{"close in place of Hello", discordtest.CloseCode(4000).BeforeHello(), func(t *testing.T, w *wire) {
			if got := w.closed(); got != 4000 {
				t.Errorf("closed with %d", got)
			}
		}},
		{"op 7 in place of READY", discordtest.ReconnectOp(), func(t *testing.T, w *wire) { w.identify(1).want(7, "") }},
		{"op 7 in place of Hello", discordtest.ReconnectOp().BeforeHello(), func(t *testing.T, w *wire) {
			if p, err := w.next(); err != nil || p.Op != 7 {
				t.Errorf("first packet is op %d (%v)", p.Op, err)
			}
		}},
		{"op 9 true", discordtest.InvalidSession(true), func(t *testing.T, w *wire) {
			if p := w.identify(1).want(9, ""); string(p.D) != "true" {
				t.Errorf("op 9 says %s", p.D)
			}
			w.send(2, identity(w.d, 1))
			w.want(0, "READY")
		}},
		{"cut in place of READY", discordtest.Dropped(), func(t *testing.T, w *wire) {
			if got := w.identify(1).closed(); got != 0 {
				t.Errorf("closed with %d, want a cut", got)
			}
		}},
		{"close after READY", discordtest.CloseCode(4008).AfterReady(), func(t *testing.T, w *wire) {
			w.identify(1).want(0, "READY")
			if got := w.closed(); got != 4008 {
				t.Errorf("closed with %d", got)
			}
		}},
		{"binary garbage", discordtest.Garbage([]byte("no zlib"), true), func(t *testing.T, w *wire) {
			w.identify(1)
			if kind, data, err := w.ws.ReadMessage(); kind != websocket.BinaryMessage || string(data) != "no zlib" {
				t.Errorf("got %d %q %v", kind, data, err)
			}
		}},
		{"no READY", discordtest.NoReady(), func(t *testing.T, w *wire) {
			w.identify(1).send(1, 0)
			if p, err := w.next(); err != nil || p.Op != 11 {
				t.Errorf("after identify came op %d (%v), want only the heartbeat's answer", p.Op, err)
			}
		}},
		{"silence", discordtest.Silent(), func(t *testing.T, w *wire) {
			_ = w.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			_, _, err := w.ws.ReadMessage()
			var timeout net.Error
			if !errors.As(err, &timeout) || !timeout.Timeout() {
				t.Errorf("silent server: %v, want a timeout", err)
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t, many)
			d.Gateway().Next(tc.fault)
			tc.check(t, dial(t, d))
			dial(t, d).identify(1, 1, 2).want(0, "READY") // the next connection is fine
		})
	}
}

func TestRefusedHandshake(t *testing.T) {
	d := discordtest.New(t)
	d.Gateway().Next(discordtest.Refused(502))
	s := session(t, d)
	if err := s.Open(); err == nil {
		t.Error("the first connection was accepted")
	}
	d.Gateway().Next(discordtest.CloseCode(4004))
	var ce *websocket.CloseError
	if err := s.Open(); !errors.As(err, &ce) || ce.Code != 4004 {
		t.Errorf("Open returned %v, want close 4004", err)
	}
}

func TestLiveFaults(t *testing.T) {
	for _, tc := range []struct {
		name  string
		do    func(g *discordtest.Gateway)
		check func(t *testing.T, w *wire)
	}{
		{"op 7", (*discordtest.Gateway).Reconnect, func(t *testing.T, w *wire) { w.want(7, "") }},
		{"op 9", func(g *discordtest.Gateway) { g.Invalidate(false) }, func(t *testing.T, w *wire) { w.want(9, "") }},
		{"close", func(g *discordtest.Gateway) { g.CloseAll(4003) }, func(t *testing.T, w *wire) {
			if got := w.closed(); got != 4003 {
				t.Errorf("closed with %d", got)
			}
		}},
		{"cut in the middle of a frame", (*discordtest.Gateway).DropMidFrame, func(t *testing.T, w *wire) {
			if got := w.closed(); got != 0 {
				t.Errorf("closed with %d", got)
			}
		}},
		{"unknown event", func(g *discordtest.Gateway) { g.Send("SOMETHING_NEW", obj{"a": 1}) }, func(t *testing.T, w *wire) { w.want(0, "SOMETHING_NEW") }},
		{"malformed JSON", func(g *discordtest.Gateway) { g.Raw([]byte(`{"op":`), false) }, func(t *testing.T, w *wire) {
			if _, err := w.next(); err == nil {
				t.Error("the garbage is JSON")
			}
		}},
		{"half open", (*discordtest.Gateway).Mute, func(t *testing.T, w *wire) {
			w.send(1, 0)
			_ = w.ws.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			if _, raw, err := w.ws.ReadMessage(); err == nil {
				t.Errorf("a dead connection said %s", raw)
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t)
			w := dial(t, d).identify(messageIntents)
			w.want(0, "READY")
			tc.do(d.Gateway())
			tc.check(t, w)
		})
	}
}

func TestDuplicateAndSkippedSequence(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	w := dial(t, d).identify(messageIntents)
	w.want(0, "GUILD_CREATE")
	d.Gateway().Duplicate(1)
	g.Member("ana").Asks(g.Channel("general"), "one")
	first, second := w.want(0, "MESSAGE_CREATE"), w.want(0, "MESSAGE_CREATE")
	if first.S != second.S || string(first.D) != string(second.D) {
		t.Errorf("the duplicate differs: %d and %d", first.S, second.S)
	}
	d.Gateway().SkipSequence(5)
	g.Member("ana").Asks(g.Channel("general"), "two")
	if p := w.want(0, "MESSAGE_CREATE"); p.S != first.S+6 {
		t.Errorf("sequence went from %d to %d, want a gap of 5", first.S, p.S)
	}
}

// TestContentIsBlankedWithoutTheIntent is the rule of Discord's page "You might not need a privileged intent".
func TestContentIsBlankedWithoutTheIntent(t *testing.T) {
	d := discordtest.New(t, discordtest.NoRateLimits, many, func(o *discordtest.Options) { o.Privileged = discordtest.IntentMessageContent })
	g := d.Guild("Library")
	general, ana := g.Channel("general"), g.Member("ana")
	w := dial(t, d).identify(messageIntents)
	w.want(0, "GUILD_CREATE")
	full := dial(t, d).identify(messageIntents | discordtest.IntentMessageContent)
	full.want(0, "GUILD_CREATE")
	registered(t, d, obj{"name": "ask", "description": "Ask"})
	_, sent := api(t, d, "POST", "/channels/"+general.ID+"/messages", obj{"content": "ordinary"})
	ordinary := d.Message(sent["id"].(string))
	i := ana.Slash(general, "ask")
	callback(t, d, i, 4, obj{"content": "response"})
	response := i.Reply()
	thread := ana.StartsThread(general, ordinary, "more")
	noPing := func() *discordtest.Message {
		m, err := ana.Send(general, discordtest.Draft{Content: "hello", ReplyTo: ordinary, NoPing: true})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, tc := range []struct {
		name  string
		do    func() *discordtest.Message
		blank bool
	}{
		{"plain", func() *discordtest.Message { return ana.Says(general, "hello") }, true},
		{"mention", func() *discordtest.Message { return ana.Asks(general, "hello") }, false},
		{"reply to an ordinary message", func() *discordtest.Message { return ana.Replies(ordinary, "hello") }, false},
		{"reply without a ping", noPing, true},
		{"reply to a response", func() *discordtest.Message { return ana.Replies(response, "hello") }, true},
		{"in a thread of the bot's message", func() *discordtest.Message { return ana.Says(thread, "hello") }, true},
		{"DM", func() *discordtest.Message { return ana.Says(ana.DM(), "hello") }, false},
		{"mention of somebody else", func() *discordtest.Message { return ana.Says(general, g.Member("ben").Mention()+" hello") }, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := tc.do()
			if got := w.message(m.ID)["content"]; (got == "") != tc.blank {
				t.Errorf("without the intent the content is %q; want blank: %v", got, tc.blank)
			}
			if got := full.message(m.ID)["content"]; got != m.Content {
				t.Errorf("with the intent the content is %q, want %q", got, m.Content)
			}
		})
	}
}

func TestShardsGetTheirGuilds(t *testing.T) {
	d := discordtest.New(t, many)
	guilds := []*discordtest.Guild{d.Guild("zero"), d.Guild("one"), d.Guild("two"), d.Guild("three")}
	shards := []*wire{dial(t, d).identify(messageIntents, 0, 2), dial(t, d).identify(messageIntents, 1, 2)}
	for n, w := range shards {
		if list := w.want(0, "READY").data(t)["guilds"].([]any); len(list) != 2 || at(list[0], "id") != guilds[n].ID {
			t.Errorf("shard %d has guilds %v", n, list)
		}
	}
	ana := guilds[1].Member("ana")
	inGuild := ana.Asks(guilds[1].Channel("general"), "hello")
	direct := ana.Says(ana.DM(), "hello")
	shards[1].message(inGuild.ID)
	shards[0].message(direct.ID)
}

func TestIdentifyStorms(t *testing.T) {
	clock := discordtest.NewClock(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock, o.SessionStarts = clock, 2 })
	dial(t, d).identify(1, 0, 2).want(0, "READY")
	early := dial(t, d).identify(1, 1, 2)
	early.want(9, "")
	clock.Advance(5 * time.Second)
	early.send(2, identity(d, 1, 1, 2))
	early.want(0, "READY")
	if _, o := api(t, d, "GET", "/gateway/bot", nil); at(o, "session_start_limit.remaining") != 0.0 || at(o, "session_start_limit.max_concurrency") != 1.0 {
		t.Errorf("gateway/bot says %v", o)
	}
	clock.Advance(5 * time.Second)
	if got := dial(t, d).identify(1).closed(); got != 4004 {
		t.Errorf("the third start of the day closed with %d, want 4004: the token is reset", got)
	}
	if status, _ := api(t, d, "GET", "/users/@me", nil); status != 401 {
		t.Errorf("the reset token gets %d", status)
	}
}

func TestEventsNeedTheirIntents(t *testing.T) {
	d := discordtest.New(t, many)
	g := d.Guild("Library")
	w := dial(t, d).identify(discordtest.IntentGuildMessageReactions)
	w.want(0, "READY")
	ana := g.Member("ana")
	m := ana.Says(g.Channel("general"), "hello")
	ana.Types(g.Channel("general"))
	ana.Reacts(m, "👍")
	p, err := w.next()
	if err != nil || p.T != "MESSAGE_REACTION_ADD" {
		t.Fatalf("first event is %s (%v), want only the reaction", p.T, err)
	}
	if o := p.data(t); at(o, "emoji.name") != "👍" || at(o, "message_author_id") != ana.ID {
		t.Errorf("reaction is %v", o)
	}
}

func TestOtherEvents(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	general, ana := g.Channel("general"), g.Member("ana")
	w := dial(t, d).identify(messageIntents)
	w.want(0, "GUILD_CREATE")
	m := ana.Asks(general, "one")
	ana.Edits(m, d.Bot().Mention()+" two")
	if o := w.want(0, "MESSAGE_UPDATE").data(t); !strings.HasSuffix(o["content"].(string), "two") || o["edited_timestamp"] == nil {
		t.Errorf("update is %v", o)
	}
	thread := ana.StartsThread(general, m, "more")
	if o := w.want(0, "THREAD_CREATE").data(t); o["newly_created"] != true || o["id"] != m.ID || o["parent_id"] != general.ID {
		t.Errorf("thread is %v", o)
	}
	thread.Archives(true, true)
	if o := w.want(0, "THREAD_UPDATE").data(t); at(o, "thread_metadata.locked") != true {
		t.Errorf("thread is %v", o)
	}
	ana.Deletes(m)
	if o := w.want(0, "MESSAGE_DELETE").data(t); o["id"] != m.ID || o["guild_id"] != g.ID {
		t.Errorf("delete is %v", o)
	}
	g.Outage(true)
	w.want(0, "GUILD_DELETE")
	g.Outage(false)
	w.want(0, "GUILD_CREATE")
	g.Kicks()
	if o := w.want(0, "GUILD_DELETE").data(t); o["unavailable"] != nil {
		t.Errorf("being kicked looks like an outage: %v", o)
	}
	if status, o := api(t, d, "GET", "/channels/"+general.ID, nil); status != 403 || code(o) != 50001 {
		t.Errorf("a guild that the bot has left answers %d %v", status, o)
	}
}
