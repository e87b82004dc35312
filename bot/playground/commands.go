package playground

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"enlace/bot/discordtest"
)

// commandView is a command as a person's client lists it: subcommands are lines of their own.
type commandView struct {
	ID          string       `json:"id"`   // of the command that is registered
	Path        string       `json:"path"` // the default names, as an interaction carries them: "admin reload"
	Name        string       `json:"name"` // in the person's language
	Description string       `json:"description"`
	Menu        bool         `json:"menu,omitempty"`  // it stands in the menu of a message
	Admin       bool         `json:"admin,omitempty"` // it is for administrators at first
	DM          bool         `json:"dm"`              // it works in direct messages
	Options     []optionView `json:"options,omitempty"`
}

type optionView struct {
	Name         string       `json:"name"`  // default
	Label        string       `json:"label"` // in the person's language
	Description  string       `json:"description"`
	Type         int          `json:"type"`
	Required     bool         `json:"required,omitempty"`
	Autocomplete bool         `json:"autocomplete,omitempty"`
	MinLength    *int         `json:"min_length,omitempty"`
	MaxLength    *int         `json:"max_length,omitempty"`
	MinValue     *json.Number `json:"min_value,omitempty"`
	MaxValue     *json.Number `json:"max_value,omitempty"`
	Choices      []choiceView `json:"choices,omitempty"`
}

type choiceView struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
}

const contextDM = 1 // the bot's direct messages; Discord docs, interactions/receiving-and-responding

// commandsFor lists the commands that a person may use, by name.
func (p *Playground) commandsFor(who session) []commandView {
	list := []commandView{}
	for _, c := range append(p.discord.Commands(p.guild), p.discord.Commands(nil)...) {
		hidden := c.DefaultMemberPermissions != nil && !who.admin
		twice := slices.ContainsFunc(list, func(v commandView) bool {
			return v.ID != c.ID && strings.Fields(v.Path)[0] == c.Name && v.Menu == (c.Type == discordtest.CommandMessage)
		})
		if hidden || twice || c.Type == discordtest.CommandUser {
			continue
		}
		v := commandView{
			ID: c.ID, Path: c.Name, Name: local(who.locale, c.Name, c.NameLocalizations), Description: local(who.locale, c.Description, c.DescriptionLocalizations),
			Menu: c.Type == discordtest.CommandMessage, Admin: c.DefaultMemberPermissions != nil,
			DM: c.GuildID == "" && (len(c.Contexts) == 0 || slices.Contains(c.Contexts, contextDM)),
		}
		list = append(list, spread(v, c.Options, who.locale)...)
	}
	slices.SortStableFunc(list, func(a, b commandView) int {
		if a.Admin != b.Admin {
			return map[bool]int{true: 1, false: -1}[a.Admin]
		}
		return cmp.Compare(a.Name, b.Name)
	})
	return list
}

// spread is a command with its options, or one line for each of its subcommands.
func spread(v commandView, options []discordtest.CommandOption, locale string) []commandView {
	var list []commandView
	for _, o := range options {
		if o.Type > discordtest.OptGroup {
			v.Options = append(v.Options, optionOf(o, locale))
			continue
		}
		sub := v
		sub.Path, sub.Name, sub.Options = v.Path+" "+o.Name, v.Name+" "+local(locale, o.Name, o.NameLocalizations), nil
		sub.Description = local(locale, o.Description, o.DescriptionLocalizations)
		list = append(list, spread(sub, o.Options, locale)...)
	}
	if list == nil {
		return []commandView{v}
	}
	return list
}

func optionOf(o discordtest.CommandOption, locale string) optionView {
	v := optionView{
		Name: o.Name, Label: local(locale, o.Name, o.NameLocalizations), Description: local(locale, o.Description, o.DescriptionLocalizations), Type: o.Type,
		Required: o.Required, Autocomplete: o.Autocomplete, MinLength: o.MinLength, MaxLength: o.MaxLength, MinValue: o.MinValue, MaxValue: o.MaxValue,
	}
	for _, c := range o.Choices {
		v.Choices = append(v.Choices, choiceView{local(locale, c.Name, c.NameLocalizations), c.Value})
	}
	return v
}

// local is a text in a person's language: es-419 falls back to es-ES, but not the reverse; Discord docs,
// interactions/application-commands, "Localization".
func local(locale, text string, by map[string]string) string {
	if s := by[locale]; s != "" {
		return s
	}
	if locale == "es-419" && by["es-ES"] != "" {
		return by["es-ES"]
	}
	return text
}
