package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const hidden = "hunter2-do-not-print"

func TestSecretNeverPrints(t *testing.T) {
	s := Secret(hidden)
	holder := struct {
		Secret Secret
		List   []Secret
		Map    map[string]Secret
	}{s, []Secret{s}, map[string]Secret{"k": s}}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T %s", "%10.3s"} {
		fmt.Fprintf(&out, verb+"\n", s, s)
		fmt.Fprintf(&out, verb+"\n", holder, &holder)
	}
	fmt.Fprintln(&out, s, holder, errors.New(s.String()), s.GoString())
	j, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	y, err := yaml.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(j)
	out.Write(y)
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("m", "secret", s, "holder", holder)
	}
	if text := out.String(); strings.Contains(text, hidden) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", hidden)) {
		t.Errorf("the secret is in:\n%s", text)
	}
	if !strings.Contains(out.String(), redacted) || s.Reveal() != hidden || Secret("").String() != "" {
		t.Error("a set secret shows as [redacted], an empty one as nothing, and Reveal reveals")
	}
}

func TestSecretsComeFromFilesAndConventionalVariables(t *testing.T) {
	dir := write(t, "token", hidden+"\r\n", "empty", " \n")
	for i := range keys {
		k := &keys[i]
		if !k.secret || k.name == "state.url" {
			continue
		}
		c := mustLoad(t, Options{Dir: dir, System: dir, Environ: []string{k.env() + "_FILE=token", "OPENAI_API_KEY=lower", "DISCORD_TOKEN=lower"}})
		if got := map[string]Secret{"model.api_key": c.Model.APIKey, "discord.token": c.Discord.Token, "state.credentials": c.State.Credentials}[k.name]; got.Reveal() != hidden {
			t.Errorf("%s from a file: %d characters", k.name, len(got.Reveal()))
		}
		if got, want := source(t, c, k.name), "environment "+k.env()+"_FILE (token)"; got != want {
			t.Errorf("source %q, want %q", got, want)
		}
		_, err := Load(Options{Dir: dir, System: dir, Environ: []string{k.env() + "_FILE=token", k.env() + "=" + hidden}})
		if err == nil || !strings.Contains(err.Error(), k.env()+" is set as well") || strings.Contains(err.Error(), hidden) {
			t.Errorf("both set: %v", err)
		}
	}
	c := mustLoad(t, Options{Dir: dir, System: dir, Environ: []string{"OPENAI_API_KEY=a", "DISCORD_TOKEN=b", "OPENAI_BASE_URL=http://h/v1", "ENLACE_DISCORD_TOKEN=c"}})
	if c.Model.APIKey != "a" || c.Discord.Token != "c" || c.Model.BaseURL != "http://h/v1" {
		t.Errorf("conventional variables: %v", c.Settings())
	}
	for file, want := range map[string]string{"missing": "no such file", "empty": "the file is empty", ".": "not a regular file"} {
		_, err := Load(Options{Dir: dir, System: dir, Environ: []string{"ENLACE_DISCORD_TOKEN_FILE=" + file}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}

func TestNoSecretInConfigSettingsOrErrors(t *testing.T) {
	environ := []string{"ENLACE_MODEL_API_KEY=" + hidden, "ENLACE_DISCORD_TOKEN=" + hidden, "ENLACE_STATE_CREDENTIALS=" + hidden, "ENLACE_STATE_URL=nats://u:" + hidden + "@h"}
	c := mustLoad(t, Options{Dir: t.TempDir(), System: t.TempDir(), Environ: environ})
	shown := fmt.Sprintf("%v %+v %#v %v", *c, *c, *c, c.Settings())
	for i := range environ {
		environ[i] += " with spaces"
	}
	dir := write(t, "enlace.yaml", "discord: {token: [\""+hidden+"\"]}\nmodel: {base_url: \"http://u:"+hidden+"@h\"}\n"+hidden[:7]+": 1\n")
	_, err := Load(Options{Dir: dir, System: filepath.Join(dir, "none"), Environ: environ})
	if err == nil || len(err.(Problems)) != 7 {
		t.Errorf("problems: %v", err)
	}
	if shown += fmt.Sprint(err); strings.Contains(shown, hidden) {
		t.Errorf("the secret is in:\n%s", shown)
	}
}

func TestLogLinesFollowTheSettings(t *testing.T) {
	var out bytes.Buffer
	l := Log{"warn", "json"}.New(&out)
	l.Info("quiet")
	l.Warn("loud", "token", Secret(hidden))
	if got := out.String(); !strings.HasPrefix(got, "{") || strings.Contains(got, "quiet") || !strings.Contains(got, `"token":"[redacted]"`) {
		t.Errorf("logged %s", got)
	}
}

func TestNearest(t *testing.T) {
	among := []string{"log.level", "log.format", "language"}
	for word, want := range map[string]string{"log.levl": "log.level", "lagnuage": "language", "LOG": "", "": "", "zzz": "", "log.formato": "log.format"} {
		if got, ok := Nearest(word, among); got != want || ok != (want != "") {
			t.Errorf("Nearest(%q) = %q, %v; want %q", word, got, ok, want)
		}
	}
}

func TestEveryKeyDecodesIntoItsField(t *testing.T) {
	if _, err := os.Stat(exampleFile); err != nil {
		t.Fatal(err)
	}
	all := layer{}
	for i := range keys {
		all[keys[i].name] = textValue(&keys[i], keys[i].standard, Source{}, "")
	}
	all["model.nmae"] = value{text: "x"}
	if _, err := decode(all); err == nil {
		t.Error("a key without a field was accepted")
	}
}
