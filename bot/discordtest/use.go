package discordtest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Option is a value that a user gives to an option of a slash command.
type Option struct {
	Name  string
	Value any // string, bool, int, float64, *User, *Member, *Channel, *Role
	// Focused marks the one that the user is typing, for autocompletion.
	Focused bool
}

// Opt is the value of an option.
func Opt(name string, value any) Option { return Option{Name: name, Value: value} }

// Typing is the option that the user is typing in.
func Typing(name, text string) Option { return Option{Name: name, Value: text, Focused: true} }

// Slash uses a slash command; subcommands follow after spaces: "admin reload". The test fails when the client would not
// let the user do it: see [User.Use].
func (u *User) Slash(c *Channel, command string, options ...Option) *Interaction {
	i, err := u.Use(c, command, options...)
	u.d.must(err)
	return i
}

// Use is Slash with an error: the command is not registered here, is not for this user or place, or an option does not
// fit its definition.
func (u *User) Use(c *Channel, command string, options ...Option) (*Interaction, error) {
	return u.use(InteractionCommand, c, command, options)
}

// Completes asks for autocompletion while the user types in the option made with Typing.
func (u *User) Completes(c *Channel, command string, options ...Option) *Interaction {
	i, err := u.use(InteractionAutocomplete, c, command, options)
	u.d.must(err)
	return i
}

func (u *User) use(kind int, c *Channel, command string, options []Option) (*Interaction, error) {
	d := u.d
	d.mu.Lock()
	defer d.mu.Unlock()
	path := strings.Fields(command)
	if len(path) == 0 {
		return nil, fmt.Errorf("a command has a name")
	}
	cmd, err := u.command(c, CommandSlash, path[0])
	if err != nil {
		return nil, err
	}
	resolved := object{}
	list, err := fill(cmd.Options, path[1:], options, kind == InteractionAutocomplete, resolved)
	if err != nil {
		return nil, fmt.Errorf("/%s: %w", command, err)
	}
	data := object{"id": cmd.ID, "name": cmd.Name, "type": CommandSlash}
	if len(list) > 0 {
		data["options"] = list
	}
	if len(resolved) > 0 {
		data["resolved"] = resolved
	}
	if cmd.GuildID != "" {
		data["guild_id"] = cmd.GuildID
	}
	return d.newInteraction(&Interaction{Type: kind, User: u, Channel: c, Command: command, data: data, userOnly: !d.botIn(c)}), nil
}

// botIn reports whether the bot itself is in the channel's guild, or the channel is its DM.
func (d *Discord) botIn(c *Channel) bool {
	if c.guild != nil {
		return !c.guild.gone && c.guild.members[d.bot.ID] != nil
	}
	return c.private == nil
}

// command finds a command that the user may use in the channel.
func (u *User) command(c *Channel, kind int, name string) (*Command, error) {
	d := u.d
	if !c.seenBy(u) {
		return nil, fmt.Errorf("%s does not see #%s", u.Name, c.Name)
	}
	if c.guild != nil && !d.permissions(u, c).Has(PermUseCommands) {
		return nil, fmt.Errorf("%s may not use commands in #%s", u.Name, c.Name)
	}
	lists := []string{""}
	if c.guild != nil {
		lists = []string{c.guild.ID, ""}
	}
	err := fmt.Errorf("there is no command %q here", name)
	for _, scope := range lists {
		for _, cmd := range d.commands.lists[scope] {
			if cmd.Name != name || cmd.Type != kind {
				continue
			}
			if err = u.mayUse(cmd, c); err == nil {
				return cmd, nil
			}
		}
	}
	return nil, err
}

func (u *User) mayUse(cmd *Command, c *Channel) error {
	context := (&Interaction{Channel: c}).context()
	installed := u.d.botIn(c) && slices.Contains(cmd.IntegrationTypes, 0) || u.app && slices.Contains(cmd.IntegrationTypes, 1)
	switch {
	case !installed:
		return fmt.Errorf("/%s is installed neither here nor for %s", cmd.Name, u.Name)
	case len(cmd.Contexts) > 0 && !slices.Contains(cmd.Contexts, context):
		return fmt.Errorf("/%s is not for this kind of channel", cmd.Name)
	case cmd.DefaultMemberPermissions == nil || c.guild == nil:
		return nil
	}
	var need Permissions
	if _, err := fmt.Sscan(*cmd.DefaultMemberPermissions, &need); err != nil {
		return err
	}
	have := u.d.permissions(u, c)
	if !have.Has(need) || need == 0 && !have.Has(PermAdministrator) {
		return fmt.Errorf("%s may not use /%s", u.Name, cmd.Name)
	}
	return nil
}

