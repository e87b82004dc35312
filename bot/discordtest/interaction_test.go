package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"enlace/bot/discordtest"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// asked is a Discord on a manual clock with a command /ask, and one use of it.
func asked(t *testing.T, choices ...func(*discordtest.Options)) (*discordtest.Discord, *discordtest.ManualClock, *discordtest.Member, *discordtest.Interaction) {
	t.Helper()
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, append(choices, discordtest.NoRateLimits, func(o *discordtest.Options) { o.Clock = clock })...)
	registered(t, d, obj{"name": "ask", "description": "Ask", "options": []obj{{"type": 3, "name": "question", "description": "What", "autocomplete": true}}},
		obj{"name": "Check facts", "type": 3})
	ana := d.Guild("Library").Member("ana")
	return d, clock, ana, ana.Slash(d.Guild("Library").Channel("general"), "ask", discordtest.Opt("question", "who?"))
}

func TestInteractionPayload(t *testing.T) {
	d, _, ana, _ := asked(t)
	w := dial(t, d).identify(messageIntents)
	w.want(0, "READY")
	ana.Speaks("es-419")
	g := d.Guild("Library").Speaks("es-ES")
	ana.Slash(g.Channel("general"), "ask", discordtest.Opt("question", "who?"))
	o := w.want(0, "INTERACTION_CREATE").data(t)
	for path, want := range map[string]any{"type": 2.0, "version": 1.0, "locale": "es-419", "guild_locale": "es-ES", "context": 0.0, "guild_id": g.ID,
		"data.name": "ask", "data.options.0.value": "who?", "member.user.id": ana.ID, "authorizing_integration_owners.0": g.ID} {
		if got := at(o, path); got != want {
			t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
	for _, path := range []string{"app_permissions", "member.permissions", "token", "channel_id"} {
		if _, isString := at(o, path).(string); !isString {
			t.Errorf("%s is %v, want a string", path, at(o, path))
		}
	}
	ana.Slash(ana.DM(), "ask")
	o = w.want(0, "INTERACTION_CREATE").data(t)
	if o["member"] != nil || at(o, "user.id") != ana.ID || o["context"] != 1.0 || at(o, "authorizing_integration_owners.0") != "0" || o["guild_id"] != nil {
		t.Errorf("interaction in a DM is %v", o)
	}
	m := ana.Says(g.Channel("general"), "two lies")
	ana.UseOn(m, "Check facts")
	o = w.want(0, "INTERACTION_CREATE").data(t)
	if at(o, "data.target_id") != m.ID || at(o, "data.resolved.messages."+m.ID+".content") != "two lies" || at(o, "data.type") != 3.0 {
		t.Errorf("message command is %v", o)
	}
}

func TestCallbackInTimeAndTwice(t *testing.T) {
	d, clock, _, i := asked(t)
	clock.Advance(2999 * time.Millisecond)
	if status, o := callback(t, d, i, 4, obj{"content": "yes"}); status != 204 {
		t.Fatalf("callback: %d %v", status, o)
	}
	if took, done := i.Ack(); !done || took != 2999*time.Millisecond {
		t.Errorf("acknowledged after %v (%v)", took, done)
	}
	if status, o := callback(t, d, i, 4, obj{"content": "again"}); status != 400 || code(o) != 40060 {
		t.Errorf("second callback: %d %v, want 40060", status, o)
	}
}

func TestCallbackTooLate(t *testing.T) {
	d, clock, _, i := asked(t)
	clock.Advance(3001 * time.Millisecond)
	if !i.Unanswered() {
		t.Error("after three seconds the user has not been told")
	}
	if status, o := callback(t, d, i, 4, obj{"content": "late"}); status != 404 || code(o) != 10062 {
		t.Errorf("late callback: %d %v, want 10062", status, o)
	}
	if status, o := api(t, d, "POST", "/interactions/1/none/callback", obj{"type": 5}); status != 404 || code(o) != 10062 {
		t.Errorf("unknown interaction: %d %v", status, o)
	}
}

func TestCallbackWithResponse(t *testing.T) {
	d, _, _, i := asked(t)
	status, o := api(t, d, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true", obj{"type": 5, "data": obj{"flags": 64}})
	if status != 200 || at(o, "resource.message.id") != i.Original().ID || at(o, "interaction.response_message_ephemeral") != true {
		t.Errorf("with_response: %d %v", status, o)
	}
}

func TestResponseTypesFitTheInteraction(t *testing.T) {
	d, _, ana, i := asked(t)
	for _, kind := range []int{1, 6, 7, 8, 12} {
		if status, o := callback(t, d, i, kind, obj{"content": "x", "choices": []any{}}); status != 400 || code(o) != 50035 {
			t.Errorf("type %d on a command: %d %v", kind, status, o)
		}
	}
	auto := ana.Completes(i.Channel, "ask", discordtest.Typing("question", "wh"))
	if status, _ := callback(t, d, auto, 5, nil); status != 400 {
		t.Errorf("deferred autocompletion: %d", status)
	}
	modal := obj{"custom_id": "m", "title": "T", "components": []obj{{"type": 1, "components": []obj{{"type": 4, "custom_id": "why", "style": 1, "label": "Why"}}}}}
	if status, o := callback(t, d, i, 9, modal); status != 204 {
		t.Fatalf("modal: %d %v", status, o)
	}
	sent := ana.Submits(i.Modal(), map[string]string{"why": "because"})
	if status, _ := callback(t, d, sent, 9, modal); status != 400 {
		t.Errorf("a modal answered by a modal: %d", status)
	}
	var payload obj
	_ = json.Unmarshal(sent.Payload(), &payload)
	if at(payload, "data.components.0.components.0.value") != "because" || at(payload, "data.custom_id") != "m" {
		t.Errorf("modal submit is %v", payload)
	}
}

func TestDeferKeepsOnlyEphemeral(t *testing.T) {
	d, _, ana, i := asked(t)
	callback(t, d, i, 5, obj{"flags": 64 | 4 | 32768})
	if m := i.Original(); m.Flags != discordtest.FlagEphemeral|discordtest.FlagLoading || m.VisibleTo != ana.User {
		t.Fatalf("deferred message has flags %d", m.Flags)
	}
	status, o := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"flags": 32768, "components": []obj{{"type": 10, "content": "V2"}}})
	if status != 200 || o["flags"] != float64(64|32768) {
		t.Errorf("V2 at the edit: %d %v", status, o)
	}
	if status, o := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"flags": 0, "content": "back"}); status != 400 || at(o, "errors.content") == nil {
		t.Errorf("V2 was unset: %d %v", status, o)
	}
	if m := i.Reply(); !m.Ephemeral() || len(i.Channel.Messages(d.User("ben"))) != 0 || len(i.Channel.Messages(ana.User)) != 1 {
		t.Errorf("an ephemeral answer became public: %v", m)
	}
	if status, o := api(t, d, "GET", "/channels/"+i.Channel.ID+"/messages/"+i.Original().ID, nil); status != 404 || code(o) != 10008 {
		t.Errorf("ephemeral message in the channel: %d %v", status, o)
	}
}

