package discordtest_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
)

func TestCommandRules(t *testing.T) {
	opt := func(fields obj) obj {
		o := obj{"type": 3, "name": "a", "description": "d"}
		for k, v := range fields {
			o[k] = v
		}
		return o
	}
	slash := func(fields obj) obj {
		o := obj{"name": "ask", "description": "Ask"}
		for k, v := range fields {
			o[k] = v
		}
		return o
	}
	options := func(list ...obj) obj { return slash(obj{"options": list}) }
	times := func(n int, item func(i int) obj) []obj {
		var list []obj
		for i := range n {
			list = append(list, item(i))
		}
		return list
	}
	for _, tc := range []struct {
		name string
		body obj
		bad  bool
	}{
		{"plain", slash(nil), false},
		{"Spanish name", slash(obj{"name": "pregúntame-ñ"}), false},
		{"upper case", slash(obj{"name": "Ask"}), true},
		{"space", slash(obj{"name": "ask me"}), true},
		{"33 characters", slash(obj{"name": strings.Repeat("a", 33)}), true},
		{"no description", slash(obj{"description": ""}), true},
		{"description of 101", slash(obj{"description": strings.Repeat("d", 101)}), true},
		{"unknown locale", slash(obj{"description_localizations": obj{"es": "x"}}), true},
		{"Latin American Spanish", slash(obj{"name_localizations": obj{"es-419": "preguntar"}}), false},
		{"message command", obj{"name": "Check facts", "type": 3}, false},
		{"message command with description", obj{"name": "Check facts", "type": 3, "description": "x"}, true},
		{"required after optional", options(opt(nil), opt(obj{"name": "b", "required": true})), true},
		{"same name twice", options(opt(nil), opt(nil)), true},
		{"choices and autocomplete", options(opt(obj{"autocomplete": true, "choices": []obj{{"name": "n", "value": "v"}}})), true},
		{"26 choices", options(opt(obj{"choices": times(26, func(i int) obj { return obj{"name": "n", "value": fmt.Sprint(i)} })})), true},
		{"26 options", slash(obj{"options": times(26, func(i int) obj { return opt(obj{"name": fmt.Sprintf("o%d", i)}) })}), true},
		{"subcommands in a group", options(obj{"type": 2, "name": "g", "description": "d", "options": []obj{{"type": 1, "name": "s", "description": "d", "options": []obj{opt(nil)}}}}), false},
		{"group in a group", options(obj{"type": 2, "name": "g", "description": "d", "options": []obj{{"type": 2, "name": "s", "description": "d"}}}), true},
		{"localised name clashes", options(opt(obj{"name_localizations": obj{"es-ES": "b"}}), opt(obj{"name": "b"})), true},
		{"more than 8000 characters", slash(obj{"options": times(25, func(i int) obj {
			return opt(obj{"name": fmt.Sprintf("o%d", i), "choices": times(3, func(k int) obj {
				return obj{"name": strings.Repeat("n", 60), "value": strings.Repeat("v", 60) + fmt.Sprint(k)}
			})})
		})}), true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := discordtest.New(t, collected)
			status, o := api(t, d, "POST", "/applications/"+d.ApplicationID()+"/commands", tc.body)
			if tc.bad != (status == 400) || tc.bad && code(o) != 50035 {
				t.Errorf("got %d %v, want bad: %v", status, o, tc.bad)
			}
		})
	}
}

