package discordtest

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Command types (interactions/application-commands).
const (
	CommandSlash   = 1
	CommandUser    = 2
	CommandMessage = 3
)

// Option types of slash commands.
const (
	OptSubcommand  = 1
	OptGroup       = 2
	OptString      = 3
	OptInteger     = 4
	OptBoolean     = 5
	OptUser        = 6
	OptChannel     = 7
	OptRole        = 8
	OptMentionable = 9
	OptNumber      = 10
	OptAttachment  = 11
)

// Command is a registered command.
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []CommandOption   `json:"options,omitempty"`
	DefaultMemberPermissions *string           `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
	NSFW                     bool              `json:"nsfw"`
}

// CommandOption is an option, subcommand or group of a slash command.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	Choices                  []CommandChoice   `json:"choices,omitempty"`
	Options                  []CommandOption   `json:"options,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
	MinValue                 *json.Number      `json:"min_value,omitempty"`
	MaxValue                 *json.Number      `json:"max_value,omitempty"`
}

// CommandChoice is a fixed value of an option.
type CommandChoice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"`
}

// commandBook holds the registered commands; "" is the scope of global ones.
type commandBook struct {
	lists   map[string][]*Command
	created map[string][]time.Time // per scope, of the last day
}

// Commands returns the registered commands: the global ones, or those of a guild.
func (d *Discord) Commands(in *Guild) []Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	scope := ""
	if in != nil {
		scope = in.ID
	}
	var list []Command
	for _, cmd := range d.commands.lists[scope] {
		list = append(list, *cmd)
	}
	return list
}

// WaitCommand waits until a command of that name is registered anywhere, and returns it.
func (d *Discord) WaitCommand(name string) Command {
	var found Command
	d.must(d.await(&d.changed, "the command "+name, func() bool {
		for _, list := range d.commands.lists {
			for _, cmd := range list {
				if cmd.Name == name {
					found = *cmd
					return true
				}
			}
		}
		return false
	}))
	return found
}

// Limits of commands (interactions/application-commands).
const (
	maxOptions      = 25
	maxCommandChars = 8000
	createsPerDay   = 200
)

var maxPerType = map[int]int{CommandSlash: 100, CommandUser: 15, CommandMessage: 15, 4: 1}

var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are the keys of localisations (Discord docs, reference, "Locales").
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// check compares a command with Discord's rules.
func (cmd *Command) check(f *formErrors, at string) {
	switch cmd.Type {
	case CommandSlash:
		checkName(f, at+"name", cmd.Name)
		f.length(at+"description", cmd.Description, 1, 100)
		for key, name := range cmd.NameLocalizations {
			checkName(f, at+"name_localizations."+key, name)
		}
		checkOptions(f, at+"options", cmd.Options, 0)
	case CommandUser, CommandMessage:
		f.length(at+"name", cmd.Name, 1, 32)
		if cmd.Description != "" {
			f.add(at+"description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "Context menu commands cannot have description")
		}
		if len(cmd.Options) > 0 {
			f.add(at+"options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", "Context menu commands cannot have options")
		}
	default:
		f.add(at+"type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4}.")
	}
	checkLocales(f, at+"name_localizations", cmd.NameLocalizations, 32)
	checkLocales(f, at+"description_localizations", cmd.DescriptionLocalizations, 100)
	if n := cmd.chars(); n > maxCommandChars {
		f.add(at+"name", "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size ("+itoa(maxCommandChars)+")")
	}
	if cmd.GuildID != "" && (cmd.Contexts != nil && !slices.Equal(cmd.Contexts, []int{0}) || slices.Contains(cmd.IntegrationTypes, 1)) {
		f.add(at+"contexts", "APPLICATION_COMMAND_CONTEXTS_GLOBAL_ONLY", "contexts and integration_types are for global commands only")
	}
}

func checkName(f *formErrors, at, name string) {
	if !commandName.MatchString(name) || name != lower(name) {
		f.add(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
}

func lower(s string) string { return strings.Map(unicode.ToLower, s) }

func checkLocales(f *formErrors, at string, texts map[string]string, most int) {
	for key, text := range texts {
		if !slices.Contains(locales, key) {
			f.add(at+"."+key, "BASE_TYPE_CHOICES", "Unknown locale")
		}
		f.length(at+"."+key, text, 1, most)
	}
}

func checkOptions(f *formErrors, at string, list []CommandOption, depth int) {
	f.count(at, len(list), 0, maxOptions)
	optional, names := false, map[string]bool{}
	for n, o := range list {
		at := at + "." + itoa(n)
		checkName(f, at+".name", o.Name)
		f.length(at+".description", o.Description, 1, 100)
		checkLocales(f, at+".name_localizations", o.NameLocalizations, 32)
		checkLocales(f, at+".description_localizations", o.DescriptionLocalizations, 100)
		if names[o.Name] {
			f.add(at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		}
		names[o.Name] = true
		if o.Required && optional {
			f.add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !o.Required && o.Type > OptGroup
		checkOption(f, at, o, depth)
	}
	checkLocalNames(f, at, list)
}

func checkOption(f *formErrors, at string, o CommandOption, depth int) {
	switch {
	case o.Type == OptGroup && depth == 0 || o.Type == OptSubcommand && depth <= 1:
		checkOptions(f, at+".options", o.Options, map[int]int{OptGroup: 1, OptSubcommand: 2}[o.Type])
		return
	case o.Type < OptString || o.Type > OptAttachment:
		f.add(at+".type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Option type is invalid here")
	}
	f.count(at+".choices", len(o.Choices), 0, 25)
	if o.Autocomplete && len(o.Choices) > 0 {
		f.add(at, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", "Autocomplete options cannot have choices")
	}
	for k, choice := range o.Choices {
		f.length(at+".choices."+itoa(k)+".name", choice.Name, 1, 100)
		checkLocales(f, at+".choices."+itoa(k)+".name_localizations", choice.NameLocalizations, 100)
		if text, isText := choice.Value.(string); isText {
			f.length(at+".choices."+itoa(k)+".value", text, 1, 100)
		}
	}
	if o.MinLength != nil && (*o.MinLength < 0 || *o.MinLength > 6000) || o.MaxLength != nil && (*o.MaxLength < 1 || *o.MaxLength > 6000) {
		f.add(at, "NUMBER_TYPE_MAX", "Lengths must be between 0 and 6000.")
	}
}

// checkLocalNames wants an option's localised name to differ from every other option's default name and from the others' in that locale.
func checkLocalNames(f *formErrors, at string, list []CommandOption) {
	for n, o := range list {
		for key, name := range o.NameLocalizations {
			for k, other := range list {
				if k != n && (other.Name == name || other.NameLocalizations[key] == name) {
					f.add(at+"."+itoa(n)+".name_localizations."+key, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
				}
			}
		}
	}
}

// chars is the size of a command: names, descriptions and values, each in its longest localisation.
func (cmd *Command) chars() int {
	n := longest(cmd.Name, cmd.NameLocalizations) + longest(cmd.Description, cmd.DescriptionLocalizations)
	return n + optionChars(cmd.Options)
}

func optionChars(list []CommandOption) int {
	n := 0
	for _, o := range list {
		n += longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations) + optionChars(o.Options)
		for _, c := range o.Choices {
			n += longest(c.Name, c.NameLocalizations)
			if text, isText := c.Value.(string); isText {
				n += units(text)
			}
		}
	}
	return n
}

func longest(text string, others map[string]string) int {
	n := units(text)
	for _, other := range others {
		n = max(n, units(other))
	}
	return n
}