func TestOriginalAndFollowUps(t *testing.T) {
	d, _, _, i := asked(t)
	if status, _ := api(t, d, "GET", hook(d, i, "/messages/@original"), nil); status != 404 {
		t.Errorf("@original before any callback: %d", status)
	}
	if status, _ := api(t, d, "POST", hook(d, i, ""), obj{"content": "early"}); status != 404 {
		t.Errorf("follow-up before any callback: %d", status)
	}
	callback(t, d, i, 5, nil)
	api(t, d, "POST", hook(d, i, "?wait=true"), obj{"content": "fills the original"})
	if m := i.Reply(); m.Content != "fills the original" || len(i.Followups()) != 0 || !m.Edited.IsZero() {
		t.Errorf("follow-up after a defer: %v, %d follow-ups", m, len(i.Followups()))
	}
	_, o := api(t, d, "POST", hook(d, i, ""), obj{"content": "private", "flags": 64})
	second := i.WaitFollowups(1)[0]
	if second.VisibleTo == nil || o["id"] != second.ID {
		t.Errorf("second follow-up is %v", second)
	}
	if status, o := api(t, d, "PATCH", hook(d, i, "/messages/"+second.ID), obj{"content": "changed"}); status != 200 || o["content"] != "changed" {
		t.Errorf("edit of the follow-up: %d %v", status, o)
	}
	if status, _ := api(t, d, "DELETE", hook(d, i, "/messages/"+second.ID), nil); status != 204 || len(i.Followups()) != 0 {
		t.Errorf("delete of the follow-up: %d", status)
	}
	if status, _ := api(t, d, "DELETE", hook(d, i, "/messages/@original"), nil); status != 204 || i.Original() != nil {
		t.Errorf("delete of the original: %d", status)
	}
	if status, o := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": "x"}); status != 404 || code(o) != 10008 {
		t.Errorf("edit of the deleted original: %d %v", status, o)
	}
}

