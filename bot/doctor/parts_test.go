package doctor

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/config"
	"enlace/knowledge/llm"
)

func TestStateDirectories(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open, private := filepath.Join(t.TempDir(), "open"), filepath.Join(t.TempDir(), "private")
	for dir, mode := range map[string]os.FileMode{open: 0o755, private: 0o700} {
		if err := os.Mkdir(dir, mode); err != nil {
			t.Fatal(err)
		}
	}
	const plenty = 1 << 40
	for _, tc := range []struct {
		name, dir string
		free      uint64
		want      planted
	}{
		{"private", private, plenty, planted{"", Pass, "is writable and private, 1024.0 GB free", ""}},
		{"open", open, plenty, planted{"", Warn, "(mode 0755)", "chmod 700 " + open}},
		{"not there yet", filepath.Join(private, "a", "b"), plenty, planted{"", Pass, "does not exist yet; `enlace serve` makes it", ""}},
		{"a file", file, plenty, planted{"", Fail, file + " is not a directory", "move the file away"}},
		{"below a file", filepath.Join(file, "a", "b"), plenty, planted{"", Fail, "cannot be made: " + file + " is not a directory", "set state.dir"}},
		{"nearly full", private, 50 << 20, planted{"", Warn, "nearly full: 50 MB are free", "free some space"}},
		{"full", private, 1 << 20, planted{"", Fail, "is full: 1 MB are free", "free some space"}},
		{"full above", filepath.Join(private, "a"), 1 << 20, planted{"", Fail, "the disk of " + private + " is full", "free some space"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := newExam(Options{})
			x.set = &config.Config{State: config.State{Dir: tc.dir}}
			x.free = func(string) (uint64, bool) { return tc.free, true }
			tc.want.name = "state directory"
			tc.want.in(t, Report{Checks: x.state(t.Context())})
			left, err := filepath.Glob(filepath.Join(filepath.Dir(tc.dir), ".enlace-doctor-*"))
			if inside, _ := os.ReadDir(private); err != nil || len(left)+len(inside) > 0 {
				t.Errorf("something was left behind: %v %v, %v", left, inside, err)
			}
		})
	}
}

func TestStateDirectoriesThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing keeps root from writing")
	}
	dir := filepath.Join(t.TempDir(), "locked")
	if err := os.Mkdir(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{dir, filepath.Join(dir, "below")} {
		x := newExam(Options{})
		x.set = &config.Config{State: config.State{Dir: at}}
		if got := x.state(t.Context())[0]; got.Status != Fail || !strings.Contains(got.Detail, "permission denied") {
			t.Errorf("%s: %+v", at, got)
		}
	}
}

func TestClocksAreComparedToTheSecond(t *testing.T) {
	for _, tc := range []struct {
		ahead, error time.Duration
		want         Status
		detail       string
	}{
		{400 * time.Millisecond, 600 * time.Millisecond, Pass, "to within 1s"},
		{5 * time.Second, time.Second, Pass, "to within 6s"},
		{-7 * time.Second, time.Second, Warn, "clock is 7s ahead of Discord's"},
		{90 * time.Second, time.Second, Fail, "clock is 1m30s behind Discord's"},
		{90 * time.Second, 88 * time.Second, Pass, "to within 2m58s"}, // a very slow line proves nothing
	} {
		c := &clock{}
		c.note(sourceModel, reading{time.Hour, 0}) // Discord's counts where it was heard
		c.note(sourceDiscord, reading{tc.ahead, tc.error})
		c.note(sourceDiscord, reading{2 * time.Hour, tc.error * 2}) // less exact
		if got := c.check(); got.Status != tc.want || !strings.Contains(got.Detail, tc.detail) {
			t.Errorf("%s, give or take %s: %+v", tc.ahead, tc.error, got)
		}
	}
}

func TestSpeedIsHeldAgainstTheTimeouts(t *testing.T) {
	x := newExam(Options{})
	x.set = &config.Config{Model: config.Model{FirstTokenTimeout: 10 * time.Second, Timeout: 30 * time.Second}}
	for _, tc := range []struct {
		name string
		c    consult
		want planted
	}{
		{"fast", consult{speed: speed{300 * time.Millisecond, 80, true}}, planted{"", Pass, "the first word after 300ms, then 80 tokens a second", ""}},
		{"in one piece", consult{speed: speed{2 * time.Second, 50, false}}, planted{"", Pass, "(the reply came in one piece)", ""}},
		{"slow", consult{speed: speed{2 * time.Second, 10, true}}, planted{"", Warn, "a draft of 250 tokens takes 27s, and 10s are allowed", "raise model.first_token_timeout and model.timeout above 28s"}},
		{"too slow", consult{speedErr: context.DeadlineExceeded}, planted{"", Warn, "more than 5s", "faster model"}},
		{"broken", consult{speedErr: errors.New("cut\noff")}, planted{"", Warn, "could not be measured: cut off", "answers do not depend on it"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.c.exam, tc.c.probe, tc.want.name = x, llm.Report{Reachable: true, Ready: true}, nameSpeed
			tc.want.in(t, Report{Checks: []Check{tc.c.speedCheck()}})
		})
	}
}

