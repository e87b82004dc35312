package discordtest_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

func TestMessageLimits(t *testing.T) {
	button := func(fields obj) []obj {
		b := obj{"type": 2, "style": 2, "label": "L", "custom_id": "c"}
		for k, v := range fields {
			b[k] = v
			if v == nil {
				delete(b, k)
			}
		}
		return []obj{{"type": 1, "components": []obj{b}}}
	}
	many := func(n int, make func(i int) obj) []obj {
		var list []obj
		for i := range n {
			list = append(list, make(i))
		}
		return list
	}
	text := func(n int) obj { return obj{"type": 10, "content": strings.Repeat("x", n)} }
	v2 := func(components ...obj) obj { return obj{"flags": 32768, "components": components} }
	for _, tc := range []struct {
		name string
		body obj
		at   string // where the error is; "" = 200
	}{
		{"2000 characters", obj{"content": strings.Repeat("é", 2000)}, ""},
		{"2001 characters", obj{"content": strings.Repeat("x", 2001)}, "errors.content._errors.0.code"},
		{"surrogates count twice", obj{"content": strings.Repeat("😀", 1001)}, "errors.content"},
		{"long embed title", obj{"embeds": []obj{{"title": strings.Repeat("x", 257)}}}, "errors.embeds.0.title"},
		{"embeds of 6001 characters", obj{"embeds": []obj{{"description": strings.Repeat("x", 4000)}, {"description": strings.Repeat("x", 2001)}}}, "errors.embeds._errors"},
		{"eleven embeds", obj{"embeds": many(11, func(int) obj { return obj{"title": "t"} })}, "errors.embeds"},
		{"empty field", obj{"embeds": []obj{{"fields": []obj{{"name": "", "value": "v"}}}}}, "errors.embeds.0.fields.0.name"},
		{"bad image address", obj{"embeds": []obj{{"image": obj{"url": "javascript:x"}}}}, "errors.embeds.0.image.url"},
		{"nonce of 26", obj{"content": "x", "nonce": strings.Repeat("n", 26)}, "errors.nonce"},
		{"parse and users", obj{"content": "x", "allowed_mentions": obj{"parse": []string{"users"}, "users": []string{"1"}}}, "errors.allowed_mentions"},
		{"button", obj{"content": "x", "components": button(nil)}, ""},
		{"label of 81", obj{"content": "x", "components": button(obj{"label": strings.Repeat("x", 81)})}, "errors.components.0.components.0.label"},
		{"custom_id of 101", obj{"content": "x", "components": button(obj{"custom_id": strings.Repeat("x", 101)})}, "errors.components.custom_id"},
		{"link of 513", obj{"content": "x", "components": button(obj{"style": 5, "custom_id": nil, "url": "https://example.org/" + strings.Repeat("x", 500)})}, "errors.components.0.components.0.url"},
		{"link with custom_id", obj{"content": "x", "components": button(obj{"style": 5, "url": "https://example.org"})}, "errors.components.0.components.0"},
		{"six rows", obj{"content": "x", "components": many(6, func(i int) obj { return button(obj{"custom_id": fmt.Sprint(i)})[0] })}, "errors.components"},
		{"the same custom_id twice", obj{"content": "x", "components": append(button(nil), button(nil)...)}, "errors.components"},
		{"26 options", obj{"content": "x", "components": []obj{{"type": 1, "components": []obj{{"type": 3, "custom_id": "s",
			"options": many(26, func(i int) obj { return obj{"label": "l", "value": fmt.Sprint(i)} })}}}}}, "errors.components.0.components.0.options"},
		{"V2 component without the flag", obj{"components": []obj{text(3)}}, "errors.components.0.type"},
		{"V2", v2(text(10), obj{"type": 14}, obj{"type": 17, "components": []obj{text(5)}}), ""},
		{"V2 with content", obj{"flags": 32768, "content": "x", "components": []obj{text(3)}}, "errors.content"},
		{"V2 with 41 components", v2(many(41, func(int) obj { return text(1) })...), "errors.components"},
		{"V2 with 4001 characters", v2(text(4000), text(1)), "errors.components"},
		{"section without accessory", v2(obj{"type": 9, "components": []obj{text(1)}}), "errors.components.0.accessory"},
		{"gallery of eleven", v2(obj{"type": 12, "items": many(11, func(int) obj { return obj{"media": obj{"url": "https://example.org/a.png"}} })}), "errors.components.0.items"},
		{"file from afar", v2(obj{"type": 13, "file": obj{"url": "https://example.org/a"}}), "errors.components.0.file.url"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t, collected)
			path := "/channels/" + d.Guild("Library").Channel("general").ID + "/messages"
			status, o := api(t, d, "POST", path, tc.body)
			if tc.at == "" && status != 200 {
				t.Errorf("refused: %d %v", status, o)
			}
			if tc.at != "" && (status != 400 || code(o) != 50035 || at(o, tc.at) == nil) {
				t.Errorf("got %d %v, want 50035 at %s", status, o, tc.at)
			}
			if tc.at == "" && d.REST().Described() && len(d.REST().Violations()) > 0 {
				t.Errorf("what is taken breaks the description: %v", d.REST().Violations())
			}
		})
	}
}