func TestTokenDiesAfterFifteenMinutes(t *testing.T) {
	d, clock, _, i := asked(t)
	callback(t, d, i, 5, nil)
	clock.Advance(15*time.Minute - 3*time.Second)
	if status, _ := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": "just in time"}); status != 200 {
		t.Errorf("edit before the end: %d", status)
	}
	clock.Advance(4 * time.Second)
	if status, o := api(t, d, "PATCH", hook(d, i, "/messages/@original"), obj{"content": "late"}); status != 401 || code(o) != 50027 {
		t.Errorf("edit after the end: %d %v", status, o)
	}
	if status, o := api(t, d, "POST", "/webhooks/1/"+i.Token, obj{"content": "x"}); status != 404 || code(o) != 10015 {
		t.Errorf("another application's webhook: %d %v", status, o)
	}
}

func TestButtonsUpdateTheirMessage(t *testing.T) {
	d, _, ana, i := asked(t)
	row := obj{"type": 1, "components": []obj{{"type": 2, "style": 2, "label": "Sources", "custom_id": "src:1"}, {"type": 2, "style": 5, "label": "Site", "url": "https://example.org"},
		{"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": true}}}
	callback(t, d, i, 4, obj{"content": "answer", "components": []obj{row}})
	m := i.Reply()
	for _, name := range []string{"Site", "Off", "Missing"} {
		if _, err := ana.Press(m, name, nil); err == nil {
			t.Errorf("%s could be pressed", name)
		}
	}
	click := ana.Clicks(m, "Sources")
	var payload obj
	_ = json.Unmarshal(click.Payload(), &payload)
	if at(payload, "data.custom_id") != "src:1" || at(payload, "data.component_type") != 2.0 || at(payload, "message.id") != m.ID {
		t.Errorf("click is %v", payload)
	}
	callback(t, d, click, 7, obj{"content": "updated", "components": []obj{}})
	if now := m.Now(); now.Content != "updated" || len(now.Components) != 0 || len(now.Versions) != 1 {
		t.Errorf("message is %v", now)
	}
	if status, o := api(t, d, "GET", hook(d, click, "/messages/@original"), nil); status != 200 || o["id"] != m.ID {
		t.Errorf("@original of the click: %d %v", status, o)
	}
	if _, err := ana.Press(m, "Sources", nil); err == nil {
		t.Error("a button that is gone could be pressed")
	}
}

func TestAutocompletion(t *testing.T) {
	d, _, ana, i := asked(t)
	auto := ana.Completes(i.Channel, "ask", discordtest.Typing("question", "wh"))
	var payload obj
	_ = json.Unmarshal(auto.Payload(), &payload)
	if payload["type"] != 4.0 || at(payload, "data.options.0.focused") != true {
		t.Errorf("autocompletion is %v", payload)
	}
	long := []obj{{"name": strings.Repeat("n", 101), "value": "v"}, {"name": "n", "value": strings.Repeat("v", 101)}}
	quiet := discordtest.New(t, collected)
	if _, _, bob := quiet.Guild("Library"), 0, quiet.Guild("Library").Member("bob"); bob != nil {
		registered(t, quiet, obj{"name": "ask", "description": "Ask", "options": []obj{{"type": 3, "name": "question", "description": "What", "autocomplete": true}}})
		bad := bob.Completes(quiet.Guild("Library").Channel("general"), "ask", discordtest.Typing("question", ""))
		if status, o := callback(t, quiet, bad, 8, obj{"choices": long}); status != 400 || at(o, "errors.data.choices.0.name") == nil || at(o, "errors.data.choices.1.value") == nil {
			t.Errorf("long choices: %d %v", status, o)
		}
		if status, _ := callback(t, quiet, bad, 8, obj{"choices": make([]obj, 26)}); status != 400 {
			t.Errorf("26 choices: %d", status)
		}
	}
	if status, _ := callback(t, d, auto, 8, obj{"choices": []obj{{"name": "Who", "value": "who"}}}); status != 204 {
		t.Errorf("choices: %d", status)
	}
	if c := auto.Choices(); len(c) != 1 || c[0].Name != "Who" {
		t.Errorf("choices are %v", c)
	}
}

