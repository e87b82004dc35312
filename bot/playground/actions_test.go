package playground_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"enlace/bot/discordtest"
	"enlace/bot/playground"
	"enlace/knowledge"
	"enlace/knowledge/answer"
)

func TestTabsArePeople(t *testing.T) {
	w := start(t)
	first, second, named := w.tab(nil), w.tab(nil), w.tab(map[string]any{"name": "  <b>Eva</b>\u202e ", "locale": "es-419"})
	if first.name == second.name || first.token == second.token || first.name == "" {
		t.Errorf("%q and %q", first.name, second.name)
	}
	if named.name != "<b>Eva</b>" {
		t.Errorf("%q", named.name)
	}
	first.does("say", map[string]any{"channel": w.channel("general").ID, "text": "hello"}, "")
	second.does("say", map[string]any{"channel": w.channel("general").ID, "text": "hello too"}, "")
	got := w.channel("general").Messages(nil)
	if len(got) != 2 || got[0].Author.Name != first.name || got[1].Author.Name != second.name {
		t.Errorf("%v", got)
	}
	if w.d.User("<b>Eva</b>").Locale() != "es-419" {
		t.Error(w.d.User("<b>Eva</b>").Locale())
	}
	again := w.tab(map[string]any{"token": first.token})
	if again.token != first.token || again.name != first.name {
		t.Errorf("a tab that comes back is %+v", again)
	}
}

func TestAnAdminIsOneUntilTheyAreNot(t *testing.T) {
	w := start(t, func(o *playground.Options) { o.Admins = []string{"Boss"} })
	w.registers(map[string]any{"name": "ask", "description": "Ask"}, map[string]any{"name": "admin", "description": "Rule", "default_member_permissions": "0"})
	commands := func(b *tab) (names []string) {
		state := b.follow().until("state", nil)
		for _, c := range state.data["commands"].([]any) {
			names = append(names, c.(map[string]any)["path"].(string))
		}
		return names
	}
	boss, ana := w.tab(map[string]any{"name": "Boss"}), w.tab(map[string]any{"name": "Ana"})
	if got := commands(boss); !slices.Equal(got, []string{"ask", "admin"}) {
		t.Error(got)
	}
	if got := commands(ana); !slices.Equal(got, []string{"ask"}) {
		t.Error(got)
	}
	use := map[string]any{"channel": w.channel("general").ID, "command": "admin"}
	if status, body := ana.act("slash", use); status != http.StatusUnprocessableEntity || !strings.Contains(body, "may not use") {
		t.Errorf("%d %s", status, body)
	}
	w.tab(map[string]any{"token": ana.token, "admin": true})
	ana.does("slash", use, "use")
	w.tab(map[string]any{"token": ana.token, "admin": false})
	if status, _ := ana.act("slash", use); status != http.StatusUnprocessableEntity {
		t.Errorf("still an admin: %d", status)
	}
}

func TestPeopleSpeakEditReactAndDelete(t *testing.T) {
	w := start(t)
	ana, ben := w.tab(nil), w.tab(nil)
	general := w.channel("general")
	id := ana.does("say", map[string]any{"channel": general.ID, "text": "  one  "}, "message")
	ana.does("edit", map[string]any{"message": id, "text": "two"}, "")
	ben.does("react", map[string]any{"message": id, "emoji": "👍", "on": true}, "")
	reply := ben.does("say", map[string]any{"channel": general.ID, "text": "yes", "reply_to": id}, "message")
	m := w.d.Message(id)
	if m.Content != "two" || m.Edited.IsZero() || len(m.Reactions) != 1 || w.d.Message(reply).ReplyTo != id {
		t.Errorf("%+v", m)
	}
	ben.does("react", map[string]any{"message": id, "emoji": "👍", "on": false}, "")
	thread := ben.does("thread", map[string]any{"message": id, "text": "more"}, "id")
	ben.does("say", map[string]any{"channel": thread, "text": "in the thread"}, "")
	if again := ana.does("thread", map[string]any{"message": id, "text": "again"}, "id"); again != thread {
		t.Errorf("a second thread %s", again)
	}
	for name, c := range map[string]struct {
		deed string
		body map[string]any
		says string
	}{
		"another's message":    {"edit", map[string]any{"message": id, "text": "mine"}, "only edit messages of their own"},
		"deleting another's":   {"delete", map[string]any{"message": id}, "may not delete"},
		"an unknown message":   {"delete", map[string]any{"message": "1"}, "no_message"},
		"an unknown channel":   {"say", map[string]any{"channel": "1", "text": "x"}, "no_channel"},
		"nothing":              {"say", map[string]any{"channel": general.ID, "text": " \n "}, "empty"},
		"more than a message":  {"say", map[string]any{"channel": general.ID, "text": strings.Repeat("ñ", 2001)}, "too_long"},
		"pairs count as two":   {"say", map[string]any{"channel": general.ID, "text": strings.Repeat("😀", 1001)}, "too_long"},
		"no emoji":             {"react", map[string]any{"message": id, "on": true}, "empty"},
		"a form of nobody":     {"submit", map[string]any{"modal": "1"}, "no_form"},
		"an unknown command":   {"slash", map[string]any{"channel": general.ID, "command": "fly"}, "no command"},
		"no command":           {"slash", map[string]any{"channel": general.ID, "command": " "}, "name"},
		"a button of nowhere":  {"press", map[string]any{"message": id, "custom_id": "x"}, "no button"},
		"a menu that is none":  {"menu", map[string]any{"message": id, "command": "Fly"}, "no command"},
		"a nameless thread":    {"thread", map[string]any{"message": id}, "empty"},
		"an option of nothing": {"slash", map[string]any{"channel": general.ID, "command": "ask", "options": []any{map[string]any{"name": "q", "value": nil}}}, "no value"},
	} {
		if status, body := ben.act(c.deed, c.body); status != http.StatusUnprocessableEntity || !strings.Contains(body, c.says) {
			t.Errorf("%s: %d %s, want %q", name, status, body, c.says)
		}
	}
	ana.does("delete", map[string]any{"message": id}, "")
	if w.d.Message(id) != nil {
		t.Error("it is still there")
	}
}