func TestHugeV2TextIsAServerError(t *testing.T) {
	d := discordtest.New(t)
	path := "/channels/" + d.Guild("Library").Channel("general").ID + "/messages"
	status, _ := api(t, d, "POST", path, obj{"flags": 32768, "components": []obj{{"type": 10, "content": strings.Repeat("€", 3500)}}})
	if status != 500 {
		t.Errorf("10,500 bytes of text: %d, want 500", status)
	}
}

func TestEmptyAndUnknown(t *testing.T) {
	d := discordtest.New(t)
	general := d.Guild("Library").Channel("general")
	path := "/channels/" + general.ID + "/messages"
	for _, tc := range []struct {
		method, path string
		body         any
		status, code int
	}{
		{"POST", path, obj{"content": "  "}, 400, 50006},
		{"POST", "/channels/42/messages", obj{"content": "x"}, 404, 10003},
		{"GET", path + "/42", nil, 404, 10008},
		{"GET", "/guilds/42", nil, 403, 50001},
		{"GET", "/users/42", nil, 404, 10013},
		{"GET", "/nothing", nil, 404, 0},
		{"PUT", "/gateway", nil, 405, 0},
		{"POST", path, obj{"content": "x", "message_reference": obj{"message_id": "42"}}, 400, 50035},
		{"POST", path, obj{"content": "x", "message_reference": obj{"message_id": "42", "fail_if_not_exists": false}}, 200, 0},
	} {
		if status, o := api(t, d, tc.method, tc.path, tc.body); status != tc.status || code(o) != tc.code {
			t.Errorf("%s %s: %d %v, want %d %d", tc.method, tc.path, status, o, tc.status, tc.code)
		}
	}
}

func TestWhoAsksMatters(t *testing.T) {
	d := discordtest.New(t)
	get := func(change func(r *http.Request)) int {
		r, _ := http.NewRequest("GET", "https://discord.com/api/v10/users/@me", nil)
		r.Header.Set("Authorization", "Bot "+d.Token())
		r.Header.Set("User-Agent", "DiscordBot (x, 1)")
		change(r)
		resp, err := d.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		return resp.StatusCode
	}
	if got := get(func(*http.Request) {}); got != 200 {
		t.Errorf("good request: %d", got)
	}
	if got := get(func(r *http.Request) { r.Header.Set("Authorization", "Bot x") }); got != 401 {
		t.Errorf("wrong token: %d", got)
	}
	if got := get(func(r *http.Request) { r.Header.Set("User-Agent", "curl") }); got != 403 {
		t.Errorf("wrong User-Agent: %d", got)
	}
	if got := d.REST().Invalid(); got != 2 {
		t.Errorf("invalid requests: %d, want 2", got)
	}
}

