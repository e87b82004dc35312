package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/discordtest"
	"enlace/config"
	"enlace/knowledge/llm/llmtest"
)

const (
	modelKey = "sk-not-a-real-key-0123456789"
	oneFact  = `
sources:
  - {id: gazette, publisher: The Port Gazette, title: A lamp, url: "https://gazette.example/lamp", published: 2020-01-02, language: en, kind: press}
facts:
  - id: lamp
    text: {en: The lamp is green., es: La lámpara es verde.}
    status: official
    sources: [gazette]
    as_of: TODAY
`
)

// base is a directory with one fact that was checked today, and one change to its file.
func base(old, new string) fstest.MapFS {
	text := strings.Replace(oneFact, "TODAY", time.Now().UTC().Format(time.DateOnly), 1)
	return fstest.MapFS{"a.yaml": {Data: []byte(strings.Replace(text, old, new, 1))}}
}

// setup is a place to be looked at: a local Discord, a scripted model, files.
type setup struct {
	t       *testing.T
	discord *discordtest.Discord
	model   *httptest.Server
	dir     string
	environ map[string]string
	file    string // of the settings; "" = none
	opts    Options
}

// spoken answers like a server that streams: a list of models, counting for whoever wants a stream, the script for the others.
func spoken(models string, script http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		switch {
		case err != nil:
			panic(http.ErrAbortHandler)
		case strings.HasSuffix(r.URL.Path, "/models"):
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, models)
		case strings.Contains(string(body), `"stream":true`):
			w.Header().Set("Content-Type", "text/event-stream")
			for n := range 30 {
				fmt.Fprintf(w, "data: {\"choices\":[{\"delta\":{\"content\":\"%d \"}}]}\n\n", n+1)
				_ = http.NewResponseController(w).Flush()
			}
			fmt.Fprint(w, "data: {\"choices\":[],\"usage\":{\"completion_tokens\":60}}\n\ndata: [DONE]\n\n")
		default:
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			script.ServeHTTP(w, r)
		}
	})
}

const scripted = `{"object":"list","data":[{"id":"scripted"},{"id":"other"}]}`

func ask(description string) []*discordgo.ApplicationCommand {
	return []*discordgo.ApplicationCommand{{
		Type: discordgo.ChatApplicationCommand, Name: "ask", Description: description,
		Options: []*discordgo.ApplicationCommandOption{{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true, MaxLength: 500}},
	}}
}

// sound is a set-up in which everything is as it should be.
func sound(t *testing.T, choices ...func(*discordtest.Options)) *setup {
	t.Helper()
	s := &setup{t: t, discord: discordtest.New(t, choices...), dir: t.TempDir(), environ: map[string]string{}}
	s.serve(spoken(scripted, llmtest.New()))
	g := s.discord.Guild("Library")
	state := filepath.Join(s.dir, "state")
	if err := os.Mkdir(state, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"HOME": s.dir, "DISCORD_TOKEN": s.discord.Token(), "ENLACE_DISCORD_API_BASE": s.discord.URL(), "ENLACE_DISCORD_GUILDS": g.ID,
		"ENLACE_DISCORD_CHANNELS_ALLOW": g.Channel("general").ID, "OPENAI_API_KEY": modelKey, "ENLACE_MODEL_NAME": "scripted", "ENLACE_STATE_DIR": state,
	} {
		s.environ[name] = value
	}
	s.opts = Options{
		Facts: base("", ""), Permissions: int64(discordtest.PermBot &^ discordtest.PermAddReactions),
		Commands: ask("Ask a question"), Invite: func(app string) string { return "https://invite.example/" + app },
		Now: time.Now,
	}
	s.register(g.ID, ask("Ask a question"))
	return s
}

func (s *setup) serve(h http.Handler) {
	s.model = httptest.NewServer(h)
	s.t.Cleanup(s.model.Close)
	s.environ["OPENAI_BASE_URL"] = s.model.URL + "/v1"
}

func (s *setup) register(guild string, commands []*discordgo.ApplicationCommand) {
	s.t.Helper()
	c := s.connection()
	if _, err := c.rest.RegisterCommands(s.t.Context(), s.discord.ApplicationID(), guild, commands); err != nil {
		s.t.Fatal(err)
	}
}

func (s *setup) connection() *connection {
	s.t.Helper()
	x := newExam(s.options())
	c := &connection{exam: x}
	var err error
	if c.rest, err = newRest(x); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(c.rest.Close)
	return c
}

