package config

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write config.example.yaml anew from the table of keys")

const exampleFile = "config.example.yaml"

const exampleHead = `# Settings of Enlace. Copy this file to enlace.yaml in the working directory, to $XDG_CONFIG_HOME/enlace/ (~/.config/enlace/)
# or to /etc/enlace/, or name it with --config. Every setting stands here with its default: remove the # before a key to
# change it. A flag or a variable wins over the file: ENLACE_ and the key in capitals, dots as underscores
# (log.level: ENLACE_LOG_LEVEL). Secrets are best kept out of the file: every secret also has a variable that names a file
# with it (ENLACE_DISCORD_TOKEN_FILE). ` + "`enlace config`" + ` shows what is in force and where it came from.
`

// example writes the file that the table of keys asks for.
func example() string {
	var b strings.Builder
	b.WriteString(exampleHead)
	var open []string
	for _, k := range keys {
		path := strings.Split(k.name, ".")
		if len(path) == 1 || len(open) == 0 || open[0] != path[0] {
			b.WriteString("\n")
		}
		for depth, section := range path[:len(path)-1] {
			if depth < len(open) && open[depth] == section {
				continue
			}
			open = open[:min(depth, len(open))]
			fmt.Fprintf(&b, "%s%s:\n", strings.Repeat("  ", depth), section)
			open = append(open, section)
		}
		open = open[:len(path)-1]
		indent := strings.Repeat("  ", len(path)-1)
		comment := k.meaning
		if k.secret || k.also != "" {
			comment += " [" + strings.Join(otherNames(k), ", ") + "]"
		}
		fmt.Fprintf(&b, "%s# %s\n%s# Allowed: %s\n%s#%s: %s\n", indent, comment, indent, k.allowed(), indent, path[len(path)-1], exampleValue(k))
	}
	return b.String()
}

func otherNames(k key) (names []string) {
	if k.also != "" {
		names = append(names, "also "+k.also)
	}
	if k.secret {
		names = append(names, "a secret: better "+k.env()+"_FILE")
	}
	return names
}

func exampleValue(k key) string {
	switch {
	case k.list:
		return "[]"
	case k.standard == "":
		return `""`
	}
	return k.standard
}

func TestExampleFileIsTheTableOfKeys(t *testing.T) {
	want := example()
	if *update {
		if err := os.WriteFile(exampleFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is not what the table says; run go test ./config -update and look at the difference", exampleFile)
	}
}

func TestExampleFileChangesNothing(t *testing.T) {
	plain := mustLoad(t, Options{Dir: t.TempDir(), Environ: []string{"HOME=/home/ana"}, System: t.TempDir()})
	text, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"as it is":    string(text),
		"uncommented": regexp.MustCompile(`(?m)^( *)#([a-z_]+:)`).ReplaceAllString(string(text), "$1$2"),
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "enlace.yaml")
			if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
			c := mustLoad(t, Options{Dir: t.TempDir(), Environ: []string{"HOME=/home/ana"}, File: file})
			for i, s := range c.Settings() {
				if s.Value != plain.Settings()[i].Value {
					t.Errorf("%s = %q, default %q", s.Key, s.Value, plain.Settings()[i].Value)
				}
				if name == "uncommented" && s.Source.Layer != File {
					t.Errorf("%s is not in the file", s.Key)
				}
			}
		})
	}
}