func TestNonceIsSentOnce(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	general := d.Guild("Library").Channel("general")
	body := obj{"content": "answer", "nonce": "q1-0", "enforce_nonce": true}
	d.REST().Cut("POST /channels/{id}/messages", discordtest.AfterEffect())
	req, _ := http.NewRequest("POST", "https://discord.com/api/v10/channels/"+general.ID+"/messages", strings.NewReader(`{"content":"answer","nonce":"q1-0","enforce_nonce":true}`))
	req.Header = http.Header{"Authorization": {"Bot " + d.Token()}, "User-Agent": {"DiscordBot (x, 1)"}, "Content-Type": {"application/json"}}
	if _, err := d.Client().Do(req); err == nil {
		t.Fatal("the connection was not cut")
	}
	_, first := api(t, d, "POST", "/channels/"+general.ID+"/messages", body)
	if n := len(general.Messages(nil)); n != 1 || first["id"] != general.Messages(nil)[0].ID {
		t.Errorf("%d messages after a cut and a retry, want 1", n)
	}
	clock.Advance(4 * time.Minute)
	api(t, d, "POST", "/channels/"+general.ID+"/messages", body)
	if n := len(general.Messages(nil)); n != 2 {
		t.Errorf("%d messages after the nonce was forgotten, want 2", n)
	}
}

func TestPermissions(t *testing.T) {
	for _, tc := range []struct {
		name         string
		lacks        discordtest.Permissions
		method, path string
		body         any
		status, code int
	}{
		{"see", discordtest.PermViewChannel, "POST", "/channels/C/messages", obj{"content": "x"}, 403, 50001},
		{"send", discordtest.PermSendMessages, "POST", "/channels/C/messages", obj{"content": "x"}, 403, 50013},
		{"reply", discordtest.PermReadMessageHistory, "POST", "/channels/C/messages", obj{"content": "x", "message_reference": obj{"message_id": "M"}}, 403, 160002},
		{"thread", discordtest.PermCreatePublicThreads, "POST", "/channels/C/messages/M/threads", obj{"name": "t"}, 403, 50013},
		{"react", discordtest.PermAddReactions, "PUT", "/channels/C/messages/M/reactions/%F0%9F%91%8D/@me", nil, 403, 50013},
		{"send in a thread", discordtest.PermSendInThreads, "POST", "/channels/T/messages", obj{"content": "x"}, 403, 50013},
		{"send in a thread without SEND_MESSAGES", discordtest.PermSendMessages, "POST", "/channels/T/messages", obj{"content": "x"}, 200, 0},
		{"delete another's message", 0, "DELETE", "/channels/C/messages/M", nil, 403, 50013},
		{"edit another's message", 0, "PATCH", "/channels/C/messages/M", obj{"content": "x"}, 403, 50005},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t)
			g := d.Guild("Library")
			general, ana := g.Channel("general"), g.Member("ana")
			m := ana.Says(general, "hello")
			thread := ana.StartsThread(general, nil, "more")
			general.Deny(g.BotRole(), tc.lacks)
			body := tc.body
			if o, isObj := body.(obj); isObj && o["message_reference"] != nil {
				o["message_reference"] = obj{"message_id": m.ID}
			}
			path := strings.NewReplacer("/C", "/"+general.ID, "/M", "/"+m.ID, "/T", "/"+thread.ID).Replace(tc.path)
			if status, o := api(t, d, tc.method, path, body); status != tc.status || code(o) != tc.code {
				t.Errorf("%d %v, want %d %d", status, o, tc.status, tc.code)
			}
		})
	}
}