func TestUserInstall(t *testing.T) {
	d := discordtest.New(t, discordtest.NoRateLimits)
	registered(t, d, obj{"name": "ask", "description": "Ask", "integration_types": []int{0, 1}, "contexts": []int{0, 1, 2}}, obj{"name": "here", "description": "Guild only", "contexts": []int{0}})
	ana, ben := d.User("ana"), d.User("ben")
	if _, err := ana.Use(ana.With(ben), "ask"); err == nil {
		t.Error("the command works in a private channel without a user install")
	}
	if _, err := ana.Use(ana.DM(), "here"); err == nil {
		t.Error("a guild command works in a DM")
	}
	ana.Installs()
	i := ana.Slash(ana.With(ben), "ask")
	var payload obj
	_ = json.Unmarshal(i.Payload(), &payload)
	if payload["context"] != 2.0 || at(payload, "authorizing_integration_owners.0") != nil || at(payload, "authorizing_integration_owners.1") != ana.ID {
		t.Errorf("interaction is %v", payload)
	}
	callback(t, d, i, 4, obj{"content": "yes"})
	for n := range 6 {
		status, o := api(t, d, "POST", hook(d, i, ""), obj{"content": "more"})
		if want := map[bool]int{true: 200, false: 400}[n < 5]; status != want || want == 400 && code(o) != 40094 {
			t.Errorf("follow-up %d: %d %v", n+1, status, o)
		}
	}
	g := d.Guild("Elsewhere")
	g.Kicks()
	g.Joins(ana)
	g.Everyone().Set(discordtest.PermEveryone &^ discordtest.PermUseExternalApps)
	denied := ana.Slash(g.Channel("general"), "ask")
	callback(t, d, denied, 4, obj{"content": "public?"})
	if m := denied.Reply(); !m.Ephemeral() {
		t.Error("without USE_EXTERNAL_APPS the response is public")
	}
}

func TestForgedInteractions(t *testing.T) {
	d, _, ana, i := asked(t)
	w := dial(t, d).identify(messageIntents)
	w.want(0, "READY")
	ana.Sends(i.Channel, 99, json.RawMessage(`{"custom_id":"forged"}`), nil)
	if o := w.want(0, "INTERACTION_CREATE").data(t); o["type"] != 99.0 || at(o, "data.custom_id") != "forged" {
		t.Errorf("forged interaction is %v", o)
	}
}

func TestWhatTheClientRefuses(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	ana, general := g.Member("ana"), g.Channel("general")
	registered(t, d,
		obj{"name": "admin", "description": "Admin", "default_member_permissions": "0", "options": []obj{{"type": 1, "name": "reload", "description": "R"}}},
		obj{"name": "pick", "description": "Pick", "options": []obj{
			{"type": 3, "name": "word", "description": "W", "required": true, "choices": []obj{{"name": "One", "value": "one"}}},
			{"type": 4, "name": "count", "description": "C"}, {"type": 6, "name": "who", "description": "W"}}})
	for name, use := range map[string]func() (*discordtest.Interaction, error){
		"unknown command":         func() (*discordtest.Interaction, error) { return ana.Use(general, "nothing") },
		"admin command":           func() (*discordtest.Interaction, error) { return ana.Use(general, "admin reload") },
		"no subcommand":           func() (*discordtest.Interaction, error) { return g.Owner().Use(general, "admin") },
		"missing required option": func() (*discordtest.Interaction, error) { return ana.Use(general, "pick") },
		"value that is no choice": func() (*discordtest.Interaction, error) {
			return ana.Use(general, "pick", discordtest.Opt("word", "two"))
		},
		"wrong type": func() (*discordtest.Interaction, error) {
			return ana.Use(general, "pick", discordtest.Opt("word", "one"), discordtest.Opt("count", "many"))
		},
	} {
		if _, err := use(); err == nil {
			t.Errorf("%s was possible", name)
		}
	}
	i := ana.Slash(general, "pick", discordtest.Opt("word", "one"), discordtest.Opt("count", 3), discordtest.Opt("who", ana))
	var payload obj
	_ = json.Unmarshal(i.Payload(), &payload)
	if at(payload, "data.options.1.value") != 3.0 || at(payload, "data.resolved.users."+ana.ID+".username") != "ana" {
		t.Errorf("interaction is %v", payload)
	}
	g.Owner().Slash(general, "admin reload")
	ana.Give(g.Role("mods", discordtest.PermAdministrator)).Slash(general, "admin reload")
}
