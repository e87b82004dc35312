package doctor

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"enlace/config"
)

// maxListed is how many settings, problems or names one line lists.
const maxListed = 12

// badSettings is a failed check for each thing that is wrong with the settings.
func (x *exam) badSettings() []Check {
	const name = "configuration"
	var problems config.Problems
	if !errors.As(x.Problems, &problems) {
		return []Check{failed(name, "see `enlace config --help` for where settings come from", "it cannot be read: %v", x.Problems)}
	}
	var checks []Check
	for _, p := range problems {
		remedy := "correct it in " + p.Source.String()
		what := p.Message
		if cut := strings.LastIndex(what, " ("); cut > 0 && strings.HasSuffix(what, ")") { // the remedy that the problem brings
			what, remedy = what[:cut], what[cut+2:len(what)-1]
		}
		checks = append(checks, failed(name, remedy, "%s: %s", p.Source, what))
	}
	return checks
}

// settings says where the settings come from, and what is odd about ones that are valid.
func (x *exam) settings(context.Context) []Check {
	const name = "configuration"
	checks := slices.Concat(x.openFile(), x.deaf(), x.inTheClear())
	found := "no configuration file"
	if file := x.set.File(); file != "" {
		found = "file " + file
	}
	return append([]Check{passed(name, "%s; %s", found, x.origins())}, checks...)
}

// origins tells which settings are not the defaults, by where they come from.
func (x *exam) origins() string {
	from := map[config.Layer][]string{}
	for _, s := range x.set.Settings() {
		at := s.Key
		switch s.Source.Layer {
		case config.File:
			at = fmt.Sprintf("%s (line %d)", s.Key, s.Source.Line)
		case config.Environment, config.Flag:
			at = s.Source.Name
		}
		from[s.Source.Layer] = append(from[s.Source.Layer], at)
	}
	var parts []string
	for _, l := range []struct {
		layer config.Layer
		words string
	}{{config.Flag, "from flags"}, {config.Environment, "from the environment"}, {config.File, "from the file"}} {
		if list := from[l.layer]; len(list) > 0 {
			parts = append(parts, l.words+": "+some(list, maxListed))
		}
	}
	if len(parts) == 0 {
		return "every setting has its default"
	}
	return strings.Join(append(parts, fmt.Sprintf("the other %d are defaults", len(from[config.Default]))), "; ")
}

// openFile warns of a file with secrets that others on the machine can read.
func (x *exam) openFile() []Check {
	const name = "configuration"
	var secrets []string
	for _, s := range x.set.Settings() {
		if s.Source.Layer == config.File && s.Value == config.Secret("x").String() {
			secrets = append(secrets, s.Key)
		}
	}
	info, err := os.Stat(x.set.File())
	if len(secrets) == 0 || err != nil || info.Mode().Perm()&0o077 == 0 || !modes {
		return nil
	}
	return []Check{warned(name, "chmod 600 "+x.set.File(), "%s holds %s and others on this machine may read it (mode %04o)",
		x.set.File(), strings.Join(secrets, ", "), info.Mode().Perm())}
}

// deaf warns of channels to answer in that are not among those to speak in.
func (x *exam) deaf() []Check {
	const name = "configuration"
	c := x.set.Discord.Channels
	var out []string
	for _, id := range c.AutoAnswer {
		if len(c.Allow) > 0 && !slices.Contains(c.Allow, id) {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return []Check{warned(name, "add it to discord.channels.allow, unless it is a thread of a channel there, or remove it from auto_answer",
		"discord.channels.auto_answer has %s, which discord.channels.allow does not: the bot is silent there", some(out, maxListed))}
}

// inTheClear warns of secrets that travel unencrypted to another machine.
func (x *exam) inTheClear() []Check {
	const name = "configuration"
	var checks []Check
	for _, s := range []struct {
		key, address string
		secret       config.Secret
	}{
		{"discord.api_base", x.set.Discord.APIBase, x.set.Discord.Token},
		{"model.base_url", x.set.Model.BaseURL, x.set.Model.APIKey},
	} {
		u, err := url.Parse(s.address)
		if s.secret == "" || err != nil || u.Scheme != "http" || loopback(u.Hostname()) {
			continue
		}
		checks = append(checks, warned(name, "write https:// in "+s.key+", unless the network in between is yours", "%s is %s: the secret for it travels unencrypted", s.key, s.address))
	}
	return checks
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