func TestDirectMessages(t *testing.T) {
	d := discordtest.New(t)
	ana := d.User("ana")
	_, o := api(t, d, "POST", "/users/@me/channels", obj{"recipient_id": ana.ID})
	if o["id"] != ana.DM().ID || o["type"] != 1.0 {
		t.Fatalf("DM channel is %v", o)
	}
	if status, _ := api(t, d, "POST", "/channels/"+ana.DM().ID+"/messages", obj{"content": "hi"}); status != 200 {
		t.Errorf("DM: %d", status)
	}
	ana.RefusesDMs()
	if status, o := api(t, d, "POST", "/channels/"+ana.DM().ID+"/messages", obj{"content": "hi"}); status != 403 || code(o) != 50007 {
		t.Errorf("refused DM: %d %v", status, o)
	}
}

func TestThreads(t *testing.T) {
	d := discordtest.New(t, discordtest.NoRateLimits)
	g := d.Guild("Library")
	general, ana := g.Channel("general"), g.Member("ana")
	m := ana.Says(general, "hello")
	start := "/channels/" + general.ID + "/messages/" + m.ID + "/threads"
	status, o := api(t, d, "POST", start, obj{"name": "more", "auto_archive_duration": 60})
	if status != 201 || o["id"] != m.ID || o["type"] != 11.0 || o["parent_id"] != general.ID || at(o, "thread_metadata.auto_archive_duration") != 60.0 {
		t.Fatalf("thread: %d %v", status, o)
	}
	if status, o := api(t, d, "POST", start, obj{"name": "again"}); status != 400 || code(o) != 160004 {
		t.Errorf("second thread: %d %v", status, o)
	}
	thread := general.WaitThread(nil)
	_, sent := api(t, d, "POST", "/channels/"+thread.ID+"/messages", obj{"content": "in the thread"})
	thread.Archives(true, false)
	if status, o := api(t, d, "PATCH", "/channels/"+thread.ID+"/messages/"+sent["id"].(string), obj{"content": "x"}); status != 400 || code(o) != 50083 {
		t.Errorf("edit in an archived thread: %d %v", status, o)
	}
	if status, _ := api(t, d, "POST", "/channels/"+thread.ID+"/messages", obj{"content": "reopens"}); status != 200 {
		t.Errorf("sending in an archived thread: %d", status)
	}
	if _, o := api(t, d, "GET", "/channels/"+thread.ID, nil); at(o, "thread_metadata.archived") != false {
		t.Errorf("sending did not reopen the thread: %v", o)
	}
	thread.Archives(true, true)
	if status, o := api(t, d, "POST", "/channels/"+thread.ID+"/messages", obj{"content": "x"}); status != 400 || code(o) != 50083 {
		t.Errorf("sending in a locked thread: %d %v", status, o)
	}
	status, o = api(t, d, "POST", "/channels/"+g.Forum("help").ID+"/threads", obj{"name": "post", "message": obj{"content": "first"}})
	if status != 201 || at(o, "message.content") != "first" {
		t.Errorf("forum post: %d %v", status, o)
	}
	dm := ana.DM()
	direct := ana.Says(dm, "hi")
	if status, o := api(t, d, "POST", "/channels/"+dm.ID+"/messages/"+direct.ID+"/threads", obj{"name": "x"}); status != 400 || code(o) != 50024 {
		t.Errorf("thread in a DM: %d %v", status, o)
	}
}

