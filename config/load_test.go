package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func mustLoad(t *testing.T, o Options) *Config {
	t.Helper()
	c, err := Load(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// write puts files (path, text, path, text …) into a new folder and returns it.
func write(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func source(t *testing.T, c *Config, key string) string {
	t.Helper()
	i := slices.IndexFunc(c.Settings(), func(s Setting) bool { return s.Key == key })
	if i < 0 {
		t.Fatalf("no setting %s", key)
	}
	return c.Settings()[i].Source.String()
}

func TestDefaultsAreValidAndTyped(t *testing.T) {
	c := mustLoad(t, Options{Dir: t.TempDir(), System: t.TempDir(), Environ: []string{"HOME=/home/ana"}})
	if c.Facts.Dir != "" || !c.Facts.Watch || c.Language != "auto" || c.Model.Timeout != 30*time.Second || c.Model.MaxConcurrent != 8 ||
		c.Model.Enabled() || c.Discord.Shards != 0 || c.Discord.PrivateByDefault || len(c.Discord.Guilds) != 0 || c.Limits.QuestionChars != 500 ||
		c.State.Dir != "/home/ana/.local/state/enlace" || c.State.Replicas != 1 || c.HTTP.Listen != "127.0.0.1:8080" || c.Log != (Log{"info", "text"}) {
		t.Errorf("defaults: %+v", c)
	}
	for _, s := range c.Settings() {
		if s.Source.Layer != Default {
			t.Errorf("%s comes from %s", s.Key, s.Source)
		}
	}
}

func TestStateDirFollowsXDG(t *testing.T) {
	for env, want := range map[string]string{
		"HOME=/h\x00XDG_STATE_HOME=/x":    "/x/enlace",
		"HOME=/h\x00XDG_STATE_HOME=rel":   "/h/.local/state/enlace", // relative ones are to be ignored
		"HOME=\x00XDG_STATE_HOME=":        "/var/lib/enlace",
		"HOME=/h\x00ENLACE_STATE_DIR=~/s": "/h/s",
	} {
		if c := mustLoad(t, Options{Dir: t.TempDir(), System: t.TempDir(), Environ: strings.Split(env, "\x00")}); c.State.Dir != want {
			t.Errorf("%q: %s, want %s", env, c.State.Dir, want)
		}
	}
}

func TestFlagBeatsEnvironmentBeatsFileBeatsDefault(t *testing.T) {
	dir := write(t, "enlace.yaml", "language: es\nlog:\n  level: warn\n  format: json\n")
	c := mustLoad(t, Options{
		Dir: dir, System: t.TempDir(),
		Environ: []string{"ENLACE_LOG_LEVEL=error", "ENLACE_LANGUAGE=en"},
		Flags:   map[string]string{"log-level": "debug", "json": "true"},
	})
	for key, want := range map[string]string{
		"log.level":   "flag --log-level",
		"language":    "environment ENLACE_LANGUAGE",
		"log.format":  "enlace.yaml:4",
		"http.listen": "default",
	} {
		if got := source(t, c, key); got != want {
			t.Errorf("%s comes from %s, want %s", key, got, want)
		}
	}
	if c.Log != (Log{"debug", "json"}) || c.Language != "en" {
		t.Errorf("got %+v, language %s", c.Log, c.Language)
	}
}

func TestSearchPath(t *testing.T) {
	system, xdg, home, work := write(t, "enlace.yaml", "language: es"), write(t, "enlace/enlace.yaml", "language: es"),
		write(t, ".config/enlace/enlace.yaml", "language: es"), write(t, "enlace.yaml", "language: es")
	none := t.TempDir()
	for name, tc := range map[string]struct {
		o    Options
		want string
	}{
		"working directory first": {Options{Dir: work, System: system, Environ: []string{"HOME=" + home}}, filepath.Join(work, "enlace.yaml")},
		"then XDG_CONFIG_HOME":    {Options{Dir: none, System: system, Environ: []string{"HOME=" + home, "XDG_CONFIG_HOME=" + xdg}}, filepath.Join(xdg, "enlace/enlace.yaml")},
		"by default ~/.config":    {Options{Dir: none, System: system, Environ: []string{"HOME=" + home}}, filepath.Join(home, ".config/enlace/enlace.yaml")},
		"then the system's":       {Options{Dir: none, System: system, Environ: []string{"HOME=" + none}}, filepath.Join(system, "enlace.yaml")},
		"none":                    {Options{Dir: none, System: none}, ""},
		"--config instead":        {Options{Dir: work, System: none, File: filepath.Join(system, "enlace.yaml")}, filepath.Join(system, "enlace.yaml")},
	} {
		t.Run(name, func(t *testing.T) {
			c := mustLoad(t, tc.o)
			if c.File() != tc.want || (c.Language == "es") != (tc.want != "") {
				t.Errorf("read %q (language %s), want %q", c.File(), c.Language, tc.want)
			}
		})
	}
}

func TestOneBadFileAndEnvironmentGiveEveryProblem(t *testing.T) {
	dir := write(t, "enlace.yaml", `facts:
  dir: nowhere
  wach: yes
language: fr
model: {base_url: "ftp://u:hunter2@h", timeout: 30, name: ""}
discord:
  token: "two words"
  guilds: [12, 1234567890123456789]
  interactions: {listen: ":70000", public_key: abcd}
  channels: deny
limits:
  user_per_minute: 0
  question_chars: 0123
LOG: {}
log.level: debug
log:
  format:
  level: [info]
http: 8080
http:
  listen: x
`)
	_, err := Load(Options{Dir: dir, System: dir, Flags: map[string]string{"log-level": "loud"}, Environ: []string{
		"ENLACE_LOG_FORMAT=", "ENLACE_DISCORD_TOKN=x", "ENLACE_TOKEN=y", "ENLACE_STATE_REPLICAS=3", "ENLACE_DISCORD_SHARDS=-1", "ENLACE_STATE_URL=mysql://u:swordfish@h",
	}})
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("error is %T", err)
	}
	want := `enlace.yaml:3: there is no key "facts.wach" (did you mean facts.watch?)
enlace.yaml:10: discord.channels must hold settings (write ` + "`key: value`" + ` lines)
enlace.yaml:14: there is no key "LOG" (did you mean log?)
enlace.yaml:15: there is no key "log.level" (write one level per line: log: level)
enlace.yaml:17: log.format has no value (write "" for an empty one, or remove the line)
enlace.yaml:18: log.level must be a single value (write debug, info, warn or error)
enlace.yaml:19: http must hold settings (write ` + "`key: value`" + ` lines)
enlace.yaml:20: http stands here a second time (keep one)
environment ENLACE_DISCORD_TOKN: no key has this variable (did you mean ENLACE_DISCORD_TOKEN?)
environment ENLACE_TOKEN: no key has this variable (did you mean ENLACE_DISCORD_TOKEN?)
enlace.yaml:2: facts.dir is "DIR/nowhere" (write the path of a directory that exists, or nothing for the embedded fact base)
enlace.yaml:4: language is "fr" (write auto, en or es)
enlace.yaml:5: model.base_url is "ftp://[redacted]@h" (write an http or https address with a host and without a user, query or fragment)
enlace.yaml:5: model.name is empty (write a text of one line)
enlace.yaml:5: model.timeout is "30" (write a duration from 1ms to 1h, such as 500ms, 30s or 2m)
enlace.yaml:7: discord.token is [redacted] (write a text without spaces, or nothing)
enlace.yaml:8: discord.guilds is "12" (write a list of Discord ids of 17 to 20 digits)
environment ENLACE_DISCORD_SHARDS: discord.shards is "-1" (write auto or a whole number from 1 to 10000)
enlace.yaml:9: discord.interactions.listen is ":70000" (write host:port, such as 127.0.0.1:8080 or :8080, or nothing to turn it off)
enlace.yaml:9: discord.interactions.public_key is "abcd" (write the 64 hexadecimal digits of the developer portal's public key, or nothing)
enlace.yaml:12: limits.user_per_minute is "0" (write a whole number from 1 to 100000)
enlace.yaml:13: limits.question_chars is "0123" (write a whole number from 1 to 4000)
environment ENLACE_STATE_URL: state.url is [redacted] (write nats://host:port (or tls, ws, wss), several separated by commas, or nothing)
flag --log-level: log.level is "loud" (write debug, info, warn or error)
environment ENLACE_LOG_FORMAT: log.format is empty (write text or json)`
	got := strings.ReplaceAll(err.Error(), dir, "DIR")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestValuesThatAreWrongTogether(t *testing.T) {
	for env, want := range map[string]string{
		"ENLACE_DISCORD_INTERACTIONS_LISTEN=:1": "discord.interactions.listen is set without",
		"ENLACE_STATE_REPLICAS=3":               "state.replicas is more than 1 without state.url",
		"ENLACE_DISCORD_CHANNELS_DENY=123456789012345678\x00ENLACE_DISCORD_CHANNELS_AUTO_ANSWER=123456789012345678": "discord.channels.auto_answer has",
	} {
		_, err := Load(Options{Dir: t.TempDir(), System: t.TempDir(), Environ: strings.Split(env, "\x00")})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", env, err, want)
		}
	}
}

// The pitfalls V4 to V8 of viper: case and dots in keys, variables of unknown keys, empty variables, and values that
// YAML would retype.
func TestTextsSurviveAsWritten(t *testing.T) {
	dir := write(t, "enlace.yaml", "\ufeffmodel:\r\n  name: 1.10\r\n  embeddings: GTA-VI\r\ndiscord:\r\n  guilds: [1234567890123456789, \"0123456789012345678\"]\r\n")
	_, err := Load(Options{Dir: dir, System: dir})
	if err == nil || !strings.Contains(err.Error(), `discord.guilds is "0123456789012345678"`) {
		t.Fatalf("an id with a leading zero: %v", err)
	}
	dir = write(t, "enlace.yaml", "model: {name: 1.10, embeddings: 0123}\ndiscord: {guilds: [1234567890123456789], admins: {users: []}}\n")
	c := mustLoad(t, Options{Dir: dir, System: dir, Environ: []string{"ENLACE_MODEL_BASE_URL=http://Ollama.local:11434/V1"}})
	if c.Model.Name != "1.10" || c.Model.Embeddings != "0123" || c.Discord.Guilds[0] != "1234567890123456789" || c.Model.BaseURL != "http://Ollama.local:11434/V1" {
		t.Errorf("got %+v %+v", c.Model, c.Discord.Guilds)
	}
	if !c.Model.Enabled() {
		t.Error("an endpoint of one's own may need no key")
	}
}

func TestEveryKeyHasAVariable(t *testing.T) {
	example := map[string]string{
		"facts.dir": t.TempDir(), "discord.interactions.public_key": strings.Repeat("ab", 32), "state.url": "nats://u:p@h:4222",
		"state.dir": "/s", "discord.interactions.listen": ":9", "http.listen": "", "model.api_key": "k", "discord.token": "t",
		"state.credentials": "c", "model.embeddings": "e",
	}
	var environ []string
	for i := range keys {
		k := &keys[i]
		text, ok := example[k.name]
		if !ok {
			text = k.standard
		}
		if k.list {
			text = fmt.Sprintf(" %d, %d", 123456789012345678+2*i, 123456789012345679+2*i)
		}
		environ = append(environ, k.env()+"="+text)
	}
	c := mustLoad(t, Options{Dir: t.TempDir(), System: t.TempDir(), Environ: environ})
	for i, s := range c.Settings() {
		if s.Source != (Source{Layer: Environment, Name: keys[i].env()}) {
			t.Errorf("%s comes from %s", s.Key, s.Source)
		}
	}
	if len(c.Discord.Admins.Roles) != 2 || c.HTTP.Listen != "" || c.State.URL.Reveal() != "nats://u:p@h:4222" {
		t.Errorf("got %v %q", c.Discord.Admins.Roles, c.HTTP.Listen)
	}
}

// Catalogue 109: set but empty.
func TestVariablesThatAreSetButEmpty(t *testing.T) {
	dir := write(t, "enlace.yaml", "http: {listen: ':9'}\nmodel: {api_key: k}\ndiscord: {guilds: [123456789012345678]}\n")
	c := mustLoad(t, Options{Dir: dir, System: dir, Environ: []string{
		"ENLACE_HTTP_LISTEN=", "ENLACE_MODEL_API_KEY=", "OPENAI_API_KEY=x", "ENLACE_DISCORD_GUILDS=", "DISCORD_TOKEN=", "ENLACE_DISCORD_TOKEN_FILE=", "OPENAI_BASE_URL=",
	}})
	if c.HTTP.Listen != "" || c.Model.APIKey != "" || len(c.Discord.Guilds) != 0 {
		t.Errorf("an empty ENLACE_ variable is the empty value: %+v", c)
	}
	if got := source(t, c, "discord.token"); got != "default" {
		t.Errorf("empty conventional and _FILE variables are not set: %s", got)
	}
	if _, err := Load(Options{Dir: dir, System: dir, Environ: []string{"ENLACE_LIMITS_QUESTION_CHARS="}}); err == nil || !strings.Contains(err.Error(), "limits.question_chars is empty") {
		t.Errorf("a number cannot be empty: %v", err)
	}
}

func TestVariablesOfOthersAreLeftAlone(t *testing.T) {
	c, err := Load(Options{Dir: t.TempDir(), System: t.TempDir(), Environ: []string{
		"enlace_log_level=loud", "PATH=/bin", "=odd", "ENLACE", "ENLACE_PORT=tcp://10.0.0.1:80", "ENLACE_SERVICE_HOST=10.0.0.1", "ENLACE_PORT_80_TCP_ADDR=10.0.0.1", "ENLACE_BOT_SERVICE_PORT_HTTP=80",
	}})
	if err != nil || c.Log.Level != "info" {
		t.Errorf("%v", err)
	}
}

func TestPathsAreRelativeToWhereTheyStand(t *testing.T) {
	etc := write(t, "enlace.yaml", "facts: {dir: facts}", "facts/a.yaml", "")
	work := write(t, "mine/a.yaml", "")
	c := mustLoad(t, Options{Dir: work, System: etc})
	if want := filepath.Join(etc, "facts"); c.Facts.Dir != want {
		t.Errorf("from a file: %s, want %s", c.Facts.Dir, want)
	}
	c = mustLoad(t, Options{Dir: work, System: etc, Flags: map[string]string{"facts": "mine"}})
	if want := filepath.Join(work, "mine"); c.Facts.Dir != want {
		t.Errorf("from a flag: %s, want %s", c.Facts.Dir, want)
	}
	c = mustLoad(t, Options{Dir: work, System: etc, Flags: map[string]string{"facts": ""}})
	if c.Facts.Dir != "" {
		t.Errorf("an empty flag means the embedded base: %s", c.Facts.Dir)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"broken":      {"log:\n  level: \"info\n", "enlace.yaml:2: the configuration file cannot be read: found unexpected end of stream"},
		"binary":      {"\xff\xfe", "not UTF-8"},
		"list":        {"- a\n", "enlace.yaml:1: the file must hold settings"},
		"two":         {"log: {}\n---\nlog: {}\n", "a second document begins here"},
		"alias":       {"log: {level: &a info, format: *a}\n", "log.format must be a single value"},
		"merge":       {"log: &l {}\nhttp: {<<: *l}\n", `there is no key "http.<<"`},
		"too long":    {strings.Repeat("# long\n", 200_000), "longer than 1048576 bytes"},
		"nested list": {"discord: {guilds: [[1]]}\n", "discord.guilds must be a plain list"},
		"no list":     {"discord: {guilds: 123456789012345678}\n", "discord.guilds must be a list"},
		"deep":        {strings.Repeat("[", 20_000), "the configuration file cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, "enlace.yaml", tc.text)
			if _, err := Load(Options{Dir: dir, System: dir}); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %q", err, tc.want)
			}
		})
	}
	for _, file := range []string{"missing.yaml", "."} {
		if _, err := Load(Options{Dir: t.TempDir(), System: t.TempDir(), File: file}); err == nil || !strings.HasPrefix(err.Error(), file+": the configuration file cannot be read: ") {
			t.Errorf("--config %s: %v", file, err)
		}
	}
	dir := t.TempDir()
	for _, text := range []string{"", "# nothing\n", "discord:\nlog:\n"} {
		if err := os.WriteFile(filepath.Join(dir, "enlace.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		mustLoad(t, Options{Dir: dir, System: dir})
	}
}

// The pitfalls V1 to V3: nothing is watched, so a file that is half written later changes nothing.
func TestAConfigDoesNotChangeWithItsFile(t *testing.T) {
	dir := write(t, "enlace.yaml", "model: {name: a}\n")
	c := mustLoad(t, Options{Dir: dir, System: dir})
	if err := os.WriteFile(filepath.Join(dir, "enlace.yaml"), []byte("model: {na"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(Options{Dir: dir, System: dir}); err == nil {
		t.Error("a half-written file was read")
	}
	if c.Model.Name != "a" {
		t.Errorf("name became %q", c.Model.Name)
	}
}

func FuzzFile(f *testing.F) {
	for _, seed := range []string{"", "log: {level: debug}", "discord:\n  guilds: [1]\n", "a: &a [*a]", "? [x]\n: y", "log: !!binary x", "{"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := &loader{Options: Options{Dir: "/w"}}
		out := l.parse("enlace.yaml", "/w/enlace.yaml", []byte(text), nil)
		for name := range out {
			if keyNamed(name) == nil {
				t.Errorf("unknown key %q passed", name)
			}
		}
	})
}