// options reads the settings as the program does.
func (s *setup) options() Options {
	o := s.opts
	load := config.Options{Dir: s.dir, System: filepath.Join(s.dir, "none")}
	for name, value := range s.environ {
		load.Environ = append(load.Environ, name+"="+value)
	}
	if s.file != "" {
		load.File = filepath.Join(s.dir, "enlace.yaml")
		if err := os.WriteFile(load.File, []byte(s.file), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	o.Settings, o.Problems = config.Load(load)
	return o
}

// look runs the doctor, and holds every report to what is true of all of them.
func (s *setup) look() Report {
	s.t.Helper()
	r := Run(s.t.Context(), s.options())
	for _, c := range r.Checks {
		if c.Name == "" || c.Detail == "" || (c.Status == Pass) != (c.Remedy == "") && c.Status != Skip {
			s.t.Errorf("a check without a name, a detail or a remedy, or one with a remedy for nothing: %+v", c)
		}
		for _, secret := range []string{s.discord.Token(), modelKey, llmtest.UpstreamText} {
			if strings.Contains(c.Detail+c.Remedy, secret) {
				s.t.Errorf("a secret is in %q", c)
			}
		}
	}
	return r
}

// find returns the checks of that name.
func find(r Report, name string) (found []Check) {
	for _, c := range r.Checks {
		if c.Name == name {
			found = append(found, c)
		}
	}
	return found
}

func show(r Report) string {
	var b strings.Builder
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "%s %s: %s → %s\n", c.Status, c.Name, c.Detail, c.Remedy)
	}
	return b.String()
}

// planted is what a report has to say of a fault.
type planted struct {
	name   string
	status Status
	detail string
	remedy string
}

func (p planted) in(t *testing.T, r Report) {
	t.Helper()
	for _, c := range find(r, p.name) {
		if c.Status == p.status && strings.Contains(c.Detail, p.detail) && strings.Contains(c.Remedy, p.remedy) {
			return
		}
	}
	t.Errorf("no %s %s with %q and the remedy %q in\n%s", p.status, p.name, p.detail, p.remedy, show(r))
}

func TestASoundSetUpPasses(t *testing.T) {
	s := sound(t, func(o *discordtest.Options) { o.Privileged = discordtest.IntentMessageContent })
	general := s.discord.Guild("Library").Channel("general").ID
	s.environ["ENLACE_DISCORD_CHANNELS_AUTO_ANSWER"] = general
	r := s.look()
	if !r.OK || r.Count(Pass) != len(r.Checks) {
		t.Errorf("not everything passes:\n%s", show(r))
	}
	var names []string
	for _, c := range r.Checks {
		names = append(names, c.Name)
	}
	guild := s.discord.Guild("Library").ID
	want := "configuration,fact base,state directory,clock,model endpoint,model,model JSON schema,model speed,discord token,intents,interactions,gateway,guild " +
		guild + ",commands " + guild + ",channel " + general + ",invite link"
	if got := strings.Join(names, ","); got != want {
		t.Errorf("checks %s\nwant   %s", got, want)
	}
}