func TestEditsMentionsAndPings(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	general, ana := g.Channel("general"), g.Member("ana")
	quiet := obj{"parse": []string{}}
	_, o := api(t, d, "POST", "/channels/"+general.ID+"/messages", obj{"content": "<@" + ana.ID + "> @everyone", "allowed_mentions": quiet})
	m := d.Message(o["id"].(string))
	if m.Pings() {
		t.Errorf("allowed_mentions did not hold: %v", m)
	}
	api(t, d, "PATCH", "/channels/"+general.ID+"/messages/"+m.ID, obj{"content": "<@" + ana.ID + "> https://example.org/a <https://example.org/b>"})
	m = m.Now()
	if len(m.Mentions) != 1 || len(m.Versions) != 1 || m.Edited.IsZero() {
		t.Errorf("the edit was not read with the defaults: %+v", m)
	}
	if u := m.Unfurls(); len(u) != 1 || u[0] != "https://example.org/a" {
		t.Errorf("previews of %v", u)
	}
	api(t, d, "PATCH", "/channels/"+general.ID+"/messages/"+m.ID, obj{"flags": 4, "allowed_mentions": quiet})
	if m = m.Now(); m.Unfurls() != nil || m.Pings() || !strings.Contains(m.Content, "example.org") {
		t.Errorf("after suppressing: %v", m)
	}
}

func TestReactions(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	m := g.Member("ana").Says(g.Channel("general"), "hello")
	s := session(t, d)
	if err := s.MessageReactionAdd(m.Channel.ID, m.ID, "👍"); err != nil {
		t.Fatal(err)
	}
	g.Member("ben").Reacts(m, "👍")
	if r := m.Now().Reactions; len(r) != 1 || len(r[0].Users) != 2 {
		t.Errorf("reactions are %v", r)
	}
	if err := s.MessageReactionRemove(m.Channel.ID, m.ID, "👍", "@me"); err != nil {
		t.Fatal(err)
	}
	if r := m.Now().Reactions; len(r) != 1 || r[0].Users[0].Name != "ben" {
		t.Errorf("reactions are %v", r)
	}
	if status, o := api(t, d, "PUT", "/channels/"+m.Channel.ID+"/messages/"+m.ID+"/reactions/x/@me", nil); status != 400 || code(o) != 10014 {
		t.Errorf("no emoji: %d %v", status, o)
	}
}