// answers is a transport that gives one answer after the other.
type answers []struct {
	status     int
	kind, body string
}

func (a *answers) RoundTrip(req *http.Request) (*http.Response, error) {
	if len(*a) == 0 {
		return nil, errors.New("nobody there")
	}
	next := (*a)[0]
	*a = (*a)[1:]
	return &http.Response{StatusCode: next.status, Header: http.Header{"Content-Type": {next.kind}}, Body: io.NopCloser(strings.NewReader(next.body)), Request: req}, nil
}

func TestSpeedIsMeasuredWhateverTheServerTakes(t *testing.T) {
	const event, plain = "text/event-stream", "application/json"
	stream := "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n" + strings.Repeat("data: {\"choices\":[{\"delta\":{\"content\":\"1 \"}}]}\n\n", 10) + "data: [DONE]\n\n"
	thinks := strings.Repeat("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n", 10)
	for _, tc := range []struct {
		name     string
		answers  answers
		streamed bool
		tokens   float64 // a second, at one tick for each look at the clock
		fails    bool
	}{
		{"streams", answers{{200, event, stream}}, true, 10 / 9., false},
		{"thinks", answers{{200, event, thinks}}, true, 10 / 9., false},
		{"wants the new limit", answers{{400, plain, ""}, {200, event, stream}}, true, 10 / 9., false},
		{"wants no limit", answers{{400, plain, ""}, {422, plain, ""}, {200, event, stream}}, true, 10 / 9., false},
		{"wants nothing", answers{{400, plain, ""}, {400, plain, ""}, {400, plain, ""}}, false, 0, true},
		{"does not stream", answers{{200, plain, `{"choices":[{"message":{"content":"1 2 3"}}],"usage":{"completion_tokens":20}}`}}, false, 20, false},
		{"says nothing", answers{{200, event, "data: [DONE]\n\n"}}, false, 0, true},
		{"is not there", answers{}, false, 0, true},
		{"says too much", answers{{200, event, "data: " + strings.Repeat("x", maxLine+1)}}, false, 0, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tick := time.Unix(0, 0)
			e := &endpoint{base: "http://model.test/v1/", model: "m", http: &tc.answers, now: func() time.Time { tick = tick.Add(time.Second); return tick }}
			got, err := e.speak(t.Context())
			if (err != nil) != tc.fails || err == nil && (got.streamed != tc.streamed || got.perSecond != tc.tokens) {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

func TestCommandsAreComparedInWhatTheySay(t *testing.T) {
	ours := ask("Ask a question")[0]
	contexts, types, zero := []discordgo.InteractionContextType{0, 1, 2}, []discordgo.ApplicationIntegrationType{0, 1}, 0
	ours.Contexts, ours.IntegrationTypes = &contexts, &types
	ours.NameLocalizations = &map[discordgo.Locale]string{discordgo.SpanishES: "preguntar"}
	copyOf := func(change func(*discordgo.ApplicationCommand)) *discordgo.ApplicationCommand {
		c := *ours
		o := *ours.Options[0]
		c.Options = []*discordgo.ApplicationCommandOption{&o}
		change(&c)
		return &c
	}
	no, allowed := false, int64(32)
	for _, tc := range []struct {
		name    string
		there   *discordgo.ApplicationCommand
		inGuild bool
		want    string
	}{
		{"the same, with what Discord adds", copyOf(func(c *discordgo.ApplicationCommand) {
			c.ID, c.ApplicationID, c.Version, c.NSFW, c.Type = "1", "2", "3", &no, 0
			c.Contexts = &[]discordgo.InteractionContextType{2, 1, 0}
			c.DescriptionLocalizations = &map[discordgo.Locale]string{}
			c.Options[0].MinLength = &zero
		}), false, ""},
		{"another description", copyOf(func(c *discordgo.ApplicationCommand) { c.Description = "x" }), false, "ask (description)"},
		{"another length", copyOf(func(c *discordgo.ApplicationCommand) { c.Options[0].MaxLength = 100 }), false, "ask (options.question.max_length)"},
		{"an option less", copyOf(func(c *discordgo.ApplicationCommand) { c.Options = nil }), false, "ask (options)"},
		{"no Spanish", copyOf(func(c *discordgo.ApplicationCommand) { c.NameLocalizations = nil }), false, "ask (name_localizations)"},
		{"for fewer people", copyOf(func(c *discordgo.ApplicationCommand) { c.DefaultMemberPermissions = &allowed }), false, "ask (default_member_permissions)"},
		{"in fewer places", copyOf(func(c *discordgo.ApplicationCommand) { c.Contexts, c.IntegrationTypes = nil, nil }), false, "ask (contexts, integration_types)"},
		{"places do not count in a guild", copyOf(func(c *discordgo.ApplicationCommand) { c.Contexts, c.IntegrationTypes = nil, nil }), true, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := compare([]*discordgo.ApplicationCommand{ours}, []*discordgo.ApplicationCommand{tc.there}, tc.inGuild)
			if got := strings.Join(d.changed, ","); got != tc.want || len(d.missing)+len(d.foreign) > 0 {
				t.Errorf("%q and %+v, want %q", got, d, tc.want)
			}
		})
	}
}

func TestPermissionsAreThoseOfRolesAndOverwrites(t *testing.T) {
	const view, send, attach = discordgo.PermissionViewChannel, discordgo.PermissionSendMessages, discordgo.PermissionAttachFiles
	role := func(id string, p int64) *discordgo.Role { return &discordgo.Role{ID: id, Permissions: p} }
	on := func(id string, kind discordgo.PermissionOverwriteType, allow, deny int64) *discordgo.PermissionOverwrite {
		return &discordgo.PermissionOverwrite{ID: id, Type: kind, Allow: allow, Deny: deny}
	}
	for _, tc := range []struct {
		name       string
		owner      string
		roles      []*discordgo.Role
		overwrites []*discordgo.PermissionOverwrite
		want       int64
	}{
		{"roles add up", "", []*discordgo.Role{role("g", view), role("r", send), role("other", attach)}, nil, view | send},
		{"everyone's overwrite takes", "", []*discordgo.Role{role("g", view|send)}, []*discordgo.PermissionOverwrite{on("g", 0, 0, send)}, view},
		{"a role's overwrite gives it back", "", []*discordgo.Role{role("g", view|send)}, []*discordgo.PermissionOverwrite{on("r", 0, send, 0), on("g", 0, 0, send)}, view | send},
		{"of two roles the one that allows wins", "", []*discordgo.Role{role("g", view)}, []*discordgo.PermissionOverwrite{on("r", 0, 0, send), on("r2", 0, send, 0)}, view | send},
		{"the bot's own overwrite is the last", "", []*discordgo.Role{role("g", view|send)}, []*discordgo.PermissionOverwrite{on("bot", 1, 0, send), on("r", 0, send, 0)}, view},
		{"of others it is none", "", []*discordgo.Role{role("g", view|send)}, []*discordgo.PermissionOverwrite{on("ana", 1, 0, send), on("other", 0, 0, send)}, view | send},
		{"administrators may all", "", []*discordgo.Role{role("g", 0), role("r", discordgo.PermissionAdministrator)}, []*discordgo.PermissionOverwrite{on("g", 0, 0, view)}, everything},
		{"owners may all", "bot", []*discordgo.Role{role("g", 0)}, []*discordgo.PermissionOverwrite{on("g", 0, 0, view)}, everything},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l := &guildLook{guild: &discordgo.Guild{ID: "g", OwnerID: tc.owner, Roles: tc.roles}, bot: &discordgo.Member{User: &discordgo.User{ID: "bot"}, Roles: []string{"r", "r2"}}}
			if got := l.in(&discordgo.Channel{PermissionOverwrites: tc.overwrites}); got != tc.want {
				t.Errorf("%b, want %b", got, tc.want)
			}
		})
	}
	if got := permissionNames(view | send | 1<<52); got != "View Channel, Send Messages, permission 4503599627370496" {
		t.Error(got)
	}
}

func TestForeignTextsAreOneShortLine(t *testing.T) {
	if got := foreign("  a\nb\x1b[31m" + strings.Repeat("ñ", 200)); strings.ContainsAny(got, "\n\x1b") || len([]rune(got)) != maxForeign+1 {
		t.Errorf("%q", got)
	}
}