// One set-up with many faults at once: each is named, with what to do about it.
func TestEveryPlantedFaultIsNamedWithItsRemedy(t *testing.T) {
	s := sound(t)
	lib := s.discord.Guild("Library")
	mute := lib.Channel("mute").Deny(s.discord.Bot(), discordtest.PermSendMessages)
	hidden := lib.Channel("hidden").Deny(lib.Everyone(), discordtest.PermViewChannel)
	strange := "999999999999999999"
	s.environ["ENLACE_DISCORD_GUILDS"] = lib.ID + "," + strange
	s.environ["ENLACE_DISCORD_CHANNELS_ALLOW"] = mute.ID + "," + hidden.ID + ",888888888888888888"
	s.environ["ENLACE_DISCORD_CHANNELS_AUTO_ANSWER"] = lib.Channel("general").ID
	s.environ["ENLACE_MODEL_NAME"] = "scriptd"
	s.model.Close()
	s.serve(spoken(scripted, llmtest.New(llmtest.Named("404-model"))))
	s.discord.REST().Fail("GET /gateway/bot", 200, discordtest.Forever(),
		discordtest.Body(`{"url":"wss://gateway.discord.gg","shards":1,"session_start_limit":{"total":1000,"remaining":0,"reset_after":3600000,"max_concurrency":1}}`))
	s.register(lib.ID, append(ask("Something else"), &discordgo.ApplicationCommand{Name: "weather", Description: "Not ours"}))
	s.opts.Commands = append(s.opts.Commands, &discordgo.ApplicationCommand{Name: "summary", Description: "A summary"})
	s.opts.Facts, s.opts.FactsName = base("[gazette]", "[gazete]"), "my-facts"
	s.environ["ENLACE_STATE_DIR"] = filepath.Join(s.dir, "enlace.yaml", "state")
	s.file = "discord:\n  token: " + s.discord.Token() + "\n"
	delete(s.environ, "DISCORD_TOKEN")
	s.opts.Now = func() time.Time { return time.Now().Add(10 * time.Minute) }

	r := s.look()
	if r.OK {
		t.Error("the report is ok")
	}
	for _, p := range []planted{
		{"configuration", Warn, "others on this machine may read it (mode 0644)", "chmod 600 "},
		{"configuration", Warn, "discord.channels.auto_answer has " + lib.Channel("general").ID, "discord.channels.allow"},
		{"fact base", Fail, `my-facts: 1 errors, 0 warnings; the first: my-facts/a.yaml:8:15`, "enlace facts lint"},
		{"state directory", Fail, "cannot be made: ", "state.dir"},
		{"clock", Fail, "this machine's clock is 10m0s ahead of Discord's", "timedatectl"},
		{"model", Fail, "does not know the model scriptd (from environment ENLACE_MODEL_NAME)", "set model.name to scripted"},
		{"model JSON schema", Skip, "needs a model", ""},
		{"model speed", Skip, "needs a model", ""},
		{"intents", Fail, "message content intent, which is off", "switch on Message Content Intent at https://discord.com/developers/applications/" + s.discord.ApplicationID()},
		{"gateway", Fail, "0 of 1000 session starts are left for the next 1h0m0s", "restart loop"},
		{"guild " + lib.ID, Pass, "Library", ""},
		{"commands " + lib.ID, Warn, "missing: summary; changed: ask (description); not ours: weather", "enlace serve --register"},
		{"guild " + strange, Fail, "the bot is not in this server", "open the invite link"},
		{"channel " + mute.ID, Fail, "#mute of Library: the bot lacks Send Messages, so it cannot answer there", "allow the bot's role Send Messages in the channel's permissions"},
		{"channel " + hidden.ID, Fail, "the bot cannot see this channel, which discord.channels.allow names", "View Channel"},
		{"channel 888888888888888888", Fail, "there is no channel of this id", "correct the id in discord.channels.allow"},
	} {
		p.in(t, r)
	}
}