func TestFilesAreKept(t *testing.T) {
	d := discordtest.New(t)
	general := d.Guild("Library").Channel("general")
	s := session(t, d)
	sent, err := s.ChannelMessageSendComplex(general.ID, &discordgo.MessageSend{Content: "chart",
		Files: []*discordgo.File{{Name: "chart.png", ContentType: "image/png", Reader: strings.NewReader("PNG")}}})
	if err != nil {
		t.Fatal(err)
	}
	m := d.Message(sent.ID)
	if len(m.Attachments) != 1 || string(m.Attachments[0].Data) != "PNG" || sent.Attachments[0].Size != 3 {
		t.Fatalf("attachments are %+v", m.Attachments)
	}
	resp, err := d.Client().Get(m.Attachments[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if raw, _ := io.ReadAll(resp.Body); string(raw) != "PNG" || resp.Header.Get("Content-Type") != "image/png" {
		t.Errorf("the file is %q, %v", raw, resp.Header)
	}
	if r := d.REST().Requests("POST /channels/{id}/messages"); len(r) != 1 || r[0].Files[0] != "chart.png" || r[0].Field("content") != "chart" {
		t.Errorf("recorded requests are %+v", r)
	}
	big := bytes.NewReader(make([]byte, 10<<20+1))
	_, err = s.ChannelFileSend(general.ID, "big.bin", big)
	if e, isREST := err.(*discordgo.RESTError); !isREST || e.Response.StatusCode != 413 {
		t.Errorf("a file over 10 MiB: %v", err)
	}
}

func TestListMessages(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	general, ana := g.Channel("general"), g.Member("ana")
	var ids []string
	for n := range 5 {
		ids = append(ids, ana.Asks(general, fmt.Sprint(n)).ID)
	}
	_, raw, _ := send(t, d, "GET", "/channels/"+general.ID+"/messages?limit=2&before="+ids[3], nil)
	if i, j := strings.Index(string(raw), ids[2]), strings.Index(string(raw), ids[1]); i < 0 || j < i || strings.Contains(string(raw), ids[0]) {
		t.Errorf("before: %s", raw)
	}
	_, raw, _ = send(t, d, "GET", "/channels/"+general.ID+"/messages?after="+ids[3], nil)
	if !strings.Contains(string(raw), ids[4]) || strings.Contains(string(raw), `"id":"`+ids[3]) {
		t.Errorf("after: %s", raw)
	}
}

func TestRateLimits(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	g := d.Guild("Library")
	path := "/channels/" + g.Channel("general").ID + "/messages"
	_, _, h := send(t, d, "POST", path, obj{"content": "1"})
	if h.Get("X-RateLimit-Limit") != "5" || h.Get("X-RateLimit-Remaining") != "4" || h.Get("X-RateLimit-Reset-After") != "5.000" || h.Get("X-RateLimit-Bucket") == "" {
		t.Errorf("headers are %v", h)
	}
	for range 4 {
		send(t, d, "POST", path, obj{"content": "x"})
	}
	clock.Advance(1500 * time.Millisecond)
	status, raw, h := send(t, d, "POST", path, obj{"content": "6"})
	if status != 429 || h.Get("Retry-After") != "4" || h.Get("X-RateLimit-Scope") != "user" || !strings.Contains(string(raw), `"retry_after":3.5`) {
		t.Errorf("sixth message: %d %s %v", status, raw, h)
	}
	if status, _, _ := send(t, d, "POST", "/channels/"+g.Channel("other").ID+"/messages", obj{"content": "x"}); status != 200 {
		t.Errorf("another channel: %d", status)
	}
	clock.Advance(3500 * time.Millisecond)
	if status, _, _ := send(t, d, "POST", path, obj{"content": "x"}); status != 200 {
		t.Errorf("after the wait: %d", status)
	}
	if d.REST().Invalid() != 1 {
		t.Errorf("invalid requests: %d", d.REST().Invalid())
	}
}

func TestGlobalLimitSparesInteractions(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	registered(t, d, obj{"name": "ask", "description": "Ask"})
	clock.Advance(time.Second)
	i := d.Guild("Library").Member("ana").Slash(d.Guild("Library").Channel("general"), "ask")
	for range 50 {
		send(t, d, "GET", "/users/@me", nil)
	}
	if status, _, h := send(t, d, "GET", "/gateway/bot", nil); status != 429 || h.Get("X-RateLimit-Global") != "true" || h.Get("X-RateLimit-Scope") != "global" {
		t.Errorf("the 51st request: %d %v", status, h)
	}
	if status, o := callback(t, d, i, 5, nil); status != 204 {
		t.Errorf("callback under a global limit: %d %v", status, o)
	}
}

func TestTokenLimits(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock = clock })
	registered(t, d, obj{"name": "ask", "description": "Ask"})
	general, ana := d.Guild("Library").Channel("general"), d.Guild("Library").Member("ana")
	edits, limited := 0, 0
	for range 8 {
		i := ana.Slash(general, "ask")
		callback(t, d, i, 5, nil)
		for range 5 {
			status, _ := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": "x"})
			if edits++; status == 429 {
				limited++
			}
		}
	}
	if edits != 40 || limited != 10 {
		t.Errorf("%d of %d edits in one channel and a minute were limited, want 10 of 40", limited, edits)
	}
	i := ana.Slash(d.Guild("Library").Channel("quiet"), "ask")
	callback(t, d, i, 5, nil)
	for n := range 6 {
		status, _ := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": fmt.Sprint(n)})
		if (status == 429) != (n == 5) {
			t.Errorf("edit %d of one token: %d", n+1, status)
		}
	}
}