func TestDirectMessagesAreTheirPersonsAlone(t *testing.T) {
	w := start(t)
	ana, ben := w.tab(nil), w.tab(nil)
	dm := w.d.User(ana.name).DM()
	follow := ben.follow()
	if state := follow.until("state", nil); strings.Contains(state.raw, dm.ID) {
		t.Error("another's direct channel is listed")
	}
	id := ana.does("say", map[string]any{"channel": dm.ID, "text": "secret"}, "message")
	for deed, body := range map[string]map[string]any{
		"say": {"channel": dm.ID, "text": "hello"}, "edit": {"message": id, "text": "x"}, "react": {"message": id, "emoji": "👍", "on": true}, "menu": {"message": id, "command": "x"},
		"type": {"channel": dm.ID},
	} {
		if status, _ := ben.act(deed, body); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", deed, status)
		}
	}
	if status, _, _ := w.ask("GET", "/inspect?message="+id, nil, func(r *http.Request) { r.Header.Set("X-Playground-Session", ben.token) }); status != http.StatusNotFound {
		t.Errorf("inspect: %d", status)
	}
	ana.does("say", map[string]any{"channel": w.channel("general").ID, "text": "public"}, "")
	if e := follow.until("message", nil); !strings.Contains(e.raw, "public") {
		t.Errorf("ben sees %s", e.raw)
	}
}

func TestWithoutASessionNothingIsDone(t *testing.T) {
	w := start(t)
	for _, token := range []string{"", "x", strings.Repeat("A", 26)} {
		status, _, _ := w.ask("POST", "/act/say", map[string]any{"channel": w.channel("general").ID, "text": "x"}, func(r *http.Request) { r.Header.Set("X-Playground-Session", token) })
		events, _, _ := w.ask("GET", "/events?session="+token, nil, nil)
		inspect, _, _ := w.ask("GET", "/inspect?message=1", nil, func(r *http.Request) { r.Header.Set("X-Playground-Session", token) })
		file, _, _ := w.ask("GET", "/files/1/2?session="+token, nil, nil)
		if got := []int{status, events, inspect, file}; !slices.Equal(got, []int{401, 401, 401, 401}) {
			t.Errorf("%q: %v", token, got)
		}
	}
	if n := len(w.channel("general").Messages(nil)); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"too large":    {`{"text":"` + strings.Repeat("x", 70<<10) + `"}`, http.StatusRequestEntityTooLarge},
		"not JSON":     {`hello`, http.StatusBadRequest},
		"two bodies":   {`{} {}`, http.StatusBadRequest},
		"wrong shape":  {`{"options":"x"}`, http.StatusBadRequest},
		"deep nesting": {strings.Repeat("[", 20000), http.StatusBadRequest},
	} {
		if status, got := ana.act("say", c.body); status != c.status {
			t.Errorf("%s: %d %s", name, status, got)
		}
	}
	if status, _ := ana.act("fly", "{}"); status != http.StatusNotFound {
		t.Errorf("an unknown deed: %d", status)
	}
}

func TestNobodyActsWithoutEnd(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	refused := 0
	for range 80 {
		if status, _ := ana.act("type", map[string]any{"channel": w.channel("general").ID}); status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("80 actions at once are taken")
	}
}