// Faults that would hide others, one at a time.
func TestFaultsThatStandAlone(t *testing.T) {
	for _, tc := range []struct {
		name  string
		plant func(s *setup)
		want  []planted
	}{
		{"an unknown key and a bad value", func(s *setup) { s.file = "log:\n  levle: debug\nlanguage: fr\n" }, []planted{
			{"configuration", Fail, `enlace.yaml:2: there is no key "log.levle"`, "did you mean log.level?"},
			{"configuration", Fail, `language is "fr"`, "write auto, en or es"},
			{"everything else", Skip, "needs settings that are valid", ""},
		}},
		{"a wrong token", func(s *setup) { s.environ["DISCORD_TOKEN"] = s.discord.Token() + "x" }, []planted{
			{"discord token", Fail, "Discord refuses the token (from environment DISCORD_TOKEN)", "Reset Token"},
			{"gateway", Skip, "needs a token that works", ""}, {"clock", Pass, "Discord's", ""},
		}},
		{"Discord out of reach", func(s *setup) { s.environ["ENLACE_DISCORD_API_BASE"] = "http://127.0.0.1:1" }, []planted{
			{"discord token", Fail, "cannot be reached at http://127.0.0.1:1", "HTTPS_PROXY"}, {"clock", Pass, "the model's endpoint's", ""},
		}},
		{"a key that is refused", func(s *setup) {
			s.serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
		}, []planted{
			{"model endpoint", Fail, "refuses the key (from environment OPENAI_API_KEY)", "copy the key again"}, {"model", Skip, "needs an endpoint that answers", ""},
		}},
		{"a key that is missing", func(s *setup) {
			delete(s.environ, "OPENAI_API_KEY")
			s.serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
		}, []planted{{"model endpoint", Fail, "wants a key and model.api_key is empty", "OPENAI_API_KEY"}}},
		{"a key that only drafts refuse", func(s *setup) { s.serve(spoken(scripted, llmtest.New(llmtest.Named("401")))) }, []planted{
			{"model endpoint", Fail, "refuses the key", "copy the key again"}, {"model", Skip, "not known", ""},
		}},
		{"no credit", func(s *setup) { s.serve(spoken(scripted, llmtest.New(llmtest.Named("quota")))) }, []planted{
			{"model endpoint", Fail, "no credit left", "top the account up"},
		}},
		{"an endpoint out of reach", func(s *setup) { s.environ["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1" }, []planted{
			{"model endpoint", Fail, "cannot be reached", "start the server"},
		}},
		{"a page in place of an endpoint", func(s *setup) {
			s.serve(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>welcome</html>") }))
		}, []planted{{"model endpoint", Fail, "is no OpenAI-compatible endpoint", "ends with /v1"}}},
		{"a wrong path", func(s *setup) { s.serve(http.NotFoundHandler()) }, []planted{
			{"model", Fail, "does not know the model", "or correct model.base_url, which usually ends with /v1"},
		}},
		{"no JSON schema", func(s *setup) { s.serve(spoken(scripted, llmtest.New(llmtest.Named("no-schema")))) }, []planted{
			{"model", Pass, "scripted answers", ""}, {"model JSON schema", Warn, "only json_object", "structured outputs"},
		}},
		{"no JSON", func(s *setup) { s.serve(spoken(scripted, llmtest.New(llmtest.Named("prose")))) }, []planted{
			{"model JSON schema", Fail, "was not the JSON", "structured outputs"},
		}},
		{"interactions that go elsewhere", func(s *setup) {
			s.discord.REST().Fail("GET /applications/@me", 200, discordtest.Body(`{"id":"100000000000000002","name":"bot","bot_public":true,"bot_require_code_grant":true,"interactions_endpoint_url":"https://old.example/hook"}`))
		}, []planted{
			{"interactions", Fail, "https://old.example/hook, so slash commands never reach this bot", "Interactions Endpoint URL"},
			{"invite link", Warn, "does not work", "OAuth2 Code Grant"},
		}},
		{"a public key of another application", func(s *setup) {
			s.environ["ENLACE_DISCORD_INTERACTIONS_PUBLIC_KEY"] = strings.Repeat("ab", 32)
		}, []planted{{"interactions", Fail, "is not the key of this application", "copy Public Key"}}},
		{"an address of ours that nobody calls", func(s *setup) {
			s.environ["ENLACE_DISCORD_INTERACTIONS_LISTEN"], s.environ["ENLACE_DISCORD_INTERACTIONS_PUBLIC_KEY"] = ":8443", strings.Repeat("ab", 32)
		}, []planted{{"interactions", Warn, "through the gateway", "Interactions Endpoint URL"}}},
		{"few session starts", func(s *setup) {
			s.discord.REST().Fail("GET /gateway/bot", 200, discordtest.Body(`{"url":"wss://g.example","shards":1,"session_start_limit":{"total":1000,"remaining":9,"reset_after":60000,"max_concurrency":1}}`))
		}, []planted{{"gateway", Warn, "9 of 1000", "restart loop"}}},
		{"too few shards", func(s *setup) {
			s.environ["ENLACE_DISCORD_SHARDS"] = "2"
			s.discord.REST().Fail("GET /gateway/bot", 200, discordtest.Body(`{"url":"wss://g.example","shards":4,"session_start_limit":{"total":1000,"remaining":900,"reset_after":60000,"max_concurrency":1}}`))
		}, []planted{{"gateway", Warn, "Discord recommends 4", "set discord.shards to auto"}}},
		{"no commands yet", func(s *setup) { s.register(s.discord.Guild("Library").ID, nil) }, []planted{
			{"commands " + "G", Warn, "none are registered in this server yet", "start `enlace serve`"},
		}},
		{"commands twice", func(s *setup) { s.register("", ask("Ask a question")) }, []planted{{"commands", Warn, "people see them twice: ask", "empty discord.guilds"}}},
		{"roles without rights", func(s *setup) {
			g := s.discord.Guild("Library")
			g.BotRole().Set(0)
			g.Everyone().Set(discordtest.PermViewChannel | discordtest.PermSendMessages | discordtest.PermReadMessageHistory)
		}, []planted{
			{"guild " + "G", Warn, "lack Embed Links, Attach Files, Create Public Threads, Send Messages in Threads", "Server Settings, Roles"},
			{"channel " + "C", Warn, "#general of Library: the bot lacks Embed Links", "give the bot's role Embed Links"},
		}},
		{"no server at all", func(s *setup) {
			delete(s.environ, "ENLACE_DISCORD_GUILDS")
			delete(s.environ, "ENLACE_DISCORD_CHANNELS_ALLOW")
			s.discord.REST().Fail("GET /applications/@me", 200, discordtest.Body(`{"id":"100000000000000002","name":"bot","bot_public":true,"approximate_guild_count":0}`))
		}, []planted{
			{"invite link", Warn, "in no server yet: https://invite.example/100000000000000002", "open the link"}, {"commands", Warn, "none are registered for all servers yet", "start `enlace serve`"},
		}},
		{"a secret that travels in the clear", func(s *setup) {
			s.environ["OPENAI_BASE_URL"] = "http://model.invalid/v1"
		}, []planted{{"configuration", Warn, "travels unencrypted", "https://"}, {"model endpoint", Fail, "cannot be reached", ""}}},
		{"facts that cannot be read", func(s *setup) { s.opts.Facts, s.opts.FactsName = nil, "gone" }, []planted{{"fact base", Fail, "gone cannot be read", "facts.dir"}}},
		{"facts with a warning", func(s *setup) {
			s.opts.Facts = base(", es: La lámpara es verde.", "")
		}, []planted{{"fact base", Warn, "1 facts", "enlace facts lint"}}},
		{"no token and no model", func(s *setup) {
			for _, name := range []string{"DISCORD_TOKEN", "OPENAI_API_KEY", "OPENAI_BASE_URL"} {
				delete(s.environ, name)
			}
		}, []planted{
			{"discord token", Skip, "`enlace serve` does not start", "DISCORD_TOKEN"}, {"model endpoint", Skip, "quote the facts in their own words", "OPENAI_API_KEY"},
			{"clock", Skip, "nobody was heard", ""},
		}},
		{"the model left alone", func(s *setup) { s.opts.NoModel = true }, []planted{{"model endpoint", Skip, "left alone", ""}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := sound(t)
			tc.plant(s)
			r := s.look()
			fails := false
			for _, p := range tc.want {
				lib := s.discord.Guild("Library")
				p.name = strings.Replace(strings.Replace(p.name, " G", " "+lib.ID, 1), " C", " "+lib.Channel("general").ID, 1)
				p.in(t, r)
				fails = fails || p.status == Fail
			}
			if r.OK == fails {
				t.Errorf("ok = %v\n%s", r.OK, show(r))
			}
		})
	}
}

func TestAHangingServerCostsItsTimeAndNoMore(t *testing.T) {
	s := sound(t)
	s.serve(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	s.discord.REST().Slow("GET /gateway/bot", time.Minute)
	s.opts.Each, s.opts.Total = 400*time.Millisecond, 3*time.Second
	start := time.Now()
	r := s.look()
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %s", took)
	}
	planted{"model endpoint", Fail, "does not answer within 400ms", "start the server"}.in(t, r)
	planted{"gateway", Fail, "Discord does not answer within 400ms", "discordstatus.com"}.in(t, r)
	planted{"invite link", Pass, "https://invite.example", ""}.in(t, r)
}

func TestAStepThatBreaksOrHangsIsALineLikeAnyOther(t *testing.T) {
	x := newExam(Options{Each: 50 * time.Millisecond})
	hold := make(chan struct{})
	defer close(hold)
	found := x.sideBySide(t.Context(),
		step{"breaks", x.Each, func(context.Context) []Check { panic("boom\nboom") }},
		step{"hangs", x.Each, func(context.Context) []Check { <-hold; return nil }},
		step{"works", x.Each, func(context.Context) []Check { return []Check{passed("works", "well")} }},
	)
	if got := found[0][0]; got.Status != Fail || !strings.Contains(got.Detail, "the check itself broke: boom boom") {
		t.Errorf("%+v", got)
	}
	if got := found[1][0]; got.Status != Fail || !strings.Contains(got.Detail, "no answer within 50ms") {
		t.Errorf("%+v", got)
	}
	if got := found[2][0]; got.Status != Pass {
		t.Errorf("%+v", got)
	}
}

func TestCancelledRunsEndAtOnce(t *testing.T) {
	s := sound(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	start := time.Now()
	Run(ctx, s.options())
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestSecretsAreTakenOutOfReports(t *testing.T) {
	r := report([]Check{failed("a", "use hunter2 again", "it said hunter2")}, []string{"hunter2", "", "a"})
	if got := r.Checks[0]; r.OK || got.Detail != "it said [redacted]" || got.Remedy != "use [redacted] again" || got.Name != "a" {
		t.Errorf("%+v", r)
	}
}

func TestSettingsThatCannotBeReadAreSaid(t *testing.T) {
	r := Run(t.Context(), Options{Problems: errors.New("no such thing")})
	planted{"configuration", Fail, "no such thing", "enlace config --help"}.in(t, r)
}