func TestScriptedFaults(t *testing.T) {
	const route = "POST /channels/{id}/messages"
	for _, tc := range []struct {
		name   string
		script func(r *discordtest.REST)
		check  func(status int, body string, h http.Header) bool
	}{
		{"429 with a fraction", func(r *discordtest.REST) { r.Fail(route, 429, discordtest.RetryAfter(1500*time.Millisecond)) }, func(status int, body string, h http.Header) bool {
			return status == 429 && strings.Contains(body, `"retry_after":1.5`) && h.Get("Retry-After") == "2" && h.Get("X-RateLimit-Remaining") == "0"
		}},
		{"global 429", func(r *discordtest.REST) { r.Fail(route, 429, discordtest.Global()) }, func(status int, body string, h http.Header) bool {
			return status == 429 && strings.Contains(body, `"global":true`) && h.Get("X-RateLimit-Global") == "true"
		}},
		{"shared 429", func(r *discordtest.REST) { r.Fail(route, 429, discordtest.Shared()) }, func(status int, body string, h http.Header) bool {
			return status == 429 && h.Get("X-RateLimit-Scope") == "shared"
		}},
		{"HTML 429", func(r *discordtest.REST) { r.Fail("*", 429, discordtest.HTML()) }, func(status int, body string, h http.Header) bool {
			return status == 429 && strings.HasPrefix(body, "<!DOCTYPE html>") && h.Get("X-RateLimit-Scope") == ""
		}},
		{"502", func(r *discordtest.REST) { r.Fail(route, 502) }, func(status int, body string, h http.Header) bool { return status == 502 }},
		{"403 50013", func(r *discordtest.REST) { r.Fail(route, 403, discordtest.Code(50013, "Missing Permissions")) }, func(status int, body string, h http.Header) bool {
			return status == 403 && strings.Contains(body, "50013")
		}},
		{"slow body", func(r *discordtest.REST) {
			r.Slow(route, 0, discordtest.SlowBody(10*time.Millisecond))
		}, func(status int, body string, h http.Header) bool {
			return status == 200 && strings.HasSuffix(body, "}")
		}},
		{"another channel's fault", func(r *discordtest.REST) { r.Fail("POST /channels/7/messages", 500) }, func(status int, body string, h http.Header) bool { return status == 200 }},
		{"this very channel's fault", nil, func(status int, body string, h http.Header) bool { return status == 500 }},
		{"only if", func(r *discordtest.REST) {
			r.Fail(route, 500, discordtest.OnlyIf(func(q *discordtest.Request) bool { return q.Field("content") == "other" }))
		}, func(status int, body string, h http.Header) bool { return status == 200 }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t)
			path := "/channels/" + d.Guild("Library").Channel("general").ID + "/messages"
			if tc.name == "this very channel's fault" {
				d.REST().Fail("POST "+path, 500)
			} else {
				tc.script(d.REST())
			}
			status, raw, h := send(t, d, "POST", path, obj{"content": "x"})
			if !tc.check(status, string(raw), h) {
				t.Errorf("got %d %s %v", status, raw, h)
			}
			d.REST().Heal()
			if status, _, _ := send(t, d, "POST", path, obj{"content": "x"}); status != 200 {
				t.Errorf("afterwards: %d", status)
			}
		})
	}
}

func TestDescriptionIsEnforced(t *testing.T) {
	var told []discordtest.Violation
	d := discordtest.New(t, func(o *discordtest.Options) { o.OnViolation = func(v discordtest.Violation) { told = append(told, v) } })
	if !d.REST().Described() {
		t.Skip("Discord's OpenAPI description is absent: set DISCORD_OPENAPI")
	}
	path := "/channels/" + d.Guild("Library").Channel("general").ID + "/messages"
	send(t, d, "POST", path, obj{"content": "fine", "embeds": nil, "Channel": "a key too many"})
	if len(told) != 0 {
		t.Errorf("a good request was reported: %v", told)
	}
	send(t, d, "POST", path, obj{"content": "bad", "tts": "yes"})
	if len(told) != 1 || len(d.REST().Violations()) != 1 || !strings.Contains(told[0].Problem, "tts") {
		t.Errorf("violations are %v", told)
	}
}