// fill turns the user's values into the options of the payload, along the path of subcommands.
func fill(defs []CommandOption, path []string, values []Option, partial bool, resolved object) ([]object, error) {
	if len(path) > 0 {
		at := slices.IndexFunc(defs, func(o CommandOption) bool { return o.Name == path[0] && o.Type <= OptGroup })
		if at < 0 {
			return nil, fmt.Errorf("there is no subcommand %q", path[0])
		}
		inner, err := fill(defs[at].Options, path[1:], values, partial, resolved)
		if err != nil {
			return nil, err
		}
		return []object{{"name": path[0], "type": defs[at].Type, "options": nonNil(inner)}}, nil
	}
	var list []object
	for _, v := range values {
		at := slices.IndexFunc(defs, func(o CommandOption) bool { return o.Name == v.Name })
		if at < 0 {
			return nil, fmt.Errorf("there is no option %q", v.Name)
		}
		value, err := convert(defs[at], v, resolved)
		if err != nil {
			return nil, fmt.Errorf("option %q: %w", v.Name, err)
		}
		o := object{"name": v.Name, "type": defs[at].Type, "value": value}
		if v.Focused {
			o["focused"] = true
		}
		list = append(list, o)
	}
	for _, def := range defs {
		if def.Type <= OptGroup {
			return nil, fmt.Errorf("a subcommand is needed, such as %q", def.Name)
		}
		if def.Required && !partial && !slices.ContainsFunc(values, func(v Option) bool { return v.Name == def.Name }) {
			return nil, fmt.Errorf("option %q is required", def.Name)
		}
	}
	return list, nil
}

// convert checks a value as the client does and notes the objects that the payload resolves.
func convert(def CommandOption, v Option, resolved object) (any, error) {
	switch value := v.Value.(type) {
	case *Member:
		note(resolved, "members", value.ID, value.json())
		note(resolved, "users", value.ID, value.User.json())
		return value.ID, wants(def, OptUser, OptMentionable)
	case *User:
		note(resolved, "users", value.ID, value.json())
		return value.ID, wants(def, OptUser, OptMentionable)
	case *Channel:
		note(resolved, "channels", value.ID, value.json())
		return value.ID, wants(def, OptChannel)
	case *Role:
		note(resolved, "roles", value.ID, value.json())
		return value.ID, wants(def, OptRole, OptMentionable)
	case bool:
		return value, wants(def, OptBoolean)
	case int:
		return value, inChoices(def, v, OptInteger, OptNumber)
	case float64:
		return value, inChoices(def, v, OptNumber)
	case string:
		if v.Focused {
			return value, nil
		}
		n := units(value)
		if def.MinLength != nil && n < *def.MinLength || def.MaxLength != nil && n > *def.MaxLength || n > 6000 {
			return nil, fmt.Errorf("the client does not take a text of %d characters", n)
		}
		return value, inChoices(def, v, OptString)
	}
	return nil, fmt.Errorf("a %T is no value of an option", v.Value)
}

func note(resolved object, kind, id string, o object) {
	m, _ := resolved[kind].(object)
	if m == nil {
		m = object{}
		resolved[kind] = m
	}
	m[id] = o
}

func wants(def CommandOption, kinds ...int) error {
	if !slices.Contains(kinds, def.Type) {
		return fmt.Errorf("this value does not fit the option's type %d", def.Type)
	}
	return nil
}

func inChoices(def CommandOption, v Option, kinds ...int) error {
	if err := wants(def, kinds...); err != nil || len(def.Choices) == 0 {
		return err
	}
	for _, choice := range def.Choices {
		if fmt.Sprint(choice.Value) == fmt.Sprint(v.Value) {
			return nil
		}
	}
	return fmt.Errorf("%v is none of the choices", v.Value)
}

