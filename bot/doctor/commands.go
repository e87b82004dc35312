package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"enlace/bot/gateway"
)

const registerAgain = "start the bot once with `enlace serve --register`"

// globalCommands compares the commands that are registered for all guilds with those that should be.
func (c *connection) globalCommands(ctx context.Context) []Check {
	if len(c.set.Discord.Guilds) == 0 {
		return []Check{c.commandsIn(ctx, "")}
	}
	there, err := c.rest.Commands(ctx, c.app.ID, "")
	if err != nil {
		return []Check{c.refused(nameCommand, err)}
	}
	var twice []string
	for _, t := range there {
		if slices.ContainsFunc(c.Commands, func(ours *discordgo.ApplicationCommand) bool { return sameCommand(ours, t) }) {
			twice = append(twice, foreign(t.Name))
		}
	}
	if len(twice) == 0 {
		return nil
	}
	return []Check{warned(nameCommand, "start `enlace serve` with the state directory that registered them, which takes them back, or empty discord.guilds",
		"registered for all servers as well as for discord.guilds, so people see them twice: %s", some(twice, maxListed))}
}

// commandsIn compares the commands that are registered in a guild, or globally, with those that should be.
func (c *connection) commandsIn(ctx context.Context, guild string) Check {
	name, where := nameCommand, "for all servers"
	if guild != "" {
		name, where = nameCommand+" "+guild, "in this server"
	}
	there, err := c.rest.Commands(ctx, c.app.ID, guild)
	if errors.Is(err, gateway.ErrForbidden) {
		return failed(name, "open the invite link below again: it asks for the scope applications.commands", "the application may not have commands %s", where)
	}
	if err != nil {
		return c.refused(name, err)
	}
	d := compare(c.Commands, there, guild != "")
	switch {
	case len(there) == 0:
		return warned(name, "start `enlace serve`, which registers them", "none are registered %s yet", where)
	case len(d.missing)+len(d.changed) > 0:
		return warned(name, registerAgain, "not up to date %s%s", where, d)
	case len(d.foreign) > 0:
		return warned(name, registerAgain+", which removes them; a program that shares the token should get an application of its own", "registered %s and not ours: %s", where, some(d.foreign, maxListed))
	}
	return passed(name, "%d registered %s, as they should be", len(there), where)
}

// difference is what is registered against what should be, as names.
type difference struct{ missing, changed, foreign []string }

// String continues a sentence: "; missing: ask; changed: check (description)".
func (d difference) String() string {
	var b strings.Builder
	for _, part := range []struct {
		word  string
		names []string
	}{{"missing", d.missing}, {"changed", d.changed}, {"not ours", d.foreign}} {
		if len(part.names) > 0 {
			fmt.Fprintf(&b, "; %s: %s", part.word, some(part.names, maxListed))
		}
	}
	return b.String()
}

func sameCommand(a, b *discordgo.ApplicationCommand) bool {
	return a.Name == b.Name && max(a.Type, 1) == max(b.Type, 1)
}

// compare tells registered commands from ours. In a guild the places and people of a command are Discord's own.
func compare(ours, there []*discordgo.ApplicationCommand, inGuild bool) (d difference) {
	for _, o := range ours {
		at := slices.IndexFunc(there, func(t *discordgo.ApplicationCommand) bool { return sameCommand(o, t) })
		if at < 0 {
			d.missing = append(d.missing, o.Name)
		} else if parts := differing("", plainCommand(o, inGuild), plainCommand(there[at], inGuild)); len(parts) > 0 {
			d.changed = append(d.changed, fmt.Sprintf("%s (%s)", o.Name, some(parts, 3)))
		}
	}
	for _, t := range there {
		if !slices.ContainsFunc(ours, func(o *discordgo.ApplicationCommand) bool { return sameCommand(o, t) }) {
			d.foreign = append(d.foreign, foreign(t.Name))
		}
	}
	return d
}

// plainCommand is a command as a tree without what Discord adds and without what is empty: null, false, 0, "" and empty lists all
// mean that nothing was said.
func plainCommand(cmd *discordgo.ApplicationCommand, inGuild bool) map[string]any {
	raw, err := json.Marshal(cmd)
	if err != nil { // plain data
		panic(err)
	}
	var tree map[string]any
	if json.Unmarshal(raw, &tree) != nil {
		panic("a command is no object")
	}
	for _, key := range []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission"} {
		delete(tree, key)
	}
	for _, key := range []string{"contexts", "integration_types"} {
		if inGuild {
			delete(tree, key)
		} else if list, ok := tree[key].([]any); ok {
			slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
	}
	if tree["type"] == nil {
		tree["type"] = float64(discordgo.ChatApplicationCommand)
	}
	if !inGuild && tree["integration_types"] == nil {
		tree["integration_types"] = []any{float64(discordgo.ApplicationIntegrationGuildInstall)} // the default; Discord docs, interactions/application-commands
	}
	prune(tree, "")
	return tree
}

// prune removes what is empty. The value of a choice and the least value of an option are kept: there a zero says something; so are
// a command's contexts, whose zero is guilds.
func prune(v any, key string) (empty bool) {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case float64:
		return v == 0 && key != "value" && key != "min_value"
	case string:
		return v == "" && key != "value"
	case []any:
		for _, item := range v {
			prune(item, "value")
		}
		return len(v) == 0
	case map[string]any:
		maps.DeleteFunc(v, func(key string, child any) bool { return prune(child, key) })
		return len(v) == 0
	}
	return false
}

// differing lists where two trees differ, in order, as paths such as "options.question.max_length".
func differing(at string, a, b any) []string {
	x, xIs := a.(map[string]any)
	y, yIs := b.(map[string]any)
	if xIs && yIs {
		keys := slices.Sorted(maps.Keys(x))
		for key := range y {
			if _, both := x[key]; !both {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		var out []string
		for _, key := range keys {
			out = append(out, differing(strings.TrimPrefix(at+"."+key, "."), x[key], y[key])...)
		}
		return out
	}
	p, pIs := a.([]any)
	q, qIs := b.([]any)
	if pIs && qIs && len(p) == len(q) {
		var out []string
		for i := range p {
			out = append(out, differing(at+"."+itemName(p[i], i), p[i], q[i])...)
		}
		return out
	}
	if reflect.DeepEqual(a, b) {
		return nil
	}
	return []string{foreign(at)}
}

// itemName is how an item of a list is called: by its name, or its place.
func itemName(item any, i int) string {
	if m, ok := item.(map[string]any); ok {
		if name, ok := m["name"].(string); ok {
			return name
		}
	}
	return fmt.Sprint(i)
}