func TestBulkOverwriteKeepsIDs(t *testing.T) {
	d := discordtest.New(t)
	s := session(t, d)
	zero, spanish := int64(0), map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"}
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	commands := []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask", NameLocalizations: &spanish, Contexts: &contexts},
		{Name: "admin", Description: "Admin", DefaultMemberPermissions: &zero},
		{Name: "Check facts", Type: discordgo.MessageApplicationCommand},
	}
	first, err := s.ApplicationCommandBulkOverwrite(d.ApplicationID(), "", commands)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.ApplicationCommandBulkOverwrite(d.ApplicationID(), "", commands[:1])
	if err != nil {
		t.Fatal(err)
	}
	if len(second) != 1 || second[0].ID != first[0].ID || second[0].Version == first[0].Version {
		t.Errorf("overwrite made %+v of %+v", second, first)
	}
	if list := d.Commands(nil); len(list) != 1 || list[0].NameLocalizations["es-ES"] != "preguntar" {
		t.Errorf("registered are %+v", list)
	}
	_, raw, _ := send(t, d, "GET", "/applications/"+d.ApplicationID()+"/commands", nil)
	if strings.Contains(string(raw), "preguntar") {
		t.Errorf("dictionaries without with_localizations: %s", raw)
	}
	_, raw, _ = send(t, d, "GET", "/applications/"+d.ApplicationID()+"/commands?with_localizations=true", nil)
	if !strings.Contains(string(raw), "preguntar") {
		t.Errorf("no dictionaries: %s", raw)
	}
	if err := s.ApplicationCommandDelete(d.ApplicationID(), "", second[0].ID); err != nil || len(d.Commands(nil)) != 0 {
		t.Errorf("delete: %v", err)
	}
}

func TestCommandCounts(t *testing.T) {
	clock := discordtest.NewClock(start)
	d := discordtest.New(t, collected, discordtest.NoRateLimits, func(o *discordtest.Options) { o.Clock = clock })
	g := d.Guild("Library")
	path := "/applications/" + d.ApplicationID() + "/guilds/" + g.ID + "/commands"
	list := func(from, n int) []obj {
		var out []obj
		for i := range n {
			out = append(out, obj{"name": fmt.Sprintf("c%d", from+i), "description": "d"})
		}
		return out
	}
	if status, o := api(t, d, "PUT", path, list(0, 101)); status != 400 || code(o) != 30032 {
		t.Errorf("101 commands: %d %v", status, o)
	}
	for _, from := range []int{0, 0, 100} {
		if status, _ := api(t, d, "PUT", path, list(from, 100)); status != 200 {
			t.Errorf("100 commands from %d: %d", from, status)
		}
	}
	if status, o := api(t, d, "PUT", path, list(200, 1)); status != 400 || code(o) != 30034 {
		t.Errorf("the 201st creation of the day: %d %v", status, o)
	}
	clock.Advance(24 * time.Hour)
	if status, _ := api(t, d, "PUT", path, list(200, 1)); status != 200 {
		t.Errorf("the next day: %d", status)
	}
	if n := len(d.Commands(g)); n != 1 {
		t.Errorf("%d commands, want 1", n)
	}
	var sixteen []obj
	for i := range 16 {
		sixteen = append(sixteen, obj{"name": fmt.Sprint("M ", i), "type": 3})
	}
	if status, o := api(t, d, "PUT", path, sixteen); status != 400 || code(o) != 30032 {
		t.Errorf("16 message commands: %d %v", status, o)
	}
}

func TestGuildCommandsWinOverGlobal(t *testing.T) {
	d := discordtest.New(t)
	g := d.Guild("Library")
	registered(t, d, obj{"name": "ask", "description": "global"})
	if status, _ := api(t, d, "POST", "/applications/"+d.ApplicationID()+"/guilds/"+g.ID+"/commands", obj{"name": "ask", "description": "here"}); status != 201 {
		t.Fatalf("creating: %d", status)
	}
	var payload obj
	_ = json.Unmarshal(g.Member("ana").Slash(g.Channel("general"), "ask").Payload(), &payload)
	if at(payload, "data.guild_id") != g.ID {
		t.Errorf("interaction is %v", payload)
	}
	if !slices.ContainsFunc(d.Commands(nil), func(c discordtest.Command) bool { return c.Description == "global" }) {
		t.Error("the global command is gone")
	}
}