// UseOn uses a command of a message's menu, such as "Check facts".
func (u *User) UseOn(m *Message, command string) *Interaction {
	u.d.mu.Lock()
	now := u.d.messages[m.ID]
	cmd, err := u.command(m.Channel, CommandMessage, command)
	switch {
	case err == nil && (now == nil || !now.seenBy(u)):
		err = fmt.Errorf("%s does not see this message", u.Name)
	}
	var i *Interaction
	if err == nil {
		target := u.d.withReply(now, false, now.json(false))
		data := object{"id": cmd.ID, "name": cmd.Name, "type": CommandMessage, "target_id": m.ID, "resolved": object{"messages": object{m.ID: target}}}
		i = u.d.newInteraction(&Interaction{Type: InteractionCommand, User: u, Channel: m.Channel, Command: command, data: data, userOnly: !u.d.botIn(m.Channel)})
	}
	u.d.mu.Unlock()
	u.d.must(err)
	return i
}

// Clicks presses the button with this label, emoji or custom_id.
func (u *User) Clicks(m *Message, button string) *Interaction { return u.component(m, button, nil) }

// Selects picks values in the select menu with this custom_id.
func (u *User) Selects(m *Message, customID string, values ...string) *Interaction {
	return u.component(m, customID, nonNil(values))
}

// Press is Clicks and Selects with an error, for pages that show what goes wrong; values is nil for buttons.
func (u *User) Press(m *Message, name string, values []string) (*Interaction, error) {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	now := u.d.messages[m.ID]
	if now == nil || !now.seenBy(u) {
		return nil, fmt.Errorf("%s does not see this message", u.Name)
	}
	c, found := find(now.Components, name)
	switch {
	case !found:
		return nil, fmt.Errorf("the message has no button or menu %q", name)
	case c.Disabled:
		return nil, fmt.Errorf("%q is disabled", name)
	case c.Style == ButtonLink && c.Type == CompButton:
		return nil, fmt.Errorf("%q is a link", name)
	}
	data := object{"custom_id": c.CustomID, "component_type": c.Type, "id": c.ID}
	if isSelect(c.Type) {
		data["values"] = nonNil(values)
	}
	return u.d.newInteraction(&Interaction{Type: InteractionComponent, User: u, Channel: now.Channel, CustomID: c.CustomID, data: data, source: now, userOnly: !u.d.botIn(now.Channel)}), nil
}

func (u *User) component(m *Message, name string, values []string) *Interaction {
	i, err := u.Press(m, name, values)
	u.d.must(err)
	return i
}

// Submits fills in a modal and sends it; fields are by custom_id, and those left out keep the value that the bot gave.
func (u *User) Submits(m *Modal, fields map[string]string) *Interaction {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	rows := []object{}
	for _, row := range m.Components {
		rows = append(rows, filled(row, fields))
	}
	source := m.From.source
	if source != nil && u.d.messages[source.ID] != nil {
		source = u.d.messages[source.ID]
	}
	return u.d.newInteraction(&Interaction{Type: InteractionModal, User: u, Channel: m.From.Channel, CustomID: m.CustomID, source: source,
		data: object{"custom_id": m.CustomID, "components": rows}, userOnly: m.From.userOnly})
}

// filled is one row of a submitted modal.
func filled(c Component, fields map[string]string) object {
	o := object{"type": c.Type, "id": c.ID}
	switch {
	case c.Type == CompLabel && c.Component != nil:
		o["component"] = filled(*c.Component, fields)
	case c.Type == CompActionRow:
		inner := []object{}
		for _, child := range c.Components {
			inner = append(inner, filled(child, fields))
		}
		o["components"] = inner
	case c.Type == CompTextInput:
		value, given := fields[c.CustomID]
		if !given {
			value = c.Value
		}
		o["custom_id"], o["value"] = c.CustomID, value
	case isSelect(c.Type):
		o["custom_id"], o["values"] = c.CustomID, strings.Fields(fields[c.CustomID])
	}
	return o
}

// Sends delivers an interaction of any type with any data, for what clients never send but attackers do: forged ids,
// unknown types, wrong shapes. m is the message that it claims to come from, or nil.
func (u *User) Sends(c *Channel, kind int, data json.RawMessage, m *Message) *Interaction {
	u.d.mu.Lock()
	defer u.d.mu.Unlock()
	i := &Interaction{Type: kind, User: u, Channel: c, source: m}
	if len(data) > 0 {
		_ = json.Unmarshal(data, &i.data)
	}
	i.CustomID, _ = i.data["custom_id"].(string)
	i.Command, _ = i.data["name"].(string)
	return u.d.newInteraction(i)
}