func TestCommandsAreListedInThePersonsLanguage(t *testing.T) {
	w := start(t)
	w.registers(map[string]any{
		"name": "timeline", "description": "What happened when", "name_localizations": map[string]any{"es-ES": "cronología"},
		"description_localizations": map[string]any{"es-ES": "Qué pasó y cuándo"},
		"options":                   []any{map[string]any{"type": 3, "name": "topic", "description": "A topic", "name_localizations": map[string]any{"es-ES": "tema"}, "autocomplete": true}},
	}, map[string]any{"name": "Check facts", "type": 3, "name_localizations": map[string]any{"es-419": "Verificar hechos"}},
		map[string]any{"name": "admin", "description": "Rule", "options": []any{map[string]any{"type": 1, "name": "reload", "description": "Read again", "name_localizations": map[string]any{"es-ES": "recargar"}}}})
	for locale, want := range map[string][]string{
		"en-US":  {"Check facts", "admin reload", "timeline topic"},
		"es-ES":  {"Check facts", "admin recargar", "cronología tema"},
		"es-419": {"Verificar hechos", "admin recargar", "cronología tema"},
	} {
		state := w.tab(map[string]any{"locale": locale}).follow().until("state", nil)
		var got []string
		for _, c := range state.data["commands"].([]any) {
			v := c.(map[string]any)
			name := v["name"].(string)
			if options, ok := v["options"].([]any); ok {
				name += " " + options[0].(map[string]any)["label"].(string)
			}
			got = append(got, name)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", locale, got)
		}
	}
}

func TestUsesGoToTheBotAndItsAnswersComeBack(t *testing.T) {
	w := start(t)
	w.registers(map[string]any{
		"name": "ask", "description": "Ask",
		"options": []any{
			map[string]any{"type": 3, "name": "question", "description": "What", "required": true, "autocomplete": true}, map[string]any{"type": 5, "name": "private", "description": "Alone"},
			map[string]any{"type": 4, "name": "times", "description": "How often"},
		},
	}, map[string]any{"name": "Check facts", "type": 3})
	w.answers(func(kind float64, data map[string]any) string {
		switch kind {
		case discordtest.InteractionAutocomplete:
			return `{"type":8,"data":{"choices":[{"name":"Who?","value":"who"}]}}`
		case discordtest.InteractionComponent:
			return `{"type":9,"data":{"custom_id":"why","title":"Why?","components":[{"type":18,"label":"Reason","component":{"type":4,"custom_id":"text","style":2}}]}}`
		case discordtest.InteractionModal:
			raw, _ := json.Marshal(data)
			return fmt.Sprintf(`{"type":4,"data":{"content":%q,"flags":64}}`, raw)
		}
		raw, _ := json.Marshal(data["options"])
		return fmt.Sprintf(`{"type":4,"data":{"content":%q,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Why","custom_id":"b"}]}]}}`, "**"+string(raw)+"**")
	})
	ana, ben := w.tab(nil), w.tab(nil)
	mine, others := ana.follow(), ben.follow()
	mine.until("state", nil)
	others.until("state", nil)
	general := w.channel("general").ID

	status, body := ana.act("complete", map[string]any{"channel": general, "command": "ask", "options": []any{map[string]any{"name": "question", "value": "w", "focused": true}}})
	if status != 200 || !strings.Contains(body, `"value":"who"`) {
		t.Errorf("%d %s", status, body)
	}
	id := ana.does("slash", map[string]any{"channel": general, "command": "ask", "options": []any{
		map[string]any{"name": "question", "value": "who"}, map[string]any{"name": "private", "value": true}, map[string]any{"name": "times", "value": 3}}}, "use")
	e := others.until("message", nil)
	if !strings.Contains(e.raw, `who`) || !strings.Contains(e.raw, `\"value\":3`) || !strings.Contains(e.raw, `"use":{`) {
		t.Errorf("ben sees %s", e.raw)
	}
	if e := mine.until("use", nil); e.data["id"] != id && e.data["answered"] != true {
		t.Errorf("%s", e.raw)
	}
	message := e.data["id"].(string)
	ana.does("press", map[string]any{"message": message, "custom_id": "b"}, "use")
	modal := mine.until("modal", nil)
	form := modal.data["id"].(string)
	if status, body := ben.act("submit", map[string]any{"modal": form}); status != http.StatusUnprocessableEntity {
		t.Errorf("another's form: %d %s", status, body)
	}
	ana.does("submit", map[string]any{"modal": form, "fields": map[string]any{"text": "because <b>"}}, "use")
	if e := mine.until("message", func(e event) bool { return e.data["ephemeral"] == true }); !strings.Contains(e.raw, "because ") {
		t.Errorf("%s", e.raw)
	}
	ben.does("menu", map[string]any{"message": message, "command": "Check facts"}, "use")
	if e := others.until("message", nil); e.data["ephemeral"] == true {
		t.Errorf("ben sees what only ana may: %s", e.raw)
	}
}

