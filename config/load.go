package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

// Options says where settings are looked for. The zero value reads nothing but /etc/enlace and the current directory.
type Options struct {
	Dir     string            // working directory; "" = the process's
	Environ []string          // "NAME=value", as os.Environ returns it
	Flags   map[string]string // the flags that were given, by name without dashes; only those of the table count
	File    string            // --config: this file instead of the search path; it must exist
	System  string            // last folder of the search path; "" = /etc/enlace
}

// value is what one layer says about one key.
type value struct {
	text   string   // lists: joined by commas
	list   []string // nil unless the key is a list
	source Source
	base   string // folder that a relative path is relative to
}

// layer is what one source says about any keys.
type layer map[string]value

// loader collects values and problems.
type loader struct {
	Options
	env      map[string]string
	problems Problems
}

// Load reads, merges and checks all settings. The error is [Problems] with everything that is wrong; Config is nil then.
func Load(o Options) (*Config, error) {
	l := &loader{Options: o, env: map[string]string{}}
	l.System = cmp.Or(l.System, "/etc/enlace")
	if dir, err := filepath.Abs(l.Dir); err == nil {
		l.Dir = dir
	}
	for _, pair := range o.Environ {
		name, val, _ := strings.Cut(pair, "=")
		l.env[name] = val
	}
	file, found := l.file()
	layers := []layer{l.defaults(), file, l.environment(), l.flags()}
	effective := layer{}
	for i := range keys {
		for _, from := range slices.Backward(layers) {
			if v, ok := from[keys[i].name]; ok {
				effective[keys[i].name] = l.check(&keys[i], v)
				break
			}
		}
	}
	l.checkTogether(effective)
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	c, err := decode(effective)
	if err != nil { // a kind takes what the field does not: never by way of settings
		return nil, Problems{{Source: Source{Layer: Default}, Message: err.Error()}}
	}
	c.file, c.settings = found, settings(effective)
	return c, nil
}

func (l *loader) complain(p Problem) { l.problems = append(l.problems, p) }

func (l *loader) defaults() layer {
	out := layer{}
	for i := range keys {
		k := &keys[i]
		out[k.name] = textValue(k, k.standard, Source{Layer: Default}, l.Dir)
	}
	dir := out["state.dir"]
	switch xdg := l.env["XDG_STATE_HOME"]; { // XDG base directory specification
	case filepath.IsAbs(xdg):
		dir.text = filepath.Join(xdg, "enlace")
	case l.env["HOME"] == "": // a container or a daemon
		dir.text = "/var/lib/enlace"
	}
	out["state.dir"] = dir
	return out
}

func (l *loader) flags() layer {
	out := layer{}
	for i := range keys {
		k := &keys[i]
		if text, given := l.Flags[k.flag]; given && k.flag != "" {
			out[k.name] = textValue(k, text, Source{Layer: Flag, Name: "--" + k.flag}, l.Dir)
		}
	}
	return out
}

func textValue(k *key, text string, from Source, base string) value {
	v := value{text: text, source: from, base: base}
	if k.list {
		v.list = []string{}
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item != "" {
				v.list = append(v.list, item)
			}
		}
	}
	return v
}

// check complains about a value that its key does not take and returns it with paths made absolute.
func (l *loader) check(k *key, v value) value {
	switch {
	case k.list:
		for _, item := range v.list {
			if !k.kind.ok(item) {
				one := v
				one.text = item
				l.complain(badValue(k, one))
			}
		}
	case v.text == "" && k.emptyIsOK:
	case v.text == "" || !k.kind.ok(v.text):
		l.complain(badValue(k, v))
	case k.name == "facts.dir":
		v.text = l.absolute(v)
		if info, err := os.Stat(v.text); err != nil || !info.IsDir() {
			l.complain(badValue(k, v))
		}
	case k.name == "state.dir":
		v.text = l.absolute(v)
	}
	return v
}

func (l *loader) absolute(v value) string {
	if rest, ok := strings.CutPrefix(v.text, "~/"); ok && l.env["HOME"] != "" {
		return filepath.Join(l.env["HOME"], rest)
	}
	if filepath.IsAbs(v.text) {
		return filepath.Clean(v.text)
	}
	return filepath.Join(v.base, v.text)
}

// checkTogether complains about values that are right alone and wrong together.
func (l *loader) checkTogether(all layer) {
	clash := func(name, message string) {
		l.complain(Problem{name, all[name].source, name + " " + message})
	}
	if all["discord.interactions.listen"].text != "" && all["discord.interactions.public_key"].text == "" {
		clash("discord.interactions.listen", "is set without discord.interactions.public_key (set both: requests cannot be verified without the key)")
	}
	if all["state.replicas"].text != "1" && all["state.url"].text == "" {
		clash("state.replicas", "is more than 1 without state.url (the embedded engine is one copy: set state.url or leave replicas at 1)")
	}
	denied := all["discord.channels.deny"].list
	for _, name := range []string{"discord.channels.allow", "discord.channels.auto_answer"} {
		for _, id := range all[name].list {
			if slices.Contains(denied, id) {
				clash(name, fmt.Sprintf("has %s, which discord.channels.deny has too (remove it from one of them)", quote(id)))
			}
		}
	}
}

// decode lets viper turn the checked texts into the typed struct. Every key is set, so nothing depends on its sources.
func decode(all layer) (*Config, error) {
	v := viper.New()
	for name, val := range all {
		switch {
		case val.list != nil:
			v.Set(name, val.list)
		case name == "discord.shards" && val.text == "auto":
			v.Set(name, "0")
		default:
			v.Set(name, val.text)
		}
	}
	c := new(Config)
	return c, v.UnmarshalExact(c)
}

func settings(all layer) []Setting {
	out := make([]Setting, 0, len(keys))
	for i := range keys {
		k, v := &keys[i], all[keys[i].name]
		shown := v.text
		switch {
		case k.list:
			shown = strings.Join(v.list, ",")
		case k.secret:
			shown = Secret(v.text).String()
		}
		out = append(out, Setting{k.name, shown, v.source})
	}
	return out
}
