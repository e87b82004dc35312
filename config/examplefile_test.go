package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestExampleTakesValues(t *testing.T) {
	facts := t.TempDir()
	set := map[string]string{"facts.dir": facts, "language": "es", "discord.private_by_default": "true", "http.listen": "", "model.name": `a "b": ñ`}
	text, err := Example(set)
	if err != nil {
		t.Fatal(err)
	}
	dir := write(t, "enlace.yaml", text)
	c := mustLoad(t, Options{Dir: dir, System: filepath.Join(dir, "none"), Environ: []string{"HOME=/home/ana"}})
	for _, s := range c.Settings() {
		want, isSet := set[s.Key]
		if isSet != (s.Source.Layer == File) || isSet && s.Value != want {
			t.Errorf("%s = %q from %s", s.Key, s.Value, s.Source)
		}
	}
	plain, err := Example(nil)
	if err != nil || plain != exampleText {
		t.Errorf("without values it is not the example itself (%v)", err)
	}
	if got, want := strings.Count(text, "\n"), strings.Count(plain, "\n"); got != want {
		t.Errorf("%d lines of %d", got, want)
	}
}

func TestExampleRefusesWhatHasNoPlace(t *testing.T) {
	for _, key := range []string{"facts.dri", "dir", "facts", "discord.guilds", ""} {
		if _, err := Example(map[string]string{key: "x"}); err == nil {
			t.Errorf("%q was taken", key)
		}
	}
}