func TestASilentBotIsToldOf(t *testing.T) {
	clock := discordtest.NewClock(start(t).d.Now())
	d := discordtest.New(t, func(o *discordtest.Options) { o.Clock, o.Fail = clock, playground.Refuse })
	w := startOn(t, d)
	w.registers(map[string]any{"name": "ask", "description": "Ask"})
	ana := w.tab(nil)
	follow := ana.follow()
	follow.until("state", nil)
	id := ana.does("slash", map[string]any{"channel": w.channel("general").ID, "command": "ask"}, "use")
	clock.Advance(discordtestDeadline)
	if e := follow.until("use", nil); e.data["id"] != id || e.data["answered"] != false {
		t.Errorf("%s", e.raw)
	}
}

func TestAttachmentsHaveFixedTypes(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	poster := w.d.Guild("Playground").Member("poster")
	m, err := poster.Send(w.channel("general"), discordtest.Draft{Content: "files", Attachments: []discordtest.Attachment{
		{Name: "a.png", ContentType: "image/png", Data: []byte("png")}, {Name: "b.html", ContentType: "text/html", Data: []byte("<script>")},
		{Name: "c.svg", ContentType: "image/svg+xml", Data: []byte("<svg onload=alert(1)>")}, {Name: "../d\r\n.png", ContentType: "image/png; x=<", Data: []byte("?")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"image/png", "application/octet-stream", "application/octet-stream", "application/octet-stream"} {
		status, _, h := w.ask("GET", "/files/"+m.ID+"/"+m.Attachments[i].ID+"?session="+ana.token, nil, nil)
		saved := strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename")
		if status != 200 || h.Get("Content-Type") != want || saved != (want != "image/png") || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %d %v", m.Attachments[i].Name, status, h)
		}
	}
	if status, _, _ := w.ask("GET", "/files/"+m.ID+"/1?session="+ana.token, nil, nil); status != http.StatusNotFound {
		t.Errorf("an unknown file: %d", status)
	}
}

func TestTheInspectorShowsHowAnAnswerCameAbout(t *testing.T) {
	w := start(t)
	ana := w.tab(nil)
	follow := ana.follow()
	follow.until("state", nil)
	id := ana.does("say", map[string]any{"channel": w.channel("general").ID, "text": "who?"}, "message")
	fact := &knowledge.Fact{ID: "mou-who", Text: knowledge.Text{EN: "Noem signed."}, Status: knowledge.Official}
	w.page.Trace(answer.Trace{
		Answer: knowledge.Answer{ID: id, Question: "who?", Language: knowledge.English, Outcome: knowledge.Answered, Citations: []knowledge.Citation{{N: 1, ID: "mou-who"}}},
		Found:  []answer.FoundFact{{Fact: fact, Score: 3.5}}, Chosen: []knowledge.FactID{"mou-who"}, Probability: .9, Threshold: .25,
	})
	if e := follow.until("trace", nil); e.data["question"] != id {
		t.Errorf("%s", e.raw)
	}
	look := func(message string) (int, string) {
		status, body, _ := w.ask("GET", "/inspect?"+message, nil, func(r *http.Request) { r.Header.Set("X-Playground-Session", ana.token) })
		return status, body
	}
	if status, body := look("message=" + id); status != 200 || !strings.Contains(body, `"id":"mou-who","text":"Noem signed.","status":"official","score":3.5`) || !strings.Contains(body, `"cited":true`) {
		t.Errorf("%d %s", status, body)
	}
	other := ana.does("say", map[string]any{"channel": w.channel("general").ID, "text": "thanks"}, "message")
	if status, body := look("message=" + other); status != 200 || body != "null\n" {
		t.Errorf("a message without a trace: %d %s", status, body)
	}
	if status, body := look("channel=" + w.channel("general").ID); status != 200 || !strings.Contains(body, id) {
		t.Errorf("the latest of the channel: %d %s", status, body)
	}
	for i := range 250 { // only the latest are kept
		w.page.Trace(answer.Trace{Answer: knowledge.Answer{ID: fmt.Sprint("x", i)}})
	}
	if status, body := look("message=" + id); status != 200 || body != "null\n" {
		t.Errorf("an old trace: %d %s", status, body)
	}
	if status, _ := look("channel=1"); status != http.StatusNotFound {
		t.Errorf("an unknown channel: %d", status)
	}
}
